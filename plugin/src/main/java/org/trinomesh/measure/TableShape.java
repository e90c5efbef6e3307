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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableSet;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;

import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The columns of a version of a table.
 *
 * @param timePartitions the field ids of the dates and timestamps that it is partitioned by
 */
record TableShape(String uuid, Schema schema, Set<Integer> timePartitions)
{
    TableShape
    {
        requireNonNull(uuid, "uuid is null");
        requireNonNull(schema, "schema is null");
        timePartitions = ImmutableSet.copyOf(requireNonNull(timePartitions, "timePartitions is null"));
    }

    static TableShape of(TableMetadata metadata)
    {
        return new TableShape(
                String.valueOf(metadata.uuid()),
                metadata.schema(),
                metadata.spec().fields().stream()
                        .filter(field -> !field.transform().isVoid())
                        .map(PartitionField::sourceId)
                        .filter(fieldId -> isTime(metadata.schema().findType(fieldId)))
                        .collect(toImmutableSet()));
    }

    private static boolean isTime(Type type)
    {
        return switch (type.typeId()) {
            case DATE, TIMESTAMP, TIMESTAMP_NANO -> true;
            default -> false;
        };
    }
}
