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

import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * A domain edits its files while people query.
 */
@Execution(SAME_THREAD)
final class TestMeshReload
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: sales-analysts}]");

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH).start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' id, VARCHAR 'Ada' name");
        return mesh.runner();
    }

    @Test
    void testEditBreakRepairDelete()
    {
        mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: id, type: bigint}"));
        assertThat(query("SELECT * FROM mesh.sales.customers")).matches("VALUES BIGINT '1'");

        mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: name, type: varchar}").replace("1.0.0", "2.0.0"));
        assertThat(query("SELECT * FROM mesh.sales.customers")).matches("VALUES VARCHAR 'Ada'");

        mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: name, typo: varchar}").replace("1.0.0", "2.0.0"));
        assertThat(query("SELECT * FROM mesh.sales.customers")).matches("VALUES VARCHAR 'Ada'");
        assertThat(query(as("gus"), "SELECT file, line FROM mesh.system.problems WHERE severity = 'error' AND message LIKE '%typo%'")).skippingTypesCheck()
                .matches("VALUES ('sales/customers.yaml', BIGINT '8')");

        mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: id, type: bigint}"));
        assertThat(query("SELECT * FROM mesh.sales.customers")).matches("VALUES BIGINT '1'");
        assertThat(query(as("gus"), "SELECT * FROM mesh.system.problems WHERE severity = 'error'")).returnsEmptyResult();

        mesh.publish("sales/others.yaml", product("sales-analysts", "{name: id, type: bigint}").replace("name: customers", "name: others"));
        mesh.withdraw("sales/customers.yaml");
        assertThat(query("SELECT * FROM mesh.sales.customers")).failure().hasMessageContaining("Table 'mesh.sales.customers' does not exist");

        // With its last product the domain is gone, too
        mesh.withdraw("sales/others.yaml");
        assertThat(query("SELECT * FROM mesh.sales.customers")).failure().hasMessageContaining("Schema 'sales' does not exist");
    }

    @Test
    void testARevocationHoldsFromTheNextStatementOfAnOpenTransaction()
    {
        mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: id, type: bigint}"));
        Throwable end = catchThrowable(() -> inTransaction(session -> {
            assertThat(query(session, "SELECT * FROM mesh.sales.customers")).matches("VALUES BIGINT '1'");
            mesh.publish("sales/customers.yaml", product("somebody-else", "{name: id, type: bigint}"));
            assertThat(query(session, "SELECT * FROM mesh.sales.customers")).failure().hasMessageContaining("Access Denied: Cannot read data product sales.customers");
        }));
        // The refused statement ends the transaction, which the engine may or may not have noted when it is to be committed
        if (end != null) {
            assertThat(end).hasMessage("Current transaction has already been aborted");
        }
    }

    @Test
    void testAnOpenTransactionFollowsAProductToAnotherTable()
    {
        mesh.runPipeline("CREATE TABLE IF NOT EXISTS lake.sales.moved AS SELECT BIGINT '2' id");
        mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: id, type: bigint}"));
        inTransaction(session -> {
            assertThat(query(session, "SELECT * FROM mesh.sales.customers")).matches("VALUES BIGINT '1'");
            mesh.publish("sales/customers.yaml", product("sales-analysts", "{name: id, type: bigint}").replace("schema: sales}", "schema: sales, table: moved}"));
            assertThat(query(session, "SELECT * FROM mesh.sales.customers")).matches("VALUES BIGINT '2'");
        });
    }

    private static String product(String readers, String column)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Every customer once
                 outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales}]
                 columns:
                   - %s
                 accessControl: [{role: %s, permissions: [read]}]
               """.formatted(column, readers);
    }
}
