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
import org.trinomesh.conformance.CheckTimes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problem.Severity;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A domain team writes its own documents, by accident or on purpose, so that a rule of the whole mesh would no longer find its
 * columns. Ana of the analysts may read everything that the team publishes, and must see no more by it.
 */
final class TestEvasion
{
    private static final String MESH = TestingMesh.MESH.replace("spec:\n", "spec:\n  identifiers: [{type: ssn, domains: [sales]}, {type: customer_id, domains: [sales], names: [customer_id, \"*_customer_id\"]}]\n");
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Requester ANA = new Requester("ana", ImmutableSet.of("analysts"), ImmutableSet.of());

    @Test
    void testWordsAreComparedWithoutCase()
    {
        for (String word : List.of("restricted", "Restricted", "RESTRICTED", " restricted", "ｒestricted")) {
            for (String rule : List.of("restricted", "Restricted", "CONFIDENTIAL")) {
                assertThat(seen(product("people", "{name: salary, type: bigint, classification: \"%s\"}".formatted(word)), mask("classifications: [%s]".formatted(rule)))).as("%s by %s", word, rule).isEqualTo("salary=replace-with-null");
            }
        }
        assertThat(seen(product("people", "{name: salary, type: bigint, tags: [PII]}"), mask("tags: [pii]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint, tags: [pii]}"), mask("tags: [Pii]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint, identifier: SSN}"), mask("identifiers: [Ssn]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint}"), mask("columns: [SALARY]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint}"), mask("columns: [\"*\"], products: [Sales.People]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint}"), mask("columns: [\"*\"], domains: [SALES]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint}").replace("  description:", "  classification: {tier: Gold, type: Source-Aligned}\n  description:"), mask("columns: [\"*\"], tiers: [gold], archetypes: [source-aligned]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: salary, type: bigint}").replace("version: 1.0.0", "version: 1.0.0, tags: [HR]"), mask("columns: [\"*\"], productTags: [hr]"))).isEqualTo("salary=replace-with-null");
        assertThat(seen(product("people", "{name: address, type: row(street varchar), fields: [{name: street, tags: [PII]}]}"), mask("tags: [pii]"))).isEqualTo("address=row-fields{street=replace-with-null}");
    }

    @Test
    void testClassificationThatNobodyKnowsCountsAsTheStrictest()
    {
        String product = product("people", "{name: salary, type: bigint, classification: restrictd}");
        assertThat(seen(product, mask("classifications: [restricted]"))).isEqualTo("salary=replace-with-null");
        assertThat(warnings(product, mask("classifications: [restricted]")))
                .contains("domains/sales/people.yaml:8:7: warning: column 'salary' has classification 'restrictd', which is not one of public, internal, confidential, restricted and which no rule explains, so it counts as restricted; write 'restricted'");
        // A word of their own is one when a rule explains it
        String secret = product("people", "{name: salary, type: bigint, classification: Secret}, {name: id, type: bigint}");
        assertThat(seen(secret, mask("classifications: [secret]"))).isEqualTo("salary=replace-with-null, id=clear");
        // And it is no way out of what a rule says the column is
        assertThat(seen(secret, mask("classifications: [restricted]") + "  classifications:\n    - {id: c, match: {columns: [salary]}, classification: restricted}\n    - {id: s, match: {classifications: [secret]}, tags: [s]}\n"))
                .isEqualTo("salary=replace-with-null, id=clear");
    }

    @Test
    void testNoFieldSaysLessThanARuleSaysOfItsColumn()
    {
        assertThat(seen(
                product("people", "{name: address, type: row(street varchar), fields: [{name: street, classification: public}]}"),
                mask("classifications: [restricted], types: [varchar]") + "  classifications:\n    - {id: c, match: {columns: [address]}, classification: restricted}\n"))
                .isEqualTo("address=row-fields{street=replace-with-null}");
    }

    @Test
    void testRulesClassifyFieldsInsideOfColumns()
    {
        assertThat(seen(
                product("people", "{name: address, type: \"row(street varchar, city varchar)\"}"),
                mask("classifications: [restricted]") + "  classifications:\n    - {id: c, match: {columns: [\"*.street\"]}, classification: restricted}\n"))
                .isEqualTo("address=row-fields{street=replace-with-null, city=clear}");
    }

    @Test
    void testRulesMatchTheNameThatTheTableHas()
    {
        String product =
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: dp-1
                name: people
                version: 1.0.0
                status: active
                domain: sales
                description: {purpose: People}
                outputPorts: [{name: sql, type: sql, version: 1.0.0, contractId: c-1}]
                team: {name: sellers}
                """;
        String contract =
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: c-1
                name: people-contract
                version: 1.0.0
                status: active
                domain: sales
                dataProduct: people
                servers: [{server: production, type: trino, host: h, port: 8080, catalog: lake, schema: sales}]
                schema:
                  - name: people
                    physicalName: t1
                    logicalType: object
                    properties:
                      - {name: contact, physicalName: email, logicalType: string}
                      - {name: mail, logicalType: string, classification: Confidential}
                roles: [{role: analysts, access: read}]
                """;
        Requester analyst = new Requester("ana", ImmutableSet.of(), ImmutableSet.of("analysts"));
        Map<String, String> files = ImmutableMap.of("domains/sales/product.yaml", product, "domains/sales/contract.yaml", contract);
        assertThat(decide(files, mask("columns: [\"*email*\"]"), "people", analyst)).isEqualTo("contact=replace-with-null, mail=clear");
        assertThat(decide(files, mask("classifications: [confidential]"), "people", analyst)).isEqualTo("contact=clear, mail=replace-with-null");
    }

    @Test
    void testAnotherProductOfTheSameTableHasTheSameRules()
    {
        Map<String, String> two = ImmutableMap.of(
                "domains/sales/people.yaml", product("people", "{name: salary, type: bigint, tags: [pii]}, {name: id, type: bigint}"),
                "domains/sales/copy.yaml", product("copy", "{name: salary, type: bigint}, {name: id, type: bigint}").replace("schema: sales", "schema: sales, table: people"));
        assertThat(decide(two, mask("products: [sales.people], columns: [salary]"), "copy")).isEqualTo("salary=replace-with-null, id=clear");
        assertThat(decide(two, mask("tags: [pii]"), "copy")).isEqualTo("salary=replace-with-null, id=clear");
        assertThat(decide(two, "  denials:\n    - {id: d, match: {products: [sales.people]}}\n", "copy")).isEqualTo("hidden");
        assertThat(decide(two, "  rowFilters:\n    - {id: f, match: {products: [sales.people]}, filter: \"id > 5\"}\n", "copy")).isEqualTo("salary=clear, id=clear where id > '5'");
        // A grant is for the product that it names
        assertThat(decide(two, "  grants:\n    - {id: g, match: {products: [sales.people]}, permissions: [read], principals: [{group: guests}]}\n", "copy", new Requester("gil", ImmutableSet.of("guests"), ImmutableSet.of()))).isEqualTo("hidden");
    }

    @Test
    void testWhatWasSaidOfAFieldStaysWithIt()
    {
        String said = product("people", "{name: nr, type: bigint, tags: [pii], identifier: ssn, classification: restricted}, {name: address, type: row(street varchar), fields: [{name: street, tags: [home]}]}");
        String silent = product("people", "{name: nr, type: bigint, classification: public}, {name: address, type: row(street varchar)}");
        String rules = mask("tags: [pii]") + "    - {id: h, match: {tags: [home]}, mask: mask-to-fixed-value}\n";
        assertThat(decideAfter(said, silent, rules, "people")).isEqualTo("nr=replace-with-null, address=row-fields{street=mask-to-fixed-value}");
        assertThat(decideAfter(said, silent, mask("identifiers: [ssn]"), "people")).isEqualTo("nr=replace-with-null, address=clear");
        assertThat(decideAfter(said, silent, mask("classifications: [restricted]"), "people")).isEqualTo("nr=replace-with-null, address=clear");
        // In another product of the table, too, when the first is gone; and by its name
        String renamed = product("numbers", "{name: number, type: bigint, physicalName: nr}").replace("schema: sales", "schema: sales, table: people");
        assertThat(decideAfter(said, renamed.replace(", physicalName: nr", ""), mask("products: [sales.people], columns: [\"*\"]"), "numbers")).isEqualTo("number=replace-with-null");
        // Until governance says otherwise
        assertThat(decideAfter(said, silent, rules + "  classifications:\n    - {id: checked, match: {products: [sales.people], columns: [nr]}, classification: internal, replacesEarlier: true}\n", "people"))
                .isEqualTo("nr=clear, address=row-fields{street=mask-to-fixed-value}");
        // Rules of the domain are about the words of the domain
        assertThat(decideAfter(said, silent, "", "people")).isEqualTo("nr=clear, address=clear");
    }

    @Test
    void testWhatAProductSaidOfItselfStaysWithItsTable()
    {
        String gold = product("people", "{name: nr, type: bigint}").replace("  description:", "  classification: {tier: gold}\n  description:");
        String silver = gold.replace("gold", "silver");
        String denial = "  denials: [{id: d, match: {tiers: [gold]}}]\n";
        assertThat(decideAfter(gold, silver, denial, "people")).isEqualTo("hidden");
        assertThat(decideAfter(gold, silver, denial + "  classifications: [{id: c, match: {products: [sales.people], columns: [\"*\"]}, replacesEarlier: true}]\n", "people")).isEqualTo("nr=clear");
    }

    @Test
    void testReplacingIsByTheNameThatTheTableHas()
    {
        String said = product("people", "{name: nr, type: bigint}, {name: email, type: varchar, tags: [pii]}");
        String renamed = product("people", "{name: nr, type: varchar, physicalName: email}");
        String rules = mask("tags: [pii]") + "  classifications: [{id: c, match: {products: [sales.people], columns: [nr]}, classification: internal, replacesEarlier: true}]\n";
        assertThat(decideAfter(said, renamed, rules, "people")).isEqualTo("nr=replace-with-null");
        assertThat(decideAfter(said, product("people", "{name: nr, type: bigint}, {name: mail, type: varchar, physicalName: email}"), rules, "people")).isEqualTo("nr=clear, mail=replace-with-null");
        Mesh mesh = mesh(ImmutableMap.of("domains/sales/people.yaml", said, "governance/rules.yaml", policy("rules", "  classifications: [{id: c, match: {tags: [pii]}, replacesEarlier: true}]\n")));
        assertThat(new VocabularyChecks().check(mesh.governance().policies().getFirst().descriptor().rules())).hasSize(1);
    }

    @Test
    void testColumnThatARowFilterNamesIsTheOneThatOthersPublish()
    {
        String said = product("people", "{name: consent, type: varchar, physicalName: cns}, {name: id, type: bigint}");
        String filter = "  rowFilters: [{id: f, match: {products: [sales.people]}, filter: \"consent = 'yes'\"}]\n";
        assertThat(seen(said, filter)).isEqualTo("consent=clear, id=clear where consent = 'yes'");
        assertThat(decideAfter(said, product("people", "{name: consent, type: varchar, physicalName: active}, {name: id, type: bigint}"), filter, "people")).isEqualTo("hidden");
    }

    @Test
    void testEveryColumnMayBeFilteredForAStatementOfTheMeshBefore()
    {
        Map<String, String> files = ImmutableMap.of(
                "domains/sales/people.yaml", product("people", "{name: consent, type: varchar}, {name: id, type: bigint}"),
                "governance/rules.yaml", policy("rules", "  rowFilters: [{id: f, match: {products: [sales.people]}, filter: \"consent = 'yes'\"}]\n"));
        Governance before = Governance.of(mesh(files));
        Governance now = Governance.of(mesh(files));
        assertThat(before.filteredColumns(before.mesh().table("sales", "people").orElseThrow())).containsExactly("consent");
        assertThat(now.filteredColumns(before.mesh().table("sales", "people").orElseThrow())).containsExactlyInAnyOrder("consent", "id");
    }

    @Test
    void testFieldsKeepWhatWasSaidWhateverTheirColumnIsCalled()
    {
        String said = product("people", "{name: address, type: \"row(street varchar, geo row(lat double))\", fields: [{name: street, tags: [home]},  {name: geo, fields: [{name: lat, tags: [place]}]}]}");
        String again = product("people", "{name: adr, physicalName: address, type: \"row(street varchar, geo row(lat double))\"}");
        assertThat(decideAfter(said, again, mask("tags: [home, place]"), "people")).isEqualTo("adr=row-fields{street=replace-with-null, geo=row-fields{lat=replace-with-null}}");
        assertThat(decideAfter(said, again, mask("columns: [address.street, address.geo.lat]"), "people")).isEqualTo("adr=row-fields{street=replace-with-null, geo=row-fields{lat=replace-with-null}}");
        assertThat(seen(product("people", "{name: who, type: row(customer_id bigint)}"), "  masks: [{id: m, match: {identifiers: [customer_id]}, mask: tokenize}]\n")).isEqualTo("who=row-fields{customer_id=tokenize(customer_id)}");
    }

    @Test
    void testUnknownWordsCountAsTheStrictestEverywhere()
    {
        assertThat(seen(product("people", "{name: address, type: row(street varchar), fields: [{name: street, classification: Geheim}]}"), mask("classifications: [restricted]"))).isEqualTo("address=row-fields{street=replace-with-null}");
        assertThat(decideAfter(product("people", "{name: nr, type: bigint, classification: Restrictd}"), product("people", "{name: nr, type: bigint}"), mask("classifications: [restricted]"), "people")).isEqualTo("nr=replace-with-null");
        // A domain does not explain its own word
        assertThat(decide(ImmutableMap.of(
                "domains/sales/people.yaml", product("people", "{name: nr, type: bigint, classification: topsecret}"),
                "domains/sales/governance/own.yaml", policy("own", "  masks: [{id: m, match: {classifications: [topsecret]}, mask: {action: bucket, width: 10}}]\n")), mask("classifications: [restricted]"), "people")).isEqualTo("nr=replace-with-null");
    }

    @Test
    void testRuleByDomainFollowsTheTable()
    {
        Governance first = Governance.of(mesh(ImmutableMap.of("domains/sales/people.yaml", product("people", "{name: salary, type: bigint}"), "governance/rules.yaml", policy("rules", mask("domains: [sales], columns: [salary]")))));
        String other = product("people", "{name: salary, type: bigint}").replace("domain: sales", "domain: marketing");
        Mesh next = TestingMesh.meshOf(ImmutableMap.of("mesh.yaml", MESH.replace("namespaces: [\"mark*\"]", "namespaces: [\"mark*\", sales]"), "domains/marketing/people.yaml", other, "governance/rules.yaml", policy("rules", mask("domains: [sales], columns: [salary]"))));
        assertThat(seen(Governance.of(next, MaskKeyVersions.UNKNOWN, Optional.of(first)), "people", ANA)).isEqualTo("salary=replace-with-null");
    }

    @Test
    void testDomainCannotReplaceWhatWasSaid()
    {
        Mesh mesh = mesh(ImmutableMap.of("domains/sales/people.yaml", product("people", "{name: nr, type: bigint}"), "domains/sales/governance/own.yaml", policy("own", "  classifications:\n    - {id: c, match: {columns: [nr]}, replacesEarlier: true}\n")));
        assertThat(Governance.of(mesh).problems().stream().map(Problem::toString)).contains(
                "domains/sales/governance/own.yaml:6:7: error: rule own/c: a domain cannot replace what was said of a column; ask governance for it: the rule belongs below governance/");
    }

    @Test
    void testColumnCountsAsTheIdentifierThatItIsNamedLike()
    {
        String tokenize = "  masks:\n    - {id: m, match: {identifiers: [customer_id]}, mask: tokenize}\n";
        assertThat(seen(product("people", "{name: customer_id, type: bigint}, {name: old_Customer_Id, type: bigint}, {name: id, type: bigint}"), tokenize)).isEqualTo("customer_id=tokenize(customer_id), old_customer_id=tokenize(customer_id), id=clear");
        // Until it says otherwise
        assertThat(seen(product("people", "{name: customer_id, type: bigint, identifier: none}"), tokenize)).isEqualTo("customer_id=clear");
        assertThat(seen(product("people", "{name: customer_id, type: bigint, identifier: ssn}"), tokenize)).isEqualTo("customer_id=clear");
        // Who may not make pseudonyms of the type shows nothing
        assertThat(decide(ImmutableMap.of("domains/marketing/people.yaml", product("people", "{name: customer_id, type: bigint}").replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing")), tokenize, "people"))
                .isEqualTo("customer_id=replace-with-null");
    }

    @Test
    void testWordsOfAColumnThatIsNamedByItsIdStayWithTheId()
    {
        Map<String, String> two = ImmutableMap.of(
                "domains/sales/people.yaml", product("people", "{name: nr, type: bigint, fieldId: 4, tags: [pii]}"),
                "domains/sales/copy.yaml", product("copy", "{name: kk, type: bigint, fieldId: 4}").replace("schema: sales", "schema: sales, table: people"));
        assertThat(decide(two, mask("tags: [pii]"), "copy")).isEqualTo("kk=replace-with-null");
        assertThat(decide(two, mask("columns: [nr]"), "copy")).isEqualTo("kk=replace-with-null");
    }

    @Test
    void testPeopleWhoAreMisspeltAreReported()
    {
        String product = product("people", "{name: salary, type: bigint}");
        assertThat(warnings(product, mask("columns: [salary]").replace("mask: replace", "principals: [{group: analyst}], mask: replace"))).anyMatch(warning -> warning.contains("only rule rules/m mentions group 'analyst'; write 'analysts' if you mean that"));
        assertThat(warnings(product, mask("columns: [salary]").replace("mask: replace", "principals: [{group: contractors}], mask: replace"))).isEmpty();
    }

    @Test
    void testRulesThatMatchNothingAreReported()
    {
        String product = product("people", "{name: salary, type: bigint, tags: [pii], classification: restricted}");
        assertThat(warnings(product, mask("tags: [ppi]"))).contains("governance/rules.yaml:6:30: warning: rule rules/m matches nothing: no column has tag 'ppi'; write 'pii' if you mean that");
        assertThat(warnings(product, mask("columns: [salery]"))).contains("governance/rules.yaml:6:33: warning: rule rules/m matches nothing: no column is called 'salery'; write 'salary' if you mean that");
        assertThat(warnings(product, mask("columns: [\"*\"], domains: [sale]"))).anyMatch(warning -> warning.contains("there is no domain 'sale'; write 'sales'"));
        assertThat(warnings(product, mask("columns: [\"*\"], products: [sales.poeple]"))).anyMatch(warning -> warning.contains("there is no data product 'sales.poeple'; write 'sales.people'"));
        assertThat(warnings(product, mask("types: [bigit]"))).anyMatch(warning -> warning.contains("no column has type 'bigit'"));
        assertThat(warnings(product, mask("tags: [pii], types: [varchar]"))).anyMatch(warning -> warning.contains("no column has type 'varchar'"));
        assertThat(warnings(product, mask("tags: [pii], classifications: [confidential]"))).isEmpty();
        assertThat(warnings(product, mask("tags: [pii], columns: [\"*\"]").replace("mask: replace", "principals: [{members: slaes}], mask: replace"))).anyMatch(warning -> warning.contains("applies to the members of domain 'slaes', and the Mesh document lists none"));
        assertThat(warnings(product, mask("tags: [pii]").replace("mask: replace", "principals: [{group: Analysts}], mask: replace"))).anyMatch(warning -> warning.contains("names group 'Analysts', which is also written 'analysts'"));
    }

    @Test
    void testRulesOfADomainFindOutNothingOfOthers()
    {
        String rule = "  masks: [{id: m, match: {products: [marketing.%s], tags: [%s], columns: [%s]}, mask: replace-with-null}]\n";
        Map<String, String> files = ImmutableMap.of(
                "domains/sales/people.yaml", product("people", "{name: salary, type: bigint}"),
                "domains/marketing/leads.yaml", product("leads", "{name: hidden_thing, type: bigint, tags: [secret]}").replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing"));
        String existing = problems(files, rule.formatted("leads", "secret", "hidden_thing"));
        String absent = problems(files, rule.formatted("nosuch", "nosuch", "nosuch_thing"));
        assertThat(existing).isNotEmpty().doesNotContain("write 'marketing").isEqualTo(absent.replace("nosuch_thing", "hidden_thing").replace("marketing.nosuch", "marketing.leads").replace("nosuch", "secret"));
    }

    private static String problems(Map<String, String> files, String rules)
    {
        Governance governance = Governance.of(mesh(ImmutableMap.<String, String>builder().putAll(files).put("domains/sales/governance/own.yaml", policy("own", rules)).buildOrThrow()));
        return governance.problems().stream().map(problem -> problem.severity() + " " + problem.message() + "; " + problem.remedy()).collect(joining("\n"));
    }

    private static String decideAfter(String before, String after, String rules, String product)
    {
        Governance first = Governance.of(mesh(ImmutableMap.of("domains/sales/people.yaml", before, "governance/rules.yaml", policy("rules", rules))));
        Mesh next = mesh(ImmutableMap.of("domains/sales/people.yaml", after, "governance/rules.yaml", policy("rules", rules)));
        String reloaded = seen(Governance.of(next, MaskKeyVersions.UNKNOWN, Optional.of(first)), product, ANA);
        // A restart knows what was written down
        assertThat(seen(Governance.of(next, MaskKeyVersions.UNKNOWN, Optional.empty(), first.knowledge(), CheckTimes.unlimited()), product, ANA)).isEqualTo(reloaded);
        return reloaded;
    }

    private static String seen(String product, String rules)
    {
        return decide(ImmutableMap.of("domains/sales/people.yaml", product), rules, "people");
    }

    private static String decide(Map<String, String> products, String rules, String product)
    {
        return decide(products, rules, product, ANA);
    }

    private static String decide(Map<String, String> products, String rules, String product, Requester requester)
    {
        return seen(Governance.of(mesh(ImmutableMap.<String, String>builder().putAll(products).put("governance/rules.yaml", policy("rules", rules)).buildOrThrow())), product, requester);
    }

    private static String seen(Governance governance, String name, Requester requester)
    {
        DataProduct product = governance.mesh().domains().stream().flatMap(domain -> domain.products().stream()).filter(found -> found.sqlName().equals(name)).findFirst().orElseThrow();
        if (!(new GovernedMesh(governance, requester, NOW).decide(product) instanceof Decision.Readable readable)) {
            return "hidden";
        }
        TableAccess table = readable.tables().values().iterator().next();
        return table.columns().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).collect(joining(", ")) +
                table.rows().map(rows -> " where " + rows.filter()).orElse("");
    }

    private static List<String> warnings(String product, String rules)
    {
        Governance governance = Governance.of(mesh(ImmutableMap.of("domains/sales/people.yaml", product, "governance/rules.yaml", policy("rules", rules))));
        return governance.problems().stream().filter(problem -> problem.severity() != Severity.INFO).map(Problem::toString).collect(toImmutableList());
    }

    private static Mesh mesh(Map<String, String> files)
    {
        return TestingMesh.meshOf(ImmutableMap.<String, String>builder().put("mesh.yaml", MESH).putAll(files).buildOrThrow());
    }

    private static String product(String name, String columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sellers, version: 1.0.0}
               spec:
                 description: People
                 outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
                 columns:
                   - %s
                 accessControl: [{group: analysts, permissions: [read]}]
               """.formatted(name, columns.replace("}, {name:", "}\n    - {name:"));
    }

    private static String mask(String match)
    {
        return "  masks:\n    - {id: m, match: {%s}, mask: replace-with-null}\n".formatted(match);
    }

    private static String policy(String name, String rules)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: %s}\nspec:\n%s".formatted(name, rules.isEmpty() ? "  masks: []\n" : rules);
    }
}
