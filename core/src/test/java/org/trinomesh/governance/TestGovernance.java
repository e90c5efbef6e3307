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
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.Principal;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshBuilder;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What comes of the words of many documents for one product of sales, customers.
 */
final class TestGovernance
{
    private static final String MESH = TestingMesh.MESH.replace(
            "spec:\n",
            """
            spec:
              members:
                - {domain: sales, principals: [{group: sellers}]}
                - {domain: marketing, principals: [{group: marketers}, {user: max}]}
              identifiers:
                - {type: customer_id, domains: [sales]}
                - {type: device_id, domains: [marketing]}
            """);

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sellers, version: 1.0.0, tags: [crm]}
            spec:
              description: Customers
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: bigint, identifier: customer_id}
                - {name: email, type: varchar, classification: restricted, tags: [pii]}
                - name: address
                  type: row(street varchar, city varchar, geo row(lat double, lon double))
                  fields:
                    - {name: street, classification: restricted, tags: [pii]}
                    - {name: geo, tags: [place]}
              accessControl:
                - {group: analysts, permissions: [read]}
                - {group: sellers, permissions: [read]}
                - {group: keepers, permissions: [read, admin]}
            """;

    private static final String DOMAIN =
            """
            apiVersion: datamesh/v1
            kind: Domain
            metadata: {name: sales, owner: sellers}
            spec:
              classification: internal
              tags: [sold]
            """;

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    @Test
    void testTagsAreInheritedFromTheDomainToTheFieldsOfColumns()
    {
        assertThat(seen(mask("tags: [sold]", "replace-with-null"), NOW, "analysts")).isEqualTo("id=replace-with-null, email=replace-with-null, address=replace-with-null");
        assertThat(seen(mask("tags: [crm], types: [bigint]", "replace-with-null"), NOW, "analysts")).isEqualTo("id=replace-with-null, email=clear, address=clear");
        assertThat(seen(mask("tags: [pii]", "replace-with-null"), NOW, "analysts")).isEqualTo("id=clear, email=replace-with-null, address=row-fields{street=replace-with-null, city=clear, geo=clear}");
        // A field of a field has what the field has
        assertThat(seen(mask("tags: [place], types: [double]", "replace-with-null"), NOW, "analysts"))
                .isEqualTo("id=clear, email=clear, address=row-fields{street=clear, city=clear, geo=row-fields{lat=replace-with-null, lon=replace-with-null}}");
    }

    @Test
    void testOwnClassificationIsBeforeThatOfTheDomain()
    {
        assertThat(seen(mask("classifications: [restricted]", "replace-with-null"), NOW, "analysts")).isEqualTo("id=clear, email=replace-with-null, address=row-fields{street=replace-with-null, city=clear, geo=clear}");
        // What is said of internal data holds for data that needs more care
        assertThat(seen(mask("classifications: [internal]", "replace-with-null"), NOW, "analysts")).isEqualTo("id=replace-with-null, email=replace-with-null, address=replace-with-null");
        assertThat(seen(mask("classifications: [confidential]", "replace-with-null"), NOW, "analysts")).isEqualTo("id=clear, email=replace-with-null, address=row-fields{street=replace-with-null, city=clear, geo=clear}");
    }

    @Test
    void testClassificationRulesBuildOnEachOtherInAnyOrder()
    {
        String restricted = "    - {id: restricted, match: {tags: [number]}, classification: confidential}\n";
        String numbers = "    - {id: numbers, match: {types: [bigint]}, tags: [number]}\n";
        String mask = mask("classifications: [confidential], types: [bigint]", "replace-with-null");
        for (String rules : Set.of(restricted + numbers, numbers + restricted)) {
            assertThat(seen(mask + "  classifications:\n" + rules, NOW, "analysts")).isEqualTo("id=replace-with-null, email=clear, address=clear");
        }
    }

    @Test
    void testMasksOfFieldsAreComposed()
    {
        String rules =
                """
                  masks:
                    - {id: a, match: {columns: [address]}, mask: {action: row-fields, fields: {street: show-last-4, city: clear}}}
                    - {id: b, match: {columns: [address.street]}, mask: mask-to-fixed-value}
                    - {id: c, match: {columns: ["*.city"]}, mask: mask-alphanum, principals: [{group: keepers}]}
                """;
        // What the first does not list is NULL, as in row-fields
        assertThat(seen(rules, NOW, "analysts")).isEqualTo("id=clear, email=clear, address=row-fields{street=mask-to-fixed-value, city=clear}");
        assertThat(seen(rules, NOW, "keepers")).isEqualTo("id=clear, email=clear, address=row-fields{street=mask-to-fixed-value, city=mask-alphanum}");
    }

    @Test
    void testMembersAreWhomTheMeshNames()
    {
        String rules = mask("columns: [email]", "email-domain", "except: [{members: owning-domain}, {user: zoe}]") +
                "    - {id: b, match: {columns: [id]}, mask: replace-with-null, principals: [{members: marketing}]}\n";
        assertThat(seen(rules, NOW, "analysts")).isEqualTo("id=clear, email=email-domain, address=clear");
        assertThat(seen(rules, NOW, "sellers")).isEqualTo("id=clear, email=clear, address=clear");
        assertThat(seen(rules, NOW, "analysts", "marketers")).isEqualTo("id=replace-with-null, email=email-domain, address=clear");
        assertThat(seen(govern(rules), new Requester("max", Set.of("analysts"), Set.of()), NOW)).startsWith("id=replace-with-null, ");
        assertThat(seen(govern(rules), new Requester("zoe", Set.of("analysts"), Set.of()), NOW)).startsWith("id=clear, email=clear");
        // Whoever calls itself as the domain is not of it
        assertThat(seen(govern(rules), new Requester("sales", Set.of("analysts", "sales"), Set.of()), NOW)).startsWith("id=clear, email=email-domain");
    }

    @Test
    void testRulesBeginAndEndWhileOneMeshIsServed()
    {
        Governance governance = govern(mask("columns: [email]", "email-domain", "validFrom: 2026-07-01, validUntil: 2026-07-31"));
        Map<String, String> email = ImmutableMap.of(
                "2026-06-30T23:59:59.999999999Z", "clear",
                "2026-07-01T00:00:00Z", "email-domain",
                "2026-07-31T23:59:59.999999999Z", "email-domain",
                "2026-08-01T00:00:00Z", "clear");
        // In any order: what was decided for one period does not stay for another
        for (int round = 0; round < 2; round++) {
            email.forEach((moment, seen) -> assertThat(seen(governance, requester("analysts"), Instant.parse(moment))).as(moment).isEqualTo("id=clear, email=" + seen + ", address=clear"));
        }
    }

    @Test
    void testConsumersOfAContractReadBetweenTheirDates()
    {
        String contract =
                """
                apiVersion: datacontract/v1
                kind: DataContract
                metadata: {name: c, version: 1.0.0, owner: sellers}
                producer: {domain: sales, dataProduct: customers}
                consumers:
                  - {domain: marketing, team: agency, useCase: u, validFrom: 2026-02-01, validUntil: 2026-05-31}
                  - {domain: marketing, team: keepers, useCase: u, validUntil: 2026-05-31}
                  - {domain: marketing, team: keepers, useCase: u, validUntil: 2026-12-31}
                  - {domain: marketing, team: talkers, useCase: u}
                """;
        Governance governance = governed(ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", CUSTOMERS, "contract.yaml", contract));
        assertThat(access(governance, "2026-01-31T23:59:59Z", "agency")).isEqualTo("Hidden: no rule lets the requester know of sales.customers");
        assertThat(access(governance, "2026-02-01T00:00:00Z", "agency")).isEqualTo("Readable: role:agency may read sales.customers by the contract until 2026-05-31");
        assertThat(access(governance, "2026-06-01T00:00:00Z", "agency")).startsWith("Discoverable: role:agency may discover sales.customers").contains("belongs to sellers");
        // An entry that goes on for the same team counts
        assertThat(access(governance, "2026-06-01T00:00:00Z", "keepers")).startsWith("Readable: ");
        assertThat(access(governance, "2027-01-01T00:00:00Z", "keepers")).contains("the access that the contract gave to keepers expired on 2026-12-31");
        assertThat(access(governance, "2026-06-01T00:00:00Z", "talkers")).startsWith("Hidden: ");
    }

    @Test
    void testDomainsDeclareOnlyIdentifiersThatAreTheirs()
    {
        Governance governance = governed(ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", CUSTOMERS.replace("customer_id", "device_id")));
        assertThat(access(governance, NOW.toString(), "analysts")).startsWith("Discoverable: ").contains("it is out of service: domain sales may not declare identifier type device_id");
        assertThat(problems(governance)).contains("domain 'sales' may not declare columns of identifier type 'device_id', so the product is not served");
        // One that nobody listed is no secret, and nothing is tokenized by it
        Governance unknown = governed(ImmutableMap.of(
                "mesh.yaml", MESH,
                "customers.yaml", CUSTOMERS.replace("customer_id", "card_id"),
                "governance/p.yaml", policy(mask("identifiers: [card_id]", "tokenize"))));
        assertThat(seen(unknown, requester("analysts"), NOW)).startsWith("id=replace-with-null, ");
        assertThat(problems(unknown)).contains("identifier type 'card_id' is not listed under identifiers of the Mesh document");
        assertThat(seen(govern(mask("identifiers: [customer_id]", "tokenize")), requester("analysts"), NOW)).startsWith("id=tokenize(customer_id), ");
    }

    @Test
    void testMaskWithoutItsKeyClosesTheProduct()
    {
        Mesh mesh = TestingMesh.meshOf(ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", CUSTOMERS, "governance/p.yaml", policy(mask("columns: [id]", "{action: tokenize, identifier: customer_id, keyVersion: 2}"))));
        assertThat(access(Governance.of(mesh, MaskKeyVersions.of(Set.of(1, 2)), Optional.empty()), NOW.toString(), "analysts")).startsWith("Readable: ");
        Governance older = Governance.of(mesh, MaskKeyVersions.of(Set.of(1)), Optional.empty());
        assertThat(access(older, NOW.toString(), "analysts")).contains("it is out of service: mask tokenize(customer_id, key 2) of rule p/a needs a key, and there is no mask key of version 2");
        // Also for those who are spared the mask: the next of the rules may mean them
        assertThat(access(older, NOW.toString(), "keepers")).startsWith("Discoverable: ");
        assertThat(access(Governance.of(mesh, MaskKeyVersions.of(Set.of()), Optional.empty()), NOW.toString(), "analysts")).startsWith("Discoverable: ");
    }

    @Test
    void testPolicyThatCannotBeReadClosesWhatItMaySpeakOf()
    {
        String broken = policy(mask("columns: [email]", "hash"));
        for (String file : Set.of("governance/p.yaml", "domains/sales/governance/p.yaml")) {
            Governance governance = Governance.of(MeshBuilder.build(
                    ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", CUSTOMERS, file, broken).entrySet().stream()
                            .map(entry -> DescriptorReader.read(entry.getKey(), entry.getValue().getBytes(UTF_8)))
                            .toList(),
                    new VocabularyChecks()));
            assertThat(access(governance, NOW.toString(), "analysts")).as(file).startsWith("Discoverable: ").contains("it is out of service: a file of policies cannot be read");
            assertThat(problems(governance)).contains("mask 'hash' is not known");
        }
    }

    @Test
    void testProductWhoseRulesFailIsKnownToItsOwnerOnly()
    {
        Mesh mesh = TestingMesh.meshOf(ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", CUSTOMERS));
        Domain domain = mesh.domain("sales").orElseThrow();
        DataProduct product = domain.products().getFirst();
        CompiledProduct closed = CompiledProduct.closed(product, Optional.empty(), domain, Problem.error(product.position(), "as of a bug", "report it"));
        assertThat(AccessDecider.decide(mesh, closed.policy(), ImmutableSet.of(new Principal(Principal.Kind.GROUP, "analysts"), new Principal(Principal.Kind.GROUP, "keepers"), new Principal(Principal.Kind.GROUP, "employees")), NOW, _ -> true)).isInstanceOf(Decision.Hidden.class);
        assertThat(AccessDecider.decide(mesh, closed.policy(), ImmutableSet.of(new Principal(Principal.Kind.ROLE, "sellers")), NOW, _ -> true)).isInstanceOf(Decision.Discoverable.class);
        assertThat(AccessDecider.decide(mesh, closed.policy(), mesh.stewards(), NOW, _ -> true)).isInstanceOf(Decision.Discoverable.class);
        assertThat(closed.mentions()).contains(new Principal(Principal.Kind.ROLE, "sellers"));
        assertThat(closed.policy().tables()).extracting(TablePolicy::table).containsExactly("customers");
    }

    @Test
    void testProductIsClosedTheDayAfterItsWaiver()
    {
        String rules =
                """
                  checks:
                    - {id: named, expression: "product.metadata.owner == 'nobody'", message: the owner is somebody, enforcement: strict}
                  waivers:
                    - {check: p/named, product: sales.customers, until: 2026-06-30, reason: r, approvedBy: governance}
                """;
        Governance governance = govern(rules);
        assertThat(access(governance, "2026-06-30T23:59:59Z", "analysts")).startsWith("Readable: ");
        assertThat(access(governance, "2026-07-01T00:00:00Z", "analysts")).startsWith("Discoverable: ").contains("it is out of service: check p/named is violated: the owner is somebody");
        assertThat(access(govern(rules.substring(0, rules.indexOf("  waivers"))), "2026-06-30T23:59:59Z", "analysts")).startsWith("Discoverable: ");
    }

    private static String mask(String match, String mask)
    {
        return mask(match, mask, "description: d");
    }

    private static String mask(String match, String mask, String more)
    {
        return "  masks:\n    - {id: a, match: {%s}, mask: %s, %s}\n".formatted(match, mask, more);
    }

    private static String policy(String rules)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p}\nspec:\n" + rules;
    }

    private static Governance govern(String rules)
    {
        return governed(ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", CUSTOMERS, "domains/sales/domain.yaml", DOMAIN, "governance/p.yaml", policy(rules)));
    }

    private static Governance governed(Map<String, String> files)
    {
        Mesh mesh = TestingMesh.meshOf(files);
        assertThat(TestingMesh.problems(mesh)).isEmpty();
        return Governance.of(mesh);
    }

    private static String seen(String rules, Instant now, String... groups)
    {
        return seen(govern(rules), requester(groups), now);
    }

    private static String seen(Governance governance, Requester requester, Instant now)
    {
        Decision.Readable readable = (Decision.Readable) decide(governance, requester, now);
        return readable.tables().get("customers").columns().entrySet().stream()
                .map(column -> column.getKey() + "=" + column.getValue())
                .collect(joining(", "));
    }

    private static String access(Governance governance, String moment, String... groups)
    {
        Decision decision = decide(governance, requester(groups), Instant.parse(moment));
        return decision.getClass().getSimpleName() + ": " + decision.reason().text();
    }

    private static Decision decide(Governance governance, Requester requester, Instant now)
    {
        DataProduct customers = governance.mesh().domain("sales").orElseThrow().products().getFirst();
        return new GovernedMesh(governance, requester, now).decide(customers);
    }

    private static Requester requester(String... groups)
    {
        return new Requester("ana", Arrays.stream(groups).collect(toImmutableSet()), Set.of());
    }

    private static String problems(Governance governance)
    {
        return governance.problems().stream().map(Problem::toString).collect(joining("\n"));
    }
}
