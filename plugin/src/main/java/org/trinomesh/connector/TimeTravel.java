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

import io.trino.plugin.iceberg.IcebergTableHandle;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.storage.ServedTable;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;

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
     * The handle with today's columns, less those that the version it reads does not have yet.
     */
    static IcebergTableHandle onto(IcebergTableHandle version, ServedTable table)
    {
        Schema then = table.schemaOf(version.getSnapshotId().orElseThrow());
        List<NestedField> fields = table.schema().columns().stream()
                .filter(field -> then.findField(field.fieldId()) != null)
                .collect(toImmutableList());
        return new IcebergTableHandle(
                version.getSchemaName(),
                version.getTableName(),
                version.getTableType(),
                version.getSnapshotId(),
                SchemaParser.toJson(new Schema(table.schema().schemaId(), fields)),
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
}
