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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Queries that two sides run in turn, over warm files.
 */
record PairedQueries(Consumer<String> plain, Consumer<String> mesh)
{
    PairedQueries
    {
        requireNonNull(plain, "plain is null");
        requireNonNull(mesh, "mesh is null");
    }

    /**
     * The sum of each query's median.
     */
    Measurement measure(String name, Map<String, String> queries, int rounds, Target target)
    {
        Progress.say("%s: warming up", name);
        queries.values().forEach(sql -> pair(sql, new PairedRuns()));
        Map<String, PairedRuns> runs = new LinkedHashMap<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Progress.say("%s: round %s of %s", name, round, rounds);
            queries.forEach((query, sql) -> pair(sql, runs.computeIfAbsent(query, _ -> new PairedRuns())));
            ratios.add(runs.values().stream().mapToDouble(PairedRuns::lastMesh).sum() / runs.values().stream().mapToDouble(PairedRuns::lastPlain).sum());
        }
        runs.forEach((query, run) -> Progress.say("%s, %s: plain %.0f ms, mesh %.0f ms", name, query, run.plainMillis(), run.meshMillis()));
        Progress.say("%s: of the rounds, %s", name, PairedRuns.spread(ratios, "%.3f"));
        double plainMillis = runs.values().stream().mapToDouble(PairedRuns::plainMillis).sum();
        double meshMillis = runs.values().stream().mapToDouble(PairedRuns::meshMillis).sum();
        return Measurement.compared(name, plainMillis, meshMillis, meshMillis / plainMillis, target);
    }

    private void pair(String sql, PairedRuns runs)
    {
        runs.run(() -> plain.accept(sql), () -> mesh.accept(sql));
    }
}
