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

import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.type.SqlLiteral;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.airlift.units.DataSize.succinctBytes;
import static java.time.ZoneOffset.UTC;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Finds what makes a table slow, and the statement against it. A problem is only told where its advice makes it go away.
 */
final class HealthAdvice
{
    static final int MANY_DATA_FILES = 100;
    /**
     * Appends of Iceberg merge manifests when there are a hundred, so more are from writers that do not.
     */
    static final int MANY_MANIFESTS = 100;
    static final int MANY_SNAPSHOTS = 1_000;
    static final int FEW_DELETE_FILES = 10;
    static final int DATA_FILES_FOR_A_DELETE_FILE = 10;
    /**
     * The file cache of Trino leaves out larger files.
     */
    static final long LARGE_METADATA = 8L * 1024 * 1024;
    /**
     * What {@code expire_snapshots} of Trino keeps unless it is configured otherwise.
     */
    static final Duration RETENTION = Duration.ofDays(7);

    private final String table;
    private final TableHealth health;
    private final Instant now;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private HealthAdvice(PhysicalTable table, TableHealth health, Instant now)
    {
        this.table = "ALTER TABLE " + name(table);
        this.health = requireNonNull(health, "health is null");
        this.now = requireNonNull(now, "now is null");
    }

    /**
     * In the order in which their statements are best run.
     */
    static List<HealthProblem> of(PhysicalTable table, TableHealth health, Instant now)
    {
        HealthAdvice advice = new HealthAdvice(table, health, now);
        advice.checkDataFiles();
        advice.checkDeleteFiles();
        advice.checkManifests();
        advice.checkSnapshots();
        return advice.problems.entrySet().stream()
                .map(problem -> new HealthProblem(problem.getValue(), problem.getKey()))
                .collect(toImmutableList());
    }

    private void checkDataFiles()
    {
        FileTotals files = health.files();
        long small = health.smallFileBytes();
        if (!files.areManyBelow(MANY_DATA_FILES, small)) {
            return;
        }
        String many = String.format(
                ENGLISH,
                "%,d data files of %s on average, at least %,d of them smaller than %s: queries open more files than they need",
                files.dataFiles().getAsLong(),
                size(files.averageBytes().getAsLong()),
                files.smallerThan(small).orElse(0),
                size(small));
        tell(
                // How many partitions there are is not known without the manifests
                health.partitioned() ? many + ", or the partitions are too small if optimize leaves it so" : many,
                uselessCompaction()
                        .map(compaction -> String.format(
                                ENGLISH,
                                "Write larger partitions, for example months in place of days: rewriting the files on %s left %,d of %s on average, because files of different partitions are never merged. Change it with %s SET PROPERTIES partitioning = ARRAY[...], then run %s",
                                compaction.at().atZone(UTC).toLocalDate(),
                                compaction.result().dataFiles().getAsLong(),
                                size(compaction.result().averageBytes().getAsLong()),
                                table,
                                optimize()))
                        .orElseGet(this::optimize));
    }

    /**
     * The last compaction, if it left so many small files, and most of today's are still of it.
     */
    private Optional<Compaction> uselessCompaction()
    {
        return health.lastCompaction()
                .filter(_ -> health.partitioned())
                .filter(compaction -> compaction.result().areManyBelow(MANY_DATA_FILES, health.smallFileBytes()))
                .filter(compaction -> health.files().dataFiles().getAsLong() / 2 < compaction.result().dataFiles().getAsLong());
    }

    private void checkDeleteFiles()
    {
        long deletes = health.files().deleteFiles().orElse(0);
        long data = health.files().dataFiles().orElse(Long.MAX_VALUE);
        if (deletes > FEW_DELETE_FILES && deletes > data / DATA_FILES_FOR_A_DELETE_FILE) {
            tell(String.format(ENGLISH, "%,d delete files beside %,d data files: queries apply them to the rows that they read", deletes, data), optimize());
        }
    }

    private void checkManifests()
    {
        ManifestTotals manifests = health.manifests();
        if (manifests.dataManifests() > MANY_MANIFESTS && manifests.dataManifestBytes() / manifests.dataManifests() < health.manifestTargetBytes() / 2) {
            tell(String.format(ENGLISH, "%,d manifests of %s on average: planning opens more of them than it needs", manifests.dataManifests(), size(manifests.dataManifestBytes() / manifests.dataManifests())),
                    table + " EXECUTE optimize_manifests");
        }
    }

    private void checkSnapshots()
    {
        boolean many = health.snapshots() > MANY_SNAPSHOTS;
        boolean large = health.metadataBytes() > LARGE_METADATA;
        if (!many && !large) {
            return;
        }
        long old = health.expirableBefore(now.minus(RETENTION));
        String snapshots = String.format(ENGLISH, "%,d snapshots, %,d of them older than 7 days, in a metadata file of %s: engines read it to plan a query", health.snapshots(), old, size(health.metadataBytes()));
        tell(large ? snapshots + ", and the file cache of Trino leaves out files of more than 8MB" : snapshots,
                old > 0
                        ? table + " EXECUTE expire_snapshots(retention_threshold => '7d')"
                        : "Commit less often, in larger batches, and remove branches and tags that nobody needs: no snapshot is old enough for expire_snapshots to remove it");
    }

    private String optimize()
    {
        return table + " EXECUTE optimize";
    }

    private void tell(String problem, String advice)
    {
        problems.merge(advice, problem, (first, second) -> first + "; " + second);
    }

    private static String size(long bytes)
    {
        return succinctBytes(bytes).toString();
    }

    /**
     * The table in the catalog of its owner. One that is found by its folder has a name only where its owner registered it.
     */
    private static String name(PhysicalTable table)
    {
        return switch (table) {
            case CatalogTable(_, String namespace, String name) -> SqlLiteral.identifier(namespace) + "." + SqlLiteral.identifier(name);
            case LocatedTable _ -> "<table>";
        };
    }
}
