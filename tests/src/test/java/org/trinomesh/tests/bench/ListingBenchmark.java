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

import java.util.List;

/**
 * The listing that every client asks for first: all columns of all tables.
 */
final class ListingBenchmark
{
    private ListingBenchmark() {}

    static List<Measurement> run(BenchmarkEngine engine, boolean quick)
    {
        pair(engine, new PairedRuns());
        PairedRuns runs = new PairedRuns();
        int rounds = quick ? 3 : 9;
        for (int round = 1; round <= rounds; round++) {
            Progress.say("Listing: round %s of %s", round, rounds);
            pair(engine, runs);
        }
        return ImmutableList.of(Measurement.compared(
                "listing: information_schema.columns of %,d".formatted(GeneratedMesh.PRODUCTS),
                runs.plainMillis(),
                runs.meshMillis(),
                runs.ratio(),
                Target.atMost(0.2)));
    }

    private static void pair(BenchmarkEngine engine, PairedRuns runs)
    {
        runs.run(() -> engine.plain(sql("wide")), () -> engine.mesh(sql("mesh")));
    }

    private static String sql(String catalog)
    {
        return "SELECT table_schema, table_name, column_name, data_type FROM %s.information_schema.columns".formatted(catalog);
    }
}
