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

import com.google.common.collect.ImmutableList;
import org.apache.iceberg.CombinedScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionUtil;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.metrics.DefaultMetricsContext;
import org.apache.iceberg.metrics.ImmutableScanReport;
import org.apache.iceberg.metrics.MetricsReporter;
import org.apache.iceberg.metrics.ScanMetrics;
import org.apache.iceberg.metrics.ScanMetricsResult;
import org.apache.iceberg.metrics.ScanReport;
import org.apache.iceberg.metrics.Timer;
import org.apache.iceberg.types.TypeUtil;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A scan of a table that finds its files in manifests decoded before, and is Iceberg's own scan in all else. Versions with delete files, and those that would take most of the memory
 * for manifests, are left to Iceberg.
 */
public final class KeptScan
        implements TableScan
{
    private final TableScan scan;
    private final ManifestCache cache;
    private final StoredFile table;
    private final UnaryOperator<DataFile> result;
    private final Optional<ExecutorService> executor;
    private final Optional<MetricsReporter> reporter;
    private final boolean residuals;

    /**
     * @param scan Iceberg's own, of a table that reads each version with the schema of today
     * @param table the metadata file of the scanned table
     */
    public KeptScan(TableScan scan, ManifestCache cache, StoredFile table)
    {
        this(scan, cache, table, DataFile::copyWithoutStats, Optional.empty(), Optional.empty(), true);
    }

    private KeptScan(TableScan scan, ManifestCache cache, StoredFile table, UnaryOperator<DataFile> result, Optional<ExecutorService> executor, Optional<MetricsReporter> reporter, boolean residuals)
    {
        this.scan = requireNonNull(scan, "scan is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.table = requireNonNull(table, "table is null");
        this.result = requireNonNull(result, "result is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.reporter = requireNonNull(reporter, "reporter is null");
        this.residuals = residuals;
    }

    @Override
    public CloseableIterable<FileScanTask> planFiles()
    {
        Snapshot snapshot = scan.snapshot();
        if (!residuals || snapshot == null || !snapshot.deleteManifests(table().io()).isEmpty() || !cache.holds(snapshot.dataManifests(table().io()))) {
            return scan.planFiles();
        }
        List<ManifestFile> manifests = snapshot.dataManifests(table().io());
        ScanMetrics metrics = ScanMetrics.of(new DefaultMetricsContext());
        Timer.Timed planning = metrics.totalPlanningDuration().start();
        return CloseableIterable.whenComplete(new FoundFiles(cache, table, scan, result, metrics).in(manifests, executor), () -> {
            planning.stop();
            reporter.ifPresent(to -> to.report(report(snapshot, metrics)));
        });
    }

    private ScanReport report(Snapshot snapshot, ScanMetrics metrics)
    {
        List<Integer> fieldIds = ImmutableList.copyOf(TypeUtil.getProjectedIds(schema()));
        return ImmutableScanReport.builder()
                .tableName(table().name())
                .snapshotId(snapshot.snapshotId())
                .schemaId(schema().schemaId())
                .projectedFieldIds(fieldIds)
                .projectedFieldNames(fieldIds.stream().map(schema()::findColumnName).collect(toImmutableList()))
                // Without the values that it compares with
                .filter(ExpressionUtil.sanitize(schema().asStruct(), filter(), isCaseSensitive()))
                .scanMetrics(ScanMetricsResult.fromScanMetrics(metrics))
                .build();
    }

    private TableScan with(TableScan refined)
    {
        return new KeptScan(refined, cache, table, result, executor, reporter, residuals);
    }

    @Override
    public TableScan planWith(ExecutorService executorService)
    {
        return new KeptScan(scan.planWith(executorService), cache, table, result, Optional.of(executorService), reporter, residuals);
    }

    @Override
    public TableScan metricsReporter(MetricsReporter metricsReporter)
    {
        return new KeptScan(scan.metricsReporter(metricsReporter), cache, table, result, executor, Optional.of(metricsReporter), residuals);
    }

    @Override
    public TableScan useSnapshot(long snapshotId)
    {
        return with(scan.useSnapshot(snapshotId));
    }

    @Override
    public TableScan useRef(String ref)
    {
        return with(scan.useRef(ref));
    }

    @Override
    public TableScan asOfTime(long timestampMillis)
    {
        return with(scan.asOfTime(timestampMillis));
    }

    @Override
    public TableScan option(String property, String value)
    {
        return with(scan.option(property, value));
    }

    @Override
    public TableScan project(Schema schema)
    {
        return with(scan.project(schema));
    }

    @Override
    public TableScan caseSensitive(boolean caseSensitive)
    {
        return with(scan.caseSensitive(caseSensitive));
    }

    @Override
    public TableScan includeColumnStats()
    {
        return new KeptScan(scan.includeColumnStats(), cache, table, DataFile::copy, executor, reporter, residuals);
    }

    @Override
    public TableScan includeColumnStats(Collection<String> requestedColumns)
    {
        Set<Integer> fieldIds = requestedColumns.stream()
                // Also of columns that are not projected
                .map(column -> table().schema().findField(column).fieldId())
                .collect(toImmutableSet());
        return new KeptScan(scan.includeColumnStats(requestedColumns), cache, table, file -> file.copyWithStats(fieldIds), executor, reporter, residuals);
    }

    @Override
    public TableScan select(Collection<String> columns)
    {
        return with(scan.select(columns));
    }

    @Override
    public TableScan filter(Expression expression)
    {
        return with(scan.filter(expression));
    }

    @Override
    public TableScan ignoreResiduals()
    {
        return new KeptScan(scan.ignoreResiduals(), cache, table, result, executor, reporter, false);
    }

    @Override
    public TableScan minRowsRequested(long rows)
    {
        return with(scan.minRowsRequested(rows));
    }

    @Override
    public Table table()
    {
        return scan.table();
    }

    @Override
    public Snapshot snapshot()
    {
        return scan.snapshot();
    }

    @Override
    public Schema schema()
    {
        return scan.schema();
    }

    @Override
    public Expression filter()
    {
        return scan.filter();
    }

    @Override
    public boolean isCaseSensitive()
    {
        return scan.isCaseSensitive();
    }

    @Override
    public CloseableIterable<CombinedScanTask> planTasks()
    {
        return scan.planTasks();
    }

    @Override
    public long targetSplitSize()
    {
        return scan.targetSplitSize();
    }

    @Override
    public int splitLookback()
    {
        return scan.splitLookback();
    }

    @Override
    public long splitOpenFileCost()
    {
        return scan.splitOpenFileCost();
    }

    @Override
    public Supplier<FileIO> fileIO()
    {
        return scan.fileIO();
    }
}
