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
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * Ana reads customers and may know of the forecast, ben reads only his rows of customers, sam is the steward of both, gus is
 * a steward of the mesh, and eve is nobody. Salaries are a secret of another domain.
 */
final class TestAccessTables
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales", "people")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: sales-analysts}]")
            .with("conformance", "{interoperability: audit, pii-handling: off}");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - id: mask-email
                  match: {columns: [email]}
                  mask: email-domain
                  except: [{role: sales-data-team}, {group: fraud}]
              hiddenColumns:
                - id: hide-ssn
                  description: Nobody needs it
                  match: {products: [people.salaries, sales.customers], columns: [ssn]}
                  except: [{role: sales-data-team}]
              rowFilters:
                - id: own-rows
                  match: {products: [sales.customers]}
                  filter: "region = 'WEST' AND representative = ${user}"
                  principals: [{user: ben}, {user: bob}]
                  validUntil: 2999-12-31
                - id: dead-rows
                  match: {products: [people.salaries]}
                  filter: "name <> 'x'"
              checks:
                - {id: columns-told, description: Columns are described, expression: "product.columns.all(c, c.name == 'name')", message: columns are wrong, enforcement: warn, match: {domains: [sales]}}
              waivers:
                - {check: privacy/columns-told, product: sales.forecast, until: 2999-01-31, reason: it is new, approvedBy: governance}
            """;

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Every customer once
              slos: {freshness: {target: 4h}}
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customers}
              columns:
                - {name: name, type: varchar, mask: show-first-4}
                - {name: email, type: varchar}
                - {name: ssn, type: varchar}
                - {name: region, type: varchar}
                - {name: representative, type: varchar}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {user: ben, permissions: [read]}
                - {role: sales-data-team, permissions: [read, write, admin]}
              support:
                - {channel: "#sales-data"}
            """;

    private static final String FORECAST =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: forecast, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: What we will sell
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: forecast}
              columns:
                - {name: amount, type: bigint}
                - {name: secret_plan, type: varchar, hidden: true}
              accessControl:
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String SALARIES =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: salaries, domain: people, owner: people-team, version: 1.0.0}
            spec:
              description: What people earn
              discoverable: false
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: people, table: salaries}
              columns:
                - {name: name, type: varchar}
                - {name: ssn, type: varchar}
              accessControl:
                - {role: people-team, permissions: [read, admin]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/customers.yaml", CUSTOMERS)
                .write("domains/sales/forecast.yaml", FORECAST)
                .write("domains/people/salaries.yaml", SALARIES)
                // So that rows travel to another process
                .setWorkers(1)
                .start());
        return mesh.runner();
    }

    @Test
    void testAnaIsToldWhatSheSees()
    {
        assertThat(mesh.rows("ana", "SELECT table_name, column_name, access, mask, rule, rule_file, rule_line, row_filter FROM mesh.system.my_access ORDER BY table_name, column_name")).containsExactly(
                "customers, email, masked, email-domain, privacy/mask-email, governance/privacy.yaml, 6, null",
                "customers, name, masked, show-first-4, sales.customers/columns.name.mask, domains/sales/customers.yaml, 10, null",
                "customers, region, clear, null, null, null, null, null",
                "customers, representative, clear, null, null, null, null, null",
                "customers, ssn, hidden, null, privacy/hide-ssn, governance/privacy.yaml, 11, null",
                "forecast, amount, none, null, null, null, null, null");
        assertThat(mesh.rows("ana", "SELECT DISTINCT domain, product, version, table_name, row_filter_rules, reason, how_to_ask FROM mesh.system.my_access ORDER BY table_name")).containsExactly(
                "sales, customers, 1.0.0, customers, [], role:sales-analysts may read sales.customers, sales-data-team via #sales-data",
                "sales, forecast, 1.0.0, forecast, [], group:sales-analysts may discover the mesh; it belongs to sales-data-team: ask sales-data-team to read it, sales-data-team");
    }

    @Test
    void testBenIsToldWhichRowsAreHis()
    {
        assertThat(mesh.rows("ben", "SELECT column_name, access, row_filter, row_filter_rules FROM mesh.system.my_access ORDER BY column_name")).containsExactly(
                "email, masked, region = 'WEST' AND representative = 'ben', [privacy/own-rows]",
                "name, masked, region = 'WEST' AND representative = 'ben', [privacy/own-rows]",
                "region, clear, region = 'WEST' AND representative = 'ben', [privacy/own-rows]",
                "representative, clear, region = 'WEST' AND representative = 'ben', [privacy/own-rows]",
                "ssn, hidden, region = 'WEST' AND representative = 'ben', [privacy/own-rows]");
    }

    @Test
    void testStewardsSeeTheirProductsInClear()
    {
        assertThat(mesh.rows("sam", "SELECT product, column_name, access FROM mesh.system.my_access ORDER BY product, column_name")).containsExactly(
                "customers, email, clear",
                "customers, name, clear",
                "customers, region, clear",
                "customers, representative, clear",
                "customers, ssn, clear",
                "forecast, amount, clear",
                "forecast, secret_plan, clear");
        // A steward of the mesh knows of everything and reads nothing
        assertThat(mesh.rows("gus", "SELECT DISTINCT product, access FROM mesh.system.my_access ORDER BY product")).containsExactly(
                "customers, none",
                "forecast, none",
                "salaries, none");
    }

    @Test
    void testReadersKnowTheRulesThatApplyToThem()
    {
        @Language("SQL") String sql = "SELECT policy, rule, kind, level, domain, effect, scope, principals, \"except\", valid_from, valid_until, description, file, line FROM mesh.system.policies ORDER BY file DESC, line";
        // Neither the salaries, nor who is exempt, nor that the rows of others are filtered
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "privacy, privacy/mask-email, masks, global, null, email-domain, columns: [email], [], null, null, null, null, governance/privacy.yaml, 6",
                "privacy, privacy/hide-ssn, hiddenColumns, global, null, hidden, columns: [ssn]; products: [sales.customers], [], null, null, null, Nobody needs it, governance/privacy.yaml, 11",
                "sales.customers, sales.customers/columns.name.mask, masks, product, sales, show-first-4, everything, [], [the product's stewards], null, null, null, domains/sales/customers.yaml, 10");
        assertThat(mesh.rows("ben", sql)).hasSize(4).contains(
                "privacy, privacy/own-rows, rowFilters, global, null, region = 'WEST' AND representative = ${user}, products: [sales.customers], [user:ben], [], null, 2999-12-31, null, governance/privacy.yaml, 16");
    }

    @Test
    void testOwnersKnowTheRulesAboutTheirProducts()
    {
        assertThat(mesh.rows("sam", "SELECT rule, scope, principals, \"except\" FROM mesh.system.policies WHERE kind <> 'checks' ORDER BY file DESC, line")).containsExactly(
                "privacy/mask-email, columns: [email], [], [role:sales-data-team, group:fraud]",
                "privacy/hide-ssn, columns: [ssn]; products: [sales.customers], [], [role:sales-data-team]",
                "privacy/own-rows, products: [sales.customers], [user:ben, user:bob], []",
                "sales.forecast/columns.secret_plan.hidden, everything, [], [the product's stewards]",
                "sales.customers/columns.name.mask, everything, [], [the product's stewards]");
        assertThat(mesh.rows("sam", "SELECT rule, effect, file FROM mesh.system.policies WHERE kind = 'checks' AND policy IN ('privacy', 'interoperability') ORDER BY rule")).containsExactly(
                "interoperability/description, audit, null",
                "interoperability/output-port, audit, null",
                "interoperability/owner, audit, null",
                "interoperability/qualified-name, audit, null",
                "interoperability/schema, audit, null",
                "interoperability/slos, audit, null",
                "privacy/columns-told, warn, governance/privacy.yaml");
    }

    @Test
    void testGusKnowsEveryRule()
    {
        assertThat(mesh.rows("gus", "SELECT rule, scope FROM mesh.system.policies WHERE kind <> 'checks' ORDER BY file DESC, line")).containsExactly(
                "privacy/mask-email, columns: [email]",
                "privacy/hide-ssn, columns: [ssn]; products: [people.salaries, sales.customers]",
                "privacy/own-rows, products: [sales.customers]",
                "privacy/dead-rows, products: [people.salaries]",
                "sales.forecast/columns.secret_plan.hidden, everything",
                "sales.customers/columns.name.mask, everything");
    }

    @Test
    void testViolations()
    {
        @Language("SQL") String sql = "SELECT \"check\", policy, severity, enforcement, product, owner, message, remedy, waived_until, file, line FROM mesh.system.policy_violations WHERE domain = 'sales' ORDER BY product, \"check\"";
        String remedy = "change the product so that this holds: product.columns.all(c, c.name == 'name')";
        List<String> whole = List.of(
                "privacy/columns-told, privacy, warning, warn, customers, sales-data-team, columns are wrong, " + remedy + ", null, domains/sales/customers.yaml, 1",
                "interoperability/slos, interoperability, info, audit, forecast, sales-data-team, the data product promises no service level, add 'slos: {freshness: {target: 4h}}' to spec, or to its contract, null, domains/sales/forecast.yaml, 1",
                "privacy/columns-told, privacy, info, warn, forecast, sales-data-team, columns are wrong, " + remedy + ", 2999-01-31, domains/sales/forecast.yaml, 1");
        assertThat(mesh.rows("sam", sql)).isEqualTo(whole);
        assertThat(mesh.rows("gus", sql)).isEqualTo(whole);
        assertThat(mesh.rows("gus", "SELECT DISTINCT product FROM mesh.system.policy_violations ORDER BY product")).containsExactly("customers", "forecast", "salaries");
        // Who only may discover a product is not told whose fault it is, or where
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "privacy/columns-told, privacy, warning, warn, customers, null, columns are wrong, null, null, null, null",
                "interoperability/slos, interoperability, info, audit, forecast, null, the data product promises no service level, null, null, null, null",
                "privacy/columns-told, privacy, info, warn, forecast, null, columns are wrong, null, null, null, null");
        assertThat(mesh.rows("ben", "SELECT DISTINCT domain, product FROM mesh.system.policy_violations")).containsExactly("sales, customers");
    }

    @Test
    void testEveSeesNothing()
    {
        for (String table : List.of("my_access", "policies", "policy_violations")) {
            assertThat(mesh.rows("eve", "SELECT * FROM mesh.system." + table)).as(table).isEmpty();
        }
    }

    @Test
    void testGusAsksWhatOthersSee()
    {
        assertThat(mesh.rows("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'ben', groups => ARRAY[]))"))
                .isEqualTo(mesh.rows("ben", "SELECT 'ben', * FROM mesh.system.my_access"))
                .hasSize(5);
        assertThat(mesh.rows("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'ana', groups => ARRAY['sales-analysts']))"))
                .isEqualTo(mesh.rows("ana", "SELECT 'ana', * FROM mesh.system.my_access"))
                .hasSize(6);
        assertThat(mesh.rows("gus", "SELECT user_name, product, column_name, access FROM TABLE(mesh.system.access_of(user_name => 'sue', roles => ARRAY['people-team'])) ORDER BY column_name")).containsExactly(
                "sue, salaries, name, clear",
                "sue, salaries, ssn, hidden");
        assertThat(mesh.rows("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'eve', groups => ARRAY[]))")).isEmpty();
        // What gus is in is known
        assertThat(mesh.rows("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'gus'))")).isEqualTo(mesh.rows("gus", "SELECT 'gus', * FROM mesh.system.my_access")).isNotEmpty();
        assertThat(mesh.rows("gus", "SELECT count(*) FROM TABLE(mesh.system.access_of('sam', ARRAY['sales-data-team']))")).containsExactly("7");
    }

    @Test
    void testQuestionsThatMakeNoSense()
    {
        assertThat(mesh.failure("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => ''))")).contains("user_name must be the name of a user");
        assertThat(mesh.failure("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => NULL))")).contains("user_name must be the name of a user");
        assertThat(mesh.failure("gus", "SELECT * FROM TABLE(mesh.system.access_of(groups => ARRAY['x']))")).contains("Missing argument: USER_NAME");
        assertThat(mesh.failure("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'x', groups => ARRAY['y', NULL]))")).contains("groups must be an array of names, without NULL and without empty ones");
        assertThat(mesh.failure("gus", "SELECT * FROM TABLE(mesh.system.access_of('ana'))"))
                .contains("groups must be given: Trino does not tell a catalog the groups of other users; write groups => ARRAY['analysts'], or groups => ARRAY[] for a user who is in none");
        assertThat(mesh.failure("gus", "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'x', roles => NULL))")).contains("roles must be an array of names");
    }

    @Test
    void testNobodyElseAsks()
    {
        for (String user : List.of("ana", "ben", "sam", "eve")) {
            assertThat(mesh.failure(user, "SELECT * FROM TABLE(mesh.system.access_of(user_name => 'gus', groups => ARRAY['governance']))")).as(user).contains("Access Denied: Cannot execute function mesh.system.access_of");
            // Not even about themselves
            assertThat(mesh.failure(user, "SELECT * FROM TABLE(mesh.system.access_of(user_name => '" + user + "'))")).as(user).contains("Access Denied: Cannot execute function mesh.system.access_of");
        }
    }

    @Test
    void testViewsOfStewardsDoNotHandItOn()
    {
        computeActual(as("gus"), "CREATE SCHEMA lake.views");
        computeActual(as("gus"), "CREATE VIEW lake.views.access AS SELECT * FROM TABLE(mesh.system.access_of(user_name => 'ben', groups => ARRAY[]))");
        assertThat(mesh.rows("gus", "SELECT * FROM lake.views.access")).hasSize(5);
        assertThat(mesh.failure("ana", "SELECT * FROM lake.views.access")).contains("Access Denied: Cannot execute function mesh.system.access_of");
    }
}
