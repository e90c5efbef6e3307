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
import org.trinomesh.platform.Closure;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.problems;

final class TestPolicyShelf
{
    private static final String PII = "governance/pii.yaml";
    private static final String SALES = "domains/sales/domain.yaml";

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii, owner: governance}
            spec:
              masks:
                - {id: mask-email, match: {tags: [email]}, mask: email-domain}
            """;

    private static final String DOMAIN =
            """
            apiVersion: datamesh/v1
            kind: Domain
            metadata: {name: sales}
            spec:
              classification: internal
              tags: [core]
              denials: [{id: no-interns, principals: [{group: interns}]}]
            """;

    private static final String NO_YAML = "kind: [";
    private static final String UNKNOWN_KEY = POLICY.replace("mask: email", "msk: email");
    private static final Duration TTL = Duration.ofMinutes(15);

    @TempDir
    private Path directory;

    private final MovingClock clock = new MovingClock();

    @Test
    void testBrokenPolicyKeepsItsLastVersionForAWhile()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        assertThat(rules(registry)).containsExactly("pii/mask-email");
        assertThat(closures(registry)).isEmpty();

        write(PII, UNKNOWN_KEY);
        assertThat(registry.refresh()).isTrue();
        assertThat(rules(registry)).containsExactly("pii/mask-email");
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).containsExactly(
                "governance/pii.yaml:1:1: warning: the policies of this file are broken; their last valid version counts until 2026-01-01T00:15:00Z; correct the errors of the file",
                "governance/pii.yaml:6:7: error: a mask rule has no 'mask'; add the key 'mask'",
                "governance/pii.yaml:6:48: error: key 'msk' is not known in a mask rule; write 'mask'");

        // Another mistake does not give it more time
        clock.advance(Duration.ofMinutes(10));
        write(PII, NO_YAML);
        assertThat(registry.refresh()).isTrue();
        assertThat(rules(registry)).containsExactly("pii/mask-email");
        clock.advance(Duration.ofMinutes(5));
        assertThat(registry.refresh()).isTrue();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
        assertThat(problems(registry.current())).contains("governance/pii.yaml:1:1: error: the policies of this file cannot be read, so no product is served; correct the errors of the file");
        assertThat(registry.refresh()).isFalse();

        // It stays closed, whatever else happens
        clock.advance(Duration.ofMinutes(1));
        write("note.yaml", PRODUCT.replace("name: orders", "name: notes"));
        assertThat(registry.refresh()).isTrue();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");

        write(PII, POLICY.replace("mask-email", "repaired"));
        assertThat(registry.refresh()).isTrue();
        assertThat(rules(registry)).containsExactly("pii/repaired");
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testRepairedPolicyGetsItsFullTimeAgain()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        write(PII, NO_YAML);
        registry.refresh();
        clock.advance(Duration.ofMinutes(10));
        write(PII, POLICY);
        registry.refresh();
        assertThat(problems(registry.current())).isEmpty();
        write(PII, NO_YAML);
        registry.refresh();
        clock.advance(Duration.ofMinutes(10));
        assertThat(registry.refresh()).isFalse();
        assertThat(rules(registry)).containsExactly("pii/mask-email");
    }

    @Test
    void testNothingIsOpenAtTheFirstStart()
            throws IOException
    {
        for (String broken : List.of(NO_YAML, UNKNOWN_KEY, POLICY.replace("GovernancePolicy", "GovernancePolcy"), POLICY + "---\n" + NO_YAML)) {
            write(PII, broken);
            MeshRegistry registry = registry();
            assertThat(closures(registry)).as(broken).containsExactly("mesh by governance/pii.yaml");
            assertThat(rules(registry)).as(broken).isEmpty();

            // A later generation is no reason to open
            write("note.yaml", PRODUCT.replace("name: orders", "name: notes"));
            assertThat(registry.refresh()).isTrue();
            assertThat(closures(registry)).as(broken).containsExactly("mesh by governance/pii.yaml");
            Files.delete(directory.resolve("note.yaml"));
        }
    }

    @Test
    void testWhatGovernanceCannotReadIsBroken()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        write(PII, POLICY.replace("email-domain", "refused"));
        registry.refresh();
        assertThat(rules(registry)).containsExactly("pii/mask-email");
        assertThat(problems(registry.current())).containsExactly(
                "governance/pii.yaml:1:1: warning: the policies of this file are broken; their last valid version counts until 2026-01-01T00:15:00Z; correct the errors of the file",
                "governance/pii.yaml:6:7: error: refused; write another");
        assertThat(registry.current().problems().getLast().owner()).contains("governance");
    }

    @Test
    void testNewBrokenPolicyClosesLater()
            throws IOException
    {
        MeshRegistry registry = registry();
        write(PII, UNKNOWN_KEY);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).contains(
                "governance/pii.yaml:1:1: warning: this file may hold policies and cannot be read; from 2026-01-01T00:15:00Z on, the products that its policies may be about are not served; correct the errors of the file");
        // Still nothing was ever read of it
        clock.advance(Duration.ofMinutes(1));
        write(PII, NO_YAML);
        registry.refresh();
        assertThat(problems(registry.current()).getFirst()).contains("this file may hold policies and cannot be read; from 2026-01-01T00:15:00Z on");
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
    }

    @Test
    void testNewDomainWithBrokenRulesIsNotServedAtAll()
            throws IOException
    {
        MeshRegistry registry = registry();
        write("domains/marketing/campaigns.yaml", PRODUCT.replace("name: orders", "name: campaigns").replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing"));
        write("domains/marketing/domain.yaml", NO_YAML);
        registry.refresh();
        assertThat(registry.current().table("marketing", "campaigns")).isPresent();
        assertThat(closures(registry)).containsExactly("marketing by domains/marketing/domain.yaml");
    }

    @Test
    void testLostDirectoryDoesNotOpenAnything()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);
        registry.refresh();
        assertThat(rules(registry)).containsExactly("pii/mask-email");
        clock.advance(TTL);
        registry.refresh();
        assertThat(registry.current().domains()).isEmpty();

        Files.writeString(away.resolve(PII), NO_YAML);
        Files.move(away, directory);
        registry.refresh();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
    }

    @Test
    void testBrokenDomainClosesOnlyItself()
            throws IOException
    {
        write(SALES, DOMAIN);
        MeshRegistry registry = registry();
        Domain sales = registry.current().domain("sales").orElseThrow();
        assertThat(sales.rules().classification()).contains("internal");
        assertThat(sales.rules().tags()).containsExactly("core");
        assertThat(sales.rules().rules().rules()).extracting(rule -> rule.id().orElseThrow().value()).containsExactly("no-interns");

        write(SALES, DOMAIN.replace("denials", "denails"));
        registry.refresh();
        assertThat(registry.current().domain("sales").orElseThrow().rules()).isEqualTo(sales.rules());
        assertThat(closures(registry)).isEmpty();
        clock.advance(TTL);
        registry.refresh();
        assertThat(registry.current().domain("sales").orElseThrow().rules()).isEqualTo(DomainRules.NONE);
        assertThat(closures(registry)).containsExactly("sales by domains/sales/domain.yaml");
        assertThat(problems(registry.current())).contains("domains/sales/domain.yaml:1:1: error: the policies of this file cannot be read, so no product of domain 'sales' is served; correct the errors of the file");

        Closure closure = registry.current().governance().closures().getFirst();
        assertThat(closure.covers(TestingMesh.product(registry.current(), "sales", "orders"))).isTrue();
        assertThat(new Closure(closure.domain().map(_ -> "marketing"), closure.position()).covers(TestingMesh.product(registry.current(), "sales", "orders"))).isFalse();

        write(SALES, DOMAIN);
        registry.refresh();
        assertThat(registry.current().domain("sales").orElseThrow().rules()).isEqualTo(sales.rules());
        assertThat(closures(registry)).isEmpty();
    }

    @Test
    void testDomainOutsideOfItsFolderClosesOnlyItself()
            throws IOException
    {
        write("all-domains.yaml", DOMAIN.replace("denials", "denails") + "---\n" + DOMAIN.replace("sales", "marketing"));
        assertThat(closures(registry())).containsExactly("sales by all-domains.yaml", "marketing by all-domains.yaml");
    }

    @Test
    void testDomainThatIsDescribedTwiceHasTheRulesOfBoth()
            throws IOException
    {
        write(SALES, DOMAIN + "---\n" + DOMAIN.replace("no-interns", "no-guests").replace("[core]", "[own]"));
        write("a.yaml", DOMAIN.replace("no-interns", "no-bots").replace("  classification: internal\n", ""));
        DomainRules rules = registry().current().domain("sales").orElseThrow().rules();
        assertThat(rules.rules().rules()).extracting(rule -> rule.id().orElseThrow().value()).containsExactlyInAnyOrder("no-interns", "no-guests", "no-bots");
        assertThat(rules.tags()).containsExactlyInAnyOrder("core", "own");
        assertThat(rules.classification()).contains("internal");
    }

    @Test
    void testWrongNameDoesNotTakeTheRulesAway()
            throws IOException
    {
        write(SALES, DOMAIN);
        MeshRegistry registry = registry();
        for (String name : List.of("slaes", "Sales", "sales team", "marketing")) {
            write(SALES, DOMAIN.replace("name: sales", "name: " + name));
            registry.refresh();
            assertThat(registry.current().domain("sales").orElseThrow().rules().tags()).as(name).containsExactly("core");
            assertThat(registry.current().domain("marketing").map(Domain::rules)).as(name).isNotPresent();
        }
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("sales by domains/sales/domain.yaml");
    }

    @Test
    void testPolicyElsewhereIsRefused()
            throws IOException
    {
        // A file there that cannot be read would not be known to be one, and nothing would be closed
        write("policies/pii.yaml", POLICY);
        assertThat(closures(registry())).containsExactly("mesh by policies/pii.yaml");
        assertThat(problems(registry().current())).contains("policies/pii.yaml:1:1: error: a policy is read from a folder 'governance' only; move it to governance/, or to domains/<domain>/governance/ for the products of one domain");
        Files.delete(directory.resolve("policies/pii.yaml"));
        write("domains/sales/pii.yaml", POLICY);
        assertThat(closures(registry())).containsExactly("sales by domains/sales/pii.yaml");
    }

    @Test
    void testPolicyInAFolderIsOfThatDomain()
            throws IOException
    {
        write(PII, POLICY);
        write("governance/more/mesh-wide.yaml", POLICY.replace("name: pii", "name: wide"));
        write("domains/supply-chain/governance/own.yaml", POLICY.replace("name: pii", "name: own"));
        write("domains/sales/governance/rules.yaml", POLICY.replace("name: pii", "name: rules"));
        assertThat(registry().current().governance().policies())
                .extracting(policy -> policy.name() + " of " + policy.domain().orElse("mesh"))
                .containsExactlyInAnyOrder("pii of mesh", "wide of mesh", "own of supply_chain", "rules of sales");

        write("domains/sales/governance/own.yaml", NO_YAML);
        assertThat(closures(registry())).containsExactly("sales by domains/sales/governance/own.yaml");
    }

    @Test
    void testFolderThatIsNoDomainsSpeaksForNobody()
            throws IOException
    {
        write("domains/Not A Domain/governance/pii.yaml", POLICY);
        write("domains/pii.yaml", POLICY.replace("name: pii", "name: wide"));
        MeshRegistry registry = registry();
        assertThat(rules(registry)).isEmpty();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).containsExactlyInAnyOrder(
                "domains/Not A Domain:1:1: error: 'Not A Domain' cannot be the name of a domain, so documents in this folder are ignored; rename the folder to domains/not-a-domain",
                "domains/Not A Domain/governance/pii.yaml:1:1: error: this policy is in a folder below domains/ that belongs to no domain; move it below governance/, or below domains/<domain>/",
                "domains/pii.yaml:1:1: error: this policy is in a folder below domains/ that belongs to no domain; move it below governance/, or below domains/<domain>/");

        write("domains/Not A Domain/governance/pii.yaml", NO_YAML);
        write("domains/Not A Domain/domain.yaml", DOMAIN);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(closures(registry())).isEmpty();
    }

    @Test
    void testBrokenProductClosesNothing()
            throws IOException
    {
        for (String name : List.of("domains/sales/returns.yaml", "domains/sales/products/returns.yaml", "returns.yaml")) {
            write(name, NO_YAML);
        }
        MeshRegistry registry = registry();
        assertThat(closures(registry)).isEmpty();
        assertThat(registry.current().table("sales", "orders")).isPresent();
        write("domains/sales/returns.yaml", PRODUCT.replace("name: orders", "name: returns").replace("owner:", "ownr:"));
        registry.refresh();
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
    }

    @Test
    void testFolderThatCannotBeReadCloses(@TempDir Path outside)
            throws IOException
    {
        Files.createSymbolicLink(directory.resolve("governance"), outside);
        assertThat(closures(registry())).containsExactly("mesh by governance");
        Files.delete(directory.resolve("governance"));

        Files.createDirectories(directory.resolve("domains"));
        Files.createSymbolicLink(directory.resolve("domains/sales"), outside);
        assertThat(closures(registry())).containsExactly("sales by domains/sales");
        Files.delete(directory.resolve("domains/sales"));

        Files.createDirectories(directory.resolve("domains/marketing"));
        Files.createSymbolicLink(directory.resolve("domains/marketing/governance"), outside);
        assertThat(closures(registry())).containsExactly("marketing by domains/marketing/governance");
    }

    private MeshRegistry registry()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("orders.yaml", PRODUCT);
        return new MeshRegistry(directory, TTL, clock, new RefusingChecks());
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    private static List<String> rules(MeshRegistry registry)
    {
        return registry.current().governance().policies().stream()
                .flatMap(policy -> policy.descriptor().rules().rules().stream().map(rule -> policy.name() + "/" + rule.id().orElseThrow()))
                .collect(toImmutableList());
    }

    private static List<String> closures(MeshRegistry registry)
    {
        return registry.current().governance().closures().stream()
                .map(closure -> closure.domain().orElse("mesh") + " by " + closure.position().file())
                .collect(toImmutableList());
    }

    /**
     * Knows one mask that it does not like.
     */
    private static final class RefusingChecks
            implements DescriptorChecks
    {
        @Override
        public List<Problem> check(RuleSetDescriptor rules)
        {
            return rules.rules().stream()
                    .filter(rule -> rule.mask().filter(mask -> mask.action().value().equals("refused")).isPresent())
                    .map(rule -> Problem.error(rule.position(), "refused", "write another"))
                    .collect(toImmutableList());
        }

        @Override
        public List<Problem> check(DataProduct product)
        {
            return ImmutableList.of();
        }
    }

    private static final class MovingClock
            extends Clock
    {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration duration)
        {
            now = now.plus(duration);
        }

        @Override
        public ZoneId getZone()
        {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant()
        {
            return now;
        }
    }
}
