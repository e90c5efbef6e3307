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
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.Rule.Effect;

import java.util.List;
import java.util.Optional;

/**
 * Finds rules of a lower level that could only loosen a rule of a higher level: rules that show more, and only to people to
 * whom the higher rule applies.
 */
final class Loosening
{
    private Loosening() {}

    /**
     * @return the rule that would be loosened
     */
    static Optional<AppliedRule> of(AppliedRule rule, List<AppliedRule> others)
    {
        return others.stream()
                .filter(other -> other.rule().level().compareTo(rule.rule().level()) < 0)
                .filter(other -> isStricter(other.effect(), rule.effect()))
                .filter(other -> other.audience().covers(rule.audience()))
                .filter(other -> other.rule().validity().covers(rule.rule().validity()))
                .findFirst();
    }

    private static boolean isStricter(Effect than, Effect effect)
    {
        if (effect instanceof Effect.HideColumns) {
            return false;
        }
        if (than instanceof Effect.HideColumns) {
            return true;
        }
        return than instanceof Effect.MaskColumns(Mask stricter) &&
                effect instanceof Effect.MaskColumns(Mask mask) &&
                !stricter.equals(mask) &&
                Masks.combine(stricter, mask).equals(stricter) &&
                stricter.strictness() > mask.strictness();
    }
}
