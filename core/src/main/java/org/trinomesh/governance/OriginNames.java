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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.registry.QueryOrigins.Origin;

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The columns that a column of a query comes from, as the query names them: {@code sales.customers.email}.
 *
 * @param shown those of them whose values it shows
 */
record OriginNames(Set<String> all, Set<String> shown)
{
    OriginNames
    {
        all = ImmutableSet.copyOf(requireNonNull(all, "all is null"));
        shown = ImmutableSet.copyOf(requireNonNull(shown, "shown is null"));
    }

    static OriginNames of(List<Origin> all, List<Origin> shown)
    {
        return new OriginNames(names(all), names(shown));
    }

    private static Set<String> names(List<Origin> origins)
    {
        return origins.stream().map(OriginNames::name).collect(toImmutableSet());
    }

    static String name(Origin origin)
    {
        return origin.table().schema() + "." + origin.table().name() + "." + origin.column().name();
    }
}
