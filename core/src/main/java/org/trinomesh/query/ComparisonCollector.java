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
import io.trino.sql.tree.ComparisonPredicate;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.Predicated;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.SimpleCaseExpression;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static io.trino.sql.tree.ComparisonPredicate.Operator.EQUAL;

/**
 * Collects the comparisons of a query while its lineage is computed. It rather takes too much for a comparison than too little.
 */
final class ComparisonCollector
{
    private final Set<Comparison> comparisons = new HashSet<>();

    Set<Comparison> found()
    {
        return ImmutableSet.copyOf(comparisons);
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
    }

    static void requireNoSubquery(Optional<? extends Node> node)
    {
        if (node.filter(ComparisonCollector::hasQuery).isPresent()) {
            throw new UnknownOriginException();
        }
    }

    static boolean hasQuery(Node node)
    {
        return node instanceof Query || node.getChildren().stream().anyMatch(ComparisonCollector::hasQuery);
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
                compare(node, expressions);
                node.getChildren().forEach(child -> add(child, expressions));
            }
        }
    }

    private void compare(Node node, ExpressionOrigins expressions)
    {
        switch (node) {
            case Predicated predicated when predicated.getPredicate() instanceof ComparisonPredicate comparison && comparison.getOperator() == EQUAL -> addEqual(expressions.of(predicated.getValue()), expressions.of(comparison.getRight()));
            case Predicated _, ExistsPredicate _, SimpleCaseExpression _, NullIfExpression _ when isComparison(node) -> addAll(expressions.of(node), false);
            default -> {}
        }
    }

    /**
     * Whether a condition is about several things, and not about one column and constants.
     */
    private static boolean isComparison(Node condition)
    {
        return hasQuery(condition) || names(condition).limit(2).count() == 2;
    }

    private static Stream<Node> names(Node node)
    {
        return switch (node) {
            case Identifier _, DereferenceExpression _ -> Stream.of(node);
            case LambdaExpression _ -> Stream.empty();
            default -> node.getChildren().stream().flatMap(ComparisonCollector::names);
        };
    }

    /**
     * @param left one side; nothing is added when it, or the other side, is constant
     */
    void addEqual(ColumnOrigin left, ColumnOrigin right)
    {
        if (!left.sources().isEmpty() && !right.sources().isEmpty()) {
            addAll(left.and(right), left.single().isPresent() && right.single().isPresent());
        }
    }

    private void addAll(ColumnOrigin origin, boolean equal)
    {
        if (!origin.sources().isEmpty()) {
            comparisons.add(new Comparison(origin.sources(), equal));
        }
    }
}
