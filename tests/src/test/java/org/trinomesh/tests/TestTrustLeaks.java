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

import java.nio.file.Files;
import java.util.List;

import static java.util.Locale.ENGLISH;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What quality, lineage and objectives would tell of data that is kept from whoever asks. Sam is the steward of the orders, Ana
 * reads them without the number of the state, Ben with masked e-mail addresses, Mona only those of the west, Dora may know of
 * them, and nobody of these may know of the payroll.
 */
final class TestTrustLeaks
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales", "hr")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: data-scientists}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: mask-email, match: {columns: [email]}, mask: email-domain, principals: [{user: ben}]}
              hiddenColumns:
                - {id: hide-ssn, match: {columns: [ssn]}, except: [{role: sales-data-team}]}
                - {id: hide-private, match: {tags: [private]}, except: [{role: sales-data-team}]}
              rowFilters:
                - {id: west, match: {products: [sales.orders]}, filter: "region = 'WEST'", principals: [{user: mona}]}
            """;

    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Orders
              slos: {completeness: {target: 99%}}
              inputPorts:
                - {name: crm, type: cdc-stream, source: salesforce}
                - {name: returns, type: data-product, source: returns}
                - {name: wages, type: data-product, source: hr.payroll}
                - {name: absent, type: data-product, source: hr.never_was}
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  catalog: lake
                  schema: sales
                  tables: [orders, {table: contacts, name: contacts, columns: [{name: email, type: varchar, nullable: false}, {name: region, type: varchar}, {name: note, type: varchar}]}]
              columns:
                - {name: order_id, type: varchar, nullable: false}
                - {name: email, type: varchar}
                - {name: region, type: varchar}
                - {name: ssn, type: varchar}
                - {name: note, type: varchar, tags: [private]}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {user: ben, permissions: [read]}
                - {user: mona, permissions: [read]}
                - {role: sales-data-team, permissions: [read, write, admin]}
            """;

    private static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: orders-contract, version: 1.0.0, owner: sales-data-team}
            producer: {domain: sales, dataProduct: orders}
            quality:
              rules:
                - {name: mail, column: email, check: regex, pattern: "@"}
                - {name: known-region, column: region, check: regex, pattern: "^(WEST|EAST)$"}
                - {name: unique-ssn, column: ssn, check: unique}
                - {name: by-hand, check: custom}
            """;

    private static final String RETURNS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: returns, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Returns
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: returns}
              columns:
                - {name: order_id, type: varchar, derivedFrom: [orders.order_id]}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {role: sales-data-team, permissions: [read, write, admin]}
            """;

    private static final String TICKETS =
            RETURNS.replace("returns", "tickets")
                    .replace("Returns", "Tickets")
                    .replace(", derivedFrom: [orders.order_id]", "")
                    .replace("  outputPorts:", "  inputPorts: [{name: orders, type: data-product, source: orders}]\n  outputPorts:");

    private static final String PAYROLL =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: payroll, domain: hr, owner: hr-team, version: 1.0.0}
            spec:
              description: What people earn
              discoverable: false
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: hr, table: payroll}
              columns:
                - {name: wage, type: varchar}
              accessControl:
                - {role: hr-team, permissions: [read, admin]}
            """;

    private static final String EVENTS =
            """
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"soda","run":{"runId":"1"},"job":{"namespace":"soda","name":"scan"},"inputs":[{"namespace":"mesh","name":"mesh.sales.orders","inputFacets":{"dataQualityAssertions":{"assertions":[{"assertion":"mail","column":"email","success":false},{"assertion":"known-region","column":"region","success":false},{"assertion":"not_null","column":"order_id","success":true},{"assertion":"unique-ssn","column":"ssn","success":false},{"assertion":"by-hand","success":true},{"assertion":"unique-ssn","column":"order_id","success":false},{"assertion":"own words","column":"order_id","success":false}]}}}],"outputs":[]}
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"spark","run":{"runId":"2"},"job":{"namespace":"spark","name":"load"},"inputs":[{"namespace":"mesh","name":"mesh.sales.orders"}],"outputs":[{"namespace":"mesh","name":"mesh.sales.returns","facets":{"columnLineage":{"fields":{"order_id":{"inputFields":[{"namespace":"mesh","name":"mesh.sales.orders","field":"order_id","transformations":[{"type":"DIRECT","subtype":"TRANSFORMATION","description":"concat(order_id, ssn)"}]}]}}}}}]}
            {"eventType":"COMPLETE","eventTime":"+99999-05-01T06:00:00Z","producer":"spark","run":{"runId":"3"},"job":{"namespace":"spark","name":"load"},"inputs":[{"namespace":"mesh","name":"mesh.sales.returns"}],"outputs":[{"namespace":"mesh","name":"mesh.sales.orders"}]}
            """;

    private MeshDirectory results;
    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        results = closeAfterClass(MeshDirectory.create()).write("runs/events.jsonl", EVENTS);
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/orders.yaml", ORDERS)
                .write("domains/sales/orders-contract.yaml", CONTRACT)
                .write("domains/sales/returns.yaml", RETURNS)
                .write("domains/sales/tickets.yaml", TICKETS)
                .write("domains/hr/payroll.yaml", PAYROLL)
                .addMeshProperty("mesh.results", results.path().toString())
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.orders AS SELECT * FROM (VALUES ('O-1', 'a@b', 'WEST', '1', 'a'), ('O-2', 'ab', 'NORTH', '1', 'b')) AS orders (order_id, email, region, ssn, note)");
        mesh.runPipeline("CREATE TABLE lake.sales.contacts AS SELECT * FROM (VALUES ('a@b', 'WEST', 'c')) AS contacts (email, region, note)");
        mesh.runPipeline("CREATE TABLE lake.sales.returns AS SELECT * FROM (VALUES 'O-1') AS returns (order_id)");
        return mesh.runner();
    }

    @Test
    void testInputPortsDoNotNameWhatIsHidden()
    {
        @Language("SQL") String sql = "SELECT port, source FROM mesh.system.input_ports WHERE product = 'orders' ORDER BY port";
        for (String user : List.of("ana", "ben", "dora")) {
            assertThat(mesh.rows(user, sql)).as(user).containsExactly("absent, null", "crm, salesforce", "returns, " + (user.equals("ben") ? "null" : "returns"), "wages, null");
        }
        // His own words
        assertThat(mesh.rows("sam", sql)).containsExactly("absent, hr.never_was", "crm, salesforce", "returns, returns", "wages, hr.payroll");
        assertThat(mesh.rows("gus", sql)).containsExactly("absent, null", "crm, salesforce", "returns, returns", "wages, hr.payroll");
    }

    @Test
    void testWhetherHiddenValuesAreGoodIsNotTold()
    {
        @Language("SQL") String sql = "SELECT assertion, column_name, success FROM mesh.system.quality_results WHERE producer = 'soda' ORDER BY assertion, column_name";
        assertThat(mesh.rows("sam", sql)).containsExactly("by-hand, null, true", "known-region, region, false", "mail, email, false", "not_null, order_id, true", "own words, order_id, false", "unique-ssn, order_id, false", "unique-ssn, ssn, false");
        // Of a rule about a hidden column nothing, whatever column a tool tells it of; of what a tool checks in its own words nobody knows what it reads
        assertThat(mesh.rows("ana", sql)).containsExactly("by-hand, null, null", "known-region, region, false", "mail, email, false", "not_null, order_id, true", "null, order_id, null");
        assertThat(mesh.rows("dora", sql)).isEqualTo(mesh.rows("ana", sql));
        // What is masked for Ben is among what is checked
        assertThat(mesh.rows("ben", sql)).containsExactly("by-hand, null, null", "known-region, region, false", "mail, email, null", "not_null, order_id, true", "null, order_id, null");
        // That a region is wrong would tell Mona of rows in other regions than hers
        assertThat(mesh.rows("mona", sql)).containsExactly("by-hand, null, null", "known-region, region, null", "mail, email, null", "not_null, order_id, null", "null, order_id, null");
    }

    @Test
    void testToolsDoNotNameHiddenColumns()
    {
        @Language("SQL") String sql = "SELECT from_column, to_column, transformation FROM mesh.system.column_lineage WHERE kind = 'observed'";
        assertThat(mesh.rows("sam", sql)).containsExactly("order_id, order_id, DIRECT/TRANSFORMATION: concat(order_id, ssn)");
        assertThat(mesh.rows("ana", sql)).containsExactly("order_id, order_id, DIRECT/TRANSFORMATION");
    }

    @Test
    void testImpactBeginsAtColumnsThatAreSeen()
    {
        @Language("SQL") String sql = "SELECT path FROM TABLE(mesh.system.impact('sales', 'orders', 'note')) WHERE name = 'sales.tickets'";
        assertThat(mesh.rows("sam", sql)).containsExactly("sales.orders.note -> sales.tickets");
        assertThat(mesh.rows("ana", sql)).containsExactly("sales.orders__contacts.note -> sales.tickets");
    }

    @Test
    void testNoEventBreaksLineage()
    {
        assertThat(mesh.rows("ana", "SELECT from_product, to_product, last_seen FROM mesh.system.lineage WHERE kind = 'observed'")).containsExactly("orders, returns, 2026-05-01T06:00Z[UTC]");
        assertThat(mesh.rows("gus", "SELECT line, message FROM mesh.system.problems WHERE file = 'runs/events.jsonl'"))
                .containsExactly("3, OpenLineage event cannot be read: eventTime is more than a day in the future; correct the clock of the tool, and write the event again");
    }

    @Test
    void testWorstTableTellsOfAllTables()
    {
        @Language("SQL") String slos = "SELECT status, actual, evidence FROM mesh.system.slos WHERE product = 'orders'";
        List<String> before = mesh.rows("ben", slos);
        assertThat(before).containsExactly("unknown, null, only readers of the unmasked columns see this, because it would reveal something about their values");
        assertThat(mesh.rows("sam", slos)).singleElement().asString().startsWith("met, 100%");
        assertThat(mesh.rows("ana", slos)).singleElement().asString().startsWith("met, 100%");
        mesh.runPipeline("INSERT INTO lake.sales.contacts VALUES (NULL, 'WEST', 'd')");
        assertThat(mesh.rows("sam", slos)).singleElement().asString().startsWith("breached, 50%");
        assertThat(mesh.rows("ben", slos)).isEqualTo(before);
        mesh.runPipeline("DELETE FROM lake.sales.contacts WHERE email IS NULL");
    }

    @Test
    void testQuestionsThatAreMeantToHurt()
    {
        assertThat(mesh.rows("ana", "SELECT count(*) FROM TABLE(mesh.system.search(query => rpad('orders ', 1000000, '(a*)~2? ')))")).hasSize(1);
        for (String limit : List.of("-1", "0", "9223372036854775807")) {
            assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(query => 'orders', limit => %s))".formatted(limit))).contains("limit must be from 1 to 1000");
        }
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(query => 'orders', tags => ARRAY[NULL]))")).contains("tags must be an array of names, without NULL and without empty ones");
        for (String depth : List.of("2147483648", "-2147483648", "9223372036854775807")) {
            assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.lineage(domain => 'sales', product => 'orders', depth => %s))".formatted(depth))).contains("depth must be a number from 1 to 50");
        }
        for (String column : List.of("ssn", "SSN", "*", "never_was", "$path")) {
            assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.impact('sales', 'orders', '%s'))".formatted(column))).contains("has no column '%s'; mesh.system.columns has those that you see".formatted(column.toLowerCase(ENGLISH)));
        }
        for (String name : List.of("payroll", "never_was", "payroll_v1", "PAYROLL", " payroll ")) {
            assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.lineage('hr', '%s'))".formatted(name))).contains("There is no data product 'hr.%s'".formatted(name));
        }
    }

    @Test
    void testResultsDirectoryMayHoldAnything()
            throws Exception
    {
        Files.createDirectories(results.path().resolve("folder.jsonl/folder.json"));
        results.write("deep.jsonl", "[".repeat(500_000) + "\n" + "{\"a\":".repeat(200_000) + "\n");
        results.write("number.jsonl", "{\"eventTime\": " + "9".repeat(100_000) + "}\n");
        results.write("control.json", "\u0000\u0001\u001b[2J");
        assertThat(new ProcessBuilder("mkfifo", results.path().resolve("pipe.jsonl").toString()).start().waitFor()).isEqualTo(0);
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.system.lineage WHERE kind = 'observed'")).containsExactly("1");
        assertThat(mesh.rows("gus", "SELECT DISTINCT file FROM mesh.system.problems WHERE message LIKE 'OpenLineage%' ORDER BY 1")).containsExactly("control.json", "deep.jsonl", "number.jsonl", "runs/events.jsonl");
        assertThat(mesh.rows("sam", "SELECT DISTINCT file FROM mesh.system.problems WHERE message LIKE 'OpenLineage%'")).isEmpty();
    }
}
