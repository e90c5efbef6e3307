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
import com.google.common.collect.ImmutableSet;
import io.trino.Session;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Ana gets through the mesh what the pipeline gets from the lake. Every query orders its rows totally, so that its rows are
 * the same in the same order.
 */
final class TestTpchTpcds
        extends AbstractTestQueryFramework
{
    /**
     * What the smallest of the scales has no rows for.
     */
    private static final Set<String> EMPTY_TPCDS = ImmutableSet.of(
            "q08", "q10", "q24", "q31", "q37", "q41", "q44", "q54", "q58", "q64", "q82", "q83", "q84", "q85", "q91", "q93");

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedLake lake = closeAfterClass(EmbeddedLake.create());
        PublishedTables tpch = new PublishedTables("lake", "tpch", "ana");
        PublishedTables tpcds = new PublishedTables("lake", "tpcds", "ana");
        MeshDirectory mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", PublishedTables.mesh(tpch, tpcds));
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("lake", lake.properties())
                .build();
        // With the names of the specification, and with decimals: sums of doubles depend on the order of the rows
        runner.createCatalog("tpch_generator", "tpch", ImmutableMap.of("tpch.column-naming", "STANDARD", "tpch.double-type-mapping", "DECIMAL"));
        load(runner, "tpch_generator", "tpch");
        load(runner, "tpcds", "tpcds");
        tpch.publishAll(runner, mesh);
        tpcds.publishAll(runner, mesh);
        return runner;
    }

    private static void load(QueryRunner runner, String generator, String schema)
    {
        runner.execute(pipeline(), "CREATE SCHEMA lake." + schema);
        for (Object table : runner.execute(pipeline(), "SHOW TABLES FROM %s.tiny".formatted(generator)).getOnlyColumnAsSet()) {
            runner.execute(pipeline(), "CREATE TABLE lake.%1$s.%2$s AS SELECT * FROM %3$s.tiny.%2$s".formatted(schema, table, generator));
        }
    }

    @Test
    void testTpch()
    {
        assertSameRows("tpch", QueryFiles.tpch(), ImmutableSet.of());
    }

    @Test
    void testTpcds()
    {
        assertSameRows("tpcds", QueryFiles.tpcds(), EMPTY_TPCDS);
    }

    private void assertSameRows(String schema, Map<String, String> queries, Set<String> empty)
    {
        // All of them, so that one run tells every query that differs
        assertSoftly(assertions -> queries.forEach((name, sql) -> assertions.assertThatCode(() -> {
            List<MaterializedRow> expected = rows("pipeline", "lake", schema, sql);
            assertThat(expected.isEmpty()).as("%s %s has no rows", schema, name).isEqualTo(empty.contains(name));
            assertThat(rows("ana", "mesh", schema, sql)).as("rows").isEqualTo(expected);
        }).as("%s %s", schema, name).doesNotThrowAnyException()));
    }

    private List<MaterializedRow> rows(String user, String catalog, String schema, String sql)
    {
        Session session = Session.builder(as(user)).setCatalog(catalog).setSchema(schema).build();
        return computeActual(session, sql).getMaterializedRows();
    }
}
