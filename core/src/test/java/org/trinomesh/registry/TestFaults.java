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

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.problems;

/**
 * What a fault of the mesh itself costs: the product of the file that shows it, and nobody else's time.
 */
final class TestFaults
{
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final String RETURNS = PRODUCT.replace("name: orders", "name: returns").replace("description: Orders", "description: Returns");
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii, owner: governance}
            spec:
              denials: [{id: no-interns, principals: [{group: interns}]}]
            """;

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();

    @Test
    void testCharacterAtTheEndOfTheReadersBufferIsRead()
            throws IOException
    {
        write("mesh.yaml", MESH);
        MeshRegistry registry = registry(DescriptorChecks.NONE);
        for (int index : List.of(1024, 2049, 3074, 4099, 5124)) {
            write("orders.yaml", "# " + "x".repeat(index - 2) + "\uD83D\uDE00\n" + PRODUCT);
            assertThat(registry.refresh()).as("character at %s", index).isTrue();
            assertThat(registry.current().table("sales", "orders")).as("character at %s", index).isPresent();
            assertThat(problems(registry.current())).isEmpty();
        }
    }

    @Test
    void testFileThatTheReaderFailsOnIsAProblemOfItsOwn()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        write("returns.yaml", RETURNS);
        MeshDirectory files = new MeshDirectory(directory, (name, content) -> {
            if (name.equals("returns.yaml")) {
                throw new StackOverflowError("too deep");
            }
            return DescriptorReader.read(name, content);
        });
        List<DescriptorFile> read = files.read().files();
        assertThat(read).hasSize(3);
        assertThat(problems(MeshBuilder.build(read))).containsExactly(
                "returns.yaml:1:1: error: this file cannot be read because of a fault in the mesh: java.lang.StackOverflowError: too deep; report the fault; meanwhile write the document another way");
    }

    @Test
    void testProductThatACheckFailsOnStaysAsItWas()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        write("returns.yaml", RETURNS);
        MeshRegistry registry = registry(new FaultyChecks());
        write("orders.yaml", PRODUCT.replace("description: Orders", "description: faulty"));
        write("returns.yaml", RETURNS.replace("analysts", "interns"));
        assertThat(registry.refresh()).isTrue();
        assertThat(TestingMesh.product(registry.current(), "sales", "orders").description()).isEqualTo("Orders");
        assertThat(TestingMesh.product(registry.current(), "sales", "returns").accessRules()).extracting(rule -> rule.principal().name()).containsExactly("interns");
        assertThat(problems(registry.current())).contains("orders.yaml:1:1: error: this data product cannot be checked because of a fault in the mesh: java.lang.IllegalStateException: as of a bug; report the fault; meanwhile write the document another way");
        clock.advance(TTL);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(registry.current().table("sales", "returns")).isPresent();
    }

    @Test
    void testPolicyThatACheckFailsOnClosesLikeABrokenOne()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        write("governance/pii.yaml", POLICY);
        MeshRegistry registry = registry(new FaultyChecks());
        write("governance/pii.yaml", POLICY.replace("no-interns", "faulty"));
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().governance().policies()).hasSize(1);
        assertThat(problems(registry.current())).contains("governance/pii.yaml:1:1: error: the rules of this file cannot be checked because of a fault in the mesh: java.lang.IllegalStateException: as of a bug; report the fault; meanwhile write the document another way");
        clock.advance(TTL);
        assertThat(registry.refresh()).isTrue();
        assertThat(registry.current().governance().closures()).extracting(closure -> closure.position().file()).containsExactly("governance/pii.yaml");

        assertThat(registry(new FaultyChecks()).current().governance().closures()).as("after a start").hasSize(1);
    }

    @Test
    void testRefreshThatFailsAsAWholeIsToldAndClosesInTime()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        MeshRegistry registry = registry(DescriptorChecks.NONE);
        FailingPublisher publisher = new FailingPublisher();
        write("orders.yaml", PRODUCT.replace("analysts", "interns"));
        assertThat(registry.refresh(publisher)).isTrue();
        assertThat(registry.failedRefreshes()).isEqualTo(1);
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(problems(registry.current())).containsExactly(
                ".:1:1: error: no new mesh can be built from the mesh directory because of a fault in the mesh since 2026-01-01T00:00:00Z, so what was read before is served until 2026-01-01T00:15:00Z: java.lang.IllegalStateException: as of a bug; undo the last change of the directory, and report the fault");
        assertThat(publisher.published).isSameAs(registry.current());

        clock.advance(Duration.ofMinutes(10));
        assertThat(registry.refresh(publisher)).isFalse();
        assertThat(registry.failedRefreshes()).isEqualTo(2);
        clock.advance(Duration.ofMinutes(5));
        assertThat(registry.refresh(publisher)).isTrue();
        assertThat(publisher.published.domains()).isEmpty();
        assertThat(publisher.published.stewards()).isNotEmpty();
        assertThat(registry.current().table("sales", "orders")).isEmpty();
        assertThat(problems(registry.current())).hasSize(1);
        assertThat(registry.refresh(publisher)).isFalse();

        publisher.repaired = true;
        assertThat(registry.refresh(publisher)).isTrue();
        assertThat(registry.failedRefreshes()).isZero();
        assertThat(registry.lastRefresh()).isEqualTo(clock.instant());
        assertThat(TestingMesh.product(registry.current(), "sales", "orders").accessRules()).extracting(rule -> rule.principal().name()).containsExactly("interns");
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testRefreshThatRunsOutOfMemoryClosesInTimeToo()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        MeshRegistry registry = registry(DescriptorChecks.NONE);
        Consumer<Mesh> publisher = mesh -> {
            if (mesh.table("sales", "returns").isPresent()) {
                throw new OutOfMemoryError("as of a file that is too large");
            }
        };
        write("returns.yaml", RETURNS);
        assertThat(registry.refresh(publisher)).isTrue();
        assertThat(registry.failedRefreshes()).isEqualTo(1);
        assertThat(problems(registry.current())).singleElement().asString().contains("java.lang.OutOfMemoryError: as of a file that is too large");
        clock.advance(TTL);
        assertThat(registry.refresh(publisher)).isTrue();
        assertThat(registry.current().domains()).isEmpty();
    }

    @Test
    void testStartThatFailsAsAWholeSaysSo()
            throws IOException
    {
        write("mesh.yaml", MESH);
        clock.failOnce();
        assertThatThrownBy(() -> registry(DescriptorChecks.NONE))
                .hasMessage("No mesh can be built from the mesh directory '%s' because of a fault in the mesh: java.lang.IllegalStateException: the clock stands", directory);
    }

    private MeshRegistry registry(DescriptorChecks checks)
    {
        return new MeshRegistry(directory, TTL, clock, checks);
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Fails on every mesh that says something new, as of a product that nobody can make sense of.
     */
    private static final class FailingPublisher
            implements Consumer<Mesh>
    {
        private Mesh published;
        private boolean repaired;

        @Override
        public void accept(Mesh mesh)
        {
            boolean changed = mesh.domains().stream()
                    .flatMap(domain -> domain.products().stream())
                    .flatMap(product -> product.accessRules().stream())
                    .anyMatch(rule -> rule.principal().name().equals("interns"));
            if (changed && !repaired) {
                throw new IllegalStateException("as of a bug");
            }
            published = mesh;
        }
    }

    private static final class FaultyChecks
            implements DescriptorChecks
    {
        @Override
        public List<Problem> check(RuleSetDescriptor rules)
        {
            if (rules.rules().stream().anyMatch(rule -> rule.id().filter(id -> id.value().equals("faulty")).isPresent())) {
                throw new IllegalStateException("as of a bug");
            }
            return ImmutableList.of();
        }

        @Override
        public List<Problem> check(DataProduct product)
        {
            if (product.description().equals("faulty")) {
                throw new IllegalStateException("as of a bug");
            }
            return ImmutableList.of();
        }
    }
}
