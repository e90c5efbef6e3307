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

import com.google.common.collect.HashMultimap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.collect.SetMultimap;
import org.trinomesh.conformance.ScopedCheck;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.Scope;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.Mesh;
import org.trinomesh.rule.SubjectDescriptor;
import org.trinomesh.text.Spelling;
import org.trinomesh.text.Words;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Finds rules of the mesh and of domains that match by a word that does not occur, or apply to principals that probably do not
 * exist. Such a rule is most probably misspelt, and protects nothing.
 */
final class RuleWarnings
{
    // Comparing every word with every other one takes long
    static final int MAX_SUGGESTIONS = 200;
    // Short names always resemble others
    private static final int MIN_NAME = 5;

    private static final Map<String, String> MEANINGS = Map.of(
            "domains", "there is no domain '%s'",
            "products", "there is no data product '%s'",
            "tiers", "no data product has tier '%s'",
            "archetypes", "no data product has archetype '%s'",
            "productTags", "no data product has tag '%s'",
            "columns", "no column is called '%s'",
            "tags", "no column has tag '%s'",
            "classifications", "no column has classification '%s'",
            "identifiers", "no column has identifier type '%s'",
            "types", "no column has type '%s'");

    private final Mesh mesh;
    private final List<Rule> rules;
    private final FieldKnowledge knowledge;
    private final Map<Optional<String>, MeshVocabulary> vocabularies = new HashMap<>();
    private final Map<Optional<String>, SetMultimap<String, String>> spellings = new HashMap<>();
    private final Multiset<String> mentions = HashMultiset.create();
    private final List<Problem> problems = new ArrayList<>();
    private int suggestions;

    private RuleWarnings(Mesh mesh, List<Rule> rules, FieldKnowledge knowledge)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
    }

    /**
     * @param rules those of policies and domains
     * @param checks those of the same documents, which say what they are about in the same way
     * @param policies what the rules came to, for each data product
     */
    static List<Problem> of(Mesh mesh, List<Rule> rules, List<ScopedCheck> checks, FieldKnowledge knowledge, Stream<ProductPolicy> policies)
    {
        RuleWarnings warnings = new RuleWarnings(mesh, rules, knowledge);
        Set<Position> applied = new HashSet<>();
        policies.forEach(policy -> {
            policy.rules().map(rule -> rule.rule().position()).forEach(applied::add);
            policy.product().accessRules().forEach(access -> warnings.spelled(Optional.of(policy.product().domain()), access.principal().kind().toString(), access.principal().name()));
        });
        rules.forEach(rule -> subjects(rule).forEach(subject -> warnings.spelled(rule.domain(), subject.kind(), subject.name().value())));
        rules.forEach(rule -> warnings.check(rule, applied));
        checks.forEach(check -> warnings.check("check " + check.check().id(), check.domain(), check.scope()));
        return ImmutableList.copyOf(warnings.problems);
    }

    private void check(Rule rule, Set<Position> applied)
    {
        if (rule.effect() instanceof Effect.Declassify) {
            checkProducts(rule);
            return;
        }
        int before = problems.size();
        check("rule " + rule.name(), rule.domain(), rule.scope());
        if (problems.size() == before && isAboutData(rule) && !applied.contains(rule.position())) {
            warn("rule " + rule.name(), rule.domain(), rule.position(), "no data product has anything that matches all of %s".formatted(rule.scope()), Optional.empty());
        }
        subjects(rule).forEach(subject -> check(rule, subject));
    }

    private void check(String name, Optional<String> domain, Scope scope)
    {
        MeshVocabulary vocabulary = vocabularies.computeIfAbsent(domain, only -> new MeshVocabulary(mesh, rules, knowledge, only));
        scope.descriptor().criteria().forEach((key, values) -> values.stream()
                .filter(value -> !vocabulary.knows(key, value.value()))
                .forEach(value -> warn(name, domain, value.position(), MEANINGS.get(key).formatted(value), suggestion(vocabulary, key, value))));
    }

    /**
     * That a product is named rightly is not enough where the rule must be about columns that are there now. They are checked with the product.
     */
    private void checkProducts(Rule rule)
    {
        MeshVocabulary vocabulary = vocabularies.computeIfAbsent(rule.domain(), only -> new MeshVocabulary(mesh, rules, knowledge, only));
        rule.scope().descriptor().values("products").stream()
                .filter(name -> mesh.domains().stream()
                        .filter(domain -> rule.domain().isEmpty() || rule.domain().get().equals(domain.name()))
                        .flatMap(domain -> domain.products().stream())
                        .noneMatch(product -> Scope.isProduct(name.value(), product)))
                .forEach(name -> warn(
                        "rule " + rule.name(),
                        rule.domain(),
                        name.position(),
                        vocabulary.knows("products", name.value()) ? "data product '%s' is not served".formatted(name) : MEANINGS.get("products").formatted(name),
                        suggestion(vocabulary, "products", name)));
    }

    private static boolean isAboutData(Rule rule)
    {
        return switch (rule.effect()) {
            case Effect.MaskColumns _, Effect.HideColumns _, Effect.FilterRows _, Effect.Deny _ -> true;
            case Effect.Classify _, Effect.Allow _, Effect.Declassify _ -> false;
        };
    }

    private void check(Rule rule, SubjectDescriptor subject)
    {
        String name = subject.name().value();
        if (subject.kind().equals("members")) {
            if (!name.equals(SubjectDescriptor.OWNING_DOMAIN) && mesh.governance().settings().membersOf(Words.nameKey(name)).isEmpty()) {
                problems.add(located(rule, Problem.warning(
                        subject.name().position(),
                        "rule %s applies to the members of domain '%s', and the Mesh document lists none".formatted(rule.name(), name),
                        Spelling.nearest(mesh.governance().settings().members().keySet(), name).filter(other -> !other.equals(name)).map("write '%s'"::formatted).orElse("ask the platform to list them under members"))));
            }
            return;
        }
        nearest(rule.domain(), subject).ifPresent(other -> problems.add(located(rule, Problem.warning(
                subject.name().position(),
                "only rule %s mentions %s '%s'".formatted(rule.name(), subject.kind(), name),
                "write '%s' if you mean that".formatted(other)))));
        Set<String> others = spellings(rule.domain(), subject.kind() + ":" + Words.key(name));
        if (others.size() > 1) {
            problems.add(located(rule, Problem.warning(
                    subject.name().position(),
                    "rule %s names %s '%s', which is also written %s: a %s has one spelling, and only that one matches".formatted(
                            rule.name(), subject.kind(), name, others.stream().filter(other -> !other.equals(name)).sorted().map(other -> "'" + other + "'").collect(joining(" and ")), subject.kind()),
                    "write it everywhere as the authentication and the group provider of Trino write it")));
        }
    }

    /**
     * For a name that occurs nowhere else, the known name that differs in one or two letters.
     */
    private Optional<String> nearest(Optional<String> domain, SubjectDescriptor subject)
    {
        String name = subject.name().value();
        if (mentions.count(subject.kind() + ":" + name) > 1) {
            return Optional.empty();
        }
        suggestions++;
        List<String> known = spellings.entrySet().stream()
                .filter(entry -> domain.isEmpty() || entry.getKey().isEmpty() || entry.getKey().equals(domain))
                .flatMap(entry -> entry.getValue().entries().stream())
                .filter(entry -> entry.getKey().startsWith(subject.kind() + ":") && !Words.isSame(entry.getValue(), name))
                .map(Map.Entry::getValue)
                .distinct()
                .collect(toImmutableList());
        return suggestions > MAX_SUGGESTIONS || name.length() < MIN_NAME ? Optional.empty() : Spelling.nearest(known, name).filter(other -> Math.abs(other.length() - name.length()) <= 1);
    }

    /**
     * A domain is told of what the whole mesh says, and of what it says itself.
     */
    private Set<String> spellings(Optional<String> domain, String key)
    {
        return spellings.entrySet().stream()
                .filter(entry -> domain.isEmpty() || entry.getKey().isEmpty() || entry.getKey().equals(domain))
                .flatMap(entry -> entry.getValue().get(key).stream())
                .collect(toImmutableSet());
    }

    private void spelled(Optional<String> domain, String kind, String name)
    {
        mentions.add(kind.toLowerCase(ENGLISH) + ":" + name);
        spellings.computeIfAbsent(domain, _ -> HashMultimap.create()).put(kind.toLowerCase(ENGLISH) + ":" + Words.key(name), name);
    }

    private static Stream<SubjectDescriptor> subjects(Rule rule)
    {
        return Stream.concat(rule.principals().stream(), rule.except().stream());
    }

    private Optional<String> suggestion(MeshVocabulary vocabulary, String key, Located<String> value)
    {
        suggestions++;
        return suggestions > MAX_SUGGESTIONS ? Optional.empty() : vocabulary.nearest(key, value);
    }

    private void warn(String name, Optional<String> domain, Position position, String why, Optional<String> nearest)
    {
        Problem problem = Problem.warning(
                position,
                "%s matches nothing: %s".formatted(name, why),
                nearest.map("write '%s' if you mean that"::formatted).orElse("correct it, or remove it when nothing will ever match"));
        problems.add(domain.map(problem::about).orElse(problem));
    }

    private static Problem located(Rule rule, Problem problem)
    {
        return rule.domain().map(problem::about).orElse(problem);
    }
}
