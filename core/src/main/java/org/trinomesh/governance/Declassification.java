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
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
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
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.ProductTable;
import org.trinomesh.text.Spelling;
import org.trinomesh.text.Words;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Decides which columns of one product's queries are declassified, so that they inherit nothing. The whole mesh may say that of every column, a domain of
 * those that inherit only what its own rules and products say. If one word or rule of anybody else is among it, the column inherits everything, as before;
 * and also if it comes from a column that the rule does not name, because whoever writes the query could show anything in it.
 */
final class Declassification
{
    private static final int MAXIMUM_REASONS = 5;

    private final DataProduct product;
    private final List<Rule> rules;
    private final List<Rule> declassifying;
    private final IdentifierTypes identifiers;
    private final ColumnClassifier classifier;
    private final Problems problems = new Problems();
    private final SetMultimap<Rule, String> sources = LinkedHashMultimap.create();

    /**
     * @param rules those about the product
     */
    Declassification(DataProduct product, DomainRules domain, List<Rule> rules, IdentifierTypes identifiers)
    {
        this.product = requireNonNull(product, "product is null");
        this.rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        this.identifiers = requireNonNull(identifiers, "identifiers is null");
        this.classifier = new ColumnClassifier(product, domain, this.rules, identifiers, new Problems());
        this.declassifying = this.rules.stream()
                .filter(rule -> rule.effect() instanceof Effect.Declassify && rule.scope().matches(product))
                .sorted(comparing(Rule::level))
                .collect(toImmutableList());
        declassifying.forEach(this::checkNames);
    }

    /**
     * What is refused, and what names no column that inherits. Tells what the sources say, so it is only for those who may know of them.
     */
    List<Problem> problems()
    {
        return ImmutableList.<Problem>builder()
                .addAll(problems.toList())
                .addAll(sources.keySet().stream().flatMap(this::unused).iterator())
                .build();
    }

    private Stream<Problem> unused(Rule rule)
    {
        return from(rule).stream()
                .filter(source -> !sources.containsEntry(rule, key(source)))
                .map(source -> Problem.warning(
                        source.position(),
                        "rule %s: no column of %s that it names comes from '%s'".formatted(rule.name(), product.qualifiedName(), source),
                        Spelling.nearest(sources.get(rule), source.value()).map("write '%s' if you mean that"::formatted).orElse("remove it, or write domain, table and column as the query names them: sales.customer_360.email")));
    }

    /**
     * The rule that keeps a column from inheriting.
     */
    Optional<Rule> of(ProductTable table, Column column, Inherited inherited)
    {
        List<Rule> about = table.query().isEmpty() ? ImmutableList.of() : declassifying.stream().filter(rule -> written(rule, column).isPresent()).collect(toImmutableList());
        if (about.isEmpty()) {
            return Optional.empty();
        }
        List<Rule> matching = matchingByInheritance(column, inherited);
        if (inherited.rules().isEmpty() && inherited.words().areNamesOnly() && matching.isEmpty()) {
            about.forEach(rule -> matchesNothing(rule, written(rule, column).orElseThrow(), "column '%s' of %s inherits nothing".formatted(column.name(), product.qualifiedName()), Optional.empty()));
            return Optional.empty();
        }
        about.forEach(rule -> sources.putAll(rule, inherited.sources()));
        Optional<Rule> permitted = about.stream().filter(rule -> refusals(rule, inherited, matching).isEmpty()).findFirst();
        if (permitted.isEmpty()) {
            about.forEach(rule -> problems.error(
                    written(rule, column).orElseThrow(),
                    "rule %s cannot declassify column '%s' of %s, which inherits all as before: %s".formatted(rule.name(), column.name(), product.qualifiedName(), String.join("; ", refusals(rule, inherited, matching))),
                    rule.level() == Level.GLOBAL
                            ? "name all columns that it comes from, or let the query show fewer"
                            : "ask governance for an entry in a policy below governance/; a domain may declassify only what nobody but its own rules and products says"));
        }
        return permitted;
    }

    /**
     * Why the rule cannot stop what a column inherits, for people.
     */
    private static List<String> refusals(Rule rule, Inherited inherited, List<Rule> matching)
    {
        Set<String> named = from(rule).stream().map(Declassification::key).collect(toImmutableSet());
        Stream<String> unnamed = inherited.sources().stream().filter(source -> !named.contains(source)).map("it also comes from %s, which 'from' does not name"::formatted);
        return Stream.concat(unnamed, rule.level() == Level.GLOBAL ? Stream.of() : ofOthers(rule, inherited, matching))
                .distinct()
                .limit(MAXIMUM_REASONS)
                .collect(toImmutableList());
    }

    private static Stream<String> ofOthers(Rule rule, Inherited inherited, List<Rule> matching)
    {
        return Stream.of(
                        inherited.rules().stream()
                                .filter(other -> other.rule().level() == Level.GLOBAL || !other.rule().domain().equals(rule.domain()))
                                .map(other -> "rule %s (%s) of %s says %s".formatted(
                                        other.rule().name(),
                                        other.rule().position(),
                                        other.rule().domain().map("domain '%s'"::formatted).orElse("the whole mesh"),
                                        other.rule().effect())),
                        matching.stream()
                                .filter(other -> inherited.rules().stream().noneMatch(told -> told.rule().name().equals(other.name())))
                                .map(other -> "rule %s (%s) of the whole mesh is about what it inherits".formatted(other.name(), other.position())),
                        inherited.owners().stream().filter(owner -> !owner.domain().equals(rule.domain())).map(WordOwners.Owner::says))
                .flatMap(texts -> texts);
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

    private static List<Located<String>> from(Rule rule)
    {
        return ((Effect.Declassify) rule.effect()).from();
    }

    private static String key(Located<String> source)
    {
        int dot = source.value().lastIndexOf('.') + 1;
        return Words.nameKey(source.value().substring(0, dot)) + Words.key(source.value().substring(dot));
    }

    private void checkNames(Rule rule)
    {
        List<Column> columns = product.tables().stream().filter(table -> table.query().isPresent()).flatMap(table -> table.columns().stream()).collect(toImmutableList());
        if (columns.isEmpty()) {
            rule.scope().descriptor().values("products").stream()
                    .filter(name -> Scope.isProduct(name.value(), product))
                    .forEach(name -> matchesNothing(rule, name.position(), "no query computes columns of %s".formatted(product.qualifiedName()), Optional.empty()));
            return;
        }
        rule.scope().descriptor().values("columns").stream()
                .filter(name -> columns.stream().noneMatch(column -> isName(name, column)))
                .forEach(name -> matchesNothing(
                        rule,
                        name.position(),
                        "no query of %s has a column '%s'".formatted(product.qualifiedName(), name),
                        Spelling.nearest(columns.stream().map(Column::name).toList(), name.value())));
    }

    private void matchesNothing(Rule rule, Position position, String why, Optional<String> nearest)
    {
        problems.warning(
                position,
                "rule %s matches nothing: %s".formatted(rule.name(), why),
                nearest.map("write '%s' if you mean that"::formatted).orElse("name columns of queries that inherit something, each by its whole name"));
    }

    private static Optional<Position> written(Rule rule, Column column)
    {
        return rule.scope().descriptor().values("columns").stream().filter(name -> isName(name, column)).map(Located::position).findFirst();
    }

    private static boolean isName(Located<String> written, Column column)
    {
        return Words.isSame(written.value(), column.name());
    }
}
