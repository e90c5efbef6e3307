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
import io.trino.testing.MaterializedResult;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * Ana is an analyst of sales, mia one of marketing; sam is the steward of sales, gus is exempt from every rule. Finn, dora and
 * pat read as contracts and policies let them.
 */
@Execution(SAME_THREAD)
final class TestPolicyEnforcement
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales", "marketing")
            .with("stewards", "[{group: governance}]")
            .with("identifiers", "[{type: customer_id, domains: [sales, marketing]}]");

    private static final String RULES =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii, owner: governance, description: What everybody keeps to}
            spec:
              masks:
                - {id: email, match: {tags: [email]}, mask: email-domain, except: [{group: governance}]}
                - {id: customer, match: {identifiers: [customer_id]}, mask: tokenize, except: [{group: governance}]}
                - {id: born, match: {columns: [born]}, mask: truncate-to-year, except: [{group: governance}]}
                - {id: pay, match: {columns: [pay]}, mask: {action: bucket, width: 100}, except: [{group: governance}]}
                - {id: card, match: {columns: [card]}, mask: show-last-4, except: [{group: governance}]}
                - {id: places, match: {columns: [address]}, mask: {action: row-fields, fields: {city: clear, street: replace-with-null}}, except: [{group: governance}]}
                - {id: entries, match: {columns: [contacts, labels]}, mask: {action: row-fields, keys: clear, fields: {kind: clear, value: mask-to-fixed-value}}, except: [{group: governance}]}
              hiddenColumns:
                - {id: ssn, description: Numbers of the state are nobody's business, match: {columns: [ssn]}, except: [{group: governance}]}
                - {id: tenants, match: {columns: [tenant]}, except: [{group: governance}]}
              rowFilters:
                - {id: regions, match: {products: [sales.orders]}, filter: "region IN ('WEST', 'SOUTH')", except: [{group: governance}]}
                - {id: amounts, match: {products: [sales.payments]}, filter: "amount >= 10", except: [{group: governance}]}
                - {id: own-tenant, match: {products: [sales.tickets]}, filter: "tenant = 'one'", except: [{group: governance}]}
                - {id: own-team, match: {products: [sales.teams]}, filter: "team IN (${groups:sales-})", except: [{group: governance}]}
                - {id: own, match: {products: [sales.notes]}, filter: "author = ${user}", except: [{group: governance}]}
              denials:
                - {id: not-for-finn, description: Finance has its own, match: {products: [sales.customers]}, principals: [{user: finn}]}
              grants:
                - {id: scientists, match: {products: [sales.payments]}, principals: [{group: data-scientists}], permissions: [read]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/pii.yaml", RULES)
                .write("domains/sales/customers.yaml", product("sales", "customers",
                        """
                        - {name: id, type: bigint}
                        - {name: customer_id, type: varchar, identifier: customer_id}
                        - {name: email, type: varchar, tags: [email]}
                        - {name: ssn, type: varchar}
                        - {name: born, type: date}
                        - {name: pay, type: bigint}
                        - {name: card, type: varchar}
                        - {name: address, type: "row(city varchar, street varchar)"}
                        - {name: contacts, type: "array(row(kind varchar, value varchar))"}
                        - {name: labels, type: "map(varchar, row(kind varchar, value varchar))"}
                        """))
                .write("domains/marketing/leads.yaml", product("marketing", "leads",
                        """
                        - {name: customer_id, type: bigint, identifier: customer_id}
                        - {name: score, type: integer}
                        """))
                .write("domains/sales/orders.yaml", product("sales", "orders", "- {name: id, type: bigint}\n- {name: region, type: varchar}\n"))
                .write("domains/sales/payments.yaml", product("sales", "payments", "- {name: id, type: bigint}\n- {name: amount, type: bigint}\n"))
                .write("domains/sales/tickets.yaml", product("sales", "tickets", "- {name: id, type: bigint}\n- {name: tenant, type: varchar}\n"))
                .write("domains/sales/teams.yaml", product("sales", "teams", "- {name: id, type: bigint}\n- {name: team, type: varchar}\n"))
                .write("domains/sales/notes.yaml", product("sales", "notes", "- {name: id, type: bigint}\n- {name: author, type: varchar}\n"))
                .write("domains/sales/changing.yaml", product("sales", "changing", "- {name: id, type: bigint}\n- {name: phone, type: varchar}\n"))
                .write("domains/sales/surveys.yaml", product("sales", "surveys", "- {name: id, type: bigint}\n"))
                .write("domains/sales/surveys-contract.yaml",
                        """
                        apiVersion: datacontract/v1
                        kind: DataContract
                        metadata: {name: surveys-contract, version: 1.0.0, owner: sales-data-team}
                        producer: {domain: sales, dataProduct: surveys, team: sales-data-team}
                        consumers:
                          - {domain: finance, team: financial-reporting, useCase: now, validFrom: 2020-01-01, validUntil: 2199-12-31}
                          - {domain: platform, team: platform, useCase: gone, validFrom: 2020-01-01, validUntil: 2020-12-31}
                          - {domain: marketing, team: data-scientists, useCase: not yet, validFrom: 2199-01-01, validUntil: 2199-12-31}
                        """)
                .addMeshProperty("mesh.mask-key", GovernedWorld.MASK_KEY)
                .start());
        for (String sql : List.of(
                "CREATE SCHEMA lake.sales",
                "CREATE SCHEMA lake.marketing",
                """
                CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' id, VARCHAR '1001' customer_id, VARCHAR 'ada@example.org' email, VARCHAR '078-05-1120' ssn,
                    DATE '1980-05-06' born, BIGINT '1234' pay, VARCHAR '4111-1111-1111-9876' card,
                    CAST(ROW('Berlin', 'Mainstreet') AS ROW(city varchar, street varchar)) address,
                    ARRAY[CAST(ROW('phone', '+49') AS ROW(kind varchar, value varchar))] contacts,
                    MAP(ARRAY['k'], ARRAY[CAST(ROW('tax', '77') AS ROW(kind varchar, value varchar))]) labels
                UNION ALL SELECT 2, '1002', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
                """,
                "CREATE TABLE lake.marketing.leads AS SELECT * FROM (VALUES (BIGINT '1002', INTEGER '5'), (1001, 9), (1003, 1)) AS t(customer_id, score)",
                "CREATE TABLE lake.sales.orders WITH (partitioning = ARRAY['region']) AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'WEST'), (2, 'SOUTH'), (3, 'EAST'), (4, 'NORTH')) AS t(id, region)",
                "CREATE TABLE lake.sales.payments AS SELECT * FROM (VALUES (BIGINT '1', BIGINT '5'), (2, 10), (3, 15), (4, NULL)) AS t(id, amount)",
                "CREATE TABLE lake.sales.tickets AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'one'), (2, 'two'), (3, NULL)) AS t(id, tenant)",
                "CREATE TABLE lake.sales.teams AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'analysts'), (2, 'data-team'), (3, NULL), (4, '')) AS t(id, team)",
                "CREATE TABLE lake.sales.notes AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'ana'), (2, 'mia'), (3, '${user}'), (4, NULL)) AS t(id, author)",
                "CREATE TABLE lake.sales.changing AS SELECT BIGINT '1' id, VARCHAR '+49 30 1234' phone",
                "CREATE TABLE lake.sales.surveys AS SELECT BIGINT '1' id")) {
            mesh.runPipeline(sql);
        }
        return mesh.runner();
    }

    @Test
    void testMasks()
    {
        assertThat(mesh.rows("ana", "SELECT id, email, born, pay, card FROM sales.customers ORDER BY id"))
                .containsExactly("1, ****@example.org, 1980-01-01, 1200, ****9876", "2, null, null, null, null");
        assertThat(mesh.rows("ana", "SELECT address.city, address.street, contacts[1].kind, contacts[1].value, labels['k'].kind, labels['k'].value FROM sales.customers WHERE id = 1"))
                .containsExactly("Berlin, null, phone, ****, tax, ****");
        assertThat(mesh.rows("ana", "SELECT address, contacts, labels FROM sales.customers WHERE id = 2")).containsExactly("null, null, null");
        assertThat(mesh.rows("ana", "SELECT id FROM sales.customers WHERE email = 'ada@example.org' OR pay = 1234 OR address.street = 'Mainstreet'")).isEmpty();
        assertThat(mesh.rows("ana", "SELECT id FROM sales.customers WHERE email = '****@example.org' AND pay = 1200")).containsExactly("1");
        // Nobody is exempt by owning the product: the rule names whom it excepts
        assertThat(mesh.rows("sam", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("****@example.org");
    }

    @Test
    void testPseudonymsJoinAcrossDomainsAndTypes()
    {
        String join = "SELECT c.id, l.score FROM sales.customers c JOIN marketing.leads l ON c.customer_id = CAST(l.customer_id AS varchar) ORDER BY 1";
        assertThat(mesh.rows("gus", join)).containsExactly("1, 9", "2, 5");
        assertThat(mesh.rows("ana", join)).containsExactly("1, 9", "2, 5");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM sales.customers WHERE customer_id IN ('1001', '1002')")).containsExactly("0");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM marketing.leads WHERE customer_id BETWEEN 1001 AND 1003")).containsExactly("0");
        assertThat(mesh.rows("ana", "SELECT count(DISTINCT customer_id) FROM marketing.leads")).containsExactly("3");
    }

    @Test
    void testExemptSeesAll()
    {
        assertThat(mesh.rows("gus", "SELECT id, customer_id, email, ssn, born, pay, address.street, contacts[1].value FROM sales.customers WHERE id = 1"))
                .containsExactly("1, 1001, ada@example.org, 078-05-1120, 1980-05-06, 1234, Mainstreet, +49");
        assertThat(mesh.rows("gus", "SELECT count(*) FROM sales.orders")).containsExactly("4");
        assertThat(mesh.rows("gus", "EXPLAIN SELECT * FROM sales.payments").getFirst()).doesNotContain("constraint on").doesNotContain("filterPredicate");
    }

    @Test
    void testRowFilterOnAPartitionIsTheSameAsAskingForIt()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM sales.orders ORDER BY id")).isEqualTo(mesh.rows("gus", "SELECT * FROM sales.orders WHERE region IN ('WEST', 'SOUTH') ORDER BY id")).hasSize(2);
        assertThat(read("ana", "SELECT * FROM sales.orders")).isEqualTo(read("gus", "SELECT * FROM sales.orders WHERE region IN ('WEST', 'SOUTH')"));
        assertThat(mesh.rows("ana", "EXPLAIN SELECT id FROM sales.orders").getFirst()).contains("constraint on [region]").contains("SOUTH", "WEST");
        assertThat(mesh.rows("ana", "SELECT region FROM sales.orders WHERE region = 'EAST'")).isEmpty();
    }

    @Test
    void testRowFilterOnAnotherColumn()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM sales.payments ORDER BY id")).containsExactly("2, 10", "3, 15");
        // What may not be seen does not leave the reader, and is not counted
        assertThat(read("gus", "SELECT * FROM sales.payments WHERE amount >= 10")).isEqualTo("read 4, processed 4, answered 2, splits 1");
        assertThat(read("ana", "SELECT * FROM sales.payments")).isEqualTo("read 2, processed 2, answered 2, splits 1");
        assertThat(mesh.rows("ana", "EXPLAIN SELECT id FROM sales.payments").getFirst()).contains("filterPredicate = (bigint '10' <= amount)]");
    }

    @Test
    void testRowFilterOnAHiddenColumn()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM sales.tickets")).containsExactly("1");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM sales.tickets")).containsExactly("1");
        assertThat(mesh.failure("ana", "SELECT id FROM sales.tickets WHERE tenant = 'two'")).contains("tenant is hidden from you");
    }

    @Test
    void testRowFiltersOfTheReader()
    {
        assertThat(mesh.rows("ana", "SELECT id FROM sales.teams")).containsExactly("1");
        assertThat(mesh.rows("sam", "SELECT id FROM sales.teams")).containsExactly("2");
        // In no such group: no rows, rather than all
        assertThat(mesh.rows("mia", "SELECT id FROM sales.teams")).isEmpty();
        assertThat(mesh.rows("mia", "SELECT count(*) FROM sales.teams")).containsExactly("0");
        assertThat(mesh.rows("ana", "SELECT id FROM sales.notes")).containsExactly("1");
        assertThat(mesh.rows("mia", "SELECT id FROM sales.notes")).containsExactly("2");
        assertThat(mesh.rows("sam", "SELECT id FROM sales.notes")).isEmpty();
    }

    @Test
    void testHiddenColumn()
    {
        assertThat(mesh.rows("ana", "DESCRIBE sales.customers")).hasSize(9).noneMatch(row -> row.contains("ssn"));
        assertThat(mesh.rows("ana", "SHOW COLUMNS FROM sales.customers LIKE 's%'")).isEmpty();
        assertThat(mesh.rows("ana", "SELECT column_name FROM information_schema.columns WHERE table_name = 'customers' AND column_name = 'ssn'")).isEmpty();
        assertThat(mesh.rows("ana", "SELECT column_name FROM mesh.system.columns WHERE column_name = 'ssn'")).isEmpty();
        assertThat(execute("ana", "SELECT * FROM sales.customers").getColumnNames()).hasSize(9).doesNotContain("ssn");
        assertThat(mesh.failure("ana", "SELECT ssn FROM sales.customers"))
                .contains("Access Denied")
                .contains("ssn is hidden from you by ")
                .contains("pii/ssn")
                .contains("ask sales-data-team via #sales-data-team");
        assertThat(execute("gus", "SELECT * FROM sales.customers").getColumnNames()).hasSize(10).contains("ssn");
    }

    @Test
    void testDenialsAndGrants()
    {
        assertThat(mesh.failure("finn", "SELECT * FROM sales.customers")).contains("Access Denied: Cannot read data product sales.customers").contains("Finance has its own");
        assertThat(mesh.rows("finn", "SELECT count(*) FROM sales.orders")).containsExactly("2");
        assertThat(mesh.rows("dora", "SELECT * FROM sales.payments ORDER BY id")).containsExactly("2, 10", "3, 15");
        assertThat(mesh.failure("dora", "SELECT * FROM sales.orders")).contains("does not exist");
    }

    @Test
    void testConsumersWithDates()
    {
        assertThat(mesh.rows("finn", "SELECT * FROM sales.surveys")).containsExactly("1");
        assertThat(mesh.failure("pat", "SELECT * FROM sales.surveys")).contains("expired on 2020-12-31");
        assertThat(mesh.failure("dora", "SELECT * FROM sales.surveys")).containsAnyOf("does not exist", "2199-01-01");
    }

    @Test
    void testWritesAreRefused()
    {
        for (String user : List.of("ana", "sam", "gus")) {
            for (String sql : List.of("UPDATE sales.orders SET region = 'EAST'", "DELETE FROM sales.orders", "INSERT INTO sales.orders VALUES (9, 'WEST')", "DELETE FROM sales.customers WHERE ssn = '078-05-1120'", "TRUNCATE TABLE sales.payments")) {
                assertThat(mesh.failure(user, sql)).as(user + ": " + sql).doesNotContain("Mainstreet");
            }
        }
        assertThat(mesh.rows("gus", "SELECT count(*) FROM sales.orders")).containsExactly("4");
    }

    @Test
    void testEditsOfAPolicyHoldFromTheNextStatement()
    {
        Session prepared = Session.builder(MeshQueryRunner.as("ana")).addPreparedStatement("phones", "SELECT phone FROM sales.changing").build();
        assertThat(mesh.rows("ana", "SELECT phone FROM sales.changing")).containsExactly("+49 30 1234");

        mesh.publish("governance/changing.yaml", changing("  masks: [{id: phone, match: {columns: [phone]}, mask: show-last-4}]"));
        assertThat(mesh.rows("ana", "SELECT phone FROM sales.changing")).containsExactly("****1234");
        assertThat(mesh.rows(prepared, "EXECUTE phones")).containsExactly("****1234");

        inTransaction(session -> {
            assertThat(mesh.rows(session, "SELECT phone FROM sales.changing")).containsExactly("****1234");
            mesh.publish("governance/changing.yaml", changing("  masks: [{id: phone, match: {columns: [phone]}, mask: replace-with-null}]"));
            assertThat(mesh.rows(session, "SELECT phone FROM sales.changing")).containsExactly("null");
            mesh.publish("governance/changing.yaml", changing("  rowFilters: [{id: none, match: {products: [sales.changing]}, filter: \"id = 2\"}]"));
            assertThat(mesh.rows(session, "SELECT phone FROM sales.changing")).isEmpty();
        });

        mesh.publish("governance/changing.yaml", changing("  hiddenColumns: [{id: phone, match: {columns: [phone]}}]"));
        assertThat(Answers.said(mesh.runner(), prepared, "EXECUTE phones")).startsWith("ERROR").contains("phone is hidden from you");
        mesh.publish("governance/changing.yaml", changing("  denials: [{id: gone, match: {products: [sales.changing]}, principals: [{group: sales-analysts}]}]"));
        assertThat(Answers.said(mesh.runner(), prepared, "EXECUTE phones")).startsWith("ERROR").contains("Cannot read data product sales.changing");
        mesh.withdraw("governance/changing.yaml");
        assertThat(mesh.rows("ana", "SELECT phone FROM sales.changing")).containsExactly("+49 30 1234");
    }

    @Test
    void testADomainCannotLoosen()
    {
        mesh.publish("domains/sales/governance/rules.yaml",
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: sales-rules, owner: sales-data-team, description: What sales would like}
                spec:
                  masks:
                    - {id: mails, match: {columns: [email]}, mask: {action: generalise, prefix: 3}, except: [{group: governance}]}
                """);
        assertThat(mesh.rows("ana", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("****@example.org");
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE file = 'domains/sales/governance/rules.yaml'")).anyMatch(message -> message.contains("rule sales-rules/mails would loosen rule pii/email") && message.contains("stays in force"));
        mesh.withdraw("domains/sales/governance/rules.yaml");
    }

    @Test
    void testADomainMayTighten()
    {
        mesh.publish("domains/sales/governance/rules.yaml",
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: sales-rules, owner: sales-data-team, description: Stricter than all others}
                spec:
                  masks:
                    - {id: mails, match: {columns: [email]}, mask: replace-with-null, except: [{group: governance}]}
                  rowFilters:
                    - {id: west, match: {products: [sales.orders]}, filter: "region = 'WEST'", except: [{group: governance}]}
                """);
        assertThat(mesh.rows("ana", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("null");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.orders")).containsExactly("1, WEST");
        assertThat(mesh.rows("gus", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("ada@example.org");
        mesh.withdraw("domains/sales/governance/rules.yaml");
        assertThat(mesh.rows("ana", "SELECT * FROM sales.orders")).hasSize(2);
    }

    @Test
    void testABrokenPolicyKeepsWhatItSaid()
    {
        mesh.publish("governance/pii.yaml", RULES.replace("mask: email-domain", "mask: email-domian"));
        assertThat(mesh.rows("ana", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("****@example.org");
        mesh.publish("governance/pii.yaml", "kind: [");
        assertThat(mesh.rows("ana", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("****@example.org");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM sales.orders")).containsExactly("2");
        mesh.publish("governance/pii.yaml", RULES);
        assertThat(mesh.rows("ana", "SELECT email FROM sales.customers WHERE id = 1")).containsExactly("****@example.org");
    }

    private static String changing(String rules)
    {
        return """
               apiVersion: datamesh/v1
               kind: GovernancePolicy
               metadata: {name: changing, owner: governance, description: Changes while people read}
               spec:
               """ + rules + "\n";
    }

    private static String product(String domain, String name, String columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %2$s, domain: %1$s, owner: %1$s-data-team, version: 1.0.0}
               spec:
                 description: A product under rules
                 outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: %1$s}]
                 columns:
               %3$s
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                   - {role: marketing-analytics, permissions: [read]}
                   - {role: governance, permissions: [read]}
                   %4$s
                   - {role: %1$s-data-team, permissions: [read, admin]}
                 support: [{channel: "#%1$s-data-team"}]
               """.formatted(domain, name, columns.strip().indent(4).stripTrailing(), name.equals("surveys") ? "" : "- {user: finn, permissions: [read]}");
    }

    /**
     * How many splits and rows the statement reads.
     */
    private String read(String user, String sql)
    {
        return QueryRecord.counters(mesh.runner(), MeshQueryRunner.as(user), sql);
    }

    private MaterializedResult execute(String user, String sql)
    {
        return mesh.runner().execute(MeshQueryRunner.as(user), sql);
    }
}
