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
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * Two products of the sales domain. Ana reads customers and may know of the forecast; sam is the steward of both; eve is
 * nobody.
 */
final class TestMeshAccess
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: sales-analysts}, {group: marketing-analytics}]");

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Every customer once
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customer_table}
              columns:
                - {name: id, type: bigint, nullable: false, description: Number of the customer}
                - {name: name, type: varchar, description: Full name}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {role: sales-data-team, permissions: [read, write, admin]}
              support:
                - {channel: "#sales-data"}
            """;

    private static final String FORECAST =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: forecast, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: What we will sell
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: forecast}
              columns:
                - {name: amount, type: bigint}
              accessControl:
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("sales/customers.yaml", CUSTOMERS)
                .write("sales/forecast.yaml", FORECAST)
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customer_table AS SELECT BIGINT '1' id, VARCHAR 'Ada' name, VARCHAR 'not promised' secret");
        mesh.runPipeline("CREATE TABLE lake.sales.forecast AS SELECT BIGINT '7' amount");
        return mesh.runner();
    }

    @Test
    void testAnaReadsWhatIsPromisedAndNothingElse()
    {
        assertThat(query("SELECT * FROM sales.customers")).matches("VALUES (BIGINT '1', VARCHAR 'Ada')");
        assertThat(query("SELECT secret FROM sales.customers")).failure().hasMessageContaining("Column 'secret' cannot be resolved");
        assertThat(query("SELECT count(\"$path\") FROM sales.customers")).matches("VALUES BIGINT '1'");
    }

    @Test
    void testListingsShowAnaHerProducts()
    {
        assertThat(mesh.rows("ana", "SHOW SCHEMAS")).containsExactly("information_schema", "sales", "system");
        assertThat(mesh.rows("ana", "SHOW TABLES FROM sales")).containsExactly("customers");
        assertThat(query("DESCRIBE sales.customers")).skippingTypesCheck()
                .matches("VALUES ('id', 'bigint', '', 'Number of the customer'), ('name', 'varchar', '', 'Full name')");
        assertThat(query("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'sales'")).skippingTypesCheck()
                .matches("VALUES ('customers', 'id'), ('customers', 'name')");
        assertThat(query("SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'sales'")).skippingTypesCheck()
                .matches("VALUES 'Every customer once · Owner: sales-data-team'");
    }

    @Test
    void testAnaMayKnowOfTheForecastAndWhomToAsk()
    {
        assertThat(query("SELECT * FROM sales.forecast")).failure()
                .hasMessageContaining("Access Denied: Cannot read data product sales.forecast")
                .hasMessageContaining("sales-data-team");
        assertThat(query("SELECT name, access FROM mesh.system.data_products")).skippingTypesCheck()
                .matches("VALUES ('customers', 'readable'), ('forecast', 'discoverable')");
    }

    @Test
    void testWhoReadsNothingOfADomainIsToldWhomToAsk()
    {
        String asked = mesh.failure("mia", "SHOW TABLES FROM mesh.sales");
        assertThat(asked).contains("Access Denied: Cannot show tables of schema sales: you may read none of its data products; mesh.system.data_products lists those that you may discover. About sales.");
        assertThat(asked).contains("group:marketing-analytics may discover the mesh; it belongs to sales-data-team: ask sales-data-team");
        assertThat(mesh.failure("eve", "SHOW TABLES FROM mesh.sales")).contains("Schema 'sales' does not exist");
        assertThat(mesh.failure("mia", "SHOW TABLES FROM mesh.never_was")).contains("Schema 'never_was' does not exist");
        assertThat(mesh.rows("mia", "SHOW SCHEMAS")).containsExactly("information_schema", "system");
        assertThat(mesh.rows("mia", "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema = 'sales'")).isEmpty();
    }

    @Test
    void testDescribeAndSelectAgree()
    {
        for (String user : new String[] {"ana", "sam", "gus", "mia", "eve"}) {
            for (String table : new String[] {"customers", "forecast", "never_was", "\"customers$files\"", "\"forecast$snapshots\""}) {
                String described = outcome(user, "DESCRIBE mesh.sales." + table);
                assertThat(outcome(user, "SELECT * FROM mesh.sales." + table)).as(user + " and " + table).isEqualTo(described);
                // For a schema that does not exist the engine speaks of the table here
                assertThat(outcome(user, "SHOW CREATE TABLE mesh.sales." + table)).as(user + " and the DDL of " + table)
                        .isEqualTo(described.equals("Schema 'sales' does not exist") ? "Table 'mesh.sales.%s' does not exist".formatted(table) : described);
            }
        }
        assertThat(outcome("gus", "DESCRIBE mesh.sales.customers")).isEqualTo("group:governance oversees the mesh; it belongs to sales-data-team: ask sales-data-team via #sales-data to read it");
        assertThat(outcome("sam", "DESCRIBE mesh.sales.forecast")).isEqualTo("answered");
    }

    /**
     * The reason, without what the statement could not do and where it stands in it.
     */
    private String outcome(String user, @Language("SQL") String sql)
    {
        try {
            mesh.rows(user, sql);
            return "answered";
        }
        catch (RuntimeException e) {
            return e.getMessage().replaceFirst("^line [0-9:]+ ", "").replaceFirst("^Access Denied: Cannot (show columns of table|show create table for|read data product) [a-z.]+: ", "");
        }
    }

    @Test
    void testEveSeesNothingAndCannotTellThatAnythingIsThere()
    {
        assertThat(mesh.rows("eve", "SHOW SCHEMAS")).containsExactly("information_schema", "system");
        String hidden = mesh.failure("eve", "SELECT * FROM mesh.sales.customers");
        String absent = mesh.failure("eve", "SELECT * FROM mesh.sales.never_was");
        assertThat(hidden).isEqualTo(absent.replace("never_was", "customers"));
        for (String table : new String[] {"data_products", "domains", "columns", "lineage", "column_lineage", "output_ports", "input_ports", "problems", "registry", "contracts", "relationships", "support_channels", "management_ports", "tags"}) {
            assertThat(mesh.rows("eve", "SELECT * FROM mesh.system." + table)).as(table).isEmpty();
        }
    }

    @Test
    void testMetadataTablesAreForStewards()
    {
        for (String suffix : new String[] {"files", "partitions", "snapshots", "history", "manifests", "properties", "refs", "entries"}) {
            assertThat(query("SELECT * FROM sales.\"customers$" + suffix + "\"")).failure()
                    .hasMessageContaining("The metadata tables of data product sales.customers are only for its stewards");
            assertThat(query("SELECT * FROM sales.\"forecast$" + suffix + "\"")).failure()
                    .hasMessageContaining("does not exist");
        }
        assertThat(query(as("sam"), "SELECT count(*) FROM sales.\"customers$files\"")).matches("VALUES BIGINT '1'");
        assertThat(query(as("sam"), "SELECT record_count FROM sales.\"customers$partitions\"")).matches("VALUES BIGINT '1'");
        assertThat(query(as("sam"), "SELECT count(\"$path\") FROM sales.customers")).matches("VALUES BIGINT '1'");
    }

    @Test
    void testWritesAreRefusedWithWhomToAsk()
    {
        for (@Language("SQL") String statement : new String[] {
                "INSERT INTO sales.customers VALUES (2, 'Bob')",
                "DELETE FROM sales.customers",
                "UPDATE sales.customers SET name = 'x'",
                "DROP TABLE sales.customers",
                "TRUNCATE TABLE sales.customers",
                "ALTER TABLE sales.customers ADD COLUMN x bigint",
                "ALTER TABLE sales.customers DROP COLUMN name",
                "ALTER TABLE sales.customers RENAME COLUMN name TO x",
                "ALTER TABLE sales.customers RENAME TO sales.x",
                "ALTER TABLE sales.customers EXECUTE optimize",
                "COMMENT ON TABLE sales.customers IS 'x'",
                "COMMENT ON COLUMN sales.customers.name IS 'x'",
        }) {
            assertThat(mesh.failure("ana", statement)).as(statement)
                    .contains("Access Denied")
                    .contains("sales.customers is written by the pipeline of sales-data-team; ask sales-data-team via #sales-data");
        }
        assertThat(mesh.failure("ana", "CREATE TABLE sales.mine AS SELECT 1 x")).contains("A domain publishes one by a descriptor");
        assertThat(mesh.failure("ana", "CREATE TABLE sales.mine (x bigint, y varchar(3))")).contains("A domain publishes one by a descriptor");
        assertThat(mesh.failure("ana", "CREATE VIEW sales.mine AS SELECT 1 x")).contains("A domain publishes one by a descriptor");
        assertThat(mesh.failure("ana", "CREATE SCHEMA mine")).contains("a domain is declared by a file in the mesh directory");
        assertThat(mesh.failure("sam", "INSERT INTO sales.customers VALUES (2, 'Bob')")).contains("Access Denied");
    }

    @Test
    void testWaysAroundAreNotBound()
    {
        assertThat(mesh.failure("sam", "CALL mesh.system.rollback_to_snapshot('sales', 'customers', 1)")).contains("Procedure not registered");
        assertThat(mesh.failure("sam", "SELECT * FROM TABLE(mesh.system.table_changes('sales', 'customers', 1, 2))")).contains("not registered");
        assertThat(mesh.failure("sam", "ALTER TABLE sales.customers SET PROPERTIES format = 'ORC'")).contains("table property 'format' does not exist");
        assertThat(mesh.failure("sam", "SET SESSION mesh.hive_catalog_name = 'lake'")).contains("Access Denied");
        assertThat(mesh.failure("ana", "SET SESSION mesh.query_partition_filter_required = true")).contains("Access Denied");
    }

    @Test
    void testShowCreateTableIsThePromise()
    {
        String promise =
                """
                CREATE TABLE mesh.sales.customers (
                   id bigint NOT NULL COMMENT 'Number of the customer',
                   name varchar COMMENT 'Full name'
                )
                COMMENT 'Every customer once · Owner: sales-data-team'""";
        assertThat(mesh.rows("ana", "SHOW CREATE TABLE sales.customers")).containsExactly(promise);
        // Nor does a steward see columns of the table format or where the table lies: that is in the metadata tables
        assertThat(mesh.rows("sam", "SHOW CREATE TABLE sales.customers")).containsExactly(promise);
        assertThat(mesh.rows("sam", "SHOW CREATE TABLE sales.\"customers$files\"")).singleElement().asString().startsWith("CREATE TABLE mesh.sales.\"customers$files\" (");
        assertThat(mesh.failure("sam", "SHOW CREATE TABLE sales.\"customers$partitions\"")).contains("is a view, not a table");
        assertThat(mesh.rows("sam", "SHOW CREATE VIEW sales.\"customers$partitions\"")).singleElement().asString().startsWith("CREATE VIEW mesh.sales.\"customers$partitions\"");
        assertThat(mesh.failure("ana", "SHOW CREATE TABLE sales.\"customers$files\"")).contains("are only for its stewards");
        assertThat(mesh.failure("ana", "SHOW CREATE VIEW sales.\"customers$partitions\"")).contains("are only for its stewards");
        assertThat(mesh.failure("mia", "SHOW CREATE TABLE mesh.sales.forecast"))
                .isEqualTo("Access Denied: Cannot show create table for sales.forecast: group:marketing-analytics may discover the mesh; it belongs to sales-data-team: ask sales-data-team to read it");
    }

    @Test
    void testShowCreateOfWhatIsNoProduct()
    {
        for (String user : new String[] {"ana", "eve"}) {
            assertThat(mesh.rows(user, "SHOW CREATE TABLE mesh.system.slos")).singleElement().asString().startsWith("CREATE TABLE mesh.system.slos (").contains("objective varchar");
            assertThat(mesh.rows(user, "SHOW CREATE TABLE mesh.information_schema.columns")).singleElement().asString().startsWith("CREATE TABLE mesh.information_schema.columns (").contains("column_name varchar");
            for (String schema : new String[] {"system", "information_schema"}) {
                assertThat(mesh.rows(user, "SHOW CREATE SCHEMA mesh." + schema)).containsExactly("CREATE SCHEMA mesh." + schema);
            }
        }
        assertThat(mesh.failure("ana", "SHOW CREATE SCHEMA mesh.sales")).contains("a domain is declared by a file in the mesh directory; mesh.system.domains shows what it says");
        assertThat(mesh.failure("ana", "SHOW CREATE VIEW mesh.sales.customers")).contains("is a table, not a view");
        assertThat(mesh.failure("ana", "SHOW CREATE MATERIALIZED VIEW mesh.sales.customers")).contains("is a table, not a materialized view");
        assertThat(mesh.failure("ana", "SHOW CREATE VIEW mesh.system.slos")).contains("is a table, not a view");
        assertThat(mesh.failure("ana", "SHOW CREATE FUNCTION mesh.system.tokenize")).contains("Cannot show create function");
    }

    @Test
    void testRefusalsAreTrueOfWhatIsNoProduct()
    {
        for (String table : new String[] {"mesh.system.columns", "mesh.information_schema.columns"}) {
            String reason = table.startsWith("mesh.system") ? "the mesh makes the schema system and its tables" : "Trino makes information_schema";
            for (String statement : new String[] {
                    "INSERT INTO %s SELECT * FROM %1$s",
                    "DELETE FROM %s",
                    "UPDATE %s SET column_name = 'x'",
                    "DROP TABLE %s",
                    "TRUNCATE TABLE %s",
                    "ALTER TABLE %s ADD COLUMN x bigint",
                    "ALTER TABLE %s DROP COLUMN column_name",
                    "ALTER TABLE %s RENAME COLUMN column_name TO x",
                    "ALTER TABLE %s RENAME TO x",
                    "ALTER TABLE %s ALTER COLUMN column_name SET DATA TYPE bigint",
                    "ALTER TABLE %s SET AUTHORIZATION ana",
                    "COMMENT ON TABLE %s IS 'x'",
                    "COMMENT ON COLUMN %s.column_name IS 'x'",
                    "CREATE OR REPLACE TABLE %s (x bigint)",
                    "CREATE TABLE %s_of_mine AS SELECT 1 x",
                    "CREATE VIEW %s_of_mine AS SELECT 1 x",
                    "CREATE MATERIALIZED VIEW %s_of_mine AS SELECT 1 x",
                    "ALTER TABLE %s EXECUTE optimize",
            }) {
                assertThat(mesh.failure("ana", statement.formatted(table))).as(statement.formatted(table)).contains(reason).doesNotContain("product");
            }
            String schema = table.substring(0, table.lastIndexOf('.'));
            for (String statement : new String[] {"DROP SCHEMA %s CASCADE", "ALTER SCHEMA %s RENAME TO x"}) {
                assertThat(mesh.failure("ana", statement.formatted(schema))).as(statement.formatted(schema)).contains(reason);
            }
            getQueryRunner().execute(as("ana"), "CREATE OR REPLACE VIEW lake.sales.told AS SELECT * FROM " + table);
            assertThat(mesh.failure("sam", "SELECT * FROM lake.sales.told")).contains("would show everybody what this table shows to the owner; create it with SECURITY INVOKER");
        }
        assertThat(mesh.failure("sam", "DELETE FROM sales.\"customers$files\"")).contains("sales.customers is written by the pipeline of sales-data-team");
        assertThat(mesh.failure("ana", "CREATE TABLE mesh.quality.mine AS SELECT 1 x")).contains("the mesh makes the schema quality and its views from the quality rules of data products");
    }

    @Test
    void testRefusedViewsSayWhatWouldHelp()
    {
        getQueryRunner().execute(as("sam"), "CREATE OR REPLACE VIEW lake.sales.of_product AS SELECT * FROM mesh.sales.customers");
        getQueryRunner().execute(as("sam"), "CREATE OR REPLACE VIEW lake.sales.of_metadata AS SELECT file_path FROM mesh.sales.\"customers$files\"");
        assertThat(mesh.failure("ana", "SELECT * FROM lake.sales.of_product"))
                .contains("a view that runs as its owner passes the data product on to others, which needs the permission 'share'; create it with SECURITY INVOKER");
        assertThat(mesh.failure("ana", "SELECT * FROM lake.sales.of_metadata"))
                .contains("metadata tables are only for the stewards of a data product, and a view that runs as its owner would show this one to others; create it with SECURITY INVOKER");
    }
}
