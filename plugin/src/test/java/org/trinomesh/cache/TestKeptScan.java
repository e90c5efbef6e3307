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
import com.google.common.collect.ImmutableMap;
import io.airlift.units.DataSize;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.metrics.InMemoryMetricsReporter;
import org.apache.iceberg.metrics.ScanMetricsResult;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

/**
 * What is found in kept manifests is what Iceberg's own scan finds.
 */
@TestInstance(PER_CLASS)
final class TestKeptScan
{
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "region", Types.StringType.get()),
            NestedField.optional(3, "amount", Types.DoubleType.get()),
            NestedField.optional(4, "note", Types.StringType.get()));
    private static final List<Expression> FILTERS = ImmutableList.of(
            Expressions.alwaysTrue(),
            Expressions.equal("id", 150L),
            Expressions.equal("id", 100_000L),
            Expressions.equal("region", "r1"),
            Expressions.in("region", "r1", "r3"),
            Expressions.and(Expressions.equal("region", "r2"), Expressions.greaterThan("id", 200L)),
            Expressions.isNull("note"),
            Expressions.notNull("note"),
            Expressions.isNaN("amount"),
            Expressions.startsWith("note", "n3"),
            Expressions.or(Expressions.lessThan("id", 20L), Expressions.equal("note", "n700")),
            Expressions.not(Expressions.equal("region", "r0")));

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private final ExecutorService executor = newFixedThreadPool(2);
    private final ManifestCache cache = new ManifestCache(DataSize.of(16, MEGABYTE));

    @BeforeAll
    void createCatalog()
    {
        catalog.initialize("lake", ImmutableMap.of());
        catalog.createNamespace(Namespace.of("sales"));
    }

    @AfterAll
    void close()
            throws IOException
    {
        executor.shutdownNow();
        catalog.close();
    }

    @Test
    void testEachFilterFindsTheSameFiles()
    {
        Table table = table("filters", 2);
        append(table, 0);
        append(table, 10);
        // Older manifests stay in the old spec
        table.updateSpec().removeField("region").addField(Expressions.bucket("id", 4)).commit();
        table.newAppend().appendFile(file(table, 900, "id_bucket_4=2")).commit();
        for (Expression filter : FILTERS) {
            assertSame(table, filter);
        }
        table.updateSchema().renameColumn("note", "remark").addColumn("later", Types.IntegerType.get()).commit();
        assertSame(table, Expressions.startsWith("remark", "n3"));
        assertSame(table, Expressions.isNull("later"));
    }

    @Test
    void testEachVersionHasItsOwnFiles()
    {
        Table table = table("versions", 2);
        append(table, 0);
        long first = table.currentSnapshot().snapshotId();
        assertThat(paths(kept(table))).hasSize(10);
        table.newDelete().deleteFromRowFilter(Expressions.equal("region", "r1")).commit();
        append(table, 10);
        assertSame(table, Expressions.alwaysTrue());
        assertThat(paths(kept(table).useSnapshot(first))).hasSize(10);
        assertThat(tasks(kept(table).useSnapshot(first).filter(Expressions.equal("id", 30L))))
                .hasSize(1)
                .isEqualTo(tasks(table.newScan().useSnapshot(first).filter(Expressions.equal("id", 30L))));
    }

    @Test
    void testDeleteFilesAreNotForgotten()
    {
        Table table = table("deletes", 2);
        append(table, 0);
        assertThat(paths(kept(table))).hasSize(10);
        DeleteFile deletes = FileMetadata.deleteFileBuilder(table.spec())
                .ofPositionDeletes()
                .withPath("deletes.parquet")
                .withPartitionPath("region=r1")
                .withFileSizeInBytes(100)
                .withRecordCount(1)
                .build();
        table.newRowDelta().addDeletes(deletes).commit();
        try (CloseableIterable<FileScanTask> tasks = kept(table).filter(Expressions.equal("region", "r1")).planFiles()) {
            assertThat(tasks).isNotEmpty().allSatisfy(task -> assertThat(task.deletes()).hasSize(1));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void testRowIdsComeWithAnUpgrade()
    {
        Table table = table("lineage", 2);
        append(table, 0);
        assertThat(tasks(kept(table))).extracting(Found::firstRowId).containsOnlyNulls();
        table.updateProperties().set("format-version", "3").commit();
        append(table, 10);
        // The old manifest got row ids in the new list of manifests
        assertSame(table, Expressions.alwaysTrue());
        assertThat(tasks(kept(table))).extracting(Found::firstRowId).doesNotContainNull();
    }

    @Test
    void testAManifestIsDecodedOnce()
    {
        Table table = table("once", 2);
        append(table, 0);
        append(table, 10);
        long before = cache.manifests().stats().loadCount();
        paths(kept(table).planWith(executor));
        assertThat(cache.manifests().stats().loadCount() - before).isEqualTo(2);
        append(table, 20);
        paths(kept(table));
        paths(kept(table).filter(Expressions.equal("id", 3L)));
        assertThat(cache.manifests().stats().loadCount() - before).isEqualTo(3);
    }

    @Test
    void testATableThatWouldTakeMostOfTheMemoryIsLeftToIceberg()
    {
        Table table = table("large", 2);
        append(table, 0);
        ManifestCache small = new ManifestCache(DataSize.ofBytes(1_000));
        assertThat(paths(new KeptScan(table.newScan(), small, metadata(table)))).hasSize(10);
        ManifestCache none = new ManifestCache(DataSize.ofBytes(0));
        assertThat(paths(new KeptScan(table.newScan(), none, metadata(table)))).hasSize(10);
        assertThat(small.manifests().stats().requestCount()).isZero();
        assertThat(none.manifests().stats().requestCount()).isZero();
    }

    @Test
    void testMetricsAreThoseOfIceberg()
    {
        Table table = table("metrics", 2);
        append(table, 0);
        append(table, 10);
        Expression filter = Expressions.and(Expressions.equal("region", "r1"), Expressions.lessThan("id", 300L));
        ScanMetricsResult expected = metrics(table.newScan().filter(filter));
        ScanMetricsResult found = metrics(kept(table).filter(filter));
        assertThat(found.resultDataFiles().value()).isEqualTo(expected.resultDataFiles().value()).isPositive();
        assertThat(found.skippedDataFiles().value()).isEqualTo(expected.skippedDataFiles().value());
        assertThat(found.totalDataManifests().value()).isEqualTo(expected.totalDataManifests().value());
        assertThat(found.scannedDataManifests().value()).isEqualTo(expected.scannedDataManifests().value());
        assertThat(found.totalFileSizeInBytes().value()).isEqualTo(expected.totalFileSizeInBytes().value());
    }

    @Test
    void testAPromotedPartitionColumnIsReadWithItsNewType()
    {
        Schema schema = new Schema(NestedField.required(1, "id", Types.LongType.get()), NestedField.optional(2, "store", Types.IntegerType.get()));
        Table table = catalog.createTable(TableIdentifier.of("sales", "stores"), schema, PartitionSpec.builderFor(schema).identity("store").build());
        table.newAppend()
                .appendFile(DataFiles.builder(table.spec()).withPath("store7.parquet").withPartitionPath("store=7").withFileSizeInBytes(10).withRecordCount(1).build())
                .appendFile(DataFiles.builder(table.spec()).withPath("store8.parquet").withPartitionPath("store=8").withFileSizeInBytes(10).withRecordCount(1).build())
                .commit();
        assertThat(paths(kept(table).filter(Expressions.equal("store", 7)))).containsExactly("store7.parquet");
        table.updateSchema().updateColumn("store", Types.LongType.get()).commit();
        try (CloseableIterable<FileScanTask> tasks = kept(table).filter(Expressions.equal("store", 7L)).planFiles()) {
            assertThat(tasks).singleElement().satisfies(task -> assertThat(task.file().partition().get(0, Long.class)).isEqualTo(7L));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void testAManifestIsNoAnswerForAnotherStorageOrOtherFolders()
    {
        Table table = table("places", 2);
        append(table, 0);
        paths(kept(table));
        long before = cache.manifests().stats().loadCount();
        String location = metadata(table).location();
        paths(new KeptScan(table.newScan(), cache, new StoredFile("other", ImmutableList.of(), location)));
        paths(new KeptScan(table.newScan(), cache, new StoredFile("lake", ImmutableList.of("s3://granted"), location)));
        assertThat(cache.manifests().stats().loadCount() - before).isEqualTo(2);
    }

    @Test
    void testAManifestThatIsLargerThanItLooksIsNotKept()
    {
        Table table = table("dense", 2);
        AppendFiles append = table.newFastAppend();
        // Compresses to a fraction of what it takes in memory
        for (int file = 0; file < 3_000; file++) {
            append.appendFile(file(table, 1_000 + file, "region=" + "r".repeat(100)));
        }
        append.commit();
        ManifestCache small = new ManifestCache(DataSize.of(4, MEGABYTE));
        TableScan scan = new KeptScan(table.newScan(), small, metadata(table));
        assertThat(paths(scan)).hasSize(3_000);
        assertThat(tasks(scan.filter(Expressions.equal("id", 15_003L)))).hasSize(1).isEqualTo(tasks(table.newScan().filter(Expressions.equal("id", 15_003L))));
        // It is known to be too large, and not decoded to the limit again
        assertThat(small.manifests().stats().loadCount()).isEqualTo(1);
    }

    @Test
    void testResidualsThatAreNotWantedAreNotMade()
    {
        Table table = table("residuals", 2);
        append(table, 0);
        Expression filter = Expressions.lessThan("id", 25L);
        assertThat(tasks(kept(table).filter(filter).ignoreResiduals())).isEqualTo(tasks(table.newScan().filter(filter).ignoreResiduals()));
    }

    @Test
    void testNobodyChangesWhatIsKept()
    {
        Table table = table("bounds", 2);
        append(table, 0);
        TableScan scan = kept(table).includeColumnStats(ImmutableList.of("id"));
        List<Found> before = tasks(scan);
        // The engine takes the array of a bound as it is
        plan(kept(table).includeColumnStats()).forEach(task -> Arrays.fill(task.file().lowerBounds().get(1).array(), (byte) 0x7F));
        assertThat(tasks(scan)).isEqualTo(before);
    }

    @Test
    void testStatisticsOfColumnsThatAreNotProjected()
    {
        Table table = table("projected", 2);
        append(table, 0);
        Schema projected = table.schema().select("region");
        assertThat(tasks(kept(table).project(projected).includeColumnStats(ImmutableList.of("id"))))
                .isEqualTo(tasks(table.newScan().project(projected).includeColumnStats(ImmutableList.of("id"))));
    }

    private static ScanMetricsResult metrics(TableScan scan)
    {
        InMemoryMetricsReporter reporter = new InMemoryMetricsReporter();
        paths(scan.metricsReporter(reporter));
        return reporter.scanReport().scanMetrics();
    }

    private void assertSame(Table table, Expression filter)
    {
        TableScan scan = table.newScan().filter(filter);
        TableScan kept = kept(table).filter(filter);
        assertThat(tasks(kept)).as("no statistics, %s", filter).isEqualTo(tasks(scan));
        assertThat(tasks(kept.planWith(executor).includeColumnStats())).as("all statistics, %s", filter).isEqualTo(tasks(scan.includeColumnStats()));
        List<String> columns = ImmutableList.of("id", table.schema().findColumnName(4));
        assertThat(tasks(kept.includeColumnStats(columns))).as("some statistics, %s", filter).isEqualTo(tasks(scan.includeColumnStats(columns)));
        assertThat(tasks(kept.includeColumnStats(ImmutableList.of()))).as("statistics of no column, %s", filter).isEqualTo(tasks(scan.includeColumnStats(ImmutableList.of())));
    }

    private TableScan kept(Table table)
    {
        return new KeptScan(table.newScan(), cache, metadata(table));
    }

    private static StoredFile metadata(Table table)
    {
        return new StoredFile("lake", ImmutableList.of(), table.location() + "/metadata.json");
    }

    private Table table(String name, int version)
    {
        return catalog.createTable(
                TableIdentifier.of("sales", name),
                SCHEMA,
                PartitionSpec.builderFor(SCHEMA).identity("region").build(),
                ImmutableMap.of("format-version", String.valueOf(version)));
    }

    private static void append(Table table, int start)
    {
        AppendFiles append = table.newFastAppend();
        for (int file = start; file < start + 10; file++) {
            append.appendFile(file(table, file, "region=r" + file % 5));
        }
        append.commit();
    }

    private static DataFile file(Table table, int number, String partition)
    {
        long rows = 10 + number;
        return DataFiles.builder(table.spec())
                .withPath("data/%s.parquet".formatted(number))
                .withPartitionPath(partition)
                .withFileSizeInBytes(1_000 + number)
                .withSplitOffsets(ImmutableList.of(4L, 500L))
                .withMetrics(new Metrics(
                        rows,
                        ImmutableMap.of(1, 100L, 2, 100L),
                        ImmutableMap.of(1, rows, 2, rows, 3, rows, 4, rows),
                        ImmutableMap.of(1, 0L, 2, 0L, 3, 0L, 4, number % 3 == 0 ? rows : 0L),
                        ImmutableMap.of(3, number % 2 == 0 ? 1L : 0L),
                        bounds(number * 10L, "n" + number, number % 3 == 0),
                        bounds(number * 10L + 9, "n" + number + "z", number % 3 == 0)))
                .build();
    }

    private static Map<Integer, ByteBuffer> bounds(long id, String note, boolean onlyNulls)
    {
        ImmutableMap.Builder<Integer, ByteBuffer> bounds = ImmutableMap.builder();
        bounds.put(1, Conversions.toByteBuffer(Types.LongType.get(), id));
        if (!onlyNulls) {
            bounds.put(4, Conversions.toByteBuffer(Types.StringType.get(), note));
        }
        return bounds.buildOrThrow();
    }

    private static List<String> paths(TableScan scan)
    {
        return plan(scan).stream().map(task -> task.file().location()).collect(toImmutableList());
    }

    private static List<Found> tasks(TableScan scan)
    {
        return plan(scan).stream().map(Found::of).sorted().collect(toImmutableList());
    }

    private static List<FileScanTask> plan(TableScan scan)
    {
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            return ImmutableList.copyOf(tasks);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All that a query gets to know of a file.
     */
    private record Found(
            String path,
            int spec,
            String partition,
            String residual,
            long rows,
            long bytes,
            List<Long> offsets,
            Long sequenceNumber,
            Long firstRowId,
            Map<Integer, Long> values,
            Map<Integer, Long> nulls,
            Map<Integer, Long> nans,
            Map<Integer, ByteBuffer> lower,
            Map<Integer, ByteBuffer> upper,
            int splits)
            implements Comparable<Found>
    {
        private static Found of(FileScanTask task)
        {
            DataFile file = task.file();
            return new Found(
                    file.location(),
                    file.specId(),
                    file.partition().toString(),
                    task.residual().toString(),
                    file.recordCount(),
                    file.fileSizeInBytes(),
                    file.splitOffsets(),
                    file.dataSequenceNumber(),
                    file.firstRowId(),
                    copy(file.valueCounts()),
                    copy(file.nullValueCounts()),
                    copy(file.nanValueCounts()),
                    copy(file.lowerBounds()),
                    copy(file.upperBounds()),
                    ImmutableList.copyOf(task.split(400)).size());
        }

        private static <V> Map<Integer, V> copy(Map<Integer, V> statistics)
        {
            return statistics == null ? ImmutableMap.of() : ImmutableMap.copyOf(statistics);
        }

        @Override
        public int compareTo(Found other)
        {
            return path.compareTo(other.path);
        }
    }
}
