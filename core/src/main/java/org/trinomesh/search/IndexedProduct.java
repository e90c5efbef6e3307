/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package org.trinomesh.search;

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.Mesh;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A product as it is in the index: its own entry, then one for each column of those of its tables that have a name in SQL.
 *
 * @param number of the product, from 0
 * @param firstEntry the number of the product's own entry
 */
record IndexedProduct(DataProduct product, List<ProductTable> tables, int number, int firstEntry)
{
    IndexedProduct
    {
        requireNonNull(product, "product is null");
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
    }

    static IndexedProduct of(Mesh mesh, DataProduct product, int number, int firstEntry)
    {
        return new IndexedProduct(product, tables(mesh, product), number, firstEntry);
    }

    /**
     * Whether the index has what a mesh says of the product, word for word.
     */
    boolean isOf(Mesh mesh, DataProduct other)
    {
        return product.equals(other) && tables.equals(tables(mesh, other));
    }

    private static List<ProductTable> tables(Mesh mesh, DataProduct product)
    {
        return mesh.tablesOf(product).map(MeshTable::table).collect(toImmutableList());
    }

    int entries()
    {
        return 1 + tables.stream().mapToInt(table -> table.columns().size()).sum();
    }

    /**
     * The columns in the order of their entries, which begin after the product's own.
     */
    List<Column> columns()
    {
        return tables.stream().flatMap(table -> table.columns().stream()).collect(toImmutableList());
    }
}
