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

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Customers come from a CRM and from a table of its own database, feed segments of marketing, a secret product of the people's
 * domain and a report of finance that is made of the secret one. Ana may discover what is findable, sam is the steward of the
 * customers, mia of the segments, gus is a steward of the mesh, and eve is nobody.
 */
final class TestLineageTables
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales", "marketing", "people", "finance")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: sales-analysts}, {group: sales-data-team}, {group: marketing-analytics}]");

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Every customer once
              inputPorts:
                - {name: crm, type: cdc-stream, source: salesforce}
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customers}
              columns:
                - {name: id, type: bigint}
                - {name: email, type: varchar}
                - {name: ssn, type: varchar, hidden: true}
                - {name: addr, type: "row(street varchar, city varchar)", fields: [{name: street, mask: replace-with-null}]}
                - {name: home, type: "array(row(street varchar))", hidden: true}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {role: sales-data-team, permissions: [read, write, admin]}
              support: [{channel: "#sales-data"}]
            """;

    private static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: customers-contract, version: 1.0.0, owner: sales-data-team}
            producer: {domain: sales, dataProduct: customers, team: sales-data-team, contact: sales@example.com}
            consumers:
              - {domain: marketing, team: marketing-analytics, useCase: Segments}
              - {domain: marketing, team: agency, validFrom: 2020-01-01, validUntil: 2020-12-31}
            """;

    private static final String SEGMENTS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: segments, domain: marketing, owner: marketing-analytics, version: 1.0.0}
            spec:
              description: Who may like what
              inputPorts:
                - {name: customers, type: data-product, source: sales.customers}
                - {name: salaries, type: data-product, source: people.salaries}
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: marketing, table: segments}
              columns:
                - {name: contact, type: varchar, derivedFrom: [sales.customers.email], transformation: lower case}
                - {name: shadow, type: varchar, derivedFrom: [sales.customers.ssn]}
                - {name: street, type: varchar, derivedFrom: [sales.customers.addr.street, sales.customers.home.street]}
                - {name: town, type: varchar}
              accessControl:
                - {role: marketing-analytics, permissions: [read, admin]}
            """;

    private static final String SALARIES =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: salaries, domain: people, owner: people-team, version: 1.0.0}
            spec:
              description: What people earn
              discoverable: false
              inputPorts:
                - {name: customers, type: data-product, source: sales.customers}
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: people, table: salaries}
              columns:
                - {name: name, type: varchar, derivedFrom: [sales.customers.email]}
              accessControl:
                - {role: people-team, permissions: [read, admin]}
            """;

    private static final String REPORT =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: report, domain: finance, owner: finance-team, version: 1.0.0}
            spec:
              description: What it costs
              inputPorts:
                - {name: salaries, type: data-product, source: people.salaries}
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: finance, table: report}
              columns:
                - {name: cost, type: varchar, derivedFrom: [people.salaries.name]}
              accessControl:
                - {role: finance-team, permissions: [read]}
            """;

    private static final String EVENTS =
            """
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"trino","run":{"runId":"1"},"job":{"namespace":"trino://host:8080","name":"secret-pipeline"},"inputs":[{"namespace":"trino://host:8080","name":"lake.sales.customers"}],"outputs":[{"namespace":"trino://host:8080","name":"lake.marketing.segments","facets":{"columnLineage":{"fields":{"contact":{"inputFields":[{"namespace":"trino://host:8080","name":"lake.sales.customers","field":"email"}]},"TOWN":{"inputFields":[{"namespace":"trino://host:8080","name":"\\"lake\\".\\"sales\\".\\"customers\\"","field":"addr.CITY"}]}}}}}]}
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"trino","run":{"runId":"2"},"job":{"namespace":"airflow","name":"crm-import"},"inputs":[{"namespace":"postgres://crm-host","name":"crm.public.people"}],"outputs":[{"namespace":"trino://host:8080","name":"lake.sales.customers","facets":{"columnLineage":{"fields":{"email":{"inputFields":[{"namespace":"postgres://crm-host","name":"crm.public.people","field":"mail"}]}}}}}]}
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"trino","run":{"runId":"3"},"job":{"namespace":"airflow","name":"payroll"},"inputs":[{"namespace":"trino://host:8080","name":"lake.people.salaries"}],"outputs":[{"namespace":"trino://host:8080","name":"lake.finance.report"}]}
            no event
            """;

    private static final @Language("SQL") String EDGES = "SELECT from_kind, from_domain, from_product, from_name, to_kind, to_domain, to_product, to_name, kind, job, evidence, last_seen FROM mesh.system.lineage WHERE from_kind <> 'port' AND to_kind <> 'port' ORDER BY to_name, from_name, kind";

    private MeshDirectory results;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        results = closeAfterClass(MeshDirectory.create()).write("runs/trino.jsonl", EVENTS);
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("domains/sales/customers.yaml", CUSTOMERS)
                .write("domains/sales/customers-contract.yaml", CONTRACT)
                .write("domains/marketing/segments.yaml", SEGMENTS)
                .write("domains/people/salaries.yaml", SALARIES)
                .write("domains/finance/report.yaml", REPORT)
                .addMeshProperty("mesh.results", results.path().toString())
                .start());
        return mesh.runner();
    }

    @Test
    void testAnaKnowsWhatIsBetweenProductsSheMayDiscover()
    {
        assertThat(mesh.rows("ana", EDGES)).containsExactly(
                "product, sales, customers, sales.customers, product, marketing, segments, marketing.segments, declared, null, input port customers of marketing.segments, null",
                "product, sales, customers, sales.customers, product, marketing, segments, marketing.segments, observed, null, OpenLineage, 2026-05-01T06:00Z[UTC]",
                "source, null, null, salesforce, product, sales, customers, sales.customers, declared, null, input port crm of sales.customers, null");
        assertThat(mesh.rows("ana", "SELECT from_name, to_kind, to_name, evidence FROM mesh.system.lineage WHERE to_kind NOT IN ('product') ORDER BY to_name")).containsExactly(
                "finance.report, port, finance.report:sql, output port of type sql",
                "marketing.segments, port, marketing.segments:sql, output port of type sql",
                "sales.customers, port, sales.customers:sql, output port of type sql");
    }

    @Test
    void testStewardsKnowTablesDatasetsAndJobsOfTheirProducts()
    {
        assertThat(mesh.rows("sam", "SELECT from_kind, from_name, to_kind, to_name, kind, job FROM mesh.system.lineage WHERE 'product' NOT IN (from_kind, to_kind) OR from_kind = 'dataset' OR kind = 'observed' ORDER BY to_name")).containsExactly(
                "port, sales.customers:sql, table, lake.sales.customers, derived, null",
                // The job of the segments is the business of marketing
                "product, sales.customers, product, marketing.segments, observed, null",
                "dataset, postgres://crm-host crm.public.people, product, sales.customers, observed, airflow/crm-import");
        assertThat(mesh.rows("mia", "SELECT from_name, to_name, job FROM mesh.system.lineage WHERE kind = 'observed' OR to_kind = 'table' ORDER BY to_name")).containsExactly(
                "marketing.segments:sql, lake.marketing.segments, null",
                "sales.customers, marketing.segments, trino://host:8080/secret-pipeline");
    }

    @Test
    void testStewardsOfTheMeshKnowEveryProductAndNoTable()
    {
        assertThat(mesh.rows("gus", "SELECT from_name, to_name, kind, job FROM mesh.system.lineage WHERE from_kind = 'product' AND to_kind = 'product' ORDER BY from_name, to_name, kind")).containsExactly(
                "people.salaries, finance.report, declared, null",
                "people.salaries, finance.report, observed, null",
                "people.salaries, marketing.segments, declared, null",
                "sales.customers, marketing.segments, declared, null",
                "sales.customers, marketing.segments, observed, null",
                "sales.customers, people.salaries, declared, null");
        assertThat(mesh.rows("gus", "SELECT * FROM mesh.system.lineage WHERE from_kind IN ('table', 'dataset') OR to_kind IN ('table', 'dataset')")).isEmpty();
    }

    @Test
    void testColumnsThatAreHiddenHaveNoLineage()
    {
        @Language("SQL") String sql = "SELECT from_domain, from_product, from_table, from_column, to_domain, to_product, to_table, to_column, kind, transformation, job, evidence, last_seen FROM mesh.system.column_lineage ORDER BY to_product, to_column, kind";
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "sales, customers, customers, email, marketing, segments, segments, contact, declared, lower case, null, column contact of marketing.segments, null",
                "sales, customers, customers, email, marketing, segments, segments, contact, observed, null, null, OpenLineage, 2026-05-01T06:00Z[UTC]",
                // A field that is masked alone is in the type of its column; one inside a hidden column is not
                "sales, customers, customers, addr.street, marketing, segments, segments, street, declared, null, null, column street of marketing.segments, null",
                "sales, customers, customers, addr.city, marketing, segments, segments, town, observed, null, null, OpenLineage, 2026-05-01T06:00Z[UTC]");
        assertThat(mesh.rows("sam", "SELECT from_product, from_table, from_column, to_product, to_column, job FROM mesh.system.column_lineage ORDER BY to_column, kind, from_column")).containsExactly(
                "customers, customers, email, segments, contact, null",
                "customers, customers, email, segments, contact, null",
                "null, postgres://crm-host crm.public.people, mail, customers, email, airflow/crm-import",
                "customers, customers, ssn, segments, shadow, null",
                "customers, customers, addr.street, segments, street, null",
                "customers, customers, home.street, segments, street, null",
                "customers, customers, addr.city, segments, town, null");
        assertThat(mesh.rows("gus", "SELECT from_column, to_product, to_column FROM mesh.system.column_lineage WHERE kind = 'declared' ORDER BY to_product, to_column")).containsExactly(
                "name, report, cost",
                "email, salaries, name",
                "email, segments, contact",
                "addr.street, segments, street");
    }

    @Test
    void testWalk()
    {
        assertThat(mesh.rows("ana", "SELECT depth, direction, from_kind, from_name, to_kind, to_name, kind, evidence, cycle FROM TABLE(mesh.system.lineage(domain => 'marketing', product => 'segments', direction => 'upstream', depth => 3))")).containsExactly(
                "1, upstream, product, sales.customers, product, marketing.segments, declared, input port customers of marketing.segments, false",
                "1, upstream, product, sales.customers, product, marketing.segments, observed, OpenLineage, false",
                "2, upstream, source, salesforce, product, sales.customers, declared, input port crm of sales.customers, false");
        assertThat(mesh.rows("ana", "SELECT depth FROM TABLE(mesh.system.lineage('marketing', 'segments', 'upstream', 1))")).containsExactly("1", "1");
        assertThat(mesh.rows("ana", "SELECT direction, count(*) FROM TABLE(mesh.system.lineage('sales', 'customers')) GROUP BY 1 ORDER BY 1")).containsExactly("downstream, 4", "upstream, 1");
        // The way to the report leads through what ana may not know of
        assertThat(mesh.rows("ana", "SELECT to_name FROM TABLE(mesh.system.lineage('sales', 'customers', 'downstream', 50)) WHERE to_kind = 'product'")).containsExactly("marketing.segments", "marketing.segments");
        assertThat(mesh.rows("gus", "SELECT DISTINCT to_name FROM TABLE(mesh.system.lineage('sales', 'customers', 'downstream', 50)) WHERE to_kind = 'product' ORDER BY 1")).containsExactly("finance.report", "marketing.segments", "people.salaries");
        assertThat(mesh.rows("ana", "SELECT * FROM TABLE(mesh.system.lineage('finance', 'report', 'upstream'))")).isEmpty();
    }

    @Test
    void testImpact()
    {
        assertThat(mesh.rows("ana", "SELECT distance, kind, name, domain, product, version, owner, how_to_ask, path, evidence FROM TABLE(mesh.system.impact(domain => 'sales', product => 'customers', column_name => 'EMAIL'))")).containsExactly(
                "0, contract, customers-contract 1.0.0, sales, customers, 1.0.0, sales-data-team, sales@example.com, sales.customers, contract of the data product",
                "0, consumer, marketing.marketing-analytics, sales, customers, 1.0.0, marketing-analytics, null, sales.customers, declared in the contract: Segments",
                "1, product, marketing.segments, marketing, segments, 1.0.0, marketing-analytics, marketing-analytics, sales.customers.email -> marketing.segments.contact, column edge, declared");
        assertThat(mesh.rows("ana", "SELECT name, path, evidence FROM TABLE(mesh.system.impact('sales', 'customers')) WHERE kind = 'product'")).containsExactly(
                "marketing.segments, sales.customers -> marketing.segments, product edge, declared");
        assertThat(mesh.rows("ana", "SELECT name FROM TABLE(mesh.system.impact('sales', 'customers', 'id')) WHERE kind = 'product'")).isEmpty();
        assertThat(mesh.rows("gus", "SELECT distance, name, path FROM TABLE(mesh.system.impact('sales', 'customers', 'email')) WHERE kind = 'product' ORDER BY distance, name")).containsExactly(
                "1, marketing.segments, sales.customers.email -> marketing.segments.contact",
                "1, people.salaries, sales.customers.email -> people.salaries.name",
                "2, finance.report, sales.customers.email -> people.salaries.name -> finance.report.cost");
    }

    @Test
    void testImpactOfFields()
    {
        @Language("SQL") String sql = "SELECT name, path, evidence FROM TABLE(mesh.system.impact(domain => 'sales', product => 'customers', column_name => '%s')) WHERE kind = 'product'";
        assertThat(mesh.rows("ana", sql.formatted("addr.street"))).containsExactly("marketing.segments, sales.customers.addr.street -> marketing.segments.street, column edge, declared");
        assertThat(mesh.rows("ana", sql.formatted("Addr.CITY"))).containsExactly("marketing.segments, sales.customers.addr.city -> marketing.segments.town, column edge, observed");
        assertThat(mesh.rows("ana", sql.formatted("addr"))).containsExactly("marketing.segments, sales.customers.addr -> marketing.segments.street, column edge, declared");
        assertThat(mesh.rows("sam", sql.formatted("home.street"))).containsExactly("marketing.segments, sales.customers.home.street -> marketing.segments.street, column edge, declared");
        // What is inside a hidden column does not exist for ana, nor what nobody promised
        for (String column : List.of("home", "home.street", "home.nothing", "addr.nothing", "addr.street.nothing", "addr.")) {
            assertThat(mesh.failure("ana", sql.formatted(column))).contains("Data product 'sales.customers' has no column '%s'; mesh.system.columns has those that you see".formatted(column));
        }
    }

    @Test
    void testStewardsOfTheMeshAreToldOfDatasetsThatLookLikeTheMeshAndAreNone()
            throws Exception
    {
        @Language("SQL") String sql = "SELECT severity, domain, file, message FROM mesh.system.problems WHERE message LIKE 'OpenLineage dataset%' ORDER BY message";
        assertThat(mesh.rows("gus", sql)).isEmpty();
        String event = EVENTS.lines().findFirst().orElseThrow();
        results.write("unresolved.jsonl", event.replace("\"namespace\":\"trino://host:8080\",\"name\":\"lake.sales.customers\"", "\"namespace\":\"mesh\",\"name\":\"mesh.sales.custmers\"").replace("lake.marketing.segments", "lake.marketing.segmnts") + "\n");
        assertThat(mesh.rows("gus", sql)).containsExactly(
                "warning, null, ., OpenLineage dataset 'mesh mesh.sales.custmers' cannot be matched to a data product: the mesh has no such data product",
                "info, null, ., OpenLineage dataset 'trino://host:8080 lake.marketing.segmnts' cannot be matched to a data product: no data product is read from this table");
        assertThat(mesh.rows("sam", sql)).isEmpty();
        assertThat(mesh.rows("mia", sql)).isEmpty();
        results.delete("unresolved.jsonl");
        assertThat(mesh.rows("gus", sql)).isEmpty();
    }

    @Test
    void testHiddenIsAsIfItDidNotExist()
    {
        for (String function : List.of("lineage", "impact")) {
            for (String user : List.of("ana", "eve")) {
                assertThat(mesh.failure(user, "SELECT * FROM TABLE(mesh.system.%s('people', 'salaries'))".formatted(function))).as(user).contains("There is no data product 'people.salaries'; mesh.system.data_products has those that you may discover");
                assertThat(mesh.failure(user, "SELECT * FROM TABLE(mesh.system.%s('people', 'nothing'))".formatted(function))).as(user).contains("There is no data product 'people.nothing'; mesh.system.data_products has those that you may discover");
            }
            assertThat(mesh.failure("eve", "SELECT * FROM TABLE(mesh.system.%s('sales', 'customers'))".formatted(function))).contains("There is no data product 'sales.customers'; mesh.system.data_products has those that you may discover");
        }
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.impact('sales', 'customers', 'ssn'))")).contains("Data product 'sales.customers' has no column 'ssn'; mesh.system.columns has those that you see");
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.impact('sales', 'customers', 'nothing'))")).contains("Data product 'sales.customers' has no column 'nothing'; mesh.system.columns has those that you see");
        assertThat(mesh.rows("eve", "SELECT * FROM mesh.system.lineage")).isEmpty();
        assertThat(mesh.rows("eve", "SELECT * FROM mesh.system.column_lineage")).isEmpty();
    }

    @Test
    void testTableThroughTwoStoragesHasTheEdgesOfBoth()
            throws Exception
    {
        String copies = SALARIES.replace("people", "finance").replace("salaries", "%s").replace("catalog: lake, schema: finance, table: %s", "catalog: lake_of_finance, schema: sales, table: customers")
                .replace("      inputPorts:\n        - {name: customers, type: data-product, source: sales.customers}\n", "").replace(", derivedFrom: [sales.customers.email]", "");
        MeshDocument document = MeshDocument.of("{domain: sales, storage: lake, namespaces: [sales]}", "{domain: marketing, storage: lake, namespaces: [marketing]}", "{domain: finance, storage: lake_of_finance, namespaces: [sales]}")
                .with("stewards", "[{group: governance}]")
                .with("discovery", "[{group: sales-analysts}]");
        try (MeshDirectory events = MeshDirectory.create();
                EmbeddedMesh two = EmbeddedMesh.of(document)
                        .write("domains/sales/customers.yaml", CUSTOMERS)
                        .write("domains/marketing/segments.yaml", SEGMENTS)
                        .write("domains/finance/open.yaml", copies.formatted("open", "open").replace("  discoverable: false\n", ""))
                        .write("domains/finance/secret.yaml", copies.formatted("secret", "secret"))
                        .addStorageOfTheLake("lake_of_finance")
                        .addMeshProperty("mesh.results", events.path().toString())
                        .start()) {
            String event = EVENTS.lines().findFirst().orElseThrow();
            // Spark knows folders, and a merge reads what it writes
            events.write("spark.jsonl", event.replace("\"namespace\":\"trino://host:8080\",\"name\":\"lake.sales.customers\"", "\"namespace\":\"s3://b\",\"name\":\"/wh/sales.db/sales.customers\"") + "\n" +
                    event.replaceAll("lake.(sales.customers|marketing.segments)", "lake.sales.customers").replace("\"runId\":\"1\"", "\"runId\":\"9\""));
            @Language("SQL") String sql = "SELECT from_name, to_name FROM mesh.system.lineage WHERE kind = 'observed' ORDER BY 1, 2";
            assertThat(two.rows("ana", sql)).containsExactly("finance.open, marketing.segments", "sales.customers, marketing.segments");
            assertThat(two.rows("gus", sql)).containsExactly("finance.open, marketing.segments", "finance.secret, marketing.segments", "sales.customers, marketing.segments");
            assertThat(two.rows("ana", "SELECT from_name, to_name FROM mesh.system.lineage WHERE 'finance.secret' IN (from_name, to_name)")).isEmpty();
            assertThat(two.rows("ana", "SELECT DISTINCT from_product, to_product FROM mesh.system.column_lineage WHERE kind = 'observed' AND from_column = 'email'")).containsExactly("customers, segments");
        }
    }

    @Test
    void testQuestionsThatMakeNoSense()
    {
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.lineage('sales', ''))")).contains("product must be the name of a data product");
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.lineage('sales', 'customers', 'sideways'))")).contains("direction must be upstream, downstream or both");
        for (String depth : List.of("0", "51", "-1", "NULL")) {
            assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.lineage(domain => 'sales', product => 'customers', depth => %s))".formatted(depth))).contains("depth must be a number from 1 to 50");
        }
    }

    @Test
    void testNewEventsCountAtOnceAndLinesThatAreNoneAreToldToStewardsOfTheMesh()
            throws Exception
    {
        assertThat(mesh.rows("gus", "SELECT severity, file, line, message FROM mesh.system.problems WHERE file = 'runs/trino.jsonl'")).containsExactly(
                "warning, runs/trino.jsonl, 4, OpenLineage event cannot be read: it is not JSON: something is wrong at column 1");
        assertThat(mesh.rows("sam", "SELECT * FROM mesh.system.problems WHERE message LIKE '%OpenLineage%'")).isEmpty();
        @Language("SQL") String sql = "SELECT from_name FROM mesh.system.lineage WHERE to_name = 'finance.report' AND kind = 'observed' ORDER BY 1";
        assertThat(mesh.rows("ana", sql)).isEmpty();
        results.write("new.jsonl", EVENTS.lines().findFirst().orElseThrow().replace("lake.marketing.segments", "lake.finance.report").replace("contact", "cost") + "\n");
        assertThat(mesh.rows("ana", sql)).containsExactly("sales.customers");
        results.delete("new.jsonl");
        assertThat(mesh.rows("ana", sql)).isEmpty();
    }
}
