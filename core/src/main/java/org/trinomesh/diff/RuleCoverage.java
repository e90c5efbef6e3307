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
package org.trinomesh.diff;

import com.google.common.collect.ImmutableList;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.governance.Governance;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ColumnPolicy;
import org.trinomesh.policy.EndedRule;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.ProductId;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The products and columns to which the rules of the whole mesh apply. When a rule no longer applies to a product or a column, nobody may see more
 * today, because another rule still hides it. The protection of the first rule is lost all the same.
 */
final class RuleCoverage
{
    private RuleCoverage() {}

    /**
     * Which rules no longer apply to what is in both meshes.
     *
     * @param names how to call products
     */
    static List<EndedRule> ended(Governance before, Governance after, Function<ProductId, String> names)
    {
        Map<ProductId, ProductPolicy> policies = new HashMap<>();
        products(after).forEach(product -> policies.put(product.id(), after.policy(product)));
        ImmutableList.Builder<EndedRule> ended = ImmutableList.builder();
        products(before).forEach(product -> Optional.ofNullable(policies.get(product.id())).ifPresent(policy -> compare(before.policy(product), policy, names.apply(product.id()), ended)));
        return ended.build();
    }

    private static void compare(ProductPolicy before, ProductPolicy after, String name, ImmutableList.Builder<EndedRule> ended)
    {
        DataProduct product = after.product();
        missing(before.denials(), after.denials(), product, name, Optional.empty()).forEach(ended::add);
        for (TablePolicy table : before.tables()) {
            Optional<TablePolicy> same = after.tables().stream().filter(other -> other.table().equals(table.table())).findFirst();
            if (same.isEmpty()) {
                continue;
            }
            missing(table.rowFilters(), same.get().rowFilters(), product, name, Optional.empty()).forEach(ended::add);
            for (ColumnPolicy column : table.columns()) {
                same.get().columns().stream()
                        .filter(other -> other.column().path().equals(column.column().path()))
                        .flatMap(other -> missing(column.rules(), other.rules(), product, name, Optional.of(column.column().path())))
                        .forEach(ended::add);
            }
        }
    }

    private static Stream<EndedRule> missing(List<AppliedRule> before, List<AppliedRule> after, DataProduct product, String name, Optional<String> column)
    {
        return before.stream()
                .filter(rule -> rule.rule().level() == Level.GLOBAL)
                .filter(rule -> after.stream().noneMatch(other -> (isSame(rule, other) && other.audience().covers(rule.audience())) || (isLike(rule, other) && before.stream().noneMatch(known -> isSame(known, other)))))
                .map(rule -> EndedRule.of(rule, product, name, column, after.stream().anyMatch(other -> isSame(rule, other))));
    }

    /**
     * Whether a rule still exists and is not weaker. Its days are not compared here: they show in what people see on later
     * days.
     */
    private static boolean isSame(AppliedRule rule, AppliedRule other)
    {
        return other.rule().level() == Level.GLOBAL && other.rule().name().equals(rule.rule().name()) && !isWeaker(other.effect(), rule.effect());
    }

    private static boolean isWeaker(Effect effect, Effect than)
    {
        return switch (than) {
            case Effect.MaskColumns(Mask mask) -> !(effect instanceof Effect.HideColumns) && !(effect instanceof Effect.MaskColumns(Mask other) && Masks.combine(mask, other).equals(other));
            case Effect.FilterRows(RowFilter filter) -> !(effect instanceof Effect.FilterRows(RowFilter other) && other.comparisons().containsAll(filter.comparisons()));
            case Effect.HideColumns _, Effect.Deny _, Effect.Allow _, Effect.Classify _, Effect.Declassify _ -> !effect.getClass().equals(than.getClass());
        };
    }

    /**
     * Whether a rule does the same under another name.
     */
    private static boolean isLike(AppliedRule rule, AppliedRule other)
    {
        return other.rule().level() == Level.GLOBAL && other.effect().equals(rule.effect()) && other.audience().covers(rule.audience()) && other.rule().validity().equals(rule.rule().validity());
    }

    private static Stream<DataProduct> products(Governance governance)
    {
        return governance.mesh().domains().stream().map(Domain::products).flatMap(List::stream);
    }
}
