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
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Located;
import org.trinomesh.product.DataProduct;
import org.trinomesh.text.Words;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * The rules of policies and domains, found by the products they may speak of, so that thousands of rules about single products cost
 * other products nothing.
 */
public final class RuleIndex
{
    private final ImmutableList<Rule> rules;
    private final ImmutableList<Rule> general;
    private final ImmutableList<Rule> replacing;
    private final ImmutableListMultimap<String, Rule> byDomain;
    private final ImmutableListMultimap<String, Rule> byProduct;

    public RuleIndex(List<Rule> rules)
    {
        this.rules = ImmutableList.copyOf(rules);
        ImmutableList.Builder<Rule> general = ImmutableList.builder();
        ImmutableListMultimap.Builder<String, Rule> byDomain = ImmutableListMultimap.builder();
        ImmutableListMultimap.Builder<String, Rule> byProduct = ImmutableListMultimap.builder();
        for (Rule rule : rules) {
            List<Located<String>> products = rule.scope().descriptor().values("products");
            List<Located<String>> domains = rule.scope().descriptor().values("domains");
            if (!products.isEmpty()) {
                products.stream().map(name -> withoutMajor(Words.nameKey(name.value()))).distinct().forEach(name -> byProduct.put(name, rule));
            }
            else if (rule.domain().isPresent()) {
                byDomain.put(rule.domain().get(), rule);
            }
            else if (!domains.isEmpty()) {
                domains.stream().map(name -> Words.nameKey(name.value())).distinct().forEach(name -> byDomain.put(name, rule));
            }
            else {
                general.add(rule);
            }
        }
        this.replacing = this.rules.stream().filter(rule -> rule.replacesKnown() && rule.scope().isAboutAllColumns()).collect(toImmutableList());
        this.general = general.build();
        this.byDomain = byDomain.build();
        this.byProduct = byProduct.build();
    }

    public List<Rule> rules()
    {
        return rules;
    }

    public List<Rule> of(DataProduct product)
    {
        return of(product, ImmutableSet.of());
    }

    /**
     * @param known the products that publish the same tables, or did: what the whole mesh says of one of them holds for all, unless
     *         it gives something
     */
    public List<Rule> of(DataProduct product, Set<ProductWords> known)
    {
        ProductWords own = ProductWords.of(product);
        Set<ProductWords> others = isReplaced(own) ? known.stream().filter(words -> !words.name().equals(own.name())).collect(toImmutableSet()) : known;
        Stream<String> names = Stream.concat(Stream.of(own), others.stream()).map(words -> withoutMajor(words.name())).distinct();
        Stream<String> domains = Stream.concat(Stream.of(own), others.stream()).map(ProductWords::domain).distinct();
        // A rule may name several of them
        Stream<Rule> named = Stream.concat(domains.flatMap(name -> byDomain.get(name).stream()), names.flatMap(name -> byProduct.get(name).stream())).distinct();
        return Stream.concat(general.stream(), named)
                .filter(rule -> rule.domain().filter(domain -> !domain.equals(product.domain())).isEmpty())
                .filter(rule -> rule.scope().matches(own) || (restrictsAll(rule) && others.stream().anyMatch(rule.scope()::matches)))
                .collect(toImmutableList());
    }

    /**
     * Whether governance says that earlier declarations of the product no longer count.
     */
    private boolean isReplaced(ProductWords product)
    {
        return replacing.stream().anyMatch(rule -> rule.scope().matches(product));
    }

    private static boolean restrictsAll(Rule rule)
    {
        return rule.level() == Level.GLOBAL && switch (rule.effect()) {
            case Effect.Classify _, Effect.MaskColumns _, Effect.HideColumns _, Effect.FilterRows _, Effect.Deny _ -> true;
            case Effect.Allow _, Effect.Declassify _ -> false;
        };
    }

    private static String withoutMajor(String name)
    {
        return name.replaceFirst("_v[0-9]+$", "");
    }

    @Override
    public boolean equals(Object other)
    {
        return other instanceof RuleIndex that && rules.equals(that.rules);
    }

    @Override
    public int hashCode()
    {
        return rules.hashCode();
    }
}
