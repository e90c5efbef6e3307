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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.search.SearchRequest;
import org.trinomesh.slo.KnownStatus;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.bench.ColdStart.Start;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkState;

/**
 * A mesh of ten thousand products: how long it takes to start, against the YAML parser alone on the same files, and how much heap it
 * keeps; then, after changes to one product, the reload and the first queries of each kind. Nothing is prepared for those, as for a
 * requester who was not there before.
 */
final class RegistryBenchmark
{
    private static final int DOMAINS = 100;
    private static final int PRODUCTS = DOMAINS * GeneratedMesh.PRODUCTS_PER_DOMAIN;
    private static final Requester READER = new Requester(GeneratedMesh.READER, ImmutableSet.of(), ImmutableSet.of());
    private static final SearchRequest SEARCH = new SearchRequest("changed", Optional.empty(), Optional.empty(), Optional.empty(), ImmutableSet.of(), 20);

    private final List<Measurement> measurements = new ArrayList<>();

    private RegistryBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws IOException
    {
        RegistryBenchmark benchmark = new RegistryBenchmark();
        try (MeshDirectory directory = MeshDirectory.create()) {
            Progress.say("Registry: writing %,d products", PRODUCTS);
            GeneratedMesh.write(directory, "lake", DOMAINS);
            benchmark.start(directory, quick ? 1 : 3);
            benchmark.reload(directory, quick ? 5 : 15);
        }
        return ImmutableList.copyOf(benchmark.measurements);
    }

    private void start(MeshDirectory directory, int rounds)
    {
        List<Double> parsers = new ArrayList<>();
        List<Double> starts = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        double heap = 0;
        for (int round = 0; round < rounds; round++) {
            Start parser = ColdStart.parser(directory.path());
            Start mesh = ColdStart.mesh(directory.path());
            Progress.say("Registry: the parser alone takes %,.0f ms, a start %,.0f ms", parser.millis(), mesh.millis());
            parsers.add(parser.millis());
            starts.add(mesh.millis());
            ratios.add(mesh.millis() / parser.millis());
            heap = mesh.heapKilobytes();
        }
        add(Measurement.timed("registry: start with %,d products".formatted(PRODUCTS), PairedRuns.median(starts), Target.atMost(8_000)));
        add(Measurement.compared("registry: start / YAML parser alone", PairedRuns.median(parsers), PairedRuns.median(starts), PairedRuns.median(ratios), Target.atMost(1.3)));
        add(Measurement.sized("registry: heap for a product", heap, Target.atMost(6)));
    }

    private void reload(MeshDirectory directory, int rounds)
            throws IOException
    {
        MeshRegistry registry = new MeshRegistry(directory.path(), Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks());
        Governance governance = Governance.of(registry.current());
        checkWhole(governance);
        List<Double> idle = new ArrayList<>();
        List<Double> reloads = new ArrayList<>();
        List<Double> listings = new ArrayList<>();
        List<Double> products = new ArrayList<>();
        List<Double> searches = new ArrayList<>();
        try (MeshSearch search = new MeshSearch()) {
            Progress.say("Registry: the index of all products is made in %,.0f ms, beside queries", PairedRuns.millis(() -> search.prepare(registry.current())));
            for (int round = 0; round < rounds; round++) {
                GeneratedMesh.describe(directory, "lake", round, "Changed by reload " + round);
                Governance before = governance;
                List<Governance> after = new ArrayList<>();
                reloads.add(PairedRuns.millis(() -> {
                    checkState(registry.refresh(), "The change was not seen");
                    after.add(Governance.of(registry.current(), MaskKeyVersions.UNKNOWN, Optional.of(before)));
                }));
                governance = after.getFirst();
                idle.add(PairedRuns.millis(() -> checkState(!registry.refresh(), "There was no change")));
                GovernedMesh mesh = new GovernedMesh(governance, READER, Instant.now());
                listings.add(PairedRuns.millis(() -> checkState(mesh.schemas().stream().mapToInt(schema -> mesh.listed(schema).size()).sum() == PRODUCTS, "Not all tables are listed")));
                products.add(PairedRuns.millis(() -> checkState(describeAll(mesh) == PRODUCTS, "Not all products are there")));
                searches.add(PairedRuns.millis(() -> checkState(!mesh.search(search, SEARCH).isEmpty(), "The changed product is not found")));
            }
        }
        checkWhole(governance);
        add(Measurement.timed("registry: reload one changed file", PairedRuns.median(reloads), Target.atMost(100)));
        add(Measurement.timed("registry: refresh without a change", PairedRuns.median(idle), Target.atMost(100)));
        add(Measurement.timed("registry: first listing after a reload", PairedRuns.median(listings), Target.atMost(50)));
        add(Measurement.timed("registry: first data_products after a reload", PairedRuns.median(products), Target.atMost(500)));
        add(Measurement.timed("registry: first search after a reload", PairedRuns.median(searches), Target.atMost(200)));
    }

    /**
     * What the rows of {@code data_products} ask of each product.
     */
    private static long describeAll(GovernedMesh mesh)
    {
        VisibleStatus status = new VisibleStatus(KnownStatus.NONE);
        return mesh.products()
                .filter(product -> product.isReadable() && !product.closeness().isEmpty() && product.mainTable().isPresent() && status.service(product).isPresent())
                .count();
    }

    private void add(Measurement measurement)
    {
        // The table comes at the end, and a run may be stopped before
        Progress.say("%s: %s (target %s)", measurement.name(), measurement.ratio().isPresent() ? "%.2f".formatted(measurement.ratio().orElseThrow()) : measurement.meshText(), measurement.targetText());
        measurements.add(measurement);
    }

    private static void checkWhole(Governance governance)
    {
        List<Problem> errors = governance.problems().stream().filter(Problem::isError).toList();
        checkState(errors.isEmpty(), "The generated mesh has problems: %s", errors);
        long products = governance.mesh().domains().stream().mapToLong(domain -> domain.products().size()).sum();
        checkState(products == PRODUCTS, "The generated mesh has %s products", products);
    }
}
