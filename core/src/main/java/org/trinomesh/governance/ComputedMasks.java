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

import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.ColumnClassifier;
import org.trinomesh.policy.ColumnWords;
import org.trinomesh.policy.MaskFitter;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.Column;

import static java.util.Objects.requireNonNull;

/**
 * What rules do to a column whose values a query makes of those of others. A mask that keeps a part of a value was written for the
 * value as it is published: of another value it may keep what it hides there, such as the name before the sign of
 * {@code replace(email, '@', '.')}. Such a mask becomes NULL, unless the rule means the column by its own name.
 */
final class ComputedMasks
{
    private final Column column;
    private final ColumnAttributes named;
    private final ColumnAttributes inherited;

    /**
     * @param altered words of the columns of which it has other values
     */
    ComputedMasks(Column column, ColumnWords altered, ColumnClassifier classifier)
    {
        this.column = requireNonNull(column, "column is null");
        this.named = classifier.attributes(column, ColumnWords.NONE);
        this.inherited = classifier.attributes(column, altered);
    }

    /**
     * @param effect of the rule on the column
     */
    Effect fitted(Rule rule, Effect effect, MaskFitter fitter)
    {
        boolean byInheritance = fitter.effect(rule, named, column.fields()).isEmpty() && fitter.effect(rule, inherited, column.fields()).isPresent();
        return byInheritance ? fitted(effect) : effect;
    }

    static Effect fitted(Effect effect)
    {
        return effect instanceof Effect.MaskColumns(Mask mask) && Masks.showsPart(mask) ? new Effect.MaskColumns(new Mask.Null()) : effect;
    }
}
