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

import static org.trinomesh.tests.bench.LargeEngine.READER_OF_ONE_DOMAIN;

/**
 * Meshes from a hundred to a hundred thousand products, in which one reader sees a hundred: what such a reader asks takes as long in all of them.
 * The plain side is the mesh of a hundred products.
 */
final class GrowthBenchmark
{
    private GrowthBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws Exception
    {
        List<Integer> sizes = quick ? ImmutableList.of(1, 10) : ImmutableList.of(1, 10, 100, 1_000);
        try (LargeEngine engine = LargeEngine.start(1)) {
            for (int domains : sizes) {
                engine.addMesh(catalog(domains), domains);
            }
            ImmutableList.Builder<Measurement> measurements = ImmutableList.builder();
            for (int domains : sizes.subList(1, sizes.size())) {
                measurements.add(
                        measure(engine, domains, "EXPLAIN of a small select", "EXPLAIN SELECT column_00 FROM %s.domain_00.product_007 WHERE column_00 = 7", quick ? 20 : 200),
                        measure(engine, domains, "columns of 100 visible", "SELECT table_name, column_name FROM %s.information_schema.columns", quick ? 5 : 50));
            }
            return measurements.build();
        }
    }

    private static Measurement measure(LargeEngine engine, int domains, String asked, String sql, int rounds)
    {
        String name = "growth: %s, %,d products".formatted(asked, domains * GeneratedMesh.PRODUCTS_PER_DOMAIN);
        Progress.say("%s", name);
        @Language("SQL") String small = sql.formatted(catalog(1));
        @Language("SQL") String large = sql.formatted(catalog(domains));
        PairedRuns warm = new PairedRuns();
        PairedRuns runs = new PairedRuns();
        for (int round = 0; round < rounds + rounds / 2; round++) {
            (round < rounds / 2 ? warm : runs).run(() -> engine.mesh(READER_OF_ONE_DOMAIN, small), () -> engine.mesh(READER_OF_ONE_DOMAIN, large));
        }
        Progress.say("%s: %.3f, %s", name, runs.ratio(), runs.spread());
        return Measurement.compared(name, runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(1.1));
    }

    private static String catalog(int domains)
    {
        return "mesh_of_%s".formatted(domains);
    }
}
