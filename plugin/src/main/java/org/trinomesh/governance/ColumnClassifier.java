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
import org.trinomesh.descriptor.Problems;
import org.trinomesh.governance.Rule.Effect;
import org.trinomesh.registry.Column;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.DomainRules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Finds out what the columns of one product are: by their own words, by what they inherit, and by every rule that classifies
 * them. A column is never less than a rule says, whatever its product says.
 */
final class ColumnClassifier
{
    private final DataProduct product;
    private final DomainRules domain;
    private final List<Rule> rules;
    private final Problems problems;

    /**
     * @param domain what the product inherits
     * @param problems where a product says less than a rule
     */
    ColumnClassifier(DataProduct product, DomainRules domain, List<Rule> rules, Problems problems)
    {
        this.product = requireNonNull(product, "product is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        this.problems = requireNonNull(problems, "problems is null");
    }

    ColumnAttributes attributes(Column column)
    {
        ColumnAttributes own = new ColumnAttributes(
                column.name(),
                column.type(),
                column.classification().or(product::classification).or(domain::classification),
                Stream.of(column.tags(), product.tags(), domain.tags()).flatMap(Set::stream).collect(toImmutableSet()),
                column.identifier());
        ColumnAttributes ruled = classified(own);
        for (Rule rule : rules) {
            if (rule.effect() instanceof Effect.Classify(Optional<String> classification, Set<String> _) && rule.scope().matches(ruled) &&
                    column.classification().isPresent() && classification.isPresent() && Classifications.isWeaker(column.classification().get(), classification.get())) {
                problems.error(
                        column.position(),
                        "column '%s' says classification '%s', and rule %s (%s) says '%s', which stays".formatted(column.name(), column.classification().get(), rule.name(), rule.position(), classification.get()),
                        "remove the weaker classification: a product may only tighten");
            }
        }
        return ruled;
    }

    /**
     * With what all classification rules add. What one adds may let another match, whatever their order, and nothing is taken away, so
     * that it ends.
     */
    private ColumnAttributes classified(ColumnAttributes column)
    {
        ColumnAttributes ruled = column;
        for (Rule rule : rules) {
            if (rule.effect() instanceof Effect.Classify(Optional<String> classification, Set<String> tags) && rule.scope().matches(ruled)) {
                ruled = ruled.with(classification, tags);
            }
        }
        return ruled.equals(column) ? column : classified(ruled);
    }
}
