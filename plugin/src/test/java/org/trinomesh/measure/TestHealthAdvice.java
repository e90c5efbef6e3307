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
import org.junit.jupiter.api.Test;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a table is slow, and what its owner is told then.
 */
final class TestHealthAdvice
{
    private static final long MEGABYTE = 1024 * 1024;
    private static final PhysicalTable ORDERS = new CatalogTable("lake", "sales", "orders");
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final String OPTIMIZE = "ALTER TABLE \"sales\".\"orders\" EXECUTE optimize";
    private static final FileTotals FEW_LARGE_FILES = files(10, 0, 10 * 512 * MEGABYTE);

    @Test
    void testSmallFiles()
    {
        // One more, and one byte less on average, than what is well
        assertThat(advice(table(files(100, 0, 100)))).isEmpty();
        assertThat(advice(table(files(101, 0, 101 * 32 * MEGABYTE)))).isEmpty();
        assertThat(advice(table(files(101, 0, 101 * 32 * MEGABYTE - 1)))).containsExactly(OPTIMIZE);
        assertThat(problems(table(files(10_001, 0, 10_001_000_000L)))).containsExactly("10,001 data files of 976.56kB on average, at least 9,703 of them smaller than 32MB: queries open more files than they need");
    }

    @Test
    void testAsManyFilesAreSmallAsMustBe()
    {
        assertThat(files(100, 0, 0).smallerThan(32 * MEGABYTE)).hasValue(100);
        assertThat(files(100, 0, 64 * MEGABYTE).smallerThan(32 * MEGABYTE)).hasValue(98);
        assertThat(files(1, 0, 64 * MEGABYTE).smallerThan(32 * MEGABYTE)).hasValue(0);
        assertThat(files(1, 0, 64).smallerThan(0)).isEmpty();
        assertThat(FileTotals.of(Map.of("total-data-files", "3")).smallerThan(1)).isEmpty();
    }

    @Test
    void testASummaryMaySayAnything()
    {
        FileTotals forged = FileTotals.of(Map.of("total-data-files", "-5", "total-delete-files", "many", "total-files-size", "99999999999999999999"));
        assertThat(forged).isEqualTo(new FileTotals(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
        assertThat(forged.averageBytes()).isEmpty();
        assertThat(files(0, 0, 7).averageBytes()).isEmpty();
        assertThat(advice(table(forged))).isEmpty();
        assertThat(advice(table(files(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)))).containsExactly(OPTIMIZE);
    }

    @Test
    void testPartitionsThatAreTooSmall()
    {
        FileTotals small = files(1_000, 0, 1_000 * MEGABYTE);
        Compaction useless = new Compaction(NOW, files(900, 0, 900 * MEGABYTE));
        assertThat(advice(table(small, true, Optional.empty()))).containsExactly(OPTIMIZE);
        assertThat(advice(table(small, true, Optional.of(useless)))).singleElement().asString().startsWith("Write larger partitions, for example months in place of days: rewriting the files on 2026-05-01 left 900 of 1MB on average");
        // Compacting helps where there are no partitions, where it helped before, and where most files came later
        assertThat(advice(table(small, false, Optional.of(useless)))).containsExactly(OPTIMIZE);
        assertThat(advice(table(small, true, Optional.of(new Compaction(NOW, FEW_LARGE_FILES))))).containsExactly(OPTIMIZE);
        assertThat(advice(table(files(1_800, 0, 1_800 * MEGABYTE), true, Optional.of(useless)))).containsExactly(OPTIMIZE);
    }

    @Test
    void testDeleteFiles()
    {
        assertThat(advice(table(files(1, 10, 11)))).isEmpty();
        assertThat(advice(table(files(200, 20, 200 * 512 * MEGABYTE)))).isEmpty();
        assertThat(advice(table(files(200, 21, 200 * 512 * MEGABYTE)))).containsExactly(OPTIMIZE);
        // One statement against both
        assertThat(problems(table(files(200, 21, 200)))).singleElement().asString().contains("200 data files of 1B on average", "; 21 delete files beside 200 data files");
    }

    @Test
    void testManifests()
    {
        assertThat(advice(table(manifests(100, 100)))).isEmpty();
        assertThat(advice(table(manifests(101, 101 * 4 * MEGABYTE)))).isEmpty();
        assertThat(advice(table(manifests(101, 101 * 4 * MEGABYTE - 1)))).containsExactly("ALTER TABLE \"sales\".\"orders\" EXECUTE optimize_manifests");
    }

    @Test
    void testSnapshots()
    {
        assertThat(advice(table(1_000, 30, 8 * MEGABYTE))).isEmpty();
        assertThat(advice(table(1_001, 30, MEGABYTE))).containsExactly("ALTER TABLE \"sales\".\"orders\" EXECUTE expire_snapshots(retention_threshold => '7d')");
        assertThat(advice(table(1_001, 6, MEGABYTE))).singleElement().asString().startsWith("Commit less often");
        assertThat(problems(table(10, 30, 9 * MEGABYTE))).containsExactly("10 snapshots, 9 of them older than 7 days, in a metadata file of 9MB: engines read it to plan a query, and the file cache of Trino leaves out files of more than 8MB");
    }

    @Test
    void testFoldersAreNotTold()
    {
        PhysicalTable located = new LocatedTable("files", "s3://secret/orders");
        assertThat(HealthAdvice.of(located, table(files(200, 0, 200)), NOW)).extracting(HealthProblem::advice).containsExactly("ALTER TABLE <table> EXECUTE optimize");
        PhysicalTable quoted = new CatalogTable("lake", "a.b", "it's \"it\"");
        assertThat(HealthAdvice.of(quoted, table(files(200, 0, 200)), NOW)).extracting(HealthProblem::advice).containsExactly("ALTER TABLE \"a.b\".\"it's \"\"it\"\"\" EXECUTE optimize");
    }

    private static List<String> problems(TableHealth health)
    {
        return HealthAdvice.of(ORDERS, health, NOW).stream().map(HealthProblem::problem).toList();
    }

    private static List<String> advice(TableHealth health)
    {
        return HealthAdvice.of(ORDERS, health, NOW).stream().map(HealthProblem::advice).toList();
    }

    private static FileTotals files(long data, long deletes, long bytes)
    {
        return new FileTotals(OptionalLong.of(data), OptionalLong.of(deletes), OptionalLong.of(bytes));
    }

    private static ManifestTotals manifests(int count, long bytes)
    {
        return new ManifestTotals(count, bytes, count, bytes, OptionalLong.empty(), OptionalLong.empty(), 1);
    }

    private static TableHealth table(FileTotals files)
    {
        return table(files, false, Optional.empty());
    }

    private static TableHealth table(FileTotals files, boolean partitioned, Optional<Compaction> lastCompaction)
    {
        return table(1, 0, 1, manifests(1, 1), files, partitioned, lastCompaction);
    }

    private static TableHealth table(ManifestTotals manifests)
    {
        return table(1, 0, 1, manifests, FEW_LARGE_FILES, false, Optional.empty());
    }

    /**
     * @param days the age of all snapshots but the current one
     */
    private static TableHealth table(int snapshots, int days, long metadataBytes)
    {
        return table(snapshots, days, metadataBytes, manifests(1, 1), FEW_LARGE_FILES, false, Optional.empty());
    }

    private static TableHealth table(int snapshots, int days, long metadataBytes, ManifestTotals manifests, FileTotals files, boolean partitioned, Optional<Compaction> lastCompaction)
    {
        long committed = NOW.minus(Duration.ofDays(days)).toEpochMilli();
        return new TableHealth(OptionalLong.of(1), snapshots, ImmutableLongArray.copyOf(LongStream.range(1, snapshots).map(_ -> committed)), metadataBytes, manifests, files, partitioned, lastCompaction, 32 * MEGABYTE, 8 * MEGABYTE);
    }
}
