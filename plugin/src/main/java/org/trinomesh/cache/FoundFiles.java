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
package org.trinomesh.cache;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Closer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.metrics.ScanMetrics;
import org.apache.iceberg.metrics.ScanMetricsUtil;
import org.apache.iceberg.util.ParallelIterable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The files of one scan, found in kept manifests. Manifests that are not kept yet are decoded when their turn comes.
 */
final class FoundFiles
{
    private final ManifestCache cache;
    private final StoredFile table;
    private final FileIO io;
    private final Map<Integer, PartitionSpec> specs;
    private final TableScan scan;
    // Made when a manifest needs it: an old spec that no manifest has any more may not fit the schema of today
    private final ConcurrentMap<Integer, FileFilter> filters = new ConcurrentHashMap<>();
    private final UnaryOperator<DataFile> result;
    private final ScanMetrics metrics;

    /**
     * @param table a file of the scanned table
     * @param result what the query is given of a file, with the statistics that it asked for and no others
     */
    FoundFiles(ManifestCache cache, StoredFile table, TableScan scan, UnaryOperator<DataFile> result, ScanMetrics metrics)
    {
        this.cache = requireNonNull(cache, "cache is null");
        this.table = requireNonNull(table, "table is null");
        this.io = scan.table().io();
        this.specs = ImmutableMap.copyOf(scan.table().specs());
        this.scan = scan;
        this.result = requireNonNull(result, "result is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /**
     * @param manifests of data files, all of the version
     * @param executor which decodes several manifests at once
     */
    CloseableIterable<FileScanTask> in(List<ManifestFile> manifests, Optional<ExecutorService> executor)
    {
        metrics.totalDataManifests().increment(manifests.size());
        List<ManifestFile> matching = manifests.stream()
                .filter(manifest -> filter(manifest).mayMatch(manifest))
                .collect(toImmutableList());
        metrics.scannedDataManifests().increment(matching.size());
        metrics.skippedDataManifests().increment(manifests.size() - matching.size());
        List<CloseableIterable<FileScanTask>> tasks = matching.stream().map(this::tasks).collect(toImmutableList());
        return executor.isPresent() && matching.stream().filter(manifest -> !cache.isKept(kept(manifest))).count() > 1
                ? new ParallelIterable<>(tasks, executor.get())
                : CloseableIterable.concat(tasks);
    }

    private CloseableIterable<FileScanTask> tasks(ManifestFile manifest)
    {
        return new CloseableIterable<>()
        {
            private final Closer closer = Closer.create();

            @Override
            public CloseableIterator<FileScanTask> iterator()
            {
                FileFilter filter = filter(manifest);
                return cache.get(kept(manifest), io, specs).files()
                        .map(files -> CloseableIterator.withClose(files.stream()
                                .filter(file -> matches(filter, file))
                                .map(file -> task(filter, file))
                                .iterator()))
                        .orElseGet(() -> CloseableIterator.transform(closer.register(read(manifest)).iterator(), file -> task(filter, file)));
            }

            @Override
            public void close()
                    throws IOException
            {
                closer.close();
            }
        };
    }

    /**
     * By Iceberg's reader, which keeps no more than one entry in memory, and filters by itself.
     */
    private ManifestReader<DataFile> read(ManifestFile manifest)
    {
        return ManifestFiles.read(manifest, io, specs).filterRows(scan.filter()).caseSensitive(scan.isCaseSensitive());
    }

    private Manifest kept(ManifestFile manifest)
    {
        return Manifest.of(table, specs.get(manifest.partitionSpecId()), manifest);
    }

    private boolean matches(FileFilter filter, DataFile file)
    {
        boolean matches = filter.mayMatch(file);
        if (!matches) {
            metrics.skippedDataFiles().increment();
        }
        return matches;
    }

    private FileScanTask task(FileFilter filter, DataFile file)
    {
        ScanMetricsUtil.fileTask(metrics, file, FileFilter.NO_DELETES);
        return filter.task(result.apply(file));
    }

    private FileFilter filter(ManifestFile manifest)
    {
        return filters.computeIfAbsent(manifest.partitionSpecId(), id -> new FileFilter(specs.get(id), scan.filter(), scan.isCaseSensitive()));
    }
}
