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

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.registry.TestingMesh;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./mesh diff} lets through before a change is merged: additions are fine, whatever shows more of what there was is not,
 * by whatever way, and neither is the end of a promise.
 */
final class TestMergeGate
{
    private static final String ORDERS = "domains/sales/orders.yaml";
    private static final String RULES = "governance/rules.yaml";

    private static final Map<String, String> MESH = ImmutableMap.of(
            "mesh.yaml", TestingMesh.MESH.replace("spec:\n", "spec:\n  identifiers: [{type: ssn, domains: [sales], names: [ssn]}]\n"),
            RULES,
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: rules}
            spec:
              masks:
                - {id: pii, match: {tags: [pii]}, mask: replace-with-null}
                - {id: email, match: {columns: [email]}, mask: replace-with-null}
              denials:
                - {id: guests, match: {tiers: [gold]}, principals: [{group: guests}]}
            """,
            ORDERS,
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Orders
              classification: {tier: gold}
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: bigint}
                - {name: email, type: varchar, tags: [pii]}
              accessControl: [{group: analysts, permissions: [read]}]
            """);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    @Test
    void testAdditionsPass()
            throws IOException
    {
        assertThat(diff(files -> replace(files, ORDERS, "    - {name: email", "    - {name: total, type: bigint}\n    - {name: email"))).isEqualTo(0);
        assertThat(out.toString()).contains("  group:analysts\n    *  total  absent -> clear\n", "0 gains, 1 addition, 0 losses, 1 product");
        assertThat(diff(files -> files.put("domains/sales/returns.yaml", files.get(ORDERS).replace("name: orders", "name: returns")))).isEqualTo(0);
        assertThat(out.toString()).contains("sales.returns appears", "    *  access  absent -> readable", "0 gains, 1 addition, 0 losses, 1 product");
        assertThat(diff(files -> files.put("domains/sales/returns.yaml", files.get(ORDERS).replace("name: orders", "name: returns")), "--fail-on", "addition,breaking")).isEqualTo(1);
    }

    @Test
    void testOtherDataUnderTheSameNameIsAGain()
            throws IOException
    {
        assertThat(diff(files -> replace(files, ORDERS, "schema: sales}", "schema: sales, table: payroll}"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  source  lake.sales.orders -> lake.sales.payroll, other data under the same name");
        assertThat(diff(files -> replace(files, ORDERS, "schema: sales}", "schema: sales_hr}", "mesh.yaml", "namespaces: [sales]", "namespaces: [\"sales*\"]"))).isEqualTo(1);
        assertThat(diff(files -> replace(files, ORDERS, "{name: id, type: bigint}", "{name: id, type: bigint, fieldId: 9}"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  id source  id -> field 9, other data under the same name");
        assertThat(diff(files -> replace(files, ORDERS, "{name: id, type: bigint}", "{name: id, type: bigint, physicalName: salary}"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  id source  id -> salary, other data under the same name");
        // Nobody reads the column itself
        assertThat(diff(files -> replace(files, ORDERS, "tags: [pii]}", "tags: [pii], hidden: true, physicalName: mail}"), "--fail-on", "widening")).isEqualTo(0);
    }

    @Test
    void testNewProductOfATableThatWasMaskedIsAGain()
            throws IOException
    {
        assertThat(diff(files -> files.put("domains/sales/copy.yaml", files.get(ORDERS).replace("name: orders", "name: copy").replace("schema: sales}", "schema: sales, table: orders}").replace("tier: gold", "tier: silver").replace("{group: analysts,", "{group: outsiders,")))).isEqualTo(1);
        assertThat(out.toString()).contains("sales.copy appears\n  group:outsiders\n    +  access  absent -> readable");
    }

    @Test
    void testNewProductThatShowsOtherRowsOrPartsIsAGain()
            throws IOException
    {
        String filter = "  rowFilters: [{id: f, filter: \"id IN (%s)\"}]\n";
        Consumer<Map<String, String>> filtered = files -> replace(files, ORDERS, "  accessControl:", filter.formatted("1") + "  accessControl:");
        assertThat(diffFrom(filtered, files -> {
            filtered.accept(files);
            files.put("domains/sales/copy.yaml", files.get(ORDERS).replace("name: orders", "name: copy").replace("schema: sales}", "schema: sales, table: orders}").replace("IN (1)", "IN (1, 2)"));
        })).isEqualTo(1);
        assertThat(out.toString()).contains("sales.copy appears\n  group:analysts\n    +  access  absent -> readable");
        assertThat(diffFrom(filtered, files -> {
            filtered.accept(files);
            files.put("domains/sales/copy.yaml", files.get(ORDERS).replace("name: orders", "name: copy").replace("schema: sales}", "schema: sales, table: orders}"));
        })).isEqualTo(0);
        assertThat(diff(files -> files.put("domains/sales/copy.yaml", files.get(ORDERS).replace("name: orders", "name: copy").replace("schema: sales}", "schema: sales, table: orders}").replace("{name: email, type: varchar, tags: [pii]}", "{name: contact, type: varchar, fieldId: 2}")))).isEqualTo(1);
    }

    @Test
    void testWiderGrantsOfThePlatformAreGains()
            throws IOException
    {
        assertThat(diff(files -> replace(files, "mesh.yaml", "namespaces: [sales]", "namespaces: [sales, hr]"))).isEqualTo(1);
        assertThat(out.toString()).contains("the mesh\n    +  domain sales may publish tables of namespace 'hr' in storage lake\n");
        assertThat(diff(files -> replace(files, "mesh.yaml", "namespaces: [sales]", "namespaces: [\"s*\"]"))).isEqualTo(1);
        assertThat(diff(files -> replace(files, "mesh.yaml", "s3://bucket/sales/", "s3://bucket/"))).isEqualTo(1);
        assertThat(diff(files -> replace(files, "mesh.yaml", "s3://bucket/sales/", "s3://bucket/sales/orders/"))).isEqualTo(0);
        assertThat(diff(files -> replace(files, "mesh.yaml", "pii-handling: off", "pii-handling: audit"))).isEqualTo(0);
        assertThat(diffFrom(files -> replace(files, "mesh.yaml", "pii-handling: off", "pii-handling: audit"), _ -> {})).isEqualTo(1);
        assertThat(out.toString()).contains("    +  the policy pii-handling is enforced less strictly\n");
        assertThat(diffFrom(files -> replace(files, "mesh.yaml", "spec:\n", "spec:\n  requiredPolicies: [governance/]\n"), _ -> {})).isEqualTo(1);
        assertThat(out.toString()).contains("    +  policies in governance/ are no longer required\n");
        assertThat(diff(files -> replace(files, "mesh.yaml", "domains: [sales]", "domains: [sales, marketing]"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  domain marketing may make pseudonyms of identifier type ssn\n");
        assertThat(diff(files -> replace(files, "mesh.yaml", "names: [ssn]", "names: [nr]"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  columns named 'ssn' count as identifier type ssn only when they declare it\n");
    }

    @Test
    void testRuleThatStopsApplyingIsTold()
            throws IOException
    {
        // The other rule still hides the column
        assertThat(diff(files -> replace(files, ORDERS, ", tags: [pii]", ""))).isEqualTo(1);
        assertThat(out.toString()).contains("rules\n    +  rule rules/pii (replace-with-null) no longer applies to sales.orders.email\n", "1 gain, 0 losses, 0 products");
        assertThat(diff(files -> replace(files, ORDERS, "tier: gold", "tier: silver"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  rule rules/guests (denied) no longer applies to sales.orders\n");
        assertThat(diff(files -> replace(files, RULES, "{group: guests}", "{group: guest}"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  rule rules/guests (denied) applies to fewer people at sales.orders\n");
        assertThat(diffFrom(files -> replace(files, RULES, "  denials:", "  checks: [{id: c, expression: \"true\", enforcement: strict}]\n  denials:"), files -> replace(files, RULES, "  denials:", "  checks: [{id: c, expression: \"true\", enforcement: warn}]\n  denials:"))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  check rules/c is enforced less strictly (strict -> warn)\n");
        // Another name for the same rule is none
        assertThat(diff(files -> replace(files, RULES, "id: pii,", "id: persons,"))).isEqualTo(0);
        // What is told with what people see is told once
        assertThat(diff(files -> replace(files, RULES, "    - {id: pii, match: {tags: [pii]}, mask: replace-with-null}\n    - {id: email, match: {columns: [email]}, mask: replace-with-null}\n", "    - {id: nothing, match: {columns: [id]}, mask: {action: bucket, width: 10}}\n"))).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("rules\n").contains("    +  email  replace-with-null -> clear");
    }

    @Test
    void testPolicyThatIsNotReadIsTold()
            throws IOException
    {
        assertThat(diff(files -> files.put("governance/rules.yaml.off", files.remove(RULES)))).isEqualTo(2);
        assertThat(out.toString()).contains("governance/rules.yaml.off:1:1: error: ");
        assertThat(diff(files -> files.remove(RULES))).isEqualTo(1);
        assertThat(out.toString()).contains("    +  email  replace-with-null -> clear");
        assertThat(diff(files -> files.put("governance/rules.YAML", files.remove(RULES)))).isEqualTo(0);
    }

    @Test
    void testEndOfAPromiseBreaks()
            throws IOException
    {
        assertThat(diff(files -> files.remove(ORDERS))).isEqualTo(1);
        assertThat(out.toString()).contains("  sales.orders 1.0.0 is gone, and no newer major version is there (");
        assertThat(diff(files -> replace(files, ORDERS, "version: 1.0.0", "version: 1.0.0, status: retired"))).isEqualTo(1);
        assertThat(out.toString()).contains("  sales.orders 1.0.0 is retired, and no newer major version is there (");
        assertThat(diff(files -> replace(files, ORDERS, "version: 1.0.0", "version: 2.0.0"), "--fail-on", "breaking")).isEqualTo(0);
        assertThat(diff(files -> files.remove(ORDERS), "--fail-on", "widening")).isEqualTo(0);
        assertThat(diff(files -> files.remove(ORDERS), "--fail-on", "none")).isEqualTo(0);
        assertThat(diff(files -> files.remove(ORDERS), "--fail-on", "breaks")).isEqualTo(2);
    }

    @Test
    void testVectorOfAnotherLengthBreaks()
            throws IOException
    {
        String product = "apiVersion: v1.0.0\nkind: DataProduct\nid: dp-1\nname: vectors\nversion: 1.0.0\nstatus: active\ndomain: sales\ndescription: {purpose: Vectors}\noutputPorts: [{name: sql, type: sql, version: 1.0.0, contractId: c-1}]\nteam: {name: sellers}\n";
        String contract = "apiVersion: v3.2.0\nkind: DataContract\nid: c-1\nname: vectors-contract\nversion: 1.0.0\nstatus: active\ndomain: sales\ndataProduct: vectors\nservers: [{server: production, type: trino, host: h, port: 8080, catalog: lake, schema: sales}]\n" +
                "schema: [{name: vectors, physicalName: vectors, logicalType: object, properties: [{name: v, logicalType: vector, logicalTypeOptions: {dimensions: 3}}]}]\nroles: [{role: analysts, access: read}]\n";
        Path root = Files.createTempDirectory(directory, "vectors");
        write(root.resolve("old"), ImmutableMap.<String, String>builder().putAll(MESH).put("domains/sales/p.yaml", product).put("domains/sales/c.yaml", contract).buildOrThrow());
        write(root.resolve("new"), ImmutableMap.<String, String>builder().putAll(MESH).put("domains/sales/p.yaml", product).put("domains/sales/c.yaml", contract.replace("dimensions: 3", "dimensions: 4")).buildOrThrow());
        assertThat(MeshCommand.run(new PrintWriter(out), new PrintWriter(out), "diff", root.resolve("old").toString(), root.resolve("new").toString())).isEqualTo(1);
        assertThat(out.toString()).contains("the vectors of column 'vectors.v' had 3 dimensions and now have 4");
    }

    @Test
    void testWhatBeginsAndEndsLaterIsCompared()
            throws IOException
    {
        assertThat(diff(files -> replace(files, RULES, "tags: [pii]}, mask", "tags: [pii]}, validUntil: 2200-12-31, mask", "columns: [email]}, mask", "columns: [email]}, validUntil: 2201-12-31, mask"))).isEqualTo(1);
        // The second rule goes on hiding the column for a year
        assertThat(out.toString()).startsWith("from 2202-01-01 on\n\nsales.orders\n  group:analysts\n    +  email  replace-with-null -> clear\n");
        assertThat(diff(files -> files.put("governance/later.yaml", "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: later}\nspec:\n  grants: [{id: g, match: {products: [sales.orders]}, principals: [{group: outsiders}], permissions: [read], validFrom: 2200-01-01}]\n"))).isEqualTo(1);
        assertThat(out.toString()).contains("from 2200-01-01 on", "  group:outsiders\n    +  access  hidden -> readable");
        assertThat(diff(files -> replace(files, RULES, "tags: [pii]}, mask", "tags: [pii]}, validUntil: 2200-12-31, mask", "columns: [email]}, mask", "columns: [email]}, validUntil: 2201-12-31, mask"), "--on", "2026-11-28")).isEqualTo(0);
    }

    private int diff(Consumer<Map<String, String>> change, String... options)
            throws IOException
    {
        return diffFrom(_ -> {}, change, options);
    }

    private int diffFrom(Consumer<Map<String, String>> before, Consumer<Map<String, String>> change, String... options)
            throws IOException
    {
        out.getBuffer().setLength(0);
        Map<String, String> old = new HashMap<>(MESH);
        before.accept(old);
        Map<String, String> changed = new HashMap<>(MESH);
        change.accept(changed);
        Path root = Files.createTempDirectory(directory, "pair");
        write(root.resolve("old"), old);
        write(root.resolve("new"), changed);
        String[] arguments = new String[options.length + 3];
        arguments[0] = "diff";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[options.length + 1] = root.resolve("old").toString();
        arguments[options.length + 2] = root.resolve("new").toString();
        StringWriter err = new StringWriter();
        int code = MeshCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
        out.append(err.toString());
        return code;
    }

    private static void write(Path mesh, Map<String, String> files)
            throws IOException
    {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = mesh.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /**
     * @param change in turn: a file (the first may be left out when it is the one before), what is there, and what comes in its place
     */
    private static void replace(Map<String, String> files, String... change)
    {
        String file = change[0];
        int index = 1;
        while (index < change.length) {
            if (files.containsKey(change[index])) {
                file = change[index];
                index++;
            }
            assertThat(files.get(file)).contains(change[index]);
            files.put(file, files.get(file).replace(change[index], change[index + 1]));
            index += 2;
        }
    }
}
