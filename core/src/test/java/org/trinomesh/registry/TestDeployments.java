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
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;

/**
 * The ways in which mesh directories reach a running server: what is deployed is read as a whole, and nothing is lost on the way.
 */
final class TestDeployments
{
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii, owner: governance}
            spec:
              denials: [{id: VERSION, principals: [{group: interns}]}]
            """;

    @TempDir
    private Path place;

    private final SettableClock clock = new SettableClock();

    @Test
    void testGitSyncSwapsTheLinkToTheWorktree()
            throws IOException
    {
        write("worktrees/1", "v1");
        Path directory = place.resolve("mesh");
        flip(directory, Path.of("worktrees/1"));
        MeshRegistry registry = registry(directory);
        assertThat(state(registry)).containsExactly("pii/v1", "sales.orders v1");
        for (int version = 2; version <= 5; version++) {
            write("worktrees/" + version, "v" + version);
            flip(directory, Path.of("worktrees/" + version));
            delete(place.resolve("worktrees/" + (version - 1)));
            assertThat(registry.refresh()).isTrue();
            assertThat(state(registry)).containsExactly("pii/v" + version, "sales.orders v" + version);
            assertThat(registry.current().problems()).isEmpty();
            assertThat(registry.refresh()).isFalse();
        }
    }

    @Test
    void testConfigMapFlipsItsData()
            throws IOException
    {
        Path directory = place.resolve("mesh");
        write("mesh/..2026_1", "v1");
        flip(directory.resolve("..data"), Path.of("..2026_1"));
        for (String name : List.of("mesh.yaml", "domains", "governance")) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data/" + name));
        }
        MeshRegistry registry = registry(directory);
        assertThat(state(registry)).containsExactly("pii/v1", "sales.orders v1");
        assertThat(registry.current().problems()).isEmpty();
        for (int version = 2; version <= 5; version++) {
            write("mesh/..2026_" + version, "v" + version);
            flip(directory.resolve("..data"), Path.of("..2026_" + version));
            delete(directory.resolve("..2026_" + (version - 1)));
            assertThat(registry.refresh()).isTrue();
            assertThat(state(registry)).containsExactly("pii/v" + version, "sales.orders v" + version);
            assertThat(registry.current().problems()).isEmpty();
            assertThat(registry.refresh()).isFalse();
        }
    }

    @Test
    void testVolumeOfOneDomainFlipsItsData()
            throws IOException
    {
        Path directory = place.resolve("mesh");
        write("mesh", "v1");
        Path sales = directory.resolve("domains/sales");
        delete(sales);
        for (int version = 1; version <= 3; version++) {
            Path data = Files.createDirectories(sales.resolve("..2026_" + version));
            Files.writeString(data.resolve("product.yaml"), product("v" + version));
            Files.createDirectories(data.resolve("governance"));
            Files.writeString(data.resolve("governance/own.yaml"), POLICY.replace("name: pii", "name: own").replace("VERSION", "v" + version));
        }
        flip(sales.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(sales.resolve("product.yaml"), Path.of("..data/product.yaml"));
        Files.createSymbolicLink(sales.resolve("governance"), Path.of("..data/governance"));
        MeshRegistry registry = registry(directory);
        assertThat(state(registry)).containsExactly("pii/v1", "own/v1", "sales.orders v1");
        for (int version = 2; version <= 3; version++) {
            flip(sales.resolve("..data"), Path.of("..2026_" + version));
            assertThat(registry.refresh()).isTrue();
            assertThat(state(registry)).containsExactly("pii/v1", "own/v" + version, "sales.orders v" + version);
            assertThat(registry.current().problems()).isEmpty();
        }
    }

    @Test
    void testFlipInTheMiddleOfAReadIsReadAsAWhole()
            throws IOException
    {
        Path directory = place.resolve("mesh");
        write("worktrees/1", "v1");
        write("worktrees/2", "v2");
        flip(directory, Path.of("worktrees/1"));
        boolean[] flipped = new boolean[1];
        MeshDirectory files = new MeshDirectory(directory, (name, content) -> {
            if (!flipped[0]) {
                flipped[0] = true;
                try {
                    flip(directory, Path.of("worktrees/2"));
                    delete(place.resolve("worktrees/1"));
                }
                catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return DescriptorReader.read(name, content);
        });
        Mesh mesh = MeshBuilder.build(files.read().files());
        assertThat(state(mesh)).containsExactly("pii/v2", "sales.orders v2");
    }

    @Test
    void testDirectoryThatIsMovedAwayAndReplacedIsNeverEmpty()
            throws IOException
    {
        Path directory = place.resolve("mesh");
        write("mesh", "v1");
        write("new", "v2");
        MeshRegistry registry = registry(directory);
        Files.move(directory, place.resolve("old"));
        registry.refresh();
        assertThat(state(registry)).containsExactly("pii/v1", "sales.orders v1");
        Files.createDirectory(directory);
        registry.refresh();
        assertThat(state(registry)).containsExactly("pii/v1", "sales.orders v1");
        Files.delete(directory);
        Files.move(place.resolve("new"), directory);
        registry.refresh();
        assertThat(state(registry)).containsExactly("pii/v2", "sales.orders v2");
        assertThat(registry.current().problems()).isEmpty();
    }

    private MeshRegistry registry(Path directory)
    {
        return new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
    }

    private void write(String folder, String version)
            throws IOException
    {
        Path root = place.resolve(folder);
        Files.createDirectories(root.resolve("governance"));
        Files.createDirectories(root.resolve("domains/sales"));
        Files.writeString(root.resolve("mesh.yaml"), MESH);
        Files.writeString(root.resolve("governance/pii.yaml"), POLICY.replace("VERSION", version));
        Files.writeString(root.resolve("domains/sales/orders.yaml"), product(version));
    }

    private static String product(String version)
    {
        return PRODUCT.replace("description: Orders", "description: " + version);
    }

    /**
     * As git-sync and the kubelet do: a new link is renamed over the old one.
     */
    private static void flip(Path link, Path target)
            throws IOException
    {
        Path next = link.resolveSibling("..next");
        Files.createSymbolicLink(next, target);
        Files.move(next, link, ATOMIC_MOVE);
    }

    private static void delete(Path folder)
            throws IOException
    {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<String> state(MeshRegistry registry)
    {
        return state(registry.current());
    }

    private static List<String> state(Mesh mesh)
    {
        return Stream.concat(
                        mesh.governance().policies().stream()
                                .sorted(Comparator.comparing(policy -> policy.domain().isPresent()))
                                .flatMap(policy -> policy.descriptor().rules().rules().stream().map(rule -> policy.name() + "/" + rule.id().orElseThrow())),
                        mesh.domains().stream().flatMap(domain -> domain.products().stream()).map(product -> product.qualifiedName() + " " + product.description()))
                .collect(toImmutableList());
    }
}
