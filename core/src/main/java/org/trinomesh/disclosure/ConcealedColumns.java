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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.product.TableId;
import org.trinomesh.query.ColumnOrigin.SourceColumn;
import org.trinomesh.query.Comparisons;
import org.trinomesh.registry.Mesh;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The columns by which a query joins its sources, and of which a requester does not see all values. The engine shows values of joined
 * columns to whoever runs a statement, in {@code EXPLAIN ANALYZE} and in what it tells of the statement, unless they are concealed.
 *
 * @param all whether it is not known which columns are compared, so that all are concealed
 */
public record ConcealedColumns(boolean all, Set<SourceColumn> columns)
{
    private static final ConcealedColumns ALL = new ConcealedColumns(true, ImmutableSet.of());

    public ConcealedColumns
    {
        columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
    }

    /**
     * For somebody of whom it is not known what they see.
     */
    public static ConcealedColumns fromEverybody(Mesh mesh, MeshTable table)
    {
        return of(mesh, table, _ -> true);
    }

    /**
     * A column that the product shows tells values of the rows that the query has, and the engine those of all rows that it joins. So it
     * matters what the requester sees of the source.
     */
    static ConcealedColumns of(GovernedMesh requester, MeshTable table)
    {
        Map<TableId, Optional<TableAccess>> accesses = new HashMap<>();
        Predicate<SourceColumn> seen = column -> requester.mesh().origins().source(table.product(), table.table(), column)
                .filter(source -> isClear(accesses.computeIfAbsent(source.table().id(), _ -> requester.access(source.table())), source.column()))
                .isPresent();
        Predicate<SourceColumn> kept = requester.mesh().origins().comparisons(table.product(), table.table())
                .map(comparisons -> notClear(comparisons, table, requester.access(table)))
                .orElse(_ -> true);
        return of(requester.mesh(), table, group -> !group.stream().allMatch(seen) && !group.stream().allMatch(column -> column.isForeign() && !kept.test(column)));
    }

    private static ConcealedColumns of(Mesh mesh, MeshTable table, Predicate<Set<SourceColumn>> concealed)
    {
        return mesh.origins().comparisons(table.product(), table.table())
                .map(comparisons -> new ConcealedColumns(false, comparisons.groups().stream().filter(concealed).flatMap(Set::stream).collect(toImmutableSet())))
                .orElse(ALL);
    }

    private static boolean isClear(Optional<TableAccess> access, Column column)
    {
        return access.filter(table -> table.rows().isEmpty())
                .flatMap(table -> table.column(column.name()))
                .filter(ColumnAccess.Clear.class::isInstance)
                .isPresent();
    }

    /**
     * No rule is about what another catalog has, unless a column of the product depends on it.
     */
    private static Predicate<SourceColumn> notClear(Comparisons comparisons, MeshTable table, Optional<TableAccess> access)
    {
        Set<SourceColumn> kept = table.table().columns().stream()
                .filter(column -> !isClear(access, column))
                .flatMap(column -> comparisons.sources(column.name().toLowerCase(ENGLISH)).stream())
                .collect(toImmutableSet());
        return kept::contains;
    }

    /**
     * What is concealed from at least one of two requesters.
     */
    public ConcealedColumns union(ConcealedColumns other)
    {
        return new ConcealedColumns(all || other.all, ImmutableSet.<SourceColumn>builder().addAll(columns).addAll(other.columns).build());
    }

    /**
     * @param column in lower case
     */
    public boolean contains(Source table, String column)
    {
        return all || columns.contains(new SourceColumn(table, column));
    }
}
