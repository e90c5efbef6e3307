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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergMetadataColumn;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import org.trinomesh.storage.ServedTable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.plugin.iceberg.IcebergMetadataColumn.FILE_MODIFIED_TIME;
import static io.trino.plugin.iceberg.IcebergMetadataColumn.FILE_PATH;
import static io.trino.plugin.iceberg.IcebergMetadataColumn.PARTITION;
import static java.util.function.Function.identity;

/**
 * Narrows the columns of an Iceberg table to the promised ones, by field id and under the promised names.
 */
final class ServedColumns
{
    /**
     * The metadata columns that a product's stewards, and readers who see all of a table, may also select, to see where rows
     * come from.
     */
    private static final List<IcebergMetadataColumn> METADATA_COLUMNS = ImmutableList.of(PARTITION, FILE_PATH, FILE_MODIFIED_TIME);

    private ServedColumns() {}

    /**
     * @param physical Iceberg's column handles by physical name
     */
    static Map<String, ColumnHandle> select(ServedTable table, Map<String, ColumnHandle> physical)
    {
        Map<Integer, ColumnHandle> byId = physical.values().stream()
                .collect(toImmutableMap(handle -> ((IcebergColumnHandle) handle).getId(), identity()));
        ImmutableMap.Builder<String, ColumnHandle> served = ImmutableMap.builder();
        table.fieldIds().forEach((name, fieldId) -> Optional.ofNullable(byId.get(fieldId)).ifPresent(handle -> served.put(name, handle)));
        return served.buildOrThrow();
    }

    static Map<String, ColumnHandle> withMetadataColumns(Map<String, ColumnHandle> served, Map<String, ColumnHandle> physical)
    {
        Map<String, ColumnHandle> all = new LinkedHashMap<>(served);
        METADATA_COLUMNS.forEach(column -> all.put(column.getColumnName(), physical.get(column.getColumnName())));
        return ImmutableMap.copyOf(all);
    }

    static List<ColumnMetadata> metadataColumns()
    {
        return METADATA_COLUMNS.stream()
                .map(column -> ColumnMetadata.builder()
                        .setName(column.getColumnName())
                        .setType(column.getType())
                        .setHidden(true)
                        .build())
                .collect(toImmutableList());
    }
}
