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

import io.airlift.slice.Slice;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.PointerType;
import io.trino.spi.connector.SchemaTableName;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.storage.PublishedVersions;
import org.trinomesh.storage.ServedTable;

import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;

/**
 * Reads an older version of a table with the schema it has today. By itself Iceberg's connector would show the schema of
 * that time: columns dropped since, and old names that may belong to what is restricted now.
 *
 * @see ServedTable#schemas()
 */
final class TimeTravel
{
    private TimeTravel() {}

    /**
     * The handle with today's columns: one that the version does not have yet is NULL in all of its rows, as in older files of
     * today's version. Columns dropped since stay in the schema, because the partitions and deletes of that time refer to them, under
     * names that nothing is served by.
     *
     * @param asked how the version was named
     * @param steward whether unpublished versions may be read: branches and what was rolled back
     */
    static IcebergTableHandle onto(IcebergTableHandle version, ServedTable table, ConnectorTableVersion asked, boolean steward)
    {
        long snapshotId = version.getSnapshotId().orElseThrow();
        if (!steward && !new PublishedVersions(table).contains(snapshotId)) {
            throw unpublished(version.getSchemaTableName(), asked);
        }
        Schema today = table.schema();
        List<NestedField> fields = Stream.concat(
                        today.columns().stream(),
                        table.columnsOf(snapshotId).stream().filter(field -> today.findField(field.fieldId()) == null).map(TimeTravel::unnamed))
                .collect(toImmutableList());
        return new IcebergTableHandle(
                version.getSchemaName(),
                version.getTableName(),
                version.getTableType(),
                version.getSnapshotId(),
                SchemaParser.toJson(new Schema(today.schemaId(), fields)),
                version.getSpecId(),
                version.getPartitionSpecJsons(),
                version.getFormatVersion(),
                version.getUnenforcedPredicate(),
                version.getEnforcedPredicate(),
                version.getLimit(),
                version.getProjectedColumns(),
                version.getNameMappingJson(),
                version.getTableLocation(),
                version.getStorageProperties(),
                version.getTablePartitioning(),
                version.isRecordScannedFiles(),
                version.getMaxScannedFileSize(),
                version.getConstraintColumns(),
                version.getForAnalyze());
    }

    /**
     * Also the message for a version that does not exist: branches and their versions must not be discoverable by guessing.
     */
    static TrinoException unpublished(SchemaTableName name, ConnectorTableVersion asked)
    {
        String version = switch (asked.getVersion()) {
            case Slice text when asked.getPointerType() == PointerType.TARGET_ID -> " '" + text.toStringUtf8() + "'";
            case Long id when asked.getPointerType() == PointerType.TARGET_ID -> " " + id;
            default -> " of that time";
        };
        return new TrinoException(INVALID_ARGUMENTS, "Version" + version + " is not in the history of " + name + "; only stewards of the product may read branches and versions that were rolled back");
    }

    private static NestedField unnamed(NestedField dropped)
    {
        return NestedField.from(dropped).withName("dropped$" + dropped.fieldId()).build();
    }
}
