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
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;

/**
 * What an author of domain hr does with symbolic links in the folder of hr, and what it does not do to others.
 */
final class TestLinks
{
    private static final Duration TTL = Duration.ofMinutes(15);
    private static final String GRANTS = MESH + "    - {domain: hr, storage: lake, namespaces: [hr]}\n";
    private static final String PEOPLE = PRODUCT.replace("name: orders", "name: people").replace("domain: sales", "domain: hr").replace("schema: sales", "schema: hr");
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: NAME, owner: governance}
            spec:
              denials: [{id: no-interns, principals: [{group: interns}]}]
            """;

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();

    @BeforeEach
    void writeMesh()
            throws IOException
    {
        write("mesh.yaml", GRANTS);
        write("governance/pii.yaml", POLICY.replace("NAME", "pii"));
        write("domains/sales/orders/data-product.yaml", PRODUCT);
        write("domains/sales/governance/own.yaml", POLICY.replace("NAME", "own"));
        write("domains/hr/people.yaml", PEOPLE);
    }

    @Test
    void testLinkToPoliciesOfOthersTakesThemNowhere()
            throws IOException
    {
        for (String target : List.of("../../governance", "../sales/governance", "../../governance/../governance", "../sales/../../governance", "/", "../../nowhere")) {
            Path link = link("domains/hr/governance", target);
            MeshRegistry registry = registry();
            assertThat(policies(registry)).as(target).containsExactlyInAnyOrder("pii of mesh", "own of sales");
            assertThat(closures(registry)).as(target).containsExactly("hr by domains/hr/governance");
            assertThat(products(registry)).as(target).containsExactly("hr.people", "sales.orders");
            assertThat(errors(registry)).as(target).contains("domains/hr/governance:1:1: error: the symbolic link leads nowhere, or out of the folder domains/hr; remove the link, or copy its target into the folder");
            Files.delete(link);
        }
    }

    @Test
    void testLinkMadeUnderARunningServerTakesNothing()
            throws IOException
    {
        MeshRegistry registry = registry();
        link("domains/hr/governance", "../../governance");
        link("domains/hr/a", "../sales");
        link("domains/hr/b.yaml", "../sales/orders/data-product.yaml");
        registry.refresh();
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "own of sales");
        assertThat(products(registry)).containsExactly("hr.people", "sales.orders");
        assertThat(closures(registry)).isEmpty();
        clock.advance(TTL);
        registry.refresh();
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "own of sales");
        assertThat(products(registry)).containsExactly("hr.people", "sales.orders");
        assertThat(closures(registry)).containsExactly("hr by domains/hr/governance");
    }

    @Test
    void testLinkToProductsOfOthersTakesNothing()
            throws IOException
    {
        for (String target : List.of("../sales", "../sales/orders", "..", "../..", "../../domains", "../sales/orders/data-product.yaml")) {
            for (String name : List.of("a", "a.yaml", "orders", "zz")) {
                Path link = link("domains/hr/" + name, target);
                MeshRegistry registry = registry();
                assertThat(products(registry)).as(target).containsExactly("hr.people", "sales.orders");
                assertThat(policies(registry)).as(target).containsExactlyInAnyOrder("pii of mesh", "own of sales");
                assertThat(closures(registry)).as(target).isEmpty();
                assertThat(errors(registry)).as(target).hasSize(1);
                Files.delete(link);
            }
        }
    }

    @Test
    void testHiddenAndAbsentTargetsReadTheSame()
            throws IOException
    {
        write("domains/sales/secret.yaml", PRODUCT.replace("name: orders", "name: secret"));
        link("domains/hr/x.yaml", "../sales/secret.yaml");
        link("domains/hr/y", "../sales/orders");
        link("domains/hr/z", "../sales/orders/data-product.yaml");
        List<String> there = errors(registry());
        assertThat(there).hasSize(3);
        Files.delete(directory.resolve("domains/sales/secret.yaml"));
        Files.delete(directory.resolve("domains/sales/orders/data-product.yaml"));
        Files.delete(directory.resolve("domains/sales/orders"));
        assertThat(errors(registry())).isEqualTo(there);
    }

    @Test
    void testChainOfLinksMayNotLeaveEither()
            throws IOException
    {
        link("domains/hr/.way", "../sales");
        link("domains/hr/a", ".way/orders");
        link("domains/hr/b", "a");
        link("domains/hr/c", "c");
        MeshRegistry registry = registry();
        assertThat(products(registry)).containsExactly("hr.people", "sales.orders");
        assertThat(errors(registry)).hasSize(3);
    }

    @Test
    void testLinksInsideTheFolderAreRead()
            throws IOException
    {
        write("domains/hr/.versions/1/teams.yaml", PEOPLE.replace("name: people", "name: teams"));
        write("domains/hr/.versions/1/gov/mine.yaml", POLICY.replace("NAME", "mine"));
        link("domains/hr/teams.yaml", ".versions/1/teams.yaml");
        link("domains/hr/governance", ".versions/1/gov");
        MeshRegistry registry = registry();
        assertThat(products(registry)).containsExactly("hr.people", "hr.teams", "sales.orders");
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "own of sales", "mine of hr");
        assertThat(errors(registry)).isEmpty();
    }

    @Test
    void testLinkBesideWhatItLeadsToIsNotReadTwice()
            throws IOException
    {
        link("domains/hr/again", ".");
        link("domains/hr/also.yaml", "people.yaml");
        link("governance/again.yaml", "pii.yaml");
        MeshRegistry registry = registry();
        assertThat(products(registry)).containsExactly("hr.people", "sales.orders");
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "own of sales");
        assertThat(closures(registry)).isEmpty();
        assertThat(registry.current().problems()).extracting(Problem::toString).containsExactly(
                "domains/hr/again:1:1: warning: this symbolic link leads to 'domains/hr', which is already read under that name; remove the link, or move its target here",
                "domains/hr/also.yaml:1:1: warning: this symbolic link leads to 'domains/hr/people.yaml', which is already read under that name; remove the link, or move its target here",
                "governance/again.yaml:1:1: warning: this symbolic link leads to 'governance/pii.yaml', which is already read under that name; remove the link, or move its target here");
    }

    @Test
    void testPoliciesThatAreReadAsSomethingElseClose()
            throws IOException
    {
        write("domains/hr/rules/mine.yaml", "kind: [");
        link("domains/hr/governance", "rules");
        assertThat(closures(registry())).containsExactly("hr by domains/hr/governance");
    }

    @Test
    void testDomainThatIsALinkToAnotherIsClosed()
            throws IOException
    {
        link("domains/it", "sales");
        link("domains/a", "sales/orders");
        link("domains/z", "../governance");
        MeshRegistry registry = registry();
        assertThat(products(registry)).containsExactly("hr.people", "sales.orders");
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "own of sales");
        assertThat(closures(registry)).containsExactlyInAnyOrder("it by domains/it", "a by domains/a", "z by domains/z");
        assertThat(errors(registry)).contains("domains/it:1:1: error: this symbolic link leads to 'domains/sales', which is already read under that name; remove the link, or move its target here");
    }

    @Test
    void testLinkOutOfGovernanceClosesTheMesh()
            throws IOException
    {
        link("governance/more.yaml", "../domains/hr/people.yaml");
        MeshRegistry registry = registry();
        assertThat(closures(registry)).containsExactly("mesh by governance/more.yaml");
        assertThat(policies(registry)).containsExactlyInAnyOrder("pii of mesh", "own of sales");
    }

    @Test
    void testDomainDocumentThatIsALinkToAnotherDomainsCloses()
            throws IOException
    {
        write("domains/sales/domain.yaml", "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: sales}\nspec: {classification: restricted}\n");
        link("domains/hr/domain.yaml", "../sales/domain.yaml");
        MeshRegistry registry = registry();
        assertThat(closures(registry)).containsExactly("hr by domains/hr/domain.yaml");
        assertThat(registry.current().domain("sales").orElseThrow().rules().classification()).contains("restricted");
    }

    @Test
    void testHardLinkIsAFileOfItsPlace()
            throws IOException
    {
        Files.createLink(directory.resolve("domains/hr/orders.yaml"), directory.resolve("domains/sales/orders/data-product.yaml"));
        MeshRegistry registry = registry();
        assertThat(products(registry)).containsExactly("hr.people", "sales.orders");
        assertThat(errors(registry)).singleElement().asString().startsWith("domains/hr/orders.yaml:").contains("this file is in the folder of domain 'hr' and names domain 'sales'");
    }

    @Test
    void testFileWhereAFolderOfPoliciesIsExpectedCloses()
            throws IOException
    {
        // As git writes a link where there are none
        write("domains/hr/governance", "../../governance");
        MeshRegistry registry = registry();
        assertThat(closures(registry)).containsExactly("hr by domains/hr/governance");
        assertThat(errors(registry)).contains("domains/hr/governance:1:1: error: this is a file where a folder is expected; make it a folder");
    }

    private MeshRegistry registry()
    {
        return new MeshRegistry(directory, TTL, clock, DescriptorChecks.NONE);
    }

    private Path link(String name, String target)
            throws IOException
    {
        return Files.createSymbolicLink(directory.resolve(name), Path.of(target));
    }

    private void write(String name, String text)
            throws IOException
    {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    private static List<String> products(MeshRegistry registry)
    {
        return registry.current().domains().stream()
                .flatMap(domain -> domain.products().stream())
                .map(DataProduct::qualifiedName)
                .sorted()
                .collect(toImmutableList());
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

    private static List<String> errors(MeshRegistry registry)
    {
        Stream<Problem> errors = registry.current().problems().stream().filter(Problem::isError);
        return errors.map(Problem::toString).filter(text -> !text.contains("so no product of domain")).collect(toImmutableList());
    }
}
