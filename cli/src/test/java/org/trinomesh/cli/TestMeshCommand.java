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
package org.trinomesh.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.registry.TestingMesh;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

final class TestMeshCommand
{
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void testGoodDirectory()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT);
        assertThat(run("validate", directory.toString())).isEqualTo(0);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualToIgnoringNewLines("1 product in 1 domain, 0 policies, 0 rules, 0 tests passed, 0 violations, 0 errors, 0 warnings\n");
    }

    @Test
    void testBadDirectory()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.createDirectory(directory.resolve("sales"));
        Files.writeString(directory.resolve("sales/orders.yaml"), TestingMesh.PRODUCT.replace("bigint", "json"));
        Files.writeString(directory.resolve("returns.yaml"), TestingMesh.PRODUCT.replace("name: orders", "name: returns").replace("owner:", "ownr:"));
        assertThat(run("validate", directory.toString())).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly(
                directory + "/returns.yaml:6:3: error: key 'ownr' is not known in metadata; write 'owner'",
                directory + "/sales/orders.yaml:17:13: error: type 'json' does not exist in Iceberg tables; write varchar");
        assertThat(err.toString()).isEqualToIgnoringNewLines("0 products in 0 domains, 0 policies, 0 rules, 0 tests passed, 0 violations, 2 errors, 0 warnings\n");
    }

    @Test
    void testNotesAreShownOnRequest()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT);
        Files.writeString(directory.resolve("contract.yaml"),
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: orders
                version: 1.0.0
                domain: sales
                dataProduct: orders
                schema:
                  - name: orders
                    businessName: Orders
                    properties:
                      - {name: order_id, physicalType: bigint}
                """);
        assertThat(run("validate", directory.toString(), "--all")).isEqualTo(0);
        long notes = out.toString().lines().filter(line -> line.contains(": info: ")).count();
        assertThat(notes).isPositive();
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(run("validate", directory.toString())).isEqualTo(0);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("0 errors, 0 warnings; " + notes + " note").contains(" with --all");
        // Tools read everything
        assertThat(run("validate", directory.toString(), "--format", "json")).isEqualTo(0);
        assertThat(out.toString()).contains("\"severity\":\"info\"");
    }

    @Test
    void testManyProblemsOfAFile()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT + "ownr: x\n".repeat(5_000) + "k".repeat(1_000) + ": x\n");
        assertThat(run("validate", directory.toString())).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(51).allSatisfy(line -> assertThat(line.length()).isLessThan(1_500));
        assertThat(out.toString()).endsWith(directory + "/orders.yaml: 4951 errors more in this file; correct those above first; ./mesh validate --all prints them all" + System.lineSeparator());
        assertThat(err.toString()).contains("5001 errors");
        out.getBuffer().setLength(0);
        assertThat(run("validate", directory.toString(), "--all")).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(5_001);
    }

    @Test
    void testBrokenPolicyFailsNoTestOfOthers()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT);
        Files.createDirectories(directory.resolve("governance"));
        Files.writeString(directory.resolve("governance/tested.yaml"),
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: tested}
                spec:
                  tests:
                    - {name: read, user: ana, groups: [analysts], product: sales.orders, expect: {access: readable}}
                    - {name: clear, user: ana, groups: [analysts], product: sales.orders, expect: {columns: {order_id: clear}}}
                """);
        Files.writeString(directory.resolve("governance/broken.yaml"), "kind: [");
        assertThat(run("validate", directory.toString())).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("fails").contains(
                "governance/broken.yaml:1:1: warning: 2 tests of policies were not run: this file cannot be understood, so the data products that its policies may be about are closed; correct this file first");
        assertThat(err.toString()).contains("0 tests passed");
    }

    @Test
    void testJson()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT.replace("type: bigint", "type: 'a\"b'"));
        assertThat(run("validate", directory.toString(), "--format", "json")).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("{\"file\":\"" + directory + "/orders.yaml\",\"line\":17,\"column\":13,\"severity\":\"error\",\"message\":\"type 'a\\\"b' cannot be read: 'a' is not a type\",\"remedy\":\"write boolean, ")
                .endsWith("\"domain\":\"sales\",\"product\":\"orders\"}" + System.lineSeparator());
    }

    @Test
    void testPolicies()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT);
        Files.createDirectories(directory.resolve("governance"));
        Files.writeString(directory.resolve("governance/policy.yaml"),
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: sales}
                spec:
                  masks:
                    - {id: round, match: {columns: [order_id]}, mask: {action: bucket, width: 10}}
                  checks:
                    - {id: tier, expression: "product.classification.tier != ''", message: no tier, enforcement: audit}
                    - {id: tags, expression: size(product.metadata.tags) > 0, message: no tags, enforcement: strict}
                  waivers:
                    - {check: sales/tags, product: sales.orders, until: 2200-12-31, reason: later}
                  tests:
                    - {name: rounded, user: ana, groups: [analysts], product: sales.orders, expect: {columns: {order_id: bucket(10)}}}
                    - {name: clear, user: ana, groups: [analysts], product: sales.orders, expect: {columns: {order_id: clear}}}
                """);
        assertThat(run("validate", directory.toString())).isEqualTo(1);
        assertThat(out.toString().lines()).containsExactly(
                directory + "/governance/policy.yaml:14:104: error: test 'clear' fails: column order_id is expected to be clear, but is bucket(10) (rule sales/round, governance/policy.yaml:6:7); correct the rule, or the test",
                directory + "/orders.yaml:1:1: audit: check sales/tier is violated: no tier; change the product so that this holds: product.classification.tier != ''",
                directory + "/orders.yaml:1:1: audit: check sales/tags is violated (waived until 2200-12-31): no tags; change the product so that this holds: size(product.metadata.tags) > 0");
        assertThat(err.toString()).isEqualToIgnoringNewLines("1 product in 1 domain, 1 policy, 1 rule, 1 of 2 tests passed, 2 violations, 1 error, 0 warnings\n");
    }

    @Test
    void testAuditAsJson()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH.replace("interoperability: off", "interoperability: audit"));
        Files.writeString(directory.resolve("orders.yaml"), TestingMesh.PRODUCT);
        assertThat(run("validate", directory.toString(), "--format", "json")).isEqualTo(0);
        assertThat(out.toString().lines()).isNotEmpty().allSatisfy(line -> assertThat(line)
                .startsWith("{\"file\":\"" + directory + "/orders.yaml\",\"line\":1,\"column\":1,\"severity\":\"audit\",\"message\":\"check interoperability/")
                .endsWith("\"domain\":\"sales\",\"product\":\"orders\",\"version\":\"1.0.0\"}"));
    }

    @Test
    void testWrongUse()
    {
        assertThat(run("validate", directory.resolve("missing").toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("'" + directory.resolve("missing") + "' is not a directory; give the directory that mesh.yaml is in");
        assertThat(run("validate")).isEqualTo(2);
        assertThat(run("validate", directory.toString(), "--format", "xml")).isEqualTo(2);
        assertThat(run("validat", directory.toString())).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void testHelp()
    {
        assertThat(run("--help")).isEqualTo(0);
        assertThat(out.toString()).contains("validate", "diff", "explain");
        assertThat(run("validate", "--help")).isEqualTo(0);
        assertThat(out.toString()).contains("Exit codes:");
        assertThat(out.toString()).doesNotContain("\u001B");
    }

    private int run(String... arguments)
    {
        return MeshCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
