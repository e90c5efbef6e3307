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
import org.junit.jupiter.api.parallel.Execution;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * What a statement asks of the storage: the statements its catalog received, seen by the database driver, and the file
 * operations, seen by the engine's tracing. A listing asks nothing; a select asks for each product's pointer once.
 */
// The counters are shared
@Execution(SAME_THREAD)
final class TestOperationCounts
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("discovery", "[{group: sales-analysts}]");

    private static String product(String name, String readers)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Test product
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales}
                 columns:
                   - {name: id, type: bigint}
                   - {name: name, type: varchar}
                 accessControl:
                   - {role: %s, permissions: [read]}
                   - {domain: sales, permissions: [read, share]}
               """.formatted(name, readers);
    }

    /**
     * A product that stores the rows of a query over two others.
     */
    private static String stored(String name, String gracePeriod)
    {
        return product(name, "sales-analysts")
                .replace("catalog: lake, schema: sales}", "query: {sql: 'SELECT c.id, o.name FROM customers c JOIN orders o ON o.id = c.id', materialized: {storage: lake, schema: sales, table: %s%s}}}".formatted(name, gracePeriod))
                .replace("[read]", "[read, write]");
    }

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("sales/customers.yaml", product("customers", "sales-analysts"))
                .write("sales/orders.yaml", product("orders", "sales-analysts"))
                .write("sales/returns.yaml", product("returns", "sales-analysts"))
                .write("sales/forecast.yaml", product("forecast", "sales-data-team"))
                .write("sales/exact.yaml", stored("exact", ""))
                .write("sales/daily.yaml", stored("daily", ", gracePeriod: 1d"))
                .countStatements()
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        for (String table : List.of("customers", "orders", "returns", "forecast")) {
            mesh.runPipeline("CREATE TABLE lake.sales." + table + " AS SELECT BIGINT '1' id, VARCHAR 'Ada' name");
        }
        return mesh.runner();
    }

    @Test
    void testListingsAskNothing()
    {
        for (@Language("SQL") String listing : List.of(
                "SHOW CATALOGS",
                "SHOW SCHEMAS FROM mesh",
                "SHOW TABLES FROM mesh.sales",
                "SHOW TABLES FROM mesh.system",
                "SHOW COLUMNS FROM mesh.sales.customers",
                "DESCRIBE mesh.sales.customers",
                "DESCRIBE mesh.sales.exact",
                "SHOW COLUMNS FROM mesh.sales.daily",
                "SHOW CREATE TABLE mesh.sales.exact",
                "SELECT * FROM mesh.information_schema.schemata",
                "SELECT * FROM mesh.information_schema.tables",
                "SELECT * FROM mesh.information_schema.columns",
                "SELECT * FROM mesh.information_schema.columns WHERE table_schema = 'sales' AND table_name = 'customers'",
                "SELECT * FROM mesh.information_schema.columns WHERE table_schema = 'sales' AND table_name = 'exact'",
                "SELECT * FROM mesh.information_schema.tables WHERE table_schema = 'sales' AND table_name = 'exact'",
                "SELECT * FROM mesh.information_schema.columns WHERE table_name LIKE 'cust%'",
                "SELECT * FROM mesh.information_schema.views",
                "SELECT * FROM mesh.information_schema.table_privileges",
                "SELECT * FROM system.jdbc.schemas WHERE table_catalog = 'mesh'",
                "SELECT * FROM system.jdbc.tables WHERE table_cat = 'mesh'",
                "SELECT * FROM system.jdbc.tables WHERE table_cat = 'mesh' AND table_schem LIKE 'sal%' ESCAPE '\\' AND table_name LIKE 'c%' ESCAPE '\\'",
                "SELECT * FROM system.jdbc.columns WHERE table_cat = 'mesh'",
                "SELECT * FROM system.jdbc.columns WHERE table_cat = 'mesh' AND table_schem LIKE 'sal%' ESCAPE '\\' AND table_name LIKE 'c%' ESCAPE '\\'",
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = 'mesh'",
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'sales' AND table_name = 'customers'",
                "SELECT * FROM system.metadata.materialized_views WHERE catalog_name = 'mesh'",
                "SELECT * FROM mesh.system.domains",
                "SELECT * FROM mesh.system.data_products",
                "SELECT * FROM mesh.system.output_ports",
                "SELECT * FROM mesh.system.input_ports",
                "SELECT * FROM mesh.system.lineage",
                "SELECT * FROM mesh.system.column_lineage",
                "SELECT * FROM mesh.system.columns",
                "SELECT * FROM mesh.system.problems",
                "SELECT * FROM mesh.system.registry")) {
            Operations operations = operations("ana", listing);
            assertThat(operations.catalog()).as(listing).isEmpty();
            assertThat(operations.files()).as(listing).isEmpty();
        }
    }

    @Test
    void testASelectAsksForEachPointerOnce()
    {
        assertThat(operations("ana", "SELECT * FROM mesh.sales.customers").catalog()).hasSize(1);
        assertThat(operations("ana", "SELECT count(*) FROM mesh.sales.customers WHERE id > 0").catalog()).hasSize(1);
        assertThat(operations("ana", "SELECT * FROM mesh.sales.customers c JOIN mesh.sales.orders o ON c.id = o.id").catalog()).hasSize(2);
        assertThat(operations("ana", "SELECT * FROM mesh.sales.customers a JOIN mesh.sales.customers b ON a.id = b.id").catalog()).hasSize(1);
        assertThat(operations("ana", "EXPLAIN SELECT * FROM mesh.sales.customers").catalog()).hasSize(1);
    }

    @Test
    void testStoredRowsAskForTheirSourcesOnlyWhereTheyHaveTo()
    {
        for (String name : List.of("exact", "daily")) {
            mesh.runner().execute(as("ana"), "REFRESH MATERIALIZED VIEW mesh.sales." + name);
        }
        // Its own pointer, and those of two sources
        assertThat(operations("ana", "SELECT * FROM mesh.sales.exact").catalog()).hasSize(3);
        assertThat(operations("ana", "SELECT * FROM mesh.sales.exact e JOIN mesh.sales.customers c ON c.id = e.id").catalog()).hasSize(3);
        assertThat(operations("ana", "SELECT * FROM mesh.sales.daily").catalog()).hasSize(1);
        // The sources are compared by what is known of their versions, and no file of theirs is opened
        assertThat(operations("ana", "SELECT * FROM mesh.sales.exact").opened()).allMatch(file -> file.contains("exact"));
    }

    @Test
    void testPlanningReadsAVersionOnce()
    {
        operations("ana", "SELECT * FROM mesh.sales.orders");
        Operations planned = operations("ana", "EXPLAIN SELECT * FROM mesh.sales.orders");
        assertThat(planned.catalog()).hasSize(1);
        assertThat(planned.files()).isEmpty();
        // The manifest comes from memory, and of the table's files only those of its rows are opened
        assertThat(operations("ana", "SELECT * FROM mesh.sales.orders").opened()).allMatch(file -> file.contains(".parquet"));
    }

    @Test
    void testACommitCostsItsOwnFilesOnly()
    {
        for (int row = 2; row <= 20; row++) {
            mesh.runPipeline("INSERT INTO lake.sales.returns VALUES (%s, 'Ada')".formatted(row));
        }
        operations("ana", "SELECT * FROM mesh.sales.returns WHERE id = 3");
        // Other conditions: nothing that was found out with those of the query before helps here
        Operations known = operations("ana", "SELECT * FROM mesh.sales.returns WHERE id = 7");
        assertThat(known.opened()).isNotEmpty().allMatch(file -> file.contains(".parquet"));
        mesh.runPipeline("INSERT INTO lake.sales.returns VALUES (21, 'Ada')");
        Operations afterACommit = operations("ana", "SELECT * FROM mesh.sales.returns WHERE id = 21");
        assertThat(afterACommit.opened().stream().filter(file -> file.contains(".metadata.json")).map(Operations::file).distinct()).hasSize(1);
        // The list of manifests and the new manifest, of twenty
        assertThat(afterACommit.opened().stream().filter(file -> file.contains(".avro")).map(Operations::file).distinct()).hasSize(2);
    }

    /**
     * What makes a table slow is told without opening a manifest.
     */
    @Test
    void testHealthOpensOnlyTheTablesThatAreAskedFor()
    {
        String sql = "SELECT * FROM mesh.system.table_health WHERE domain = 'sales' AND product = 'forecast'";
        Operations measured = operations("sam", sql);
        assertThat(measured.catalog()).hasSize(1);
        assertThat(measured.files()).isNotEmpty()
                .allMatch(file -> file.contains("/forecast-"))
                .allMatch(file -> file.contains(".metadata.json") || file.contains("/snap-"));
        Operations again = operations("sam", sql);
        assertThat(again.catalog()).hasSize(1);
        assertThat(again.files()).isEmpty();
        for (@Language("SQL") String names : List.of("SELECT domain, product, version, table_name FROM mesh.system.table_health", "SELECT * FROM mesh.system.table_health WHERE product = 'never_was'")) {
            assertThat(operations("sam", names)).as(names).isEqualTo(new Operations(List.of(), List.of()));
        }
        assertThat(operations("ana", "SELECT * FROM mesh.system.table_health")).isEqualTo(new Operations(List.of(), List.of()));
    }

    @Test
    void testWhatIsNotReadableIsNotOpened()
    {
        for (String table : List.of("customers", "forecast", "never_was")) {
            assertNothingAsked("eve", "SELECT * FROM mesh.sales." + table);
        }
        assertNothingAsked("ana", "SELECT * FROM mesh.sales.forecast");
        assertNothingAsked("ana", "SELECT count(*) FROM mesh.sales.forecast");
        assertNothingAsked("ana", "SELECT * FROM mesh.sales.\"customers$files\"");
        assertNothingAsked("ana", "SELECT * FROM mesh.sales.\"customers$partitions\"");
        assertNothingAsked("ana", "INSERT INTO mesh.sales.forecast VALUES (1, 'x')");
    }

    private void assertNothingAsked(String user, @Language("SQL") String sql)
    {
        CountingDriver.reset();
        assertThat(query(as(user), sql)).failure().isNotNull();
        assertThat(CountingDriver.statements()).as(sql).isEmpty();
    }

    private Operations operations(String user, @Language("SQL") String sql)
    {
        CountingDriver.reset();
        mesh.runner().execute(as(user), sql);
        return new Operations(
                CountingDriver.statements(),
                mesh.runner().getSpans().stream()
                        .filter(span -> span.getName().startsWith("FileSystem") || span.getName().startsWith("Input") || span.getName().startsWith("Output"))
                        .map(span -> span.getName() + span.getAttributes())
                        .toList());
    }

    private record Operations(List<String> catalog, List<String> files)
    {
        private List<String> opened()
        {
            return files.stream().filter(file -> file.startsWith("Input")).toList();
        }

        /**
         * The file that an operation was on.
         */
        private static String file(String operation)
        {
            return operation.replaceAll(".*?location=([^,}]*).*", "$1");
        }
    }
}
