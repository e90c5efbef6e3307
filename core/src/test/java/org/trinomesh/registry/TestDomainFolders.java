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

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.product.MeshTable;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.problems;

final class TestDomainFolders
{
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final String GRANTS = MESH + "    - {domain: north-east, storage: lake, namespaces: [north]}\n";
    private static final String SHOPS = PRODUCT.replace("name: orders", "name: shops").replace("domain: sales", "domain: north-east").replace("schema: sales", "schema: north");
    private static final String DOMAIN = "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: north-east}\nspec: {classification: restricted}\n";
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: own, owner: governance}
            spec:
              denials: [{id: no-interns, principals: [{group: interns}]}]
            """;

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();

    @Test
    void testSecondFolderOfADomainIsRefusedWithTheFirst()
            throws IOException
    {
        write("mesh.yaml", GRANTS);
        write("orders.yaml", PRODUCT);
        write("domains/north-east/shops.yaml", SHOPS);
        write("domains/north-east/about.yaml", DOMAIN);
        write("domains/north-east/governance/own.yaml", POLICY);
        MeshRegistry registry = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
        assertThat(problems(registry.current())).isEmpty();

        // Somebody else's, who would grant himself what the domain has, and take its rules away
        write("domains/north_east/shops.yaml", SHOPS.replace("analysts", "interns").replace("version: 1.0.0", "version: 2.0.0"));
        registry.refresh();
        assertThat(registry.current().table("north_east", "shops_v2")).isEmpty();
        assertThat(TestingMesh.product(registry.current(), "north_east", "shops").accessRules()).extracting(rule -> rule.principal().name()).containsExactly("analysts");
        assertThat(registry.current().governance().policies()).hasSize(1);
        assertThat(registry.current().domain("north_east").orElseThrow().rules().classification()).contains("restricted");
        assertThat(problems(registry.current())).contains(
                "domains/north-east/shops.yaml:1:1: error: folders 'domains/north-east' and 'domains/north_east' are both domain 'north_east' in SQL, so both are ignored; keep one folder for the domain",
                "domains/north_east/shops.yaml:1:1: error: folders 'domains/north-east' and 'domains/north_east' are both domain 'north_east' in SQL, so both are ignored; keep one folder for the domain",
                "domains/north-east/governance/own.yaml:1:1: error: folders 'domains/north-east' and 'domains/north_east' are both domain 'north_east' in SQL, so both are ignored; keep one folder for the domain");

        clock.advance(TTL);
        registry.refresh();
        assertThat(registry.current().tables("north_east")).isEmpty();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(registry.current().governance().closures()).extracting(closure -> closure.domain().orElse("mesh") + " by " + closure.position().file())
                .containsExactlyInAnyOrder("north_east by domains/north-east/about.yaml", "north_east by domains/north-east/governance/own.yaml");

        // So it is after a start
        Mesh started = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE).current();
        assertThat(started.tables("north_east")).isEmpty();
        assertThat(started.governance().closures()).hasSize(2);

        Files.delete(directory.resolve("domains/north_east/shops.yaml"));
        registry.refresh();
        assertThat(registry.current().table("north_east", "shops")).isPresent();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testDomainThatFillsItsFolderClosesItselfOnly()
            throws IOException
    {
        write("mesh.yaml", GRANTS);
        write("orders.yaml", PRODUCT);
        write("domains/north-east/shops.yaml", SHOPS);
        MeshRegistry registry = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
        for (int i = 0; i <= DomainSizes.MAX_ENTRIES; i++) {
            write("domains/north-east/many/%s.txt".formatted(i), "");
        }
        write("orders.yaml", PRODUCT.replace("analysts", "interns"));
        registry.refresh();
        assertThat(registry.current().table("north_east", "shops")).as("as any product whose descriptor broke").isPresent();
        assertThat(TestingMesh.product(registry.current(), "sales", "orders").accessRules()).extracting(rule -> rule.principal().name()).containsExactly("interns");
        assertThat(problems(registry.current())).contains(
                "domains/north-east:1:1: error: the folder of this domain is larger than 5,000 files and folders, or 64 MB of descriptors; remove files that are not descriptors, or split the domain in two");

        clock.advance(TTL);
        registry.refresh();
        assertThat(registry.current().tables("north_east")).isEmpty();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(registry.current().governance().closures()).extracting(closure -> closure.domain().orElse("mesh")).containsExactly("north_east");

        Files.delete(directory.resolve("domains/north-east/many/0.txt"));
        Files.delete(directory.resolve("domains/north-east/many/1.txt"));
        Files.delete(directory.resolve("domains/north-east/many/2.txt"));
        registry.refresh();
        assertThat(registry.current().table("north_east", "shops")).isPresent();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testDomainWithTooManyBytesClosesItselfOnly()
            throws IOException
    {
        write("mesh.yaml", GRANTS);
        write("orders.yaml", PRODUCT);
        write("domains/north-east/shops.yaml", SHOPS);
        for (int i = 0; i < 3; i++) {
            try (RandomAccessFile large = new RandomAccessFile(directory.resolve("domains/north-east/large%s.yaml".formatted(i)).toFile(), "rw")) {
                large.setLength(30L << 20);
            }
        }
        Mesh started = new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE).current();
        assertThat(started.tables("north_east")).isEmpty();
        assertThat(started.table("sales", "orders")).isPresent();
        assertThat(problems(started)).anyMatch(problem -> problem.startsWith("domains/north-east:1:1: error: the folder of this domain is larger than"));
    }

    @Test
    void testFolderThatOnlyLooksLikeADomainIsTold()
    {
        Mesh mesh = TestingMesh.meshOf(ImmutableMap.<String, String>builder()
                .put("mesh.yaml", MESH)
                .put("domains/sales/orders.yaml", PRODUCT)
                .put("domains/Sales/returns.yaml", PRODUCT.replace("name: orders", "name: returns"))
                .put("domains/NORTH EAST/shops.yaml", "kind: [")
                .put("domains/sales/Governance/own.yaml", "# none")
                .put("GOVERNANCE/pii.yaml", "# none")
                .put("Domains/sales/leads.yaml", "# none")
                .buildOrThrow());
        assertThat(mesh.tables("sales")).extracting(MeshTable::name).contains("orders").doesNotContain("returns");
        assertThat(problems(mesh)).contains(
                "domains/Sales:1:1: error: 'Sales' cannot be the name of a domain, so documents in this folder are ignored; rename the folder to domains/sales",
                "domains/NORTH EAST:1:1: error: 'NORTH EAST' cannot be the name of a domain, so documents in this folder are ignored; rename the folder to domains/north-east",
                "domains/sales/Governance:1:1: error: folder 'Governance' is not read as 'governance', whose name is in lower case; rename it to 'governance'",
                "GOVERNANCE:1:1: error: folder 'GOVERNANCE' is not read as 'governance', whose name is in lower case; rename it to 'governance'",
                "Domains:1:1: error: folder 'Domains' is not read as 'domains', whose name is in lower case; rename it to 'domains'");
    }

    @Test
    void testPolicyThatCannotBeReadInAMisspelledFolderCloses()
    {
        assertThat(closures("GOVERNANCE/pii.yaml", "kind: [")).containsExactly("mesh");
        assertThat(closures("domains/sales/Governance/own.yaml", "kind: [")).containsExactly("sales");
        assertThat(closures("GOVERNANCE/pii.yaml", POLICY)).containsExactly("mesh");
    }

    private static Iterable<String> closures(String file, String text)
    {
        Mesh mesh = TestingMesh.mesh(file, text);
        return mesh.governance().closures().stream().map(closure -> closure.domain().orElse("mesh")).toList();
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }
}
