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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.trinomesh.cli.MeshCommand;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * Sam, the steward, checks his products from the command line. Ana reads the orders, Ben reads them without e-mail addresses,
 * Dora may know of them, and Eve is nobody.
 */
@Execution(SAME_THREAD)
final class TestQualityCheck
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("discovery", "[{group: data-scientists}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              hiddenColumns:
                - {id: hide-email, match: {columns: [email]}, except: [{role: sales-data-team}, {role: sales-analysts}]}
            """;

    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: web-orders, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Orders
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: orders}
              columns:
                - {name: order_id, type: varchar, nullable: false, unique: true}
                - {name: email, type: varchar}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {user: ben, permissions: [read]}
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: orders-contract, version: 1.0.0, owner: sales-data-team}
            producer: {domain: sales, dataProduct: web-orders}
            quality:
              rules:
                - {column: email, check: regex, pattern: "@", severity: warning}
                - {name: judged, check: text}
                - {name: by-hand, check: custom}
            """;

    private static final String REGIONS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: regions, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Regions
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: regions}
              columns:
                - {name: region, type: varchar, nullable: false}
              accessControl:
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    @TempDir
    private static Path results;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/orders.yaml", ORDERS)
                .write("domains/sales/orders-contract.yaml", CONTRACT)
                .write("domains/sales/regions.yaml", REGIONS)
                .addMeshProperty("mesh.results", results.toString())
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.regions AS SELECT * FROM (VALUES 'WEST', 'EAST') AS regions (region)");
        mesh.runPipeline("CREATE TABLE lake.sales.orders AS SELECT * FROM (VALUES ('1', 'a@b'), ('2', 'ab'), ('2', NULL), ('3', 'c@d')) AS orders (order_id, email)");
        return mesh.runner();
    }

    @Test
    void testRules()
    {
        @Language("SQL") String sql = "SELECT product, rule, \"check\", column_name, expression, threshold, origin, IF(\"check\" <> 'not_null', method), view_name FROM mesh.system.quality_rules ORDER BY product, rule";
        assertThat(mesh.rows("sam", sql)).containsExactly(
                "regions, region-not_null, not_null, region, region is NULL, must be 0, generated, null, sales__regions",
                "web_orders, by-hand, custom, null, checked elsewhere, null, written, external, null",
                "web_orders, email-regex, regex, email, email does not match @, must be 0, written, view, sales__web_orders",
                "web_orders, judged, text, null, checked elsewhere, null, written, not run, null",
                "web_orders, order_id-not_null, not_null, order_id, order_id is NULL, must be 0, generated, null, sales__web_orders",
                "web_orders, order_id-unique, unique, order_id, order_id is in another row already, must be 0, generated, view, sales__web_orders");
        assertThat(mesh.rows("ana", "SELECT rule, view_name FROM mesh.system.quality_rules ORDER BY rule")).containsExactly(
                "by-hand, null",
                "email-regex, null",
                "judged, null",
                "order_id-not_null, null",
                "order_id-unique, null");
        // What is hidden from Ben has no rules
        assertThat(mesh.rows("ben", "SELECT rule FROM mesh.system.quality_rules ORDER BY rule")).containsExactly("by-hand", "judged", "order_id-not_null", "order_id-unique");
        assertThat(mesh.rows("dora", "SELECT DISTINCT product FROM mesh.system.quality_rules ORDER BY 1")).containsExactly("regions", "web_orders");
        assertThat(mesh.rows("eve", "SELECT * FROM mesh.system.quality_rules")).isEmpty();
    }

    @Test
    void testSamChecksEverything()
            throws IOException
    {
        assertThat(check("sam", "--results", results.toString())).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly(
                "PRODUCT           RULE               COLUMN    ROWS  FAILED    RATIO  RESULT",
                "sales.regions     region-not_null    region       2       0  100.00%  passed",
                "sales.web_orders  email-regex        email        3       1   66.66%  failed",
                "sales.web_orders  order_id-not_null  order_id     4       0  100.00%  passed",
                "sales.web_orders  order_id-unique    order_id     4       1   75.00%  failed");
        List<String> progress = err.toString().lines().toList();
        assertThat(progress).hasSize(4);
        assertThat(progress.get(0)).matches("\\[1/2] sales\\.regions [0-9.]+ {2}1 rule {2}[0-9.]+ s");
        assertThat(progress.get(1)).matches("\\[2/2] sales\\.web_orders [0-9.]+ {2}3 rules {2}[0-9.]+ s");
        assertThat(progress.get(2)).startsWith("The results are in " + results);
        assertThat(progress.get(3)).isEqualTo("2 rules passed, 2 failed, 0 not checked");
        try (Stream<Path> files = Files.list(results)) {
            List<Path> written = files.toList();
            assertThat(written).allMatch(file -> file.toString().endsWith(".jsonl"));
            assertThat(Files.readAllLines(written.getLast())).hasSize(2).last().asString()
                    .contains("\"inputs\":[{\"namespace\":\"mesh\",\"name\":\"mesh.sales.web_orders\"")
                    .contains("{\"assertion\":\"email-regex\",\"success\":false,\"column\":\"email\",\"severity\":\"warning\"}")
                    .contains("{\"rule\":\"email-regex\",\"passed\":2,\"failed\":1}")
                    .contains("\"rowCount\":4,\"columnMetrics\":{\"order_id\":{\"nullCount\":0}}");
        }
        assertResultsAreRead();
        assertAnotherToolIsRead();
    }

    private void assertAnotherToolIsRead()
            throws IOException
    {
        Files.writeString(results.resolve("soda.jsonl"),
                """
                {"eventTime":"2026-05-01T06:00:00Z","eventType":"COMPLETE","producer":"soda","run":{"runId":"r1"},"job":{"namespace":"n","name":"j"},"inputs":[{"namespace":"mesh","name":"mesh.sales.web_orders","inputFacets":{"dataQualityAssertions":{"assertions":[{"assertion":"custom_sql","name":"email-regex","column":"email","success":false,"severity":"warn","expected":"a secret"},{"assertion":"custom_sql","name":"sums of ada","column":"order_id","success":true,"severity":"call ada","actual":"a secret"}]}}}]}
                """);
        @Language("SQL") String sql = "SELECT rule, assertion, severity FROM mesh.system.quality_results WHERE producer = 'soda' ORDER BY column_name";
        assertEventually(() -> assertThat(mesh.rows("sam", sql)).containsExactly("email-regex, email-regex (custom_sql), warning", "null, sums of ada (custom_sql), call ada"));
        // What a tool says in its own words is for stewards
        assertThat(mesh.rows("ana", sql)).containsExactly("email-regex, email-regex, warning", "null, null, null");
        assertThat(mesh.rows("ben", sql)).containsExactly("null, null, null");
        assertThat(mesh.rows("eve", sql)).isEmpty();
        assertThat(mesh.rows("sam", "SELECT * FROM mesh.system.quality_results")).noneMatch(row -> row.contains("secret"));
    }

    private void assertResultsAreRead()
    {
        @Language("SQL") String sql = "SELECT product, rule, assertion, column_name, passed, failed, round(ratio, 2), success, severity, job FROM mesh.system.quality_results WHERE producer <> 'manifests' ORDER BY product, rule";
        assertEventually(() -> assertThat(mesh.rows("sam", sql)).containsExactly(
                "regions, region-not_null, region-not_null, region, 2, 0, 1.0, true, null, mesh/check",
                "web_orders, email-regex, email-regex, email, 2, 1, 0.67, false, warning, mesh/check",
                "web_orders, order_id-not_null, order_id-not_null, order_id, 4, 0, 1.0, true, null, mesh/check",
                "web_orders, order_id-unique, order_id-unique, order_id, 3, 1, 0.75, false, null, mesh/check"));
        // Ana sees all of the orders, and so how many fail
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "web_orders, email-regex, email-regex, email, 2, 1, 0.67, false, warning, null",
                "web_orders, order_id-not_null, order_id-not_null, order_id, 4, 0, 1.0, true, null, null",
                "web_orders, order_id-unique, order_id-unique, order_id, 3, 1, 0.75, false, null, null");
        assertThat(mesh.rows("ben", sql)).containsExactly(
                "web_orders, order_id-not_null, order_id-not_null, order_id, null, null, null, true, null, null",
                "web_orders, order_id-unique, order_id-unique, order_id, null, null, null, false, null, null");
        assertThat(mesh.rows("dora", sql)).containsExactly(
                "regions, region-not_null, region-not_null, region, null, null, null, true, null, null",
                "web_orders, order_id-not_null, order_id-not_null, order_id, null, null, null, true, null, null",
                "web_orders, order_id-unique, order_id-unique, order_id, null, null, null, false, null, null");
        assertThat(mesh.rows("eve", sql)).isEmpty();
    }

    @Test
    void testOneProductThatIsWell()
    {
        assertThat(check("sam", "--product", "regions", "--format", "json")).isEqualTo(0);
        assertThat(out.toString().lines()).containsExactly(
                "{\"domain\":\"sales\",\"product\":\"regions\",\"version\":\"1.0.0\",\"table_name\":\"regions\",\"rule\":\"region-not_null\",\"check\":\"not_null\",\"column_name\":\"region\",\"column_names\":[\"region\"],\"rows\":2,\"failed\":0,\"ratio\":1.0,\"threshold\":\"must be 0\",\"passed\":true,\"note\":null}");
        assertThat(err.toString()).contains("The results are not kept; name the mesh's results directory with --results");
        assertThat(check("sam", "--domain", "sales", "--product", "sales.web-orders")).isEqualTo(1);
    }

    @Test
    void testOthersHaveNothingToCheck()
    {
        for (String user : List.of("ana", "ben", "dora", "eve")) {
            assertThat(check(user)).as(user).isEqualTo(2);
            assertThat(err.toString()).contains(user + " is not a steward of such a data product with quality rules; mesh.system.quality_rules lists the rules");
        }
        assertThat(check("sam", "--product", "absent")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void testNothingRuns()
    {
        assertThat(run("check", "--server", "http://127.0.0.1:1", "--user", "sam")).isEqualTo(2);
        assertThat(err.toString()).contains("The mesh at http://127.0.0.1:1 cannot be queried: nothing answers at 127.0.0.1:1").doesNotContain("Usage");
    }

    private int check(String user, String... more)
    {
        List<String> arguments = new ArrayList<>(List.of("check", "--server", getDistributedQueryRunner().getCoordinator().getBaseUrl().toString(), "--user", user));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments)
    {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return MeshCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
