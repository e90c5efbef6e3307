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

import io.airlift.units.Duration;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the example's policies say, seen through JDBC in a real server with the plugin as users deploy it. Pat, who runs the
 * pipelines, sees the tables behind the products and says what is right.
 */
final class TestRunningGovernance
{
    private static final RunningMesh MESH = RunningMesh.get();

    private static final String PERSON = "name, email, phone, CAST(birth_date AS varchar), address.street, address.city";
    private static final String MASKED_PERSON =
            """
            IF(name IS NULL, NULL, '****'),
            IF(email IS NULL, NULL, '****' || substr(email, strpos(email, '@'))),
            IF(phone IS NULL, NULL, '****' || substr(phone, -4)),
            substr(CAST(birth_date AS varchar), 1, 4) || '-01-01',
            CAST(NULL AS varchar),
            address.city
            """;

    @Test
    void testPeopleOfTheDomainSeeItsCustomers()
            throws SQLException
    {
        List<String> customers = MESH.rows("pat", "SELECT customer_id, credit_rating, " + PERSON + " FROM lake.sales.customer_360 ORDER BY customer_id");
        assertThat(customers).hasSize(1000);
        for (String user : List.of("ana", "sam")) {
            assertThat(MESH.rows(user, "SELECT customer_id, credit_rating, " + PERSON + " FROM mesh.sales.customer_360 ORDER BY customer_id")).as(user).isEqualTo(customers);
        }
        assertThat(MESH.rows("sam", "SELECT count(*) > 0 FROM mesh.sales.\"customer_360$files\"")).containsExactly("true");
        assertThat(MESH.failure("ana", "SELECT * FROM mesh.sales.\"customer_360$files\"")).contains("are only for its stewards");
    }

    @Test
    void testADataScientistSeesNoPerson()
            throws SQLException
    {
        assertThat(MESH.rows("dora", "SELECT " + PERSON + ", lifetime_value FROM mesh.sales.customer_360 ORDER BY 7, 2"))
                .isEqualTo(MESH.rows("pat", "SELECT " + MASKED_PERSON + ", lifetime_value FROM lake.sales.customer_360 ORDER BY 7, 2"));
        assertThat(MESH.rows("dora", "SELECT count(*), count(DISTINCT customer_id), count_if(regexp_like(customer_id, '^[0-9a-f]{32}$')) FROM mesh.sales.customer_360"))
                .containsExactly("1000 | 1000 | 1000");
        assertThat(MESH.rows("dora", "SHOW COLUMNS FROM mesh.sales.customer_360")).noneMatch(column -> column.contains("credit_rating")).hasSize(21);
        assertThat(MESH.failure("dora", "SELECT credit_rating FROM mesh.sales.customer_360")).contains("credit_rating is hidden from you by rule sales-customers/hide-credit-rating; ask sales-data-team via slack");
        assertThat(MESH.failure("dora", "SELECT * FROM mesh.sales.\"customer_360$files\"")).contains("are only for its stewards");
        assertThat(MESH.rows("dora", "SELECT month, billed FROM mesh.finance.receivables ORDER BY month, billed LIMIT 50"))
                .isEqualTo(MESH.rows("pat", "SELECT month, billed - mod(billed, 100) FROM lake.finance.receivables ORDER BY 1, 2 LIMIT 50"));
    }

    @Test
    void testMarketingAndFinance()
            throws SQLException
    {
        assertThat(MESH.rows("mia", "SELECT customer_id, name, email FROM mesh.sales.customer_profile ORDER BY customer_id"))
                .isEqualTo(MESH.rows("pat", "SELECT customer_id, IF(name IS NULL, NULL, '****'), IF(email IS NULL, NULL, '****' || substr(email, strpos(email, '@'))) FROM lake.sales.customer_360 ORDER BY customer_id"));
        assertThat(MESH.failure("mia", "SELECT * FROM mesh.sales.customer_360")).contains("group:marketing-analytics may discover the mesh; it belongs to sales-data-team: ask sales-data-team via slack");
        assertThat(MESH.rows("finn", "SELECT customer_id, month, invoices, billed FROM mesh.finance.receivables ORDER BY 1, 2"))
                .isEqualTo(MESH.rows("pat", "SELECT customer_id, month, invoices, billed FROM lake.finance.receivables ORDER BY 1, 2"));
        assertThat(MESH.rows("finn", "SELECT count(DISTINCT customer_id) FROM mesh.sales.customer_transactions"))
                .isEqualTo(MESH.rows("pat", "SELECT count(DISTINCT customer_id) FROM lake.sales.customer_transactions"));
    }

    @Test
    void testPartnersSeeTheirRegion()
            throws SQLException
    {
        assertThat(MESH.rows("wes", "SELECT region, " + PERSON + ", lifetime_value FROM mesh.sales.customer_360 ORDER BY 8, 3"))
                .isEqualTo(MESH.rows("pat", "SELECT region, " + MASKED_PERSON + ", lifetime_value FROM lake.sales.customer_360 WHERE region = 'WEST' ORDER BY 8, 3"))
                .isNotEmpty();
        assertThat(MESH.failure("max", "SELECT * FROM mesh.sales.customer_transactions"))
                .contains("the access that the contract gave to market-research expired on 2026-06-30")
                .contains("ask sales-data-team via slack");
    }

    @Test
    void testStewardsOfTheMeshOverseeAndReadNothingByThat()
            throws SQLException
    {
        assertThat(MESH.failure("gus", "SELECT * FROM mesh.sales.customer_360")).contains("group:governance oversees the mesh");
        assertThat(MESH.rows("gus", "SELECT column_name, access FROM TABLE(mesh.system.access_of(user_name => 'dora', groups => ARRAY['data-scientists'])) WHERE table_name = 'customer_360' AND column_name IN ('email', 'region', 'credit_rating') ORDER BY 1"))
                .containsExactly("credit_rating | hidden", "email | masked", "region | clear");
        assertThat(MESH.failure("ana", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'dora', groups => ARRAY['data-scientists']))")).contains("Access Denied");
        assertThat(MESH.rows("eve", "SELECT * FROM mesh.system.my_access")).isEmpty();
        assertThat(MESH.rows("eve", "SELECT * FROM mesh.system.policies")).isEmpty();
        assertThat(MESH.rows("eve", "SELECT * FROM mesh.system.policy_violations")).isEmpty();
    }

    @Test
    void testMaskedJoinAcrossThreeDomainsMatchesTheSameRows()
            throws SQLException
    {
        String join =
                """
                SELECT count(*), count(DISTINCT c.customer_id)
                FROM %1$s.sales.customer_360 c
                JOIN %1$s.marketing.customer_segments%2$s s ON s.customer_id = c.customer_id
                JOIN %1$s.finance.receivables r ON r.customer_id = s.customer_id
                """;
        List<String> clear = MESH.rows("pat", join.formatted("lake", "_v2"));
        assertThat(MESH.rows("dora", join.formatted("mesh", ""))).isEqualTo(clear).noneMatch(row -> row.startsWith("0"));
    }

    @Test
    void testPlansShowNoSecret()
            throws IOException, SQLException
    {
        String key = Files.readString(MESH.state().resolve("mask-key")).strip();
        assertThat(key).hasSize(64);
        for (String user : List.of("dora", "wes")) {
            for (String explain : List.of("EXPLAIN", "EXPLAIN (TYPE DISTRIBUTED)", "EXPLAIN (TYPE IO)", "EXPLAIN ANALYZE VERBOSE")) {
                String plan = String.join("\n", MESH.rows(user, explain + " SELECT customer_id, email, address FROM mesh.sales.customer_360 WHERE orders > 3"));
                assertThat(plan).as(user + " " + explain).doesNotContain(key).doesNotContain(key.substring(0, 16)).doesNotContain("warehouse/").doesNotContain("local://");
            }
        }
        assertThat(String.join("\n", MESH.rows("wes", "EXPLAIN SELECT customer_id FROM mesh.sales.customer_360 WHERE orders > 3"))).contains("rows: ?").doesNotContainPattern("rows: [0-9]");
        assertThat(MESH.failure("dora", "SELECT mesh.system.tokenize('CUS-00000001', 'customer_id', '1-00000000')")).contains("Access Denied: Cannot execute function");
    }

    @Test
    void testARevocationHoldsFromTheNextStatement()
            throws IOException, SQLException
    {
        Path policy = MESH.descriptors().resolve("domains/sales/governance/customers.yaml");
        String before = Files.readString(policy);
        try (Connection connection = MESH.connect("wes")) {
            connection.setAutoCommit(false);
            try (PreparedStatement prepared = connection.prepareStatement("SELECT count(*) > 0 FROM mesh.sales.customer_360 WHERE orders >= ?")) {
                prepared.setLong(1, 0);
                assertThat(first(prepared)).isEqualTo("true");
                Files.writeString(policy, before.replace("principals: [{group: western-partners}]\n      permissions: [read]", "principals: [{group: nobody-any-more}]\n      permissions: [read]"));
                assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.failure("wes", "SELECT 1 FROM mesh.sales.customer_360")).contains("does not exist"));
                assertThatThrownBy(() -> first(prepared)).hasMessageContaining("does not exist");
            }
        }
        finally {
            Files.writeString(policy, before);
        }
        assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("wes", "SELECT count(*) > 0 FROM mesh.sales.customer_360")).containsExactly("true"));
    }

    @Test
    void testADomainsFileThatWouldLoosenIsRefused()
            throws IOException, SQLException
    {
        Path policy = MESH.descriptors().resolve("domains/sales/governance/profiles.yaml");
        String rules =
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: sales-profiles, owner: sales-data-team}
                spec:
                  masks:
                    - {id: names, match: {products: [sales.customer_profile], tags: [name]}, mask: %s, except: [{members: owning-domain}]}
                """;
        try {
            Files.writeString(policy, rules.formatted("replace-with-null"));
            assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("mia", "SELECT DISTINCT name FROM mesh.sales.customer_profile")).containsExactly("null"));
            Files.writeString(policy, rules.formatted("mask-alphanum"));
            assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("gus", "SELECT message FROM mesh.system.problems WHERE file LIKE '%profiles.yaml'"))
                    .anyMatch(message -> message.startsWith("rule sales-profiles/names would loosen rule pii/mask-name (governance/pii.yaml:")));
            assertThat(MESH.rows("mia", "SELECT DISTINCT name FROM mesh.sales.customer_profile")).containsExactly("null");
        }
        finally {
            // A policy whose file is only gone would count for some time
            Files.writeString(policy, "# withdrawn\n");
        }
        // Other tests read the same product
        assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("mia", "SELECT DISTINCT name FROM mesh.sales.customer_profile")).contains("****"));
    }

    @Test
    void testBuiltInPoliciesTakeProductsOutOfService()
            throws IOException, SQLException
    {
        Path folder = Files.createDirectories(MESH.descriptors().resolve("domains/sales/conformance"));
        Path mesh = MESH.descriptors().resolve("mesh.yaml");
        String strict = Files.readString(mesh);
        try {
            publish(folder.resolve("ownerless.yaml"), "ownerless", "", "type: sql, engine: trino, catalog: lake, schema: sales, table: order_lines", "channel");
            publish(folder.resolve("portless.yaml"), "portless", "owner: sales-data-team, ", "type: file", "region");
            // A social security number of which nobody said that it is masked
            publish(folder.resolve("open.yaml"), "open", "owner: sales-data-team, ", "type: sql, engine: trino, catalog: lake, schema: sales, table: customer_360", "ssn");
            assertEventually(new Duration(30, SECONDS), () -> assertThat(violations("strict")).contains(
                    "ownerless | interoperability/owner",
                    "portless | interoperability/output-port",
                    "open | pii-handling/masking",
                    "open | pii-handling/classification"));
            for (String table : List.of("ownerless", "open")) {
                assertThat(MESH.failure("ana", "SELECT * FROM mesh.sales." + table)).as(table).contains("it is out of service: check ");
            }
            Files.writeString(mesh, strict.replace("interoperability: strict", "interoperability: warn").replace("pii-handling: strict", "pii-handling: warn"));
            assertEventually(new Duration(30, SECONDS), () -> assertThat(violations("warn")).contains(
                    "ownerless | interoperability/owner",
                    "portless | interoperability/output-port",
                    "open | pii-handling/masking",
                    "open | pii-handling/classification"));
            assertThat(MESH.rows("ana", "SELECT count(*) FROM mesh.sales.ownerless")).isEqualTo(MESH.rows("pat", "SELECT count(*) FROM lake.sales.order_lines"));
            assertThat(MESH.rows("ana", "SELECT name FROM mesh.system.data_products WHERE name = 'portless'")).containsExactly("portless");
            // Served as far as checks go; its table has no such column, which is another matter
            assertThat(MESH.failure("ana", "SELECT ssn FROM mesh.sales.open")).doesNotContain("check ").contains("ssn");
        }
        finally {
            Files.writeString(mesh, strict);
            for (String name : List.of("ownerless", "portless", "open")) {
                Files.deleteIfExists(folder.resolve(name + ".yaml"));
            }
        }
        assertEventually(new Duration(30, SECONDS), () -> assertThat(violations("strict")).noneMatch(row -> row.startsWith("open")));
    }

    private static List<String> violations(String enforcement)
            throws SQLException
    {
        return MESH.rows("gus", "SELECT product, \"check\" FROM mesh.system.policy_violations WHERE enforcement = '" + enforcement + "'");
    }

    private static void publish(Path file, String name, String owner, String port, String column)
            throws IOException
    {
        Files.writeString(file,
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: %s, domain: sales, %sversion: 1.0.0}
                spec:
                  description: A product that lacks something
                  accessControl: [{role: sales-analysts, permissions: [read]}]
                  outputPorts: [{name: out, %s}]
                  columns: [{name: %s, type: varchar, description: Something}]
                  slos: {freshness: {target: 24h}}
                  governance: {gdprCompliant: true}
                  support: [{channel: email, url: "mailto:sales-data@example.com"}]
                """.formatted(name, owner, port, column));
    }

    private static String first(PreparedStatement statement)
            throws SQLException
    {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }
}
