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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.DomainRules;
import org.trinomesh.text.Spelling;
import org.trinomesh.text.Words;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Classifies the columns of one product: by what they declare, by what they inherit, and by every classification rule. A
 * column is never classified weaker than a rule says, whatever its product declares.
 */
public final class ColumnClassifier
{
    private final DataProduct product;
    private final DomainRules domain;
    private final List<Rule> rules;
    private final IdentifierTypes identifiers;
    private final Problems problems;

    /**
     * @param domain what the product inherits
     * @param problems where a product says less than a rule
     */
    public ColumnClassifier(DataProduct product, DomainRules domain, List<Rule> rules, IdentifierTypes identifiers, Problems problems)
    {
        this.product = requireNonNull(product, "product is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        this.identifiers = requireNonNull(identifiers, "identifiers is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * What the product says of a column, or lets it inherit, before any rule.
     */
    static ColumnAttributes said(DataProduct product, DomainRules domain, Column column, IdentifierTypes identifiers)
    {
        return ColumnAttributes.of(
                column.name(),
                FieldKnowledge.otherNames(column),
                column.type(),
                column.classification().or(product::classification).or(domain::classification),
                tags(column.tags(), product.tags(), domain.tags()),
                identifiers.of(column.identifier(), column.name(), FieldKnowledge.otherNames(column)));
    }

    /**
     * Most columns have no tags but those of the product, and share its set.
     */
    private static Set<String> tags(Set<String> column, Set<String> product, Set<String> domain)
    {
        if (column.isEmpty() && domain.isEmpty()) {
            return product;
        }
        return ImmutableSet.<String>builder().addAll(column).addAll(product).addAll(domain).build();
    }

    /**
     * @param known what is known of the column in its table
     */
    public ColumnAttributes attributes(Column column, KnownWords known)
    {
        ColumnAttributes own = said(product, domain, column, identifiers);
        ColumnAttributes ruled = ruled(withMeaning(isReplaced(column) ? own : own.with(known), column));
        checkWeakerWord(column, ruled);
        return ruled;
    }

    /**
     * A column by its names and by words that others say of it, as if its product said nothing.
     */
    public ColumnAttributes attributes(Column column, ColumnWords words)
    {
        ColumnAttributes named = ColumnAttributes.of(
                column.name(),
                FieldKnowledge.otherNames(column),
                column.type(),
                words.classifications().stream().max(Classifications.WEAKEST_FIRST),
                words.tags(),
                Optional.empty());
        return ruled(named.with(new KnownWords(words, ImmutableMap.of())));
    }

    private void checkWeakerWord(Column column, ColumnAttributes ruled)
    {
        for (Rule rule : rules) {
            if (rule.effect() instanceof Effect.Classify classify && rule.scope().matches(ruled, rule.level()) && classify.classification().isPresent() &&
                    column.classification().isPresent() && Classifications.isWeaker(column.classification().get(), classify.classification().get())) {
                problems.error(
                        column.position(),
                        "column '%s' has classification '%s', but rule %s (%s) says '%s', which stays in force".formatted(column.name(), column.classification().get(), rule.name(), rule.position(), classify.classification().get()),
                        "remove the weaker classification: a product may only tighten");
            }
        }
    }

    /**
     * An unknown word counts as the strictest one, so that a misspelling reveals nothing.
     */
    private ColumnAttributes withMeaning(ColumnAttributes column, Column written)
    {
        Optional<String> unknown = unknownWord(column);
        if (unknown.isEmpty()) {
            return column;
        }
        boolean own = written.classification().filter(word -> Words.isSame(word, unknown.get())).isPresent();
        problems.warning(
                own ? written.position() : product.position(),
                "%s has classification '%s', which is not one of %s and which no rule explains, so it counts as %s".formatted(
                        own ? "column '" + written.name() + "'" : "the product, its domain or another product of the table", written.classification().filter(_ -> own).orElse(unknown.get()), String.join(", ", Classifications.ASCENDING), Classifications.STRICTEST),
                Spelling.nearest(Classifications.ASCENDING, unknown.get()).map("write '%s'"::formatted).orElse("write one of them, or let a rule under classifications say what the word means"));
        return column.with(Optional.of(Classifications.STRICTEST), ImmutableSet.of());
    }

    private static boolean gives(Rule rule, String word)
    {
        return rule.scope().descriptor().values("classifications").stream().anyMatch(value -> Words.isSame(value.value(), word)) ||
                (rule.effect() instanceof Effect.Classify classify && classify.classification().filter(given -> Words.isSame(given, word)).isPresent());
    }

    /**
     * Whether governance says of this column that what products said before no longer counts. By the name that the table has: its author
     * could promise any column under the name that is meant.
     */
    private boolean isReplaced(Column column)
    {
        if (column.fieldId().isPresent() || rules.stream().noneMatch(Rule::replacesKnown)) {
            return false;
        }
        ColumnWords physical = ColumnWords.of(ImmutableSet.of(FieldKnowledge.physicalName(column)), ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of());
        return rules.stream().anyMatch(rule -> rule.replacesKnown() && rule.scope().matches(physical, column.type()));
    }

    /**
     * A field inside of a column, with what rules say of it.
     */
    public ColumnAttributes field(ColumnAttributes field)
    {
        return ruled(unknownWord(field).isPresent() ? field.with(Optional.of(Classifications.STRICTEST), ImmutableSet.of()) : field);
    }

    /**
     * A classification that no rule of the whole mesh gives a meaning: an author's own rule must not explain his own word.
     */
    private Optional<String> unknownWord(ColumnAttributes column)
    {
        return column.words(Level.GLOBAL).classifications().stream()
                .filter(word -> !Classifications.isKnown(word) && rules.stream().noneMatch(rule -> rule.level() == Level.GLOBAL && gives(rule, word)))
                .findFirst();
    }

    /**
     * With what all classification rules add. What one adds may let another match, whatever their order, and nothing is taken away, so
     * that it ends.
     */
    ColumnAttributes ruled(ColumnAttributes column)
    {
        ColumnAttributes ruled = column;
        boolean matched = false;
        for (Rule rule : rules) {
            if (rule.effect() instanceof Effect.Classify classify && rule.scope().matches(ruled, rule.level())) {
                ruled = ruled.with(classify.classification(), classify.tags());
                matched = true;
            }
        }
        return !matched || ruled.equals(column) ? column : ruled(ruled);
    }
}
