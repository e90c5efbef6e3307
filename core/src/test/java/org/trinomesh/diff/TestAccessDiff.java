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
package org.trinomesh.diff;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.diff.ProductDifference.Presence;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.Requester;
import org.trinomesh.product.SemanticVersion;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.meshOf;

final class TestAccessDiff
{
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String POLICY = "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p}\nspec:\n";
    private static final String SECRET = PRODUCT.replace("spec:\n", "spec:\n  discoverable: false\n");

    @Test
    void testNewProductThatIsOnlyDiscoveredIsNoGain()
    {
        AccessDiff diff = diff(ImmutableMap.of(), ImmutableMap.of("orders.yaml", PRODUCT.replace("[read]", "[discover]")));
        assertThat(diff.products()).containsExactly(new ProductDifference(new ProductId("sales", "orders", 1), new SemanticVersion(1, 0, 0), "sales.orders", Presence.APPEARS, ImmutableMap.of()));
        assertThat(diff.gains()).isEqualTo(0);
        assertThat(diff.isEmpty()).isFalse();
    }

    @Test
    void testProductBecomesDiscoverable()
    {
        AccessDiff diff = diff(ImmutableMap.of("orders.yaml", SECRET), ImmutableMap.of("orders.yaml", PRODUCT));
        assertThat(changes(diff)).containsExactly("sales.orders group:employees: access hidden -> discoverable GAIN");
    }

    @Test
    void testMajorsAreNamed()
    {
        Map<String, String> one = ImmutableMap.of("orders.yaml", PRODUCT);
        Map<String, String> two = ImmutableMap.of("orders.yaml", PRODUCT, "orders-v2.yaml", PRODUCT.replace("version: 1.0.0", "version: 2.0.0"));
        assertThat(changes(diff(one, two))).containsExactly("sales.orders_v2 role:analysts: access absent -> readable ADDITION");
        assertThat(changes(diff(two, one))).containsExactly("sales.orders_v2 role:analysts: access readable -> absent LOSS");
    }

    @Test
    void testColumnsThatComeAndGo()
    {
        String more = PRODUCT.replace("      type: bigint\n", "      type: bigint\n    - {name: note, type: varchar}\n    - {name: secret, type: varchar, hidden: true}\n");
        assertThat(changes(diff(ImmutableMap.of("orders.yaml", PRODUCT), ImmutableMap.of("orders.yaml", more))))
                .containsExactly("sales.orders role:analysts: note absent -> clear ADDITION");
        assertThat(changes(diff(ImmutableMap.of("orders.yaml", more), ImmutableMap.of("orders.yaml", PRODUCT))))
                .containsExactly("sales.orders role:analysts: note clear -> absent LOSS");
    }

    @Test
    void testRowFilters()
    {
        assertThat(rows("order_id > 5", "order_id > 5 AND order_id < 9")).containsExactly("rows order_id > '5' -> order_id > '5' AND order_id < '9' LOSS");
        assertThat(rows("order_id > 5 AND order_id < 9", "order_id < 9")).containsExactly("rows order_id > '5' AND order_id < '9' -> order_id < '9' GAIN");
        assertThat(rows("order_id > 5", "order_id > 4")).containsExactly("rows order_id > '5' -> order_id > '4' BOTH");
        assertThat(rows("order_id > 5 AND order_id < 9", "order_id < 9 AND order_id > 5")).isEmpty();
    }

    @Test
    void testMembersAndDenials()
    {
        String denial = POLICY + "  denials:\n    - {id: others, match: {products: [sales.orders]}, except: [{members: owning-domain}]}\n";
        Map<String, String> files = ImmutableMap.of("orders.yaml", PRODUCT.replace("role: analysts", "group: analysts"), "governance/p.yaml", denial);
        AccessDiff diff = diff(
                ImmutableMap.<String, String>builder().putAll(files).put("mesh.yaml", MESH).buildOrThrow(),
                ImmutableMap.<String, String>builder().putAll(files).put("mesh.yaml", MESH + "  members:\n    - domain: sales\n      principals: [{group: analysts}]\n").buildOrThrow());
        assertThat(changes(diff)).containsExactly("sales.orders group:analysts: access discoverable -> readable GAIN");
    }

    @Test
    void testConsumerOfTheContract()
    {
        String consumer = "consumers:\n  - {domain: finance, team: reporting, validFrom: 2026-06-01, validUntil: 2026-06-15}\n";
        Map<String, String> before = ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", CONTRACT);
        Map<String, String> after = ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", CONTRACT + consumer);
        assertThat(changes(diff(before, after))).containsExactly("sales.orders role:reporting: access hidden -> readable GAIN");
        AccessDiff later = AccessDiff.of(governance(before), governance(after), ImmutableList.of(), Instant.parse("2026-06-16T00:00:00Z"));
        assertThat(changes(later)).containsExactly("sales.orders role:reporting: access hidden -> discoverable GAIN");
    }

    @Test
    void testOwnerIsComparedOnce()
    {
        Map<String, String> team = ImmutableMap.of("orders.yaml", SECRET);
        Map<String, String> olga = ImmutableMap.of("orders.yaml", SECRET.replace("sales-team", "olga"));
        assertThat(changes(diff(team, olga))).containsExactly(
                "sales.orders role:olga: access hidden -> discoverable GAIN",
                "sales.orders role:sales-team: access discoverable -> hidden LOSS");
        String named = "    - {user: olga, permissions: [write]}\n";
        Map<String, String> writes = ImmutableMap.of("orders.yaml", SECRET + named);
        Map<String, String> owns = ImmutableMap.of("orders.yaml", SECRET.replace("sales-team", "olga") + named);
        assertThat(changes(diff(writes, owns))).containsExactly("sales.orders role:sales-team: access discoverable -> hidden LOSS");
    }

    @Test
    void testPersonSeesItsOwnRows()
    {
        // Groups have names, so that only texts are compared with them
        String text = PRODUCT.replace("type: bigint", "type: varchar");
        String filter = POLICY + "  rowFilters:\n    - {id: rows, match: {products: [sales.orders]}, filter: \"order_id IN (%s)\"}\n";
        Map<String, String> before = ImmutableMap.of("orders.yaml", text, "governance/p.yaml", filter.formatted("'7'"));
        Map<String, String> after = ImmutableMap.of("orders.yaml", text, "governance/p.yaml", filter.formatted("${groups:order-}"));
        Requester same = new Requester("ana", Set.of("analysts", "order-7"), Set.of());
        Requester other = new Requester("ben", Set.of("analysts", "order-8"), Set.of());
        assertThat(changes(AccessDiff.of(governance(before), governance(after), ImmutableList.of(same, other), NOW))).containsExactly(
                "sales.orders role:analysts: rows order_id IN ('7') -> order_id IN (${groups:order-}) BOTH",
                "sales.orders user:ben in analysts, order-8: rows order_id IN ('7') -> order_id IN ('8') BOTH");
    }

    private static List<String> rows(String before, String after)
    {
        String filter = POLICY + "  rowFilters:\n    - {id: rows, match: {products: [sales.orders]}, filter: '%s'}\n";
        AccessDiff diff = diff(
                ImmutableMap.of("orders.yaml", PRODUCT, "governance/p.yaml", filter.formatted(before)),
                ImmutableMap.of("orders.yaml", PRODUCT, "governance/p.yaml", filter.formatted(after)));
        return changes(diff).stream().map(change -> change.replace("sales.orders role:analysts: ", "")).toList();
    }

    @Test
    void testWhatChangesOfASourceChangesWhatIsBuiltOnIt()
    {
        String source = PRODUCT.replace("  accessControl:\n", "  accessControl:\n    - {domain: sales, permissions: [read, share]}\n");
        String built = PRODUCT.replace("name: orders", "name: built").replace("      catalog: lake\n      schema: sales\n", "      query: {sql: SELECT order_id FROM orders}\n").replace("role: analysts", "group: readers");
        String mask = POLICY + "  masks:\n    - {id: ids, match: {products: [sales.orders], columns: [order_id]}, mask: replace-with-null, except: [{domain: sales}]}\n";
        Map<String, String> before = ImmutableMap.of("orders.yaml", source, "built.yaml", built);
        assertThat(changes(diff(before, ImmutableMap.of("orders.yaml", source, "built.yaml", built, "governance/p.yaml", mask)))).containsExactlyInAnyOrder(
                "sales.built group:readers: order_id clear -> replace-with-null LOSS",
                "sales.orders role:analysts: order_id clear -> replace-with-null LOSS");
        assertThat(changes(diff(before, ImmutableMap.of("orders.yaml", PRODUCT, "built.yaml", built)))).containsExactlyInAnyOrder(
                "sales.built group:readers: access readable -> discoverable LOSS",
                "sales.orders domain:sales: access readable -> hidden LOSS",
                "sales.orders domain:sales: share yes -> no LOSS");
    }

    @Test
    void testWhoGainsByADeclassification()
    {
        String source = PRODUCT.replace("type: bigint\n", "type: bigint\n      tags: [pii]\n").replace("  accessControl:\n", "  accessControl:\n    - {domain: sales, permissions: [read, share]}\n").replace("role: analysts", "role: keepers");
        String built = PRODUCT.replace("name: orders", "name: built").replace("      catalog: lake\n      schema: sales\n", "      query: {sql: SELECT order_id FROM orders}\n").replace("role: analysts", "group: readers");
        Map<String, String> before = ImmutableMap.of(
                "orders.yaml", source,
                "built.yaml", built,
                "governance/p.yaml", POLICY + "  masks:\n    - {id: pii, match: {tags: [pii]}, mask: replace-with-null, except: [{domain: sales}, {role: keepers}]}\n",
                "governance/d.yaml", POLICY.replace("name: p", "name: d") + "  masks: []\n");
        Map<String, String> after = ImmutableMap.<String, String>builder()
                .putAll(before)
                .put("governance/d.yaml", POLICY.replace("name: p", "name: d") + "  declassify:\n    - {id: numbers, match: {products: [sales.built], columns: [order_id]}, from: [sales.orders.order_id], unchanged: true, reason: Numbers of orders say nothing of anybody}\n")
                .buildKeepingLast();
        AccessDiff gain = diff(before, after);
        assertThat(changes(gain)).containsExactly("sales.built group:readers: order_id replace-with-null -> clear GAIN");
        assertThat(gain.products().getFirst().changes().get("group:readers").getFirst().reason().orElseThrow().toString())
                .contains("declassified by rule d/numbers: Numbers of orders say nothing of anybody", "governance/d.yaml:6:7");
        assertThat(changes(diff(after, before))).containsExactly("sales.built group:readers: order_id clear -> replace-with-null LOSS");
        // What the query does with a column that the rule names is not the rule's business, but told
        Map<String, String> other = ImmutableMap.<String, String>builder().putAll(after).put("built.yaml", built.replace("SELECT order_id", "SELECT 1 + order_id AS order_id")).buildKeepingLast();
        assertThat(changes(diff(after, other))).containsExactly("sales.built group:readers: source a query over sales.orders -> a query over sales.orders GAIN");
        // Also while another rule hides it from everybody
        String hidden = built.replace("type: bigint\n", "type: bigint\n      hidden: true\n");
        AccessDiff ended = diff(
                ImmutableMap.<String, String>builder().putAll(before).put("built.yaml", hidden).buildKeepingLast(),
                ImmutableMap.<String, String>builder().putAll(after).put("built.yaml", hidden).buildKeepingLast());
        assertThat(changes(ended)).isEmpty();
        assertThat(ended.ended()).singleElement().hasToString("rule p/pii (replace-with-null) no longer applies to sales.built.order_id");
    }

    private static List<String> changes(AccessDiff diff)
    {
        return diff.products().stream()
                .flatMap(product -> product.changes().entrySet().stream()
                        .flatMap(viewer -> viewer.getValue().stream()
                                .map(change -> "%s %s: %s %s -> %s %s".formatted(
                                        product.name(),
                                        viewer.getKey(),
                                        change.column().orElseGet(() -> change.subject().toString()),
                                        change.before(),
                                        change.after(),
                                        change.effect().name()))))
                .toList();
    }

    private static AccessDiff diff(Map<String, String> before, Map<String, String> after)
    {
        return AccessDiff.of(governance(before), governance(after), ImmutableList.of(), NOW);
    }

    private static Governance governance(Map<String, String> files)
    {
        return Governance.of(meshOf(ImmutableMap.<String, String>builder().put("mesh.yaml", MESH).putAll(files).buildKeepingLast()));
    }
}
