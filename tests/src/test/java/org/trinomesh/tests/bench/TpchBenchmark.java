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
import org.trinomesh.tests.QueryFiles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The twenty-two queries of TPC-H over warm files: the sum of each query's median.
 */
final class TpchBenchmark
{
    private TpchBenchmark() {}

    static List<Measurement> run(BenchmarkEngine engine, boolean quick)
    {
        Map<String, String> queries = QueryFiles.tpch();
        int rounds = quick ? 2 : 8;
        Progress.say("TPC-H: warming up");
        queries.values().forEach(sql -> pair(engine, sql, new PairedRuns()));
        Map<String, PairedRuns> runs = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            Progress.say("TPC-H: round %s of %s", round, rounds);
            queries.forEach((name, sql) -> pair(engine, sql, runs.computeIfAbsent(name, _ -> new PairedRuns())));
        }
        runs.forEach((name, run) -> Progress.say("TPC-H %s: plain %.0f ms, mesh %.0f ms", name, run.plainMillis(), run.meshMillis()));
        double plain = runs.values().stream().mapToDouble(PairedRuns::plainMillis).sum();
        double mesh = runs.values().stream().mapToDouble(PairedRuns::meshMillis).sum();
        return ImmutableList.of(Measurement.compared("tpch: Q1 to Q22 at " + engine.scale(), plain, mesh, mesh / plain, Target.around(1, 0.03)));
    }

    private static void pair(BenchmarkEngine engine, String sql, PairedRuns runs)
    {
        runs.run(() -> engine.plain(sql), () -> engine.mesh(sql));
    }
}
