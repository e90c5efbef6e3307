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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.lineage.LineageGraph;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedColumnEdge;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

/**
 * Two jobs write returns from orders. Ana reads both products; sam is the steward of returns.
 */
final class TestVisibleLineage
{
    private static final Mesh MESH = mesh(ImmutableMap.of(
            "orders.yaml", PRODUCT + "    - {role: keepers, permissions: [read]}\n",
            "returns.yaml", PRODUCT.replace("name: orders", "name: returns") + "    - {role: keepers, permissions: [read, admin]}\n"));
    private static final Instant MAY = Instant.parse("2026-05-01T06:00:00Z");

    @Test
    void testJobsAreForStewards()
    {
        List<ObservedColumnEdge> observed = ImmutableList.of(edge("n/backfill", MAY.plusSeconds(1)), edge("n/nightly", MAY));
        LineageGraph graph = LineageGraph.of(MESH, new Observations(2, ImmutableList.of(), observed, ImmutableList.of()));
        assertThat(edges(graph, "sam", "keepers")).containsExactlyInAnyOrder("n/backfill 2026-05-01T06:00:01Z", "n/nightly 2026-05-01T06:00:00Z");
        // How many jobs there are tells of jobs, too
        assertThat(edges(graph, "ana", "analysts")).containsExactly("? 2026-05-01T06:00:01Z");
    }

    @Test
    void testDeclaredTransformationDoesNotNameHiddenColumns()
    {
        String orders = PRODUCT.replace("      type: bigint\n", "      type: bigint\n    - {name: ssn, type: varchar, hidden: true}\n") + "    - {role: keepers, permissions: [read]}\n";
        String returns = PRODUCT.replace("name: orders", "name: returns").replace(
                "      type: bigint\n",
                """
                      type: bigint
                      derivedFrom: [orders.order_id]
                      transformation: "the order, by its SSN"
                    - {name: again, type: bigint, derivedFrom: [orders.order_id], transformation: as it is}
                """) + "    - {role: keepers, permissions: [read, admin]}\n";
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", orders, "returns.yaml", returns));
        assertThat(transformations(mesh, "ana", "analysts")).containsExactlyInAnyOrder("order_id: ?", "again: as it is");
        // Stewards know what their own product says
        assertThat(transformations(mesh, "sam", "keepers")).containsExactlyInAnyOrder("order_id: the order, by its SSN", "again: as it is");
    }

    @Test
    void testDeclaredTransformationDoesNotNameSourcesThatAreHidden()
    {
        String secret = PRODUCT.replace("name: orders", "name: secret").replace("role: analysts", "role: keepers");
        String returns = PRODUCT.replace("name: orders", "name: returns").replace(
                "      type: bigint\n",
                """
                      type: bigint
                      derivedFrom: [orders.order_id, secret.order_id]
                      transformation: "orders.order_id / secret.order_id"
                    - {name: again, type: bigint, derivedFrom: [orders.order_id, nowhere.order_id], transformation: half of nowhere}
                """) + "    - {role: keepers, permissions: [read, admin]}\n";
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", PRODUCT, "secret.yaml", secret, "returns.yaml", returns));
        // A source that does not exist reads the same as one that is hidden
        assertThat(transformations(mesh, "ana", "analysts")).containsExactlyInAnyOrder("order_id: ?", "again: ?");
    }

    private static List<String> transformations(Mesh mesh, String user, String role)
    {
        GovernedMesh governed = new GovernedMesh(Governance.of(mesh), new Requester(user, Set.of(), Set.of(role)), mesh.loadedAt());
        return new VisibleLineage(governed, LineageGraph.of(mesh, Observations.NONE)).columnEdges().map(row -> row.to().column() + ": " + row.transformation().orElse("?")).toList();
    }

    private static ObservedColumnEdge edge(String job, Instant at)
    {
        return new ObservedColumnEdge(new Dataset("lake", "sales.orders"), "order_id", new Dataset("lake", "sales.returns"), "order_id", Optional.empty(), job, at);
    }

    private static List<String> edges(LineageGraph graph, String user, String role)
    {
        GovernedMesh governed = new GovernedMesh(Governance.of(MESH), new Requester(user, Set.of(), Set.of(role)), MESH.loadedAt());
        VisibleLineage visible = new VisibleLineage(governed, graph);
        return visible.columnEdges().map(row -> row.job().filter(_ -> row.closeness().contains(Closeness.STEWARD)).orElse("?") + " " + row.lastSeen().orElseThrow()).toList();
    }
}
