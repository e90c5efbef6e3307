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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Join;
import io.trino.sql.tree.JoinCriteria;
import io.trino.sql.tree.JoinUsing;
import io.trino.sql.tree.Lateral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SampledRelation;
import io.trino.sql.tree.SelectItem;
import io.trino.sql.tree.SetOperation;
import io.trino.sql.tree.SingleColumn;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableSubquery;
import io.trino.sql.tree.Unnest;
import io.trino.sql.tree.Values;
import io.trino.sql.tree.WindowDefinition;
import io.trino.sql.tree.WithQuery;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.query.ColumnOrigin.SourceColumn;
import org.trinomesh.query.QueryScope.Field;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.query.ExpressionOrigins.lowerCase;

/**
 * Computes where the columns of a query come from: which columns of which data products, and whether their values are shown as they
 * are.
 */
public final class QueryLineage
{
    /**
     * Stands for columns of which it is not known what they are called.
     */
    public static final String ANY_COLUMN = "*";

    // More come only from queries that are written to be slow
    private static final int MAX_COLUMNS = 100_000;
    private static final SqlParser PARSER = new SqlParser();

    private final String domain;
    private final Function<Source, Optional<List<String>>> columns;
    // By the names that WITH gives them where the query is
    private final Map<String, List<Field>> named;
    // Where comparisons go; empty when nobody asks for them
    private final Optional<ComparisonCollector> comparisons;

    private QueryLineage(String domain, Function<Source, Optional<List<String>>> columns, Map<String, List<Field>> named, Optional<ComparisonCollector> comparisons)
    {
        this.domain = requireNonNull(domain, "domain is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.named = ImmutableMap.copyOf(requireNonNull(named, "named is null"));
        this.comparisons = requireNonNull(comparisons, "comparisons is null");
    }

    /**
     * @param domain that publishes the query
     * @param columns the columns of a data product, in their order and in lower case; empty for one that is not there
     * @return by the names of the query's columns; empty when the query has something in it whose origin is not computed
     */
    public static Optional<Map<String, ColumnOrigin>> of(SqlQuery query, String domain, Function<Source, Optional<List<String>>> columns)
    {
        try {
            List<Field> fields = new QueryLineage(domain, columns, ImmutableMap.of(), Optional.empty()).query((Query) PARSER.createStatement(query.sql()), Optional.empty());
            Map<String, ColumnOrigin> origins = new HashMap<>();
            fields.forEach(field -> field.name().ifPresent(name -> origins.merge(name, field.origin(), ColumnOrigin::and)));
            return Optional.of(ImmutableMap.copyOf(origins));
        }
        // Also for what the parser of a later version may put into its trees: what is not known is treated most strictly
        catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    /**
     * Which columns of its sources a query compares with each other, as in joins. A source may be a table of another catalog, by the
     * schema in which the mesh shows it.
     *
     * @param domain that publishes the query
     * @param columns the columns of a data product, in their order and in lower case; empty for one that is not there
     * @return empty when the query has something in it whose origin is not computed
     */
    public static Optional<Comparisons> comparisons(SqlQuery query, String domain, Function<Source, Optional<List<String>>> columns)
    {
        ComparisonCollector collector = new ComparisonCollector();
        try {
            Query parsed = (Query) PARSER.createStatement(query.sql());
            if (!ComparisonCollector.compares(parsed)) {
                return Optional.of(Comparisons.NONE);
            }
            List<Field> fields = new QueryLineage(domain, columns, ImmutableMap.of(), Optional.of(collector)).query(parsed, Optional.empty());
            Map<String, Set<SourceColumn>> sources = new HashMap<>();
            fields.forEach(field -> field.name().ifPresent(name -> sources.merge(name, field.origin().sources(), (first, second) -> Sets.union(first, second).immutableCopy())));
            return Optional.of(new Comparisons(collector.groups(), sources));
        }
        catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    private List<Field> query(Query query, Optional<QueryScope> outer)
    {
        comparisons.ifPresent(_ -> ComparisonCollector.requireNoSubquery(query.getOrderBy()));
        if (query.getWith().isEmpty()) {
            return body(query.getQueryBody(), outer);
        }
        if (query.getWith().get().isRecursive()) {
            throw new UnknownOriginException();
        }
        QueryLineage inner = this;
        for (WithQuery with : query.getWith().get().getQueries()) {
            String name = lowerCase(with.getName());
            List<Field> fields = renamed(inner.query(with.getQuery(), outer), ImmutableList.of(name), with.getColumnNames().orElse(ImmutableList.of()));
            Map<String, List<Field>> visible = new HashMap<>(inner.named);
            visible.put(name, fields);
            inner = new QueryLineage(domain, columns, visible, comparisons);
        }
        return inner.body(query.getQueryBody(), outer);
    }

    private List<Field> body(Node body, Optional<QueryScope> outer)
    {
        return switch (body) {
            case QuerySpecification specification -> specification(specification, outer);
            case TableSubquery subquery -> query(subquery.getQuery(), outer);
            case Table table -> table(table);
            case Values values -> values(values, outer);
            case SetOperation operation when operation.getCorresponding().isEmpty() -> operation.getRelations().stream()
                    .map(relation -> body(relation, outer))
                    .reduce(QueryLineage::merged)
                    .orElseThrow();
            default -> throw new UnknownOriginException();
        };
    }

    /**
     * The columns of a set operation have the names of the first.
     */
    private static List<Field> merged(List<Field> left, List<Field> right)
    {
        if (left.size() != right.size()) {
            throw new UnknownOriginException();
        }
        checkPlaces(left);
        checkPlaces(right);
        return IntStream.range(0, left.size())
                .mapToObj(index -> new Field(ImmutableList.of(), left.get(index).name(), left.get(index).origin().and(right.get(index).origin()), false))
                .collect(toImmutableList());
    }

    private List<Field> values(Values values, Optional<QueryScope> outer)
    {
        ExpressionOrigins expressions = expressions(new QueryScope(ImmutableList.of(), outer));
        comparisons.ifPresent(collector -> collector.add(values, expressions));
        return values.getRows().stream()
                .map(row -> switch (row) {
                    case Row fields -> fields.getFields().stream().map(field -> unnamed(expressions.of(field.getExpression()))).collect(toImmutableList());
                    default -> ImmutableList.of(unnamed(expressions.of(row)));
                })
                .map(row -> (List<Field>) ImmutableList.<Field>copyOf(row))
                .reduce(QueryLineage::merged)
                .orElseThrow();
    }

    private static Field unnamed(ColumnOrigin origin)
    {
        return new Field(ImmutableList.of(), Optional.empty(), origin, false);
    }

    private static List<Field> bounded(List<Field> fields)
    {
        if (fields.size() > MAX_COLUMNS) {
            throw new UnknownOriginException();
        }
        return fields;
    }

    private List<Field> specification(QuerySpecification query, Optional<QueryScope> outer)
    {
        QueryScope scope = new QueryScope(query.getFrom().map(from -> relation(from, outer)).orElse(ImmutableList.of()), outer);
        // One for all parts: it computes a subquery once
        ExpressionOrigins expressions = expressions(scope, query.getWindows().stream().collect(toImmutableMap(window -> lowerCase(window.getName()), WindowDefinition::getWindow, (first, _) -> first)));
        comparisons.ifPresent(collector -> collector.add(query, expressions));
        return bounded(query.getSelect().getSelectItems().stream()
                .flatMap(item -> selected(item, scope, expressions))
                // One more shows that there are too many
                .limit(MAX_COLUMNS + 1L)
                .collect(toImmutableList()));
    }

    private Stream<Field> selected(SelectItem item, QueryScope scope, ExpressionOrigins expressions)
    {
        return switch (item) {
            case AllColumns all -> {
                Stream<Field> fields = all.getTarget().map(target -> scope.all(relationName(target))).orElseGet(() -> scope.fields().stream());
                yield renamed(fields.toList(), ImmutableList.of(), all.getAliases()).stream();
            }
            case SingleColumn column -> Stream.of(new Field(
                    ImmutableList.of(),
                    column.getAlias().or(() -> name(column.getExpression())).map(ExpressionOrigins::lowerCase),
                    expressions.of(column.getExpression()),
                    false));
            default -> throw new UnknownOriginException();
        };
    }

    private static Optional<Identifier> name(Expression expression)
    {
        return switch (expression) {
            case Identifier name -> Optional.of(name);
            case DereferenceExpression dereference -> dereference.getField();
            default -> Optional.empty();
        };
    }

    private static List<String> relationName(Expression target)
    {
        return switch (target) {
            case Identifier name -> ImmutableList.of(lowerCase(name));
            case DereferenceExpression dereference when dereference.getField().isPresent() -> ImmutableList.<String>builder()
                    .addAll(relationName(dereference.getBase()))
                    .add(lowerCase(dereference.getField().get()))
                    .build();
            default -> throw new UnknownOriginException();
        };
    }

    /**
     * @param outer what the query around names, with the relations to the left for one that may name them
     */
    private List<Field> relation(Node relation, Optional<QueryScope> outer)
    {
        return switch (relation) {
            case AliasedRelation aliased when aliased.getRelation() instanceof Unnest unnest -> unnested(unnest, aliased.getAlias(), names(aliased), outer);
            case AliasedRelation aliased -> renamed(relation(aliased.getRelation(), outer), ImmutableList.of(lowerCase(aliased.getAlias())), names(aliased));
            case Join join -> join(join, outer);
            case SampledRelation sampled -> relation(sampled.getRelation(), outer);
            case Lateral lateral -> query(lateral.getQuery(), outer);
            default -> body(relation, outer);
        };
    }

    private List<Field> table(Table table)
    {
        List<String> parts = table.getName().getParts();
        if (parts.size() == 1 && named.containsKey(parts.getFirst())) {
            return named.get(parts.getFirst());
        }
        if (SqlQuery.catalogTable(parts.getFirst(), parts.getLast()).isPresent()) {
            // No rule is about its columns, so that they matter in comparisons only
            return ImmutableList.of(Field.ofAnyName(parts, comparisons.isEmpty() ? ColumnOrigin.NONE : ColumnOrigin.of(new SourceColumn(new Source(parts.getFirst(), parts.getLast()), ANY_COLUMN))));
        }
        Source source = parts.size() == 1 ? new Source(domain, parts.getFirst()) : new Source(parts.get(parts.size() - 2), parts.getLast());
        return columns.apply(source).orElseThrow(UnknownOriginException::new).stream()
                .map(column -> new Field(ImmutableList.of(source.domain(), source.table()), Optional.of(column), ColumnOrigin.of(new SourceColumn(source, column)), true))
                .collect(toImmutableList());
    }

    private List<Field> join(Join join, Optional<QueryScope> outer)
    {
        List<Field> left = relation(join.getLeft(), outer);
        List<Field> right = relation(join.getRight(), isLateral(join.getRight()) ? Optional.of(new QueryScope(left, outer)) : outer);
        return switch (join.getCriteria().orElse(null)) {
            case JoinUsing using -> using(using, left, right);
            case null -> both(left, right);
            case JoinCriteria criteria -> {
                List<Field> both = both(left, right);
                comparisons.ifPresent(collector -> criteria.getNodes().forEach(node -> collector.add(node, expressions(new QueryScope(both, outer)))));
                yield both;
            }
        };
    }

    private static List<Field> both(List<Field> left, List<Field> right)
    {
        return bounded(ImmutableList.<Field>builder().addAll(left).addAll(right).build());
    }

    /**
     * Whether a relation may name the columns of what is joined before it.
     */
    private static boolean isLateral(Node relation)
    {
        return switch (relation) {
            case AliasedRelation aliased -> isLateral(aliased.getRelation());
            case Lateral _, Unnest _ -> true;
            default -> false;
        };
    }

    /**
     * The columns that are compared come once, and first.
     */
    private List<Field> using(JoinUsing using, List<Field> left, List<Field> right)
    {
        Set<String> compared = using.getColumns().stream().map(ExpressionOrigins::lowerCase).collect(toImmutableSet());
        List<Field> fields = new ArrayList<>();
        for (String name : compared) {
            ColumnOrigin ofLeft = compared(left, name);
            ColumnOrigin ofRight = compared(right, name);
            comparisons.ifPresent(collector -> collector.addGroup(ofLeft.and(ofRight)));
            fields.add(new Field(ImmutableList.of(), Optional.of(name), ofLeft.and(ofRight), false));
        }
        Stream.concat(left.stream(), right.stream())
                .filter(field -> field.name().filter(compared::contains).isEmpty())
                .forEach(fields::add);
        return ImmutableList.copyOf(fields);
    }

    private static ColumnOrigin compared(List<Field> side, String name)
    {
        return new QueryScope(side, Optional.empty()).find(ImmutableList.of(name)).orElseThrow(UnknownOriginException::new);
    }

    /**
     * What comes out of several arrays is not told apart.
     */
    private List<Field> unnested(Unnest unnest, Identifier alias, List<Identifier> names, Optional<QueryScope> outer)
    {
        // The engine names them after the fields of rows
        if (names.isEmpty()) {
            throw new UnknownOriginException();
        }
        ExpressionOrigins expressions = expressions(new QueryScope(ImmutableList.of(), outer));
        comparisons.ifPresent(collector -> unnest.getExpressions().forEach(expression -> collector.add(expression, expressions)));
        ColumnOrigin origin = unnest.getExpressions().stream().map(expressions::of).reduce(ColumnOrigin.NONE, ColumnOrigin::and);
        return names.stream()
                .map(name -> new Field(ImmutableList.of(lowerCase(alias)), Optional.of(lowerCase(name)), origin, false))
                .collect(toImmutableList());
    }

    private static List<Identifier> names(AliasedRelation aliased)
    {
        // The parser gives null for an alias without names of columns
        return Optional.ofNullable(aliased.getColumnNames()).orElse(ImmutableList.of());
    }

    private static List<Field> renamed(List<Field> fields, List<String> relation, List<Identifier> names)
    {
        if (!names.isEmpty() && names.size() != fields.size()) {
            throw new UnknownOriginException();
        }
        if (!names.isEmpty()) {
            checkPlaces(fields);
        }
        return IntStream.range(0, fields.size())
                .mapToObj(index -> fields.get(index).in(relation, names.isEmpty() ? fields.get(index).name() : Optional.of(lowerCase(names.get(index)))))
                .collect(toImmutableList());
    }

    private static void checkPlaces(List<Field> fields)
    {
        if (fields.stream().anyMatch(Field::ofTable)) {
            throw new UnknownOriginException();
        }
    }

    private ExpressionOrigins expressions(QueryScope scope)
    {
        return expressions(scope, ImmutableMap.of());
    }

    private ExpressionOrigins expressions(QueryScope scope, Map<String, Node> windows)
    {
        return new ExpressionOrigins(scope, (query, around) -> query(query, Optional.of(around)), windows);
    }
}
