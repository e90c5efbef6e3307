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
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.problems;

/**
 * A policy that is away counts like a broken one; who wants it withdrawn says so.
 */
final class TestAbsentPolicies
{
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final String PII = "governance/pii.yaml";
    private static final String OWN = "domains/sales/governance/own.yaml";
    private static final String SALES = "domains/sales/domain.yaml";
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii, owner: governance}
            spec:
              denials: [{id: no-interns, principals: [{group: interns}]}]
            """;
    private static final String DOMAIN =
            """
            apiVersion: datamesh/v1
            kind: Domain
            metadata: {name: sales}
            spec: {classification: restricted}
            """;

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();

    @BeforeEach
    void writeMesh()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("domains/sales/orders.yaml", PRODUCT);
        write("domains/marketing/leads.yaml", PRODUCT.replace("name: orders", "name: leads").replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing"));
    }

    @Test
    void testPolicyThatIsAwayCountsForAWhileAndThenCloses()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        Files.move(directory.resolve("governance"), directory.resolveSibling(directory.getFileName() + "-governance"));
        assertThat(registry.refresh()).isTrue();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        assertThat(problems(registry.current())).containsExactly("governance/pii.yaml:1:1: warning: this file is gone; the last valid version of its policies counts until 2026-01-01T00:15:00Z; restore the file; to withdraw its policies, leave a file with only a comment");
        assertThat(registry.refresh()).isFalse();

        clock.advance(TTL);
        assertThat(registry.refresh()).isTrue();
        assertThat(policies(registry)).isEmpty();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
        assertThat(problems(registry.current())).containsExactly("governance/pii.yaml:1:1: error: this file is gone with its policies, so no product is served; restore the file; to withdraw its policies, leave a file with only a comment");
        assertThat(registry.refresh()).isFalse();

        // It stays closed, whatever else happens, until it is back
        write("domains/sales/orders.yaml", PRODUCT + "# changed\n");
        registry.refresh();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
        Files.move(directory.resolveSibling(directory.getFileName() + "-governance"), directory.resolve("governance"));
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testPolicyOfADomainClosesThatDomain()
            throws IOException
    {
        write(OWN, POLICY);
        MeshRegistry registry = registry();
        Files.delete(directory.resolve(OWN));
        Files.delete(directory.resolve("domains/sales/governance"));
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of sales");
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("sales by " + OWN);
        assertThat(problems(registry.current())).containsExactly(OWN + ":1:1: error: this file is gone with its policies, so no product of domain 'sales' is served; restore the file; to withdraw its policies, leave a file with only a comment");
    }

    @Test
    void testRulesOfADomainDocumentAreNotLostWithIt()
            throws IOException
    {
        write(SALES, DOMAIN);
        MeshRegistry registry = registry();
        Files.delete(directory.resolve(SALES));
        registry.refresh();
        assertThat(registry.current().domain("sales").orElseThrow().rules().classification()).contains("restricted");
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("sales by " + SALES);

        write(SALES, DOMAIN.replace("spec: {classification: restricted}", "spec: {}"));
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        // One that says nothing may go
        Files.delete(directory.resolve(SALES));
        registry.refresh();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testPolicyThatIsMovedIsNotLost()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        Files.move(directory.resolve(PII), directory.resolve("governance/privacy.YAML"));
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        assertThat(problems(registry.current())).isEmpty();

        // In two steps
        Files.copy(directory.resolve("governance/privacy.YAML"), directory.resolve(PII));
        registry.refresh();
        Files.delete(directory.resolve("governance/privacy.YAML"));
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        assertThat(problems(registry.current())).isEmpty();

        // And some time after it was away
        Files.delete(directory.resolve(PII));
        registry.refresh();
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).hasSize(1);
        write("governance/all.yaml", POLICY.replace("no-interns", "nobody"));
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testPolicyOfOtherProductsIsNotTheOneThatIsGone()
            throws IOException
    {
        write(PII, POLICY);
        write("governance/other.yaml", POLICY.replace("no-interns", "others"));
        MeshRegistry registry = registry();
        // A domain has one of this name; and there was a second of it all the time
        Files.delete(directory.resolve(PII));
        write(OWN, POLICY);
        registry.refresh();
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
    }

    @Test
    void testPolicyIsWithdrawnByAFileThatHasNone()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        write(PII, "# withdrawn on 2026-01-01\n");
        registry.refresh();
        assertThat(policies(registry)).isEmpty();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
        Files.delete(directory.resolve(PII));
        registry.refresh();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testFileThatIsEmptyIsNoWithdrawal()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        write(PII, "");
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        assertThat(problems(registry.current())).contains("governance/pii.yaml:1:1: error: the file is empty, as after a copy that did not end; write the policy, or a comment to say that there is none");
        assertThat(closures(registry())).containsExactly("mesh by governance/pii.yaml");
    }

    @Test
    void testBrokenFileThatGoesKeepsItsTime()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        write(PII, "kind: [");
        registry.refresh();
        clock.advance(Duration.ofMinutes(10));
        Files.delete(directory.resolve(PII));
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        clock.advance(Duration.ofMinutes(5));
        registry.refresh();
        assertThat(closures(registry)).hasSize(1);
    }

    @Test
    void testFileThatWasBrokenFromTheStartIsReplacedByAReadableOne()
            throws IOException
    {
        write(PII, "kind: [");
        MeshRegistry registry = registry();
        assertThat(closures(registry)).hasSize(1);
        // As git does between two versions
        Files.delete(directory.resolve(PII));
        registry.refresh();
        assertThat(closures(registry)).hasSize(1);
        write("governance/privacy.yaml", POLICY);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testDomainThatIsGoneLeavesNoProblemAndIsRemembered()
            throws IOException
    {
        write(OWN, POLICY);
        MeshRegistry registry = registry();
        for (String name : List.of(OWN, "domains/sales/governance", "domains/sales/orders.yaml", "domains/sales")) {
            Files.delete(directory.resolve(name));
        }
        registry.refresh();
        assertThat(problems(registry.current())).isEmpty();
        clock.advance(TTL);
        registry.refresh();
        assertThat(problems(registry.current())).isEmpty();
        // As a deployment that is under way
        write("domains/sales/orders.yaml", PRODUCT);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("sales by " + OWN);
        assertThat(problems(registry.current())).hasSize(1);
        write(OWN, POLICY);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
    }

    @Test
    void testDirectoryThatWasAwayDoesNotComeBackWithoutItsPolicies()
            throws IOException
    {
        write(PII, POLICY);
        MeshRegistry registry = registry();
        Path away = directory.resolveSibling(directory.getFileName() + "-away");
        Files.move(directory, away);
        registry.refresh();
        clock.advance(TTL);
        registry.refresh();
        Files.delete(away.resolve(PII));
        Files.move(away, directory);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
    }

    @Test
    void testFilesOfAPolicyFolderThatAreNotReadAreTold()
            throws IOException
    {
        write(PII, POLICY);
        write("governance/pii.yaml~", POLICY);
        write("governance/pii.yaml.bak", POLICY);
        write("governance/#pii.yaml#", POLICY);
        write("governance/rules.txt", POLICY);
        write("governance/README.md", "# Rules");
        write("governance/.pii.yaml.swp", "x");
        write("domains/sales/data-product.yaml.txt", PRODUCT);
        MeshRegistry registry = registry();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).containsExactlyInAnyOrder(
                "governance/#pii.yaml#:1:1: warning: this file is in a folder of policies and is not read as a policy; remove it, or give it the ending .yaml",
                "governance/pii.yaml.bak:1:1: warning: this file is in a folder of policies and is not read as a policy; remove it, or give it the ending .yaml",
                "governance/pii.yaml~:1:1: warning: this file is in a folder of policies and is not read as a policy; remove it, or give it the ending .yaml",
                "governance/rules.txt:1:1: warning: this file is in a folder of policies and is not read as a policy; remove it, or give it the ending .yaml");

        // What is put aside instead of copied was a policy
        write("domains/sales/governance/own.yaml.txt", POLICY);
        registry = registry();
        assertThat(closures(registry)).containsExactly("sales by domains/sales/governance/own.yaml.txt");
        assertThat(problems(registry.current())).contains("domains/sales/governance/own.yaml.txt:1:1: error: this file is in a folder of policies and is not read as a policy; rename it to 'domains/sales/governance/own.yaml', or remove it");
        Files.move(directory.resolve("domains/sales/governance/own.yaml.txt"), directory.resolve(OWN));
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(policies(registry)).contains("pii of sales");
    }

    @Test
    void testPolicyThatADotHidesIsTold()
            throws IOException
    {
        write("mesh.yaml", MESH);
        write("governance/.pii.yaml", POLICY);
        write("governance/..data", "of a mounted volume");
        write("governance/.pii.yaml.swp", "of an editor");
        write("domains/sales/.notes.yaml", "no place of policies");
        MeshRegistry registry = registry();
        assertThat(closures(registry)).containsExactly("mesh by governance/.pii.yaml");
        assertThat(problems(registry.current())).contains("governance/.pii.yaml:1:1: error: this file is in a folder of policies and is not read as a policy; rename it to 'governance/pii.yaml', or remove it");

        // Beside the policy it is a copy
        write(PII, POLICY);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).containsExactly("governance/.pii.yaml:1:1: warning: this file is in a folder of policies and is not read as a policy; remove it, or give it a name that does not begin with a dot");
    }

    @Test
    void testMeshIsClosedAtAStartWithoutWhatIsRequired()
            throws IOException
    {
        write("mesh.yaml", MESH + "  requiredPolicies: [governance/, domains/sales/governance/own.yaml]\n");
        MeshRegistry registry = registry();
        assertThat(closures(registry)).containsExactlyInAnyOrder("mesh by mesh.yaml", "sales by mesh.yaml");
        assertThat(problems(registry.current())).containsExactly(
                "mesh.yaml:22:22: error: no policy can be read from 'governance/', which is required, so no product is served; restore it, or take it out of requiredPolicies",
                "mesh.yaml:22:35: error: no policy can be read from 'domains/sales/governance/own.yaml', which is required, so no product of domain 'sales' is served; restore it, or take it out of requiredPolicies");

        // A file without a policy is none
        write(PII, "# later\n");
        write(OWN, POLICY.replace("metadata", "metadta"));
        registry.refresh();
        assertThat(closures(registry)).contains("mesh by mesh.yaml", "sales by mesh.yaml");
        write(PII, POLICY);
        write(OWN, POLICY);
        registry.refresh();
        assertThat(closures(registry)).isEmpty();
        assertThat(problems(registry.current())).isEmpty();
    }

    @Test
    void testWhatIsRequiredCountsForAWhileWhenItIsGone()
            throws IOException
    {
        write("mesh.yaml", MESH + "  requiredPolicies: [governance/pii.yaml]\n");
        write(PII, POLICY);
        MeshRegistry registry = registry();
        Files.delete(directory.resolve(PII));
        registry.refresh();
        assertThat(policies(registry)).containsExactly("pii of mesh");
        assertThat(closures(registry)).isEmpty();
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactlyInAnyOrder("mesh by governance/pii.yaml", "mesh by mesh.yaml");
    }

    @Test
    void testGlobalPolicyIsWithdrawnByTakingItOutOfTheList()
            throws IOException
    {
        write("mesh.yaml", MESH + "  requiredPolicies: [governance/pii.yaml]\n");
        write(PII, POLICY);
        write("governance/more.yaml", POLICY.replace("name: pii", "name: more"));
        write(OWN, POLICY);
        MeshRegistry registry = registry();
        assertThat(problems(registry.current())).containsExactly("governance/more.yaml:1:1: warning: requiredPolicies does not name this file, so nobody notices if it disappears; add 'governance/more.yaml' to requiredPolicies in the Mesh document");
        Files.delete(directory.resolve("governance/more.yaml"));
        registry.refresh();
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "pii of sales");
        assertThat(problems(registry.current())).isEmpty();

        // What a domain says is not withdrawn by a list of governance
        Files.delete(directory.resolve(OWN));
        registry.refresh();
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "pii of sales");
    }

    @Test
    void testAListThatSaysNothingOfTheWholeMeshWithdrawsNothingOfIt()
            throws IOException
    {
        write("mesh.yaml", MESH + "  requiredPolicies: [domains/sales/governance/own.yaml]\n");
        write(PII, POLICY);
        write(OWN, POLICY);
        MeshRegistry registry = registry();
        Files.delete(directory.resolve(PII));
        registry.refresh();
        assertThat(policies(registry)).contains("pii of mesh");
        clock.advance(TTL);
        registry.refresh();
        assertThat(closures(registry)).containsExactly("mesh by governance/pii.yaml");
    }

    @Test
    void testAnEmptyListIsAnError()
            throws IOException
    {
        write("mesh.yaml", MESH + "  requiredPolicies: []\n");
        assertThat(problems(registry().current())).contains("mesh.yaml:1:1: error: requiredPolicies is empty; list what must be there, or remove the key");
    }

    @Test
    void testPlacesWithoutPoliciesCannotBeRequired()
            throws IOException
    {
        for (String path : List.of("pii.yaml", "/governance/", "governance", "governance/../pii.yaml", "governance//", "governance/rules.txt", "domains/", "domains/sales/", "domains/Not a Domain/governance/", "../governance/", "./governance/")) {
            write("mesh.yaml", MESH + "  requiredPolicies: ['" + path + "']\n");
            assertThat(problems(registry().current())).as(path).contains("mesh.yaml:22:22: error: no policy is read from '" + path + "'; write a file or a folder relative to the mesh directory: governance/, governance/pii.yaml, domains/sales/governance/customers.yaml");
        }
        write("domains/sales/domain.yaml", DOMAIN);
        write("mesh.yaml", MESH + "  requiredPolicies: [domains/sales/domain.yaml]\n");
        assertThat(problems(registry().current())).isEmpty();
    }

    private MeshRegistry registry()
    {
        return new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    private static List<String> policies(MeshRegistry registry)
    {
        return registry.current().governance().policies().stream()
                .map(policy -> policy.name() + " of " + policy.domain().orElse("mesh"))
                .collect(toImmutableList());
    }

    private static List<String> closures(MeshRegistry registry)
    {
        return registry.current().governance().closures().stream()
                .map(closure -> closure.domain().orElse("mesh") + " by " + closure.position().file())
                .collect(toImmutableList());
    }
}
