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

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.registry.TestingMesh;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The prepared pairs of directories are in the resources, below {@code diff}.
 */
final class TestDiffCommand
{
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void testGain()
    {
        assertThat(diff("gain")).isEqualTo(1);
        assertThat(output()).isEqualTo(
                """
                sales.orders
                  group:analysts
                    +  email  replace-with-null -> email-domain; rule pii/mask-email (gain/new/governance/pii.yaml:8:7)
                    +  total  hidden -> bucket(100); rule pii/round-total (gain/new/governance/pii.yaml:13:7)
                    +  rows   region = 'WEST' -> all
                  group:interns
                    +  access  hidden -> readable: 2 columns clear, email email-domain, total bucket(100); group:interns may read sales.orders (gain/new/orders.yaml:27:7)
                  group:support
                    +  email  replace-with-null -> clear, if another rule lets it read

                sales.returns appears
                  group:analysts
                    *  access  absent -> readable: all columns clear; group:analysts may read sales.returns (gain/new/returns.yaml:19:7)

                5 gains, 1 addition, 0 losses, 2 products
                """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void testLoss()
    {
        // Nobody gains; the consumers of the product that is gone were promised it
        assertThat(diff("loss", "--fail-on", "widening")).isEqualTo(0);
        clear();
        assertThat(diff("loss")).isEqualTo(1);
        assertThat(output()).isEqualTo(
                """
                sales.orders
                  group:analysts
                    -  share  yes -> no
                    -  email  clear -> email-domain; rule pii/mask-email (loss/new/governance/pii.yaml:8:7)
                    -  total  clear -> hidden; rule pii/no-total (loss/new/governance/pii.yaml:12:7)
                    -  rows   region = 'WEST' -> region = 'WEST' AND total < '1000'; rule pii/only-west (loss/new/governance/pii.yaml:15:7)
                  group:interns
                    -  access  readable -> discoverable, it was all columns clear, rows region = 'WEST'; group:interns may discover sales.orders; pii/no-interns denies it (interns read nothing); it belongs to sales-team: ask sales-team (loss/new/orders.yaml:27:7)

                sales.returns vanishes
                  group:analysts
                    -  access  readable -> absent, it was all columns clear

                contracts
                  sales.returns 1.0.0 is gone, and no newer major version is there (loss/old/returns.yaml:1:1)

                0 gains, 6 losses, 2 products
                """);
    }

    @Test
    void testMixed()
    {
        assertThat(diff("mixed", "--as", "ana:analysts,region-WEST")).isEqualTo(1);
        assertThat(output()).isEqualTo(
                """
                the mesh
                  group:governance
                    -  steward  yes -> no
                  group:stewards
                    +  steward  no -> yes

                sales.orders
                  group:analysts
                    -  email  email-domain -> replace-with-null; rule pii/mask-email (mixed/new/governance/pii.yaml:8:7)
                    +  total  bucket(10) -> bucket(100), another mask of the same strictness; rule pii/round-total (mixed/new/governance/pii.yaml:11:7)
                    +- rows   region IN ('WEST') -> region IN (${groups:region-}); rule pii/by-region (mixed/new/governance/pii.yaml:15:7)
                  group:governance
                    -  access  discoverable -> hidden; no rule lets the requester know of sales.orders
                  group:stewards
                    +  access  hidden -> discoverable; group:stewards oversees the mesh; it belongs to order-team: ask order-team to read it
                  role:order-team
                    +  access  hidden -> discoverable; order-team owns sales.orders; no grant lets its owner read it: add {role: order-team, permissions: [read, admin]} to its accessControl (mixed/new/orders.yaml:1:1)
                  role:sales-team
                    -  access  discoverable -> hidden; no rule lets the requester know of sales.orders
                  user:olga
                    -  steward  yes -> no
                    -  email    email-domain -> replace-with-null; rule pii/mask-email (mixed/new/governance/pii.yaml:8:7)
                    +  total    bucket(10) -> bucket(100), another mask of the same strictness; rule pii/round-total (mixed/new/governance/pii.yaml:11:7)
                  user:ana in analysts, region-WEST
                    -  email  email-domain -> replace-with-null; rule pii/mask-email (mixed/new/governance/pii.yaml:8:7)
                    +  total  bucket(10) -> bucket(100), another mask of the same strictness; rule pii/round-total (mixed/new/governance/pii.yaml:11:7)

                violations
                  comes sales.orders: pii/has-tags (warn): the product has no tags (mixed/new/orders.yaml:1:1)
                  goes  sales.orders: pii/has-tier (audit): the product has no tier (mixed/old/orders.yaml:1:1)

                7 gains, 8 losses, 1 product
                """);
    }

    @Test
    void testTheWayBack()
    {
        // What is a loss in one direction is a gain in the other
        assertThat(run("diff", pair("loss").resolve("new").toString(), pair("loss").resolve("old").toString())).isEqualTo(1);
        assertThat(output()).contains(
                "    +  access  discoverable -> readable: all columns clear, rows region = 'WEST'; group:interns may read sales.orders (loss/old/orders.yaml:27:7)\n",
                "    +  rows   region = 'WEST' AND total < '1000' -> region = 'WEST'; rule pii/only-west (loss/old/governance/pii.yaml:8:7)\n",
                "sales.returns appears\n",
                "5 gains, 1 addition, 0 losses, 2 products\n");
    }

    @Test
    void testNothingChanged()
    {
        String same = pair("mixed").resolve("old").toString();
        assertThat(run("diff", same, same)).isEqualTo(0);
        assertThat(output()).isEqualTo("No difference in who sees what\n");
    }

    @Test
    void testPersonInTwoGroups()
            throws IOException
    {
        // Interns are exempt, and do not read by themselves; who is an intern and an analyst reads the e-mail
        Path before = mesh("before", "");
        Path after = mesh("after", "        except:\n          - group: interns\n");
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(1);
        assertThat(output()).contains("rules\n    +  rule pii/mask-email (replace-with-null) applies to fewer people at sales.orders.email\n");
        clear();
        assertThat(run("diff", before.toString(), after.toString(), "--as", "ida:analysts,interns")).isEqualTo(1);
        assertThat(output()).contains("  user:ida in analysts, interns\n    +  email  replace-with-null -> clear\n");
    }

    @Test
    void testOnADay()
            throws IOException
    {
        Path before = mesh("before", "");
        Path after = mesh("after", "        validUntil: 2200-12-31\n");
        assertThat(run("diff", before.toString(), after.toString(), "--on", "2200-12-31")).isEqualTo(0);
        assertThat(run("diff", before.toString(), after.toString(), "--on", "2201-01-01")).isEqualTo(1);
        assertThat(output()).endsWith("    +  email  replace-with-null -> clear\n\n1 gain, 0 losses, 1 product\n");
        clear();
        // Without a day every day on which something begins or ends is compared
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(1);
        assertThat(output()).isEqualTo(
                """
                from 2201-01-01 on

                sales.orders
                  role:analysts
                    +  email  replace-with-null -> clear

                1 gain, 0 losses, 1 product
                """);
    }

    @Test
    void testJson()
    {
        assertThat(diff("gain", "--json")).isEqualTo(1);
        assertThat(output())
                .startsWith("{\"gains\":5,\"additions\":1,\"losses\":0,\"breaks\":false,\"mesh\":[],\"platform\":[],\"products\":[{\"domain\":\"sales\",\"product\":\"orders\",\"version\":\"1.0.0\",\"presence\":\"stays\",\"principals\":[{\"principal\":\"group:analysts\",\"changes\":[" +
                        "{\"effect\":\"gain\",\"subject\":\"column\",\"table_name\":\"orders\",\"column_name\":\"email\",\"before\":\"replace-with-null\",\"after\":\"email-domain\",\"note\":null," +
                        "\"reason\":\"rule pii/mask-email\",\"place\":{\"file\":\"gain/new/governance/pii.yaml\",\"line\":8,\"column\":7},\"tables\":[]},")
                .contains("\"tables\":[{\"table_name\":\"orders\",\"columns\":{\"order_id\":\"clear\",\"email\":\"email-domain\",\"region\":\"clear\",\"total\":\"bucket(100)\"},\"rows\":null}]}")
                .contains("{\"domain\":\"sales\",\"product\":\"returns\",\"version\":\"1.0.0\",\"presence\":\"appears\",")
                .endsWith("\"rules\":[],\"violations\":[],\"later\":[],\"moreDays\":false,\"contracts\":[],\"ended\":[]}\n");
    }

    @Test
    void testJsonOfViolations()
    {
        assertThat(diff("mixed", "--json")).isEqualTo(1);
        assertThat(output())
                .contains("\"mesh\":[{\"principal\":\"group:governance\",\"changes\":[{\"effect\":\"loss\",\"subject\":\"steward\",")
                .contains("\"violations\":[{\"happens\":\"comes\",\"check\":\"pii/has-tags\",\"enforcement\":\"warn\",\"domain\":\"sales\",\"product\":\"orders\",\"version\":\"1.0.0\",\"message\":\"the product has no tags\",")
                .contains("\"place\":{\"file\":\"mixed/old/orders.yaml\",\"line\":1,\"column\":1}}],\"later\":[]");
    }

    @Test
    void testErrorsInNewAreRefused()
            throws IOException
    {
        Path before = mesh("before", "");
        Path after = mesh("after", "        exept: []\n");
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(2);
        assertThat(output()).isEqualTo(
                after + "/governance/pii.yaml:1:1: error: the policies of this file cannot be read, so no product is served; correct the errors of the file\n" +
                        after + "/governance/pii.yaml:11:9: error: key 'exept' is not known in a mask rule; write 'except'\n");
        assertThat(err.toString()).isEqualToIgnoringNewLines("2 errors in " + after + ": correct them first, because it is not clear what the directory means");
        clear();
        assertThat(run("diff", "--json", before.toString(), after.toString())).isEqualTo(2);
        assertThat(output()).startsWith("{\"problems\":[{\"file\":\"" + after + "/governance/pii.yaml\",\"line\":1,").endsWith("}]}\n");
    }

    @Test
    void testErrorsInOldAreTold()
            throws IOException
    {
        // The policy counted for nobody, so that nobody read the product
        Path before = mesh("before", "        exept: []\n");
        Path after = mesh("after", "");
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(1);
        assertThat(output()).contains("    +  access  discoverable -> readable: 1 column clear, email replace-with-null;");
        assertThat(err.toString()).isEqualToIgnoringNewLines("2 errors in " + before + ": what they take out of service is compared as if it did not exist");
    }

    @Test
    void testViolationOfAStrictCheckIsCompared()
            throws IOException
    {
        Path before = mesh("before", "");
        Path after = mesh("after", "  checks:\n    - {id: tier, expression: \"product.classification.tier != ''\", message: no tier, enforcement: strict}\n");
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(0);
        assertThat(output()).contains("  comes sales.orders: pii/tier (strict): no tier (", "-  access  readable -> discoverable, it was 1 column clear, email replace-with-null;");
    }

    @Test
    void testBrokenContract()
            throws IOException
    {
        Path before = mesh("before", "");
        Path after = mesh("after", "");
        Path orders = after.resolve("orders.yaml");
        String promised = Files.readString(orders);
        Files.writeString(orders, promised.replace("type: bigint", "type: varchar").replace("    - name: email\n      type: varchar\n", ""));
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(1);
        assertThat(output()).endsWith(
                """
                contracts
                  sales.orders still 1.0.0: refused, it needs version 2.0.0 in a folder of its own
                    breaking   major column 'orders.email' is no longer promised (AFTER/orders.yaml:1:1)
                    breaking   major 'orders.order_id' was bigint and is now varchar (AFTER/orders.yaml:16:7)

                0 gains, 1 loss, 1 product
                """.replace("AFTER", after.toString()));
        clear();
        assertThat(run("diff", "--json", before.toString(), after.toString())).isEqualTo(1);
        assertThat(output()).contains(
                "\"contracts\":[{\"domain\":\"sales\",\"product\":\"orders\",\"version\":\"1.0.0\",\"versionBefore\":\"1.0.0\",\"requiredBump\":\"major\",\"refused\":true,\"changes\":[" +
                        "{\"kind\":\"column_removed\",\"path\":\"orders.email\",\"before\":\"varchar\",\"after\":null,\"severity\":\"breaking\",\"requiredBump\":\"major\"," +
                        "\"message\":\"column 'orders.email' is no longer promised\",\"place\":{\"file\":\"" + after + "/orders.yaml\",\"line\":1,\"column\":1}},");
    }

    @Test
    void testContractWithItsVersion()
            throws IOException
    {
        Path before = mesh("before", "");
        Path after = mesh("after", "");
        String promised = Files.readString(after.resolve("orders.yaml"));
        Files.writeString(after.resolve("orders.yaml"), promised.replace("name: order_id", "name: order_id\n      nullable: false"));
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(0);
        assertThat(output()).isEqualTo(
                """
                contracts
                  sales.orders still 1.0.0: it should be version 1.1.0
                    compatible minor column 'orders.order_id' is never NULL now (AFTER/orders.yaml:16:7)

                0 gains, 0 losses, 0 products
                """.replace("AFTER", after.toString()));
        clear();

        // The new major beside the old one is an addition, and breaks nothing
        Files.writeString(after.resolve("orders.yaml"), promised);
        Files.writeString(after.resolve("orders2.yaml"), promised.replace("1.0.0", "2.0.0").replace("type: bigint", "type: varchar"));
        assertThat(run("diff", before.toString(), after.toString(), "--fail-on", "addition")).isEqualTo(1);
        clear();
        assertThat(run("diff", before.toString(), after.toString())).isEqualTo(0);
        assertThat(output()).contains(
                """
                contracts
                  sales.orders 1.0.0 -> 2.0.0
                    breaking   major 'orders.order_id' was bigint and is now varchar (AFTER/orders2.yaml:16:7)
                """.replace("AFTER", after.toString()));
    }

    @Test
    void testWrongUse()
    {
        String same = pair("mixed").resolve("old").toString();
        assertThat(run("diff", same)).isEqualTo(2);
        assertThat(run("diff", same, same, same)).isEqualTo(2);
        assertThat(run("diff", same, directory.resolve("missing").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("'" + directory.resolve("missing") + "' is not a directory; give the directory that mesh.yaml is in");
        assertThat(run("diff", same, same, "--as", ":analysts")).isEqualTo(2);
        assertThat(err.toString()).contains("':analysts' names no user; write --as ana:analysts,governance");
        assertThat(run("diff", same, same, "--as", "ana:,analysts")).isEqualTo(2);
        assertThat(err.toString()).contains("'ana:,analysts' has an empty group");
        assertThat(run("diff", same, same, "--as", "ana:\"open")).isEqualTo(2);
        assertThat(err.toString()).contains("--as 'ana:\"open' cannot be read: a quote is not closed; write --as ana:analysts,governance");
        assertThat(run("diff", same, same, "--on", "someday")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void testHelp()
    {
        assertThat(run("diff", "--help")).isEqualTo(0);
        assertThat(out.toString()).contains("--as=USER[:GROUP,...]", "--on=DAY", "OLD_DIR", "NEW_DIR", "1   something that --fail-on names was found", "--fail-on=WHAT[,...]").doesNotContain("\u001B");
    }

    private Path mesh(String name, String more)
            throws IOException
    {
        Path mesh = Files.createDirectories(directory.resolve(name));
        Files.writeString(mesh.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.writeString(mesh.resolve("orders.yaml"), TestingMesh.PRODUCT.replace("      type: bigint\n", "      type: bigint\n    - name: email\n      type: varchar\n"));
        Files.createDirectories(mesh.resolve("governance"));
        Files.writeString(mesh.resolve("governance/pii.yaml"),
                """
                apiVersion: datamesh/v1
                kind: GovernancePolicy
                metadata: {name: pii}
                spec:
                  masks:
                      - id: mask-email
                        match: {columns: [email]}
                        mask: replace-with-null
                        principals:
                          - role: analysts
                """ + more);
        return mesh;
    }

    private int diff(String pair, String... options)
    {
        return run(ImmutableList.<String>builder()
                .add("diff")
                .add(pair(pair).resolve("old").toString())
                .add(pair(pair).resolve("new").toString())
                .add(options)
                .build()
                .toArray(String[]::new));
    }

    private static Path pair(String name)
    {
        URL url = requireNonNull(TestDiffCommand.class.getResource("/diff/" + name), "no resource");
        try {
            return Path.of(url.toURI());
        }
        catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String output()
    {
        return out.toString().replace(System.lineSeparator(), "\n").replace(pair("gain").getParent() + "/", "");
    }

    private void clear()
    {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    private int run(String... arguments)
    {
        return MeshCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
