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

import org.trinomesh.governance.Inheritance.SourceRule;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;

import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Finds masks and hidings of sources that do not follow to a column that is computed from them: those that mean the source by its
 * name, its identifier type or in its own document. The domain has to say itself what holds for such a column.
 */
final class SourceRuleChecks
{
    private static final int MAXIMUM_RULES = 3;

    private final DataProduct product;
    private final Problems problems = new Problems();

    SourceRuleChecks(DataProduct product)
    {
        this.product = requireNonNull(product, "product is null");
    }

    /**
     * They tell what the sources say, so they are only for those who may know of them.
     */
    List<Problem> problems()
    {
        return problems.toList();
    }

    /**
     * @param altered the rules of the columns of which it has other values
     * @param own those that are about the column itself
     * @param following those of the columns whose values it shows
     */
    void check(Column column, List<SourceRule> altered, List<AppliedRule> own, List<AppliedRule> following)
    {
        List<SourceRule> left = altered.stream()
                .filter(rule -> Stream.concat(own.stream(), following.stream()).noneMatch(other -> covers(other, rule.rule())))
                .collect(toImmutableList());
        if (left.isEmpty()) {
            return;
        }
        List<String> told = left.stream().map(SourceRuleChecks::told).distinct().collect(toImmutableList());
        problems.warning(
                column.position(),
                "column '%s' of %s is computed, so its readers may see it although %s%s".formatted(
                        column.name(),
                        product.qualifiedName(),
                        told.stream().limit(MAXIMUM_RULES).collect(joining(", and ")),
                        told.size() > MAXIMUM_RULES ? ", and %s more".formatted(told.size() - MAXIMUM_RULES) : ""),
                "write 'mask:' or 'hidden: true' at the column, or classify it so that a rule means it; or let an entry of 'declassify' say why its readers may see it");
    }

    private static String told(SourceRule rule)
    {
        AppliedRule applied = rule.rule();
        return "rule %s (%s) %s %s".formatted(applied.rule().name(), applied.rule().position(), applied.effect() instanceof Effect.HideColumns ? "hides" : "masks", rule.column());
    }

    /**
     * Whether a rule masks or hides the whole column from all whom another one means. A mask that shows something hides nothing.
     */
    private static boolean covers(AppliedRule rule, AppliedRule other)
    {
        if (rule.effect() instanceof Effect.MaskColumns(Mask mask) && (mask instanceof Mask.RowFields || mask instanceof Mask.MapValues || (other.effect() instanceof Effect.HideColumns && Masks.dependsOnValue(mask)))) {
            return false;
        }
        return rule.rule().name().equals(other.rule().name()) || (rule.audience().coversReaders(other.audience()) && rule.rule().validity().covers(other.rule().validity()));
    }
}
