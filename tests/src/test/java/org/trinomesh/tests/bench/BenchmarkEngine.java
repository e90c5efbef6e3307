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

import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.trinomesh.tests.EmbeddedLake;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.MeshQueryRunner;
import org.trinomesh.tests.PublishedTables;

import java.io.IOException;

import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * One engine with both sides: TPC-H in a lake, and a thousand tables in another; each as a plain Iceberg catalog, and
 * published by the mesh to one reader. Both sides read the same files by the same kind of catalog, and nobody is restricted.
 */
final class BenchmarkEngine
        implements AutoCloseable
{
    private static final Session PLAIN = Session.builder(pipeline()).setCatalog("lake").setSchema("tpch").build();
    private static final Session MESH = Session.builder(as(GeneratedMesh.READER)).setSchema("tpch").build();

    private static final Session MASKED = Session.builder(as(HistoryTables.MASKED_READER)).setSchema("tpch").build();

    private final EmbeddedLake lake;
    private final EmbeddedLake wide;
    private final MeshDirectory directory;
    private final QueryRunner runner;
    private final String scale;

    private BenchmarkEngine(EmbeddedLake lake, EmbeddedLake wide, MeshDirectory directory, QueryRunner runner, String scale)
    {
        this.lake = lake;
        this.wide = wide;
        this.directory = directory;
        this.runner = runner;
        this.scale = scale;
    }

    static BenchmarkEngine start(String scale)
            throws Exception
    {
        EmbeddedLake lake = EmbeddedLake.create();
        EmbeddedLake wide = EmbeddedLake.create();
        MeshDirectory directory = MeshDirectory.create();
        GeneratedMesh.write(directory, "wide", "{domain: tpch, storage: lake, namespaces: [tpch]}", "{domain: stored, storage: lake, namespaces: [stored]}", HistoryTables.grant());
        directory.write("governance/history.yaml", HistoryTables.policy());
        Progress.say("Starting an engine");
        QueryRunner runner = MeshQueryRunner.builder(directory.path())
                .addMeshProperty("mesh.refresh-interval", "10s")
                .addStorage("lake", lake.properties())
                .addStorage("wide", wide.properties())
                .build();
        BenchmarkEngine engine = new BenchmarkEngine(lake, wide, directory, runner, scale);
        engine.loadTpch();
        Progress.say("Creating %,d tables", GeneratedMesh.PRODUCTS);
        new WideLake(wide).create(runner);
        return engine;
    }

    private void loadTpch()
            throws Exception
    {
        Progress.say("Loading TPC-H at %s", scale);
        runner.createCatalog("tpch_generator", "tpch", ImmutableMap.of("tpch.column-naming", "STANDARD", "tpch.double-type-mapping", "DECIMAL"));
        runner.execute(PLAIN, "CREATE SCHEMA lake.tpch");
        for (Object table : runner.execute(PLAIN, "SHOW TABLES FROM tpch_generator.tiny").getOnlyColumnAsSet()) {
            runner.execute(PLAIN, "CREATE TABLE %1$s AS SELECT * FROM tpch_generator.\"%2$s\".%1$s".formatted(table, scale));
        }
        new PublishedTables("lake", "tpch", GeneratedMesh.READER).publishAll(runner, directory);
        HistoryTables.create(runner, lake, directory);
    }

    String scale()
    {
        return scale;
    }

    void plain(@Language("SQL") String sql)
    {
        runner.execute(PLAIN, sql);
    }

    void mesh(@Language("SQL") String sql)
    {
        runner.execute(MESH, sql);
    }

    /**
     * @param schema of the mesh
     */
    void mesh(String schema, @Language("SQL") String sql)
    {
        runner.execute(Session.builder(MESH).setSchema(schema).build(), sql);
    }

    /**
     * Publishes for each product of a domain one of another domain that selects all of it.
     */
    void publishQueries(String domain, String source)
            throws IOException
    {
        SqlProducts.publish(runner, directory, domain, source);
    }

    /**
     * The same, with rows that are stored.
     */
    void publishStored(String domain, String source)
            throws IOException
    {
        runner.execute(PLAIN, "CREATE SCHEMA lake." + domain);
        SqlProducts.publishStored(runner, directory, domain, source);
    }

    /**
     * @param schema of the plain catalog
     */
    void plain(String schema, @Language("SQL") String sql)
    {
        runner.execute(Session.builder(PLAIN).setSchema(schema).build(), sql);
    }

    /**
     * For the reader who sees all but a few columns of the wide table.
     */
    void masked(@Language("SQL") String sql)
    {
        runner.execute(MASKED, sql);
    }

    /**
     * Both catalogs once more, under other names. Java has compiled everything, and the mesh is loaded, but neither knows a table.
     */
    Started start(int number)
    {
        Started started = new Started("plain_" + number, "mesh_" + number);
        runner.createCatalog(started.plain, "iceberg", lake.properties());
        ImmutableMap.Builder<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", directory.path().toString())
                .put("mesh.refresh-interval", "10m")
                .put("mesh.slo-interval", "0s");
        lake.properties().forEach((name, value) -> properties.put("storage.lake." + name, value));
        wide.properties().forEach((name, value) -> properties.put("storage.wide." + name, value));
        runner.createCatalog(started.mesh, "mesh", properties.buildOrThrow());
        started.plain("SHOW TABLES");
        started.mesh("SHOW TABLES");
        return started;
    }

    final class Started
    {
        private final String plain;
        private final String mesh;

        private Started(String plain, String mesh)
        {
            this.plain = plain;
            this.mesh = mesh;
        }

        void plain(@Language("SQL") String sql)
        {
            runner.execute(Session.builder(PLAIN).setCatalog(plain).build(), sql);
        }

        void mesh(@Language("SQL") String sql)
        {
            runner.execute(Session.builder(MESH).setCatalog(mesh).build(), sql);
        }
    }

    @Override
    public void close()
            throws Exception
    {
        runner.close();
        directory.close();
        wide.close();
        lake.close();
    }
}
