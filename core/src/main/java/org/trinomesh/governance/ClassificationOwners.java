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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.governance.Inheritance.TableColumn;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductWords;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.DataProduct;
import org.trinomesh.registry.QueryOrigins.Origin;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Finds who says what classification, tags and identifier type a column has, because a domain may declassify only what it says
 * itself. Where nothing but policies of the whole mesh declassify, nobody asks, and nothing is found.
 */
final class ClassificationOwners
{
    private final PolicyBook book;
    private final FieldKnowledge knowledge;
    private final boolean needed;
    private final Map<DataProduct, List<Rule>> classifying = new IdentityHashMap<>();

    /**
     * @param domain that says it; empty for a policy of the whole mesh
     * @param says who says it, for people; names no product besides the one that a query reads
     */
    record Owner(Optional<String> domain, String says)
    {
        Owner
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(says, "says is null");
        }
    }

    ClassificationOwners(PolicyBook book, FieldKnowledge knowledge)
    {
        this.book = requireNonNull(book, "book is null");
        this.knowledge = requireNonNull(knowledge, "knowledge is null");
        this.needed = book.rules().rules().stream().anyMatch(rule -> rule.level() != Level.GLOBAL && rule.effect() instanceof Effect.Declassify);
    }

    /**
     * @param column that a query reads
     */
    Set<Owner> of(Origin column, CompiledProduct source, ColumnPolicy policy)
    {
        if (!needed) {
            return ImmutableSet.of();
        }
        DataProduct product = column.table().product();
        List<ColumnAttributes> parts = ImmutableList.<ColumnAttributes>builder().add(policy.column()).addAll(policy.fields()).build();
        return Stream.of(
                        said(product, parts),
                        ruled(source, product, parts),
                        knownElsewhere(column, product, parts),
                        inherited(column, source, policy))
                .flatMap(owners -> owners)
                .collect(toImmutableSet());
    }

    private static Stream<Owner> said(DataProduct product, List<ColumnAttributes> parts)
    {
        return parts.stream().allMatch(part -> part.said().areNamesOnly())
                ? Stream.of()
                : Stream.of(new Owner(Optional.of(product.domain()), "%s of domain '%s' says what it is".formatted(product.qualifiedName(), product.domain())));
    }

    private Stream<Owner> ruled(CompiledProduct source, DataProduct product, List<ColumnAttributes> parts)
    {
        return classifying.computeIfAbsent(product, _ -> Stream.concat(book.rules().of(product, CompiledProduct.products(knowledge, product)).stream(), source.ownRules().stream())
                        .filter(rule -> rule.effect() instanceof Effect.Classify)
                        .collect(toImmutableList())).stream()
                .filter(rule -> parts.stream().anyMatch(part -> rule.scope().matches(part, rule.level())))
                .map(rule -> new Owner(rule.domain(), "rule %s (%s) says what it is".formatted(rule.name(), rule.position())));
    }

    /**
     * Other domains that published the same table.
     */
    private Stream<Owner> knownElsewhere(Origin column, DataProduct product, List<ColumnAttributes> parts)
    {
        KnownTable known = knowledge.of(column.table().table().source());
        return parts.stream().allMatch(part -> part.known().areNamesOnly())
                ? Stream.of()
                : known.products().stream()
                  .map(ProductWords::domain)
                  .filter(domain -> !domain.equals(product.domain()))
                  .map(domain -> new Owner(Optional.of(domain), "another domain published the table of %s, and said what it is".formatted(product.qualifiedName())));
    }

    private static Stream<Owner> inherited(Origin column, CompiledProduct source, ColumnPolicy policy)
    {
        DataProduct product = column.table().product();
        return policy.declassified().isPresent()
                ? Stream.of()
                : source.inherited().getOrDefault(new TableColumn(column.table().table().name(), column.column().name()), Inherited.NOTHING).owners().stream()
                  .map(owner -> owner.domain().isEmpty() ? owner : new Owner(owner.domain(), "%s has it from another product".formatted(product.qualifiedName())));
    }
}
