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

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import io.trino.Session;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * A mesh of which ben sees a part and eva all that is readable; sam is the steward of the sales domain, gus of the mesh. It
 * comes in two versions that differ only in what ben may not see. In the files below {@code noninterference}, {@code ${a|b}}
 * is the one thing in the first world and the other in the second.
 */
final class GovernedWorld
        implements AutoCloseable
{
    static final String MASK_KEY = "a mask key of the tests that nobody may ever see printed";

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
    /**
     * Asked for once everything is written.
     */
    private final Map<String, List<Long>> snapshots = new ConcurrentHashMap<>();

    private GovernedWorld(Version version, EmbeddedLake lake, MeshDirectory mesh, MeshDirectory results, DistributedQueryRunner runner)
    {
        this.version = requireNonNull(version, "version is null");
        this.lake = requireNonNull(lake, "lake is null");
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.results = requireNonNull(results, "results is null");
        this.runner = requireNonNull(runner, "runner is null");
    }

    static GovernedWorld start(Version version)
            throws Exception
    {
        EmbeddedLake lake = EmbeddedLake.create();
        MeshDirectory mesh = MeshDirectory.create();
        for (String file : List.of(
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
                "hr/bonus.yaml")) {
            if (version == Version.SECOND || !file.equals("hr/bonus.yaml")) {
                mesh.write(file, choose(version, resource("mesh/" + file)));
            }
        }
        MeshDirectory results = MeshDirectory.create().write("events.jsonl", choose(version, resource("events.jsonl")));
        DistributedQueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("lake", lake.properties())
                .addMeshProperty("mesh.mask-key", MASK_KEY)
                .addMeshProperty("mesh.results", results.path().toString())
                .setSession(as("ben"))
                .build();
        GovernedWorld world = new GovernedWorld(version, lake, mesh, results, runner);
        try {
            runner.createCatalog("views", "iceberg", ImmutableMap.<String, String>builder()
                    .put("iceberg.catalog.type", "TESTING_FILE_METASTORE")
                    .put("hive.metastore.catalog.dir", "local:///views")
                    .put("fs.local.enabled", "true")
                    .put("local.location", lake.files().toString())
                    .buildOrThrow());
            for (String sql : world.statements("tables.sql")) {
                runner.execute(pipeline(), world.resolve(sql));
                world.snapshots.clear();
            }
            runner.execute(as("eva"), "CREATE SCHEMA views.shared");
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
     * Ids of the snapshots of a table, the oldest first.
     */
    List<Long> snapshots(String table)
    {
        return snapshots.computeIfAbsent(table, this::loadSnapshots);
    }

    private List<Long> loadSnapshots(String table)
    {
        return runner.execute(pipeline(), "SELECT snapshot_id FROM lake.sales.\"" + table + "$snapshots\" ORDER BY committed_at").getOnlyColumn()
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
