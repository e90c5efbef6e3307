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

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * Compares the mesh with the plain Iceberg catalog over the same tables.
 */
public final class MeshBenchmark
{
    private static final String USAGE =
            """
            Usage: ./mesh bench [--quick] [--only NAME] [--json]

            Compares the mesh with the plain Iceberg catalog over the same tables, and policies with none, and prints a table of
            ratios. Progress goes to the error output. Exit code 0: every target is met, 1: not every one, 2: wrong usage, 3: it failed.

              --only NAME   registry: start, heap, reload and first queries of a mesh of 10,000 products
                            planning: EXPLAIN of a small select, a table of 1,001 snapshots, also right after a
                              start, and tables of 500 columns
                            listing: what clients ask of a catalog of 10,000 products
                            tpch: Q1 to Q22 at sf0.1
                            sql: products that a query computes, against those that it reads; stored rows, against
                              the plain catalog; a mesh of 10,000 products with 2,000 queries
                            decision: decisions under 10,000 policies, and the filter of a listing of 10,000 products
                            governed: TPC-H under policies, against a mesh without any
                            tokenize: pseudonyms against the engine's hmac_sha256
                            slo: freshness and completeness of 1,000 products
                            search: searches by words in a mesh of 10,000 products
                            lineage: a walk in the graph of 10,000 products
                            events: 100,000 OpenLineage events, and one more
                            freshness: stale answers after 1,000 commits of another engine
                            clients: 64 clients at once, with a catalog in PostgreSQL
                            growth: meshes of 100 to 100,000 products, of which a reader sees 100
              --quick       fewer rounds, and TPC-H at tiny: to see that it works, not to judge by
              --json        one JSON document instead of the table
              --help        this text
            """;

    private static final List<String> NAMES = ImmutableList.of("registry", "planning", "listing", "tpch", "sql", "decision", "governed", "tokenize", "slo", "search", "lineage", "events", "freshness", "clients", "growth");

    /**
     * Held, since the log manager forgets the level of a logger that nobody holds.
     */
    private static final List<Logger> LOGGERS = Stream.of("io.airlift", "io.trino", "org.apache", "org.trinomesh")
            .map(Logger::getLogger)
            .toList();

    private final List<String> names = new ArrayList<>();
    private boolean quick;
    private boolean json;

    private MeshBenchmark() {}

    public static void main(String[] arguments)
    {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        // An engine redirects the output of its process to its log
        PrintStream output = System.out;
        MeshBenchmark benchmark = new MeshBenchmark();
        String mistake = benchmark.read(arguments);
        if (!mistake.isEmpty()) {
            System.err.println(mistake + "\n\n" + USAGE);
            System.exit(2);
        }
        LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
        // The engine leaves threads behind, which would keep the process alive
        try {
            List<Measurement> measurements = benchmark.run();
            output.print(benchmark.json ? json(measurements) : table(measurements));
            output.flush();
            System.exit(measurements.stream().allMatch(Measurement::ok) ? 0 : 1);
        }
        catch (Exception | Error e) {
            Progress.say("failed: %s", Throwables.getStackTraceAsString(e));
            System.exit(3);
        }
    }

    /**
     * What is wrong with the arguments, or nothing.
     */
    private String read(String[] arguments)
    {
        for (int index = 0; index < arguments.length; index++) {
            switch (arguments[index]) {
                case "--quick" -> quick = true;
                case "--json" -> json = true;
                case "--only" -> {
                    String name = ++index < arguments.length ? arguments[index] : "";
                    if (!NAMES.contains(name)) {
                        return "There is no benchmark '%s': use one of %s".formatted(name, String.join(", ", NAMES));
                    }
                    names.add(name);
                }
                default -> {
                    return "Unknown argument '%s'".formatted(arguments[index]);
                }
            }
        }
        if (names.isEmpty()) {
            names.addAll(NAMES);
        }
        return "";
    }

    private List<Measurement> run()
            throws Exception
    {
        ImmutableList.Builder<Measurement> measurements = ImmutableList.builder();
        // First, while no class of it is warm
        if (names.contains("registry")) {
            measurements.addAll(RegistryBenchmark.run(quick));
        }
        if (names.contains("decision")) {
            measurements.addAll(DecisionBenchmark.run(quick));
            measurements.addAll(VisibilityBenchmark.run(quick));
        }
        if (names.contains("search")) {
            measurements.addAll(SearchBenchmark.run(quick));
        }
        if (names.contains("lineage")) {
            measurements.addAll(LineageBenchmark.walks(quick));
        }
        if (names.contains("events")) {
            measurements.addAll(LineageBenchmark.events());
        }
        if (names.contains("sql")) {
            measurements.addAll(SqlProductsBenchmark.load(quick));
        }
        if (names.contains("planning") || names.contains("tpch") || names.contains("sql")) {
            measurements.addAll(runUngoverned());
        }
        if (names.contains("governed") || names.contains("tokenize")) {
            measurements.addAll(runGoverned());
        }
        if (names.contains("slo")) {
            measurements.addAll(SloBenchmark.run(quick));
        }
        if (names.contains("freshness")) {
            measurements.addAll(FreshnessBenchmark.run(quick));
        }
        if (names.contains("clients")) {
            measurements.addAll(ClientsBenchmark.run(quick));
        }
        if (names.contains("listing")) {
            measurements.addAll(ListingBenchmark.run(quick));
        }
        if (names.contains("growth")) {
            measurements.addAll(GrowthBenchmark.run(quick));
        }
        return measurements.build();
    }

    private List<Measurement> runUngoverned()
            throws Exception
    {
        ImmutableList.Builder<Measurement> measurements = ImmutableList.builder();
        try (BenchmarkEngine engine = BenchmarkEngine.start(quick ? "tiny" : "sf0.1")) {
            if (names.contains("planning")) {
                Progress.say("Planning: EXPLAIN through both catalogs in turn");
                measurements.addAll(PlanningBenchmark.run(engine, quick));
            }
            if (names.contains("tpch")) {
                measurements.addAll(TpchBenchmark.run(engine, quick));
            }
            if (names.contains("sql")) {
                measurements.addAll(SqlProductsBenchmark.run(engine, quick));
            }
        }
        return measurements.build();
    }

    private List<Measurement> runGoverned()
            throws Exception
    {
        ImmutableList.Builder<Measurement> measurements = ImmutableList.builder();
        try (GovernedEngine engine = GovernedEngine.start(quick ? "tiny" : "sf0.1", quick ? 200_000 : 3_000_000)) {
            if (names.contains("governed")) {
                measurements.addAll(GovernedTpchBenchmark.run(engine, quick));
            }
            if (names.contains("tokenize")) {
                Progress.say("tokenize: the mask and the engine's hash in turn");
                measurements.addAll(TokenizeBenchmark.run(engine, quick));
            }
        }
        return measurements.build();
    }

    private static String table(List<Measurement> measurements)
    {
        String form = "%-44s %12s %12s %7s %14s  %s%n";
        StringBuilder table = new StringBuilder(form.formatted("name", "plain", "mesh", "ratio", "target", "ok"));
        for (Measurement measurement : measurements) {
            table.append(String.format(
                    Locale.ROOT,
                    form,
                    measurement.name(),
                    measurement.plainText(),
                    measurement.meshText(),
                    measurement.ratio().isPresent() ? "%.3f".formatted(measurement.ratio().orElseThrow()) : "-",
                    measurement.targetText(),
                    measurement.ok() ? "yes" : "NO"));
        }
        return table.toString();
    }

    private static String json(List<Measurement> measurements)
    {
        return measurements.stream()
                .map(Measurement::json)
                .collect(joining(",\n  ", "[\n  ", "\n]\n"));
    }
}
