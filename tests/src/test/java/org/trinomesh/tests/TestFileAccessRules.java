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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * Trino's file-based access rules beside the mesh. Ana is an analyst of sales; gus is exempt from the rules of the mesh.
 */
@TestInstance(PER_CLASS)
@Execution(SAME_THREAD)
final class TestFileAccessRules
{
    private static final String NO_FUNCTIONS =
            """
            {
              "catalogs": [{"catalog": "mesh|lake|system", "allow": "all"}]
            }
            """;

    private Path directory;
    private Path rules;
    private EmbeddedMesh mesh;

    @BeforeAll
    void start()
            throws Exception
    {
        directory = Files.createTempDirectory("mesh-rules");
        rules = Files.writeString(directory.resolve("rules.json"), NO_FUNCTIONS);
        mesh = EmbeddedMesh.of(MeshDocument.of(
                        "{domain: sales, storage: lake, namespaces: [sales]}",
                        "{domain: sales, trinoCatalog: tpch, schemas: [tiny], runAs: mesh-source-sales}").with("identifiers", "[{type: customer_id, domains: [sales]}]"))
                .write("governance/rules.yaml",
                        """
                        apiVersion: datamesh/v1
                        kind: GovernancePolicy
                        metadata: {name: pii, owner: governance}
                        spec:
                          masks:
                            - {id: customer, match: {identifiers: [customer_id]}, mask: tokenize, except: [{group: governance}]}
                            - {id: email, match: {columns: [email]}, mask: email-domain, except: [{group: governance}]}
                          hiddenColumns:
                            - {id: notes, match: {columns: [note]}, except: [{group: governance}]}
                          rowFilters:
                            - {id: regions, match: {products: [sales.customers]}, filter: "region IN ('WEST', 'SOUTH')", except: [{group: governance}]}
                        """)
                .write("domains/sales/customers.yaml",
                        """
                        apiVersion: datamesh/v1
                        kind: DataProduct
                        metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
                        spec:
                          description: Every customer once
                          outputPorts:
                            - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customers}
                          columns:
                            - {name: id, type: bigint}
                            - {name: customer_id, type: varchar, identifier: customer_id}
                            - {name: email, type: varchar}
                            - {name: region, type: varchar}
                            - {name: note, type: varchar}
                          accessControl:
                            - {group: sales-analysts, permissions: [read]}
                            - {group: governance, permissions: [read]}
                            - {group: sales-data-team, permissions: [read, share]}
                            - {domain: sales, permissions: [read, share]}
                        """)
                .write("domains/sales/regions.yaml",
                        """
                        apiVersion: datamesh/v1
                        kind: DataProduct
                        metadata: {name: regions, domain: sales, owner: sales-data-team, version: 1.0.0}
                        spec:
                          description: Customers of each region
                          outputPorts:
                            - {name: sql, type: sql, engine: trino, query: {sql: "SELECT region, count(customer_id) AS customers FROM customers GROUP BY region"}}
                          columns:
                            - {name: region, type: varchar}
                            - {name: customers, type: bigint}
                          accessControl:
                            - {group: sales-analysts, permissions: [read]}
                        """)
                .write("domains/sales/nations.yaml",
                        """
                        apiVersion: datamesh/v1
                        kind: DataProduct
                        metadata: {name: nations, domain: sales, owner: sales-data-team, version: 1.0.0}
                        spec:
                          description: Nations of the world
                          outputPorts:
                            - {name: sql, type: sql, engine: trino, trinoCatalog: tpch, schema: tiny, table: nation}
                          columns:
                            - {name: name, type: varchar}
                          accessControl:
                            - {group: sales-analysts, permissions: [read]}
                        """)
                .write("domains/sales/totals.yaml",
                        """
                        apiVersion: datamesh/v1
                        kind: DataProduct
                        metadata: {name: totals, domain: sales, owner: sales-data-team, version: 1.0.0}
                        spec:
                          description: How many people live in each region
                          outputPorts:
                            - {name: sql, type: sql, engine: trino, query: {sql: "SELECT region, count(customer_id) AS people FROM customers GROUP BY region", materialized: {storage: lake, schema: sales, table: totals}}}
                          columns:
                            - {name: region, type: varchar}
                            - {name: people, type: bigint}
                          accessControl:
                            - {group: sales-analysts, permissions: [read]}
                            - {user: scheduler, permissions: [write]}
                        """)
                .addMeshProperty("mesh.mask-key", GovernedWorld.MASK_KEY)
                .setFileAccessRules(rules)
                .start();
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT * FROM (VALUES "
                + "(BIGINT '1', VARCHAR '1001', VARCHAR 'ada@example.org', VARCHAR 'WEST', VARCHAR 'x'), (2, '1002', 'bob@example.net', 'SOUTH', 'y'), (3, '1003', 'cy@example.com', 'EAST', 'z')) AS t(id, customer_id, email, region, note)");
    }

    @AfterAll
    void stop()
            throws Exception
    {
        mesh.close();
        deleteRecursively(directory, ALLOW_INSECURE);
    }

    @Test
    void testPseudonymsNeedARuleForTheirFunctions()
            throws IOException
    {
        use(NO_FUNCTIONS);
        assertThat(mesh.failure("ana", "SELECT customer_id FROM mesh.sales.customers")).endsWith(documented("text", "Cannot execute function"));
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(query => 'customer'))")).contains("Cannot execute function");
        use(documented("json", "\"catalog\": \"mesh\", \"allow\": \"all\""));
        assertThat(mesh.rows("ana", "SELECT id, customer_id <> '1001', email FROM mesh.sales.customers ORDER BY id")).containsExactly("1, true, ****@example.org", "2, true, ****@example.net");
        assertThat(mesh.rows("ana", "SELECT product FROM TABLE(mesh.system.search(query => 'customer'))")).containsExactly("customers", "regions");
        // The rule of the file lets nobody call what masks call
        for (String user : new String[] {"ana", "gus", "mesh-policy-" + "0".repeat(64)}) {
            assertThat(mesh.failure(user, "SELECT mesh.system.tokenize('1001', 'customer_id', '1')")).contains("Cannot execute function mesh.system.tokenize");
        }
    }

    @Test
    void testRulesThatNamePeople()
            throws IOException
    {
        String documented = documented("json", "sales-analysts|sales-data-team");
        use(documented.replace("mesh-policy-", "somebody-else-"));
        assertThat(mesh.failure("ana", "SELECT id FROM mesh.sales.customers")).contains("Access Denied");
        use(documented);
        assertThat(mesh.rows("ana", "SELECT id, customer_id <> '1001', email FROM mesh.sales.customers ORDER BY id")).containsExactly("1, true, ****@example.org", "2, true, ****@example.net");
        assertThat(mesh.rows("ana", "SELECT product FROM TABLE(mesh.system.search(query => 'customer'))")).containsExactly("customers", "regions");
        for (String user : new String[] {"ana", "mesh-policy-" + "0".repeat(64)}) {
            assertThat(mesh.failure(user, "SELECT mesh.system.tokenize('1001', 'customer_id', '1')")).contains("Cannot execute function mesh.system.tokenize");
        }
        assertThat(mesh.failure("mesh-policy-" + "0".repeat(64), "SELECT * FROM mesh.sales.customers")).contains("does not exist");
    }

    @Test
    void testQueriesOfProducts()
            throws IOException
    {
        String people = documented("json", "sales-analysts|sales-data-team");
        use(people);
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.regions")).contains("Access Denied");
        use(with(people, documented("json", "mesh-domain-")));
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.regions ORDER BY region")).containsExactly("SOUTH, 1", "WEST, 1");
        for (String user : List.of("mesh-domain-sales", "mesh-domain-sales-" + "0".repeat(32), "domain:sales")) {
            assertThat(mesh.failure(user, "SELECT * FROM mesh.sales.customers")).as(user).containsAnyOf("does not exist", "Access Denied: Cannot access catalog mesh");
        }
    }

    @Test
    void testTablesOfOtherCatalogs()
            throws IOException
    {
        String people = with(documented("json", "sales-analysts|sales-data-team"), documented("json", "mesh-domain-"));
        String source = documented("json", "mesh-source-sales").replace("\"erp\"", "\"tpch\"").replace("\"public\"", "\"tiny\"");
        String denied = "Access Denied: View owner does not have sufficient privileges";
        use(people);
        assertThat(mesh.failure("ana", "SELECT name FROM mesh.sales.nations")).contains(denied);
        // It reads for others, which the engine allows like owning a view
        for (String less : List.of(source.replace("\"all\"", "\"read-only\""), source.replace("\"SELECT\", \"GRANT_SELECT\"", "\"SELECT\""), source.replace("mesh-source-sales", "mesh-source-finance"))) {
            assertThat(less).isNotEqualTo(source);
            use(with(people, less));
            assertThat(mesh.failure("ana", "SELECT name FROM mesh.sales.nations")).contains(denied);
        }
        use(with(people, source));
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.sales.nations WHERE name LIKE 'U%'")).containsExactly("2");
        assertThat(mesh.failure("ana", "SELECT name FROM tpch.tiny.nation")).contains("Access Denied: Cannot access catalog tpch");
        assertThat(mesh.failure("mesh-source-sales", "SELECT name FROM mesh.sales.nations")).contains("does not exist");
    }

    @Test
    void testRefreshesOfStoredRows()
            throws IOException
    {
        String refresh = "REFRESH MATERIALIZED VIEW mesh.sales.totals";
        String people = with(documented("json", "sales-analysts|sales-data-team"), documented("json", "mesh-domain-"));
        String scheduler = documented("json", "UPDATE");
        use(people);
        assertThat(mesh.failure("scheduler", refresh)).contains("Access Denied: Cannot access catalog mesh");
        for (String less : List.of(scheduler.replace("\"all\"", "\"read-only\""), scheduler.replace("\"UPDATE\"", "\"INSERT\", \"DELETE\", \"OWNERSHIP\""))) {
            assertThat(less).isNotEqualTo(scheduler);
            use(with(people, less));
            assertThat(mesh.failure("scheduler", refresh)).endsWith(documented("text", "Cannot refresh"));
        }
        use(with(people, scheduler.replace("\"SELECT\", ", "")));
        assertThat(mesh.failure("scheduler", refresh)).isEqualTo("Access Denied: Cannot select from table mesh.sales.totals$query");
        use(with(people, scheduler));
        mesh.runner().execute(MeshQueryRunner.as("scheduler"), refresh);
        for (String table : List.of("totals", "regions", "\"totals$query\"")) {
            assertThat(mesh.failure("scheduler", "SELECT * FROM mesh.sales." + table)).as(table).containsAnyOf("Access Denied", "does not exist");
        }
        // The file alone does not let anybody refresh
        use(with(people, scheduler.replace("\"user\": \"scheduler\"", "\"user\": \".*\"")));
        assertThat(mesh.failure("ana", refresh)).contains("Cannot refresh materialized view").contains("it needs the permission 'write' on sales.totals");
        use(people);
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.totals ORDER BY region")).containsExactly("SOUTH, 1", "WEST, 1");
        // Rules that name nobody say nothing of tables, so that they allow it
        use(documented("json", "\"catalog\": \"mesh\", \"allow\": \"all\"").replace("\"catalogs\": [", "\"catalogs\": [{\"user\": \"pipeline\", \"catalog\": \"lake\", \"allow\": \"all\"},"));
        assertThat(mesh.rows("pipeline", "SELECT count(*) FROM lake.sales.totals")).containsExactly("2");
        mesh.runPipeline("INSERT INTO lake.sales.customers SELECT 4, '1004', email, region, note FROM lake.sales.customers WHERE id = 1");
        try {
            mesh.runner().execute(MeshQueryRunner.as("scheduler"), refresh);
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.totals ORDER BY region")).containsExactly("SOUTH, 1", "WEST, 2");
        }
        finally {
            mesh.runPipeline("DELETE FROM lake.sales.customers WHERE id = 4");
        }
    }

    /**
     * The first rules, with those of other blocks before them.
     *
     * @param more blocks whose entries have one line each
     */
    private static String with(String rules, String... more)
    {
        String all = rules;
        for (String block : more) {
            String section = "";
            for (String line : block.lines().map(String::strip).toList()) {
                Matcher begin = Pattern.compile(".*(\"\\w+\": \\[)").matcher(line);
                if (begin.matches()) {
                    section = begin.group(1);
                    assertThat(all).contains(section);
                }
                else if (line.startsWith("{ ")) {
                    all = all.replace(section, section + (line.endsWith(",") ? line : line + ","));
                }
            }
        }
        return all;
    }

    @Test
    void testAViewOfSomebodyWhoMayShare()
            throws IOException
    {
        use(NO_FUNCTIONS);
        mesh.runPipeline("CREATE SCHEMA lake.shared");
        for (String documented : new String[] {documented("json", "\"catalog\": \"mesh\", \"allow\": \"all\""), documented("json", "sales-analysts|sales-data-team")}) {
            use(documented
                    .replace("\"catalogs\": [", "\"catalogs\": [{\"catalog\": \"lake\", \"allow\": \"all\"},")
                    .replace("\"tables\": [", "\"tables\": [{\"catalog\": \"lake\", \"privileges\": [\"SELECT\", \"OWNERSHIP\"]},"));
            mesh.runner().execute(MeshQueryRunner.as("sam"), "CREATE OR REPLACE VIEW lake.shared.regions AS SELECT region, count(DISTINCT customer_id) AS people FROM mesh.sales.customers GROUP BY region");
            assertThat(mesh.rows("ana", "SELECT * FROM lake.shared.regions ORDER BY region")).containsExactly("SOUTH, 1", "WEST, 1");
        }
    }

    @Test
    void testTwoMasksOfOneColumnAreRefused()
            throws IOException
    {
        use(tables("\"columns\": [{\"name\": \"email\", \"mask\": \"'***'\"}]"));
        assertThat(mesh.failure("ana", "SELECT id FROM mesh.sales.customers")).endsWith(documented("text", "Multiple masks"));
        assertThat(mesh.rows("gus", "SELECT email FROM mesh.sales.customers WHERE id = 1")).as("for whom the mesh masks nothing").containsExactly("***");
        use(tables("\"columns\": [{\"name\": \"region\", \"mask\": \"lower(region)\"}]"));
        assertThat(mesh.rows("ana", "SELECT email, region FROM mesh.sales.customers WHERE id = 1")).containsExactly("****@example.org, west");
    }

    @Test
    void testRowFiltersOfBothHold()
            throws IOException
    {
        use(tables("\"filter\": \"id <> 2\""));
        assertThat(mesh.rows("ana", "SELECT id, region FROM mesh.sales.customers ORDER BY id")).containsExactly("1, WEST");
        assertThat(mesh.rows("gus", "SELECT id, region FROM mesh.sales.customers ORDER BY id")).containsExactly("1, WEST", "3, EAST");
        assertThat(mesh.rows("ana", "SELECT row_filter FROM mesh.system.my_access WHERE column_name = 'id'")).singleElement().asString().contains("region").doesNotContain("<>");
        use(tables("\"filter\": \"note IS NULL\""));
        assertThat(mesh.failure("ana", "SELECT id FROM mesh.sales.customers")).contains("note is hidden from you by rule pii/notes");
    }

    /**
     * The documented rules that name nobody, with more about the table.
     */
    private static String tables(String more)
            throws IOException
    {
        return documented("json", "\"catalog\": \"mesh\", \"allow\": \"all\"")
                .replaceFirst("\\{", Matcher.quoteReplacement("{\"tables\": [{\"catalog\": \"mesh\", \"schema\": \"sales\", \"table\": \"customers\", \"privileges\": [\"SELECT\"], %s}, {\"privileges\": [\"SELECT\"]}],".formatted(more)));
    }

    /**
     * The block of the manual with these words.
     */
    private static String documented(String language, String words)
            throws IOException
    {
        Matcher matcher = Pattern.compile("```" + language + "\\n([^`]*)```\\n").matcher(Files.readString(ProjectFiles.root().resolve("docs/access-rules.md")));
        while (matcher.find()) {
            if (matcher.group(1).contains(words)) {
                return matcher.group(1).strip();
            }
        }
        throw new AssertionError("The manual has no block of %s with %s".formatted(language, words));
    }

    private void use(String json)
            throws IOException
    {
        Files.writeString(rules, json);
    }
}
