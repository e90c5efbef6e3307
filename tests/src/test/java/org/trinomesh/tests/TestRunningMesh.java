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

import com.google.common.collect.ImmutableSet;
import io.airlift.units.Duration;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example mesh in a real server of one coordinator and two workers, with the plugin as users deploy it.
 */
final class TestRunningMesh
{
    private static final RunningMesh MESH = RunningMesh.get();

    /**
     * Whatever the locale of the shell is. The letter is written as its bytes, so that the test does not depend on its own locale.
     */
    @Test
    void testTextInAnyLocale()
    {
        assertThat(MESH.launcher().script("LC_ALL=C exec \"$0\" sql --output-format TSV \"SELECT 'gr\"$'\\303\\274'\"n'\"").text()).contains("gr\u00fcn");
    }

    @Test
    void testTheWorkersAreThereAndWork()
            throws SQLException
    {
        assertThat(MESH.rows("pat", "SELECT count(*) FROM system.runtime.nodes WHERE NOT coordinator AND state = 'active'")).containsExactly("2");
        assertThat(MESH.rows("ana", "SELECT count(*) FROM mesh.sales.customer_360 WHERE customer_id IS NOT NULL"))
                .isEqualTo(MESH.rows("pat", "SELECT count(*) FROM lake.sales.customer_360"));
        // A join of two storages of different kind: a catalog's table and one found by its location
        assertThat(MESH.rows("ana", "SELECT count(*) > 0 FROM mesh.sales.customer_transactions t JOIN mesh.platform.calendar c ON CAST(t.transaction_date AS date) = c.date_day")).containsExactly("true");
    }

    @Test
    void testEveryProductAnswersWhoMayReadIt()
            throws SQLException
    {
        Map<String, Set<String>> readers = Map.of(
                "ana", ImmutableSet.of("sales"),
                "finn", ImmutableSet.of("finance"),
                "mia", ImmutableSet.of("marketing"));
        for (Map.Entry<String, Set<String>> reader : readers.entrySet()) {
            assertThat(MESH.rows(reader.getKey(), "SHOW SCHEMAS FROM mesh")).containsAll(reader.getValue());
        }
        for (String user : List.of("ana", "sam", "mia", "finn", "dora")) {
            for (String table : MESH.rows(user, "SELECT table_schema || '.' || table_name FROM mesh.information_schema.tables WHERE table_schema NOT IN ('information_schema', 'system')")) {
                assertThat(MESH.rows(user, "SELECT count(*) > 0 FROM (SELECT * FROM mesh." + table + " LIMIT 1)")).as(user + " reads " + table).containsExactly("true");
            }
        }
        // One product of the example has something to repair. What was measured before the data was there is measured again soon.
        assertEventually(new Duration(90, SECONDS), () -> assertThat(MESH.rows("gus", "SELECT domain, product, message FROM mesh.system.problems WHERE severity <> 'info'"))
                .containsExactly("platform | regions | check publishing/gold-has-a-contract is violated: the product is gold and keeps no contract"));
    }

    @Test
    void testEveryServedColumnHasADescription()
            throws SQLException
    {
        assertThat(MESH.rows("gus", "SELECT domain || '.' || table_name || '.' || column_name FROM mesh.system.columns WHERE description IS NULL")).isEmpty();
    }

    @Test
    void testEveSeesNothing()
            throws SQLException
    {
        assertThat(MESH.rows("eve", "SHOW SCHEMAS FROM mesh")).containsExactly("information_schema", "system");
        assertThat(MESH.rows("eve", "SELECT * FROM mesh.system.data_products")).isEmpty();
        String hidden = MESH.failure("eve", "SELECT * FROM mesh.sales.customer_360");
        assertThat(MESH.failure("eve", "SELECT * FROM mesh.sales.never_was_here")).isEqualTo(hidden.replace("customer_360", "never_was_here"));
    }

    @Test
    void testTheLakeIsNoSideDoor()
    {
        for (String user : List.of("ana", "sam", "mia", "finn", "dora", "gus", "eve")) {
            assertThat(MESH.failure(user, "SELECT * FROM lake.sales.customer_360")).as(user).contains("Access Denied: Cannot access catalog lake");
            assertThat(MESH.failure(user, "SELECT * FROM tpcds.tiny.customer")).as(user).contains("Access Denied: Cannot access catalog tpcds");
        }
    }

    @Test
    void testWaysAroundAreRefusedInTheServer()
    {
        assertThat(MESH.failure("ana", "SELECT * FROM mesh.sales.\"customer_360$files\"")).contains("The metadata tables of data product sales.customer_360 are only for its stewards");
        assertThat(MESH.failure("ana", "SELECT * FROM mesh.sales.\"customer_360$partitions\"")).contains("The metadata tables of data product sales.customer_360 are only for its stewards");
        assertThat(MESH.failure("ana", "SELECT * FROM TABLE(mesh.system.table_changes('sales', 'customer_360', 1, 2))")).contains("not registered");
        assertThat(MESH.failure("ana", "CALL mesh.system.rollback_to_snapshot('sales', 'customer_360', 1)")).contains("Procedure not registered");
        for (@Language("SQL") String change : List.of(
                "INSERT INTO mesh.sales.customer_360 SELECT * FROM mesh.sales.customer_360",
                "DROP TABLE mesh.sales.customer_360",
                "ALTER TABLE mesh.sales.customer_360 ADD COLUMN x bigint",
                "COMMENT ON TABLE mesh.sales.customer_360 IS 'mine'")) {
            assertThat(MESH.failure("ana", change)).as(change).contains("is written by the pipeline of sales-data-team");
        }
        assertThat(MESH.failure("ana", "CREATE TABLE mesh.sales.mine (x bigint)")).contains("A domain publishes one by a descriptor");
    }

    @Test
    void testAnEditIsServedWithinTheRefreshInterval()
            throws IOException, SQLException
    {
        Path folder = Files.createDirectories(MESH.descriptors().resolve("domains/sales/edited"));
        Path file = folder.resolve("data-product.yaml");
        publish(file, "c_customer_sk_is_not_promised: {}");
        assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("gus", "SELECT count(*) > 0 FROM mesh.system.problems WHERE file LIKE '%edited%' AND severity = 'error'")).containsExactly("true"));

        publish(file, "- {name: region, type: varchar, description: Sales region}");
        assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("ana", "DESCRIBE mesh.sales.edited")).containsExactly("region | varchar |  | Sales region"));
        assertThat(MESH.rows("ana", "SELECT count(*) > 0 FROM mesh.sales.edited")).containsExactly("true");

        // Broken: the last good version stays, and the problem says where
        publish(file, "- {name: region, typ: varchar}");
        assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("gus", "SELECT line FROM mesh.system.problems WHERE file LIKE '%edited%' AND severity = 'error' AND message LIKE '%typ%'")).contains("9"));
        assertThat(MESH.rows("ana", "SELECT count(*) > 0 FROM mesh.sales.edited")).containsExactly("true");

        Files.delete(file);
        assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.failure("ana", "SELECT * FROM mesh.sales.edited")).contains("Table 'mesh.sales.edited' does not exist"));
    }

    private static void publish(Path file, String columns)
            throws IOException
    {
        Files.writeString(file,
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: edited, domain: sales, owner: sales-data-team, version: 1.0.0}
                spec:
                  description: A product that is being edited
                  accessControl: [{role: sales-analysts, permissions: [read]}]
                  outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customer_360}]
                  columns:
                    %s
                  slos: {freshness: {target: 24h}}
                  governance: {gdprCompliant: true}
                  support: [{channel: email, url: "mailto:sales-data@example.com"}]
                """.formatted(columns));
    }
}
