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

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;

import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Where a column of a query comes from.
 *
 * @param sources the columns of data products that it is computed from
 * @param shown those of them whose values it shows, as they are or as a part of what it has, in some row at least
 * @param altered those of them of which it makes other values; a column that it counts as it is, is neither shown nor altered
 */
public record ColumnOrigin(Set<SourceColumn> sources, Set<SourceColumn> shown, Set<SourceColumn> altered)
{
    /**
     * Of what depends on no column, such as a constant.
     */
    public static final ColumnOrigin NONE = new ColumnOrigin(ImmutableSet.of(), ImmutableSet.of(), ImmutableSet.of());

    /**
     * A column of a data product that a query names.
     *
     * @param column in lower case
     */
    public record SourceColumn(Source table, String column)
    {
        public SourceColumn
        {
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }

        /**
         * Whether its table is one of another catalog.
         */
        public boolean isForeign()
        {
            return SqlQuery.catalogTable(table.domain(), table.table()).isPresent();
        }

        /**
         * The column of this name, when it stands for any column of its table.
         */
        SourceColumn called(String name)
        {
            return column.equals(QueryLineage.ANY_COLUMN) ? new SourceColumn(table, name) : this;
        }
    }

    public ColumnOrigin
    {
        sources = ImmutableSet.copyOf(requireNonNull(sources, "sources is null"));
        shown = ImmutableSet.copyOf(requireNonNull(shown, "shown is null"));
        altered = ImmutableSet.copyOf(requireNonNull(altered, "altered is null"));
        checkArgument(sources.containsAll(shown), "shown values come from no source");
        checkArgument(sources.containsAll(altered), "altered values come from no source");
    }

    static ColumnOrigin of(SourceColumn column)
    {
        return new ColumnOrigin(ImmutableSet.of(column), ImmutableSet.of(column), ImmutableSet.of());
    }

    ColumnOrigin and(ColumnOrigin other)
    {
        return new ColumnOrigin(Sets.union(sources, other.sources), Sets.union(shown, other.shown), Sets.union(altered, other.altered));
    }

    /**
     * Whether it comes from tables of other catalogs alone.
     */
    boolean isForeign()
    {
        return !sources.isEmpty() && sources.stream().allMatch(SourceColumn::isForeign);
    }

    /**
     * Of a column of a table of which it is not known which columns it has.
     */
    ColumnOrigin called(String name)
    {
        return new ColumnOrigin(
                sources.stream().map(column -> column.called(name)).collect(toImmutableSet()),
                shown.stream().map(column -> column.called(name)).collect(toImmutableSet()),
                altered.stream().map(column -> column.called(name)).collect(toImmutableSet()));
    }

    /**
     * Of what is computed from it.
     */
    ColumnOrigin computed()
    {
        return new ColumnOrigin(sources, ImmutableSet.of(), Sets.union(shown, altered));
    }

    /**
     * Of what shows its values among, or as a part of, other values.
     */
    ColumnOrigin altering()
    {
        return new ColumnOrigin(sources, shown, Sets.union(shown, altered));
    }

    /**
     * Of what tells how many values there are, or whether there is one.
     */
    ColumnOrigin counted()
    {
        return new ColumnOrigin(sources, ImmutableSet.of(), altered);
    }
}
