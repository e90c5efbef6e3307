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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.PolicyDescriptor;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.RuleReader;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules only tighten: whatever rules there are, one more never shows more to anybody, and their order means nothing. Tried with
 * random rules of every level and kind, about a product that has columns of every form.
 */
final class TestGovernanceProperties
{
    private static final String MESH = TestingMesh.MESH
            .replace("spec:\n", "spec:\n  members: [{domain: sales, principals: [{group: s}]}]\n  identifiers: [{type: customer_id, domains: [sales]}]\n");

    private static final String PRODUCT =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Customers
              discoverable: false
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: bigint, identifier: customer_id}
                - {name: email, type: varchar, classification: restricted, tags: [pii], mask: show-last-4}
                - {name: born, type: date, tags: [pii]}
                - {name: region, type: varchar, classification: internal}
                - {name: price, type: "decimal(10,2)"}
                - name: address
                  type: row(street varchar, city varchar, geo row(lat double, lon double))
                  fields:
                    - {name: street, classification: restricted, tags: [pii]}
              accessControl:
                - {group: a, permissions: [read]}
                - {group: b, permissions: [discover]}
                - {group: c, permissions: [read, share]}
                - {group: keepers, permissions: [read, admin]}
            """;

    private static final Mesh SALES = TestingMesh.meshOf(ImmutableMap.of("mesh.yaml", MESH, "customers.yaml", PRODUCT));
    private static final Domain DOMAIN = SALES.domain("sales").orElseThrow();
    private static final DataProduct CUSTOMERS = DOMAIN.products().getFirst();

    // Few denials: whoever reads nothing shows nothing about the rest
    private static final List<String> RESTRICTIONS = ImmutableList.of("masks", "masks", "masks", "hiddenColumns", "rowFilters", "rowFilters", "rowFilters", "denials");

    /**
     * A rule as written, in one line of YAML.
     *
     * @param does what it does, beside whom and when
     */
    private record Written(Level level, String kind, String does, List<String> principals, List<String> except, String validity)
    {
        String yaml(String id)
        {
            return "    - {id: %s%s%s%s%s}\n".formatted(id, does, list("principals", principals), list("except", except), validity);
        }

        Written exceptWithout(String gone)
        {
            return new Written(level, kind, does, principals, except.stream().filter(subject -> !subject.equals(gone)).collect(toImmutableList()), validity);
        }

        private static String list(String key, List<String> subjects)
        {
            return subjects.isEmpty() ? "" : subjects.stream().map(subject -> "{" + subject + "}").collect(joining(", ", ", " + key + ": [", "]"));
        }
    }

    /**
     * What is seen, without the reasons.
     */
    private record Seen(int visibility, boolean steward, boolean share, Map<String, Optional<Mask>> columns, Set<RowFilter.Comparison> rows)
    {
        static Seen of(Decision decision)
        {
            if (!(decision instanceof Decision.Readable readable)) {
                return new Seen(decision.isDiscoverable() ? 1 : 0, false, false, ImmutableMap.of(), ImmutableSet.of());
            }
            TableAccess table = readable.tables().get("customers");
            ImmutableMap.Builder<String, Optional<Mask>> columns = ImmutableMap.builder();
            table.columns().forEach((name, access) -> columns.put(name, switch (access) {
                case ColumnAccess.Clear _ -> Optional.of(new Mask.Clear());
                case ColumnAccess.Masked(Mask mask, Reason _) -> Optional.of(mask);
                case ColumnAccess.Hidden _ -> Optional.empty();
            }));
            return new Seen(
                    2,
                    readable.stewards(),
                    readable.share(),
                    columns.buildOrThrow(),
                    table.rows().map(rows -> ImmutableSet.copyOf(rows.filter().comparisons())).orElse(ImmutableSet.of()));
        }

        void assertShowsNoMoreThan(Seen other)
        {
            assertThat(visibility).isLessThanOrEqualTo(other.visibility);
            if (visibility == 2) {
                assertThat(steward && !other.steward).isFalse();
                assertThat(share && !other.share).isFalse();
                assertThat(rows).containsAll(other.rows);
                other.columns.forEach((name, mask) -> assertThat(columns.get(name).filter(own -> mask.isEmpty() || !Masks.combine(own, mask.get()).equals(own)))
                        .as("%s was %s", name, mask)
                        .isEmpty());
            }
        }
    }

    @Property(tries = 300)
    void testOneMoreRuleNeverShowsMore(@ForAll("ruleSets") List<Written> rules, @ForAll("restrictions") Written more, @ForAll("requesters") Requester requester, @ForAll("moments") Instant now)
    {
        List<Written> all = ImmutableList.<Written>builder().addAll(rules).add(more).build();
        Seen.of(decide(read(all), requester, now)).assertShowsNoMoreThan(Seen.of(decide(read(rules), requester, now)));
    }

    @Property(tries = 300)
    void testOneExceptionLessNeverShowsMore(@ForAll("ruleSets") List<Written> rules, @ForAll("restrictions") Written rule, @ForAll("subjects") String subject, @ForAll("requesters") Requester requester, @ForAll("moments") Instant now)
    {
        Written excepting = new Written(rule.level(), rule.kind(), rule.does(), rule.principals(), ImmutableSet.<String>builder().addAll(rule.except()).add(subject).build().asList(), rule.validity());
        List<Written> with = ImmutableList.<Written>builder().addAll(rules).add(excepting).build();
        List<Written> without = ImmutableList.<Written>builder().addAll(rules).add(excepting.exceptWithout(subject)).build();
        Seen.of(decide(read(without), requester, now)).assertShowsNoMoreThan(Seen.of(decide(read(with), requester, now)));
    }

    @Property(tries = 300)
    void testOrderOfRulesMeansNothing(@ForAll("ruleSets") List<Written> rules, @ForAll Random random, @ForAll("requesters") Requester requester, @ForAll("moments") Instant now)
    {
        List<Rule> read = read(rules);
        List<Rule> shuffled = new ArrayList<>(read);
        Collections.shuffle(shuffled, random);
        Decision decision = decide(read, requester, now);
        Decision other = decide(shuffled, requester, now);
        assertThat(Seen.of(other)).isEqualTo(Seen.of(decision));
        if (decision instanceof Decision.Readable readable && other instanceof Decision.Readable again) {
            // The same rule is named, too
            assertThat(again.tables().get("customers").columns()).isEqualTo(readable.tables().get("customers").columns());
        }
    }

    @Property(tries = 15)
    void testOrderOfDocumentsMeansNothing(@ForAll("ruleSets") List<Written> rules, @ForAll Random random)
    {
        List<String> documents = documents(rules);
        List<String> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, random);
        Governance governance = govern(documents);
        Governance other = govern(shuffled);
        for (Requester requester : ImmutableList.of(new Requester("ana", Set.of("a"), Set.of()), new Requester("ben", Set.of("c", "s"), Set.of("r")), new Requester("sam", Set.of("keepers", "b"), Set.of()))) {
            for (String day : ImmutableList.of("2026-01-15", "2026-03-15")) {
                assertThat(seen(other, requester, day)).isEqualTo(seen(governance, requester, day));
            }
        }
    }

    @Property(tries = 300)
    void testDenialBeatsAnyGrants(@ForAll("grantSets") List<Written> grants, @ForAll("levels") Level level, @ForAll("requesters") Requester requester, @ForAll("moments") Instant now)
    {
        Written forAll = new Written(level, "denials", "", ImmutableList.of(), ImmutableList.of(), "");
        Written forUser = new Written(level, "denials", "", ImmutableList.of("user: " + requester.user()), ImmutableList.of(), "");
        for (Written denial : ImmutableList.of(forAll, forUser)) {
            Decision decision = decide(read(ImmutableList.<Written>builder().addAll(grants).add(denial).build()), requester, now);
            assertThat(decision.isReadable()).isFalse();
        }
    }

    @Property(tries = 300)
    void testRulesOutOfTheirTimeAreNone(@ForAll("ruleSets") List<Written> rules, @ForAll("requesters") Requester requester, @ForAll("moments") Instant now)
    {
        List<Rule> read = read(rules);
        List<Rule> holding = read.stream().filter(rule -> rule.validity().holds(now)).collect(toImmutableList());
        Assume.that(holding.size() < read.size());
        assertThat(decide(read, requester, now)).isEqualTo(decide(holding, requester, now));
    }

    private static Seen seen(Governance governance, Requester requester, String day)
    {
        DataProduct product = governance.mesh().domain("sales").orElseThrow().products().getFirst();
        return Seen.of(new GovernedMesh(governance, requester, Instant.parse(day + "T12:00:00Z")).decide(product));
    }

    private static Governance govern(List<String> documents)
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder().put("mesh.yaml", MESH).put("customers.yaml", PRODUCT);
        for (int index = 0; index < documents.size(); index++) {
            files.put((documents.get(index).contains("# domain") ? "domains/sales/governance/policy-%s.yaml" : "governance/policy-%s.yaml").formatted(index), documents.get(index));
        }
        Mesh mesh = TestingMesh.meshOf(files.buildOrThrow());
        assertThat(TestingMesh.problems(mesh)).isEmpty();
        return Governance.of(mesh);
    }

    /**
     * Each rule as a policy of its own, those of products as ones of their domain.
     */
    private static List<String> documents(List<Written> rules)
    {
        ImmutableList.Builder<String> documents = ImmutableList.builder();
        for (int index = 0; index < rules.size(); index++) {
            Written rule = rules.get(index);
            documents.add(document("p" + index, rule.kind(), rule.yaml("r"), rule.level() == Level.GLOBAL ? "" : "# domain\n"));
        }
        return documents.build();
    }

    private static String document(String name, String kind, String rules, String comment)
    {
        return "%sapiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: %s}\nspec:\n  %s:\n%s".formatted(comment, name, kind, rules);
    }

    private static List<Rule> read(List<Written> written)
    {
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (int index = 0; index < written.size(); index++) {
            Written rule = written.get(index);
            DescriptorFile file = DescriptorReader.read("policy.yaml", document("p", rule.kind(), rule.yaml("r" + index), "").getBytes(UTF_8));
            PolicyDescriptor policy = (PolicyDescriptor) file.descriptors().getFirst();
            assertThat(policy.problems()).isEmpty();
            Problems problems = new Problems();
            rules.addAll(new RuleReader(problems).read(policy.rules(), "p", rule.level(), rule.level() == Level.GLOBAL ? Optional.empty() : Optional.of("sales")));
            assertThat(problems.toList()).isEmpty();
        }
        return rules.build();
    }

    private static Decision decide(List<Rule> rules, Requester requester, Instant now)
    {
        ProductPolicy policy = new ProductCompiler(CUSTOMERS, DOMAIN.rules(), rules, SALES.governance(), MaskKeyVersions.UNKNOWN, FieldKnowledge.NONE, ImmutableMap.of(), Optional.empty()).compile();
        return AccessDecider.decide(SALES, policy, requester.principals().collect(toImmutableSet()), now, _ -> true);
    }

    @Provide
    static Arbitrary<List<Written>> ruleSets()
    {
        return Arbitraries.oneOf(restrictions(), restrictions(), grants()).list().ofMaxSize(6);
    }

    @Provide
    static Arbitrary<List<Written>> grantSets()
    {
        return grants().list().ofMaxSize(6);
    }

    @Provide
    static Arbitrary<Written> restrictions()
    {
        return Arbitraries.of(RESTRICTIONS).flatMap(kind -> written(levels(), kind, does(kind), subjects().list().uniqueElements().ofMaxSize(2)));
    }

    private static Arbitrary<Written> grants()
    {
        Arbitrary<String> permissions = Arbitraries.of("discover", "read", "share", "write", "admin").set().ofMinSize(1).ofMaxSize(3).map(chosen -> ", permissions: " + chosen);
        return written(Arbitraries.of(Level.GLOBAL, Level.DOMAIN), "grants", permissions, subjects().list().uniqueElements().ofMinSize(1).ofMaxSize(2));
    }

    private static Arbitrary<Written> written(Arbitrary<Level> levels, String kind, Arbitrary<String> does, Arbitrary<List<String>> principals)
    {
        return Combinators.combine(levels, does, principals, subjects().list().uniqueElements().ofMaxSize(2), validities())
                .as((level, what, to, except, validity) -> new Written(level, kind, what, to, except, validity));
    }

    @Provide
    static Arbitrary<Level> levels()
    {
        return Arbitraries.of(Level.values());
    }

    @Provide
    static Arbitrary<String> subjects()
    {
        return Arbitraries.of("group: a", "group: b", "group: c", "group: keepers", "user: ana", "role: r", "role: a", "members: sales", "members: owning-domain");
    }

    @Provide
    static Arbitrary<Requester> requesters()
    {
        return Combinators.combine(Arbitraries.of("ana", "ben"), Arbitraries.of("a", "a", "c", "keepers", "b", "s").set().ofMinSize(1).ofMaxSize(3), Arbitraries.of("r", "a").set().ofMaxSize(1)).as(Requester::new);
    }

    @Provide
    static Arbitrary<Instant> moments()
    {
        return Arbitraries.of("2026-01-01T00:00:00Z", "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-15T12:00:00Z", "2026-03-01T00:00:00Z").map(Instant::parse);
    }

    private static Arbitrary<String> validities()
    {
        return Arbitraries.of("", "", ", validFrom: 2026-02-01", ", validUntil: 2026-01-31", ", validFrom: 2026-01-01, validUntil: 2026-02-28");
    }

    private static Arbitrary<String> does(String kind)
    {
        return switch (kind) {
            case "masks" -> Combinators.combine(columnScopes(), masks()).as((scope, mask) -> ", match: {%s}, mask: %s".formatted(scope, mask));
            case "hiddenColumns" -> columnScopes().map(", match: {%s}"::formatted);
            case "rowFilters" -> Combinators.combine(productScopes(), Arbitraries.of("region = 'WEST'", "region IN ('WEST', ${groups:region-}) AND price >= 1", "id IS NOT NULL", "email = ${user}"))
                    .as("%s, filter: \"%s\""::formatted);
            default -> productScopes();
        };
    }

    private static Arbitrary<String> productScopes()
    {
        return Arbitraries.of("", ", match: {domains: [sales]}", ", match: {products: [sales.customers]}", ", match: {domains: [marketing]}", ", match: {products: [sales.other]}");
    }

    private static Arbitrary<String> columnScopes()
    {
        return Arbitraries.of(
                "columns: [\"*\"]",
                "columns: [email, region]",
                "tags: [pii]",
                "classifications: [restricted]",
                "classifications: [internal]",
                "identifiers: [customer_id]",
                "types: [varchar]",
                "types: [\"decimal(10,2)\", date]",
                "columns: [address]",
                "columns: [\"address.*\"]",
                "columns: [\"*.geo.lat\"], domains: [sales]",
                "tags: [pii], types: [varchar]");
    }

    private static Arbitrary<String> masks()
    {
        return Arbitraries.of(
                "replace-with-null",
                "mask-to-fixed-value",
                "sha-256-query-local",
                "sha-256-global",
                "tokenize",
                "{action: tokenize, identifier: customer_id, keyVersion: 2}",
                "mask-alphanum",
                "email-domain",
                "show-first-4",
                "show-last-4",
                "{action: bucket, width: 10}",
                "{action: bucket, width: 100}",
                "{action: generalise, prefix: 2}",
                "{action: generalise, ranges: [0, 10]}",
                "{action: generalise, values: {a: x}, otherwise: y}",
                "{action: generalise, values: {b: x}, otherwise: y}",
                "truncate-to-year",
                "truncate-to-month",
                "{action: row-fields, fields: {city: clear, street: show-last-4}}",
                "{action: row-fields, fields: {city: mask-alphanum, geo: {action: row-fields, fields: {lat: {action: bucket, width: 10}}}}}");
    }
}
