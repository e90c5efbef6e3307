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
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contracts change under a running engine. Ana reads, sam is the steward, gus is a steward of the mesh, and eve is nobody.
 */
final class TestContractChanges
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of("{domain: sales, storage: lake, namespaces: [sales]}", "{domain: sales, storage: silent, namespaces: [sales]}")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: marketing-analytics}]");

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        // A catalog service that takes every question and never answers
        ServerSocket silent = closeAfterClass(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .addMeshProperty("mesh.slo-timeout", "2s")
                .addStorage("silent", ImmutableMap.of(
                        "iceberg.catalog.type", "rest",
                        "iceberg.rest-catalog.uri", "http://127.0.0.1:" + silent.getLocalPort(),
                        "fs.local.enabled", "true",
                        // Nobody ever learns of a file in it
                        "local.location", System.getProperty("java.io.tmpdir")))
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' id, VARCHAR 'Ada' name, VARCHAR 'ada@x.org' email, INTEGER '7' visits");
        return mesh.runner();
    }

    @Test
    void testBreakingChangeIsRefused()
    {
        publish("refused", "1.0.0", "{name: id, type: bigint}", "{name: name, type: varchar}", "{name: email, type: varchar, hidden: true}");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.refused")).containsExactly("1, Ada");

        publish("refused", "1.1.0", "{name: id, type: bigint}");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.refused")).containsExactly("1, Ada");
        assertThat(mesh.rows("sam", "SELECT severity, file, line, message FROM mesh.system.problems WHERE product = 'refused' AND severity = 'error' ORDER BY message")).containsExactly(
                "error, sales/refused-1.yaml, 3, column 'refused.email' is no longer promised, which breaks what version 1.0.0 of 'sales.refused' promised",
                "error, sales/refused-1.yaml, 3, column 'refused.name' is no longer promised, which breaks what version 1.0.0 of 'sales.refused' promised");
        @Language("SQL") String sql = "SELECT version, changed_version, table_name, kind, path, old_value, new_value, severity, required_bump, refused, message, file, line FROM mesh.system.schema_changes WHERE product = 'refused' AND source = 'contract' ORDER BY path";
        List<String> whole = List.of(
                "1.0.0, 1.1.0, refused, column_removed, refused.email, varchar, null, breaking, major, true, column 'refused.email' is no longer promised, sales/refused-1.yaml, 3",
                "1.0.0, 1.1.0, refused, column_removed, refused.name, varchar, null, breaking, major, true, column 'refused.name' is no longer promised, sales/refused-1.yaml, 3");
        assertThat(mesh.rows("sam", sql)).isEqualTo(whole);
        assertThat(mesh.rows("gus", sql)).isEqualTo(whole);
        // What is not served is between the team and the mesh
        assertThat(mesh.rows("ana", sql)).isEmpty();
        assertThat(mesh.rows("mia", sql)).isEmpty();
        assertThat(mesh.rows("eve", sql)).isEmpty();
        assertThat(mesh.rows("ana", "SELECT message FROM mesh.system.problems WHERE product = 'refused' AND severity = 'error'")).isEmpty();
    }

    @Test
    void testRevokedGrantOfARefusedDocument()
    {
        publish("revoked", "1.0.0", "{name: id, type: bigint}", "{name: name, type: varchar}");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.revoked")).containsExactly("1, Ada");
        String refused = product("revoked", "1.0.0", "{name: id, type: bigint}").replace("- {role: sales-analysts, permissions: [read]}", "- {user: eve, permissions: [read]}");
        mesh.publish("sales/revoked-1.yaml", refused);
        assertThat(mesh.failure("ana", "SELECT * FROM sales.revoked")).contains("Table 'mesh.sales.revoked' does not exist");
        assertThat(mesh.failure("eve", "SELECT * FROM sales.revoked")).contains("does not exist");
        assertThat(mesh.rows("sam", "SELECT * FROM sales.revoked")).containsExactly("1, Ada");
    }

    @Test
    void testNewMajorBesideTheOldOne()
    {
        publish("customer-360", "2.1.0", "{name: id, type: bigint}", "{name: name, type: varchar}", "{name: email, type: varchar, hidden: true}");
        publish("customer-360", "3.0.0", "{name: id, type: bigint}", "{name: visits, type: bigint}");
        assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.sales LIKE 'customer%'")).containsExactly("customer_360", "customer_360_v2", "customer_360_v3");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.customer_360_v2")).containsExactly("1, Ada");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.customer_360_v3")).containsExactly("1, 7");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.customer_360")).containsExactly("1, 7");

        @Language("SQL") String sql = "SELECT version, kind, path, severity, required_bump, refused, file FROM mesh.system.schema_changes WHERE product = 'customer_360' AND source = 'contract' ORDER BY path";
        assertThat(mesh.rows("sam", sql)).containsExactly(
                "3.0.0, column_removed, customer_360.email, breaking, major, false, sales/customer-360-3.yaml",
                "3.0.0, column_removed, customer_360.name, breaking, major, false, sales/customer-360-3.yaml",
                "3.0.0, column_added, customer_360.visits, compatible, minor, false, sales/customer-360-3.yaml");
        // Nobody names to ana a column that was hidden from her, nor where it is written
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "3.0.0, column_removed, customer_360.name, breaking, major, false, null",
                "3.0.0, column_added, customer_360.visits, compatible, minor, false, null");
        assertThat(mesh.rows("mia", sql)).isEqualTo(mesh.rows("ana", sql));
        assertThat(mesh.rows("eve", sql)).isEmpty();
        assertThat(mesh.rows("ana", "SELECT product FROM mesh.system.schema_changes WHERE source = 'contract' AND domain = 'other'")).isEmpty();
    }

    @Test
    void testTableAgainstContract()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.drifting (id bigint, visits integer, score real, secret varchar)");
        publish("drifting", "1.0.0", "{name: id, type: bigint, nullable: false}", "{name: visits, type: bigint}", "{name: score, type: real}", "{name: gone, type: varchar}");
        publish("missing", "1.0.0", "{name: id, type: bigint}");
        mesh.publish("sales/missing-1.yaml", product("missing", "1.0.0", "{name: id, type: bigint}").replace("table: customers", "table: not_there"));
        @Language("SQL") String sql = "SELECT kind, path, old_value, new_value, severity, required_bump, message, line FROM mesh.system.schema_changes WHERE source = 'table' AND product = 'drifting' ORDER BY path, kind";
        assertThat(mesh.rows("sam", sql)).containsExactly(
                "column_removed, drifting.gone, varchar, null, breaking, major, column gone is promised and the table does not have it, 11",
                "made_nullable, drifting.id, not nullable, nullable, breaking, major, column id is promised without NULL, but the table allows NULL, 8",
                "column_added, drifting.secret, null, varchar, compatible, minor, the table has a column secret that is not promised, so readers do not see it, null",
                "type_narrowed, drifting.visits, bigint, integer, compatible, none, column visits is promised as bigint and the table has integer, which is read as promised, 9");
        // Physical columns are the product's stewards' to know
        assertThat(mesh.rows("gus", sql)).isEmpty();
        assertThat(mesh.rows("ana", sql)).isEmpty();
        assertThat(mesh.rows("eve", sql)).isEmpty();

        mesh.runPipeline("ALTER TABLE lake.sales.drifting ALTER COLUMN score SET DATA TYPE double");
        assertThat(mesh.rows("sam", "SELECT kind, old_value, new_value, message FROM mesh.system.schema_changes WHERE source = 'table' AND path = 'drifting.score'")).containsExactly(
                "type_widened, real, double, column score is promised as real and the table has double, so the product is out of service");

        // A table that cannot be read is a row and fails nothing
        assertThat(mesh.rows("sam", "SELECT kind, path, message FROM mesh.system.schema_changes WHERE source = 'table' AND product IN ('missing', 'drifting') ORDER BY product DESC LIMIT 1")).containsExactly(
                "unknown, missing, Data product sales.missing is out of service: its table does not exist in storage 'lake'. Ask sales-data-team");
    }

    @Test
    void testTableOfASilentCatalog()
    {
        for (String name : List.of("silent-one", "silent-two")) {
            mesh.publish("sales/%s-1.yaml".formatted(name), product(name, "1.0.0", "{name: id, type: bigint}").replace("catalog: lake", "catalog: silent"));
        }
        publish("heard", "1.0.0", "{name: id, type: bigint}", "{name: gone, type: varchar}");
        @Language("SQL") String sql = "SELECT product, kind, path, message FROM mesh.system.schema_changes WHERE source = 'table' AND product IN ('silent_one', 'silent_two', 'heard') AND kind IN ('unknown', 'column_removed') ORDER BY product";
        assertThat(mesh.rows("sam", sql)).containsExactly(
                "heard, column_removed, heard.gone, column gone is promised and the table does not have it",
                "silent_one, unknown, silent_one, the table could not be compared with its contract within 2s",
                "silent_two, unknown, silent_two, the table could not be compared with its contract within 2s");
        assertThat(mesh.rows("ana", sql)).isEmpty();
        // Nobody asks a storage of which nothing is wanted
        assertThat(mesh.rows("sam", "SELECT kind FROM mesh.system.schema_changes WHERE source = 'table' AND product = 'heard' AND kind = 'column_removed'")).containsExactly("column_removed");
    }

    @Test
    void testConsumers()
    {
        publish("used", "1.0.0", "{name: id, type: bigint}", "{name: email, type: varchar, mask: email-domain}");
        mesh.publish("sales/used-contract.yaml",
                """
                apiVersion: datacontract/v1
                kind: DataContract
                metadata: {name: used-contract, version: 1.2.0, owner: sales-data-team}
                producer: {domain: sales, dataProduct: used}
                consumers:
                  - {domain: finance, team: financial-reporting, useCase: monthly report, validUntil: 2999-12-31}
                  - {domain: marketing, team: campaigns, useCase: segments}
                """);
        @Language("SQL") String sql = "SELECT contract, contract_version, consumer_domain, team, user_name, groups, use_case, valid_until, kind, statements, last_read IS NOT NULL FROM mesh.system.contract_consumers WHERE product = 'used' ORDER BY team, user_name";
        assertThat(mesh.rows("sam", sql)).containsExactly(
                "used-contract, 1.2.0, marketing, campaigns, null, null, segments, null, declared, 0, false",
                "used-contract, 1.2.0, finance, financial-reporting, null, null, monthly report, 2999-12-31, declared, 0, false");

        // A statement counts once, whatever it reads and whichever rules mask it
        assertThat(mesh.rows("ana", "SELECT a.id, b.email FROM sales.used a JOIN sales.used b ON a.id = b.id")).containsExactly("1, ****@x.org");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM sales.used")).containsExactly("1");
        assertThat(mesh.rows("finn", "SELECT id FROM sales.used")).containsExactly("1");
        assertThat(mesh.failure("eve", "SELECT id FROM sales.used")).contains("does not exist");
        List<String> observed = List.of(
                "used-contract, 1.2.0, marketing, campaigns, null, null, segments, null, declared, 0, false",
                "used-contract, 1.2.0, finance, financial-reporting, null, null, monthly report, 2999-12-31, both, 1, true",
                "used-contract, 1.2.0, null, null, ana, [sales-analysts], null, null, observed, 2, true");
        assertThat(mesh.rows("sam", sql)).isEqualTo(observed);
        assertThat(mesh.rows("gus", sql)).isEqualTo(observed);
        // Who reads what is not everybody's to know
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "used-contract, 1.2.0, marketing, campaigns, null, null, segments, null, declared, null, false",
                "used-contract, 1.2.0, finance, financial-reporting, null, null, monthly report, 2999-12-31, declared, null, false");
        assertThat(mesh.rows("eve", sql)).isEmpty();
    }

    private void publish(String name, String version, String... columns)
    {
        mesh.publish("sales/%s-%s.yaml".formatted(name, version.charAt(0)), product(name, version, columns));
    }

    private static String product(String name, String version, String... columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: %s}
               spec:
                 description: Every customer once
                 outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %s}]
                 columns:
                   - %s
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                   - {role: sales-data-team, permissions: [read, admin]}
               """.formatted(name, version, name.equals("drifting") ? name : "customers", String.join("\n    - ", columns));
    }
}
