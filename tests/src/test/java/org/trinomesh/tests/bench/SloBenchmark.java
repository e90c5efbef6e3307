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
package org.trinomesh.tests.bench;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.trinomesh.tests.EmbeddedLake;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.MeshQueryRunner;

import java.util.ArrayList;
import java.util.List;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * The freshness of a thousand products in one query, against a query of each table's snapshots, and their completeness after
 * one of them got new rows.
 */
final class SloBenchmark
{
    private static final int COMMITS = 5;
    // Until Java has compiled the engine's way as well as ours, both take three times as long as in a server that serves
    private static final int WARM_UP = 100;
    @Language("SQL")
    private static final String FRESHNESS = "SELECT product, actual, status FROM mesh.system.slos WHERE objective = 'freshness'";
    @Language("SQL")
    private static final String COMPLETENESS = "SELECT product, actual, status FROM mesh.system.slos WHERE objective = 'completeness'";

    private SloBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws Exception
    {
        try (EmbeddedLake lake = EmbeddedLake.create();
                MeshDirectory directory = MeshDirectory.create()) {
            GeneratedMesh.write(directory, "wide");
            Progress.say("Starting an engine");
            try (QueryRunner runner = MeshQueryRunner.builder(directory.path())
                    .addMeshProperty("mesh.refresh-interval", "10s")
                    .addStorage("wide", lake.properties())
                    .build()) {
                Progress.say("Creating %,d tables", GeneratedMesh.PRODUCTS);
                WideLake wide = new WideLake(lake);
                wide.create(runner, COMMITS);
                return run(runner, wide, quick);
            }
        }
    }

    private static List<Measurement> run(QueryRunner runner, WideLake wide, boolean quick)
            throws Exception
    {
        Progress.say("Warming up");
        for (int run = 0; run < (quick ? 10 : WARM_UP); run++) {
            mesh(runner, FRESHNESS);
            mesh(runner, COMPLETENESS);
        }
        snapshots(runner, 20);
        // Now the engine and both ways are warm; what is cold below is what the mesh knows of the tables
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        int rounds = quick ? 3 : 7;
        for (int round = 0; round < rounds; round++) {
            Progress.say("Freshness: round %s of %s", round + 1, rounds);
            wide.renew(round);
            cold.add(millis(() -> mesh(runner, FRESHNESS)));
            for (int again = 0; again < 3; again++) {
                warm.add(millis(() -> mesh(runner, FRESHNESS)));
            }
        }
        Progress.say("Querying the snapshots of %,d tables, one after the other", GeneratedMesh.PRODUCTS);
        double plain = millis(() -> snapshots(runner, GeneratedMesh.PRODUCTS));

        mesh(runner, COMPLETENESS);
        List<Double> appended = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Progress.say("Completeness after an append: round %s of %s", round + 1, rounds);
            runner.execute(pipeline(), "INSERT INTO wide.%s.%s (column_00, column_01) VALUES (0, 'x')".formatted(GeneratedMesh.domain(1), GeneratedMesh.product(1)));
            appended.add(millis(() -> mesh(runner, COMPLETENESS)));
        }
        return ImmutableList.of(
                Measurement.timed("slo: freshness of %,d, cold".formatted(GeneratedMesh.PRODUCTS), median(cold), Target.atMost(1000)),
                Measurement.timed("slo: freshness of %,d, warm".formatted(GeneratedMesh.PRODUCTS), median(warm), Target.atMost(100)),
                Measurement.compared("slo: freshness, cold, against $snapshots", plain, median(cold), median(cold) / plain, Target.atMost(0.02)),
                Measurement.timed("slo: completeness of %,d after an append".formatted(GeneratedMesh.PRODUCTS), median(appended), Target.atMost(100)));
    }

    private static void mesh(QueryRunner runner, @Language("SQL") String sql)
    {
        int rows = runner.execute(as(GeneratedMesh.READER), sql).getRowCount();
        if (rows != GeneratedMesh.PRODUCTS) {
            throw new IllegalStateException("Only %s products have a row".formatted(rows));
        }
    }

    private static void snapshots(QueryRunner runner, int tables)
    {
        for (int table = 0; table < tables; table++) {
            runner.execute(pipeline(), "SELECT max(committed_at) FROM wide.%s.\"%s$snapshots\"".formatted(
                    GeneratedMesh.domain(table / GeneratedMesh.PRODUCTS_PER_DOMAIN),
                    GeneratedMesh.product(table % GeneratedMesh.PRODUCTS_PER_DOMAIN)));
        }
    }

    private static double millis(Runnable measured)
    {
        Stopwatch stopwatch = Stopwatch.createStarted();
        measured.run();
        return stopwatch.elapsed(MICROSECONDS) / 1000.0;
    }

    private static double median(List<Double> values)
    {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
