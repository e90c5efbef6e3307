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
package org.trinomesh.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.PolicyTests;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.io.Resources.getResource;
import static com.google.common.io.Resources.toByteArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

/**
 * Whatever bytes a file of the mesh directory holds, reading, building and governing end soon and with problems, never with an
 * exception: one file must not take down the mesh.
 *
 * <p>The files in {@code TestPolicyFuzzInputs/fuzz} are tried in every run. To look for new ones with Jazzer, from the folder of
 * the repository:
 *
 * <pre>{@code
 * JAZZER_FUZZ=1 ./mvnw -pl core test -Dair.check.skip-all -Dtest='TestPolicyFuzz#fuzz'
 * }</pre>
 *
 * It runs for ten minutes or until the first finding, and writes what it found beside the others, to be tried in every run from
 * then on. What it learned stays in {@code plugin/.cifuzz-corpus} for the next time.
 */
final class TestPolicyFuzz
{
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Requester READER = new Requester("ana", Set.of("analysts", "region-WEST"), Set.of());

    // What a file says means little without products and people to whom it can be applied
    private static final List<DescriptorFile> BESIDE = Stream.of("mesh.yaml", "customers.yaml")
            .map(name -> read(name, resource(name)))
            .collect(toImmutableList());

    @FuzzTest(maxDuration = "10m")
    @DictionaryFile(resourcePath = "/org/trinomesh/fuzz/descriptors.dict")
    @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = ".+", disabledReason = "testCorpus tries the corpus without Jazzer's agent, which would slow every other test")
    void fuzz(byte[] content)
    {
        govern(content);
    }

    @Test
    void testCorpus()
            throws Exception
    {
        List<Path> corpus = corpus();
        assertThat(corpus).hasSizeGreaterThan(10);
        assertSoftly(softly -> corpus.forEach(input -> softly.assertThatCode(() -> govern(Files.readAllBytes(input)))
                .as(input.getFileName().toString())
                .doesNotThrowAnyException()));
    }

    @Test
    void testSeedsAreUnderstood()
    {
        // A seed that is refused as a whole would lead the search nowhere
        for (String seed : List.of("policy.yaml", "product.yaml", "contract.yaml", "domain.yaml", "mesh.yaml")) {
            DescriptorFile file = read(seed, resource("TestPolicyFuzzInputs/fuzz/" + seed));
            assertThat(file.problems()).as(seed).isEmpty();
            assertThat(file.descriptors()).as(seed).isNotEmpty().allMatch(descriptor -> descriptor.problems().isEmpty());
        }
    }

    private static void govern(byte[] content)
    {
        long start = cpuNanos();
        // A policy below a domain's folder speaks for that domain
        DescriptorFile file = read(content.length % 2 == 0 ? "governance/fuzz.yaml" : "domains/sales/governance/fuzz.yaml", content);
        govern(ImmutableList.of(file));
        if (!file.descriptors().isEmpty()) {
            govern(ImmutableList.<DescriptorFile>builder().addAll(BESIDE).add(file).build());
        }
        Duration took = Duration.ofNanos(cpuNanos() - start);
        checkState(took.compareTo(BOUND) < 0, "took %s", took);
    }

    private static void govern(List<DescriptorFile> files)
    {
        Mesh mesh = MeshBuilder.build(files, new VocabularyChecks());
        Governance governance = Governance.of(mesh);
        PolicyTests.problems(governance).forEach(problem -> checkState(!problem.toString().isEmpty(), "problem without a text"));
        governance.problems().forEach(problem -> checkState(!problem.toString().isEmpty(), "problem without a text"));
        GovernedMesh governed = new GovernedMesh(governance, READER, mesh.loadedAt());
        mesh.domains().forEach(domain -> {
            domain.products().forEach(product -> checkState(!governed.decide(product).reason().text().isEmpty(), "decision without a reason"));
            mesh.tables(domain.name()).forEach(governed::columns);
        });
        checkState(governed.visibleRules().size() <= governance.rules().size() + governance.checks().size(), "more rules seen than there are");
    }

    private static DescriptorFile read(String path, byte[] content)
    {
        return DescriptorReader.read(path, content);
    }

    private static long cpuNanos()
    {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<Path> corpus()
            throws Exception
    {
        Path directory = Path.of(getResource(TestPolicyFuzz.class, "TestPolicyFuzzInputs/fuzz").toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().collect(toImmutableList());
        }
    }

    private static byte[] resource(String name)
    {
        try {
            return toByteArray(getResource(TestPolicyFuzz.class, name));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
