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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.registry.TestingMesh;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

final class TestExplainCommand
{
    private static final String COLUMNS =
            """
              columns:
                - name: order_id
                  type: bigint
                - name: email
                  type: varchar
                - name: ssn
                  type: varchar
                - name: region
                  type: varchar
            """;

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii}
            spec:
              masks:
                - id: mask-email
                  match: {columns: [email]}
                  mask: email-domain
                  validUntil: 2200-12-31
              hiddenColumns:
                - id: no-ssn
                  match: {columns: [ssn]}
                  except:
                    - role: auditors
              rowFilters:
                - id: by-region
                  match: {products: [sales.orders]}
                  filter: "region IN (${groups:region-})"
                - id: some
                  match: {products: [sales.orders]}
                  filter: order_id >= 100
              checks:
                - id: has-tier
                  expression: product.classification.tier != ''
                  message: the product has no tier
                  enforcement: warn
              waivers:
                - {check: has-tier, product: sales.orders, until: 2200-12-31, reason: later}
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeMesh()
            throws IOException
    {
        Files.writeString(directory.resolve("mesh.yaml"), TestingMesh.MESH);
        Files.createDirectories(directory.resolve("sales"));
        Files.writeString(directory.resolve("sales/orders.yaml"), TestingMesh.PRODUCT.replace("  columns:\n    - name: order_id\n      type: bigint\n", COLUMNS));
        Files.createDirectories(directory.resolve("governance"));
        Files.writeString(directory.resolve("governance/pii.yaml"), POLICY.replace("check: has-tier", "check: pii/has-tier"));
    }

    @Test
    void testReader()
    {
        assertThat(explain("--user", "ana", "--groups", "analysts,region-WEST", "--on", "2200-12-31", "sales.orders")).isEqualTo(0);
        assertThat(output()).isEqualTo(
                """
                sales.orders 1.0.0 (active, owner sales-team), DIR/sales/orders.yaml:1:1
                for user ana, groups analysts, region-WEST on 2200-12-31

                readable: role:analysts may read sales.orders (DIR/sales/orders.yaml:25:7)

                orders
                  order_id  clear
                  email     email-domain                              rule pii/mask-email (DIR/governance/pii.yaml:6:7)
                  ssn       hidden                                    rule pii/no-ssn (DIR/governance/pii.yaml:11:7)
                  region    clear
                  (rows)    region IN ('WEST') AND order_id >= '100'  rule pii/by-region (DIR/governance/pii.yaml:16:7), rule pii/some (DIR/governance/pii.yaml:19:7)

                violations
                  pii/has-tier (audit, waived until 2200-12-31): the product has no tier; change the product so that this holds: product.classification.tier != '' (DIR/sales/orders.yaml:1:1)
                """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void testRulesEnd()
    {
        assertThat(explain("--user", "ana", "--groups", "analysts", "--on", "2201-01-01", "sales.orders")).isEqualTo(0);
        assertThat(output()).contains(" on 2201-01-01\n", "  email     clear\n", "pii/has-tier (warn): the product has no tier");
    }

    @Test
    void testHiddenProductIsExplainedToTheOperator()
    {
        assertThat(explain("--user", "eve", "sales.orders_v1")).isEqualTo(0);
        assertThat(output()).contains(
                "\nhidden: no rule lets the requester know of sales.orders\n",
                "\norders, if it were readable\n",
                "  ssn       hidden");
    }

    @Test
    void testRolesAndStewards()
            throws IOException
    {
        Files.writeString(directory.resolve("sales/orders.yaml"), Files.readString(directory.resolve("sales/orders.yaml")).replace("[read]", "[read, share, admin]"));
        assertThat(explain("--user", "ana", "--roles", "analysts,auditors", "sales.orders")).isEqualTo(0);
        assertThat(output()).contains(
                "for user ana, roles analysts, auditors on ",
                "steward of the product: does not read its metadata tables, because rules hide something\n",
                "may share: views of the user may run as their owner\n",
                "  ssn       clear\n");
    }

    @Test
    void testJson()
    {
        assertThat(explain("--json", "--user", "ana", "--groups", "analysts", "--on", "2200-12-31", "sales.orders")).isEqualTo(0);
        assertThat(output())
                .startsWith("{\"domain\":\"sales\",\"product\":\"orders\",\"version\":\"1.0.0\",\"status\":\"active\",\"owner\":\"sales-team\",\"user\":\"ana\",\"groups\":[\"analysts\"],\"roles\":[],\"on\":\"2200-12-31\"," +
                        "\"access\":\"readable\",\"reason\":\"role:analysts may read sales.orders\",\"place\":{\"file\":\"DIR/sales/orders.yaml\",\"line\":25,\"column\":7},\"steward\":false,\"share\":false," +
                        "\"tables\":[{\"table_name\":\"orders\",\"columns\":[{\"column_name\":\"order_id\",\"access\":\"clear\",\"mask\":null,\"reason\":null,\"place\":null,\"declassified\":null}," +
                        "{\"column_name\":\"email\",\"access\":\"masked\",\"mask\":\"email-domain\",\"reason\":\"rule pii/mask-email\",\"place\":{\"file\":\"DIR/governance/pii.yaml\",\"line\":6,\"column\":7},\"declassified\":null},")
                .contains("\"rowFilter\":\"region IN () AND order_id >= '100'\",\"rowFilterRules\":[{\"reason\":\"rule pii/by-region\",")
                .contains("\"violations\":[{\"file\":\"DIR/sales/orders.yaml\",\"line\":1,\"column\":1,\"severity\":\"audit\",\"message\":\"check pii/has-tier is violated: the product has no tier\",");
    }

    @Test
    void testDeclassifiedColumnsOfAQuery()
            throws IOException
    {
        String orders = Files.readString(directory.resolve("sales/orders.yaml"));
        Files.writeString(directory.resolve("sales/orders.yaml"), orders.replace("  accessControl:\n", "  accessControl:\n    - {domain: sales, permissions: [read, share]}\n"));
        Files.writeString(directory.resolve("sales/mails.yaml"), orders.replace("name: orders", "name: mails")
                .replaceAll("      catalog: lake\n      schema: sales\n", "      query: {sql: \"SELECT email AS mail, region FROM orders\"}\n")
                .replace("- name: order_id\n      type: bigint\n    ", "").replace("- name: email", "- name: mail").replace("- name: ssn\n      type: varchar\n    ", ""));
        Files.writeString(directory.resolve("governance/pii.yaml"), POLICY.replace("check: has-tier", "check: pii/has-tier").replaceAll("(?s)  rowFilters:.*?  checks:", "  checks:")
                .replace("mask: email-domain\n", "mask: email-domain\n      except: [{domain: sales}]\n"));
        assertThat(explain("--user", "ana", "--groups", "analysts", "sales.mails")).isEqualTo(0);
        assertThat(output()).contains("  mail    email-domain  rule pii/mask-email (DIR/governance/pii.yaml:6:7)\n  region  clear\n");
        out.getBuffer().setLength(0);
        Files.writeString(directory.resolve("governance/mails.yaml"), "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: mails}\nspec:\n  declassify:\n    - {id: shown, match: {products: [sales.mails], columns: [mail]}, from: [sales.orders.email], unchanged: true, reason: They are printed in the catalogue}\n");
        assertThat(explain("--user", "ana", "--groups", "analysts", "sales.mails")).isEqualTo(0);
        assertThat(output()).contains("  mail    clear  declassified by rule mails/shown: They are printed in the catalogue (DIR/governance/mails.yaml:6:7)\n  region  clear\n");
        out.getBuffer().setLength(0);
        assertThat(explain("--json", "--user", "ana", "--groups", "analysts", "sales.mails")).isEqualTo(0);
        assertThat(output()).contains("{\"column_name\":\"mail\",\"access\":\"clear\",\"mask\":null,\"reason\":null,\"place\":null," +
                "\"declassified\":{\"reason\":\"declassified by rule mails/shown: They are printed in the catalogue\",\"place\":{\"file\":\"DIR/governance/mails.yaml\",\"line\":6,\"column\":7}}}");
    }

    @Test
    void testUnknownProduct()
    {
        assertThat(explain("--user", "ana", "sales.order")).isEqualTo(2);
        assertThat(explain("--user", "ana", "orders")).isEqualTo(2);
        assertThat(explain("--user", "ana", "finance.balances")).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly(
                "There is no data product 'sales.order'; did you mean sales.orders?",
                "There is no data product 'orders'; did you mean sales.orders?",
                "There is no data product 'finance.balances'; write domain and product as in SQL, such as sales.customer_360");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void testErrorsOfTheMeshAreTold()
            throws IOException
    {
        Files.writeString(directory.resolve("sales/broken.yaml"), "kind: [");
        assertThat(explain("--user", "ana", "--groups", "analysts", "sales.orders")).isEqualTo(0);
        assertThat(err.toString()).isEqualToIgnoringNewLines("1 error in " + directory + ", which ./mesh validate shows; what they take out of service is shown as out of service");
    }

    @Test
    void testWrongUse()
    {
        assertThat(explain("sales.orders")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--user=USER'");
        assertThat(explain("--user", " ", "sales.orders")).isEqualTo(2);
        assertThat(err.toString()).contains("The name of the user is blank; write --user ana");
        assertThat(explain("--user", "ana", "--groups", "a,,b", "sales.orders")).isEqualTo(2);
        assertThat(err.toString()).contains("--groups has an empty name; write --groups a,b");
        assertThat(explain("--user", "ana", "--on", "31.12.2026", "sales.orders")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void testGroupsWithCommas()
            throws IOException
    {
        String analysts = "CN=Data Analysts,OU=Groups,DC=example,DC=com";
        Files.writeString(directory.resolve("sales/orders.yaml"), Files.readString(directory.resolve("sales/orders.yaml")).replace("role: analysts", "group: \"" + analysts + "\""));
        for (String[] groups : List.of(
                new String[] {"--group", analysts},
                new String[] {"--group", "staff", "--group", analysts},
                new String[] {"--groups", "staff,\"" + analysts + "\""},
                new String[] {"--groups", "\"" + analysts + "\",staff", "--group", "other"})) {
            out.getBuffer().setLength(0);
            assertThat(explain(Stream.of(Stream.of("--user", "ana"), Stream.of(groups), Stream.of("sales.orders")).flatMap(part -> part).toArray(String[]::new))).isEqualTo(0);
            assertThat(output()).as(String.join(" ", groups)).contains("readable: group:" + analysts + " may read sales.orders").contains("\"" + analysts + "\"");
        }
        out.getBuffer().setLength(0);
        assertThat(explain("--user", "ana", "--groups", analysts, "sales.orders")).isEqualTo(0);
        assertThat(output()).doesNotContain("readable:");
        out.getBuffer().setLength(0);
        assertThat(explain("--user", "ana", "--groups", "\"open", "sales.orders")).isEqualTo(2);
        assertThat(err.toString()).contains("--groups '\"open' cannot be read: a quote is not closed; write --groups a,b, or --group for each name");
        assertThat(explain("--user", "ana", "--groups", "\"a\"b", "sales.orders")).isEqualTo(2);
        assertThat(err.toString()).contains("'b' follows a closing quote, where a comma should");
        assertThat(explain("--user", "ana", "--role", "CN=x,DC=y", "--roles", "\"a \"\"b\"\"\"", "sales.orders")).isEqualTo(0);
        assertThat(output()).contains("roles \"CN=x,DC=y\", a \"b\"");
    }

    @Test
    void testHelp()
    {
        assertThat(MeshCommand.run(new PrintWriter(out), new PrintWriter(err), "explain", "--help")).isEqualTo(0);
        assertThat(out.toString()).contains("--user=USER", "--groups=GROUP", "--roles=ROLE", "--on=DAY", "DIR", "PRODUCT", "0   the decision is printed").doesNotContain("\u001B");
    }

    private String output()
    {
        return out.toString().replace(System.lineSeparator(), "\n").replace(directory.toString(), "DIR");
    }

    private int explain(String... arguments)
    {
        String[] all = new String[arguments.length + 2];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length - 1);
        all[arguments.length] = directory.toString();
        all[arguments.length + 1] = arguments[arguments.length - 1];
        return MeshCommand.run(new PrintWriter(out), new PrintWriter(err), all);
    }
}
