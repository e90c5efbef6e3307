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
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.mesh;

/**
 * After a reload, decisions are made beside queries for those who asked before it. They are those of the new generation.
 */
final class TestPreparedDecisions
{
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final Requester ANA = new Requester("ana", ImmutableSet.of("analysts"), ImmutableSet.of());
    private static final Requester EVE = new Requester("eve", ImmutableSet.of("finance"), ImmutableSet.of());

    @Test
    void testWhoAskedBeforeFindsTheNewDecisions()
    {
        Governance before = governance("analysts", "analysts");
        assertThat(before.access(ANA, NOW).readableNames("sales")).contains("orders", "returns");
        Governance after = governance("analysts", "finance");
        after.prepare(before, NOW);
        assertThat(after.decisions(ANA, NOW).decided()).isEqualTo(2);
        assertThat(after.access(ANA, NOW).readableNames("sales")).contains("orders").doesNotContain("returns");
        // Nobody asked for her
        assertThat(after.decisions(EVE, NOW).decided()).isZero();
        assertThat(after.access(EVE, NOW).readableNames("sales")).contains("orders", "returns");
    }

    @Test
    void testThoseWhoAskedMostComeFirst()
    {
        List<String> groups = IntStream.range(0, 30).mapToObj("readers-%s"::formatted).toList();
        Mesh mesh = mesh(groups.stream().collect(toImmutableMap(group -> group + ".yaml", group -> product("of-" + group, group))));
        Governance before = Governance.of(mesh);
        groups.forEach(group -> before.decisions(reader(group), NOW));
        List<String> last = groups.subList(20, 30);
        last.forEach(group -> before.decisions(reader(group), NOW).prepare(before::policy));
        Governance after = Governance.of(mesh);
        after.prepare(before, NOW);
        assertThat(last).allSatisfy(group -> assertThat(after.decisions(reader(group), NOW).decided()).isEqualTo(30));
        assertThat(groups.stream().filter(group -> after.decisions(reader(group), NOW).decided() > 0)).hasSize(20);
    }

    private static Requester reader(String group)
    {
        return new Requester("reader", ImmutableSet.of(group), ImmutableSet.of());
    }

    private static Governance governance(String readersOfOrders, String readersOfReturns)
    {
        Governance governance = Governance.of(mesh(ImmutableMap.of("orders.yaml", product("orders", readersOfOrders), "returns.yaml", product("returns", readersOfReturns))));
        assertThat(governance.mesh().domain("sales").orElseThrow().products()).hasSize(2);
        return governance;
    }

    private static String product(String name, String readers)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %1$s, domain: sales, owner: sales-team, version: 1.0.0}
               spec:
                 description: Each of the %1$s
                 slos: {freshness: {target: 24h}}
                 outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
                 columns:
                   - {name: id, type: bigint}
                 accessControl:
                   - {group: %2$s, permissions: [read]}
                   - {group: finance, permissions: [read]}
               """.formatted(name, readers);
    }
}
