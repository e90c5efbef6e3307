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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;

/**
 * Orders of sales are owned by sales-team and read by analysts; leads of marketing are hidden from all but marketers.
 */
final class TestVisibleRules
{
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final String ORDERS = PRODUCT + "    - {group: keepers, permissions: [read, admin]}\n";
    private static final String LEADS = PRODUCT
            .replace("name: orders", "name: leads")
            .replace("domain: sales", "domain: marketing")
            .replace("schema: sales", "schema: marketing")
            .replace("sales-team", "marketing-team")
            .replace("spec:\n", "spec:\n  discoverable: false\n")
            .replace("role: analysts", "role: marketers");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: p}
            spec:
              masks:
                - {id: both, match: {products: [sales.orders, marketing.leads], columns: ["*"]}, mask: replace-with-null, principals: [{members: sales}, {members: marketing}], except: [{user: zoe}]}
                - {id: over, match: {columns: ["*"]}, mask: replace-with-null, validUntil: 2026-05-31}
                - {id: others, match: {columns: ["*"]}, mask: replace-with-null, principals: [{user: zoe}]}
              rowFilters:
                - {id: leads, match: {domains: [marketing]}, filter: order_id <> 7}
                - {id: domains, match: {domains: [marketing, sales]}, filter: order_id <> 8}
              grants:
                - {id: lent, match: {products: [sales.orders]}, principals: [{user: lea}, {user: zoe}], permissions: [read]}
              checks:
                - {id: of-sales, match: {domains: [sales]}, expression: "true", enforcement: audit}
                - {id: of-marketing, match: {domains: [marketing]}, expression: "true", enforcement: audit}
            """;

    private static final Governance GOVERNANCE = Governance.of(mesh(POLICY));

    @Test
    void testReadersKnowWhatAppliesToThemAndNoOtherNames()
    {
        assertThat(texts("ana", "analysts")).containsExactly(
                "p/both replace-with-null (columns: [*]; products: [sales.orders]) to [group:analysts] except someone",
                "p/domains order_id <> '8' (domains: [sales]) to [] except []");
        assertThat(texts("lea", "x")).containsExactly(
                "p/domains order_id <> '8' (domains: [sales]) to [] except []",
                "p/lent [read] (products: [sales.orders]) to [user:lea] except []");
    }

    @Test
    void testOwnersAndStewardsKnowWhatSpeaksOfTheirProducts()
    {
        List<String> about = List.of(
                "p/both replace-with-null (columns: [*]; products: [sales.orders]) to [members:sales, members:marketing] except [user:zoe]",
                "p/over replace-with-null (columns: [*]) to [] except []",
                "p/others replace-with-null (columns: [*]) to [user:zoe] except []",
                "p/domains order_id <> '8' (domains: [sales]) to [] except []",
                "p/lent [read] (products: [sales.orders]) to [user:lea, user:zoe] except []",
                "p/of-sales audit (domains: [sales]) to [] except []");
        assertThat(texts("olga", "sales-team")).filteredOn(text -> text.startsWith("p/")).isEqualTo(about);
        assertThat(texts("sam", "keepers")).filteredOn(text -> text.startsWith("p/")).isEqualTo(about);
        assertThat(texts("mo", "marketing-team")).filteredOn(text -> text.startsWith("p/")).contains(
                        "p/leads order_id <> '7' (domains: [marketing]) to [] except []",
                        "p/of-marketing audit (domains: [marketing]) to [] except []")
                .noneMatch(text -> text.contains("orders") || text.contains("p/of-sales") || text.contains("p/lent"));
    }

    @Test
    void testMeshStewardsKnowEverything()
    {
        assertThat(texts("gus", "governance")).filteredOn(text -> text.startsWith("p/")).containsExactly(
                "p/both replace-with-null (columns: [*]; products: [sales.orders, marketing.leads]) to [members:sales, members:marketing] except [user:zoe]",
                "p/over replace-with-null (columns: [*]) to [] except []",
                "p/others replace-with-null (columns: [*]) to [user:zoe] except []",
                "p/leads order_id <> '7' (domains: [marketing]) to [] except []",
                "p/domains order_id <> '8' (domains: [marketing, sales]) to [] except []",
                "p/lent [read] (products: [sales.orders]) to [user:lea, user:zoe] except []",
                "p/of-sales audit (domains: [sales]) to [] except []",
                "p/of-marketing audit (domains: [marketing]) to [] except []");
    }

    @Test
    void testWhoReadsNothingKnowsNoRule()
    {
        assertThat(texts("emma", "employees")).isEmpty();
        assertThat(texts("eve", "nobody")).isEmpty();
        assertThat(governed("eve", "nobody").visibleViolations()).isEmpty();
    }

    @Test
    void testWhatIsDeclassifiedIsForThoseWhoAnswerForTheProduct()
    {
        String policy = POLICY.replaceAll("(?s)spec:.*", "spec:\n  declassify:\n    - {id: ids, match: {products: [sales.built, marketing.leads], columns: [id]}, from: [sales.orders.order_id], unchanged: true, reason: Numbers say nothing}\n");
        Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "governance/p.yaml", policy,
                "orders.yaml", ORDERS.replace("type: bigint\n", "type: bigint\n      tags: [pii]\n").replace("  accessControl:\n", "  accessControl:\n    - {domain: sales, permissions: [read, share]}\n"),
                "leads.yaml", LEADS,
                "built.yaml", ORDERS.replace("name: orders", "name: built").replaceAll("      catalog: lake\n      schema: sales\n", "      query: {sql: SELECT order_id AS id FROM orders}\n").replace("name: order_id", "name: id"))));
        for (String group : List.of("sales-team", "governance")) {
            GovernedMesh governed = new GovernedMesh(governance, new Requester("olga", Set.of(group), Set.of()), NOW);
            assertThat(governed.visibleRules()).filteredOn(rule -> rule.kind().equals("declassify")).as(group).singleElement().satisfies(rule -> {
                assertThat(text(rule)).isEqualTo("p/ids declassified (columns: [id]; products: [sales.built%s]) to [] except []".formatted(group.equals("governance") ? ", marketing.leads" : ""));
                assertThat(rule.description()).contains("Numbers say nothing");
            });
            assertThat(VisibleColumn.of(governed, _ -> ImmutableMap.of()).filter(column -> column.declassified().isPresent()).map(column -> column.table().name() + "." + column.column().name())).as(group).containsExactly("built.id");
        }
        GovernedMesh reader = new GovernedMesh(governance, new Requester("ana", Set.of("analysts"), Set.of()), NOW);
        assertThat(reader.table("sales", "built")).isPresent();
        assertThat(reader.visibleRules()).noneMatch(rule -> rule.kind().equals("declassify"));
        assertThat(VisibleColumn.of(reader, _ -> ImmutableMap.of())).noneMatch(column -> column.declassified().isPresent());
    }

    @Test
    void testColumnsOfHiddenProductsAreNotNamed()
    {
        String policy =
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: p, owner: governance}
                spec:
                  masks:
                    - {id: named, match: {products: [sales.orders, marketing.leads], columns: [order_id, lead_id, "lead*"]}, mask: replace-with-null}
                """;
        Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "governance/p.yaml", policy,
                "orders.yaml", ORDERS,
                "leads.yaml", LEADS.replace("order_id", "lead_id").replace("spec:\n", "spec:\n  discoverable: false\n"))));
        assertThat(new GovernedMesh(governance, new Requester("ana", Set.of("analysts"), Set.of()), NOW).visibleRules())
                .filteredOn(rule -> rule.name().equals("p/named"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.scope()).hasToString("columns: [order_id]; products: [sales.orders]"));
    }

    @Test
    void testEndOfAConsumersAccessIsARule()
    {
        Governance governance = Governance.of(TestingMesh.mesh(ImmutableMap.of(
                "orders.yaml", ORDERS,
                "contract.yaml", CONTRACT + "consumers:\n  - {domain: marketing, team: marketers, useCase: x, validUntil: 2026-05-01}\n")));
        GovernedMesh owner = new GovernedMesh(governance, new Requester("olga", Set.of("sales-team"), Set.of()), NOW);
        assertThat(owner.visibleRules()).filteredOn(rule -> rule.kind().equals("denials")).singleElement().satisfies(rule -> {
            assertThat(text(rule)).isEqualTo("contract consumer marketers denied (everything) to [role:marketers] except []");
            assertThat(rule.policy()).isEmpty();
            assertThat(rule.validity().from()).hasToString("Optional[2026-05-02]");
            assertThat(rule.position().orElseThrow().file()).isEqualTo("contract.yaml");
        });
    }

    @Test
    void testViolationsTellColumnsToThoseWhoAnswerForThem()
    {
        Governance governance = Governance.of(TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", MESH.replace("pii-handling: off", "pii-handling: audit"),
                "orders.yaml", ORDERS.replace("- name: order_id\n", "- name: email\n      type: varchar\n      hidden: true\n    - name: order_id\n"))));
        GovernedMesh owner = new GovernedMesh(governance, new Requester("olga", Set.of("sales-team"), Set.of()), NOW);
        GovernedMesh employee = new GovernedMesh(governance, new Requester("emma", Set.of("employees"), Set.of()), NOW);
        assertThat(owner.visibleViolations()).extracting(VisibleViolation::message).anyMatch(message -> message.contains("email"));
        assertThat(owner.visibleViolations()).allMatch(violation -> violation.whole().isPresent());
        assertThat(employee.visibleViolations()).hasSameSizeAs(owner.visibleViolations()).allMatch(violation -> violation.whole().isEmpty());
        assertThat(employee.visibleViolations()).extracting(VisibleViolation::message).noneMatch(message -> message.contains("email")).noneMatch(String::isBlank);
    }

    @Test
    void testOnlyMeshStewardsLookThroughTheEyesOfOthers()
    {
        Requester ana = new Requester("ana", Set.of("analysts"), Set.of());
        assertThat(governed("gus", "governance").as(ana).orElseThrow().requester()).isEqualTo(ana);
        assertThat(governed("gus", "governance").as(ana).orElseThrow().as(ana)).isEmpty();
        assertThat(governed("sam", "keepers").as(ana)).isEmpty();
        assertThat(governed("ana", "analysts").as(ana)).isEmpty();
    }

    private static Mesh mesh(String policy)
    {
        return TestingMesh.meshOf(ImmutableMap.of(
                "mesh.yaml", MESH + "  members: [{domain: sales, principals: [{group: analysts}, {group: others}]}, {domain: marketing, principals: [{group: marketers}]}]\n",
                "governance/p.yaml", policy,
                "orders.yaml", ORDERS,
                "leads.yaml", LEADS));
    }

    private static GovernedMesh governed(String user, String group)
    {
        return new GovernedMesh(GOVERNANCE, new Requester(user, Set.of(group), Set.of()), NOW);
    }

    private static List<String> texts(String user, String group)
    {
        return governed(user, group).visibleRules().stream().map(TestVisibleRules::text).toList();
    }

    private static String text(VisibleRule rule)
    {
        return "%s %s (%s) to %s except %s".formatted(rule.name(), rule.effect(), rule.scope(), rule.principals(), rule.except().map(List::toString).orElse("someone"));
    }
}
