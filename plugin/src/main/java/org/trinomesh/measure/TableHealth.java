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

import com.google.common.primitives.ImmutableLongArray;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.trinomesh.storage.TableVersion;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static org.apache.iceberg.TableProperties.MANIFEST_TARGET_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES;
import static org.apache.iceberg.TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT;

/**
 * What makes a version of a table slow to plan or to read: the sizes and numbers of its metadata and files. It comes from the metadata
 * file and the manifest list; no manifest is opened.
 *
 * @param expirable when the snapshots were committed, in milliseconds, that neither are current nor have a branch or tag
 * @param metadataBytes the size of the metadata file
 * @param partitioned whether the table is partitioned now
 * @param smallFileBytes below which a file is small: a quarter of what the table aims at, and at most 32 MB
 * @param manifestTargetBytes the size of manifests that the table aims at
 */
record TableHealth(
        OptionalLong snapshotId,
        int snapshots,
        ImmutableLongArray expirable,
        long metadataBytes,
        ManifestTotals manifests,
        FileTotals files,
        boolean partitioned,
        Optional<Compaction> lastCompaction,
        long smallFileBytes,
        long manifestTargetBytes)
{
    private static final long MOST_SMALL_FILE_BYTES = 32L * 1024 * 1024;

    TableHealth
    {
        requireNonNull(snapshotId, "snapshotId is null");
        requireNonNull(expirable, "expirable is null");
        requireNonNull(manifests, "manifests is null");
        requireNonNull(files, "files is null");
        requireNonNull(lastCompaction, "lastCompaction is null");
    }

    /**
     * Reads the metadata file, unless it is known, asks for its length, and reads the manifest list.
     */
    static TableHealth of(TableVersion version)
    {
        TableMetadata metadata = version.metadata();
        Optional<Snapshot> current = Optional.ofNullable(metadata.currentSnapshot());
        ManifestTotals manifests = current.map(snapshot -> ManifestTotals.of(snapshot.allManifests(version.io()))).orElse(ManifestTotals.NOTHING);
        return new TableHealth(
                current.map(snapshot -> OptionalLong.of(snapshot.snapshotId())).orElseGet(OptionalLong::empty),
                metadata.snapshots().size(),
                expirable(metadata, current),
                version.io().newInputFile(version.metadataLocation()).getLength(),
                manifests,
                files(current, manifests),
                metadata.spec().isPartitioned(),
                Compaction.last(metadata),
                Math.min(MOST_SMALL_FILE_BYTES, property(metadata, WRITE_TARGET_FILE_SIZE_BYTES, WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT) / 4),
                property(metadata, MANIFEST_TARGET_SIZE_BYTES, MANIFEST_TARGET_SIZE_BYTES_DEFAULT));
    }

    /**
     * How many snapshots of before some moment may expire.
     */
    long expirableBefore(Instant moment)
    {
        return expirable.stream().filter(committed -> committed < moment.toEpochMilli()).count();
    }

    /**
     * The manifest list counts files exactly; only the summary has their sizes.
     */
    private static FileTotals files(Optional<Snapshot> current, ManifestTotals manifests)
    {
        FileTotals summed = current.map(snapshot -> FileTotals.of(Optional.ofNullable(snapshot.summary()).orElseGet(Map::of))).orElse(FileTotals.NOTHING);
        return new FileTotals(
                manifests.dataFiles().isPresent() ? manifests.dataFiles() : summed.dataFiles(),
                manifests.deleteFiles().isPresent() ? manifests.deleteFiles() : summed.deleteFiles(),
                summed.bytes());
    }

    private static ImmutableLongArray expirable(TableMetadata metadata, Optional<Snapshot> current)
    {
        Set<Long> named = metadata.refs().values().stream().map(SnapshotRef::snapshotId).collect(toImmutableSet());
        return ImmutableLongArray.copyOf(metadata.snapshots().stream()
                .filter(snapshot -> !named.contains(snapshot.snapshotId()) && current.filter(now -> now.snapshotId() == snapshot.snapshotId()).isEmpty())
                .mapToLong(Snapshot::timestampMillis));
    }

    private static long property(TableMetadata metadata, String name, long otherwise)
    {
        return RowCounts.number(metadata.properties(), name).orElse(otherwise);
    }
}
