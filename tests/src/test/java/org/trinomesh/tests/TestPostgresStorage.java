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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * A storage whose catalog is a PostgreSQL database: the pipeline writes to it past the mesh, ana reads.
 */
final class TestPostgresStorage
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of("{domain: sales, storage: warehouse, namespaces: [sales]}");

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        PostgresLake warehouse = closeAfterClass(PostgresLake.create());
        MeshDirectory mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", MESH.yaml())
                .write("sales/orders.yaml", product("orders"))
                .write("sales/stock.yaml", product("stock"));
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("warehouse", warehouse.properties())
                .build();
        runner.execute(pipeline(), "CREATE SCHEMA warehouse.sales");
        runner.execute(pipeline(), "CREATE TABLE warehouse.sales.orders AS SELECT orderkey AS id, clerk AS name FROM tpch.tiny.orders");
        runner.execute(pipeline(), "CREATE TABLE warehouse.sales.stock AS SELECT BIGINT '1' id, VARCHAR 'bolt' name");
        return runner;
    }

    @Test
    void testTheNextQuerySeesTheLastCommit()
    {
        assertThat(query("SELECT * FROM sales.stock")).matches("VALUES (BIGINT '1', VARCHAR 'bolt')");
        write("INSERT INTO warehouse.sales.stock VALUES (2, 'nut')");
        assertThat(query("SELECT * FROM sales.stock")).matches("VALUES (BIGINT '1', VARCHAR 'bolt'), (BIGINT '2', VARCHAR 'nut')");
        write("UPDATE warehouse.sales.stock SET name = 'screw' WHERE id = 1");
        assertThat(query("SELECT name FROM sales.stock WHERE id = 1")).matches("VALUES VARCHAR 'screw'");
        write("DELETE FROM warehouse.sales.stock WHERE id = 2");
        assertThat(query("SELECT * FROM sales.stock")).matches("VALUES (BIGINT '1', VARCHAR 'screw')");
    }

    @Test
    void testManyReadAtOnce()
            throws Exception
    {
        MaterializedRow expected = computeActual("SELECT count(*), count(DISTINCT orderkey), max(clerk) FROM tpch.tiny.orders").getMaterializedRows().getFirst();
        List<List<MaterializedRow>> read = Concurrently.call(8, () -> {
            ImmutableList.Builder<MaterializedRow> rows = ImmutableList.builder();
            for (int turn = 0; turn < 5; turn++) {
                rows.addAll(computeActual("SELECT count(*), count(DISTINCT id), max(name) FROM sales.orders").getMaterializedRows());
            }
            return rows.build();
        });
        assertThat(read).as("answers of all readers").hasSize(8).allSatisfy(rows -> assertThat(rows).hasSize(5).containsOnly(expected));
    }

    private void write(@Language("SQL") String sql)
    {
        computeActual(pipeline(), sql);
    }

    private static String product(String name)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: A product in PostgreSQL's lake
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: warehouse, schema: sales}
                 columns:
                   - {name: id, type: bigint}
                   - {name: name, type: varchar}
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
               """.formatted(name);
    }
}
