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
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Relation;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.WindowOperation;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.query.ExpressionOrigins.lowerCase;

/**
 * A query that makes each of its rows of one row of one table: {@code SELECT ... FROM table WHERE ...}, without anything that looks at
 * other rows. Whether rows are left out of the table or of the result makes no difference to such a query.
 *
 * @param columns by the name of a column of the query, that of the table, as far as the query has it as it is; all in lower case
 */
public record SingleScan(Source table, Map<String, String> columns)
{
    private static final SqlParser PARSER = new SqlParser();

    public SingleScan
    {
        requireNonNull(table, "table is null");
        columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
    }

    /**
     * @param columns the columns of a data product, in lower case; empty for one that is not there
     * @return empty for every other query
     */
    public static Optional<SingleScan> of(SqlQuery query, Function<Source, Optional<List<String>>> columns)
    {
        try {
            Query parsed = (Query) PARSER.createStatement(query.sql());
            if (parsed.getWith().isPresent() || parsed.getOffset().isPresent() || parsed.getLimit().isPresent() || !(parsed.getQueryBody() instanceof QuerySpecification specification) || !isRowByRow(specification)) {
                return Optional.empty();
            }
            return specification.getFrom().flatMap(from -> scanned(specification, from, columns));
        }
        // Also for what the parser of a later version may put into its trees
        catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    private static boolean isRowByRow(QuerySpecification query)
    {
        return !query.getSelect().isDistinct() &&
                query.getGroupBy().isEmpty() &&
                query.getHaving().isEmpty() &&
                query.getWindows().isEmpty() &&
                query.getOffset().isEmpty() &&
                query.getLimit().isEmpty() &&
                QueryNodes.all(query).noneMatch(part -> switch (part) {
                    case Query _, SubqueryExpression _, WindowOperation _ -> true;
                    case FunctionCall call -> call.getWindow().isPresent();
                    default -> false;
                });
    }

    private static Optional<SingleScan> scanned(QuerySpecification query, Relation from, Function<Source, Optional<List<String>>> columns)
    {
        return switch (from) {
            case Table table -> scanned(query, table, table.getName().getSuffix(), columns);
            // The parser gives null for an alias without names of columns
            case AliasedRelation aliased when aliased.getRelation() instanceof Table table && aliased.getColumnNames() == null -> scanned(query, table, lowerCase(aliased.getAlias()), columns);
            default -> Optional.empty();
        };
    }

    private static Optional<SingleScan> scanned(QuerySpecification query, Table table, String alias, Function<Source, Optional<List<String>>> columns)
    {
        List<String> parts = table.getName().getParts();
        if (parts.size() != 2 || table.getQueryPeriod().isPresent() || table.getBranch().isPresent() || SqlQuery.catalogTable(parts.getFirst(), parts.getLast()).isPresent()) {
            return Optional.empty();
        }
        Source source = new Source(parts.getFirst(), parts.getLast());
        return columns.apply(source)
                .map(names -> unchanged(query.getSelect().getSelectItems(), alias, names))
                // Only beside a column as it is does a query certainly not aggregate: the engine refuses that without GROUP BY
                .filter(unchanged -> !unchanged.isEmpty())
                .map(unchanged -> new SingleScan(source, unchanged));
    }

    private static Map<String, String> unchanged(List<SelectItem> items, String alias, List<String> names)
    {
        Map<String, String> unchanged = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        Set<String> known = new HashSet<>();
        for (SelectItem item : items) {
            Map<String, Optional<String>> columns = switch (item) {
                case AllColumns all when all.getAliases().isEmpty() && all.getTarget().filter(target -> !(target instanceof Identifier relation && lowerCase(relation).equals(alias))).isEmpty() -> names.stream().collect(toImmutableMap(name -> name, Optional::of));
                case SingleColumn column -> named(column, column(column.getExpression(), alias, names));
                default -> throw new UnknownOriginException();
            };
            columns.forEach((name, column) -> {
                if (!known.add(name)) {
                    ambiguous.add(name);
                }
                column.ifPresent(found -> unchanged.put(name, found));
            });
        }
        unchanged.keySet().removeAll(ambiguous);
        return unchanged;
    }

    private static Map<String, Optional<String>> named(SingleColumn column, Optional<String> source)
    {
        return column.getAlias().map(ExpressionOrigins::lowerCase).or(() -> source).map(name -> ImmutableMap.of(name, source)).orElse(ImmutableMap.of());
    }

    /**
     * The column of the table that an expression is.
     */
    private static Optional<String> column(Expression expression, String alias, List<String> names)
    {
        return switch (expression) {
            case Identifier name -> Optional.of(lowerCase(name)).filter(names::contains);
            // Of a column with the name of the table, it would be a field
            case DereferenceExpression dereference when dereference.getBase() instanceof Identifier relation && lowerCase(relation).equals(alias) && !names.contains(alias) -> dereference.getField().map(ExpressionOrigins::lowerCase).filter(names::contains);
            default -> Optional.empty();
        };
    }
}
