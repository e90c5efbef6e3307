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
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.tests.MeshDirectory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static com.google.common.base.Preconditions.checkState;

/**
 * How long a mesh of a thousand products takes to load and, after a change to one of them, to load again. The first load is
 * the one that counts: a server does it once, with classes that nothing has warmed.
 */
final class RegistryBenchmark
{
    private static final int RELOADS = 15;

    private RegistryBenchmark() {}

    static List<Measurement> run()
            throws IOException
    {
        try (MeshDirectory directory = MeshDirectory.create()) {
            GeneratedMesh.write(directory, "lake");
            long start = System.nanoTime();
            MeshRegistry registry = new MeshRegistry(directory.path(), Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks());
            double load = (System.nanoTime() - start) / 1e6;
            checkWhole(registry);
            List<Double> reloads = new ArrayList<>();
            for (int reload = 0; reload < RELOADS; reload++) {
                GeneratedMesh.describe(directory, "lake", reload, "Changed by reload " + reload);
                reloads.add(PairedRuns.millis(() -> checkState(registry.refresh(), "The change was not seen")));
            }
            checkWhole(registry);
            return ImmutableList.of(
                    Measurement.timed("registry: load %,d products".formatted(GeneratedMesh.PRODUCTS), load, Target.atMost(3000)),
                    Measurement.timed("registry: reload one changed file", PairedRuns.median(reloads), Target.atMost(100)));
        }
    }

    private static void checkWhole(MeshRegistry registry)
    {
        List<Problem> errors = registry.current().problems().stream().filter(Problem::isError).toList();
        checkState(errors.isEmpty(), "The generated mesh has problems: %s", errors);
        long products = registry.current().domains().stream()
                .flatMap(domain -> registry.current().tables(domain.name()).stream())
                .map(MeshTable::product)
                .distinct()
                .count();
        checkState(products == GeneratedMesh.PRODUCTS, "The generated mesh has %s products", products);
    }
}
