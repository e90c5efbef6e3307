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

import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.product.Principal;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * A rule as it is applied to one product, or to one column of it.
 *
 * @param audience with the members of domains named
 * @param effect with the mask as it fits the column
 */
public record AppliedRule(Rule rule, Audience audience, Rule.Effect effect)
{
    /**
     * The stricter effect first, then the rule of the higher level.
     */
    public static final Comparator<AppliedRule> STRICTEST_FIRST = comparing(AppliedRule::strength, Masks.STRICTEST_FIRST)
            .thenComparing(rule -> rule.rule().level())
            .thenComparing(rule -> rule.rule().name().toString());

    public AppliedRule
    {
        requireNonNull(rule, "rule is null");
        requireNonNull(audience, "audience is null");
        requireNonNull(effect, "effect is null");
    }

    private static Mask strength(AppliedRule rule)
    {
        // Hidden is stricter than any mask; the name of the order is all that is asked of it here
        return rule.effect() instanceof Rule.Effect.MaskColumns(Mask mask) ? mask : new Mask.Null();
    }

    public boolean appliesTo(Set<Principal> matched, boolean steward, Instant now)
    {
        return rule.validity().holds(now) && audience.includes(matched, steward);
    }

    Reason reason()
    {
        return Reason.of(rule);
    }
}
