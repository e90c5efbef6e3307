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
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.policy.Reason;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestAccessDecider
{
    private static final Mesh MESH = TestingMesh.mesh(ImmutableMap.<String, String>builder()
            .put("open.yaml", product("open", "active", ""))
            .put("secret.yaml", product("secret", "active", "  discoverable: false\n"))
            .put("draft.yaml", product("draft", "draft", ""))
            .put("old.yaml", product("old", "deprecated", ""))
            .put("gone.yaml", product("gone", "retired", ""))
            .buildOrThrow());
    private static final Governance GOVERNANCE = Governance.of(MESH);

    private static final Map<String, Requester> PEOPLE = ImmutableMap.<String, Requester>builder()
            .put("reader", new Requester("ana", Set.of("analysts", "employees"), Set.of()))
            .put("reader by role", new Requester("rob", Set.of(), Set.of("analysts")))
            .put("reader by user", new Requester("bo", Set.of(), Set.of()))
            .put("steward", new Requester("sam", Set.of("keepers"), Set.of()))
            .put("admin without read", new Requester("adam", Set.of("admins"), Set.of()))
            .put("writer", new Requester("pip", Set.of("pipeline"), Set.of()))
            .put("looker", new Requester("lou", Set.of("lookers"), Set.of()))
            .put("owner", new Requester("olga", Set.of("sales-team"), Set.of()))
            .put("mesh steward", new Requester("gus", Set.of("governance"), Set.of()))
            .put("employee", new Requester("emma", Set.of("employees"), Set.of()))
            .put("nobody", new Requester("eve", Set.of(), Set.of()))
            .put("user called as a group", new Requester("analysts", Set.of(), Set.of()))
            .put("group called as a user", new Requester("x", Set.of("bo"), Set.of("bo")))
            .buildOrThrow();

    @Test
    void testPeopleAndProducts()
    {
        // Columns: open, secret, draft, old, gone; R readable, S readable as a steward, D discoverable, - hidden
        Map<String, String> expected = ImmutableMap.<String, String>builder()
                .put("reader", "R R D R D")
                .put("reader by role", "R R D R D")
                .put("reader by user", "R R D R D")
                .put("steward", "S S S S D")
                .put("admin without read", "D D D D D")
                .put("writer", "D D D D D")
                .put("looker", "D D D D D")
                .put("owner", "D D D D D")
                .put("mesh steward", "D D D D D")
                .put("employee", "D - - D D")
                .put("nobody", "- - - - -")
                .put("user called as a group", "- - - - -")
                .put("group called as a user", "- - - - -")
                .buildOrThrow();
        assertThat(expected.keySet()).isEqualTo(PEOPLE.keySet());
        expected.forEach((person, decisions) -> assertThat(List.of("open", "secret", "draft", "old", "gone").stream()
                .map(product -> letter(decide(person, product)))
                .toList())
                .as(person)
                .containsExactly(decisions.split(" ", -1)));
    }

    @Test
    void testReasons()
    {
        assertThat(decide("reader", "open").reason().text()).isEqualTo("role:analysts may read sales.open");
        assertThat(decide("reader", "open").reason().rule().orElseThrow()).hasToString("open.yaml:20:7");
        assertThat(decide("steward", "draft").reason().text()).isEqualTo("group:keepers is a steward of sales.draft");
        assertThat(decide("reader", "draft").reason().text()).isEqualTo("role:analysts may discover sales.draft; it is draft, so only its stewards read it; it belongs to sales-team: ask sales-team");
        assertThat(decide("reader", "gone").reason().text()).isEqualTo("role:analysts may discover sales.gone; it is retired and no longer read; it belongs to sales-team");
        assertThat(decide("owner", "open").reason().text()).isEqualTo("sales-team owns sales.open; no grant lets its owner read it: add {role: sales-team, permissions: [read, admin]} to its accessControl");
        assertThat(decide("mesh steward", "open").reason().text()).isEqualTo("group:governance oversees the mesh; it belongs to sales-team: ask sales-team to read it");
        assertThat(decide("employee", "open").reason().text()).isEqualTo("group:employees may discover the mesh; it belongs to sales-team: ask sales-team to read it");
        assertThat(decide("nobody", "open").reason()).isEqualTo(Reason.of("no rule lets the requester know of sales.open"));
    }

    private static Decision decide(String person, String product)
    {
        DataProduct found = MESH.domain("sales").orElseThrow().products().stream()
                .filter(candidate -> candidate.sqlName().equals(product))
                .findFirst()
                .orElseThrow();
        return new GovernedMesh(GOVERNANCE, PEOPLE.get(person), MESH.loadedAt()).decide(found);
    }

    private static String letter(Decision decision)
    {
        return switch (decision) {
            case Decision.Hidden _ -> "-";
            case Decision.Discoverable _ -> "D";
            case Decision.Readable readable -> readable.isUnrestrictedSteward() ? "S" : "R";
        };
    }

    private static String product(String name, String status, String spec)
    {
        return TestingMesh.PRODUCT
                .replace("name: orders", "name: " + name)
                .replace("version: 1.0.0", "version: 1.0.0\n  status: " + status)
                .replace("  columns:\n", spec + "  columns:\n")
                .concat(
                        """
                            - {user: bo, permissions: [read]}
                            - {group: keepers, permissions: [read]}
                            - {group: keepers, permissions: [admin]}
                            - {group: admins, permissions: [admin]}
                            - {group: pipeline, permissions: [write]}
                            - {group: lookers, permissions: [discover]}
                        """.indent(4).replaceAll("(?m)^ +", "    "));
    }
}
