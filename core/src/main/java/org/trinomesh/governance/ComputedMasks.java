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
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnClassifier;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.MaskFitter;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.RuleName;
import org.trinomesh.product.Column;

import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * What rules do to a column whose values a query makes of other values. A mask was written for the values as they are published:
 * on others it may show what it hides there, such as the name before the sign of {@code replace(email, '@', '.')}, and pseudonyms of single
 * characters could be looked up. So it becomes NULL, unless the rule means this column alone.
 */
final class ComputedMasks
{
    private final Set<RuleName> ofSources;
    private final ColumnAttributes named;
    private final ColumnAttributes inherited;

    /**
     * @param whole what the column inherits
     */
    ComputedMasks(Column column, Inherited whole, ColumnClassifier classifier)
    {
        this.ofSources = whole.alteredRules().stream().map(rule -> rule.rule().rule().name()).collect(toImmutableSet());
        this.named = classifier.attributes(column, ColumnWords.NONE);
        this.inherited = classifier.attributes(column, whole.altered());
    }

    /**
     * @param applied what a rule does to the column as it is written
     */
    AppliedRule fitted(AppliedRule applied, MaskFitter fitter)
    {
        boolean byInheritance = ofSources.contains(applied.rule().name()) || (effect(applied, named, fitter).isEmpty() && effect(applied, inherited, fitter).isPresent());
        return byInheritance ? new AppliedRule(applied.rule(), applied.audience(), withoutValue(applied.effect())) : applied;
    }

    private static Optional<Effect> effect(AppliedRule applied, ColumnAttributes attributes, MaskFitter fitter)
    {
        return fitter.effect(applied.rule(), attributes, ImmutableList.of());
    }

    /**
     * The effect on other values than those for which a mask was written.
     */
    static Effect withoutValue(Effect effect)
    {
        return effect instanceof Effect.MaskColumns(Mask mask) && Masks.dependsOnValue(mask) ? new Effect.MaskColumns(new Mask.Null()) : effect;
    }
}
