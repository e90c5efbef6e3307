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
    private static final String EXPLAIN = "EXPLAIN SELECT n_name, n_comment FROM nation WHERE n_nationkey = 7";

    private PlanningBenchmark() {}

    static List<Measurement> run(BenchmarkEngine engine, boolean quick)
    {
        for (int run = 0; run < (quick ? 50 : 300); run++) {
            pair(engine, new PairedRuns());
        }
        PairedRuns runs = new PairedRuns();
        for (int run = 0; run < (quick ? 100 : 600); run++) {
            pair(engine, runs);
        }
        return ImmutableList.of(Measurement.compared("planning: EXPLAIN of a small select", runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(1.05)));
    }

    private static void pair(BenchmarkEngine engine, PairedRuns runs)
    {
        runs.run(() -> engine.plain(EXPLAIN), () -> engine.mesh(EXPLAIN));
    }
}
