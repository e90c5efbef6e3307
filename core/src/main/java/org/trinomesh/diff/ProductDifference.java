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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.trinomesh.policy.EndedRule;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Everything that changed about one product, for each viewer who is affected.
 *
 * @param version as it is after, or was before it vanished
 * @param name the qualified name, with the major version where there are several
 * @param changes by the name of the viewer
 */
public record ProductDifference(ProductId product, SemanticVersion version, String name, Presence presence, Map<String, List<AccessChange>> changes)
{
    public enum Presence
    {
        APPEARS,
        VANISHES,
        STAYS;

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public ProductDifference
    {
        requireNonNull(product, "product is null");
        requireNonNull(version, "version is null");
        requireNonNull(name, "name is null");
        requireNonNull(presence, "presence is null");
        changes = ImmutableMap.copyOf(Maps.transformValues(requireNonNull(changes, "changes is null"), List::copyOf));
    }

    boolean isEmpty()
    {
        return presence == Presence.STAYS && changes.isEmpty();
    }

    /**
     * Whether the end of the rule is already reported as a gain.
     */
    boolean tells(EndedRule rule)
    {
        return product.equals(rule.product()) && changes.values().stream()
                .flatMap(List::stream)
                .anyMatch(change -> change.effect().isGain() && (rule.column().isEmpty() || change.column().isEmpty() || change.column().equals(rule.column())));
    }

    /**
     * This difference without the changes that another comparison of the product contains.
     */
    ProductDifference since(ProductDifference earlier)
    {
        ImmutableMap.Builder<String, List<AccessChange>> more = ImmutableMap.builder();
        changes.forEach((viewer, seen) -> {
            List<AccessChange> told = earlier.changes.getOrDefault(viewer, ImmutableList.of());
            List<AccessChange> untold = seen.stream().filter(change -> !told.contains(change)).collect(toImmutableList());
            if (!untold.isEmpty()) {
                more.put(viewer, untold);
            }
        });
        return new ProductDifference(product, version, name, presence, more.buildOrThrow());
    }
}
