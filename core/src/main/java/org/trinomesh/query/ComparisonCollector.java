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
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.CallArgument;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GroupingElement;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.Predicated;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.Table;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.query.ColumnOrigin.SourceColumn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

/**
 * Collects the comparisons of a query while its lineage is computed. It rather takes too much for a comparison than too little.
 */
final class ComparisonCollector
{
    // From a column to another of its group, and to itself from the one that stands for the group
    private final Map<SourceColumn, SourceColumn> groups = new LinkedHashMap<>();

    /**
     * The columns that are compared with each other, through others too.
     */
    Set<Set<SourceColumn>> groups()
    {
        return ImmutableSet.copyOf(groups.keySet().stream().collect(groupingBy(this::group, mapping(column -> column, toSet()))).values());
    }

    /**
     * @param expressions over the columns of its FROM
     */
    void add(QuerySpecification query, ExpressionOrigins expressions)
    {
        // A computed column may become a condition, when the reader writes one about it
        add((Node) query.getSelect(), expressions);
        query.getWhere().ifPresent(condition -> add(condition, expressions));
        query.getHaving().ifPresent(condition -> add(condition, expressions));
        // They may name columns of the result as well
        requireNoSubquery(query.getGroupBy());
        requireNoSubquery(query.getOrderBy());
        query.getWindows().forEach(window -> requireNoSubquery(Optional.of(window)));
        if (isDivisible(query)) {
            query.getSelect().getSelectItems().stream().filter(item -> !hasDistinct(item)).forEach(item -> addGroups(item, expressions));
            query.getGroupBy().ifPresent(groups -> addGroups(groups, expressions));
        }
    }

    /**
     * Whether a query compares columns at all.
     */
    static boolean compares(Node query)
    {
        return QueryNodes.all(query, Table.class).limit(2).count() == 2 ||
                (QueryNodes.all(query, Table.class).anyMatch(ComparisonCollector::isForeign) && QueryNodes.all(query, QuerySpecification.class).anyMatch(ComparisonCollector::isDivisible));
    }

    /**
     * Whether the engine may aggregate in several parts, one for each DISTINCT, and join these by what the query groups by.
     */
    private static boolean isDivisible(QuerySpecification query)
    {
        return query.getGroupBy().isPresent() && QueryNodes.all(query, FunctionCall.class).filter(FunctionCall::isDistinct).limit(2).count() == 2;
    }

    private static boolean isForeign(Table table)
    {
        List<String> parts = table.getName().getParts();
        return SqlQuery.catalogTable(parts.getFirst(), parts.getLast()).isPresent();
    }

    private static boolean hasDistinct(Node node)
    {
        return QueryNodes.all(node, FunctionCall.class).anyMatch(FunctionCall::isDistinct);
    }

    /**
     * What a query groups by; a number stands for one of the columns that it selects.
     */
    private void addGroups(Node node, ExpressionOrigins expressions)
    {
        switch (node) {
            case AllColumns _ -> throw new UnknownOriginException();
            // Tables of the mesh allow no such division
            case Expression expression -> Optional.of(expressions.of(expression)).filter(ColumnOrigin::isForeign).ifPresent(this::addGroup);
            case GroupingElement element -> element.getExpressions().forEach(child -> addGroups(child, expressions));
            default -> node.getChildren().forEach(child -> addGroups(child, expressions));
        }
    }

    static void requireNoSubquery(Optional<? extends Node> node)
    {
        if (node.filter(ComparisonCollector::hasQuery).isPresent()) {
            throw new UnknownOriginException();
        }
    }

    private static boolean hasQuery(Node node)
    {
        return QueryNodes.all(node).anyMatch(Query.class::isInstance);
    }

    /**
     * @param node an expression, or a part of it
     */
    void add(Node node, ExpressionOrigins expressions)
    {
        switch (node) {
            // Adds its own while its origin is computed
            case Query query -> expressions.of(query);
            // Names its own parameters, and is no condition of a join
            case LambdaExpression _ -> {}
            default -> {
                if (isComparison(node)) {
                    addGroup(expressions.of(node));
                }
                node.getChildren().forEach(child -> add(child, expressions));
            }
        }
    }

    /**
     * Whether it is a condition about several things, and not about one column and constants.
     */
    private static boolean isComparison(Node node)
    {
        return switch (node) {
            case Predicated _, ExistsPredicate _, SimpleCaseExpression _, NullIfExpression _ -> names(node).limit(2).count() == 2 || hasQuery(node);
            default -> false;
        };
    }

    private static Stream<Node> names(Node node)
    {
        return switch (node) {
            case Identifier _, DereferenceExpression _ -> Stream.of(node);
            case LambdaExpression _, DataType _ -> Stream.empty();
            case CallArgument argument -> names(argument.getValue());
            default -> node.getChildren().stream().flatMap(ComparisonCollector::names);
        };
    }

    void addGroup(ColumnOrigin compared)
    {
        compared.sources().stream().reduce((first, second) -> {
            groups.put(group(first), group(second));
            return second;
        }).ifPresent(this::group);
    }

    /**
     * The column that stands for the group of a column.
     */
    private SourceColumn group(SourceColumn column)
    {
        SourceColumn group = column;
        for (SourceColumn next = groups.computeIfAbsent(group, _ -> column); !next.equals(group); next = groups.get(group)) {
            group = next;
        }
        // So that the way is shorter the next time
        groups.put(column, group);
        return group;
    }
}
