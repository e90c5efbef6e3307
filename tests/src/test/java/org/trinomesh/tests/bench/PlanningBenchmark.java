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

import com.google.common.collect.ImmutableList;
import org.intellij.lang.annotations.Language;

import java.util.List;

/**
 * What the mesh adds to the planning of a small select of one table.
 */
final class PlanningBenchmark
{
    @Language("SQL")
    private static final String SMALL = "SELECT n_name, n_comment FROM nation WHERE n_nationkey = 7";
    @Language("SQL")
    private static final String LONG = "SELECT column_01 FROM %s.long_table WHERE column_00 = %s".formatted(HistoryTables.DOMAIN, HistoryTables.ROW);
    @Language("SQL")
    private static final String WIDE = "SELECT column_001, column_002 FROM %s.wide_table".formatted(HistoryTables.DOMAIN);
    @Language("SQL")
    private static final String WIDE_MASKED = "SELECT column_497, column_498, column_499 FROM %s.wide_table".formatted(HistoryTables.DOMAIN);

    private PlanningBenchmark() {}

    static List<Measurement> run(BenchmarkEngine engine, boolean quick)
    {
        return ImmutableList.of(
                measure(engine, "planning: EXPLAIN of a small select", "EXPLAIN " + SMALL, quick ? 50 : 300, quick ? 100 : 600, 0.95),
                measure(engine, "planning: EXPLAIN, 1,001 snapshots", "EXPLAIN " + LONG, quick ? 3 : 10, quick ? 5 : 40, 0.35),
                measure(engine, "planning: SELECT of a row of it", LONG, quick ? 3 : 10, quick ? 5 : 40, 0.5),
                afterAStart(engine, quick),
                masked(engine, "planning: 500 columns, 3 masks beside", WIDE, quick, 1.03),
                masked(engine, "planning: 500 columns, 3 masked", WIDE_MASKED, quick, 1.15));
    }

    private static Measurement measure(BenchmarkEngine engine, String name, @Language("SQL") String sql, int warming, int rounds, double most)
    {
        return compare(name, () -> engine.plain(sql), () -> engine.mesh(sql), warming, rounds, most);
    }

    private static Measurement afterAStart(BenchmarkEngine engine, boolean quick)
    {
        String name = "planning: the same right after a start";
        Progress.say("%s", name);
        PairedRuns runs = new PairedRuns();
        int rounds = quick ? 2 : 12;
        for (int round = 0; round < rounds; round++) {
            BenchmarkEngine.Started started = engine.start(round);
            runs.run(() -> started.plain(LONG), () -> started.mesh(LONG));
        }
        Progress.say("%s: %.3f, %s", name, runs.ratio(), runs.spread());
        return Measurement.compared(name, runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(1.0));
    }

    private static Measurement masked(BenchmarkEngine engine, String name, @Language("SQL") String sql, boolean quick, double most)
    {
        return compare(name, () -> engine.plain(sql), () -> engine.masked(sql), quick ? 5 : 50, quick ? 10 : 100, most);
    }

    private static Measurement compare(String name, Runnable plain, Runnable mesh, int warming, int rounds, double most)
    {
        Progress.say("%s", name);
        PairedRuns warm = new PairedRuns();
        for (int run = 0; run < warming; run++) {
            warm.run(plain, mesh);
        }
        PairedRuns runs = new PairedRuns();
        for (int run = 0; run < rounds; run++) {
            runs.run(plain, mesh);
        }
        Progress.say("%s: %.3f, %s", name, runs.ratio(), runs.spread());
        return Measurement.compared(name, runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(most));
    }
}
