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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshBuilder;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Marketing publishes a table of guesses and wants to know which pseudonym in the products of sales each guess has. It must never get
 * a pseudonym of an identifier type that the platform lets only sales make, and no hash that sales has, by whatever path.
 */
final class TestPseudonymRights
{
    private static final String MESH = TestingMesh.MESH.replace("spec:\n", "spec:\n  identifiers: [{type: ssn, domains: [sales]}, {type: device_id, domains: [sales, marketing]}]\n");

    @Test
    void testDomainThatIsNotListedMakesNoPseudonymOfAType()
    {
        assertThat(guesses("{name: v, type: varchar, mask: {action: tokenize, identifier: ssn}}", "")).isEqualTo("not served");
        assertThat(guesses("{name: v, type: varchar, mask: {action: tokenize, identifier: SSN}}", "")).isEqualTo("not served");
        assertThat(guesses("{name: v, type: varchar, identifier: ssn, mask: tokenize}", "")).isEqualTo("not served");
        assertThat(guesses("{name: v, type: row(s varchar), mask: {action: row-fields, fields: {s: {action: tokenize, identifier: ssn}}}}", "")).isEqualTo("not served");
        assertThat(guesses("{name: v, type: row(s varchar), fields: [{name: s, mask: {action: tokenize, identifier: ssn}}]}", "")).isEqualTo("not served");
        assertThat(guesses("{name: v, type: \"map(varchar, varchar)\", mask: {action: tokenize, identifier: ssn, keys: clear}}", "")).isEqualTo("not served");
        // A rule of the domain
        assertThat(seen(ImmutableMap.of("domains/marketing/guesses.yaml", product("marketing", "guesses", "{name: v, type: varchar}"), "domains/marketing/governance/own.yaml", policy("  masks: [{id: m, match: {columns: [v]}, mask: {action: tokenize, identifier: ssn}}]\n")), "marketing"))
                .isEqualTo("not served");
        // A rule of the mesh that a tag brings to the column
        assertThat(guesses("{name: v, type: varchar, tags: [ssn]}", "  masks: [{id: m, match: {tags: [ssn]}, mask: {action: tokenize, identifier: ssn}}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses("{name: v, type: row(s varchar), tags: [ssn]}", "  masks: [{id: m, match: {tags: [ssn]}, mask: {action: row-fields, fields: {s: {action: tokenize, identifier: ssn}}}}]\n")).isEqualTo("row-fields{s=replace-with-null}");
        // Who is listed may
        assertThat(guesses("{name: v, type: varchar, mask: {action: tokenize, identifier: device_id}}", "")).isEqualTo("tokenize(device_id)");
    }

    @Test
    void testProblemSaysWhatToDo()
    {
        Governance governance = govern(ImmutableMap.of("domains/marketing/guesses.yaml", product("marketing", "guesses", "{name: v, type: varchar, mask: {action: tokenize, identifier: ssn}}")));
        assertThat(governance.problems().stream().map(Problem::toString)).contains(
                "domains/marketing/guesses.yaml:8:47: error: the mask of column 'v' cannot tokenize, so the product is not served: domain 'marketing' may not make pseudonyms of identifier type 'ssn'; ask the platform to list the domain under identifiers of the Mesh document: whoever can make pseudonyms of a type can find out which values they stand for");
    }

    @Test
    void testHashesAreOfADomainOrOfAnIdentifierType()
    {
        for (String action : new String[] {"sha-256-global", "sha-256-query-local"}) {
            assertThat(scope("sales", "{name: v, type: varchar, mask: %s}".formatted(action))).isEqualTo("domain:sales");
            assertThat(scope("marketing", "{name: v, type: varchar, mask: %s}".formatted(action))).isEqualTo("domain:marketing");
            // Both may make those of the type, so that their columns join
            assertThat(scope("sales", "{name: v, type: varchar, identifier: device_id, mask: %s}".formatted(action))).isEqualTo("device_id");
            assertThat(scope("marketing", "{name: v, type: varchar, identifier: device_id, mask: %s}".formatted(action))).isEqualTo("device_id");
            assertThat(scope("sales", "{name: v, type: varchar, identifier: ssn, mask: %s}".formatted(action))).isEqualTo("ssn");
        }
    }

    @Test
    void testKeysOfMapsAreHiddenUnlessARuleSaysThatTheyMayBeSeen()
    {
        String map = "{name: v, type: \"map(varchar, varchar)\", tags: [t]}";
        assertThat(guesses(map, "  masks: [{id: m, match: {tags: [t]}, mask: sha-256-global}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses(map, "  masks: [{id: m, match: {tags: [t]}, mask: sha-256-query-local}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses(map, "  masks: [{id: m, match: {tags: [t]}, mask: {action: tokenize, identifier: device_id}}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses(map, "  masks: [{id: m, match: {tags: [t]}, mask: {action: sha-256-global, keys: clear}}]\n")).isEqualTo("sha-256-global with clear keys");
        String rows = "{name: v, type: \"map(varchar, row(s varchar))\", tags: [t]}";
        assertThat(guesses(rows, "  masks: [{id: m, match: {tags: [t]}, mask: {action: row-fields, fields: {s: clear}}}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses(rows, "  masks: [{id: m, match: {tags: [t]}, mask: mask-alphanum}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses(rows, "  masks: [{id: m, match: {columns: [v.s]}, mask: mask-alphanum}]\n")).isEqualTo("row-fields{s=mask-alphanum} with clear keys");
        assertThat(guesses("{name: v, type: \"array(map(varchar, varchar))\", tags: [t]}", "  masks: [{id: m, match: {tags: [t]}, mask: sha-256-global}]\n")).isEqualTo("replace-with-null");
        // A field inside a key cannot be masked by itself
        assertThat(guesses("{name: v, type: \"map(row(s varchar), varchar)\"}", "  masks: [{id: m, match: {columns: [v.s]}, mask: mask-alphanum}]\n")).isEqualTo("replace-with-null");
        assertThat(guesses("{name: v, type: \"map(row(s varchar), row(s varchar))\"}", "  masks: [{id: m, match: {columns: [\"*.s\"]}, mask: mask-alphanum}]\n")).isEqualTo("replace-with-null");
        // Where the column has no map there is nothing to say of keys
        assertThat(guesses("{name: v, type: varchar, tags: [t]}", "  masks: [{id: m, match: {tags: [t]}, mask: {action: sha-256-global, keys: clear}}]\n")).isEqualTo("sha-256-global");
        assertThat(guesses("{name: v, type: varchar, mask: {action: sha-256-global, keys: hidden}}", "")).isEqualTo("not served");
    }

    private static String scope(String domain, String column)
    {
        Governance governance = govern(ImmutableMap.of("domains/%s/guesses.yaml".formatted(domain), product(domain, "guesses", column)));
        return switch (mask(governance, domain)) {
            case Mask.GlobalHash(var scope) -> scope.orElseThrow();
            case Mask.QueryLocalHash(var scope) -> scope.orElseThrow();
            case Mask mask -> mask.toString();
        };
    }

    private static String guesses(String column, String rules)
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder().put("domains/marketing/guesses.yaml", product("marketing", "guesses", column));
        if (!rules.isEmpty()) {
            files.put("governance/rules.yaml", policy(rules));
        }
        return seen(files.buildOrThrow(), "marketing");
    }

    private static String seen(Map<String, String> files, String domain)
    {
        Governance governance = govern(files);
        boolean served = governance.mesh().domain(domain).stream().flatMap(found -> found.products().stream()).anyMatch(product -> decide(governance, product).isReadable());
        return served ? mask(governance, domain).toString() : "not served";
    }

    private static Mask mask(Governance governance, String domain)
    {
        Decision.Readable readable = (Decision.Readable) decide(governance, governance.mesh().domain(domain).orElseThrow().products().getFirst());
        return readable.tables().values().iterator().next().columns().get("v") instanceof ColumnAccess.Masked(Mask mask, Reason _) ? mask : new Mask.Clear();
    }

    private static Decision decide(Governance governance, DataProduct product)
    {
        return new GovernedMesh(governance, new Requester("ana", ImmutableSet.of("analysts"), ImmutableSet.of()), Instant.parse("2026-06-15T12:00:00Z")).decide(product);
    }

    private static Governance govern(Map<String, String> files)
    {
        return Governance.of(MeshBuilder.build(TestingMesh.read(ImmutableMap.<String, String>builder().put("mesh.yaml", MESH).putAll(files).buildOrThrow()), new VocabularyChecks()));
    }

    private static String product(String domain, String name, String column)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: %s, owner: o, version: 1.0.0}
               spec:
                 description: Guesses
                 outputPorts: [{name: sql, type: sql, catalog: lake, schema: %s}]
                 columns:
                   - %s
                 accessControl: [{group: analysts, permissions: [read]}]
               """.formatted(name, domain, domain, column);
    }

    private static String policy(String rules)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p}\nspec:\n" + rules;
    }
}
