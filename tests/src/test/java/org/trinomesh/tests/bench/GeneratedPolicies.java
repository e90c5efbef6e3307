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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.tests.MeshDirectory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

/**
 * A mesh with any number of products, columns and rules, without an engine. Everybody is an employee and in a few of forty
 * groups; nine products of ten are for employees, and every group may read something. Rules mask by tag and by domain, filter
 * rows, hide columns and deny products, for one group each; every tenth is in force from a day on. They leave the first
 * product readable for all.
 */
final class GeneratedPolicies
{
    private static final int GROUPS = 40;
    private static final int TAGS = 20;
    private static final int RULES_OF_A_FILE = 100;
    private static final List<String> TYPES = ImmutableList.of("bigint", "varchar", "date", "double");
    private static final List<String> MASKS = ImmutableList.of("{action: bucket, width: 10}", "show-last-4", "truncate-to-year", "replace-with-null");

    private final int domains;
    private final int productsOfADomain;
    private final int columns;
    private final int rules;

    /**
     * @param columns how many each product has
     */
    GeneratedPolicies(int domains, int productsOfADomain, int columns, int rules)
    {
        this.domains = domains;
        this.productsOfADomain = productsOfADomain;
        this.columns = columns;
        this.rules = rules;
    }

    /**
     * Different people in four groups each, always the same.
     */
    static List<Requester> requesters(int count)
    {
        Random random = new Random(42);
        List<Integer> groups = IntStream.range(0, GROUPS).boxed().collect(toCollection(ArrayList::new));
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    Collections.shuffle(groups, random);
                    ImmutableSet.Builder<String> names = ImmutableSet.<String>builder().add("employees");
                    groups.subList(0, 4).forEach(group -> names.add(group(group)));
                    return new Requester("user_%03d".formatted(number), names.build(), ImmutableSet.of());
                })
                .collect(toImmutableList());
    }

    Governance load()
            throws IOException
    {
        try (MeshDirectory directory = MeshDirectory.create()) {
            write(directory);
            MeshRegistry registry = new MeshRegistry(directory.path(), Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks());
            Governance governance = Governance.of(registry.current());
            List<Problem> errors = governance.problems().stream().filter(Problem::isError).toList();
            checkState(errors.isEmpty(), "The generated mesh has %s problems, first of all %s", errors.size(), errors.stream().findFirst());
            checkState(governance.rules().size() == rules, "The generated mesh has %s rules", governance.rules().size());
            return governance;
        }
    }

    private void write(MeshDirectory directory)
            throws IOException
    {
        StringBuilder mesh = new StringBuilder(
                """
                apiVersion: datamesh/v1
                kind: Mesh
                metadata: {name: benchmark, owner: platform}
                spec:
                  conformance: {interoperability: off, pii-handling: off}
                  grants:
                """);
        for (int domain = 0; domain < domains; domain++) {
            mesh.append("    - {domain: %1$s, storage: lake, namespaces: [%1$s]}\n".formatted(GeneratedMesh.domain(domain)));
            for (int product = 0; product < productsOfADomain; product++) {
                directory.write("domains/%s/%s.yaml".formatted(GeneratedMesh.domain(domain), GeneratedMesh.product(product)), descriptor(domain, product));
            }
        }
        directory.write("mesh.yaml", mesh.toString());
        for (int first = 0; first < rules; first += RULES_OF_A_FILE) {
            directory.write("governance/rules-%05d.yaml".formatted(first), policy(first));
        }
    }

    private String descriptor(int domain, int product)
    {
        String fields = IntStream.range(0, columns)
                .mapToObj(column -> "    - {name: column_%02d, type: %s, tags: [tag-%02d]}\n".formatted(column, TYPES.get(column % TYPES.size()), column % TAGS))
                .collect(joining());
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %2$s, domain: %1$s, owner: team-%1$s, version: 1.0.0}
               spec:
                 description: As generated
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: %1$s, table: %2$s}
                 accessControl:
                   - {group: %3$s, permissions: [read]}
                   - {group: %4$s, permissions: [read, share]}
                 columns:
               %5$s""".formatted(
                GeneratedMesh.domain(domain),
                GeneratedMesh.product(product),
                product % 10 == 9 ? "team-" + GeneratedMesh.domain(domain) : "employees",
                group(domain * productsOfADomain + product),
                fields);
    }

    private String policy(int first)
    {
        StringBuilder policy = new StringBuilder("apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: rules-%05d, owner: governance}\nspec:\n".formatted(first));
        List<String> lists = ImmutableList.of("masks", "rowFilters", "hiddenColumns", "denials", "masks");
        for (String list : ImmutableSet.copyOf(lists)) {
            policy.append("  ").append(list).append(":\n");
            IntStream.range(first, Math.min(first + RULES_OF_A_FILE, rules))
                    .filter(rule -> lists.get(rule % lists.size()).equals(list))
                    .forEach(rule -> policy.append("    - {id: rule-%05d, %s, principals: [{group: %s}]%s}\n".formatted(rule, rule(rule), group(rule / 5), validity(rule))));
        }
        return policy.toString();
    }

    private String rule(int rule)
    {
        int number = rule / 5;
        int domain = number % domains;
        return switch (rule % 5) {
            case 0 -> "match: {tags: [tag-%02d]}, mask: %s".formatted(number % TAGS, MASKS.get(number % TAGS % MASKS.size()));
            case 1 -> "match: {products: [%s]}, filter: \"column_00 >= %s\"".formatted(product(number), number);
            case 2 -> "match: {products: [%s], columns: [column_%02d]}".formatted(product(number), number % columns);
            case 3 -> "match: {products: [%s]}".formatted(product(number % (domains * productsOfADomain - 1) + 1));
            default -> "match: {domains: [%s], columns: [column_%02d]}, mask: replace-with-null".formatted(GeneratedMesh.domain(domain), number % columns);
        };
    }

    private String product(int number)
    {
        int product = number % (domains * productsOfADomain);
        return GeneratedMesh.domain(product / productsOfADomain) + "." + GeneratedMesh.product(product % productsOfADomain);
    }

    private static String validity(int rule)
    {
        return rule % 10 == 0 ? ", validFrom: " + LocalDate.EPOCH.plusYears(30).plusDays(rule / 10) : "";
    }

    private static String group(int number)
    {
        return "group-%02d".formatted(number % GROUPS);
    }
}
