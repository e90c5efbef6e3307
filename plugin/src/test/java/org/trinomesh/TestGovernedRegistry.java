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
package org.trinomesh;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.conformance.CheckTimes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.Governance;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.registry.TestingMesh;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

final class TestGovernedRegistry
{
    private static final String DOMAIN =
            """
            apiVersion: datamesh/v1
            kind: Domain
            metadata: {name: sales, owner: sales-team}
            spec:
              checks:
            """;
    // Each takes a good part of a second, which is within the bound of an expression
    private static final String SLOW_CHECKS = DOMAIN + IntStream.range(0, 6)
            .mapToObj("    - {id: slow-%1$s, enforcement: strict, expression: \"[0,1,2,3,4,5,6,7,8,9].all(a, [0,1,2,3,4,5,6,7,8,9].all(b, product.description.indexOf(product.description.substring(4500) + 'b%1$s') < 0))\"}\n"::formatted)
            .collect(joining());
    private static final String STRICT_POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: described}
            spec:
              checks:
                - {id: described, enforcement: strict, expression: "product.description != ''"}
            """;

    @TempDir
    private Path directory;
    private GovernedRegistry registry;

    @BeforeEach
    void setUp()
            throws IOException
    {
        write("mesh.yaml", TestingMesh.MESH);
        write("governance/described.yaml", STRICT_POLICY);
        write("domains/sales/orders.yaml", TestingMesh.PRODUCT);
        write("domains/sales/refunds.yaml", TestingMesh.PRODUCT.replace("name: orders", "name: refunds").replace("schema: sales", "schema: sales, table: refunds"));
        write("domains/marketing/segments.yaml", segments("analysts"));
        registry = new GovernedRegistry(new MeshRegistry(directory, Duration.ofMinutes(15), Clock.systemUTC(), DescriptorChecks.NONE), MaskKeyVersions.UNKNOWN, new KnowledgeFile(Optional.empty()));
    }

    @Test
    @Timeout(120)
    void testRevokingDoesNotWaitForChecks()
            throws IOException
    {
        assertThat(registry.current().isUnfinished()).isFalse();
        assertThat(access("analysts", "sales", "orders")).startsWith("Readable");
        assertThat(access("analysts", "marketing", "segments")).startsWith("Readable");

        write("domains/sales/domain.yaml", SLOW_CHECKS);
        write("domains/sales/orders.yaml", TestingMesh.PRODUCT.replace("description: Orders", "description: " + "a".repeat(9_000)));
        write("domains/marketing/segments.yaml", segments("marketing-team"));
        long start = System.nanoTime();
        registry.refresh();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("generous for a busy machine: the checks take much longer").isLessThan(Duration.ofSeconds(8));

        assertThat(access("analysts", "marketing", "segments")).as("revoked").doesNotStartWith("Readable");
        assertThat(access("marketing-team", "marketing", "segments")).as("a product of another domain that changed, too").startsWith("Readable");
        assertThat(access("analysts", "sales", "orders")).contains("it is out of service: check sales/slow-").contains("is still being evaluated");
        assertThat(problems()).anyMatch(problem -> problem.contains("is still being evaluated, so the data product is out of service"));

        registry.finishChecks();
        assertThat(registry.current().isUnfinished()).isFalse();
        assertThat(access("analysts", "sales", "orders")).doesNotContain("is still being evaluated");

        Files.delete(directory.resolve("domains/sales/domain.yaml"));
        registry.refresh();
        assertThat(registry.current().isUnfinished()).isFalse();
        assertThat(access("analysts", "sales", "orders")).as("evaluated before").startsWith("Readable");
    }

    @Test
    @Timeout(120)
    void testWhatIsFinishedLateIsNotPublishedOverANewerMesh()
            throws IOException
    {
        write("domains/sales/domain.yaml", SLOW_CHECKS);
        write("domains/sales/orders.yaml", TestingMesh.PRODUCT.replace("description: Orders", "description: " + "a".repeat(9_000)));
        registry.refresh();
        assertThat(registry.current().isUnfinished()).isTrue();
        Thread checks = Thread.ofPlatform().daemon().start(registry::finishChecks);
        write("domains/marketing/segments.yaml", segments("marketing-team"));
        registry.refresh();
        long generation = registry.current().mesh().generation();
        assertThat(access("analysts", "marketing", "segments")).doesNotStartWith("Readable");
        registry.finishChecks();
        assertThat(registry.current().mesh().generation()).isEqualTo(generation);
        assertThat(access("analysts", "marketing", "segments")).doesNotStartWith("Readable");
        checks.interrupt();
    }

    @Test
    void testRefreshesThatDoNotEndCloseInTime()
            throws IOException
    {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource time = now::get;
        MeshRegistry files = new MeshRegistry(directory, Duration.ofMinutes(15), time.withZone(ZoneOffset.UTC), DescriptorChecks.NONE);
        registry = new GovernedRegistry(files, MaskKeyVersions.UNKNOWN, new KnowledgeFile(Optional.empty()), Optional.of(Duration.ofMinutes(20)));
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(20)));
        assertThat(registry.refresh()).as("nothing changed").isFalse();
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(20)));
        assertThat(access("analysts", "sales", "orders")).startsWith("Readable");

        now.updateAndGet(instant -> instant.plusSeconds(1));
        assertThat(registry.current().mesh().domains()).isEmpty();
        assertThat(registry.current()).isSameAs(registry.current());
        assertThat(registry.current().mesh().stewards()).isNotEmpty();
        assertThat(problems()).singleElement().asString().startsWith("the mesh directory was last read at 2026-01-01T00:20:00Z, so it is unknown which rights were revoked since then");

        // The refresh that hung ends
        registry.refresh();
        assertThat(access("analysts", "sales", "orders")).startsWith("Readable");
        assertThat(problems()).noneMatch(problem -> problem.contains("was last read at"));
    }

    @Test
    void testAStrictCheckThatIsViolatedClosesAtOnce()
            throws IOException
    {
        write("governance/described.yaml", STRICT_POLICY.replace("product.description != ''", "product.description != 'Orders'"));
        registry.refresh();
        assertThat(registry.current().isUnfinished()).isFalse();
        assertThat(access("analysts", "sales", "orders")).contains("check described/described is violated");
    }

    @Test
    void testWhatANewCheckIsNotFinishedForClosesAfterSomeRounds()
            throws IOException
    {
        write("governance/described.yaml", STRICT_POLICY.replace("product.description != ''", "product.description != 'Orders'"));
        Governance governance = Governance.of(new MeshRegistry(directory, Duration.ofMinutes(15), Clock.systemUTC(), DescriptorChecks.NONE).current(), MaskKeyVersions.UNKNOWN, Optional.of(registry.current()), CheckTimes.none());
        assertThat(access(governance, "analysts", "sales", "orders")).as("in service for a while, as before").startsWith("Readable");
        for (int round = 0; round < 10; round++) {
            governance = governance.finish(MaskKeyVersions.UNKNOWN, Optional.empty(), CheckTimes.none());
        }
        assertThat(access(governance, "analysts", "sales", "orders")).contains("check described/described is still being evaluated");

        // What was found elsewhere counts
        Governance finished = governance.finish(MaskKeyVersions.UNKNOWN, Optional.empty(), CheckTimes.unlimited());
        assertThat(access(governance.finish(MaskKeyVersions.UNKNOWN, Optional.of(finished), CheckTimes.none()), "analysts", "sales", "orders")).contains("check described/described is violated");
    }

    private String access(String role, String domain, String product)
    {
        return access(registry.current(), role, domain, product);
    }

    private static String access(Governance governance, String role, String domain, String product)
    {
        GovernedMesh governed = new GovernedMesh(governance, new Requester("somebody", Set.of("employees"), Set.of(role)), governance.mesh().loadedAt());
        Decision decision = governed.decide(governance.mesh().table(domain, product).orElseThrow().product());
        return decision.getClass().getSimpleName() + ": " + decision.reason().text();
    }

    private List<String> problems()
    {
        return registry.current().problems().stream().map(Problem::message).toList();
    }

    private static String segments(String role)
    {
        return TestingMesh.PRODUCT.replace("name: orders", "name: segments").replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing").replace("role: analysts", "role: " + role);
    }

    private void write(String file, String text)
            throws IOException
    {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
