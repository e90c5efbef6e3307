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

import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

/**
 * A commit, from the summary of its snapshot.
 *
 * @param data whether it changed data: OPTIMIZE and the like only write the same rows anew, and an empty commit writes none
 * @param first whether it says that nothing was before it
 * @param properties those of its summary that were asked for
 */
record Commit(long snapshotId, boolean first, Instant at, boolean data, OptionalLong addedRows, RowCounts rows, Map<String, String> properties)
{
    private static final Set<String> CHANGES = Set.of(
            SnapshotSummary.ADDED_FILES_PROP,
            SnapshotSummary.DELETED_FILES_PROP,
            SnapshotSummary.ADDED_DELETE_FILES_PROP,
            SnapshotSummary.REMOVED_DELETE_FILES_PROP);

    Commit
    {
        requireNonNull(at, "at is null");
        requireNonNull(addedRows, "addedRows is null");
        requireNonNull(rows, "rows is null");
        properties = ImmutableMap.copyOf(requireNonNull(properties, "properties is null"));
    }

    static Commit of(Snapshot snapshot, Set<String> properties)
    {
        Map<String, String> summary = Optional.ofNullable(snapshot.summary()).orElseGet(Map::of);
        boolean data = !DataOperations.REPLACE.equals(snapshot.operation()) && !saysNothingChanged(summary);
        return new Commit(
                snapshot.snapshotId(),
                snapshot.parentId() == null,
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                data,
                data ? addedRows(summary) : OptionalLong.of(0),
                RowCounts.of(summary),
                properties.stream().filter(summary::containsKey).collect(toMap(name -> name, summary::get)));
    }

    private static OptionalLong addedRows(Map<String, String> summary)
    {
        OptionalLong added = RowCounts.number(summary, SnapshotSummary.ADDED_RECORDS_PROP);
        // A commit that adds no file does not state how many rows it adds
        return added.isEmpty() && summary.containsKey(SnapshotSummary.CHANGED_PARTITION_COUNT_PROP) && !summary.containsKey(SnapshotSummary.ADDED_FILES_PROP)
                ? OptionalLong.of(0)
                : added;
    }

    /**
     * A commit without numbers of changed rows counts as a change of data.
     */
    private static boolean saysNothingChanged(Map<String, String> summary)
    {
        return "0".equals(summary.get(SnapshotSummary.CHANGED_PARTITION_COUNT_PROP)) &&
                CHANGES.stream().allMatch(name -> RowCounts.number(summary, name).orElse(0) == 0);
    }
}
