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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.Reason;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What rules about the sources of a query say of its columns.
 */
final class TestSqlProductRules
{
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Customers
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: bigint, identifier: customer_id}
                - {name: email, type: varchar, classification: restricted, tags: [pii]}
                - {name: region, type: varchar}
              accessControl:
                - {domain: sales, permissions: [read, share]}
            """;

    private static final String PUBLISHED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: published, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Published
              outputPorts: [{name: sql, type: sql, query: {sql: "%s"}}]
              columns:
                - {name: x, type: varchar}
                - {name: y, type: varchar}
              accessControl:
                - {group: analysts, permissions: [read]}
                - {domain: sales, permissions: [read, share]}
            """;

    @Test
    void testARuleMeetsWhatShowsItsColumn()
    {
        String mask = rule("products: [sales.customers], columns: [email]");
        assertSeen("SELECT email AS x, region AS y FROM customers", mask, "x=null, y=clear");
        assertSeen("SELECT region AS x, max(email) AS y FROM customers GROUP BY region", mask, "x=clear, y=null");
        assertSeen("SELECT upper(email) AS x, region AS y FROM customers", mask, "x=clear, y=clear");
        assertSeen("SELECT x, y FROM (SELECT region AS x, email AS y FROM customers)", mask, "x=clear, y=null");
    }

    @Test
    void testComputedColumnsInheritTagsAndClassification()
    {
        assertSeen("SELECT upper(email) AS x, region AS y FROM customers", rule("tags: [pii]"), "x=null, y=clear");
        assertSeen("SELECT upper(email) AS x, region AS y FROM customers", rule("classifications: [restricted]"), "x=null, y=clear");
        assertSeen("SELECT region AS x, CAST(count(id) AS varchar) AS y FROM customers GROUP BY region", rule("identifiers: [customer_id]"), "x=clear, y=clear");
        assertSeen("SELECT region AS x, CAST(id AS varchar) AS y FROM customers", rule("identifiers: [customer_id]"), "x=clear, y=null");
    }

    @Test
    void testAMaskThatKeepsAPartKeepsNothingOfAComputedValue()
    {
        String domains = rule("tags: [pii]").replace("replace-with-null", "email-domain");
        assertMasked("SELECT email AS x, region AS y FROM customers", domains, "x=email-domain, y=clear");
        assertMasked("SELECT max(email) AS x, min(region) AS y FROM customers", domains, "x=email-domain, y=clear");
        for (String computed : List.of(
                "'x@' || replace(email, '@', '.')",
                "upper(email)",
                "reverse(email)",
                "CAST(email AS varchar(4))",
                "coalesce(email, upper(email))",
                "CASE WHEN email = 'a' THEN 'z@a' ELSE email END",
                "listagg(email, ' ') WITHIN GROUP (ORDER BY email)")) {
            assertMasked("SELECT %s AS x, 'y' AS y FROM customers".formatted(computed), domains, "x=replace-with-null, y=clear");
        }
        // What its product says itself makes no mask weaker
        Governance tagged = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "customers.yaml", CUSTOMERS,
                "published.yaml", PUBLISHED.formatted("SELECT upper(email) AS x, region AS y FROM customers").replace("name: x, type: varchar", "name: x, type: varchar, tags: [pii]"),
                "governance/p.yaml", domains)));
        assertThat(masked(tagged)).isEqualTo("x=replace-with-null, y=clear");
        // Nor does the name of the column, which is not that of the source
        assertMasked("SELECT region AS y, lower(email) AS x FROM customers", rule("columns: [x, email]").replace("replace-with-null", "email-domain"), "x=replace-with-null, y=clear");
        assertMasked("SELECT a.region AS y, CASE WHEN a.id > 5 THEN a.email ELSE 'x@' || replace(b.email, '@', '.') END AS x FROM customers a JOIN customers b ON a.id = b.id", rule("columns: [email]").replace("replace-with-null", "email-domain"), "x=replace-with-null, y=clear");
        // Whoever names the column alone means its values
        assertMasked("SELECT upper(email) AS x, region AS y FROM customers", rule("columns: [x]").replace("replace-with-null", "email-domain"), "x=email-domain, y=clear");
        // Pseudonyms of single characters could be looked up
        assertMasked("SELECT substr(email, 1, 1) AS x, region AS y FROM customers", rule("tags: [pii]").replace("replace-with-null", "sha-256-global"), "x=replace-with-null, y=clear");
        assertMasked("SELECT upper(email) AS x, region AS y FROM customers", rule("tags: [pii]").replace("replace-with-null", "mask-to-fixed-value"), "x=mask-to-fixed-value, y=clear");
        // A mask that the source has by its name follows what is shown, and keeps nothing where that is altered
        String named = rule("products: [sales.customers], columns: [email]").replace("replace-with-null", "email-domain");
        assertMasked("SELECT email AS x, reverse(email) AS y FROM customers", named, "x=email-domain, y=replace-with-null");
    }

    @Test
    void testRulesThatDoNotFollowAreAWarning()
    {
        String mask = rule("identifiers: [customer_id]");
        assertThat(problems(governed("SELECT split(CAST(id AS varchar), '|')[1] AS x, CAST(id AS varchar) AS y FROM customers", mask, "")))
                .contains("published.yaml:8:7: warning: column 'x' of sales.published is computed, so its readers may see it although rule p/a (governance/p.yaml:6:7) masks sales.customers.id; " +
                        "write 'mask:' or 'hidden: true' at the column, or classify it so that a rule means it; or let an entry of 'declassify' say why its readers may see it")
                .doesNotContain("column 'y'");
        // Nothing is left of a value that is counted
        assertThat(problems(governed("SELECT CAST(count(DISTINCT id) AS varchar) AS x, CAST(max(id) IS NULL AS varchar) AS y FROM customers", mask, ""))).doesNotContain("is computed");
        assertThat(problems(governed("SELECT CAST(count(*) FILTER (WHERE id = 7) AS varchar) AS x, 'y' AS y FROM customers", mask, ""))).contains("column 'x' of sales.published is computed");
        // A rule that follows
        assertThat(problems(governed("SELECT upper(email) AS x, region AS y FROM customers", rule("tags: [pii]"), ""))).doesNotContain("is computed");
        // The domain says itself what holds
        assertThat(problems(governed("SELECT upper(region) AS x, region AS y FROM customers", rule("columns: [region]"), ""))).contains("column 'x' of sales.published is computed");
        Governance decided = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "customers.yaml", CUSTOMERS,
                "published.yaml", PUBLISHED.formatted("SELECT upper(region) AS x, region AS y FROM customers").replace("name: x, type: varchar", "name: x, type: varchar, mask: replace-with-null"),
                "governance/p.yaml", rule("columns: [region]"))));
        assertThat(problems(decided)).doesNotContain("is computed");
        String declassified = rule("columns: [region]") + "  declassify:\n    - {id: d, match: {products: [sales.published], columns: [x]}, from: [sales.customers.region], reason: Nobody minds}\n";
        assertThat(problems(governed("SELECT upper(region) AS x, region AS y FROM customers", declassified, ""))).doesNotContain("is computed").doesNotContain("matches nothing");
    }

    @Test
    void testRowFiltersOfAQueryThatReadsOneTableRowByRow()
    {
        assertFiltered("SELECT email AS x, region AS y FROM customers", "y = 'WEST'", "customers: region = 'WEST'");
        assertFiltered("SELECT upper(email) AS x, c.region AS y FROM customers c WHERE c.email LIKE 'a%'", "y = 'WEST'", "customers: region = 'WEST'");
        assertFiltered("SELECT email AS x, customers.region AS y FROM sales.customers ORDER BY 1", "y = 'WEST' AND x IS NOT NULL", "customers: region = 'WEST' AND email IS NOT NULL");
        assertFiltered("SELECT *, email AS x, region AS y FROM customers", "y = 'WEST'", "customers: region = 'WEST'");
        for (String sql : List.of(
                // Not the column as it is
                "SELECT email AS x, upper(region) AS y FROM customers",
                "SELECT email AS x, coalesce(region, 'WEST') AS y FROM customers",
                "SELECT email AS x, CAST(region AS varchar) AS y FROM customers",
                "SELECT email AS x, CAST(id AS varchar) AS y FROM customers",
                "SELECT email AS x, 'WEST' AS y FROM customers",
                // Other rows matter
                "SELECT max(email) AS x, region AS y FROM customers GROUP BY region",
                "SELECT DISTINCT email AS x, region AS y FROM customers",
                "SELECT email AS x, region AS y FROM customers LIMIT 5",
                "SELECT email AS x, region AS y FROM customers OFFSET 5",
                "(SELECT email AS x, region AS y FROM customers) LIMIT 5",
                "SELECT max(email) OVER () AS x, region AS y FROM customers",
                "SELECT max(email) OVER w AS x, region AS y FROM customers WINDOW w AS (PARTITION BY region)",
                "SELECT (SELECT max(email) FROM customers) AS x, region AS y FROM customers",
                "SELECT email AS x, region AS y FROM customers WHERE email IN (SELECT email FROM customers)",
                "SELECT email AS x, region AS y FROM customers UNION ALL SELECT email, region FROM customers",
                // Values of other tables, whose rows are not left out
                "SELECT c.email AS x, c.region AS y FROM customers c JOIN customers d ON c.id = d.id",
                "SELECT x, y FROM (SELECT email AS x, region AS y FROM customers)",
                "WITH t AS (SELECT email AS x, region AS y FROM customers) SELECT x, y FROM t",
                "SELECT c.x, c.y FROM customers AS c (i, x, y)",
                "SELECT email AS x, region AS y FROM customers TABLESAMPLE BERNOULLI (50)",
                "SELECT email AS x, region AS y FROM customers FOR VERSION AS OF 1")) {
            assertFiltered(sql, "y = 'WEST'", "denied");
        }
        // A column that the table does not have
        assertFiltered("SELECT email AS x, region AS y FROM customers", "z = 'WEST'", "denied");
    }

    private static void assertFiltered(String sql, String filter, String expected)
    {
        // Of the product itself, because a filter of the mesh means columns by the names of their table
        String rules = "  rowFilters:\n    - {id: west, filter: \"%s\", principals: [{group: analysts}]}\n".formatted(filter);
        Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "customers.yaml", CUSTOMERS,
                "published.yaml", PUBLISHED.formatted(sql).replace("  accessControl:", rules + "  accessControl:"))));
        MeshTable table = governance.mesh().table("sales", "published").orElseThrow();
        GovernedMesh analyst = new GovernedMesh(governance, new Requester("ana", Set.of("analysts"), Set.of()), NOW);
        String found = analyst.decide(table.product()).isReadable() ? analyst.sourceRows(table).map(rows -> "%s: %s".formatted(rows.source().name(), rows.rows().filter())).orElse("all") : "denied";
        assertThat(found).as(sql).isEqualTo(expected);
    }

    /**
     * An author could show any column under the name that a filter of the mesh compares.
     */
    @Test
    void testRowFiltersOfTheMeshMeanTheColumnThatTheTableCallsSo()
    {
        String shipped = "SELECT email AS x, region AS y, country AS region FROM customers";
        String customers = CUSTOMERS.replace("- {name: region, type: varchar}", "- {name: region, type: varchar}\n    - {name: country, type: varchar}");
        String filter = "  rowFilters:\n    - {id: west, match: {products: [sales.published]}, filter: \"region = 'WEST'\", principals: [{group: analysts}]}\n";
        String published = PUBLISHED.formatted(shipped).replace("    - {name: y, type: varchar}", "    - {name: y, type: varchar}\n    - {name: region, type: varchar}");
        Map<String, String> files = ImmutableMap.of("mesh.yaml", TestingMesh.MESH, "customers.yaml", customers, "published.yaml", published, "governance/p.yaml", rule("columns: [none]") + filter);
        assertThat(isReadable(Governance.of(TestingMesh.meshOf(files)), "published")).isFalse();
        assertThat(problems(Governance.of(TestingMesh.meshOf(files)))).contains("warning: row filter p/west cannot leave rows out of table 'sales.published', which a query computes, so those whom it means read nothing; store the rows of the query");
        assertThat(isReadable(Governance.of(TestingMesh.meshOf(with(files, "published.yaml", published.replace("region AS y, country AS region", "country AS y, region")))), "published")).isTrue();
        // Its own product may call columns as it likes
        assertThat(isReadable(Governance.of(TestingMesh.meshOf(with(with(files, "governance/p.yaml", rule("columns: [none]")), "published.yaml", published.replace("  accessControl:", filter.replace("match: {products: [sales.published]}, ", "") + "  accessControl:")))), "published")).isTrue();
    }

    private static boolean isReadable(Governance governance, String name)
    {
        return new GovernedMesh(governance, new Requester("ana", Set.of("analysts"), Set.of()), NOW).decide(governance.mesh().table("sales", name).orElseThrow().product()).isReadable();
    }

    @Test
    void testWhatTheDomainReadsMaskedIsNoDataAboutPersonsInTheClear()
    {
        String strict = TestingMesh.MESH.replace("pii-handling: off", "pii-handling: strict");
        assertThat(strict).isNotEqualTo(TestingMesh.MESH);
        String handled = "governance: {gdprCompliant: true, encryption: at-rest}";
        String customers = CUSTOMERS.replace("description: Customers", "description: Customers\n  " + handled).replace("tags: [pii]}", "tags: [pii], mask: replace-with-null}");
        String published = PUBLISHED.replace("description: Published", "description: Published\n  " + handled);
        Map<String, String> files = ImmutableMap.of("mesh.yaml", strict, "customers.yaml", customers, "published.yaml", published.formatted("SELECT email AS x, region AS y FROM customers"), "governance/p.yaml", rule("columns: [none]"));
        assertThat(problems(Governance.of(TestingMesh.meshOf(files)))).doesNotContain("neither masked nor hidden");
        // The domain sees it, and so do its readers
        String spared = "  masks:\n    - {id: m, match: {columns: [email]}, mask: replace-with-null, except: [{domain: sales}, {group: analysts}]}\n";
        assertThat(problems(Governance.of(TestingMesh.meshOf(with(with(files, "customers.yaml", customers.replace(", mask: replace-with-null", "").replace("  accessControl:", spared + "  accessControl:")), "published.yaml", published.formatted("SELECT upper(email) AS x, region AS y FROM customers"))))))
                .contains("neither masked nor hidden");
        // Some rows show what is not masked
        assertThat(problems(Governance.of(TestingMesh.meshOf(with(files, "published.yaml", published.formatted("SELECT coalesce(region, email) AS x, region AS y FROM customers")))))).contains("neither masked nor hidden");
    }

    @Test
    void testRowFiltersOfAQueryWhoseDomainDoesNotSeeTheColumn()
    {
        String policy = rule("products: [sales.customers], columns: [region]").replace(", except: [{domain: sales}]", "") +
                "  rowFilters:\n    - {id: west, match: {products: [sales.published]}, filter: \"y = 'WEST'\", principals: [{group: analysts}]}\n";
        Governance governance = governed("SELECT email AS x, region AS y FROM customers", policy, "");
        Decision decision = new GovernedMesh(governance, new Requester("ana", Set.of("analysts"), Set.of()), NOW).decide(governance.mesh().table("sales", "published").orElseThrow().product());
        assertThat(decision.isReadable()).isFalse();
        assertThat(decision.reason().text()).contains("p/west denies it (it would hide some of the rows, which is only possible where rows are stored, or where a query takes them one by one from one stored product and shows the compared columns unchanged)");
    }

    @Test
    void testADomainDoesNotDeclassifyWhatTheMeshMasksByAName()
    {
        String own = "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: own}\nspec:\n  declassify:\n    - {id: d, match: {products: [sales.published], columns: [x]}, from: [sales.customers.id], reason: Nobody minds}\n";
        Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "domains/sales/customers.yaml", CUSTOMERS,
                "domains/sales/published.yaml", PUBLISHED.formatted("SELECT CAST(id AS varchar) || '' AS x, region AS y FROM customers"),
                "domains/sales/governance/own.yaml", own,
                "governance/p.yaml", rule("identifiers: [customer_id]"))));
        assertThat(problems(governance))
                .contains("column 'x' of sales.published is computed, so its readers may see it although rule p/a")
                .contains("rule own/d cannot declassify column 'x' of sales.published, which inherits all as before: rule p/a (governance/p.yaml:6:7) of the whole mesh says replace-with-null of what it is computed from; ask governance");
    }

    @Test
    void testAColumnThatIsHiddenFromTheDomainIsLikeNoColumn()
    {
        String hidden = CUSTOMERS.replace("{name: region, type: varchar}", "{name: region, type: varchar, hidden: true}\n    - {name: city, type: varchar, tags: [place]}");
        ColumnAttributes ofHidden = attributes(governed("SELECT region AS x, city AS y FROM customers", rule("columns: [none]"), "", hidden));
        assertThat(ofHidden.tags()).containsExactlyInAnyOrder("pii", "place");
        assertThat(ofHidden).isEqualTo(attributes(governed("SELECT regoin AS x, city AS y FROM customers", rule("columns: [none]"), "", hidden)));
    }

    private static ColumnAttributes attributes(Governance governance)
    {
        return governance.attributes(governance.mesh().table("sales", "published").orElseThrow()).getFirst();
    }

    @Test
    void testWhatIsNotKnownIsTreatedMostStrictly()
    {
        assertThat(problems(governed("SELECT * FROM (SELECT x, y FROM customers MATCH_RECOGNIZE (MEASURES last(A.region) AS x, last(A.region) AS y PATTERN (A) DEFINE A AS true))", rule("columns: [none]"), "")))
                .contains("published.yaml:6:54: warning: it cannot be computed where the columns of the query of 'sales.published' come from, so each of them has all tags, classifications, masks and hidings of all columns that its sources have");
        assertSeen("SELECT * FROM (SELECT x, y FROM customers MATCH_RECOGNIZE (MEASURES last(A.region) AS x, last(A.region) AS y PATTERN (A) DEFINE A AS true))", rule("columns: [email]"), "x=null, y=null");
    }

    @Test
    void testColumnsInheritWhatTheirSourcesSay()
    {
        Governance governance = governed("SELECT upper(email) AS x, CAST(id AS varchar) AS y FROM customers", rule("columns: [none]"), "");
        List<ColumnAttributes> attributes = governance.attributes(governance.mesh().table("sales", "published").orElseThrow());
        assertThat(attributes.get(0).classification()).contains("restricted");
        assertThat(attributes.get(0).tags()).containsExactly("pii");
        assertThat(attributes.get(0).identifier()).isEmpty();
        assertThat(attributes.get(1).identifier()).contains("customer_id");
        assertThat(attributes.get(1).tags()).isEmpty();
    }

    @Test
    void testThroughSeveralQueries()
    {
        String further = PUBLISHED.formatted("SELECT y AS x, x AS y FROM published").replace("name: published", "name: further");
        Governance governance = governed("SELECT email AS x, region AS y FROM customers", rule("products: [sales.customers], columns: [email]"), further);
        assertThat(seen(governance, "further")).isEqualTo("x=clear, y=null");
    }

    @Test
    void testWhatASourceSaysOfItsColumnsFollowsThem()
    {
        String masks = "  masks:\n    - {id: own, match: {columns: [region]}, mask: replace-with-null, except: [{domain: sales}, {group: keepers}]}\n";
        Governance governance = governed("SELECT region AS x, upper(region) AS y FROM customers", rule("columns: [none]"), "", CUSTOMERS.replace("  accessControl:", masks + "  accessControl:"));
        assertThat(seen(governance, "published")).isEqualTo("x=null, y=clear");
        assertThat(reason(governance, "published", "x")).contains("sales.customers/own");
        assertThat(seen(governance, "published", "analysts", "keepers")).isEqualTo("x=clear, y=clear");
        // The query has what the domain sees, and a mask is not applied twice
        Governance masked = governed("SELECT region AS x, upper(region) AS y FROM customers", rule("columns: [none]"), "", CUSTOMERS.replace("{name: region, type: varchar}", "{name: region, type: varchar, mask: show-last-4}"));
        assertThat(seen(masked, "published")).isEqualTo("x=clear, y=clear");
    }

    @Test
    void testWhatTheDomainItselfDoesNotSeeIsMaskedOnce()
    {
        String everybody = rule("products: [sales.customers], columns: [email]").replace(", except: [{domain: sales}]", "");
        assertSeen("SELECT email AS x, region AS y FROM customers", everybody, "x=clear, y=clear");
        // Rules about the product itself hold for it in any case, by what the columns inherit, too
        assertSeen("SELECT email AS x, region AS y FROM customers", rule("products: [sales.published], tags: [pii]").replace(", except: [{domain: sales}]", ""), "x=null, y=clear");
        assertSeen("SELECT email AS x, region AS y FROM customers", rule("products: [sales.published], columns: [x]").replace(", except: [{domain: sales}]", ""), "x=null, y=clear");
    }

    @Test
    void testADomainIsNoSteward()
    {
        String steward = rule("columns: [none]") + "  grants:\n    - {id: all, match: {products: [sales.customers]}, principals: [{members: sales}], permissions: [read, share, admin]}\n";
        Governance governance = governed("SELECT region AS x, email AS y FROM customers", steward, "", CUSTOMERS.replace("{name: region, type: varchar}", "{name: region, type: varchar, hidden: true}"));
        Decision.Readable readable = (Decision.Readable) new GovernedMesh(governance, Requester.ofDomain("sales"), NOW).decide(governance.mesh().table("sales", "customers").orElseThrow().product());
        assertThat(readable.isUnrestrictedSteward()).isFalse();
        assertThat(readable.tables().get("customers").columns().get("region")).isInstanceOf(ColumnAccess.Hidden.class);
    }

    @Test
    void testTwoProductsWithTheSameQuery()
    {
        String sql = "SELECT region AS x, upper(email) AS y FROM customers";
        String further = PUBLISHED.formatted(sql).replace("name: published", "name: further").replace("    - {name: y, type: varchar}\n", "");
        Governance governance = governed(sql, rule("tags: [pii]"), further);
        assertThat(seen(governance, "further")).isEqualTo("x=clear");
        assertThat(seen(governance, "published")).isEqualTo("x=clear, y=null");
    }

    @Test
    void testFieldsInsideOfColumns()
    {
        String address = CUSTOMERS.replace("{name: region, type: varchar}", "{name: region, type: 'row(street varchar, city varchar)', fields: [{name: street, tags: [pii]}]}");
        Governance governance = governed("SELECT region.street AS x, CAST(id AS varchar) AS y FROM customers", rule("tags: [pii]"), "", address);
        assertThat(seen(governance, "published")).isEqualTo("x=null, y=clear");
    }

    @Test
    void testWhatRulesSayOfSourcesIsInheritedToo()
    {
        String tagged = rule("tags: [bank]") + "  classifications:\n    - {id: tag, match: {products: [sales.customers], columns: [region]}, tags: [bank]}\n";
        assertSeen("SELECT region || '' AS x, email AS y FROM customers", tagged, "x=null, y=clear");
        assertSeen("SELECT region AS x, email AS y FROM customers", tagged, "x=null, y=clear");
    }

    @Test
    void testColumnsOfOnePhysicalName()
    {
        Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "customers.yaml", CUSTOMERS,
                "published.yaml", PUBLISHED.formatted("SELECT upper(email) AS x, region AS y FROM customers").replace("type: varchar}", "type: varchar, physicalName: z}"),
                "governance/p.yaml", rule("tags: [pii]"))));
        assertThat(seen(governance, "published")).isEqualTo("x=null, y=clear");
    }

    @Test
    void testAPromisedColumnThatTheQueryLacks()
    {
        assertThat(problems(governed("SELECT region AS x, email FROM customers", rule("columns: [none]"), "")))
                .contains("published.yaml:9:7: error: column 'y' is promised, and the query of 'sales.published' has no column of that name; so nobody can read the product");
    }

    @Test
    void testQueriesThatAreTooDeep()
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder().put("mesh.yaml", TestingMesh.MESH).put("customers.yaml", CUSTOMERS);
        for (int level = 1; level <= 12; level++) {
            files.put("l%s.yaml".formatted(level), PUBLISHED.replace("name: published", "name: l" + level)
                    .formatted(level == 1 ? "SELECT region AS x, email AS y FROM customers" : "SELECT x, y FROM l" + (level - 1)));
        }
        assertThat(TestingMesh.problems(TestingMesh.meshOf(files.buildOrThrow())).toString())
                .contains("l12.yaml:6:71: error: the query reads sales.l11, which is computed through more than 10 other queries")
                .doesNotContain("l11.yaml");
    }

    @Test
    void testLongChainsOfProducts()
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder().put("mesh.yaml", TestingMesh.MESH).put("customers.yaml", CUSTOMERS);
        for (int level = 0; level < 3_000; level++) {
            files.put("l%s.yaml".formatted(level), PUBLISHED.replace("name: published", "name: l" + level).formatted("SELECT x, y FROM l" + (level + 1)));
        }
        Mesh mesh = TestingMesh.meshOf(files.buildOrThrow());
        assertThat(mesh.table("sales", "customers")).isPresent();
        assertThat(mesh.table("sales", "l2995")).isPresent();
        assertThat(mesh.table("sales", "l1")).isEmpty();
    }

    @Test
    void testNobodyReadsWhatItsDomainMayNotPublish()
    {
        String further = PUBLISHED.formatted("SELECT x, y FROM published").replace("name: published", "name: further");
        String until = "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p, owner: governance}\nspec:\n  grants:\n    - {id: sales, match: {domains: [sales]}, principals: [{domain: sales}], permissions: [read, share], validUntil: 2026-06-15}\n";
        Governance governance = governed("SELECT email AS x, region AS y FROM customers", until, further, CUSTOMERS.replace("{domain: sales, permissions: [read, share]}", "{group: sellers, permissions: [read]}"));
        assertThat(problems(governance)).doesNotContain("p.yaml");
        Requester analyst = new Requester("ann", Set.of("analysts"), Set.of());
        for (String name : List.of("published", "further")) {
            DataProduct product = governance.mesh().table("sales", name).orElseThrow().product();
            assertThat(new GovernedMesh(governance, analyst, NOW).decide(product)).as(name).isInstanceOf(Decision.Readable.class);
            assertThat(new GovernedMesh(governance, analyst, NOW).readableNames("sales")).contains(name);
            GovernedMesh later = new GovernedMesh(governance, analyst, NOW.plus(Duration.ofDays(1)));
            assertThat(later.decide(product)).as(name).isInstanceOf(Decision.Discoverable.class);
            assertThat(later.decide(product).reason().text()).as(name).contains("it is out of service: its domain may not publish what its query reads; it belongs to sellers");
            assertThat(later.readableNames("sales")).doesNotContain(name);
        }
    }

    @Test
    void testNothingIsToldOfWhatADomainMayNotPublish()
    {
        String curious = PUBLISHED.formatted("SELECT email AS x, CAST(id AS varchar) AS y FROM sales.customers").replace("name: published, domain: sales", "name: curious, domain: hr");
        Requester owner = new Requester("sue", Set.of("sellers"), Set.of());
        for (boolean shared : List.of(false, true)) {
            Governance governance = governed("SELECT email AS x, region AS y FROM customers", rule("columns: [none]"), curious, shared ? CUSTOMERS.replace("accessControl:", "accessControl:\n    - {domain: hr, permissions: [read, share]}") : CUSTOMERS);
            ColumnAttributes column = new GovernedMesh(governance, owner, NOW).attributes(governance.mesh().table("hr", "curious").orElseThrow()).getFirst();
            assertThat(column.classification()).isEqualTo(shared ? Optional.of("restricted") : Optional.empty());
            assertThat(column.tags()).hasSize(shared ? 1 : 0);
        }
    }

    @Test
    void testProblemsOfALaterGeneration()
    {
        Map<String, String> files = ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "customers.yaml", CUSTOMERS,
                "published.yaml", PUBLISHED.formatted("SELECT upper(region) AS x, region AS y FROM customers"),
                "governance/p.yaml", rule("columns: [region]"));
        Governance first = Governance.of(TestingMesh.meshOf(files));
        Governance second = Governance.of(TestingMesh.meshOf(files), MaskKeyVersions.UNKNOWN, Optional.of(first));
        assertThat(problems(second)).isEqualTo(problems(first)).contains("column 'x' of sales.published is computed");
    }

    /**
     * An author who guesses the name of a product finds out nothing by a query over it.
     */
    @Test
    void testAHiddenSourceIsLikeNoSource()
    {
        String customers = CUSTOMERS.replace("spec:", "spec:\n  discoverable: false").replace("{name: region, type: varchar}", "{name: region, type: varchar, hidden: true}");
        String rules = rule("columns: [none]") + "  hiddenColumns:\n    - {id: h, match: {tags: [pii]}}\n";
        String own = "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: own}\nspec:\n  masks:\n    - {id: m, match: {tags: [pii]}, mask: replace-with-null}\n";
        for (String select : List.of("email AS x, region AS y", "email AS x, region AS z", "upper(email) AS x, nothing AS y")) {
            List<String> told = new ArrayList<>();
            for (String source : List.of("customers", "missing")) {
                Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                        "mesh.yaml", TestingMesh.MESH,
                        "customers.yaml", customers,
                        "curious.yaml", PUBLISHED.formatted("SELECT %s FROM sales.%s".formatted(select, source)).replace("name: published, domain: sales", "name: curious, domain: hr"),
                        "domains/hr/governance/own.yaml", own,
                        "governance/p.yaml", rules)));
                assertThat(governance.mesh().table("sales", "customers")).isPresent();
                GovernedMesh owner = new GovernedMesh(governance, new Requester("sue", Set.of("sellers"), Set.of()), NOW);
                MeshTable table = governance.mesh().table("hr", "curious").orElseThrow();
                told.add("%s %s %s %s".formatted(
                        governance.problems().stream().filter(problem -> problem.position().toString().startsWith("curious.yaml") || problem.position().toString().startsWith("domains/hr")).toList(),
                        owner.columns(table),
                        owner.attributes(table),
                        owner.decide(table.product())).replace("sales.missing", "sales.customers"));
            }
            assertThat(told.getFirst()).as(select).isEqualTo(told.getLast());
        }
    }

    @Test
    void testADomainThatAContractNames()
    {
        String contract =
                """
                apiVersion: datacontract/v1
                kind: DataContract
                metadata: {name: customers-contract, version: 1.0.0, owner: sellers}
                producer: {domain: sales, dataProduct: customers}
                consumers:
                  - {domain: marketing, validUntil: %s}
                  - {domain: finance, useCase: named only}
                  - {domain: hr, team: recruiters, validUntil: 2026-12-31}
                """;
        for (String until : List.of("2026-06-15", "2026-06-14")) {
            Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of("mesh.yaml", TestingMesh.MESH, "customers.yaml", CUSTOMERS, "contract.yaml", contract.formatted(until))));
            assertThat(TestingMesh.problems(governance.mesh())).isEmpty();
            DataProduct customers = governance.mesh().table("sales", "customers").orElseThrow().product();
            Decision marketing = new GovernedMesh(governance, Requester.ofDomain("marketing"), NOW).decide(customers);
            assertThat(marketing instanceof Decision.Readable readable && readable.share()).as(until).isEqualTo(until.equals("2026-06-15"));
            assertThat(marketing.reason().text()).contains(until.equals("2026-06-15") ? "domain:marketing may read sales.customers by the contract until 2026-06-15" : "the access that the contract gave to domain marketing expired on 2026-06-14");
            assertThat(new GovernedMesh(governance, Requester.ofDomain("finance"), NOW).decide(customers).isReadable()).isFalse();
            // The team reads, and its domain publishes nothing by that
            assertThat(new GovernedMesh(governance, Requester.ofDomain("hr"), NOW).decide(customers).isReadable()).isFalse();
            assertThat(new GovernedMesh(governance, new Requester("rita", Set.of("recruiters"), Set.of()), NOW).decide(customers).isReadable()).isTrue();
        }
    }

    @Test
    void testASourceThatIsNotSharedIsAProblem()
    {
        assertThat(problems(governed("SELECT region AS x, email AS y FROM customers", rule("columns: [none]"), ""))).doesNotContain("the query");
        assertThat(problems(governed("SELECT region AS x, email AS y FROM custmers", rule("columns: [none]"), "")))
                .contains("published.yaml:6:90: error: the query of 'sales.published' reads sales.custmers, which does not exist, or which domain 'sales' may not publish; so nobody can read the product");
    }

    @Test
    void testAQueryInAFileOfItsOwn()
    {
        Map<String, String> files = ImmutableMap.of(
                "mesh.yaml", TestingMesh.MESH,
                "domains/sales/customers.yaml", CUSTOMERS,
                "domains/sales/published/product.yaml", PUBLISHED.replace("sql: \"%s\"", "file: queries/published.sql"),
                "domains/sales/published/queries/published.sql", "-- one line\nSELECT email AS x,\n  region AS y FROM customers\n");
        Mesh mesh = TestingMesh.meshOf(files);
        assertThat(TestingMesh.problems(mesh)).isEmpty();
        assertThat(mesh.table("sales", "published").orElseThrow().product().sources()).contains("domains/sales/published/queries/published.sql");
        assertThat(problems(Governance.of(mesh))).doesNotContain("error");

        assertThat(TestingMesh.problems(TestingMesh.meshOf(with(files, "domains/sales/published/queries/published.sql", "SELECT email AS x,\n  current_user AS y FROM customers"))).toString())
                .contains("domains/sales/published/queries/published.sql:2:3: error: the query depends on who reads it");
        for (String elsewhere : List.of("published.sql", "../../marketing/published.sql", "../../../published.sql", "/etc/passwd", "domains/sales/published/queries/published.sql")) {
            assertThat(TestingMesh.problems(TestingMesh.meshOf(with(
                    with(with(files, "published.sql", "SELECT email AS x, region AS y FROM customers"), "domains/marketing/published.sql", "SELECT email AS x, region AS y FROM customers"),
                    "domains/sales/published/product.yaml",
                    PUBLISHED.replace("sql: \"%s\"", "file: " + elsewhere)))).toString())
                    .contains("there is no file '%s' with a query".formatted(elsewhere));
        }
    }

    private static Map<String, String> with(Map<String, String> files, String name, String content)
    {
        return ImmutableMap.<String, String>builder().putAll(files).put(name, content).buildKeepingLast();
    }

    @Test
    void testProductsThatAreMadeOfThemselves()
    {
        String further = PUBLISHED.formatted("SELECT x, y FROM published").replace("name: published", "name: further");
        Mesh mesh = mesh("SELECT x, y FROM further", rule("columns: [none]"), further);
        assertThat(TestingMesh.problems(mesh).toString())
                .contains("the query reads sales.further, which reads this product")
                .contains("the query reads sales.published, which reads this product");
        assertThat(mesh.table("sales", "published")).isEmpty();
        assertThat(mesh.table("sales", "customers")).isPresent();
    }

    private static String rule(String match)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p}\nspec:\n  masks:\n    - {id: a, match: {%s}, mask: replace-with-null, except: [{domain: sales}]}\n".formatted(match);
    }

    private static void assertSeen(String sql, String policy, String expected)
    {
        assertThat(seen(governed(sql, policy, ""), "published")).as(sql).isEqualTo(expected);
    }

    private static void assertMasked(String sql, String policy, String expected)
    {
        assertThat(masked(governed(sql, policy, ""))).as(sql).isEqualTo(expected);
    }

    /**
     * The masks of a reader of the product.
     */
    private static String masked(Governance governance)
    {
        return columns(governance, "published", "analysts").entrySet().stream()
                .map(column -> "%s=%s".formatted(column.getKey(), column.getValue() instanceof ColumnAccess.Masked(Mask mask, Reason _) ? mask : "clear"))
                .collect(joining(", "));
    }

    private static String reason(Governance governance, String name, String column)
    {
        return ((ColumnAccess.Masked) columns(governance, name, "analysts").get(column)).reason().text();
    }

    private static String seen(Governance governance, String name)
    {
        return seen(governance, name, "analysts");
    }

    private static Map<String, ColumnAccess> columns(Governance governance, String name, String... groups)
    {
        DataProduct product = governance.mesh().table("sales", name).orElseThrow().product();
        Decision.Readable readable = (Decision.Readable) new GovernedMesh(governance, new Requester("ana", ImmutableSet.copyOf(groups), Set.of()), NOW).decide(product);
        return readable.tables().get(name).columns();
    }

    private static String seen(Governance governance, String name, String... groups)
    {
        return columns(governance, name, groups).entrySet().stream()
                .map(column -> column.getKey() + "=" + (column.getValue() instanceof ColumnAccess.Clear ? "clear" : "null"))
                .collect(joining(", "));
    }

    private static Governance governed(String sql, String policy, String further)
    {
        return governed(sql, policy, further, CUSTOMERS);
    }

    private static Governance governed(String sql, String policy, String further, String customers)
    {
        return Governance.of(mesh(sql, policy, further, customers));
    }

    private static Mesh mesh(String sql, String policy, String further)
    {
        return mesh(sql, policy, further, CUSTOMERS);
    }

    private static Mesh mesh(String sql, String policy, String further, String customers)
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder()
                .put("mesh.yaml", TestingMesh.MESH.replace("spec:\n", "spec:\n  identifiers:\n    - {type: customer_id, domains: [sales]}\n"))
                .put("customers.yaml", customers)
                .put("published.yaml", PUBLISHED.formatted(sql))
                .put("governance/p.yaml", policy);
        if (!further.isEmpty()) {
            files.put("further.yaml", further);
        }
        return TestingMesh.meshOf(files.buildOrThrow());
    }

    private static String problems(Governance governance)
    {
        List<Problem> problems = governance.problems();
        return problems.stream().map(Problem::toString).collect(joining("\n"));
    }
}
