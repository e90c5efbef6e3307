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

import io.trino.Session;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Products that a query computes: ana reads them without any right on what the query reads, and learns nothing of it.
 */
final class TestSqlProducts
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of(
                    "{domain: sales, storage: lake, namespaces: [sales]}",
                    "{domain: finance, storage: lake, namespaces: [finance]}",
                    "{domain: finance, trinoCatalog: lake, schemas: [erp], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: tpch, schemas: [tiny], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: mesh, schemas: [sales], runAs: sam}")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: data-scientists}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: contact, match: {domains: [finance], columns: [email]}, mask: email-domain, except: [{role: financial-reporting}]}
              hiddenColumns:
                - {id: ssn, match: {domains: [finance], columns: [ssn]}, except: [{role: financial-reporting}]}
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
                - {name: ssn, type: varchar}
              accessControl:
                - {domain: finance, permissions: [read, share]}
                - {role: sales-data-team, permissions: [read, admin]}
                - {user: lea, permissions: [read, share]}
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
                - {user: lea, permissions: [read, share]}
            """;

    private static final String CUSTOMER_VALUE =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customer-value, domain: finance, owner: financial-reporting, version: 1.0.0}
            spec:
              description: What customers owe
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  query:
                    sql: |
                      -- a remark that nobody reads
                      WITH owed AS (SELECT customer_id, sum(open_amount) AS open_amount FROM receivables GROUP BY customer_id)
                      SELECT c.*, 'unused' AS more, owed.open_amount
                      FROM sales.customers c JOIN owed ON owed.customer_id = c.customer_id
                      WHERE c.region <> 'forbidden-region'
              columns:
                - {name: open_amount, type: bigint, description: Still to be paid}
                - {name: region, type: varchar}
                - {name: email, type: varchar}
                - {name: ssn, type: varchar}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {domain: sales, permissions: [read, share]}
                - {role: financial-reporting, permissions: [read, admin]}
                - {user: lea, permissions: [read, share]}
            """;

    private static final String REGIONS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: regions, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: What regions owe
              outputPorts:
                - {name: sql, type: sql, engine: trino, query: {sql: "SELECT region, sum(open_amount) AS open_amount FROM finance.customer_value GROUP BY region"}}
              columns:
                - {name: region, type: varchar}
                - {name: open_amount, type: bigint}
              accessControl:
                - {user: ben, permissions: [read]}
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String MAIL_DOMAINS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: mail-domains, domain: finance, owner: financial-reporting, version: 1.0.0}
            spec:
              description: Where customers have their mail
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  query:
                    sql: SELECT email, substr(email, strpos(email, '@') + 1) AS mail_domain FROM sales.customers WHERE customer_id < 3
              columns:
                - {name: email, type: varchar}
                - {name: mail_domain, type: varchar}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {domain: sales, permissions: [read, share]}
                - {role: financial-reporting, permissions: [read, admin]}
            """;

    private static final String MAIL_HOSTS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: mail-hosts, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: The same in capitals
              outputPorts:
                - {name: sql, type: sql, engine: trino, query: {sql: SELECT upper(mail_domain) AS host FROM finance.mail_domains}}
              columns:
                - {name: host, type: varchar}
              accessControl:
                - {user: ben, permissions: [read]}
            """;

    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: finance, owner: financial-reporting, version: 1.0.0}
            spec:
              description: Orders as another catalog has them
              outputPorts:
                - {name: sql, type: sql, engine: trino, trinoCatalog: lake, schema: erp, table: orders}
              columns:
                - {name: order_id, type: bigint}
                - {name: customer, type: bigint, physicalName: cust_id}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {domain: finance, permissions: [read, share]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/customers.yaml", CUSTOMERS)
                .write("domains/sales/regions.yaml", REGIONS)
                .write("domains/finance/receivables.yaml", RECEIVABLES)
                .write("domains/finance/customer-value.yaml", CUSTOMER_VALUE)
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE SCHEMA lake.finance");
        mesh.runPipeline("CREATE SCHEMA lake.erp");
        mesh.runPipeline("CREATE TABLE lake.erp.orders AS SELECT * FROM (VALUES (BIGINT '100', BIGINT '1', 'x'), (BIGINT '101', BIGINT '2', 'y')) AS orders (order_id, cust_id, internal)");
        mesh.runPipeline(
                """
                CREATE TABLE lake.sales.customers AS SELECT * FROM (VALUES
                    (BIGINT '1', 'ann@example.com', 'WEST', '111'),
                    (BIGINT '2', 'bob@example.org', 'EAST', '222'),
                    (BIGINT '3', 'eli@example.net', 'forbidden-region', '333')) AS customers (customer_id, email, region, ssn)
                """);
        mesh.runPipeline("CREATE TABLE lake.finance.receivables AS SELECT * FROM (VALUES (BIGINT '1', BIGINT '10'), (BIGINT '1', BIGINT '5'), (BIGINT '2', BIGINT '7'), (BIGINT '3', BIGINT '1')) AS receivables (customer_id, open_amount)");
        return mesh.runner();
    }

    @Test
    void testAnaReadsWithoutRightsOnTheSources()
    {
        assertThat(mesh.rows("ana", "SELECT open_amount, region FROM mesh.finance.customer_value ORDER BY region")).containsExactly("7, EAST", "15, WEST");
        assertThat(mesh.rows("ana", "SELECT open_amount FROM mesh.finance.customer_value_v1 WHERE region = 'WEST'")).containsExactly("15");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.customers")).contains("does not exist");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.receivables")).contains("does not exist");
    }

    @Test
    void testMasksAndHiddenColumnsHold()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.customer_value ORDER BY region")).containsExactly("7, EAST, ****@example.org", "15, WEST, ****@example.com");
        assertThat(mesh.rows("finn", "SELECT * FROM mesh.finance.customer_value ORDER BY region")).containsExactly("7, EAST, bob@example.org, 222", "15, WEST, ann@example.com, 111");
        assertThat(mesh.failure("ana", "SELECT ssn FROM mesh.finance.customer_value")).contains("Column 'ssn' cannot be resolved");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.customer_value WHERE email = 'bob@example.org'")).containsExactly("0");
    }

    @Test
    void testOthersAreRefused()
    {
        assertThat(mesh.failure("eve", "SELECT * FROM mesh.finance.customer_value")).isEqualTo("line 1:15: Schema 'finance' does not exist");
        assertThat(mesh.failure("dora", "SELECT * FROM mesh.finance.customer_value")).contains("Cannot select from").contains("financial-reporting");
    }

    @Test
    void testTheQueryIsReachableByNoName()
    {
        for (String user : List.of("ana", "finn", "gus", "eve", "ben")) {
            assertThat(mesh.failure(user, "SELECT * FROM mesh.finance.\"customer_value$query\"")).as(user).contains("does not exist");
            assertThat(mesh.failure(user, "SHOW CREATE VIEW mesh.finance.\"customer_value$query\"")).as(user).doesNotContain("forbidden-region");
            assertThat(mesh.rows(user, "SELECT * FROM mesh.information_schema.views").toString()).as(user).doesNotContain("forbidden-region", "receivables", "customers");
            assertThat(mesh.rows(user, "SELECT * FROM mesh.information_schema.views WHERE table_schema = 'finance' AND table_name = 'customer_value$query'")).as(user).isEmpty();
        }
        assertThat(mesh.rows("ana", "SHOW CREATE VIEW mesh.finance.customer_value").toString()).contains("customer_value$query").doesNotContain("forbidden-region", "receivables", "ssn");
        assertThat(mesh.rows("ana", "SELECT view_definition FROM mesh.information_schema.views WHERE table_schema = 'finance' AND table_name = 'customer_value'"))
                .containsExactly("SELECT \"open_amount\", \"region\", \"email\" FROM \"mesh\".\"finance\".\"customer_value$query\"");
    }

    /**
     * The engine filters one side of a join by the values of the other, and prints them.
     */
    @Test
    void testPlansShowNoValuesByWhichAQueryJoins()
    {
        for (String reads : List.of("customer_value WHERE open_amount = 7", "customer_value_v1", "customer_value WHERE region = 'EAST'")) {
            assertThat(mesh.rows("ana", "EXPLAIN ANALYZE VERBOSE SELECT * FROM mesh.finance." + reads).toString()).as(reads).doesNotContainIgnoringCase("dynamic filter").doesNotContain("RangeSet");
        }
        assertThat(mesh.rows("ben", "EXPLAIN ANALYZE SELECT * FROM mesh.sales.regions").toString()).doesNotContainIgnoringCase("dynamic filter");
        // Lea reads the sources as well, and nobody knows that of whoever reads a view of hers
        assertThat(mesh.rows("lea", "EXPLAIN ANALYZE SELECT * FROM mesh.finance.customer_value WHERE open_amount = 7").toString()).contains("Dynamic filters", "RangeSet[type=bigint, ranges=1, {[2]}]");
        mesh.rows("lea", "CREATE VIEW lake.erp.shared SECURITY DEFINER AS SELECT open_amount FROM mesh.finance.customer_value");
        try {
            assertThat(mesh.rows("ana", "SELECT * FROM lake.erp.shared WHERE open_amount = 7")).containsExactly("7");
            assertThat(mesh.rows("ana", "EXPLAIN ANALYZE SELECT * FROM lake.erp.shared WHERE open_amount = 7").toString()).doesNotContainIgnoringCase("dynamic filter").doesNotContain("RangeSet");
        }
        finally {
            mesh.rows("lea", "DROP VIEW lake.erp.shared");
        }
    }

    /**
     * The engine may divide an aggregation into several, and join these by what the query groups by.
     */
    @Test
    void testPlansShowNoValuesByWhichAQueryGroups()
    {
        mesh.publish(
                "domains/finance/spread.yaml",
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: spread, domain: finance, owner: financial-reporting, version: 1.0.0}
                spec:
                  description: How many addresses people have
                  outputPorts:
                    - name: sql
                      type: sql
                      engine: trino
                      query: {sql: 'SELECT ssn, count(DISTINCT email) AS emails, count(DISTINCT region) AS regions FROM sales.customers GROUP BY ssn'}
                  columns:
                    - {name: emails, type: bigint}
                    - {name: regions, type: bigint}
                    - {name: ssn, type: varchar}
                  accessControl:
                    - {role: sales-analysts, permissions: [read]}
                """);
        try {
            Session divided = Session.builder(MeshQueryRunner.as("ana")).setSystemProperty("distinct_aggregations_strategy", "split_to_subqueries").build();
            assertThat(mesh.rows(divided, "SELECT emails, regions FROM mesh.finance.spread")).containsExactly("1, 1", "1, 1", "1, 1");
            assertThat(mesh.rows(divided, "EXPLAIN ANALYZE SELECT * FROM mesh.finance.spread").toString()).doesNotContain("Join", "RangeSet", "111");
        }
        finally {
            mesh.withdraw("domains/finance/spread.yaml");
        }
    }

    @Test
    void testListingsAndMetadata()
    {
        assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).containsExactly("customer_value");
        assertThat(mesh.rows("ana", "SELECT table_name, table_type FROM mesh.information_schema.tables WHERE table_schema = 'finance'")).containsExactly("customer_value, VIEW");
        assertThat(mesh.rows("ana", "DESCRIBE mesh.finance.customer_value")).containsExactly("open_amount, bigint, , Still to be paid", "region, varchar, , ", "email, varchar, , masked for you");
        assertThat(mesh.rows("ana", "SELECT column_name FROM system.jdbc.columns WHERE table_cat = 'mesh' AND table_schem = 'finance' AND table_name = 'customer_value'")).containsExactly("open_amount", "region", "email");
    }

    @Test
    void testAProductOnTopOfAnother()
    {
        assertThat(mesh.rows("ben", "SELECT * FROM mesh.sales.regions ORDER BY region")).containsExactly("EAST, 7", "WEST, 15");
        assertThat(mesh.failure("ben", "SELECT * FROM mesh.finance.customer_value")).contains("does not exist");
    }

    @Test
    void testASourceThatIsNoLongerSharedTakesTheProductOutOfService()
    {
        mesh.publish("domains/sales/customers.yaml", CUSTOMERS.replace("[read, share]", "[read]"));
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.customer_value"))
                    .contains("role:sales-analysts may discover finance.customer_value; it is out of service: its domain may not publish what its query reads; it belongs to financial-reporting")
                    .doesNotContain("sales.customers");
            assertThat(mesh.rows("ana", "SELECT product, access FROM mesh.system.data_products")).containsExactly("customer_value, discoverable");
            assertThat(mesh.rows("finn", "SELECT line, \"column\", message FROM mesh.system.problems WHERE severity = 'error'").toString())
                    .contains("15, 16, the query of 'finance.customer_value' reads sales.customers, which does not exist, or which domain 'finance' may not publish");
        }
        finally {
            mesh.publish("domains/sales/customers.yaml", CUSTOMERS);
        }
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.customer_value")).containsExactly("2");
    }

    @Test
    void testWhatIsWrongWithASourceIsNotToldToReaders()
    {
        mesh.runPipeline("ALTER TABLE lake.finance.receivables RENAME TO elsewhere");
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.customer_value"))
                    .contains("Data product finance.customer_value is out of service: what its query reads cannot be read now")
                    .doesNotContain("receivables", "lake");
            assertThat(mesh.failure("finn", "SELECT * FROM mesh.finance.receivables")).contains("Data product finance.receivables is out of service");
        }
        finally {
            mesh.runPipeline("ALTER TABLE lake.finance.elsewhere RENAME TO receivables");
        }
    }

    @Test
    void testRowFiltersOfAQueryThatTakesTheRowsOfOneTable()
    {
        mesh.publish("domains/finance/contacts.yaml", CUSTOMER_VALUE
                .replaceFirst("(?s)name: customer-value", "name: contacts")
                .replaceFirst("(?s)query:.*?  columns:", "query: {sql: 'SELECT c.customer_id AS id, upper(c.email) AS email, c.region FROM sales.customers c'}\n  columns:")
                .replaceFirst("- \\{name: open_amount, type: bigint.*?}", "- {name: id, type: bigint}")
                .replaceFirst("    - \\{name: ssn, type: varchar}\n", ""));
        mesh.publish("governance/west.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: west, owner: governance}\nspec:\n  rowFilters:\n    - {id: west, match: {products: [finance.contacts]}, filter: \"region = 'WEST'\", principals: [{role: sales-analysts}]}\n"));
        try {
            assertThat(mesh.rows("finn", "SELECT id, region FROM mesh.finance.contacts ORDER BY id")).containsExactly("1, WEST", "2, EAST", "3, forbidden-region");
            assertThat(mesh.rows("ana", "SELECT id, region FROM mesh.finance.contacts")).containsExactly("1, WEST");
            assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.contacts WHERE 1 / (id - 2) < 1")).containsExactly("1");
            assertThat(mesh.rows("ana", "EXPLAIN ANALYZE VERBOSE SELECT * FROM mesh.finance.contacts").toString()).contains("WEST").doesNotContain("forbidden-region");
            assertThat(mesh.rows("ana", "SELECT DISTINCT row_filter FROM mesh.system.my_access WHERE product = 'contacts'")).containsExactly("region = 'WEST'");
            // Each part of a statement reads the rows of those for whom it is
            mesh.rows("lea", "CREATE VIEW lake.erp.all_contacts SECURITY DEFINER AS SELECT id FROM mesh.finance.contacts");
            assertThat(mesh.rows("ana", "SELECT count(*) FROM lake.erp.all_contacts")).containsExactly("3");
            for (String both : List.of("mesh.finance.contacts a RIGHT JOIN lake.erp.all_contacts b ON b.id = a.id", "lake.erp.all_contacts b LEFT JOIN mesh.finance.contacts a ON b.id = a.id")) {
                assertThat(mesh.rows("ana", "SELECT count(a.id), count(b.id) FROM " + both)).containsExactly("1, 3");
            }
            // Also by a column that is hidden
            mesh.publish("governance/west.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: west, owner: governance}\nspec:\n  rowFilters:\n    - {id: west, match: {products: [finance.contacts]}, filter: \"region = 'WEST'\", principals: [{role: sales-analysts}]}\n  hiddenColumns:\n    - {id: region, match: {products: [finance.contacts], columns: [region]}, principals: [{role: sales-analysts}]}\n"));
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.contacts")).containsExactly("1, ****@EXAMPLE.COM");
        }
        finally {
            mesh.rows("lea", "DROP VIEW IF EXISTS lake.erp.all_contacts");
            mesh.withdraw("governance/west.yaml");
            mesh.withdraw("domains/finance/contacts.yaml");
        }
    }

    @Test
    void testRowFiltersAreNotEnforcedBehindAQuery()
    {
        mesh.publish("governance/west.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: west, owner: governance}\nspec:\n  rowFilters:\n    - {id: west, match: {products: [finance.customer_value]}, filter: \"region = 'WEST'\", principals: [{role: sales-analysts}]}\n"));
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.customer_value")).contains("west denies it (it would hide some of the rows, which is only possible where rows are stored, or where a query takes them one by one from one stored product");
            assertThat(mesh.rows("finn", "SELECT count(*) FROM mesh.finance.customer_value")).containsExactly("2");
        }
        finally {
            mesh.withdraw("governance/west.yaml");
        }
    }

    @Test
    void testMasksFollowTheData()
    {
        mesh.publish("governance/regions.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: regions, owner: governance}\nspec:\n  masks:\n    - {id: region, match: {products: [sales.customers], columns: [region]}, mask: replace-with-null, except: [{domain: finance}, {domain: sales}, {role: financial-reporting}]}\n"));
        try {
            assertThat(mesh.rows("ana", "SELECT open_amount, region FROM mesh.finance.customer_value ORDER BY open_amount")).containsExactly("7, null", "15, null");
            assertThat(mesh.rows("finn", "SELECT open_amount, region FROM mesh.finance.customer_value ORDER BY open_amount")).containsExactly("7, EAST", "15, WEST");
            // Through two queries
            assertThat(mesh.rows("ben", "SELECT open_amount, region FROM mesh.sales.regions ORDER BY open_amount")).containsExactly("7, null", "15, null");
        }
        finally {
            mesh.withdraw("governance/regions.yaml");
        }
    }

    @Test
    void testGovernanceDeclassifiesAColumn()
    {
        mesh.publish("domains/sales/customers.yaml", CUSTOMERS.replace("{name: email, type: varchar}", "{name: email, type: varchar, tags: [pii]}"));
        mesh.publish("domains/finance/mail-domains.yaml", MAIL_DOMAINS);
        mesh.publish("domains/sales/mail-hosts.yaml", MAIL_HOSTS);
        mesh.publish("governance/pii.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: pii, owner: governance}\nspec:\n  masks:\n    - {id: persons, match: {tags: [pii]}, mask: replace-with-null, except: [{domain: finance}, {domain: sales}, {role: financial-reporting}]}\n"));
        try {
            assertThat(mesh.rows("ana", "SELECT mail_domain FROM mesh.finance.mail_domains")).containsExactly("null", "null");
            assertThat(mesh.rows("ben", "SELECT host FROM mesh.sales.mail_hosts")).containsExactly("null", "null");

            mesh.publish("governance/domains.yaml", POLICY.replaceAll("(?s)name: privacy.*", "name: domains, owner: governance}\nspec:\n  declassify:\n    - {id: mail, match: {products: [finance.mail_domains], columns: [mail_domain]}, from: [sales.customers.email], reason: A domain says nothing of a person}\n"));
            assertThat(mesh.rows("ana", "SELECT mail_domain FROM mesh.finance.mail_domains ORDER BY 1")).containsExactly("example.com", "example.org");
            assertThat(mesh.rows("ben", "SELECT host FROM mesh.sales.mail_hosts ORDER BY 1")).containsExactly("EXAMPLE.COM", "EXAMPLE.ORG");
            assertThat(mesh.rows("ana", "SELECT email FROM mesh.finance.mail_domains")).doesNotContain("ann@example.com");
            assertThat(mesh.rows("ana", "SELECT column_name, access FROM mesh.system.my_access WHERE product = 'mail_domains'")).containsExactly("email, masked", "mail_domain, clear");
            for (String user : List.of("finn", "gus")) {
                assertThat(mesh.rows(user, "SELECT column_name, tags, declassified_by FROM mesh.system.columns WHERE product = 'mail_domains'")).as(user).containsExactly("email, [pii], null", "mail_domain, [], domains/mail");
                assertThat(mesh.rows(user, "SELECT rule, effect, scope, description FROM mesh.system.policies WHERE kind = 'declassify'")).as(user)
                        .containsExactly("domains/mail, declassified, columns: [mail_domain]; products: [finance.mail_domains], A domain says nothing of a person");
            }
            assertThat(mesh.rows("ana", "SELECT column_name, declassified_by FROM mesh.system.columns WHERE product = 'mail_domains'")).containsExactly("email, null", "mail_domain, null");
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.system.policies WHERE kind = 'declassify'")).isEmpty();

            // The author of the query shows something else in the column
            mesh.publish("domains/finance/mail-domains.yaml", MAIL_DOMAINS.replace("strpos(email, '@') + 1) AS", "1) || ssn AS"));
            assertThat(mesh.rows("ana", "SELECT mail_domain FROM mesh.finance.mail_domains")).containsExactly("null", "null");
            assertThat(mesh.rows("gus", "SELECT file, message FROM mesh.system.problems WHERE severity = 'error'")).containsExactly(
                    "governance/domains.yaml, rule domains/mail cannot declassify column 'mail_domain' of finance.mail_domains, which inherits all as before: it also comes from sales.customers.ssn, which 'from' does not name");
        }
        finally {
            mesh.withdraw("governance/domains.yaml");
            mesh.withdraw("governance/pii.yaml");
            mesh.withdraw("domains/sales/mail-hosts.yaml");
            mesh.withdraw("domains/finance/mail-domains.yaml");
            mesh.publish("domains/sales/customers.yaml", CUSTOMERS);
        }
    }

    @Test
    void testEstimatesDoNotTellTheLengthOfMaskedValues()
    {
        String sql = "EXPLAIN SELECT email FROM mesh.finance.customer_value";
        // What the engine assumes of three values of a bigint and a varchar
        assertThat(mesh.rows("ana", sql).toString()).contains("Estimates: {rows: 3 (192B)");
        assertThat(mesh.rows("finn", sql).toString()).contains("Estimates: {rows: 3 (").doesNotContain("192B");
    }

    @Test
    void testLineageComesFromTheQuery()
    {
        assertThat(mesh.rows("gus", "SELECT from_name, to_name, kind, evidence FROM mesh.system.lineage WHERE evidence LIKE 'the query of%' ORDER BY 1")).containsExactly(
                "finance.customer_value, sales.regions, derived, the query of sales.regions reads it",
                "finance.receivables, finance.customer_value, derived, the query of finance.customer_value reads it",
                "sales.customers, finance.customer_value, derived, the query of finance.customer_value reads it");
        assertThat(mesh.rows("gus", "SELECT from_product || '.' || from_column, to_product || '.' || to_column, transformation FROM mesh.system.column_lineage WHERE to_product = 'customer_value' ORDER BY 2, 1")).containsExactly(
                "customers.email, customer_value.email, null",
                "receivables.open_amount, customer_value.open_amount, computed",
                "customers.region, customer_value.region, null");
        assertThat(mesh.rows("gus", "SELECT * FROM TABLE(mesh.system.impact(domain => 'sales', product => 'customers'))").toString()).contains("finance.customer_value", "sales.regions");
        // Ana may not know of the sources
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.system.lineage").toString()).doesNotContain("receivables", "sales.customers");
    }

    @Test
    void testATableOfAnotherCatalog()
    {
        mesh.publish("domains/finance/orders.yaml", ORDERS);
        try {
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.orders ORDER BY order_id")).containsExactly("100, 1", "101, 2");
            assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).containsExactly("customer_value", "orders");
            assertThat(mesh.rows("ana", "SELECT view_definition FROM mesh.information_schema.views WHERE table_name = 'orders'").toString()).doesNotContain("erp", "lake");
            for (String user : List.of("ana", "finn", "gus", "mesh-source-finance")) {
                assertThat(mesh.failure(user, "SELECT * FROM mesh.\"lake$erp\".orders")).as(user).contains("does not exist");
            }
            // The table is gone, and the rest of the mesh is served
            mesh.runPipeline("ALTER TABLE lake.erp.orders RENAME TO lake.erp.moved");
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.orders")).contains("Data product finance.orders is out of service").doesNotContain("erp");
            assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).containsExactly("customer_value", "orders");
            mesh.runPipeline("ALTER TABLE lake.erp.moved RENAME TO lake.erp.orders");
        }
        finally {
            mesh.withdraw("domains/finance/orders.yaml");
        }
    }

    @Test
    void testAProductOfAnotherCatalogAndTheMesh()
    {
        mesh.publish("domains/finance/orders.yaml", CUSTOMER_VALUE
                .replace("name: customer-value", "name: orders")
                .replaceAll("(?s)sql: [|].*?columns:", "sql: SELECT o.order_id AS open_amount, c.region, c.email, lower(c.ssn) AS ssn FROM lake.erp.orders o JOIN sales.customers c ON c.customer_id = o.cust_id\n  columns:"));
        try {
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.orders ORDER BY 1")).containsExactly("100, WEST, ****@example.com", "101, EAST, ****@example.org");
            assertThat(mesh.rows("finn", "SELECT ssn FROM mesh.finance.orders ORDER BY 1")).containsExactly("111", "222");
        }
        finally {
            mesh.withdraw("domains/finance/orders.yaml");
        }
    }

    @Test
    void testAnotherConnector()
    {
        mesh.publish("domains/finance/orders.yaml", CUSTOMER_VALUE
                .replace("name: customer-value", "name: orders")
                .replaceAll("(?s)sql: [|].*?columns:", "sql: SELECT nation.nationkey AS open_amount, r.name AS region, nation.name AS email, c.ssn FROM tpch.tiny.nation JOIN tpch.tiny.region r ON r.regionkey = nation.regionkey LEFT JOIN sales.customers c ON c.customer_id = nation.nationkey\n  columns:"));
        try {
            assertThat(mesh.rows("finn", "SELECT open_amount, region, email FROM mesh.finance.orders WHERE open_amount < 2 ORDER BY 1")).containsExactly("0, AFRICA, ALGERIA", "1, AMERICA, ARGENTINA");
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.orders WHERE open_amount = 1")).containsExactly("1, AMERICA, ****");
            assertThat(mesh.rows("finn", "SELECT query FROM mesh.system.output_ports WHERE product = 'orders'").toString()).contains("\"tpch$tiny\".\"nation\"");
            assertThat(mesh.rows("ana", "SELECT query FROM mesh.system.output_ports WHERE product = 'orders'")).containsExactly("null");
        }
        finally {
            mesh.withdraw("domains/finance/orders.yaml");
        }
    }

    @Test
    void testCatalogsThatAreNotGranted()
    {
        mesh.publish("domains/sales/orders.yaml", ORDERS.replace("domain: finance", "domain: sales"));
        mesh.publish("domains/finance/orders.yaml", ORDERS.replace("trinoCatalog: lake, schema: erp", "trinoCatalog: mesh, schema: sales").replace("table: orders", "table: customers"));
        try {
            assertThat(mesh.rows("gus", "SELECT message FROM mesh.system.problems WHERE file = 'domains/sales/orders.yaml' AND severity = 'error'"))
                    .containsExactly("domain 'sales' may not publish tables of schema 'erp' of the Trino catalog 'lake'");
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.orders")).contains("does not exist");
            // The mesh itself is no other catalog, whatever the platform grants
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.orders")).contains("Data product finance.orders is out of service");
        }
        finally {
            mesh.withdraw("domains/sales/orders.yaml");
            mesh.withdraw("domains/finance/orders.yaml");
        }
    }
}
