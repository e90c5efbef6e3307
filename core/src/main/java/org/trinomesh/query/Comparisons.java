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
package org.trinomesh.query;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.query.ColumnOrigin.SourceColumn;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.Maps.transformValues;
import static java.util.Objects.requireNonNull;

/**
 * What a query compares, and what it shows. A source may be a table of another catalog, by the schema in which the mesh shows it.
 *
 * @param shown the columns that a column of the query shows as they are, by its name
 */
public record Comparisons(Set<Comparison> all, Map<String, Set<SourceColumn>> shown)
{
    public Comparisons
    {
        all = ImmutableSet.copyOf(requireNonNull(all, "all is null"));
        shown = ImmutableMap.copyOf(transformValues(requireNonNull(shown, "shown is null"), ImmutableSet::copyOf));
    }

    /**
     * The columns whose values must not be shown to somebody, because the other side of a comparison has values that this somebody does not
     * know, or because of what the engine concludes from several comparisons.
     *
     * @param known whether somebody knows the values of a column
     * @param open whether its values may be shown all the same
     */
    public Set<SourceColumn> concealed(Predicate<SourceColumn> known, Predicate<SourceColumn> open)
    {
        Set<SourceColumn> seen = withEqual(known);
        Set<SourceColumn> concealed = new HashSet<>();
        all.stream()
                .filter(comparison -> !comparison.columns().stream().allMatch(column -> seen.contains(column) || open.test(column)))
                .forEach(comparison -> concealed.addAll(comparison.columns()));
        return connected(concealed, all);
    }

    /**
     * Columns that equal a known one have the same values, in all rows that match.
     */
    private Set<SourceColumn> withEqual(Predicate<SourceColumn> known)
    {
        Set<SourceColumn> seen = new HashSet<>();
        all.forEach(comparison -> comparison.columns().stream().filter(known).forEach(seen::add));
        return connected(seen, all.stream().filter(Comparison::equal).collect(toImmutableSet()));
    }

    /**
     * @return the columns, and those that comparisons connect with them, through others too
     */
    private static Set<SourceColumn> connected(Set<SourceColumn> columns, Set<Comparison> comparisons)
    {
        Set<SourceColumn> connected = new HashSet<>(columns);
        boolean more = true;
        while (more) {
            more = false;
            for (Comparison comparison : comparisons) {
                if (comparison.columns().stream().anyMatch(connected::contains)) {
                    more |= connected.addAll(comparison.columns());
                }
            }
        }
        return connected;
    }
}
