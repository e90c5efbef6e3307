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
package org.trinomesh.query.generated;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What a generated value comes from, as the generator knows it from how it wrote the query.
 *
 * @param unchanged the secrets of which it may be a value, as it is
 * @param computed those that it is computed from
 */
public record TrackedOrigin(Set<Secret> unchanged, Set<Secret> computed)
{
    static final TrackedOrigin NONE = new TrackedOrigin(ImmutableSet.of(), ImmutableSet.of());

    public TrackedOrigin
    {
        unchanged = ImmutableSet.copyOf(requireNonNull(unchanged, "unchanged is null"));
        computed = ImmutableSet.copyOf(requireNonNull(computed, "computed is null"));
    }

    static TrackedOrigin of(Secret secret)
    {
        return new TrackedOrigin(ImmutableSet.of(secret), ImmutableSet.of());
    }

    TrackedOrigin and(TrackedOrigin other)
    {
        return new TrackedOrigin(Sets.union(unchanged, other.unchanged), Sets.union(computed, other.computed));
    }

    /**
     * Of what is computed from it.
     */
    TrackedOrigin asComputed()
    {
        return new TrackedOrigin(ImmutableSet.of(), Sets.union(unchanged, computed));
    }

    /**
     * Of what the queries of a domain find in a column of this origin, which has masks of its own where the domain does not see it
     * clear.
     */
    TrackedOrigin asSeenBy(String domain)
    {
        return new TrackedOrigin(
                unchanged.stream().filter(secret -> secret.clearTo().contains(domain)).collect(toImmutableSet()),
                computed);
    }

    boolean isNone()
    {
        return unchanged.isEmpty() && computed.isEmpty();
    }
}
