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

import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A commit that wrote data files anew without changing rows, as {@code optimize} does.
 *
 * @param result the files that the table had after it
 */
record Compaction(Instant at, FileTotals result)
{
    Compaction
    {
        requireNonNull(at, "at is null");
        requireNonNull(result, "result is null");
    }

    /**
     * The last one that led to the current version, as far as the metadata still has its snapshot.
     */
    static Optional<Compaction> last(TableMetadata metadata)
    {
        Set<Long> seen = new HashSet<>();
        Snapshot snapshot = metadata.currentSnapshot();
        // A file may contain anything, even a snapshot that is its own parent
        while (snapshot != null && seen.add(snapshot.snapshotId())) {
            Map<String, String> summary = Optional.ofNullable(snapshot.summary()).orElseGet(Map::of);
            // Manifests are written anew by commits of this kind, too, and those remove no data file
            if (DataOperations.REPLACE.equals(snapshot.operation()) && RowCounts.number(summary, SnapshotSummary.DELETED_FILES_PROP).orElse(0) > 0) {
                return Optional.of(new Compaction(Instant.ofEpochMilli(snapshot.timestampMillis()), FileTotals.of(summary)));
            }
            snapshot = snapshot.parentId() == null ? null : metadata.snapshot(snapshot.parentId());
        }
        return Optional.empty();
    }
}
