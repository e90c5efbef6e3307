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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.query.DetachedQuery;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.cli.EngineRefusedException.CATALOG_NOT_FOUND;
import static org.trinomesh.cli.EngineRefusedException.PERMISSION_DENIED;
import static org.trinomesh.cli.EngineRefusedException.SCHEMA_NOT_FOUND;
import static org.trinomesh.cli.EngineRefusedException.TABLE_NOT_FOUND;

/**
 * Finds the tables of other catalogs that queries read, as the users as whom Trino reads them.
 */
final class CatalogTables
        implements AutoCloseable
{
    private final ValidatingEngine caller;
    private final String meshCatalog;
    private final Consumer<String> notes;
    private final Map<String, Optional<ValidatingEngine>> users = new HashMap<>();
    private final Map<TableOfUser, Map<String, String>> known = new HashMap<>();

    private record TableOfUser(TrinoTable table, String user) {}

    /**
     * @param caller asks where the server does not let it ask as the user of a grant
     * @param notes gets what people should know of that
     */
    CatalogTables(ValidatingEngine caller, String meshCatalog, Consumer<String> notes)
    {
        this.caller = requireNonNull(caller, "caller is null");
        this.meshCatalog = requireNonNull(meshCatalog, "meshCatalog is null");
        this.notes = requireNonNull(notes, "notes is null");
    }

    /**
     * The columns of the tables that a query reads, with their types as SQL writes them.
     *
     * @param problems gets what is wrong with a table
     * @throws SQLException when the server does not answer
     */
    Map<TrinoTable, Map<String, String>> of(DataProduct product, ProductTable table, SqlQuery query, Problems problems)
            throws SQLException
    {
        ImmutableMap.Builder<TrinoTable, Map<String, String>> tables = ImmutableMap.builder();
        for (Map.Entry<TrinoTable, String> read : query.catalogTables().entrySet()) {
            Position position = DetachedQuery.position(query, read.getKey());
            if (read.getKey().catalog().equals(meshCatalog)) {
                problems.error(position, "the query of '%s' reads %s, which is a table of the mesh itself".formatted(product.qualifiedName(), read.getKey()), "write domain.product, without the catalog");
                continue;
            }
            try {
                Map<String, String> columns = columns(read.getKey(), read.getValue());
                tables.put(read.getKey(), columns);
                if (!query.tableColumns().isEmpty()) {
                    problems.addAll(missing(table.columns(), read.getKey(), columns.keySet()));
                }
            }
            catch (EngineRefusedException e) {
                problems.add(unreadable("the query of '%s' reads %s, which".formatted(product.qualifiedName(), read.getKey()), position, read.getValue(), e));
            }
        }
        return tables.buildOrThrow();
    }

    private Map<String, String> columns(TrinoTable table, String user)
            throws EngineRefusedException, SQLException
    {
        TableOfUser key = new TableOfUser(table, user);
        Map<String, String> columns = known.get(key);
        if (columns == null) {
            columns = engine(user).orElse(caller).columns(table.catalog(), table.schema(), table.table());
            known.put(key, columns);
        }
        return columns;
    }

    private Optional<ValidatingEngine> engine(String user)
            throws SQLException
    {
        if (!users.containsKey(user)) {
            Optional<ValidatingEngine> engine = caller.as(user);
            if (engine.isEmpty()) {
                notes.accept("'%s' may not impersonate '%s', as whom Trino reads tables of other catalogs; they are looked up as '%1$s'".formatted(caller.user(), user));
            }
            users.put(user, engine);
        }
        return users.get(user);
    }

    private Problem unreadable(String table, Position position, String user, EngineRefusedException e)
    {
        boolean asUser = users.getOrDefault(user, Optional.empty()).isPresent();
        return switch (e.code()) {
            case CATALOG_NOT_FOUND, SCHEMA_NOT_FOUND, TABLE_NOT_FOUND -> Problem.error(position, "%s the server does not have: %s".formatted(table, e.getMessage()), "correct the name");
            case PERMISSION_DENIED -> Problem.error(
                    position,
                    "%s '%s' may not read: %s".formatted(table, asUser ? user : caller.user(), e.getMessage()),
                    asUser
                            ? "ask the platform to let '%s', as whom Trino reads the table, select from it".formatted(user)
                            : "choose a --user who may read the table, or impersonate '%s', as whom Trino reads it".formatted(user));
            default -> Problem.error(position, "%s the server cannot read: %s".formatted(table, e.getMessage()), "run the command again, or ask who operates the catalog");
        };
    }

    /**
     * Of a port that publishes the table itself.
     */
    private static List<Problem> missing(List<Column> promised, TrinoTable table, Set<String> found)
    {
        Set<String> names = found.stream().map(name -> name.toLowerCase(ENGLISH)).collect(toImmutableSet());
        return promised.stream()
                .filter(column -> !names.contains(physicalName(column).toLowerCase(ENGLISH)))
                .map(column -> Problem.error(
                        column.position(),
                        "column '%s' is promised, and %s has no column '%s'; so nobody can read the product".formatted(column.name(), table, physicalName(column)),
                        "write physicalName: with one that it has (%s), or remove the column from the promise".formatted(String.join(", ", found))))
                .collect(toImmutableList());
    }

    private static String physicalName(Column column)
    {
        return column.details().physicalName().orElse(column.name());
    }

    @Override
    public void close()
            throws SQLException
    {
        for (Optional<ValidatingEngine> engine : ImmutableList.copyOf(users.values())) {
            if (engine.isPresent()) {
                engine.get().close();
            }
        }
    }
}
