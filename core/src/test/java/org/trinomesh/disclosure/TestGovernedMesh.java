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
import org.trinomesh.problem.Problem;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.meshOf;

final class TestGovernedMesh
{
    private static final String STEWARDED = PRODUCT + "    - {group: keepers, permissions: [read, admin]}\n";

    @Test
    void testProblemsThatTellOfAnotherProductAreForStewards()
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "orders.yaml", STEWARDED.replace("spec:\n", "spec:\n  deprecation: {replacedBy: nothing}\n"),
                "bare.yaml", STEWARDED.replace("name: orders", "name: bare").replace("  columns:\n    - name: order_id\n      type: bigint\n", "")));
        // That a successor does not exist, and that there are no columns
        assertThat(visible(mesh, requester("gus", "governance"))).containsExactly("bare", "orders");
        assertThat(visible(mesh, requester("sam", "keepers"))).containsExactly("bare", "orders");
        assertThat(visible(mesh, requester("olga", "sales-team"))).containsExactly("bare", "orders");
        // A problem may name what is hidden from those who read, or discover, the product
        assertThat(visible(mesh, requester("ana", "analysts"))).isEmpty();
        assertThat(visible(mesh, requester("emma", "employees"))).isEmpty();
        assertThat(visible(mesh, requester("eve", "nobody"))).isEmpty();
    }

    @Test
    void testOwnerSeesProblemsOfWhatWasNeverServed()
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "a.yaml", PRODUCT.replace("schema: sales", "schema: finance"),
                "b.yaml", PRODUCT.replace("name: orders", "name: Returns").replace("sales-team", "olga")));
        assertThat(mesh.domain("sales")).isEmpty();
        assertThat(mesh.problems()).hasSize(2);
        assertThat(governed(mesh, requester("x", "sales-team")).visible(mesh.problems())).singleElement().asString().startsWith("a.yaml:13:16: error: domain 'sales' may not use namespace 'finance'");
        assertThat(governed(mesh, new Requester("x", Set.of(), Set.of("sales-team"))).visible(mesh.problems())).hasSize(1);
        assertThat(governed(mesh, requester("olga", "others")).visible(mesh.problems())).singleElement().asString().startsWith("b.yaml:4:9: error: 'Returns' cannot be the name of a data product");
        assertThat(visible(mesh, requester("ana", "analysts"))).isEmpty();
        assertThat(visible(mesh, requester("emma", "employees"))).isEmpty();
    }

    @Test
    void testSuccessorIsToldToThoseWhoMayDiscoverIt()
    {
        Mesh mesh = meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "a.yaml", PRODUCT.replace("spec:\n", "spec:\n  deprecation: {replacedBy: secret}\n"),
                "b.yaml", PRODUCT.replace("name: orders", "name: secret").replace("spec:\n", "spec:\n  discoverable: false\n")));
        assertThat(successors(mesh, requester("ana", "analysts"))).containsExactly("sales.secret");
        assertThat(successors(mesh, requester("emma", "employees"))).isEmpty();
    }

    @Test
    void testASecondVersionIsNotToldByAName()
    {
        String current = PRODUCT.replace("version: 1.0.0", "version: 2.0.0");
        Map<String, String> files = ImmutableMap.of("mesh.yaml", MESH, "a.yaml", PRODUCT, "b.yaml", current);
        assertThat(PRODUCT).contains("version: 1.0.0");
        assertThat(listed(meshOf(files), requester("ana", "analysts"))).containsExactly("orders", "orders_v1", "orders_v2");
        Mesh hidden = meshOf(ImmutableMap.<String, String>builder()
                .putAll(files)
                .put("a.yaml", PRODUCT.replace("role: analysts", "role: others").replace("spec:\n", "spec:\n  discoverable: false\n"))
                .buildKeepingLast());
        assertThat(listed(hidden, requester("ana", "analysts"))).containsExactly("orders");
        // Naming it is another thing: whoever reads a product may pin its version
        assertThat(governed(hidden, requester("ana", "analysts")).table("sales", "orders_v2")).isPresent();
    }

    private static List<String> listed(Mesh mesh, Requester requester)
    {
        return governed(mesh, requester).listed("sales").stream().map(MeshTable::name).toList();
    }

    private static List<String> successors(Mesh mesh, Requester requester)
    {
        GovernedMesh governed = governed(mesh, requester);
        return governed.discoverable().stream()
                .flatMap(product -> governed.successor(product).stream())
                .toList();
    }

    private static List<String> visible(Mesh mesh, Requester requester)
    {
        return governed(mesh, requester).visible(mesh.problems()).stream()
                .map(Problem::product)
                .map(product -> product.orElse("?"))
                .toList();
    }

    private static GovernedMesh governed(Mesh mesh, Requester requester)
    {
        return new GovernedMesh(Governance.of(mesh), requester, mesh.loadedAt());
    }

    private static Requester requester(String user, String group)
    {
        return new Requester(user, Set.of(group), Set.of());
    }
}
