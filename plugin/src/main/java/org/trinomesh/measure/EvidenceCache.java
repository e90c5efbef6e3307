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

import com.google.common.cache.Cache;
import io.trino.cache.EvictableCacheBuilder;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.trinomesh.storage.TableVersion;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import static io.trino.cache.CacheUtils.uncheckedCacheGet;
import static java.util.Objects.requireNonNull;

/**
 * A cache of what was read from immutable files: from the version of a table by its metadata file, and from a manifest by its
 * path. Its entries cannot be stale, because the current version is asked for every time. After an append, only the new
 * manifests are read.
 */
public final class EvidenceCache
{
    // About a hundred megabytes in all, when full
    private static final long HISTORY_COMMITS = 300_000;
    private static final long COLUMNS = 600_000;

    private final Cache<HistoryKey, TableHistory> histories = EvictableCacheBuilder.newBuilder()
            .maximumWeight(HISTORY_COMMITS)
            .weigher((HistoryKey _, TableHistory history) -> 1 + history.commits().size())
            .build();
    private final Cache<FileKey, TableShape> shapes = EvictableCacheBuilder.newBuilder()
            .maximumSize(20_000)
            .build();
    private final Cache<FileKey, FilesSummary> manifests = cacheOfSummaries();
    private final Cache<FileKey, FilesSummary> tables = cacheOfSummaries();
    private final AtomicLong decodedManifests = new AtomicLong();

    TableHistory history(TableVersion version, Set<String> properties)
    {
        return uncheckedCacheGet(histories, new HistoryKey(FileKey.of(version), properties), () -> TableHistory.of(version.metadata(), properties));
    }

    TableShape shape(TableVersion version)
    {
        return uncheckedCacheGet(shapes, FileKey.of(version), () -> TableShape.of(version.metadata()));
    }

    /**
     * The metrics of the data files of a version, without the effect of delete files.
     */
    FilesSummary files(TableVersion version)
    {
        return uncheckedCacheGet(tables, FileKey.of(version), () -> read(version));
    }

    /**
     * How many manifests were read since the start.
     */
    public long decodedManifests()
    {
        return decodedManifests.get();
    }

    private FilesSummary read(TableVersion version)
    {
        TableMetadata metadata = version.metadata();
        Snapshot snapshot = metadata.currentSnapshot();
        if (snapshot == null) {
            return FilesSummary.NOTHING;
        }
        FilesSummary summary = FilesSummary.NOTHING;
        for (ManifestFile manifest : snapshot.dataManifests(version.io())) {
            // The manifest of another table may be cached already, but must not answer for this table
            version.io().newInputFile(manifest);
            summary = summary.plus(uncheckedCacheGet(manifests, new FileKey(version.storage(), manifest.path()), () -> {
                decodedManifests.incrementAndGet();
                return ManifestDecoder.decode(manifest, metadata, version.io());
            }));
        }
        return summary;
    }

    private static Cache<FileKey, FilesSummary> cacheOfSummaries()
    {
        return EvictableCacheBuilder.newBuilder()
                .maximumWeight(COLUMNS)
                .weigher((FileKey _, FilesSummary summary) -> 1 + summary.columns().size())
                .build();
    }

    /**
     * @param location never written over with something else
     */
    private record FileKey(String storage, String location)
    {
        private FileKey
        {
            requireNonNull(storage, "storage is null");
            requireNonNull(location, "location is null");
        }

        static FileKey of(TableVersion version)
        {
            return new FileKey(version.storage(), version.metadataLocation());
        }
    }

    private record HistoryKey(FileKey metadata, Set<String> properties)
    {
        private HistoryKey
        {
            requireNonNull(metadata, "metadata is null");
            properties = Set.copyOf(properties);
        }
    }
}
