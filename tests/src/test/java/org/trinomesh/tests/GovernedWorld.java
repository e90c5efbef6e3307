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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.airlift.units.Duration;
import io.trino.Session;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.testing.assertions.Assert.assertEventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * A mesh of which ben sees a part and eva all that is readable; sam is the steward of the sales domain, gus of the mesh. Olga and ops
 * store the rows of queries: olga sees some of their columns masked, and ops reads nothing. The mesh comes in two versions that differ
 * only in what ben may not see. In the files below {@code noninterference}, {@code ${a|b}} is the one thing in the first world and the
 * other in the second.
 */
final class GovernedWorld
        implements AutoCloseable
{
    static final String MASK_KEY = "a mask key of the tests that nobody may ever see printed";

    private static final List<String> DOCUMENTS = ImmutableList.of(
            "mesh.yaml",
            "governance/rules.yaml",
            "sales/people.yaml",
            "sales/people-contract.yaml",
            "sales/visits.yaml",
            "sales/ledger.yaml",
            "sales/clients.yaml",
            "sales/purchases.yaml",
            "sales/members.yaml",
            "sales/history.yaml",
            "sales/places.yaml",
            "sales/shops.yaml",
            "sales/cities.yaml",
            "sales/forecast.yaml",
            "hr/payroll.yaml",
            "hr/payroll-contract.yaml",
            "hr/bonus.yaml",
            // Products that queries compute, and what the queries read
            "sales/earners.yaml",
            "sales/gates.yaml",
            "sales/entries.yaml",
            "sales/workplaces.yaml",
            "sales/shift-list.yaml",
            "sales/city-totals.yaml",
            "sales/region-report.yaml",
            "sales/colleagues.yaml",
            "sales/persons.yaml",
            "sales/remarks.yaml",
            "sales/stored-earners.yaml",
            "sales/stored-hours.yaml",
            "sales/unstored.yaml",
            "sales/orders.yaml",
            "sales/gone.yaml",
            "sales/broken.yaml",
            "sales/broken-report.yaml",
            "sales/kept-report.yaml",
            "sales/paper-report.yaml",
            "sales/unshared.yaml",
            "sales/plan-list.yaml",
            "hr/employees.yaml",
            "hr/crew.yaml",
            "hr/shifts.yaml",
            "hr/rota.yaml",
            "hr/lost.yaml",
            "hr/lost-list.yaml",
            "hr/kept-crew.yaml",
            "hr/papers.yaml");
    private static final Pattern CHOICE = Pattern.compile("\\$\\{([^|{}]*)\\|([^|{}]*)}");
    private static final Pattern SNAPSHOT = Pattern.compile("\\$\\{snapshot:(\\w+):(\\d+)}");

    enum Version
    {
        FIRST,
        SECOND,
    }

    private final Version version;
    private final EmbeddedLake lake;
    private final MeshDirectory mesh;
    private final MeshDirectory results;
    private final DistributedQueryRunner runner;
    private final AtomicReference<Consumer<QueryCompletedEvent>> listener;
    /**
     * Asked for once everything is written.
     */
    private final Map<String, List<Long>> snapshots = new ConcurrentHashMap<>();

    private GovernedWorld(Version version, EmbeddedLake lake, MeshDirectory mesh, MeshDirectory results, DistributedQueryRunner runner, AtomicReference<Consumer<QueryCompletedEvent>> listener)
    {
        this.version = requireNonNull(version, "version is null");
        this.lake = requireNonNull(lake, "lake is null");
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.results = requireNonNull(results, "results is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    static GovernedWorld start(Version version)
            throws Exception
    {
        EmbeddedLake lake = EmbeddedLake.create();
        MeshDirectory mesh = MeshDirectory.create();
        for (String document : DOCUMENTS) {
            if (version == Version.SECOND || !document.equals("hr/bonus.yaml")) {
                mesh.write(document, choose(version, resource("mesh/" + document)));
            }
        }
        MeshDirectory results = MeshDirectory.create().write("events.jsonl", choose(version, resource("events.jsonl")));
        AtomicReference<Consumer<QueryCompletedEvent>> listener = new AtomicReference<>(_ -> {});
        DistributedQueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("lake", lake.properties())
                .addMeshProperty("mesh.mask-key", MASK_KEY)
                .addMeshProperty("mesh.results", results.path().toString())
                .setEventListener(new EventListener()
                {
                    @Override
                    public void queryCompleted(QueryCompletedEvent event)
                    {
                        listener.get().accept(event);
                    }
                })
                .setSession(as("ben"))
                .build();
        GovernedWorld world = new GovernedWorld(version, lake, mesh, results, runner, listener);
        try {
            for (String catalog : List.of("views", "erp")) {
                runner.createCatalog(catalog, "iceberg", ImmutableMap.<String, String>builder()
                        .put("iceberg.catalog.type", "TESTING_FILE_METASTORE")
                        .put("hive.metastore.catalog.dir", "local:///" + catalog)
                        .put("fs.local.enabled", "true")
                        .put("local.location", lake.files().toString())
                        .buildOrThrow());
            }
            for (String sql : world.statements("tables.sql")) {
                runner.execute(sql.startsWith("REFRESH ") ? as("olga") : pipeline(), world.resolve(sql));
                world.snapshots.clear();
            }
            runner.execute(as("eva"), "CREATE SCHEMA views.shared");
            runner.execute(as("eva"), "CREATE VIEW views.shared.earners_of_eva AS SELECT id, email, salary FROM mesh.sales.earners");
            runner.execute(as("eva"), "CREATE VIEW views.shared.earners_of_whom SECURITY INVOKER AS SELECT id, email, salary FROM mesh.sales.earners");
            runner.execute(as("sam"), "CREATE VIEW views.shared.earners_of_sam AS SELECT id, email, salary FROM mesh.sales.earners");
            return world;
        }
        catch (Throwable e) {
            world.close();
            throw e;
        }
    }

    static Session as(String user)
    {
        return Session.builder(MeshQueryRunner.as(user))
                .setSchema("sales")
                .build();
    }

    /**
     * The session of ben, who has prepared some statements.
     */
    static Session ben()
    {
        return Session.builder(as("ben"))
                .addPreparedStatement("all_people", "SELECT * FROM people")
                .addPreparedStatement("by_salary", "SELECT id, salary FROM people WHERE salary = ?")
                .addPreparedStatement("by_note", "SELECT * FROM visits WHERE note = ?")
                .addPreparedStatement("hidden_number", "SELECT id FROM people WHERE ssn = ?")
                .addPreparedStatement("payroll", "SELECT * FROM hr.payroll")
                .addPreparedStatement("spy", "SELECT mesh.system.tokenize('1001', 'customer_id', '1')")
                .addPreparedStatement("earners", "SELECT * FROM earners")
                .addPreparedStatement("earners_by_salary", "SELECT id, salary FROM earners WHERE salary = ?")
                .addPreparedStatement("earners_by_number", "SELECT id FROM earners WHERE number = ?")
                .addPreparedStatement("earners_by_query", "SELECT * FROM \"earners$query\"")
                .build();
    }

    DistributedQueryRunner runner()
    {
        return runner;
    }

    Path files()
    {
        return lake.files();
    }

    MeshDirectory mesh()
    {
        return mesh;
    }

    MaterializedResult execute(String user, String sql)
    {
        return runner.execute(as(user), resolve(sql));
    }

    /**
     * What the engine tells its event listeners of a statement, which may fail.
     */
    QueryCompletedEvent completed(Session session, String sql)
            throws Exception
    {
        CompletableFuture<QueryCompletedEvent> completed = new CompletableFuture<>();
        String statement = resolve(sql);
        listener.set(event -> {
            if (event.getMetadata().getQuery().equals(statement)) {
                completed.complete(event);
            }
        });
        try {
            Answers.said(runner, session, statement);
            return completed.get(30, SECONDS);
        }
        finally {
            listener.set(_ -> {});
        }
    }

    void rewrite(String file, UnaryOperator<String> change)
            throws IOException
    {
        publish(file, change.apply(Files.readString(mesh.path().resolve(file))));
    }

    /**
     * Writes a file of the mesh, and returns when the engine has read it.
     */
    void publish(String file, String content)
            throws IOException
    {
        long before = generation();
        mesh.write(file, content);
        assertEventually(new Duration(30, SECONDS), () -> assertThat(generation()).isGreaterThan(before));
    }

    private long generation()
    {
        return (long) execute("gus", "SELECT generation FROM mesh.system.registry").getOnlyValue();
    }

    /**
     * The statements of a resource file, in which each ends with a semicolon at the end of a line.
     */
    List<String> statements(String file)
            throws IOException
    {
        return Stream.of(resource(file).replaceAll("(?m)^--.*\n", "").split(";[ ]*(?=\n|$)"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .map(sql -> choose(version, sql))
                .collect(toImmutableList());
    }

    /**
     * {@code ${snapshot:history:2}} becomes the id of the second snapshot of the table.
     */
    String resolve(String sql)
    {
        return SNAPSHOT.matcher(sql).replaceAll(match -> String.valueOf(snapshots(match.group(1)).get(Integer.parseInt(match.group(2)) - 1)));
    }

    /**
     * Ids of the snapshots of a table of the lake's schema {@code sales}, or of one that is named in full. The oldest comes first.
     */
    List<Long> snapshots(String table)
    {
        return snapshots.computeIfAbsent(table, this::loadSnapshots);
    }

    private List<Long> loadSnapshots(String table)
    {
        String name = table.contains(".") ? table : "lake.sales." + table;
        int last = name.lastIndexOf('.') + 1;
        return runner.execute(pipeline(), "SELECT snapshot_id FROM %s\"%s$snapshots\" ORDER BY committed_at".formatted(name.substring(0, last), name.substring(last))).getOnlyColumn()
                .map(Long.class::cast)
                .collect(toImmutableList());
    }

    private static String choose(Version version, String text)
    {
        return CHOICE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(match.group(version == Version.FIRST ? 1 : 2)));
    }

    private static String resource(String name)
            throws IOException
    {
        return Resources.toString(Resources.getResource("noninterference/" + name), UTF_8);
    }

    @Override
    public void close()
            throws Exception
    {
        try (lake; mesh; results) {
            runner.close();
        }
    }
}
