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
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleLineage;
import org.trinomesh.disclosure.VisibleStep;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.Direction;
import org.trinomesh.lineage.LineageGraph;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.tests.MeshDirectory;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.util.stream.Collectors.joining;

/**
 * How long a walk takes in the graph of ten thousand products, each of which reads three others, with every edge asked whether
 * the requester may know of it; and how long the events of a hundred thousand runs take to be read, and one more after them.
 */
final class LineageBenchmark
{
    private static final int DOMAINS = 10;
    private static final int PRODUCTS = 10_000;
    private static final int INPUTS = 3;
    private static final int DEPTH = 5;
    private static final int EVENTS = 100_000;
    // So many different pairs of tables; a job runs more than once
    private static final int PAIRS = 20_000;
    private static final int COLUMNS = 3;
    private static final Requester READER = new Requester(GeneratedMesh.READER, Set.of(), Set.of());

    private LineageBenchmark() {}

    static List<Measurement> walks(boolean quick)
            throws IOException
    {
        Progress.say("Lineage: loading %,d products", PRODUCTS);
        Mesh mesh = mesh();
        Governance governance = Governance.of(mesh);
        LineageGraph graph = LineageGraph.of(mesh, Observations.NONE);
        Random random = new Random(7);
        List<DataProduct> starts = random.ints(quick ? 50 : 300, 0, PRODUCTS).mapToObj(index -> product(mesh, index)).collect(toImmutableList());
        int edges = 0;
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            times.clear();
            for (DataProduct start : starts) {
                for (Direction direction : Direction.values()) {
                    List<List<VisibleStep>> steps = new ArrayList<>();
                    times.add(PairedRuns.millis(() -> steps.add(walk(governance, graph, start, direction))));
                    edges += steps.getFirst().size();
                }
            }
        }
        Progress.say("Lineage: %s, of %s edges at the mean", PairedRuns.spread(times, "%.2f ms"), edges / (5 * times.size()));
        double slowest = times.stream().mapToDouble(time -> time).sorted().skip(times.size() * 99L / 100).findFirst().orElseThrow();
        return ImmutableList.of(
                Measurement.timed("lineage: walk of depth %s, %,d products".formatted(DEPTH, PRODUCTS), PairedRuns.median(times), Target.atMost(5)),
                Measurement.timed("lineage: the same, slowest of a hundred", slowest, Target.atMost(5)));
    }

    static List<Measurement> events()
            throws IOException
    {
        Progress.say("Events: writing %,d events and loading %,d products", EVENTS, PRODUCTS);
        Mesh mesh = mesh();
        try (MeshDirectory results = MeshDirectory.create()) {
            Path file = results.path().resolve("runs.jsonl");
            try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                for (int event = 0; event < EVENTS; event++) {
                    writer.write(event(event));
                }
            }
            Progress.say("Events: reading %,d MB", Files.size(file) >> 20);
            EventLog log = new EventLog(Optional.of(results.path()), Clock.systemUTC(), Duration.ofMinutes(10));
            CurrentLineage lineage = new CurrentLineage(log);
            double load = PairedRuns.millis(() -> checkState(log.current().events() == EVENTS, "%s events were read", log.current().events()));
            checkState(log.snapshot().problems().isEmpty(), "The generated events have problems: %s", log.snapshot().problems());
            checkState(log.current().edges().size() == PAIRS, "There are %s edges", log.current().edges().size());
            lineage.of(mesh);
            List<Double> one = new ArrayList<>();
            List<Double> graph = new ArrayList<>();
            for (int event = EVENTS; event < EVENTS + 15; event++) {
                Files.writeString(file, event(event), APPEND);
                long expected = event + 1;
                one.add(PairedRuns.millis(() -> checkState(log.current().events() == expected, "The event was not seen")));
                graph.add(PairedRuns.millis(() -> lineage.of(mesh)));
            }
            return ImmutableList.of(
                    Measurement.timed("events: read %,d".formatted(EVENTS), load, Target.atMost(10_000)),
                    Measurement.timed("events: read one more", PairedRuns.median(one), Target.atMost(100)),
                    Measurement.timed("events: the graph with it", PairedRuns.median(graph), Target.atMost(1_000)));
        }
    }

    private static List<VisibleStep> walk(Governance governance, LineageGraph graph, DataProduct start, Direction direction)
    {
        // Made anew, as for every query
        VisibleLineage visible = new VisibleLineage(new GovernedMesh(governance, READER, Instant.EPOCH), graph);
        return visible.walk(start, direction, DEPTH).toList();
    }

    private static Mesh mesh()
            throws IOException
    {
        try (MeshDirectory directory = MeshDirectory.create()) {
            StringBuilder mesh = new StringBuilder(
                    """
                    apiVersion: datamesh/v1
                    kind: Mesh
                    metadata: {name: benchmark, owner: platform}
                    spec:
                      conformance: {interoperability: off, pii-handling: off}
                      grants:
                    """);
            for (int domain = 0; domain < DOMAINS; domain++) {
                mesh.append("    - {domain: %1$s, storage: lake, namespaces: [%1$s]}\n".formatted(GeneratedMesh.domain(domain)));
            }
            directory.write("mesh.yaml", mesh.toString());
            Random random = new Random(11);
            for (int product = 0; product < PRODUCTS; product++) {
                directory.write("domains/%s/%s.yaml".formatted(domain(product), name(product)), descriptor(product, random));
            }
            return new MeshRegistry(directory.path(), Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks()).current();
        }
    }

    private static String descriptor(int product, Random random)
    {
        String inputs = random.ints(INPUTS, 0, Math.max(1, product))
                .mapToObj(input -> "    - {name: in-%s, type: data-product, source: %s.%s}\n".formatted(input, domain(input), name(input)))
                .distinct()
                .collect(joining());
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %2$s, domain: %1$s, owner: team, version: 1.0.0}
               spec:
                 description: Generated
                 inputPorts:
               %3$s  outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: %1$s, table: %2$s}
                 columns:
                   - {name: column_0, type: bigint}
                   - {name: column_1, type: bigint}
                   - {name: column_2, type: bigint}
                 accessControl:
                   - {user: %4$s, permissions: [read]}
               """.formatted(domain(product), name(product), inputs, GeneratedMesh.READER);
    }

    /**
     * As Trino writes them, with the columns of the table that was written.
     */
    private static String event(int event)
    {
        int pair = event % PAIRS;
        int output = pair % PRODUCTS;
        int input = (output + 1 + pair / PRODUCTS) % PRODUCTS;
        String from = "lake.%s.%s".formatted(domain(input), name(input));
        StringBuilder columns = new StringBuilder();
        for (int column = 0; column < COLUMNS; column++) {
            columns.append(column == 0 ? "" : ",").append(
                    "\"column_%1$s\":{\"inputFields\":[{\"namespace\":\"trino://coordinator:8080\",\"name\":\"%2$s\",\"field\":\"column_%1$s\",\"transformations\":[{\"type\":\"DIRECT\",\"subtype\":\"IDENTITY\",\"description\":\"\",\"masking\":false}]}]}".formatted(column, from));
        }
        return ("{\"eventType\":\"COMPLETE\",\"eventTime\":\"%s\",\"producer\":\"https://github.com/trinodb/trino/plugin/trino-openlineage\",\"schemaURL\":\"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent\"," +
        "\"run\":{\"runId\":\"%08x-0000-7000-8000-000000000000\",\"facets\":{\"processing_engine\":{\"name\":\"trino\",\"version\":\"483\"}}},\"job\":{\"namespace\":\"trino://coordinator:8080\",\"name\":\"job-%s\",\"facets\":{\"sql\":{\"query\":\"INSERT INTO something SELECT column_0, column_1, column_2 FROM something\"}}}," +
        "\"inputs\":[{\"namespace\":\"trino://coordinator:8080\",\"name\":\"%s\"}],\"outputs\":[{\"namespace\":\"trino://coordinator:8080\",\"name\":\"lake.%s.%s\",\"facets\":{\"columnLineage\":{\"fields\":{%s}}}}]}\n").formatted(
                Instant.EPOCH.plusSeconds(1_700_000_000L + event), event, pair, from, domain(output), name(output), columns);
    }

    private static DataProduct product(Mesh mesh, int product)
    {
        return mesh.table(domain(product), name(product)).orElseThrow().product();
    }

    private static String domain(int product)
    {
        return GeneratedMesh.domain(product % DOMAINS);
    }

    private static String name(int product)
    {
        return "product_%05d".formatted(product);
    }
}
