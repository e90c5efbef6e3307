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
package org.trinomesh.connector;

import io.trino.spi.connector.SchemaTableName;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A name of the form {@code customer_360$files}: a metadata table of an Iceberg table, or something pretending to be one.
 * Every name with a {@code $} or {@code @} is taken for one, so that none falls through as a product's.
 */
public record MetadataTableName(String schema, String table, String suffix)
{
    public MetadataTableName
    {
        requireNonNull(schema, "schema is null");
        requireNonNull(table, "table is null");
        requireNonNull(suffix, "suffix is null");
    }

    public static Optional<MetadataTableName> parse(SchemaTableName name)
    {
        String text = name.getTableName();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '$' || text.charAt(at) == '@') {
                return Optional.of(new MetadataTableName(name.getSchemaName(), text.substring(0, at), text.substring(at)));
            }
        }
        return Optional.empty();
    }
}
