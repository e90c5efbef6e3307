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
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.query.ColumnOrigin.SourceColumn;
import org.trinomesh.query.Comparisons;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The columns by which a query joins its sources, and of which the requester does not see the values. The engine shows values of joined
 * columns to whoever runs a statement, in {@code EXPLAIN ANALYZE} and in what it tells of the statement, unless they are concealed.
 *
 * @param all whether it is not known which columns are compared, so that all are concealed
 */
public record ConcealedColumns(boolean all, Set<SourceColumn> columns)
{
    public static final ConcealedColumns NONE = new ConcealedColumns(false, ImmutableSet.of());

    private static final ConcealedColumns ALL = new ConcealedColumns(true, ImmutableSet.of());

    public ConcealedColumns
    {
        columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
    }

    static ConcealedColumns of(GovernedMesh mesh, MeshTable table)
    {
        return mesh.mesh().origins().comparisons(table.product(), table.table())
                .map(comparisons -> of(mesh, table, comparisons))
                .orElse(ALL);
    }

    private static ConcealedColumns of(GovernedMesh mesh, MeshTable table, Comparisons comparisons)
    {
        if (comparisons.all().isEmpty()) {
            return NONE;
        }
        Optional<TableAccess> access = mesh.access(table);
        Set<SourceColumn> promised = shown(table, comparisons, _ -> true);
        Set<SourceColumn> clear = shown(table, comparisons, column -> isClear(access, column));
        return new ConcealedColumns(false, comparisons.concealed(
                column -> clear.contains(column) || isClear(mesh, column),
                // No rule is about what another catalog has and the product does not promise
                column -> isForeign(column) && !promised.contains(column)));
    }

    private static Set<SourceColumn> shown(MeshTable table, Comparisons comparisons, Predicate<Column> which)
    {
        return table.table().columns().stream()
                .filter(which)
                .flatMap(column -> comparisons.shown().getOrDefault(column.name().toLowerCase(ENGLISH), ImmutableSet.of()).stream())
                .collect(toImmutableSet());
    }

    private static boolean isClear(GovernedMesh mesh, SourceColumn column)
    {
        return mesh.mesh().table(column.table().domain(), column.table().table())
                .filter(source -> source.table().columns().stream()
                        .filter(promised -> promised.name().equalsIgnoreCase(column.column()))
                        .anyMatch(promised -> isClear(mesh.access(source), promised)))
                .isPresent();
    }

    private static boolean isClear(Optional<TableAccess> access, Column column)
    {
        return access.filter(table -> table.rows().isEmpty())
                .flatMap(table -> table.column(column.name()))
                .filter(ColumnAccess.Clear.class::isInstance)
                .isPresent();
    }

    private static boolean isForeign(SourceColumn column)
    {
        return SqlQuery.catalogTable(column.table().domain(), column.table().table()).isPresent();
    }

    /**
     * What neither of two requesters may learn.
     */
    public ConcealedColumns and(ConcealedColumns other)
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
