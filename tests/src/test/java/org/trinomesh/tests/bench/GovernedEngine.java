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
import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.operator.OperatorStats;
import io.trino.spi.QueryId;
import io.trino.testing.DistributedQueryRunner;
import org.intellij.lang.annotations.Language;
import org.trinomesh.tests.EmbeddedLake;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.MeshQueryRunner;
import org.trinomesh.tests.PublishedTables;

import java.util.List;

import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * One engine with two mesh catalogs that publish the same tables of one lake: {@code open} without restrictions and
 * {@code mesh} under {@link TpchPolicies}. Beside the tables of TPC-H the lake has {@code shipments}, which is lineitem
 * partitioned by ship mode, and {@code visitors}, whose values are all different.
 */
final class GovernedEngine
        implements AutoCloseable
{
    private final EmbeddedLake lake;
    private final MeshDirectory governed;
    private final MeshDirectory open;
    private final DistributedQueryRunner runner;
    private final String scale;
    private final int visitors;

    private GovernedEngine(EmbeddedLake lake, MeshDirectory governed, MeshDirectory open, DistributedQueryRunner runner, String scale, int visitors)
    {
        this.lake = lake;
        this.governed = governed;
        this.open = open;
        this.runner = runner;
        this.scale = scale;
        this.visitors = visitors;
    }

    static GovernedEngine start(String scale, int visitors)
            throws Exception
    {
        EmbeddedLake lake = EmbeddedLake.create();
        MeshDirectory governed = MeshDirectory.create();
        MeshDirectory open = MeshDirectory.create();
        PublishedTables tables = new PublishedTables("lake", "tpch", TpchPolicies.EXEMPT);
        governed.write("mesh.yaml", PublishedTables.mesh(tables) + TpchPolicies.identifiers()).write("governance/policy.yaml", TpchPolicies.policy());
        open.write("mesh.yaml", PublishedTables.mesh(tables)).write("governance/policy.yaml", TpchPolicies.grants());
        Progress.say("Starting an engine");
        DistributedQueryRunner runner = MeshQueryRunner.builder(governed.path())
                .addMeshProperty("mesh.refresh-interval", "10s")
                .addMeshProperty("mesh.mask-key", "a mask key of the benchmark that hides nothing")
                .addStorage("lake", lake.properties())
                .build();
        GovernedEngine engine = new GovernedEngine(lake, governed, open, runner, scale, visitors);
        engine.load();
        tables.publishAll(runner, governed);
        tables.publishAll(runner, open);
        ImmutableMap.Builder<String, String> properties = ImmutableMap.<String, String>builder()
                .put("mesh.descriptors", open.path().toString())
                .put("mesh.refresh-interval", "10s");
        lake.properties().forEach((name, value) -> properties.put("storage.lake." + name, value));
        runner.createCatalog("open", "mesh", properties.buildOrThrow());
        engine.checkPolicies();
        return engine;
    }

    private void load()
    {
        Progress.say("Loading TPC-H at %s and %,d visitors", scale, visitors);
        runner.createCatalog("tpch_generator", "tpch", ImmutableMap.of("tpch.column-naming", "STANDARD", "tpch.double-type-mapping", "DECIMAL"));
        runner.execute(pipeline(), "CREATE SCHEMA lake.tpch");
        for (Object table : runner.execute(pipeline(), "SHOW TABLES FROM tpch_generator.tiny").getOnlyColumnAsSet()) {
            runner.execute(pipeline(), "CREATE TABLE lake.tpch.%1$s AS SELECT * FROM tpch_generator.\"%2$s\".%1$s".formatted(table, scale));
        }
        runner.execute(pipeline(), "CREATE TABLE lake.tpch.shipments WITH (partitioning = ARRAY['l_shipmode']) AS SELECT * FROM lake.tpch.lineitem");
        runner.execute(pipeline(),
                """
                CREATE TABLE lake.tpch.visitors AS
                SELECT 'visitor-' || lpad(CAST(a * 1000 + b AS varchar), 12, '0') visitor
                FROM UNNEST(sequence(0, %s)) x (a) CROSS JOIN UNNEST(sequence(0, 999)) y (b)
                """.formatted(visitors / 1000 - 1));
    }

    /**
     * What the readers see is what the policies say: otherwise there would be nothing to measure.
     */
    private void checkPolicies()
    {
        assertEventually(() -> assertThat(runner.execute(session("mesh", TpchPolicies.MASKED), "SHOW TABLES").getOnlyColumnAsSet()).hasSize(10));
        for (String catalog : ImmutableList.of("open", "mesh")) {
            assertThat(runner.execute(session(catalog, TpchPolicies.EXEMPT), "SELECT count(*) FROM customer WHERE c_name IS NOT NULL AND c_phone <> '' AND c_address <> ''").getOnlyValue())
                    .isEqualTo(runner.execute(pipeline(), "SELECT count(*) FROM lake.tpch.customer").getOnlyValue());
        }
        assertThat(runner.execute(session("mesh", TpchPolicies.MASKED), "SELECT count(DISTINCT (c_name, c_phone, c_address)) FROM customer").getOnlyValue()).isEqualTo(1L);
        assertThat(runner.execute(session("mesh", TpchPolicies.MASKED), "SELECT DISTINCT l_shipmode FROM shipments").getOnlyValue()).isEqualTo(TpchPolicies.SHIP_MODE);
        // A pseudonym of a text has 32 digits; without its key the mask would be NULL
        assertThat(runner.execute(session("mesh", TpchPolicies.MASKED), "SELECT count(DISTINCT visitor) FROM visitors WHERE length(visitor) = 32").getOnlyValue()).isEqualTo((long) visitors);
        assertThat(runner.execute(session("mesh", TpchPolicies.EXEMPT), "SELECT count(*) FROM visitors WHERE visitor LIKE 'visitor-%'").getOnlyValue()).isEqualTo((long) visitors);
    }

    String scale()
    {
        return scale;
    }

    int visitors()
    {
        return visitors;
    }

    void open(String user, @Language("SQL") String sql)
    {
        runner.execute(session("open", user), sql);
    }

    void mesh(String user, @Language("SQL") String sql)
    {
        runner.execute(session("mesh", user), sql);
    }

    Scanned openScan(String user, @Language("SQL") String sql)
    {
        return scanned(session("open", user), sql);
    }

    Scanned meshScan(String user, @Language("SQL") String sql)
    {
        return scanned(session("mesh", user), sql);
    }

    private Scanned scanned(Session session, @Language("SQL") String sql)
    {
        QueryId query = runner.executeWithPlan(session, sql).queryId();
        List<OperatorStats> scans = runner.getCoordinator().getQueryManager().getFullQueryInfo(query).getQueryStats().getOperatorSummaries().stream()
                .filter(operator -> operator.getOperatorType().contains("Scan"))
                .toList();
        return new Scanned(scans.stream().mapToLong(OperatorStats::getTotalDrivers).sum(), scans.stream().mapToLong(OperatorStats::getPhysicalInputPositions).sum());
    }

    private static Session session(String catalog, String user)
    {
        return Session.builder(as(user)).setCatalog(catalog).setSchema("tpch").build();
    }

    /**
     * What a query read of its tables.
     */
    record Scanned(long splits, long rows) {}

    @Override
    public void close()
            throws Exception
    {
        runner.close();
        open.close();
        governed.close();
        lake.close();
    }
}
