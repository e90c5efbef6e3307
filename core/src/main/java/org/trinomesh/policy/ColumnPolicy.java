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
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.Masks;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.product.Principal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The rules about one column, for all audiences.
 *
 * @param fields the attributes of every field inside it, at any depth
 * @param rules masks and hidings, the strictest first
 * @param declassified the rule that keeps a column of a query from inheriting
 * @param declassifiedByMesh whether the whole mesh declassifies it, or all that it comes from: then its name alone does not make it data about persons
 * @param maskedBefore whether a query reads all that it is made of masked, so that nobody sees it as it is
 */
public record ColumnPolicy(ColumnAttributes column, List<ColumnAttributes> fields, List<AppliedRule> rules, Optional<Rule> declassified, boolean declassifiedByMesh, boolean maskedBefore)
{
    private static final ColumnAccess CLEAR = new ColumnAccess.Clear();

    public ColumnPolicy
    {
        requireNonNull(column, "column is null");
        fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
        rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        requireNonNull(declassified, "declassified is null");
    }

    ColumnAccess decide(Set<Principal> matched, boolean steward, Instant now)
    {
        Optional<AppliedRule> strictest = Optional.empty();
        Mask mask = new Mask.Clear();
        for (AppliedRule rule : rules) {
            if (!rule.appliesTo(matched, steward, now)) {
                continue;
            }
            switch (rule.effect()) {
                case Effect.HideColumns _ -> {
                    return new ColumnAccess.Hidden(rule.reason());
                }
                case Effect.MaskColumns(Mask next) -> {
                    Mask combined = Masks.combine(mask, next);
                    if (!combined.equals(mask)) {
                        strictest = Optional.of(strictest.filter(_ -> !combined.equals(next)).orElse(rule));
                        mask = combined;
                    }
                }
                case Effect effect -> throw new IllegalStateException("Not about a column: " + effect);
            }
        }
        Mask decided = mask;
        return strictest.map(rule -> (ColumnAccess) new ColumnAccess.Masked(decided, rule.reason())).orElse(CLEAR);
    }
}
