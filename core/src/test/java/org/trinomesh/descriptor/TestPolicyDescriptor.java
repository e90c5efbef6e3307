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
package org.trinomesh.descriptor;

import com.google.common.io.Resources;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.rule.CheckDescriptor;
import org.trinomesh.rule.MaskDescriptor;
import org.trinomesh.rule.RuleDescriptor;
import org.trinomesh.rule.RuleDescriptor.Kind;
import org.trinomesh.rule.WaiverDescriptor;

import java.io.IOException;
import java.net.URL;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

final class TestPolicyDescriptor
{
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: pii}
            spec:
            """;

    @Test
    void testNameAndOwner()
            throws IOException
    {
        PolicyDescriptor policy = everything();
        assertThat(policy.name()).contains(new Located<>("pii", new Position("p.yaml", 4, 9)));
        assertThat(policy.owner()).contains("governance");
        assertThat(policy.description()).contains("Personal data");
        assertThat(policy.position()).isEqualTo(new Position("p.yaml", 1, 1));
        assertThat(policy.rules().rules()).extracting(rule -> rule.kind() + " " + rule.id().orElseThrow()).containsExactly(
                "CLASSIFICATION emails-are-restricted",
                "MASK mask-email",
                "MASK pseudonyms",
                "MASK rough-amounts",
                "MASK countries",
                "MASK postal-codes",
                "MASK ages",
                "MASK addresses",
                "HIDDEN_COLUMN no-ssn",
                "ROW_FILTER only-west",
                "DENIAL no-interns",
                "GRANT auditors-read",
                "DECLASSIFICATION mail-domains");
    }

    @Test
    void testEverythingARuleSays()
            throws IOException
    {
        RuleDescriptor classification = rule("emails-are-restricted");
        assertThat(classification.classification().map(Located::value)).contains("restricted");
        assertThat(values(classification.tags())).containsExactly("pii", "email");

        RuleDescriptor mask = rule("mask-email");
        assertThat(mask.position()).isEqualTo(new Position("p.yaml", 15, 7));
        assertThat(mask.description()).contains("Only the domain is needed");
        assertThat(criteria(mask)).isEqualTo(Map.of(
                "classifications", List.of("restricted"), "columns", List.of("*"), "identifiers", List.of("customer_id"), "tags", List.of("email"), "types", List.of("varchar")));
        assertThat(mask.mask().orElseThrow().action()).isEqualTo(new Located<>("email-domain", new Position("p.yaml", 18, 13)));
        assertThat(mask.principals()).extracting(subject -> subject.kind() + " " + subject.name()).containsExactly("group analysts", "role reader", "user ana");
        assertThat(mask.except()).extracting(subject -> subject.kind() + " " + subject.name()).containsExactly("group governance", "members owning-domain");
        assertThat(mask.validFrom()).contains(LocalDate.of(2026, 1, 1));
        assertThat(mask.validUntil()).contains(LocalDate.of(2026, 12, 31));

        RuleDescriptor filter = rule("only-west");
        assertThat(criteria(filter)).isEqualTo(Map.of(
                "archetypes", List.of("aggregate"), "domains", List.of("sales"), "productTags", List.of("core"), "products", List.of("sales.customer_360"), "tiers", List.of("gold")));
        assertThat(filter.filter().map(Located::value)).contains("region IN ('WEST', 'SOUTH') AND orders >= 1");

        RuleDescriptor denial = rule("no-interns");
        assertThat(criteria(denial)).isEmpty();
        assertThat(denial.principals()).hasSize(1);

        RuleDescriptor grant = rule("auditors-read");
        assertThat(values(grant.permissions())).containsExactly("discover", "read", "share");
        assertThat(grant.validFrom()).isEmpty();
        assertThat(grant.validUntil()).contains(LocalDate.of(2026, 6, 30));

        RuleDescriptor declassification = rule("mail-domains");
        assertThat(criteria(declassification)).isEqualTo(Map.of("products", List.of("finance.customer_billing"), "columns", List.of("mail_domain")));
        assertThat(values(declassification.from())).containsExactly("sales.customer_360.email");
        assertThat(declassification.unchanged()).isTrue();
        assertThat(declassification.description()).contains("A domain of mail says nothing about a person");
    }

    @Test
    void testMasks()
            throws IOException
    {
        MaskDescriptor tokenize = mask("pseudonyms");
        assertThat(tokenize.action().value()).isEqualTo("tokenize");
        assertThat(tokenize.identifier().map(Located::value)).contains("customer_id");
        assertThat(tokenize.keyVersion().map(Located::value)).contains(2);
        assertThat(mask("rough-amounts").width().map(Located::value)).contains("0.5");
        assertThat(mask("countries").values()).hasSize(2).hasEntrySatisfying("de", value -> assertThat(value.value()).isEqualTo("eu"));
        assertThat(mask("countries").otherwise().map(Located::value)).contains("other");
        assertThat(mask("postal-codes").prefix().map(Located::value)).contains(3);
        assertThat(values(mask("ages").ranges())).containsExactly("0", "18", "65");
        Map<String, MaskDescriptor> fields = mask("addresses").fields();
        assertThat(fields).containsOnlyKeys("city", "street", "zip");
        assertThat(fields.get("city").action().value()).isEqualTo("clear");
        assertThat(fields.get("street").action().value()).isEqualTo("replace-with-null");
        assertThat(fields.get("zip").prefix().map(Located::value)).contains(2);
    }

    @Test
    void testChecksWaiversAndTests()
            throws IOException
    {
        CheckDescriptor check = everything().rules().checks().getFirst();
        assertThat(check.id().map(Located::value)).contains("has-owner");
        assertThat(check.description()).contains("Somebody answers");
        assertThat(check.expression().map(Located::value)).contains("product.metadata.owner != ''");
        assertThat(check.message()).contains("name an owner");
        assertThat(check.enforcement().map(Located::value)).contains("strict");
        assertThat(values(check.scope().values("domains"))).containsExactly("sales");

        WaiverDescriptor waiver = everything().waivers().getFirst();
        assertThat(waiver.check().map(Located::value)).contains("has-owner");
        assertThat(waiver.product().map(Located::value)).contains("sales.customer_360");
        assertThat(waiver.until().map(Located::value)).contains(LocalDate.of(2026, 12, 31));
        assertThat(waiver.reason()).contains("The team is being formed");
        assertThat(waiver.approvedBy()).contains("governance");

        PolicyTestDescriptor test = everything().tests().getFirst();
        assertThat(test.name().map(Located::value)).contains("mia sees no e-mail");
        assertThat(test.user().map(Located::value)).contains("mia");
        assertThat(test.groups()).containsExactly("marketing-analytics");
        assertThat(test.roles()).containsExactly("reader");
        assertThat(test.product().map(Located::value)).contains("sales.customer_360");
        assertThat(test.on()).contains(LocalDate.of(2026, 3, 1));
        assertThat(test.access().map(Located::value)).contains("readable");
        assertThat(test.columns()).containsOnlyKeys("email", "name", "ssn");
        assertThat(test.columns().get("ssn").value()).isEqualTo("hidden");
        assertThat(test.rowFilter().map(Located::value)).contains("region IN ('WEST')");
    }

    @Test
    void testUnknownAndMissingKeys()
    {
        assertProblems("  mask: []", "5:3: error: key 'mask' is not known in spec; write 'masks'");
        assertProblems(
                "  masks: [{id: m, match: {tag: [a]}, msk: email-domain}]",
                "5:11: error: a mask rule has no 'mask'; add the key 'mask'",
                "5:27: error: key 'tag' is not known in match; write 'tags'",
                "5:38: error: key 'msk' is not known in a mask rule; write 'mask'");
        assertProblems("  masks: [{match: {tags: [a]}, mask: email-domain}]", "5:11: error: a mask rule has no 'id'; add the key 'id'");
        assertProblems("  masks: [{id: m, mask: email-domain}]", "5:11: error: a mask rule has no 'match'; add the key 'match'");
        assertProblems("  rowFilters: [{id: r}]", "5:16: error: a row filter has no 'filter'; add the key 'filter'");
        assertProblems("  grants: [{id: g, permissions: [read]}]", "5:12: error: a grant of permissions has no 'principals'; add the key 'principals'");
        assertProblems("  checks: [{id: c}]", "5:12: error: a check has no 'expression'; add the key 'expression'");
        assertProblems("  waivers: [{check: c, product: a.b, until: 2026-01-01}]", "5:13: error: a waiver has no 'reason'; add the key 'reason'");
        assertProblems("  tests: [{user: u, product: a.b}]", "5:11: error: a test has no 'expect'; add the key 'expect'");
        assertProblems("  denials: [{id: d, mask: email-domain}]", "5:21: error: key 'mask' is not known in a denial; remove it, or move it under customProperties");
        assertProblems("  denials: [{id: d, x-why: law, customProperties: {a: 1}}]");
    }

    @Test
    void testWholeProductsHaveNoColumns()
    {
        for (String list : List.of("denials", "rowFilters", "grants", "checks")) {
            String others = switch (list) {
                case "rowFilters" -> ", filter: \"a = 1\"";
                case "grants" -> ", permissions: [read], principals: [{user: u}]";
                case "checks" -> ", expression: \"true\"";
                default -> "";
            };
            String rule = "  %s:\n    - {id: r%s, match: {columns: [email]}}".formatted(list, others);
            assertThat(problems(POLICY + rule)).as(list).containsExactly(
                    "p.yaml:6:%s: error: key 'columns' is not known in match of a rule about whole products; remove it, or move it under customProperties".formatted(23 + others.length()));
        }
    }

    @Test
    void testWrongShapes()
    {
        assertProblems("  masks: email", "5:10: error: 'masks' is a single value; write a list: each entry on its own line after '- '");
        assertProblems("  masks: [email]", "5:11: error: a mask rule is a single value; write it as keys with values: id, mask, match");
        assertProblems("  denials: [{id: d, match: sales}]", "5:28: error: match of a rule about whole products is a single value; write it as keys with values: archetypes, domains, productTags, products, tiers");
        assertProblems("  denials: [{id: d, match: {domains: sales}}]", "5:38: error: 'domains' is a single value; write a list: each entry on its own line after '- '");
        assertProblems("  denials: [{id: d, principals: interns}]", "5:33: error: 'principals' is a single value; write a list: each entry on its own line after '- '");
        assertProblems("  denials: [{id: d, principals: }]", "5:21: error: 'principals' has no value; write a value or remove the key");
        assertProblems("  masks: [{id: m, match: {tags: [a]}, mask: [email-domain]}]", "5:45: error: a mask is a list; write it as keys with values: action");
        assertProblems("  masks: [{id: m, match: {tags: [a]}, mask: {width: 10}}]", "5:45: error: a mask has no 'action'; add the key 'action'");
        assertProblems(
                "  masks: [{id: m, match: {tags: [a]}, mask: {action: generalise, values: [a], prefix: some}}]",
                "5:74: error: 'values' is a list; write names as keys, each with its value",
                "5:87: error: 'prefix' is 'some'; write a whole number of at least 1");
        assertProblems("  masks: [{id: m, match: {tags: [a]}, mask: {action: row-fields, fields: {a: [clear]}}}]", "5:78: error: a mask is a list; write it as keys with values: action");
        assertProblems("  tests: [{user: u, product: a.b, expect: {columns: [email]}}]", "5:53: error: 'columns' is a list; write names as keys, each with its value");
    }

    @Test
    void testEmptyLists()
    {
        assertProblems("  masks: [{id: m, match: {tags: []}, mask: email-domain}]", "5:33: error: 'tags' of match is empty, so the rule would match nothing; write at least one value, or remove the key");
        assertProblems("  denials: [{id: d, principals: []}]", "5:33: error: 'principals' is empty; name at least one group, role, user, domain or members, or remove the key");
        assertProblems("  denials: [{id: d, except: []}]", "5:29: error: 'except' is empty; name at least one group, role, user, domain or members, or remove the key");
        assertProblems(
                "  grants: [{id: g, permissions: [], principals: [{user: u}]}]",
                "5:33: error: permissions is empty; write at least one of discover, read, share, write, admin");
        assertProblems("  tests: [{user: u, product: a.b, expect: {}}]", "5:43: error: the test expects nothing; add access, columns or rowFilter to expect");
        assertProblems("  masks: []");
    }

    @Test
    void testPrincipals()
    {
        assertProblems(
                "  denials: [{id: d, principals: [{}, {group: a, members: sales}, {team: a}, {user: \"\"}]}]",
                "5:34: error: the entry names nobody; write exactly one of group, role, user, domain or members in each entry",
                "5:38: error: the entry names group and members together; write exactly one of group, role, user, domain or members in each entry",
                "5:67: error: key 'team' is not known in a principal of a rule; remove it, or move it under customProperties",
                "5:66: error: the entry names nobody; write exactly one of group, role, user, domain or members in each entry",
                "5:84: error: 'user' is empty; write a value or remove it");
    }

    @Test
    void testIdentifiers()
    {
        assertProblems("  denials: [{id: No Interns}]", "5:18: error: 'No Interns' cannot be the id of a rule; write lower-case letters, digits and '-': mask-email");
        assertProblems("  denials: [{id: one}, {id: one}]", "5:29: error: two rules have the id 'one'; give each rule of a document its own id: messages show it");
        assertProblems(
                "  denials: [{id: one}]\n  masks: [{id: one, match: {tags: [a]}, mask: email-domain}]\n  checks: [{id: one, expression: \"true\"}]",
                "5:18: error: two rules have the id 'one'; give each rule of a document its own id: messages show it",
                "7:17: error: two rules have the id 'one'; give each rule of a document its own id: messages show it");
    }

    @Test
    void testDates()
    {
        assertProblems("  denials: [{id: d, validFrom: 2026-03-01, validUntil: 2026-02-28}]", "5:56: error: the rule ends before it begins; write validUntil as the last day on which it holds");
        assertProblems("  denials: [{id: d, validFrom: 2026-03-01, validUntil: 2026-03-01}]");
        assertProblems("  denials: [{id: d, validUntil: 2026-02-29}]", "5:33: error: 'validUntil' is '2026-02-29'; write a date as year-month-day: 2026-03-31");
        assertProblems("  waivers: [{check: c, product: a.b, until: soon, reason: r}]", "5:45: error: 'until' is 'soon'; write a date as year-month-day: 2026-03-31");
        assertProblems("  classifications: [{id: c, match: {tags: [a]}, tags: [b], validUntil: 2026-01-01}]", "5:60: error: key 'validUntil' is not known in a classification; remove it, or move it under customProperties");
    }

    @Test
    void testDomainsAndProductsHaveTheSameRules()
    {
        String rules =
                """
                  masks: [{id: m, match: {tags: [pii]}, mask: email-domain}]
                  hiddenColumns: [{id: h, match: {columns: [ssn]}}]
                  rowFilters: [{id: r, filter: "region = 'WEST'"}]
                  denials: [{id: d}]
                """;
        DomainDescriptor domain = (DomainDescriptor) only("apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: sales}\nspec:\n  classification: internal\n  tags: [core]\n" + rules + "  checks: [{id: c, expression: \"true\"}]\n");
        assertThat(domain.problems()).isEmpty();
        assertThat(domain.classification()).contains("internal");
        assertThat(domain.tags()).containsExactly("core");
        assertThat(domain.rules().rules()).extracting(RuleDescriptor::kind).containsExactly(Kind.MASK, Kind.HIDDEN_COLUMN, Kind.ROW_FILTER, Kind.DENIAL);
        assertThat(domain.rules().checks()).hasSize(1);

        String product = "apiVersion: datamesh/v1\nkind: DataProduct\nmetadata: {name: a, domain: sales, version: 1.0.0}\nspec:\n  description: A\n";
        assertThat(((ProductDescriptor) only(product + rules)).rules().rules()).extracting(RuleDescriptor::kind).containsExactly(Kind.MASK, Kind.HIDDEN_COLUMN, Kind.ROW_FILTER, Kind.DENIAL);

        // A domain gives no rights to others, and a product makes no checks of itself
        assertThat(problems("apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: sales}\nspec:\n  grants: []\n"))
                .containsExactly("p.yaml:5:3: error: key 'grants' is not known in spec; remove it, or move it under customProperties");
        assertThat(problems(product + "  checks: []\n"))
                .containsExactly("p.yaml:6:3: error: key 'checks' is not known in spec; remove it, or move it under customProperties");
    }

    @Test
    void testColumnsOfProducts()
    {
        String product = "apiVersion: datamesh/v1\nkind: DataProduct\nmetadata: {name: a, domain: sales, version: 1.0.0}\nspec:\n  description: A\n  governance: {encryption: at-rest}\n  columns:\n    - ";
        ProductDescriptor descriptor = (ProductDescriptor) only(product +
                "{name: address, hidden: true, mask: replace-with-null, fields: [{name: geo, description: Where, tags: [pii], classification: restricted, identifier: place, mask: {action: bucket, width: 1}, fields: [{name: lat}]}]}");
        assertThat(descriptor.problems()).isEmpty();
        assertThat(descriptor.handling().encryption()).contains("at-rest");
        ColumnDescriptor column = descriptor.columns().getFirst();
        assertThat(column.hidden()).isTrue();
        assertThat(column.mask().map(mask -> mask.action().value())).contains("replace-with-null");
        FieldDescriptor field = column.fields().getFirst();
        assertThat(field.name().map(Located::value)).contains("geo");
        assertThat(field.tags()).containsExactly("pii");
        assertThat(field.classification()).contains("restricted");
        assertThat(field.identifier()).contains("place");
        assertThat(field.mask().flatMap(MaskDescriptor::width).map(Located::value)).contains("1");
        assertThat(field.fields()).extracting(inner -> inner.name().orElseThrow().value()).containsExactly("lat");

        assertThat(problems(product + "{name: a, hidden: perhaps}")).containsExactly("p.yaml:8:25: error: 'hidden' is 'perhaps'; write true or false");
        assertThat(problems(product + "{name: a, fields: [{nam: b}]}")).containsExactly(
                "p.yaml:8:27: error: key 'nam' is not known in a field; write 'name'",
                "p.yaml:8:26: error: a field has no 'name'; add the key 'name'");
    }

    @Test
    void testConsumersOfContracts()
    {
        String contract = "apiVersion: datacontract/v1\nkind: DataContract\nmetadata: {name: c, version: 1.0.0, owner: o}\nproducer: {domain: sales, dataProduct: a}\nconsumers:\n  - ";
        ContractDescriptor descriptor = (ContractDescriptor) only(contract + "{domain: marketing, team: campaigns, useCase: mails, validFrom: 2026-01-01, validUntil: 2026-12-31}");
        assertThat(descriptor.problems()).isEmpty();
        assertThat(descriptor.consumers()).containsExactly(new ContractDescriptor.ConsumerDescriptor(
                Optional.of("marketing"), Optional.of("campaigns"), Optional.of("mails"), Optional.of(LocalDate.of(2026, 1, 1)), Optional.of(LocalDate.of(2026, 12, 31)), new Position("p.yaml", 6, 5)));
        assertThat(problems(contract + "{domain: marketing, team: campaigns, validFrom: 2026-01-02, validUntil: 2026-01-01}"))
                .containsExactly("p.yaml:6:77: error: validUntil of the consumer is before validFrom; write validUntil as the last day on which it holds");
    }

    @Test
    void testGovernanceOfTheMesh()
    {
        String mesh = "apiVersion: datamesh/v1\nkind: Mesh\nmetadata: {name: m}\nspec:\n";
        MeshDescriptor descriptor = (MeshDescriptor) only(mesh +
                """
                  members: [{domain: sales, principals: [{group: sales-analysts}]}]
                  identifiers: [{type: customer_id, domains: [sales, marketing]}]
                  conformance: {interoperability: strict, pii-handling: audit, qualifiedName: ".*"}
                  encryption: at-rest
                """);
        assertThat(descriptor.problems()).isEmpty();
        assertThat(descriptor.members().getFirst().domain().map(Located::value)).contains("sales");
        assertThat(descriptor.members().getFirst().principals()).extracting(principal -> principal.kind() + " " + principal.name()).containsExactly("group sales-analysts");
        assertThat(descriptor.identifiers().getFirst().type().map(Located::value)).contains("customer_id");
        assertThat(values(descriptor.identifiers().getFirst().domains())).containsExactly("sales", "marketing");
        assertThat(descriptor.conformance().interoperability().map(Located::value)).contains("strict");
        assertThat(descriptor.conformance().piiHandling().map(Located::value)).contains("audit");
        assertThat(descriptor.conformance().qualifiedName().map(Located::value)).contains(".*");
        assertThat(descriptor.encryption()).contains("at-rest");
        assertThat(problems(mesh + "  members: [{domain: sales}]\n")).containsExactly("p.yaml:5:13: error: an entry of members has no 'principals'; add the key 'principals'");
    }

    private static void assertProblems(String spec, String... problems)
    {
        assertThat(problems(POLICY + spec + "\n")).as(spec).containsExactlyInAnyOrderElementsOf(List.of(problems).stream().map(problem -> "p.yaml:" + problem).toList());
    }

    private static PolicyDescriptor everything()
            throws IOException
    {
        URL resource = Resources.getResource("good/governance-policy.yaml");
        PolicyDescriptor policy = (PolicyDescriptor) only(Resources.toString(resource, UTF_8));
        assertThat(policy.problems()).isEmpty();
        return policy;
    }

    private static RuleDescriptor rule(String id)
            throws IOException
    {
        return everything().rules().rules().stream()
                .filter(rule -> rule.id().orElseThrow().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static MaskDescriptor mask(String id)
            throws IOException
    {
        return rule(id).mask().orElseThrow();
    }

    private static Map<String, List<String>> criteria(RuleDescriptor rule)
    {
        return rule.scope().criteria().entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> values(entry.getValue())));
    }

    private static List<String> values(List<Located<String>> texts)
    {
        return texts.stream().map(Located::value).collect(toImmutableList());
    }

    private static Descriptor only(String text)
    {
        DescriptorFile file = DescriptorReader.read("p.yaml", text.getBytes(UTF_8));
        assertThat(file.problems()).isEmpty();
        assertThat(file.descriptors()).hasSize(1);
        return file.descriptors().getFirst();
    }

    private static List<String> problems(String text)
    {
        return only(text).problems().stream().map(Problem::toString).collect(toImmutableList());
    }
}
