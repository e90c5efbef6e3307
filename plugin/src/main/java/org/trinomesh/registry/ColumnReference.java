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

import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A column of a data product that another document names as the source of its own.
 */
public record ColumnReference(DataProduct product, ProductTable table, Column column)
{
    public ColumnReference
    {
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
    }

    /**
     * @param product whose document it is written in
     * @param written {@code sales.customer_360.email}, or {@code customer_360.email} for a table of the same domain
     * @return empty when no data product has such a column
     */
    public static Optional<ColumnReference> find(Mesh mesh, DataProduct product, String written)
    {
        String name = written.strip();
        int end = name.lastIndexOf('.');
        if (end < 1 || end == name.length() - 1) {
            return Optional.empty();
        }
        String columnName = name.substring(end + 1).toLowerCase(ENGLISH);
        String[] parts = name.substring(0, end).replace('-', '_').toLowerCase(ENGLISH).split("\\.", -1);
        String schema = parts.length == 1 ? product.domain() : parts[parts.length - 2];
        return mesh.table(schema, parts[parts.length - 1])
                .flatMap(table -> table.table().columns().stream()
                        .filter(column -> column.name().equals(columnName))
                        .findFirst()
                        .map(column -> new ColumnReference(table.product(), table.table(), column)));
    }
}
