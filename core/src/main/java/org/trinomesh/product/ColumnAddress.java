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
package org.trinomesh.product;

import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The address of a column that a contract names and that is not its own.
 */
public record ColumnAddress(String schema, String table, String column)
{
    public ColumnAddress
    {
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
    }

    /**
     * @param written {@code customer_360.email} for a table of the same domain, or {@code sales.customer_360.email}
     */
    public static Optional<ColumnAddress> of(String domain, String written)
    {
        String[] parts = written.strip().toLowerCase(ENGLISH).split("[.]", -1);
        return switch (parts.length) {
            case 2 -> Optional.of(new ColumnAddress(domain, name(parts[0]), parts[1]));
            case 3 -> Optional.of(new ColumnAddress(name(parts[0]), name(parts[1]), parts[2]));
            default -> Optional.empty();
        };
    }

    private static String name(String written)
    {
        return written.replace('-', '_');
    }
}
