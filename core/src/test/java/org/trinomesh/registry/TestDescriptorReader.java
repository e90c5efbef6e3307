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
import org.trinomesh.descriptor.Descriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;

import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestDescriptorReader
{
    private static final String DOMAIN =
            """
            apiVersion: datamesh/v1
            kind: Domain
            metadata:
              name: sales
              owner: sales-team
            """;

    @Test
    void testReadsDocument()
    {
        DescriptorFile file = read("domain.yaml", DOMAIN);
        assertThat(problems(file)).isEmpty();
        assertThat(file.descriptors()).hasSize(1);
        DomainDescriptor domain = (DomainDescriptor) file.descriptors().getFirst();
        assertThat(domain.name()).contains(new Located<>("sales", new Position("domain.yaml", 4, 9)));
        assertThat(domain.owner()).contains("sales-team");
    }

    @Test
    void testScalarsAreText()
    {
        DomainDescriptor domain = (DomainDescriptor) read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: NO")).descriptors().getFirst();
        assertThat(domain.owner()).contains("NO");
        assertThat(((DomainDescriptor) read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: 0x10")).descriptors().getFirst()).owner()).contains("0x10");
    }

    @Test
    void testTruthValuesAndNullsOfTheCoreSchema()
    {
        String product =
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: orders, domain: sales, owner: sales-team, version: 1.0.0}
                spec:
                  description: Orders
                  discoverable: FALSE
                  outputPorts: []
                  columns:
                    - {name: order_id, type: bigint, nullable: False, unique: TRUE, hidden: True}
                """;
        DescriptorFile file = read("p.yaml", product);
        assertThat(problems(file)).isEmpty();
        ProductDescriptor orders = (ProductDescriptor) file.descriptors().getFirst();
        assertThat(orders.columns().getFirst().nullable()).contains(false);
        assertThat(orders.columns().getFirst().hidden()).isTrue();
        assertThat(orders.columns().getFirst().details().unique()).isTrue();
        // Of YAML 1.1, and of nobody
        for (String other : List.of("yes", "No", "on", "tRUE", "1")) {
            assertThat(problems(read("p.yaml", product.replace("nullable: False", "nullable: " + other))))
                    .containsExactly("p.yaml:9:48: error: 'nullable' is '%s'; write true or false".formatted(other));
        }
        for (String nothing : List.of("", " ~", " null", " Null", " NULL")) {
            assertThat(problems(read("d.yaml", DOMAIN.replace("owner: sales-team", "owner:" + nothing))))
                    .containsExactly("d.yaml:5:3: error: 'owner' has no value; write a value or remove the key");
        }
        assertThat(problems(read("d.yaml", DOMAIN + "spec: {tags: [NULL]}\n")))
                .containsExactly("d.yaml:6:15: error: 'an entry of tags' is empty; write a value or remove it");
        assertThat(((DomainDescriptor) read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: 'NULL'")).descriptors().getFirst()).owner()).contains("NULL");
        assertThat(((DomainDescriptor) read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: nULL")).descriptors().getFirst()).owner()).contains("nULL");
    }

    @Test
    void testReadsJsonWithTabs()
    {
        DescriptorFile file = read("domain.json", "{\n\t\"apiVersion\": \"datamesh/v1\",\n\t\"kind\": \"Domain\",\n\t\"metadata\": {\n\t\t\"name\": \"sales\",\n\t\t\"ownr\": \"x\"}\n}");
        assertThat(problems(file)).containsExactly("domain.json:6:3: error: key 'ownr' is not known in metadata; write 'owner'");
        assertThat(((DomainDescriptor) file.descriptors().getFirst()).name().orElseThrow().value()).isEqualTo("sales");
    }

    @Test
    void testReadsSeveralDocuments()
    {
        DescriptorFile file = read("domains.yaml", "# all domains\n---\n" + DOMAIN + "---\n" + DOMAIN.replace("sales", "marketing") + "...\n---\n# nothing\n");
        assertThat(problems(file)).isEmpty();
        assertThat(file.descriptors()).extracting(Descriptor::position)
                .containsExactly(new Position("domains.yaml", 3, 1), new Position("domains.yaml", 9, 1));
    }

    @Test
    void testSyntaxErrorLosesOnlyItsDocument()
    {
        DescriptorFile file = read("domains.yaml", DOMAIN + "---\nkind: [Domain\nmetadata: x\n---\n" + DOMAIN);
        assertThat(file.descriptors()).hasSize(2);
        assertThat(problems(file)).hasSize(1);
        assertThat(problems(file).getFirst())
                .startsWith("domains.yaml:8:9: error: this is not YAML: while parsing a flow sequence")
                .endsWith("correct the syntax; most often it is the indentation, a missing quote or a missing space after ':'");
    }

    @Test
    void testDuplicateKeyIsRefused()
    {
        assertThat(problems(read("d.yaml", DOMAIN + "  owner: others\n")))
                .containsExactly("d.yaml:6:3: error: key 'owner' is written twice, first in line 5; keep one of the two");
    }

    @Test
    void testUnknownKeyIsRefusedWithTheNearestKnownOne()
    {
        assertThat(problems(read("d.yaml", DOMAIN.replace("  owner:", "  Ownner:"))))
                .containsExactly("d.yaml:5:3: error: key 'Ownner' is not known in metadata; write 'owner'");
        assertThat(problems(read("d.yaml", DOMAIN + "mask: x\n")))
                .containsExactly("d.yaml:6:1: error: key 'mask' is not known in a Domain document; remove it, or move it under customProperties");
    }

    @Test
    void testCustomKeysAreAccepted()
    {
        assertThat(read("d.yaml", DOMAIN + "  x-cost-center: 12\n  customProperties: {anything: [1, 2]}\n").problems()).isEmpty();
        assertThat(problems(read("d.yaml", DOMAIN + "  x-cost-center: 12\n  customProperties: {anything: [1, 2]}\n"))).isEmpty();
    }

    @Test
    void testMissingKeyIsReported()
    {
        assertThat(problems(read("d.yaml", DOMAIN.replace("  name: sales\n", ""))))
                .containsExactly("d.yaml:4:3: error: metadata has no 'name'; add the key 'name'");
    }

    @Test
    void testWrongShapesAreReported()
    {
        assertThat(problems(read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: [sales-team]"))))
                .containsExactly("d.yaml:5:10: error: 'owner' is a list; write a single value");
        assertThat(problems(read("d.yaml", DOMAIN.replace("owner: sales-team", "owner:"))))
                .containsExactly("d.yaml:5:3: error: 'owner' has no value; write a value or remove the key");
        assertThat(problems(read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: \"\""))))
                .containsExactly("d.yaml:5:10: error: 'owner' is empty; write a value or remove it");
        assertThat(problems(read("d.yaml", DOMAIN + "spec: text\n")))
                .containsExactly("d.yaml:6:7: error: spec is a single value; write it as keys with values: checks, classification, contacts, denials, hiddenColumns, masks, rowFilters, tags");
        assertThat(problems(read("d.yaml", DOMAIN + "spec: {tags: one}\n")))
                .containsExactly("d.yaml:6:14: error: 'tags' is a single value; write a list: each entry on its own line after '- '");
    }

    @Test
    void testUnknownKindIsRefused()
    {
        assertThat(problems(read("d.yaml", DOMAIN.replace("Domain", "Policy")))).containsExactly(
                "d.yaml:2:7: error: kind Policy of apiVersion datamesh/v1 is not supported; write one of datamesh/v1: Mesh, Domain, DataProduct, GovernancePolicy; datacontract/v1: DataContract; v3.0.0 to v3.2.0: DataContract (ODCS); v0.9.0 to v1.1.0: DataProduct (ODPS)");
        assertThat(problems(read("d.yaml", "kind: Domain\n"))).containsExactly(
                "d.yaml:1:1: error: the document has no 'apiVersion'; add it; these are supported: datamesh/v1: Mesh, Domain, DataProduct, GovernancePolicy; datacontract/v1: DataContract; v3.0.0 to v3.2.0: DataContract (ODCS); v0.9.0 to v1.1.0: DataProduct (ODPS)");
        assertThat(problems(read("d.yaml", "- a\n"))).containsExactly(
                "d.yaml:1:1: error: the document is a list; begin it with 'apiVersion:' and 'kind:'");
    }

    @Test
    void testDeepNestingIsRefused()
    {
        assertThat(problems(read("d.yaml", DOMAIN + "  x-deep: " + "[".repeat(19) + "]".repeat(19) + "\n")))
                .containsExactly("d.yaml:6:29: error: the document nests deeper than 20 levels; reduce the nesting");
        assertThat(problems(read("d.yaml", DOMAIN + "  x-deep: " + "[".repeat(100_000)))).hasSize(1);
    }

    @Test
    void testManyReferencesAreRefused()
    {
        assertThat(problems(read("d.yaml", DOMAIN + "  x-many: [&a 1" + ", *a".repeat(20) + "]\n")))
                .containsExactly("d.yaml:6:94: error: the document has more than 20 anchors and aliases; write the values themselves");
        assertThat(problems(read("d.yaml", DOMAIN + "  x-few: [&a 1" + ", *a".repeat(19) + "]\n"))).isEmpty();
        assertThat(problems(read("d.yaml", DOMAIN + "  x-self: &a [*a]\n")))
                .containsExactly("d.yaml:6:15: error: *a refers to nothing that is written completely above it; write the value itself");
    }

    @Test
    void testTagsAreRefused()
    {
        assertThat(problems(read("d.yaml", DOMAIN.replace("owner: sales-team", "owner: !!str sales-team"))))
                .containsExactly("d.yaml:5:10: error: YAML tags are not supported; write the value without the word that starts with '!'");
    }

    @Test
    void testLargeFileIsRefused()
    {
        assertThat(problems(read("d.yaml", DOMAIN + "#".repeat(1024 * 1024))))
                .containsExactly("d.yaml:1:1: error: the file is larger than 1 MiB; split it into several files");
    }

    @Test
    void testTextThatIsNotUnicodeIsRefused()
    {
        assertThat(problems(DescriptorReader.read("d.yaml", DOMAIN.replace("sales-team", "verkäufer").getBytes(ISO_8859_1))))
                .containsExactly("d.yaml:1:1: error: the file is not UTF-8 text; save it as UTF-8");
        assertThat(problems(read("d.yaml", DOMAIN.replace("sales-team", "a\u0007b"))))
                .containsExactly("d.yaml:5:11: error: the text has a character that YAML does not allow, code point 7; remove the character");
    }

    @Test
    void testPrincipalsOfTheMesh()
    {
        String mesh =
                """
                apiVersion: datamesh/v1
                kind: Mesh
                metadata: {name: m}
                spec:
                  stewards:
                    - groups: governance
                  discovery:
                    - {group: a, user: b}
                """;
        assertThat(problems(read("mesh.yaml", mesh))).containsExactly(
                "mesh.yaml:6:7: error: key 'groups' is not known in a principal; write 'group'",
                "mesh.yaml:6:7: error: the entry names nobody; write exactly one of group, role or user in each entry",
                "mesh.yaml:8:7: error: the entry names group and user together; write exactly one of group, role or user in each entry");
    }

    private static DescriptorFile read(String path, String text)
    {
        return DescriptorReader.read(path, text.getBytes(UTF_8));
    }

    private static List<String> problems(DescriptorFile file)
    {
        Problems problems = new Problems();
        problems.addAll(file.problems());
        file.descriptors().forEach(descriptor -> problems.addAll(descriptor.problems()));
        return problems.toList().stream().map(Problem::toString).toList();
    }
}
