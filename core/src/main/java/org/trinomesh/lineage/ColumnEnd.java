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
package org.trinomesh.lineage;

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.SemanticVersion;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A column, or a field inside one, at one end of an edge.
 *
 * @param product empty for a dataset that is behind no data product
 * @param table the table of the product without a version, or the dataset
 * @param column {@code address.street} for a field inside a column, {@code *} for the rows of the table as a whole
 */
public record ColumnEnd(Optional<DataProduct> product, String table, String column)
{
    public static final String ALL_COLUMNS = "*";

    public ColumnEnd
    {
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
    }

    /**
     * The key of an end. Comparing whole products would cost more.
     *
     * @param product the qualified name
     */
    public record Name(Optional<String> product, Optional<SemanticVersion> version, String table, String column) {}

    public Name name()
    {
        return new Name(product.map(DataProduct::qualifiedName), product.map(DataProduct::version), table, column);
    }

    public boolean isAllColumns()
    {
        return column.equals(ALL_COLUMNS);
    }
}
