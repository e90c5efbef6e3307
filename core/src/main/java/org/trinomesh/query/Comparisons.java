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

import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.Maps.transformValues;
import static java.util.Objects.requireNonNull;

/**
 * Which columns of its sources a query compares with each other: as keys of a join, with a subquery, or in any other condition. The engine
 * may filter one side by the values of the other while the query runs. A source may be a table of another catalog, by the schema in which
 * the mesh shows it.
 *
 * @param groups the columns that are compared with each other, through others too, because the engine concludes further comparisons. A
 *         column that is compared with something that is no column of a source is in a group as well.
 * @param sources the columns that a column of the query depends on, by its name
 */
public record Comparisons(Set<Set<SourceColumn>> groups, Map<String, Set<SourceColumn>> sources)
{
    static final Comparisons NONE = new Comparisons(ImmutableSet.of(), ImmutableMap.of());

    public Comparisons
    {
        groups = requireNonNull(groups, "groups is null").stream().map(ImmutableSet::copyOf).collect(toImmutableSet());
        sources = ImmutableMap.copyOf(transformValues(requireNonNull(sources, "sources is null"), ImmutableSet::copyOf));
    }

    /**
     * The columns that a promised column may depend on.
     *
     * @param column in lower case
     */
    public Set<SourceColumn> sources(String column)
    {
        // Of a table of which it is not known which columns it has, it may be the one of this name
        return sources.getOrDefault(column, sources.getOrDefault(QueryLineage.ANY_COLUMN, ImmutableSet.of())).stream()
                .map(source -> source.called(column))
                .collect(toImmutableSet());
    }
}
