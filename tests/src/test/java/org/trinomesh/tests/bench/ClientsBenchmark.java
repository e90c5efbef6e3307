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
import io.trino.Session;
import io.trino.testing.DistributedQueryRunner;
import org.intellij.lang.annotations.Language;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.MeshQueryRunner;
import org.trinomesh.tests.PostgresLake;
import org.trinomesh.tests.PublishedTables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Many clients at once, through the mesh and through the plain catalog in turn, over the same tables of a catalog in PostgreSQL. Of their
 * queries, 80 % are small selects, 15 % listings and 5 % ask how fresh a table is.
 */
final class ClientsBenchmark
{
    private static final int CLIENTS = 64;
    private static final int TABLES = 20;
    private static final int COMMITS = 10;
    private static final String DOMAIN = "shop";
    private static final String READER = "ana";
    private static final Session PLAIN = Session.builder(pipeline()).setCatalog("lake").setSchema(DOMAIN).build();
    private static final Session MESH = Session.builder(as(READER)).setSchema(DOMAIN).build();

    private ClientsBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws Exception
    {
        try (PostgresLake lake = PostgresLake.create();
                MeshDirectory directory = MeshDirectory.create()) {
            PublishedTables tables = new PublishedTables("lake", DOMAIN, READER);
            directory.write("mesh.yaml", PublishedTables.mesh(tables));
            Progress.say("Clients: starting an engine on PostgreSQL");
            try (DistributedQueryRunner runner = MeshQueryRunner.builder(directory.path())
                    .addMeshProperty("mesh.refresh-interval", "10s")
                    .addStorage("lake", lake.properties())
                    .build();
                    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                create(runner);
                tables.publishAll(runner, directory);
                return ImmutableList.<Measurement>builder()
                        .addAll(mix(runner, clients, quick))
                        .add(afterACommit(runner, clients, quick))
                        .build();
            }
        }
    }

    private static void create(DistributedQueryRunner runner)
    {
        Progress.say("Clients: creating %s tables of %s commits", TABLES, COMMITS);
        runner.execute(PLAIN, "CREATE SCHEMA lake." + DOMAIN);
        for (int table = 0; table < TABLES; table++) {
            runner.execute(PLAIN, "CREATE TABLE table_%s AS SELECT id, 'name ' || CAST(id AS varchar) name FROM UNNEST(sequence(0, 999)) t (id)".formatted(table));
            for (int commit = 1; commit < COMMITS; commit++) {
                runner.execute(PLAIN, "INSERT INTO table_%s VALUES (%s, 'late')".formatted(table, 1_000 + commit));
            }
        }
    }

    private static List<Measurement> mix(DistributedQueryRunner runner, ExecutorService clients, boolean quick)
            throws Exception
    {
        int seconds = quick ? 3 : 15;
        int rounds = quick ? 1 : 4;
        clients(runner, clients, ClientsBenchmark::plain, seconds);
        clients(runner, clients, ClientsBenchmark::mesh, seconds);
        List<Double> plain = new ArrayList<>();
        List<Double> mesh = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Progress.say("Clients: %s clients for %s s, round %s of %s", CLIENTS, seconds, round, rounds);
            plain.addAll(clients(runner, clients, ClientsBenchmark::plain, seconds));
            mesh.addAll(clients(runner, clients, ClientsBenchmark::mesh, seconds));
        }
        double throughput = (double) mesh.size() / plain.size();
        Progress.say("Clients: %,d queries by the plain catalog and %,d by the mesh in %s s each: %.3f", plain.size(), mesh.size(), seconds * rounds, throughput);
        double total = 1_000.0 * seconds * rounds;
        return ImmutableList.of(
                Measurement.compared("clients: plain queries for one of the mesh", total / plain.size(), total / mesh.size(), 1 / throughput, Target.atMost(0.77)),
                Measurement.compared("clients: the slowest of a hundred", slowest(plain), slowest(mesh), slowest(mesh) / slowest(plain), Target.atMost(0.8)));
    }

    private static double slowest(List<Double> millis)
    {
        return millis.stream().sorted().skip(millis.size() * 99L / 100).findFirst().orElseThrow();
    }

    /**
     * How long each query took, in milliseconds.
     */
    private static List<Double> clients(DistributedQueryRunner runner, ExecutorService clients, BiConsumer<DistributedQueryRunner, Random> query, int seconds)
            throws Exception
    {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Callable<List<Double>>> tasks = Stream.iterate(0, client -> client + 1).limit(CLIENTS)
                .<Callable<List<Double>>>map(client -> () -> {
                    Random random = new Random(client);
                    List<Double> millis = new ArrayList<>();
                    while (System.nanoTime() < end) {
                        millis.add(PairedRuns.millis(() -> query.accept(runner, random)));
                    }
                    return millis;
                })
                .toList();
        List<Double> all = new ArrayList<>();
        for (Future<List<Double>> client : clients.invokeAll(tasks)) {
            all.addAll(client.get());
        }
        return all;
    }

    private static void plain(DistributedQueryRunner runner, Random random)
    {
        int table = random.nextInt(TABLES);
        runner.execute(PLAIN, switch (kind(random)) {
            case SELECT -> select(random, table);
            case LISTING -> listing("lake");
            case FRESHNESS -> "SELECT max(committed_at) FROM \"table_%s$snapshots\"".formatted(table);
        });
    }

    private static void mesh(DistributedQueryRunner runner, Random random)
    {
        int table = random.nextInt(TABLES);
        runner.execute(MESH, switch (kind(random)) {
            case SELECT -> select(random, table);
            case LISTING -> listing("mesh");
            case FRESHNESS -> "SELECT max(committed_at) FROM mesh.system.slo_history WHERE domain = '%s' AND product = 'table_%s'".formatted(DOMAIN, table);
        });
    }

    private static Kind kind(Random random)
    {
        int percent = random.nextInt(100);
        return percent < 80 ? Kind.SELECT : percent < 95 ? Kind.LISTING : Kind.FRESHNESS;
    }

    @Language("SQL")
    private static String select(Random random, int table)
    {
        return "SELECT name FROM table_%s WHERE id = %s".formatted(table, random.nextInt(1_000));
    }

    @Language("SQL")
    private static String listing(String catalog)
    {
        return "SELECT table_name, column_name, data_type FROM %s.information_schema.columns WHERE table_schema = '%s'".formatted(catalog, DOMAIN);
    }

    /**
     * All clients ask for one table right after a commit.
     */
    private static Measurement afterACommit(DistributedQueryRunner runner, ExecutorService clients, boolean quick)
            throws Exception
    {
        PairedRuns runs = new PairedRuns();
        int rounds = quick ? 3 : 20;
        for (int round = 1; round <= rounds; round++) {
            Progress.say("Clients: %s clients after a commit, round %s of %s", CLIENTS, round, rounds);
            runs.run(() -> together(runner, clients, PLAIN), () -> together(runner, clients, MESH));
        }
        Progress.say("Clients: after a commit, %s", runs.spread());
        return Measurement.compared("clients: %s selects right after a commit".formatted(CLIENTS), runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(1.0));
    }

    private static void together(DistributedQueryRunner runner, ExecutorService clients, Session session)
    {
        runner.execute(PLAIN, "INSERT INTO table_0 VALUES (0, 'again')");
        long rows = (long) runner.execute(PLAIN, "SELECT count(*) FROM lake.%s.table_0".formatted(DOMAIN)).getOnlyValue();
        try {
            for (Future<Object> client : clients.invokeAll(Collections.nCopies(CLIENTS, () -> runner.execute(session, "SELECT count(*) FROM table_0").getOnlyValue()))) {
                checkState(client.get().equals(rows), "A client did not see the commit");
            }
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private enum Kind
    {
        SELECT, LISTING, FRESHNESS
    }
}
