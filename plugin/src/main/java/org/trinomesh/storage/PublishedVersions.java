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
package org.trinomesh.storage;

import io.airlift.log.Logger;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableMetadataParser;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

import static java.util.Objects.requireNonNull;

/**
 * Finds the published versions of a table: the ancestors of the current version, without versions of branches and versions that were
 * rolled back.
 *
 * <p>When the versions in between have expired, a tag still keeps its version, but the current metadata no longer shows that it is
 * an ancestor. Earlier metadata files of the table still contain the versions in between.
 */
public final class PublishedVersions
{
    private static final Logger log = Logger.get(PublishedVersions.class);

    /**
     * The number of earlier metadata files that Iceberg keeps by default.
     */
    private static final int MAX_FILES = 100;

    private final ServedTable table;

    public PublishedVersions(ServedTable table)
    {
        this.table = requireNonNull(table, "table is null");
    }

    public boolean contains(long snapshotId)
    {
        if (table.snapshot(snapshotId) == null || table.currentSnapshot() == null) {
            return false;
        }
        Walk walk = new Walk(snapshotId, table.currentSnapshot().snapshotId());
        walk.follow(table::snapshot);
        List<MetadataLogEntry> earlier = table.operations().current().previousFiles();
        for (int index = earlier.size() - 1; index >= Math.max(0, earlier.size() - MAX_FILES) && !walk.isDone(); index--) {
            read(earlier.get(index)).ifPresent(metadata -> walk.follow(metadata::snapshot));
        }
        return walk.found;
    }

    /**
     * Empty when the file is gone or may not be read: a version that cannot be proved to be published counts as unpublished.
     */
    private Optional<TableMetadata> read(MetadataLogEntry entry)
    {
        try {
            return Optional.of(TableMetadataParser.read(table.io(), entry.file()));
        }
        catch (RuntimeException e) {
            log.debug(e, "An earlier metadata file of %s could not be read", table.name());
            return Optional.empty();
        }
    }

    /**
     * From one version to its parent, as far as the versions are known.
     */
    private static final class Walk
    {
        private final long wanted;
        private Long next;
        private boolean found;

        private Walk(long wanted, long start)
        {
            this.wanted = wanted;
            this.next = start;
        }

        private boolean isDone()
        {
            return found || next == null;
        }

        private void follow(LongFunction<Snapshot> snapshots)
        {
            while (!isDone()) {
                if (next == wanted) {
                    found = true;
                    return;
                }
                Snapshot snapshot = snapshots.apply(next);
                if (snapshot == null) {
                    return;
                }
                next = snapshot.parentId();
            }
        }
    }
}
