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
package org.trinomesh.registry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.VersionBump;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.product;
import static org.trinomesh.registry.TestingMesh.tableNames;

final class TestPromises
{
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final String CHANGED = PRODUCT.replace("type: bigint", "type: varchar");
    private static final String REFUSAL = "orders/v1/orders.yaml:16:7: error: 'orders.order_id' was bigint and is now varchar, which breaks what version 1.0.0 of 'sales.orders' promised; " +
            "undo it, or write it as 'version: 2.0.0' in a folder of its own beside the old document, so that consumers can move to sales.orders_v2";

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private MeshRegistry registry;

    @BeforeEach
    void setUp()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders/v1/orders.yaml", PRODUCT);
        registry = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
    }

    @Test
    void testBreakingChangeIsRefused()
            throws IOException
    {
        change("orders/v1/orders.yaml", CHANGED.replace("description: Orders", "description: Changed"));
        assertThat(type()).isEqualTo("bigint");
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Orders");
        assertThat(problems(registry.current())).containsExactly(
                "orders/v1/orders.yaml:1:1: warning: 'sales.orders' is broken; its last good version 1.0.0 is served until 2026-01-01T00:15:00Z; correct the errors of orders/v1/orders.yaml",
                REFUSAL);
        assertThat(registry.current().changes()).singleElement().satisfies(change -> {
            assertThat(change.refused()).isTrue();
            assertThat(change.requiredBump()).isEqualTo(VersionBump.MAJOR);
        });

        // A minor version does not make it right
        change("orders/v1/orders.yaml", CHANGED.replace("1.0.0", "1.1.0"));
        assertThat(problems(registry.current())).contains(REFUSAL);

        change("orders/v1/orders.yaml", PRODUCT.replace("description: Orders", "description: Repaired"));
        assertThat(problems(registry.current())).isEmpty();
        assertThat(registry.current().changes()).isEmpty();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Repaired");
    }

    @Test
    void testVersionThatWasNeverKeptIsNoPromise()
            throws IOException
    {
        Set<String> neverKept = new HashSet<>();
        registry = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE, (product, _) -> neverKept.contains(product.description()));
        neverKept.add("Orders");
        change("orders/v1/orders.yaml", CHANGED.replace("description: Orders", "description: Corrected"));
        assertThat(problems(registry.current())).isEmpty();
        assertThat(type()).isEqualTo("varchar");

        // This one was, and what follows it is held to it
        change("orders/v1/orders.yaml", PRODUCT.replace("description: Orders", "description: Again"));
        assertThat(type()).isEqualTo("varchar");
        assertThat(problems(registry.current())).anyMatch(problem -> problem.contains("was varchar and is now bigint, which breaks"));

        // Also when a version lies between that no table ever kept
        String wider = CHANGED.replace("      type: varchar", "      type: varchar\n    - name: city\n      type: varchar").replace("description: Orders", "description: Wider").replace("1.0.0", "1.1.0");
        change("orders/v1/orders.yaml", wider);
        assertThat(problems(registry.current())).isEmpty();
        neverKept.add("Wider");
        change("orders/v1/orders.yaml", PRODUCT.replace("description: Orders", "description: Around").replace("1.0.0", "1.1.0"));
        assertThat(type()).isEqualTo("varchar");
        assertThat(problems(registry.current())).anyMatch(problem -> problem.contains("was varchar and is now bigint, which breaks"));
        change("orders/v1/orders.yaml", CHANGED.replace("description: Orders", "description: Narrower").replace("1.0.0", "1.1.0"));
        assertThat(problems(registry.current())).isEmpty();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Narrower");
    }

    @Test
    void testEveryBreakingChangeIsSaidAtOnce()
            throws IOException
    {
        String more = PRODUCT.replace("version: 1.0.0", "version: 1.1.0").replace("      type: bigint", "      type: bigint\n      nullable: false\n    - name: city\n      type: varchar");
        change("orders/v1/orders.yaml", more);
        assertThat(problems(registry.current())).isEmpty();
        change("orders/v1/orders.yaml", more.replace("nullable: false", "nullable: true").replace("name: city", "name: town"));
        String remedy = "undo it, or write it as 'version: 2.0.0' in a folder of its own beside the old document, so that consumers can move to sales.orders_v2";
        assertThat(problems(registry.current())).contains(
                "orders/v1/orders.yaml:7:12: error: column 'orders.city' is no longer promised, which breaks what version 1.1.0 of 'sales.orders' promised; " + remedy,
                "orders/v1/orders.yaml:16:7: error: column 'orders.order_id' was never NULL and may now be NULL, which breaks what version 1.1.0 of 'sales.orders' promised; " + remedy);
    }

    @Test
    void testRefusedDocumentIsNotServedEvenAfterItsTime()
            throws IOException
    {
        change("orders/v1/orders.yaml", CHANGED);
        clock.advance(TTL);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).containsExactly(REFUSAL);

        // Nothing serves it any more, and its consumers were promised it all the same
        change("other.yaml", PRODUCT.replace("name: orders", "name: other"));
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).containsExactly(REFUSAL);

        change("orders/v1/orders.yaml", PRODUCT);
        assertThat(type()).isEqualTo("bigint");
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testBrokenDocumentDoesNotMakeThePromiseForgotten()
            throws IOException
    {
        change("orders/v1/orders.yaml", "kind: [");
        clock.advance(TTL);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        change("orders/v1/orders.yaml", CHANGED);
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).containsExactly(REFUSAL);
    }

    @Test
    void testMovedDocumentKeepsThePromise()
            throws IOException
    {
        Files.delete(directory.resolve("orders/v1/orders.yaml"));
        change("moved.yaml", CHANGED);
        assertThat(type()).isEqualTo("bigint");
        assertThat(problems(registry.current())).contains(REFUSAL.replace("orders/v1/orders.yaml", "moved.yaml"));
    }

    @Test
    void testRemovedDocumentEndsThePromise()
            throws IOException
    {
        Files.delete(directory.resolve("orders/v1/orders.yaml"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        change("orders/v1/orders.yaml", CHANGED);
        assertThat(type()).isEqualTo("varchar");
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testNewMajorBesideTheOldOne()
            throws IOException
    {
        change("orders/v2/orders.yaml", CHANGED.replace("1.0.0", "2.0.0"));
        assertThat(problems(registry.current())).isEmpty();
        assertThat(tableNames(registry.current(), "sales")).containsExactly("orders", "orders_v1", "orders_v2");
        assertThat(type()).isEqualTo("varchar");
        assertThat(type("orders_v1")).isEqualTo("bigint");
        assertThat(type("orders_v2")).isEqualTo("varchar");
        assertThat(registry.current().changes()).singleElement().satisfies(change -> {
            assertThat(change.refused()).isFalse();
            assertThat(change.before().version()).hasToString("1.0.0");
            assertThat(change.after().version()).hasToString("2.0.0");
            assertThat(change.changes()).extracting(SchemaChange::kind).containsExactly(SchemaChange.Kind.TYPE_CHANGED);
        });

        // Each is held to its own promise
        change("orders/v2/orders.yaml", PRODUCT.replace("1.0.0", "2.0.1"));
        assertThat(type("orders_v2")).isEqualTo("varchar");
        assertThat(problems(registry.current())).anySatisfy(problem -> assertThat(problem).contains("was varchar and is now bigint, which breaks what version 2.0.0 of 'sales.orders' promised"));
    }

    @Test
    void testPlainNameStaysUntilItsTeamMovesIt()
            throws IOException
    {
        String next = CHANGED.replace("1.0.0", "2.0.0");
        change("orders/v2/orders.yaml", next.replace("version: 2.0.0", "version: 2.0.0\n  currentMajor: 1"));
        assertThat(problems(registry.current())).isEmpty();
        assertThat(type()).isEqualTo("bigint");
        assertThat(type("orders_v2")).isEqualTo("varchar");
        assertThat(product(registry.current(), "sales", "orders").outputPorts().getFirst().address()).containsExactly("sales.orders");
        change("orders/v1/orders.yaml", PRODUCT.replace("version: 1.0.0", "version: 1.0.0\n  currentMajor: 2"));
        assertThat(type()).isEqualTo("bigint");

        change("orders/v2/orders.yaml", next);
        assertThat(type()).isEqualTo("varchar");
        assertThat(type("orders_v1")).isEqualTo("bigint");
        change("orders/v2/orders.yaml", next.replace("version: 2.0.0", "version: 2.0.0\n  currentMajor: 3"));
        assertThat(type()).isEqualTo("varchar");
        assertThat(problems(registry.current())).containsExactly("orders/v2/orders.yaml:8:17: warning: no document describes version 3 of the product, so currentMajor has no effect; write the major version that the name without a version should mean");
    }

    @Test
    void testNewMajorInPlace()
            throws IOException
    {
        change("orders/v1/orders.yaml", CHANGED.replace("1.0.0", "2.0.0"));
        assertThat(type()).isEqualTo("varchar");
        assertThat(registry.current().table("sales", "orders_v1")).isEmpty();
        String warning = "orders/v1/orders.yaml:7:12: warning: version 1.0.0 of 'sales.orders' is no longer described, so its consumers lose sales.orders_v1; keep its document in a folder of its own until they have moved to version 2.0.0";
        assertThat(problems(registry.current())).containsExactly(warning);

        change("other.yaml", PRODUCT.replace("name: orders", "name: other"));
        assertThat(problems(registry.current())).containsExactly(warning);
        change("orders/old/orders.yaml", PRODUCT);
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testCompatibleChangeWithoutAVersion()
            throws IOException
    {
        String wider = PRODUCT.replace("      type: bigint", "      type: bigint\n    - name: city\n      type: varchar");
        change("orders/v1/orders.yaml", wider);
        assertThat(registry.current().table("sales", "orders").orElseThrow().table().columns()).hasSize(2);
        String warning = "orders/v1/orders.yaml:7:12: warning: 'sales.orders' changed, but its version did not change accordingly: column 'orders.city' is new; write version: 1.1.0";
        assertThat(problems(registry.current())).containsExactly(warning);

        change("other.yaml", PRODUCT.replace("name: orders", "name: other"));
        assertThat(problems(registry.current())).containsExactly(warning);
        change("orders/v1/orders.yaml", wider.replace("1.0.0", "1.1.0"));
        assertThat(problems(registry.current())).isEmpty();
        assertThat(registry.current().changes()).singleElement().satisfies(change -> assertThat(change.after().version()).hasToString("1.1.0"));
    }

    @Test
    void testDraftsPromiseNothing()
            throws IOException
    {
        change("orders/v1/orders.yaml", PRODUCT.replace("version: 1.0.0", "version: 1.0.0\n  status: draft"));
        change("orders/v1/orders.yaml", CHANGED.replace("version: 1.0.0", "version: 1.0.0\n  status: draft"));
        assertThat(type()).isEqualTo("varchar");
        assertThat(problems(registry.current())).isEmpty();
        change("orders/v1/orders.yaml", CHANGED);
        assertThat(type()).isEqualTo("varchar");
        change("orders/v1/orders.yaml", PRODUCT.replace("version: 1.0.0", "version: 1.0.0\n  status: retired"));
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testLostPlatformIsNobodysChange()
            throws IOException
    {
        Files.delete(directory.resolve("mesh.yaml"));
        registry.refresh();
        assertThat(registry.current().tables("sales")).isNotEmpty();
        clock.advance(TTL);
        registry.refresh();
        assertThat(registry.current().tables("sales")).isEmpty();
        assertThat(problems(registry.current())).hasSize(1);
        write("mesh.yaml", MESH);
        change("orders/v1/orders.yaml", CHANGED);
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).contains(REFUSAL);
    }

    @Test
    void testStartKnowsNoPromise()
            throws IOException
    {
        change("orders/v1/orders.yaml", CHANGED);
        MeshRegistry restarted = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
        assertThat(restarted.current().table("sales", "orders").orElseThrow().table().columns().getFirst().type().sql()).isEqualTo("varchar");
        assertThat(restarted.current().changes()).isEmpty();
    }

    private String type()
    {
        return type("orders");
    }

    private String type(String table)
    {
        return registry.current().table("sales", table).orElseThrow().table().columns().getFirst().type().sql();
    }

    private void change(String name, String text)
            throws IOException
    {
        write(name, text);
        assertThat(registry.refresh()).isTrue();
    }

    private void write(String name, String text)
            throws IOException
    {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
