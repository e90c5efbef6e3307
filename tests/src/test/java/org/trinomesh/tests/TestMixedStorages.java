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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import io.trino.testing.QueryRunner.MaterializedResultWithPlan;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Products of three storages of different kind in one query, read by two workers: a catalog in PostgreSQL over a local
 * folder, a REST catalog over an object store, and folders without a catalog below another root.
 */
final class TestMixedStorages
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of(
            "{domain: sales, storage: warehouse, namespaces: [sales]}",
            "{domain: sales, storage: cloud, namespaces: [sales]}",
            "{domain: sales, storage: folders, locations: ['local:///sales/']}");

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        PostgresLake warehouse = closeAfterClass(PostgresLake.create());
        S3Server store = closeAfterClass(S3Server.start());
        RestCatalogServer catalog = closeAfterClass(RestCatalogServer.start(store));
        EmbeddedLake lake = closeAfterClass(EmbeddedLake.create());
        MeshDirectory mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", MESH.yaml())
                .write("sales/customers.yaml", product("customers", "catalog: warehouse, schema: sales", "name"))
                .write("sales/orders.yaml", product("orders", "catalog: cloud, schema: sales", "customer"))
                .write("sales/segments.yaml", product("segments", "catalog: folders, location: 'local:///sales/segments'", "segment"));
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("warehouse", warehouse.properties())
                .addStorage("cloud", ImmutableMap.<String, String>builder()
                        .putAll(catalog.properties())
                        .putAll(store.properties(S3Server.SECRET_KEY))
                        .buildOrThrow())
                .addStorage("lake", lake.properties())
                .addStorage("folders", lake.locationProperties())
                .setWorkers(2)
                .build();
        for (String schema : new String[] {"warehouse.sales", "cloud.sales", "lake.sales"}) {
            runner.execute(pipeline(), "CREATE SCHEMA " + schema);
        }
        // Partitioned, so that every table has files for all nodes
        write(runner, "warehouse.sales.customers", "", "custkey AS id, name AS name", "customer");
        write(runner, "cloud.sales.orders", "", "orderkey AS id, CAST(custkey AS varchar) AS customer", "orders");
        write(runner, "lake.sales.segments", "location = 'local:///sales/segments', ", "custkey AS id, mktsegment AS segment", "customer");
        return runner;
    }

    @Test
    void testAJoinOfThreeStoragesOnTwoWorkers()
    {
        MaterializedResultWithPlan joined = getQueryRunner().executeWithPlan(as("ana"),
                """
                SELECT s.segment, count(*), count(DISTINCT c.name)
                FROM sales.orders o
                JOIN sales.customers c ON CAST(c.id AS varchar) = o.customer
                JOIN sales.segments s ON s.id = c.id
                GROUP BY 1
                """);
        assertThat(joined.result().getMaterializedRows())
                .containsExactlyInAnyOrderElementsOf(computeActual(
                        """
                        SELECT c.mktsegment, count(*), count(DISTINCT c.name)
                        FROM tpch.tiny.orders o
                        JOIN tpch.tiny.customer c ON c.custkey = o.custkey
                        GROUP BY 1
                        """).getMaterializedRows());
        assertThat(query(
                """
                SELECT count(DISTINCT n.node_id)
                FROM system.runtime.tasks t
                JOIN system.runtime.nodes n ON n.node_id = t.node_id
                WHERE t.query_id = '%s' AND NOT n.coordinator AND t.physical_input_bytes > 0
                """.formatted(joined.queryId())))
                .as("workers that read files")
                .matches("VALUES BIGINT '2'");
    }

    private static void write(QueryRunner runner, String table, String properties, String columns, String source)
    {
        @Language("SQL") String sql = "CREATE TABLE %s WITH (%spartitioning = ARRAY['bucket(id, 6)']) AS SELECT %s FROM tpch.tiny.%s".formatted(table, properties, columns, source);
        runner.execute(pipeline(), sql);
    }

    private static String product(String name, String place, String column)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: A product in a storage of its own
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, %s}
                 columns:
                   - {name: id, type: bigint}
                   - {name: %s, type: varchar}
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
               """.formatted(name, place, column);
    }
}
