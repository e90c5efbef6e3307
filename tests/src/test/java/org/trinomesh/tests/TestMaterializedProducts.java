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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Products whose query is stored: ops refreshes them without reading them, ana reads them without any right on what the query reads.
 */
final class TestMaterializedProducts
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of(
                    "{domain: sales, storage: lake, namespaces: [sales]}",
                    "{domain: finance, storage: lake, namespaces: [finance]}",
                    "{domain: finance, trinoCatalog: lake, schemas: [erp], runAs: mesh-source-finance}")
            .with("stewards", "[{group: governance}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: contact, match: {domains: [sales], columns: [email]}, mask: email-domain, except: [{role: financial-reporting}, {domain: finance}]}
                - {id: ops, match: {domains: [finance], columns: [region, email, open_amount]}, mask: replace-with-null, principals: [{user: olga}]}
            """;

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Customers
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customers}
              columns:
                - {name: customer_id, type: bigint}
                - {name: email, type: varchar}
                - {name: region, type: varchar}
              accessControl:
                - {domain: finance, permissions: [read, share]}
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String RECEIVABLES =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: receivables, domain: finance, owner: financial-reporting, version: 1.0.0}
            spec:
              description: Receivables
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: finance, table: receivables}
              columns:
                - {name: customer_id, type: bigint}
                - {name: open_amount, type: bigint}
              accessControl:
                - {domain: finance, permissions: [read, share]}
                - {role: financial-reporting, permissions: [read, admin]}
            """;

    private static final String OWED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: owed, domain: finance, owner: financial-reporting, version: 1.0.0}
            spec:
              description: What customers owe
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  query:
                    sql: |
                      SELECT c.region, c.email, sum(r.open_amount) AS open_amount
                      FROM sales.customers c JOIN receivables r ON r.customer_id = c.customer_id
                      WHERE c.region <> 'hidden-region'
                      GROUP BY c.region, c.email
                    materialized: {storage: lake, schema: finance, table: owed}
              columns:
                - {name: region, type: varchar}
                - {name: email, type: varchar}
                - {name: open_amount, type: bigint}
              slos:
                freshness: {target: 24h}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {user: ops, permissions: [write]}
                - {user: olga, permissions: [read, write]}
                - {domain: finance, permissions: [read, share]}
                - {role: financial-reporting, permissions: [read, admin, write]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .setWorkers(1)
                .addMeshProperty("mesh.mask-key", "a mask key that is long enough, for tests")
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/customers.yaml", CUSTOMERS)
                .write("domains/finance/receivables.yaml", RECEIVABLES)
                .write("domains/finance/owed.yaml", OWED)
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE SCHEMA lake.finance");
        mesh.runPipeline("CREATE TABLE lake.sales.customers (customer_id bigint, email varchar, region varchar)");
        mesh.runPipeline("CREATE TABLE lake.finance.receivables (customer_id bigint, open_amount bigint)");
        return mesh.runner();
    }

    @BeforeEach
    void fill()
    {
        mesh.runPipeline("DELETE FROM lake.sales.customers");
        mesh.runPipeline("DELETE FROM lake.finance.receivables");
        mesh.runPipeline("DROP TABLE IF EXISTS lake.finance.owed");
        mesh.runPipeline("INSERT INTO lake.sales.customers VALUES (1, 'ann@example.com', 'WEST'), (2, 'bob@example.org', 'EAST'), (3, 'eli@example.net', 'hidden-region')");
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (1, 10), (1, 5), (2, 7), (3, 1)");
    }

    private void refresh(String user)
    {
        mesh.runner().execute(as(user), "REFRESH MATERIALIZED VIEW mesh.finance.owed");
    }

    private List<String> stored()
    {
        return mesh.rows(pipeline(), "SELECT region, email, open_amount FROM lake.finance.owed ORDER BY region");
    }

    @Test
    void testARefreshStoresWhatTheDomainSees()
    {
        assertThat(mesh.rows("ana", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY region")).containsExactly("EAST, 7", "WEST, 15");
        refresh("ops");
        assertThat(stored()).containsExactly("EAST, bob@example.org, 7", "WEST, ann@example.com, 15");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.owed ORDER BY region")).containsExactly("EAST, ****@example.org, 7", "WEST, ****@example.com, 15");
        assertThat(mesh.rows("finn", "SELECT * FROM mesh.finance.owed ORDER BY region")).containsExactly("EAST, bob@example.org, 7", "WEST, ann@example.com, 15");
        assertThat(mesh.rows("olga", "SELECT * FROM mesh.finance.owed")).containsExactly("null, null, null", "null, null, null");
        // Olga sees nothing of the values, and stores the same
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        refresh("olga");
        assertThat(stored()).containsExactly("EAST, bob@example.org, 8", "WEST, ann@example.com, 15");
    }

    @Test
    void testWhoMayNotRefresh()
    {
        assertThat(mesh.failure("ana", "REFRESH MATERIALIZED VIEW mesh.finance.owed")).contains("Cannot refresh materialized view").contains("it needs the permission 'write' on finance.owed; it belongs to financial-reporting");
        assertThat(mesh.failure("eve", "REFRESH MATERIALIZED VIEW mesh.finance.owed")).isEqualTo("line 1:1: Materialized view 'mesh.finance.owed' does not exist");
        assertThat(mesh.failure("ops", "REFRESH MATERIALIZED VIEW mesh.finance.receivables")).contains("does not exist");
        assertThat(mesh.failure("ops", "SELECT * FROM mesh.finance.owed")).contains("Cannot read data product finance.owed: user:ops may discover finance.owed");
        assertThat(mesh.failure("ops", "INSERT INTO mesh.finance.owed VALUES ('a', 'b', 1)")).contains("REFRESH MATERIALIZED VIEW");
        for (String user : List.of("ops", "ana", "finn", "gus")) {
            assertThat(mesh.failure(user, "SELECT * FROM mesh.\"$stored$finance\".owed")).as(user).contains("does not exist");
            assertThat(mesh.failure(user, "SELECT * FROM mesh.finance.\"owed$query\"")).as(user).contains("does not exist");
        }
    }

    /**
     * What finn gets of regions, and whether the storage table is read for it.
     */
    private List<String> owed(boolean fromStorage)
    {
        String plan = mesh.rows("finn", "EXPLAIN SELECT region, open_amount FROM mesh.finance.owed").toString();
        assertThat(plan.contains("receivables")).as(plan).isEqualTo(!fromStorage);
        return mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY region, open_amount");
    }

    @Test
    void testStoredRowsAreReadUntilASourceChanges()
    {
        assertThat(owed(false)).containsExactly("EAST, 7", "WEST, 15");
        refresh("ops");
        assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        assertThat(owed(false)).containsExactly("EAST, 8", "WEST, 15");
        refresh("ops");
        assertThat(owed(true)).containsExactly("EAST, 8", "WEST, 15");
        // Nothing to do: no other version is stored
        long versions = versions();
        refresh("ops");
        assertThat(versions()).isEqualTo(versions);
        // Rewriting files leaves the rows as they are; other writers do not
        mesh.runPipeline("ALTER TABLE lake.finance.owed EXECUTE optimize");
        mesh.runPipeline("ALTER TABLE lake.finance.receivables EXECUTE optimize");
        assertThat(owed(true)).containsExactly("EAST, 8", "WEST, 15");
        mesh.runPipeline("INSERT INTO lake.finance.owed VALUES ('NORTH', 'x', 1)");
        assertThat(owed(false)).containsExactly("EAST, 8", "WEST, 15");
    }

    private long versions()
    {
        return Long.parseLong(mesh.rows(pipeline(), "SELECT count(*) FROM lake.finance.\"owed$snapshots\"").getFirst());
    }

    @Test
    void testGracePeriod()
    {
        mesh.publish("domains/finance/owed.yaml", OWED.replace("table: owed}", "table: owed, gracePeriod: 4h}"));
        try {
            refresh("ops");
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
            assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
            refresh("ops");
            assertThat(owed(true)).containsExactly("EAST, 8", "WEST, 15");
            // Stored for other rows
            mesh.publish("domains/finance/owed.yaml", OWED.replace("table: owed}", "table: owed, gracePeriod: 4h}").replace("<> 'hidden-region'", "= 'EAST'"));
            assertThat(owed(false)).containsExactly("EAST, 8");
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
    }

    @Test
    void testRowsThatMayNotBeOld()
    {
        mesh.publish("domains/finance/owed.yaml", OWED.replace("table: owed}", "table: owed, whenStale: fail}"));
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.owed"))
                    .isEqualTo("The stored rows of data product finance.owed cannot be read now: no refresh has stored them. REFRESH MATERIALIZED VIEW stores new ones, with the permission 'write'; ask financial-reporting");
            assertThat(mesh.rows("ana", "DESCRIBE mesh.finance.owed")).hasSize(3);
            refresh("ops");
            assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.owed")).contains("a source has changed since they were stored at").doesNotContain("receivables");
            refresh("ops");
            assertThat(owed(true)).containsExactly("EAST, 8", "WEST, 15");
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
    }

    @Test
    void testOlderVersions()
    {
        refresh("ops");
        String first = version();
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        refresh("ops");
        String sql = "SELECT region, email, open_amount FROM mesh.finance.owed FOR VERSION AS OF %s ORDER BY region";
        for (String user : List.of("ana", "finn", "olga")) {
            assertThat(mesh.rows(user, "SELECT count(*), sum(open_amount) FROM mesh.finance.owed FOR VERSION AS OF " + first)).as(user).containsExactly(user.equals("olga") ? "2, null" : "2, 22");
        }
        assertThat(mesh.rows("ana", sql.formatted(first))).containsExactly("EAST, ****@example.org, 7", "WEST, ****@example.com, 15");
        assertThat(mesh.rows("ana", sql.formatted(version()))).containsExactly("EAST, ****@example.org, 8", "WEST, ****@example.com, 15");
        // What the domain may see has changed: versions from before are not read any longer
        mesh.publish("governance/east.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: east, owner: governance}\nspec:\n  rowFilters:\n    - {id: east, match: {products: [sales.customers]}, filter: \"region = 'EAST'\", principals: [{domain: finance}]}\n"));
        try {
            assertThat(owed(false)).containsExactly("EAST, 8");
            refresh("ops");
            assertThat(owed(true)).containsExactly("EAST, 8");
            assertThat(mesh.failure("finn", sql.formatted(first))).contains("Version %s of finance.owed was stored before the product, or what its domain may read, was changed".formatted(first));
        }
        finally {
            mesh.withdraw("governance/east.yaml");
        }
    }

    private String version()
    {
        return mesh.rows(pipeline(), "SELECT snapshot_id FROM lake.finance.\"owed$snapshots\" ORDER BY committed_at DESC LIMIT 1").getFirst();
    }

    @Test
    void testRowFiltersHoldOnStoredRows()
    {
        mesh.publish("governance/west.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: west, owner: governance}\nspec:\n  rowFilters:\n    - {id: west, match: {products: [finance.owed]}, filter: \"region = 'WEST'\", principals: [{role: sales-analysts}]}\n"));
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.owed")).contains("cannot be read now, and you may read only some of its rows, for which only stored rows can be filtered: no refresh has stored them");
            refresh("ops");
            assertThat(mesh.rows("ana", "SELECT region, open_amount FROM mesh.finance.owed")).containsExactly("WEST, 15");
            assertThat(mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, 7", "WEST, 15");
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.owed")).contains("a source has changed since they were stored");
            assertThat(mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, 8", "WEST, 15");
        }
        finally {
            mesh.withdraw("governance/west.yaml");
        }
    }

    @Test
    void testASourceThatIsNoLongerSharedTakesStoredRowsOutOfServiceToo()
    {
        refresh("ops");
        mesh.publish("domains/sales/customers.yaml", CUSTOMERS.replace("[read, share]", "[read]"));
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.owed")).contains("role:sales-analysts may discover finance.owed; it is out of service: its domain may not publish what its query reads");
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.owed FOR VERSION AS OF " + version())).contains("its domain may not publish what its query reads");
            assertThat(mesh.failure("ops", "REFRESH MATERIALIZED VIEW mesh.finance.owed")).contains("its domain may not publish what its query reads");
            assertThat(mesh.rows("ana", "SELECT product, access FROM mesh.system.data_products")).containsExactly("owed, discoverable");
        }
        finally {
            mesh.publish("domains/sales/customers.yaml", CUSTOMERS);
        }
        assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
    }

    @Test
    void testARefreshThatFailsLeavesTheRows()
    {
        mesh.publish("domains/finance/owed.yaml", OWED.replace("table: owed}", "table: owed, gracePeriod: 4h}").replace("sum(r.open_amount)", "sum(100 / (r.open_amount - 4))"));
        try {
            refresh("ops");
            List<String> before = owed(true);
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 4)");
            assertThat(mesh.failure("ops", "REFRESH MATERIALIZED VIEW mesh.finance.owed")).contains("Division by zero");
            assertThat(owed(true)).isEqualTo(before);
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
    }

    @Test
    void testOtherColumnsArePromised()
    {
        refresh("ops");
        String changed = OWED.replace("version: 1.0.0", "version: 2.0.0").replace("{name: email, type: varchar}", "{name: customers, type: bigint}").replace("c.email, sum", "count(*) AS customers, sum").replace("BY c.region, c.email", "BY c.region").replace("- {name: region, type: varchar}", "- {name: region, type: varchar}\n    - {name: region_name, type: varchar}").replace("SELECT c.region,", "SELECT c.region, lower(c.region) AS region_name,");
        mesh.publish("domains/finance/owed.yaml", changed);
        try {
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, east, 1, 7", "WEST, west, 2, 15");
            refresh("ops");
            assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
            assertThat(mesh.rows(pipeline(), "SELECT * FROM lake.finance.owed ORDER BY 1")).containsExactly("EAST, east, 1, 7", "WEST, west, 2, 15");
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
        assertThat(owed(false)).containsExactly("EAST, 7", "WEST, 15");
    }

    @Test
    void testExplainStoresNothing()
    {
        assertThat(mesh.rows("ops", "EXPLAIN REFRESH MATERIALIZED VIEW mesh.finance.owed").toString()).contains("TableWriter");
        assertThat(mesh.rows(pipeline(), "SHOW TABLES FROM lake.finance")).doesNotContain("owed");
    }

    @Test
    void testOnlyNewRowsOfASingleSourceAreStored()
    {
        mesh.publish("domains/finance/owed.yaml", OWED.replaceAll("(?s)SELECT c.region.*?GROUP BY c.region, c.email", "SELECT CAST(customer_id AS varchar) AS region, 'x' AS email, open_amount FROM receivables WHERE open_amount > 1"));
        try {
            refresh("ops");
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (4, 1), (5, 9)");
            refresh("ops");
            assertThat(owed(true)).containsExactly("1, 5", "1, 10", "2, 7", "5, 9");
            assertThat(mesh.rows(pipeline(), "SELECT summary['added-records'], operation FROM lake.finance.\"owed$snapshots\" ORDER BY committed_at DESC LIMIT 1")).containsExactly("1, append");
            // Rows are gone at the source, and so they are here
            mesh.runPipeline("DELETE FROM lake.finance.receivables WHERE customer_id = 1");
            refresh("ops");
            assertThat(owed(true)).containsExactly("2, 7", "5, 9");
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
    }

    @Test
    void testAProductOnStoredRows()
    {
        String regions = OWED
                .replace("name: owed, domain", "name: regions, domain")
                .replaceAll("(?s)SELECT c.region.*?GROUP BY c.region, c.email", "SELECT region, email, open_amount FROM owed")
                .replace("table: owed}", "table: regions}");
        mesh.publish("domains/finance/regions.yaml", regions);
        try {
            mesh.runPipeline("DROP TABLE IF EXISTS lake.finance.regions");
            refresh("ops");
            mesh.runner().execute(as("ops"), "REFRESH MATERIALIZED VIEW mesh.finance.regions");
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.regions ORDER BY 1")).containsExactly("EAST, ****@example.org, 7", "WEST, ****@example.com, 15");
            assertThat(mesh.rows("finn", "EXPLAIN SELECT * FROM mesh.finance.regions").toString()).contains("finance.regions").doesNotContain("finance.owed");
            // A source of its source changes: now both are computed
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
            assertThat(mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.regions ORDER BY 1")).containsExactly("EAST, 8", "WEST, 15");
            refresh("ops");
            assertThat(mesh.rows("finn", "EXPLAIN SELECT * FROM mesh.finance.regions").toString()).contains("finance.owed").doesNotContain("Aggregate");
            mesh.runner().execute(as("ops"), "REFRESH MATERIALIZED VIEW mesh.finance.regions");
            assertThat(mesh.rows(pipeline(), "SELECT region, open_amount FROM lake.finance.regions ORDER BY 1")).containsExactly("EAST, 8", "WEST, 15");
        }
        finally {
            mesh.withdraw("domains/finance/regions.yaml");
        }
    }

    @Test
    void testRowsOfAnotherCatalogAreOldAfterAnyTime()
    {
        mesh.runPipeline("CREATE SCHEMA IF NOT EXISTS lake.erp");
        mesh.runPipeline("CREATE TABLE lake.erp.orders AS SELECT 'EAST' AS region, 'x' AS email, BIGINT '1' AS open_amount");
        String orders = OWED.replaceAll("(?s)SELECT c.region.*?GROUP BY c.region, c.email", "SELECT o.region, o.email, o.open_amount FROM lake.erp.orders o");
        mesh.publish("domains/finance/owed.yaml", orders);
        try {
            refresh("ops");
            assertThat(stored()).containsExactly("EAST, x, 1");
            mesh.runPipeline("INSERT INTO lake.erp.orders VALUES ('WEST', 'y', 2)");
            assertThat(mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, 1", "WEST, 2");
            mesh.publish("domains/finance/owed.yaml", orders.replace("table: owed}", "table: owed, gracePeriod: 4h}"));
            assertThat(mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, 1");
            refresh("ops");
            assertThat(mesh.rows("finn", "SELECT region, open_amount FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, 1", "WEST, 2");
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
            mesh.runPipeline("DROP TABLE lake.erp.orders");
        }
    }

    @Test
    void testRefreshesAtTheSameTime()
            throws Exception
    {
        mesh.publish("domains/finance/owed.yaml", OWED.replaceAll("(?s)SELECT c.region.*?GROUP BY c.region, c.email", "SELECT CAST(customer_id AS varchar) AS region, 'x' AS email, open_amount FROM receivables"));
        try {
            // One creates the table; then one adds the new row
            for (int round = 0; round < 3; round++) {
                List<String> failures = Concurrently.call(4, () -> {
                    try {
                        refresh("ops");
                        return "";
                    }
                    catch (RuntimeException e) {
                        return e.getMessage();
                    }
                });
                assertThat(failures).contains("").allSatisfy(failure -> assertThat(failure).matches("|The table with the stored rows was changed since this refresh began, so that it stored nothing; refresh again"));
                assertThat(mesh.rows(pipeline(), "SELECT count(*), sum(open_amount) FROM lake.finance.owed")).containsExactly("%s, %s".formatted(4 + round, 23 + 100 * round));
                mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (9, 100)");
            }
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
    }

    @Test
    void testWritesAreStatementsOfTheirOwn()
    {
        assertThat(mesh.rows("finn", "SELECT table_type FROM mesh.information_schema.tables WHERE table_schema = 'finance' ORDER BY table_name")).containsExactly("BASE TABLE", "BASE TABLE");
        refresh("finn");
        assertThat(mesh.rows("finn", "SELECT count(*) FROM mesh.finance.\"owed$files\"")).isNotEmpty();
        assertThat(mesh.failure("ana", "SELECT count(*) FROM mesh.finance.\"owed$files\"")).contains("only for its stewards");
        assertThat(mesh.failure("finn", "DELETE FROM mesh.finance.owed")).contains("REFRESH MATERIALIZED VIEW stores them");
        assertThat(mesh.failure("finn", "DROP TABLE mesh.finance.owed")).contains("Access Denied");
        assertThat(mesh.failure("finn", "DROP MATERIALIZED VIEW mesh.finance.owed")).doesNotContain("lake");
        assertThat(mesh.failure("finn", "ALTER MATERIALIZED VIEW mesh.finance.owed SET PROPERTIES x = 1")).doesNotContain("lake");
        assertThat(mesh.failure("finn", "SHOW CREATE MATERIALIZED VIEW mesh.finance.owed")).doesNotContain("lake");
        assertThat(mesh.rows("finn", "SELECT * FROM system.metadata.materialized_views WHERE catalog_name = 'mesh'")).isEmpty();
        for (String user : List.of("ana", "ops", "eve")) {
            assertThat(mesh.failure(user, "CREATE MATERIALIZED VIEW mesh.finance.mine AS SELECT 1 AS x")).as(user).contains("Access Denied");
            assertThat(mesh.failure(user, "CREATE TABLE mesh.\"$stored$finance\".owed (x bigint)")).as(user).contains("Access Denied");
            assertThat(mesh.failure(user, "INSERT INTO mesh.\"$stored$finance\".owed VALUES ('a', 'b', 1)")).as(user).doesNotContain("lake");
        }
        assertThat(stored()).hasSize(2);
    }

    @Test
    void testStewardsSeeWhenRowsWereStored()
    {
        String sql = "SELECT domain, product, table_name, grace_period, when_stale, state, refreshed_at IS NULL, reason, storage_table FROM mesh.system.stored_rows";
        assertThat(mesh.rows("finn", sql)).containsExactly("finance, owed, owed, PT0S, inline, stale, true, no refresh has stored them, lake.finance.owed");
        refresh("ops");
        assertThat(mesh.rows("finn", sql)).containsExactly("finance, owed, owed, PT0S, inline, fresh, false, null, lake.finance.owed");
        assertThat(mesh.rows("gus", sql)).containsExactly("finance, owed, owed, PT0S, inline, fresh, false, null, lake.finance.owed");
        assertThat(mesh.rows("ana", sql)).containsExactly("finance, owed, owed, PT0S, inline, null, true, null, null");
        assertThat(mesh.rows("eve", sql)).isEmpty();
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        assertThat(mesh.rows("finn", "SELECT state, refreshed_at IS NULL, regexp_replace(reason, ' at .*', '') FROM mesh.system.stored_rows")).containsExactly("stale, false, a source has changed since they were stored");
        mesh.publish("domains/sales/customers.yaml", CUSTOMERS.replace("[read, share]", "[read]"));
        try {
            assertThat(mesh.rows("finn", "SELECT state, reason FROM mesh.system.stored_rows")).containsExactly("null, its domain may not publish what its query reads");
        }
        finally {
            mesh.publish("domains/sales/customers.yaml", CUSTOMERS);
        }
        // Nobody is told that the product has a fault while its query runs
        mesh.runPipeline("DROP TABLE lake.finance.owed");
        assertThat(owed(false)).containsExactly("EAST, 8", "WEST, 15");
        assertThat(mesh.rows("finn", "SELECT message FROM mesh.system.problems WHERE severity = 'error'")).isEmpty();
        assertThat(mesh.rows("finn", "SELECT service_status FROM mesh.system.data_products WHERE product = 'owed'")).isNotEqualTo(List.of("out of service"));
    }

    @Test
    void testATableOfSomethingElseIsNotTouched()
    {
        mesh.runPipeline("CREATE TABLE lake.finance.owed AS SELECT 'precious' AS region, 'x' AS email, BIGINT '1' AS open_amount, 'more' AS more");
        assertThat(mesh.failure("ops", "REFRESH MATERIALIZED VIEW mesh.finance.owed")).isEqualTo("No refresh of data product finance.owed made the table that its descriptor names, and the table has rows, so none are stored there. Name a table that does not exist, or an empty one");
        assertThat(mesh.rows(pipeline(), "SELECT * FROM lake.finance.owed")).containsExactly("precious, x, 1, more");
        assertThat(owed(false)).containsExactly("EAST, 7", "WEST, 15");
        // An empty one may be prepared, as with partitions
        mesh.runPipeline("DROP TABLE lake.finance.owed");
        mesh.runPipeline("CREATE TABLE lake.finance.owed (region varchar, email varchar, open_amount bigint) WITH (partitioning = ARRAY['region'])");
        refresh("ops");
        assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
        assertThat(mesh.rows(pipeline(), "SELECT partition.region FROM lake.finance.\"owed$partitions\" ORDER BY 1")).containsExactly("EAST", "WEST");
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        refresh("ops");
        assertThat(owed(true)).containsExactly("EAST, 8", "WEST, 15");
    }

    @Test
    void testRowsAreNotAddedToColumnsThatSomebodyChanged()
    {
        mesh.publish("domains/finance/owed.yaml", OWED.replaceAll("(?s)SELECT c.region.*?GROUP BY c.region, c.email", "SELECT CAST(customer_id AS varchar) AS region, 'x' AS email, open_amount FROM receivables WHERE open_amount > 1"));
        try {
            refresh("ops");
            mesh.runPipeline("ALTER TABLE lake.finance.owed RENAME COLUMN open_amount TO other");
            mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (5, 9)");
            assertThat(owed(false)).containsExactly("1, 5", "1, 10", "2, 7", "5, 9");
            refresh("ops");
            assertThat(owed(true)).containsExactly("1, 5", "1, 10", "2, 7", "5, 9");
        }
        finally {
            mesh.publish("domains/finance/owed.yaml", OWED);
        }
    }

    @Test
    void testAMaskedColumnUnderAnotherName()
    {
        refresh("ops");
        String first = version();
        for (String rename : List.of("email TO swapped", "region TO email", "swapped TO region")) {
            mesh.runPipeline("ALTER TABLE lake.finance.owed RENAME COLUMN " + rename);
        }
        assertThat(mesh.rows("ana", "SELECT region FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST", "WEST");
        assertThat(mesh.failure("ana", "SELECT region FROM mesh.finance.owed FOR VERSION AS OF " + first)).contains("Views do not support versioning");
        assertThat(mesh.rows("finn", "SELECT state, regexp_replace(reason, ' since .*', '') FROM mesh.system.stored_rows")).containsExactly("stale, the columns of their table were changed");
        refresh("ops");
        assertThat(owed(true)).containsExactly("EAST, 7", "WEST, 15");
        assertThat(mesh.rows("ana", "SELECT region, email FROM mesh.finance.owed ORDER BY 1")).containsExactly("EAST, ****@example.org", "WEST, ****@example.com");
        assertThat(mesh.failure("ana", "SELECT region FROM mesh.finance.owed FOR VERSION AS OF " + first)).contains("so it is not read any longer");
    }

    @Test
    void testEachRefreshIsOneCommitInTheHistory()
    {
        refresh("ops");
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        refresh("ops");
        assertThat(mesh.rows("finn", "SELECT count(*) FROM mesh.system.slo_history WHERE product = 'owed'")).containsExactly("2");
        assertThat(mesh.rows("finn", "SELECT objective, status FROM mesh.system.slos WHERE product = 'owed'")).containsExactly("freshness, met");
    }

    @Test
    void testOtherStatementsThatRefresh()
    {
        assertThat(mesh.failure("ana", "EXECUTE IMMEDIATE 'REFRESH MATERIALIZED VIEW mesh.finance.owed'")).contains("it needs the permission 'write'");
        assertThat(mesh.failure("ana", "EXPLAIN ANALYZE REFRESH MATERIALIZED VIEW mesh.finance.owed")).contains("it needs the permission 'write'");
        mesh.runner().execute(as("ops"), "EXECUTE IMMEDIATE 'REFRESH MATERIALIZED VIEW mesh.finance.owed'");
        assertThat(stored()).hasSize(2);
        mesh.runPipeline("INSERT INTO lake.finance.receivables VALUES (2, 1)");
        mesh.runner().execute(as("ops"), "EXPLAIN ANALYZE REFRESH MATERIALIZED VIEW mesh.finance.owed");
        assertThat(stored()).containsExactly("EAST, bob@example.org, 8", "WEST, ann@example.com, 15");
    }

    @Test
    void testStoredPseudonymsOfOneStatementAreNotServedInAnother()
    {
        mesh.publish("governance/hash.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: hash, owner: governance}\nspec:\n  masks:\n    - {id: hash, match: {products: [sales.customers], columns: [email]}, mask: sha-256-query-local, principals: [{domain: finance}]}\n"));
        try {
            refresh("ops");
            assertThat(owed(false)).containsExactly("EAST, 7", "WEST, 15");
            assertThat(mesh.rows("finn", "SELECT email FROM mesh.finance.owed ORDER BY 1")).isNotEqualTo(mesh.rows(pipeline(), "SELECT email FROM lake.finance.owed ORDER BY 1"));
        }
        finally {
            mesh.withdraw("governance/hash.yaml");
        }
    }
}
