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

import com.google.common.collect.ImmutableList;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.trinomesh.materialized.RefreshRecord;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The commits that led to the current version of a table, newest first, as far as its metadata still has them. Read from the
 * metadata file alone.
 */
record TableHistory(List<Commit> commits)
{
    TableHistory
    {
        commits = ImmutableList.copyOf(requireNonNull(commits, "commits is null"));
    }

    /**
     * @param properties the properties of commits that are of interest
     */
    static TableHistory of(TableMetadata metadata, Set<String> properties)
    {
        ImmutableList.Builder<Commit> commits = ImmutableList.builder();
        Set<Long> seen = new HashSet<>();
        Snapshot snapshot = metadata.currentSnapshot();
        Optional<Snapshot> newer = Optional.empty();
        // A file may contain anything, even a snapshot that is its own parent
        while (snapshot != null && seen.add(snapshot.snapshotId())) {
            // A refresh removes all rows and adds the new ones in one commit, of which nobody sees the first half
            if (!DataOperations.DELETE.equals(snapshot.operation()) || newer.filter(next -> RefreshRecord.read(next.summary()).isPresent()).isEmpty()) {
                commits.add(Commit.of(snapshot, properties));
            }
            newer = Optional.of(snapshot);
            snapshot = snapshot.parentId() == null ? null : metadata.snapshot(snapshot.parentId());
        }
        return new TableHistory(commits.build());
    }

    Optional<Commit> current()
    {
        return commits.stream().findFirst();
    }

    Optional<Commit> newestData()
    {
        return commits.stream().filter(Commit::data).findFirst();
    }

    /**
     * Newest first.
     */
    List<Commit> dataCommits()
    {
        return commits.stream().filter(Commit::data).collect(toImmutableList());
    }

    /**
     * Whether commits before the oldest one that is known are gone.
     */
    boolean isTruncated()
    {
        return !commits.isEmpty() && !commits.getLast().first();
    }
}
