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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.product.MeshTable;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.product;

final class TestMeshRegistry
{
    private static final String BROKEN = PRODUCT.replace("type: bigint", "type: smallint");
    private static final Duration TTL = Duration.ofMinutes(15);

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();

    @Test
    void testEditIsSeenAfterRefresh()
            throws IOException
    {
        MeshRegistry registry = registry();
        Mesh first = registry.current();
        assertThat(first.generation()).isEqualTo(1);
        assertThat(registry.refresh()).isFalse();
        assertThat(registry.current()).isSameAs(first);

        write("orders.yaml", PRODUCT.replace("description: Orders", "description: All orders"));
        assertThat(registry.current()).isSameAs(first);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().generation()).isEqualTo(2);
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("All orders");
        assertThat(product(registry.current(), "sales", "orders").fingerprint()).isNotEqualTo(product(first, "sales", "orders").fingerprint());
    }

    @Test
    void testBrokenProductKeepsItsLastGoodVersion()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", BROKEN.replace("description: Orders", "description: Changed"));
        write("returns.yaml", PRODUCT.replace("name: orders", "name: returns"));
        assertThat(registry.refresh()).isTrue();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Orders");
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(registry.current().table("sales", "returns")).isPresent();
        assertThat(problems(registry.current())).containsExactly(
                "orders.yaml:1:1: warning: 'sales.orders' is broken; its last good version 1.0.0 is served until 2026-01-01T00:15:00Z; correct the errors of orders.yaml",
                "orders.yaml:17:13: error: type 'smallint' does not exist in Iceberg tables; write integer");
        assertThat(registry.refresh()).isFalse();

        write("orders.yaml", PRODUCT.replace("description: Orders", "description: Repaired"));
        assertThat(registry.refresh()).isTrue();
        assertThat(problems(registry.current())).isEmpty();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Repaired");
    }

    @Test
    void testSyntaxErrorKeepsTheLastGoodVersion()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", PRODUCT.substring(0, 120) + "\n\t: [");
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(problems(registry.current())).hasSize(2);
    }

    @Test
    void testLastGoodVersionEnds()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", BROKEN);
        registry.refresh();
        clock.advance(Duration.ofMinutes(10));
        write("orders.yaml", BROKEN + "# still broken\n");
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isPresent();

        clock.advance(Duration.ofMinutes(5));
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(registry.current().domain("sales")).isEmpty();
        assertThat(registry.refresh()).isFalse();

        write("orders.yaml", PRODUCT);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isPresent();
    }

    @Test
    void testRemovedFileRemovesTheProductAtOnce()
            throws IOException
    {
        MeshRegistry registry = registry();
        Files.delete(directory.resolve("orders.yaml"));
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).isEmpty();

        write("orders.yaml", PRODUCT);
        registry.refresh();
        write("orders.yaml", BROKEN);
        registry.refresh();
        Files.delete(directory.resolve("orders.yaml"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
    }

    @Test
    void testRenamedProductGoesAtOnce()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", PRODUCT.replace("name: orders", "name: purchases"));
        registry.refresh();
        assertThat(registry.current().tables("sales")).extracting(MeshTable::name).containsExactly("purchases", "purchases_v1");
        write("orders.yaml", BROKEN.replace("name: orders", "name: buys"));
        registry.refresh();
        assertThat(registry.current().tables("sales")).extracting(MeshTable::name).containsExactly("purchases", "purchases_v1");
    }

    @Test
    void testBrokenNeighbourInTheSameFile()
            throws IOException
    {
        String returns = PRODUCT.replace("name: orders", "name: returns");
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT + "---\n" + returns);
        MeshRegistry registry = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
        write("orders.yaml", PRODUCT.replace("name: orders", "name: purchases") + "---\n" + returns.replace("bigint", "smallint"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(registry.current().table("sales", "purchases")).isPresent();
        assertThat(registry.current().table("sales", "returns")).isPresent();
    }

    @Test
    void testUnreadableContractKeepsTheProductAsItWas()
            throws IOException
    {
        write("contract.yaml", CONTRACT);
        MeshRegistry registry = registry();
        assertThat(registry.current().table("sales", "orders").orElseThrow().table().columns()).hasSize(2);
        write("contract.yaml", "kind: [");
        registry.refresh();
        assertThat(registry.current().table("sales", "orders").orElseThrow().table().columns()).hasSize(2);
        write("contract.yaml", CONTRACT.replace("\"long\"", "\"lng\""));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders").orElseThrow().table().columns()).hasSize(2);
        // Its columns were promised, whoever said so
        Files.delete(directory.resolve("contract.yaml"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders").orElseThrow().table().columns()).hasSize(2);
        assertThat(problems(registry.current())).anySatisfy(problem -> assertThat(problem).contains("error: column 'orders.email' is no longer promised, which breaks what version 1.0.0 of 'sales.orders' promised"));
    }

    @Test
    void testLastGoodVersionNeedsItsGrant()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", BROKEN);
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        write("mesh.yaml", MESH.replace("[sales]", "[other]"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
    }

    @Test
    void testUngrantedProductIsNotServed()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("mesh.yaml", MESH.replace("[sales]", "[other]"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).singleElement().asString().contains("domain 'sales' may not use namespace 'sales' of storage 'lake'");
    }

    @Test
    void testBrokenMeshDocumentKeepsItsLastGoodVersion()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("mesh.yaml", MESH.replace("grants:", "grnts:"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(registry.current().stewards()).hasSize(1);
        assertThat(problems(registry.current())).containsExactly(
                "mesh.yaml:1:1: warning: the Mesh document is broken; its last valid version counts until 2026-01-01T00:15:00Z; correct the errors of the file",
                "mesh.yaml:12:3: error: key 'grnts' is not known in spec; write 'grants'");
        clock.advance(TTL);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().tables("sales")).isEmpty();
        assertThat(registry.current().stewards()).isEmpty();

        write("mesh.yaml", MESH);
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        Files.delete(directory.resolve("mesh.yaml"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(problems(registry.current())).containsExactly("mesh.yaml:1:1: warning: the Mesh document is gone; its last valid version counts until 2026-01-01T00:30:00Z; restore the file");
        clock.advance(TTL);
        registry.refresh();
        assertThat(registry.current().tables("sales")).isEmpty();
        assertThat(problems(registry.current())).containsExactly("mesh.yaml:1:1: error: there is no Mesh document, so no storage is granted and no product is served; add mesh.yaml with 'kind: Mesh' and grants");
    }

    @Test
    void testNewProductGivesWayToALastGoodOne()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", "kind: [");
        write("other.yaml", PRODUCT.replace("name: orders", "name: other\n  aliases: [orders]").replace("schema: sales", "schema: sales\n      table: orders").replace("sales-team", "others"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders").orElseThrow().product().name()).isEqualTo("orders");
        assertThat(registry.current().table("sales", "other")).isEmpty();
    }

    @Test
    void testCollisionKeepsTheOneThatWasThere()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("other.yaml", PRODUCT.replace("name: orders", "name: other\n  aliases: [orders]"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders").orElseThrow().product().name()).isEqualTo("orders");
        assertThat(registry.current().table("sales", "other")).isEmpty();
    }

    @Test
    void testProductsMoveBetweenFiles()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", "kind: [");
        write("moved.yaml", PRODUCT.replace("description: Orders", "description: Moved"));
        registry.refresh();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Moved");
    }

    @Test
    void testUnreadableDirectory()
            throws IOException
    {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new MeshRegistry(missing, TTL, clock, DescriptorChecks.NONE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The mesh directory '%s' cannot be read; create it, or correct its path and its permissions", missing);

        MeshRegistry registry = registry();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(problems(registry.current())).singleElement().asString().contains("error: the mesh directory cannot be read since 2026-01-01T00:00:00Z, so what was read before is served until 2026-01-01T00:15:00Z: ");
        assertThat(registry.refresh()).isFalse();

        Files.move(away, directory);
        assertThat(registry.refresh()).isTrue();
        assertThat(problems(registry.current())).isEmpty();
        assertThat(registry.current().generation()).isEqualTo(3);
    }

    @Test
    void testLostDirectoryIsServedForAWhileOnly()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("returns.yaml", PRODUCT.replace("name: orders", "name: returns"));
        registry.refresh();
        write("orders.yaml", BROKEN);
        registry.refresh();
        clock.advance(Duration.ofMinutes(10));
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().tables("sales")).extracting(MeshTable::name).contains("orders", "returns");
        assertThat(registry.current().generation()).isEqualTo(4);

        // The last good version ends as if the directory were there
        clock.advance(Duration.ofMinutes(5));
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().tables("sales")).extracting(MeshTable::name).containsExactly("returns", "returns_v1");
        assertThat(problems(registry.current())).hasSize(2).last().asString().contains("is served until 2026-01-01T00:25:00Z");
        assertThat(registry.current().generation()).isEqualTo(5);
        assertThat(registry.refresh()).isFalse();

        clock.advance(Duration.ofMinutes(10));
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().domains()).isEmpty();
        assertThat(registry.current().tables("sales")).isEmpty();
        assertThat(registry.current().discoverers()).isEmpty();
        assertThat(problems(registry.current())).singleElement().asString()
                .contains("error: the mesh directory cannot be read since 2026-01-01T00:10:00Z, and what was read before was served until 2026-01-01T00:25:00Z only, so no product is served: ");
        assertThat(registry.refresh()).isFalse();

        Files.move(away, directory);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().tables("sales")).extracting(MeshTable::name).containsExactly("returns", "returns_v1");
        assertThat(registry.current().discoverers()).hasSize(1);
        assertThat(problems(registry.current())).hasSize(1);
        assertThat(registry.current().generation()).isEqualTo(7);
        assertThat(registry.refresh()).isFalse();
    }

    @Test
    void testFailedRefreshIsTriedAgain()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("orders.yaml", PRODUCT.replace("description: Orders", "description: All orders"));
        clock.failOnce();
        assertThat(registry.refresh()).isTrue();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("Orders");
        assertThat(problems(registry.current())).singleElement().asString().contains("no new mesh can be built from the mesh directory because of a fault in the mesh since").contains("the clock stands");
        assertThat(registry.refresh()).isTrue();
        assertThat(product(registry.current(), "sales", "orders").description()).isEqualTo("All orders");
        assertThat(problems(registry.current())).isEmpty();
        assertThat(registry.refresh()).isFalse();
    }

    @Test
    void testATableStaysWithWhomItBackedBefore()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("mesh.yaml", MESH.replace("[\"mark*\"]", "[sales]"));
        write("thieves.yaml", PRODUCT.replace("domain: sales", "domain: marketing").replace("owner: sales-team", "owner: thieves"));
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(registry.current().tables("marketing")).isEmpty();
        assertThat(problems(registry.current())).anyMatch(problem -> problem.startsWith("thieves.yaml:1:1: error: table lake.sales.orders cannot back a data product of 'thieves' of domain 'marketing'; "))
                .noneMatch(problem -> problem.startsWith("orders.yaml:1:1: error"));

        // Whoever has the table gives it up
        Files.delete(directory.resolve("orders.yaml"));
        registry.refresh();
        assertThat(registry.current().tables("marketing")).isNotEmpty();
    }

    private MeshRegistry registry()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        return new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.writeString(directory.resolve(name), text);
    }
}
