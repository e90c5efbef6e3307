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
package org.trinomesh.registry;

import com.google.common.base.Splitter;
import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A column of a data product, or a field inside one, that another document names as the source of its own.
 *
 * @param path the name of the column, or {@code address.street} for a field inside it
 */
public record ColumnReference(DataProduct product, ProductTable table, Column column, String path)
{
    private static final Splitter DOTS = Splitter.on('.');

    public ColumnReference
    {
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(path, "path is null");
    }

    /**
     * The column as a whole.
     */
    public ColumnReference(DataProduct product, ProductTable table, Column column)
    {
        this(product, table, column, column.name());
    }

    /**
     * @param product whose document it is written in
     * @param written {@code sales.customer_360.email}, {@code sales.customer_360.address.street} for a field inside a column, or
     *         {@code customer_360.email} for a table of the same domain
     * @return empty when no data product has such a column
     */
    public static Optional<ColumnReference> find(Mesh mesh, DataProduct product, String written)
    {
        List<String> parts = DOTS.splitToList(written.strip());
        // What is read as a column goes before what is read as a field
        return IntStream.range(1, parts.size())
                .map(place -> parts.size() - place)
                .boxed()
                .flatMap(column -> find(mesh, product, parts.subList(0, column), String.join(".", parts.subList(column, parts.size()))).stream())
                .findFirst();
    }

    private static Optional<ColumnReference> find(Mesh mesh, DataProduct product, List<String> names, String path)
    {
        String schema = names.size() == 1 ? product.domain() : sqlName(names.get(names.size() - 2));
        return mesh.table(schema, sqlName(names.getLast()))
                .flatMap(table -> ColumnPath.find(table.table().columns(), path)
                        .map(found -> new ColumnReference(table.product(), table.table(), found.column(), found.path())));
    }

    private static String sqlName(String written)
    {
        return written.replace('-', '_').toLowerCase(ENGLISH);
    }
}
