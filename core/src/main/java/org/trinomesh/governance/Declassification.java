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
import com.google.common.collect.Maps;
import org.trinomesh.governance.DeclassifyEntry.Refusal;
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnClassifier;
import org.trinomesh.policy.ColumnFields;
import org.trinomesh.policy.IdentifierTypes;
import org.trinomesh.policy.KnownWords;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.MaskFitter;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.Scope;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.ProductTable;
import org.trinomesh.text.Spelling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Decides which columns of one product's queries are declassified, so that they inherit nothing. The whole mesh may say that of every
 * column, a domain of those that inherit only what its own rules and products say. A column inherits everything, as before, if one
 * word or rule of anybody else is among it, if it comes from a column that the rule does not name, and if it shows one as it is
 * although the rule permits only what is computed: whoever writes the query could show anything in it.
 */
final class Declassification
{
    private final DataProduct product;
    private final List<Rule> rules;
    private final DeclassifyEntries entries;
    private final IdentifierTypes identifiers;
    private final ColumnClassifier classifier;
    private final Problems problems = new Problems();
    // By identity, because entries may be long
    private final Map<DeclassifyEntry, Set<String>> sources = new IdentityHashMap<>();
    private int suggestions;

    /**
     * @param rules those about the product
     */
    Declassification(DataProduct product, DomainRules domain, List<Rule> rules, IdentifierTypes identifiers)
    {
        this.product = requireNonNull(product, "product is null");
        this.rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        this.identifiers = requireNonNull(identifiers, "identifiers is null");
        this.classifier = new ColumnClassifier(product, domain, this.rules, identifiers, new Problems());
        this.entries = DeclassifyEntries.of(this.rules.stream().filter(rule -> rule.scope().matches(product)));
        checkNames();
    }

    /**
     * What is refused, and what names no column that inherits. Tells what the sources say, so it is only for those who may know of them.
     */
    List<Problem> problems()
    {
        return ImmutableList.<Problem>builder()
                .addAll(problems.toList())
                .addAll(entries.all().stream().filter(sources::containsKey).flatMap(this::unused).iterator())
                .build();
    }

    private Stream<Problem> unused(DeclassifyEntry entry)
    {
        Set<String> used = sources.get(entry);
        return Maps.filterKeys(entry.from(), source -> !used.contains(source)).values().stream()
                .map(source -> Problem.warning(
                        source.position(),
                        "rule %s: no column of %s that it names comes from '%s'".formatted(entry.rule().name(), product.qualifiedName(), source),
                        nearest(used, source.value()).map("write '%s' if you mean that"::formatted).orElse("remove it, or write domain, table and column as the query names them: sales.customer_360.email")));
    }

    /**
     * The rule that keeps a column from inheriting.
     */
    Optional<Rule> of(ProductTable table, Column column, Inherited inherited)
    {
        List<DeclassifyEntry> about = table.query().isEmpty() ? ImmutableList.of() : entries.about(product, column);
        if (about.isEmpty()) {
            return Optional.empty();
        }
        List<Rule> matching = matchingByInheritance(column, inherited);
        if (inherited.rules().isEmpty() && inherited.alteredRules().isEmpty() && inherited.words().areNamesOnly() && matching.isEmpty()) {
            about.forEach(entry -> matchesNothing(entry, entry.written(column), "column '%s' of %s inherits nothing".formatted(column.name(), product.qualifiedName()), Optional.empty()));
            return Optional.empty();
        }
        // Unknown only for a refused document of another version than that which is served
        return inherited.sources().flatMap(from -> permitted(about, column, inherited, from, matching));
    }

    private Optional<Rule> permitted(List<DeclassifyEntry> about, Column column, Inherited inherited, OriginNames from, List<Rule> matching)
    {
        about.forEach(entry -> sources.computeIfAbsent(entry, _ -> new LinkedHashSet<>()).addAll(from.all()));
        List<Problem> refused = new ArrayList<>();
        for (DeclassifyEntry entry : about) {
            List<Refusal> refusals = entry.refusals(inherited, from, matching);
            if (refusals.isEmpty()) {
                return Optional.of(entry.rule());
            }
            refused.add(Problem.error(
                    entry.written(column).position(),
                    "rule %s cannot declassify column '%s' of %s, which inherits all as before: %s".formatted(
                            entry.rule().name(),
                            column.name(),
                            product.qualifiedName(),
                            refusals.stream().map(Refusal::reason).collect(joining("; "))),
                    refusals.getLast().remedy()));
        }
        problems.addAll(refused);
        return Optional.empty();
    }

    /**
     * The rules of the whole mesh that are about the column only because of what it inherits.
     */
    private List<Rule> matchingByInheritance(Column column, Inherited inherited)
    {
        ColumnAttributes all = classifier.attributes(ComputedColumn.of(column, inherited.words().column()), inherited.words());
        ColumnAttributes own = classifier.attributes(column, KnownWords.NONE);
        MaskFitter fitter = new MaskFitter(identifiers, classifier::field, _ -> {});
        return rules.stream()
                .filter(rule -> rule.level() == Level.GLOBAL && !inherited.applied().contains(rule.name()))
                .filter(rule -> rule.effect() instanceof Effect.Classify
                        ? parts(all, column).anyMatch(part -> rule.scope().matches(part, rule.level())) && parts(own, column).noneMatch(part -> rule.scope().matches(part, rule.level()))
                        : !fitter.effect(rule, all, column.fields()).equals(fitter.effect(rule, own, column.fields())))
                .collect(toImmutableList());
    }

    private Stream<ColumnAttributes> parts(ColumnAttributes attributes, Column column)
    {
        return Stream.concat(Stream.of(attributes), ColumnFields.all(attributes, column.fields(), identifiers, classifier::field).stream());
    }

    private void checkNames()
    {
        if (entries.all().isEmpty()) {
            return;
        }
        Map<String, String> columns = product.tables().stream()
                .filter(table -> table.query().isPresent())
                .flatMap(table -> table.columns().stream())
                .collect(toImmutableMap(DeclassifyEntry::key, Column::name, (first, _) -> first));
        for (DeclassifyEntry entry : entries.all()) {
            if (columns.isEmpty()) {
                entry.rule().scope().descriptor().values("products").stream()
                        .filter(name -> Scope.isProduct(name.value(), product))
                        .forEach(name -> matchesNothing(entry, name, "no query computes columns of %s".formatted(product.qualifiedName()), Optional.empty()));
            }
            else {
                Maps.filterKeys(entry.columns(), key -> !columns.containsKey(key)).values().forEach(name -> matchesNothing(
                        entry,
                        name,
                        "no query of %s has a column '%s'".formatted(product.qualifiedName(), name),
                        nearest(columns.values(), name.value())));
            }
        }
    }

    private Optional<String> nearest(Collection<String> known, String written)
    {
        suggestions++;
        return suggestions > RuleWarnings.MAX_SUGGESTIONS ? Optional.empty() : Spelling.nearest(known, written);
    }

    private void matchesNothing(DeclassifyEntry entry, Located<String> name, String why, Optional<String> nearest)
    {
        problems.warning(
                name.position(),
                "rule %s matches nothing: %s".formatted(entry.rule().name(), why),
                nearest.map("write '%s' if you mean that"::formatted).orElse("name columns of queries that inherit something, each by its whole name"));
    }
}
