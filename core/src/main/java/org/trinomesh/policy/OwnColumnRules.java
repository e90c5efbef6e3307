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
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.rule.ScopeDescriptor;

import java.util.List;
import java.util.Optional;

/**
 * What a product says at a column itself, {@code mask:} or {@code hidden:}, as rules like any other. They hold for all but its
 * stewards.
 */
public final class OwnColumnRules
{
    private OwnColumnRules() {}

    public static List<AppliedRule> of(DataProduct product, Column column, ColumnAttributes attributes, IdentifierTypes identifiers)
    {
        ImmutableList.Builder<AppliedRule> rules = ImmutableList.builder();
        OwnMasks.of(column, attributes, identifiers, new Problems()).ifPresent(mask -> rules.add(rule(product, column.name() + ".mask", new Effect.MaskColumns(mask), column.position())));
        if (column.hidden()) {
            rules.add(rule(product, column.name() + ".hidden", new Effect.HideColumns(), column.position()));
        }
        return rules.build();
    }

    private static AppliedRule rule(DataProduct product, String id, Effect effect, Position position)
    {
        Rule rule = new Rule(
                new RuleName.Written(product.qualifiedName(), "columns." + id),
                Level.PRODUCT,
                Optional.of(product.domain()),
                effect,
                new Scope(ScopeDescriptor.everything(position)),
                ImmutableList.of(),
                ImmutableList.of(),
                Validity.ALWAYS,
                Optional.empty(),
                position);
        return new AppliedRule(rule, Audience.ALL_BUT_STEWARDS, effect);
    }
}
