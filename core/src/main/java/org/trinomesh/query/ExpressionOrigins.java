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
import com.google.common.collect.ImmutableSet;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.AtTimeZone;
import io.trino.sql.tree.CallArgument;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.DataType;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GenericDataType;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.IsNullPredicate;
import io.trino.sql.tree.JsonArray;
import io.trino.sql.tree.JsonArrayElement;
import io.trino.sql.tree.JsonObject;
import io.trino.sql.tree.JsonObjectMember;
import io.trino.sql.tree.JsonPathInvocation;
import io.trino.sql.tree.JsonPathParameter;
import io.trino.sql.tree.JsonQuery;
import io.trino.sql.tree.JsonValue;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.Predicated;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.SubscriptExpression;
import io.trino.sql.tree.TryExpression;
import io.trino.sql.tree.WhenClause;
import io.trino.sql.tree.WindowReference;
import io.trino.sql.tree.WindowSpecification;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Where the values of the expressions of one place of a query come from.
 */
final class ExpressionOrigins
{
    // Functions whose result is, or contains, values of their first argument
    private static final Set<String> SHOWING_FIRST = ImmutableSet.of(
            "any_value",
            "approx_percentile",
            "arbitrary",
            "array_agg",
            "array_distinct",
            "array_except",
            "array_first",
            "array_histogram",
            "array_join",
            "array_last",
            "array_max",
            "array_min",
            "array_remove",
            "array_sort",
            "at_timezone",
            "bool_and",
            "bool_or",
            "combinations",
            "date",
            "element_at",
            "every",
            "filter",
            "first_value",
            "flatten",
            "histogram",
            "json_array_get",
            "json_extract",
            "json_extract_scalar",
            "json_format",
            "json_parse",
            "last_value",
            "listagg",
            "map_entries",
            "map_filter",
            "map_from_entries",
            "map_keys",
            "map_union",
            "map_values",
            "max",
            "max_by",
            "min",
            "min_by",
            "multimap_from_entries",
            "ngrams",
            "nth_value",
            "numeric_histogram",
            "qdigest_agg",
            "repeat",
            "reverse",
            "sequence",
            "set_agg",
            "shuffle",
            "slice",
            "tdigest_agg",
            "transform_keys",
            "transform_values",
            "trim_array",
            "value_at_quantile",
            "values_at_quantiles",
            "with_timezone");
    private static final Set<String> SHOWING_ALL = ImmutableSet.of(
            "approx_most_frequent",
            "array_intersect",
            "array_union",
            "greatest",
            "least",
            "map",
            "map_agg",
            "map_concat",
            "map_zip_with",
            "multimap_agg",
            "zip");
    // Those of them whose result is one of the values as it is
    private static final Set<String> CHOOSING = ImmutableSet.of(
            "any_value",
            "arbitrary",
            "array_first",
            "array_last",
            "element_at",
            "first_value",
            "last_value",
            "max",
            "max_by",
            "min",
            "min_by",
            "nth_value");
    private static final Set<String> SHIFTING = ImmutableSet.of("lag", "lead");
    private static final Set<String> COUNTING = ImmutableSet.of("approx_distinct", "count");
    // Those whose result is, or contains, what their lambda expression returns
    private static final Set<String> SHOWING_LAMBDA = ImmutableSet.of("map_zip_with", "transform", "transform_keys", "transform_values", "zip_with");

    private final QueryScope scope;
    private final BiFunction<Query, QueryScope, List<QueryScope.Field>> subqueries;
    private final Map<String, ColumnOrigin> parameters;
    private final Map<String, Node> windows;
    private final Map<Node, ColumnOrigin> known = new IdentityHashMap<>();

    /**
     * @param subqueries the columns of a query inside of an expression
     * @param windows those of the query around, by their names
     */
    ExpressionOrigins(QueryScope scope, BiFunction<Query, QueryScope, List<QueryScope.Field>> subqueries, Map<String, Node> windows)
    {
        this(scope, subqueries, windows, ImmutableMap.of());
    }

    /**
     * @param parameters of the lambda expressions around the place, and what their values come from
     */
    private ExpressionOrigins(QueryScope scope, BiFunction<Query, QueryScope, List<QueryScope.Field>> subqueries, Map<String, Node> windows, Map<String, ColumnOrigin> parameters)
    {
        this.scope = requireNonNull(scope, "scope is null");
        this.subqueries = requireNonNull(subqueries, "subqueries is null");
        this.windows = ImmutableMap.copyOf(requireNonNull(windows, "windows is null"));
        this.parameters = ImmutableMap.copyOf(requireNonNull(parameters, "parameters is null"));
    }

    ColumnOrigin of(Node node)
    {
        // An expression is asked for what it shows, and for what it depends on
        ColumnOrigin before = known.get(node);
        if (before == null) {
            before = compute(node);
            known.put(node, before);
        }
        return before;
    }

    private ColumnOrigin compute(Node node)
    {
        return switch (node) {
            case Identifier name -> named(ImmutableList.of(lowerCase(name))).orElseThrow(UnknownOriginException::new);
            case DereferenceExpression dereference -> of(dereference);
            case Query query -> subqueries.apply(query, scope).stream().map(QueryScope.Field::origin).reduce(ColumnOrigin.NONE, ColumnOrigin::and);
            case Cast cast -> isText(cast.getType()) ? of(cast.getExpression()) : of(cast.getExpression()).altering();
            case TryExpression attempt -> of(attempt.getInnerExpression());
            case CoalesceExpression coalesce -> choice(coalesce.getOperands(), coalesce);
            case NullIfExpression nullIf -> isBlank(nullIf.getSecond()) ? of(nullIf.getFirst()) : choice(ImmutableList.of(nullIf.getFirst()), nullIf).altering();
            case IfExpression condition -> choice(Stream.concat(Stream.of(condition.getTrueValue()), condition.getFalseValue().stream()).collect(toImmutableList()), condition);
            case SearchedCaseExpression cases -> choice(results(cases.getWhenClauses(), cases.getDefaultValue()), cases);
            case SimpleCaseExpression cases -> choice(results(cases.getWhenClauses(), cases.getDefaultValue()), cases);
            case FunctionCall call -> of(call);
            // Only the function says what its parameters are
            case LambdaExpression _ -> throw new UnknownOriginException();
            case CallArgument argument -> of(argument.getValue());
            case SubscriptExpression subscript -> choice(ImmutableList.of(subscript.getBase()), subscript);
            case Array array -> choice(array.getValues(), array);
            case Row row -> choice(row.getFields(), row);
            case Row.Field field -> of(field.getExpression());
            case WindowReference window -> window(window.getName());
            case WindowSpecification window when window.getExistingWindowName().isPresent() -> window(window.getExistingWindowName().get())
                    .and(beside(ImmutableList.of(window.getExistingWindowName().get()), window).computed());
            case SubqueryExpression subquery -> inside(subquery);
            // Another time zone has other days
            case AtTimeZone moved -> choice(ImmutableList.of(moved.getValue()), moved).altering();
            // Like a row or an array of the values inside, or a field of such a one; but paths compute, too
            case JsonArray _, JsonArrayElement _, JsonObject _, JsonObjectMember _, JsonQuery _, JsonValue _, JsonPathInvocation _, JsonPathParameter _ -> inside(node).altering();
            case DataType _ -> ColumnOrigin.NONE;
            case Predicated predicated when predicated.getPredicate() instanceof IsNullPredicate -> of(predicated.getValue()).counted();
            case ExistsPredicate _ -> inside(node).counted();
            default -> inside(node).computed();
        };
    }

    private ColumnOrigin window(Identifier name)
    {
        return Optional.ofNullable(windows.get(lowerCase(name))).map(this::of).orElseThrow(UnknownOriginException::new).computed();
    }

    private ColumnOrigin inside(Node node)
    {
        return all(node.getChildren());
    }

    /**
     * Of an expression whose value is that of one of some expressions, and which may depend on others.
     */
    private ColumnOrigin choice(Collection<? extends Node> values, Node whole)
    {
        return all(values).and(beside(values, whole).computed());
    }

    private ColumnOrigin all(Collection<? extends Node> nodes)
    {
        return nodes.stream().map(this::of).reduce(ColumnOrigin.NONE, ColumnOrigin::and);
    }

    /**
     * Of what an expression depends on besides some of its parts.
     */
    private ColumnOrigin beside(Collection<? extends Node> parts, Node whole)
    {
        Set<Node> apart = Collections.newSetFromMap(new IdentityHashMap<>());
        apart.addAll(parts);
        return whole.getChildren().stream()
                .flatMap(part -> switch (part) {
                    case WhenClause when -> when.getChildren().stream();
                    case CallArgument argument -> Stream.of(argument.getValue());
                    default -> Stream.of(part);
                })
                .filter(part -> !apart.contains(part))
                .map(this::of)
                .reduce(ColumnOrigin.NONE, ColumnOrigin::and);
    }

    /**
     * Whether every value has one text, and keeps it if it is one.
     */
    private static boolean isText(DataType type)
    {
        return type instanceof GenericDataType generic && generic.getArguments().isEmpty() && lowerCase(generic.getName()).equals("varchar");
    }

    private static boolean isBlank(Expression expression)
    {
        return expression instanceof StringLiteral text && text.getValue().isBlank();
    }

    private static List<Expression> results(List<WhenClause> clauses, Optional<Expression> otherwise)
    {
        return Stream.concat(clauses.stream().map(WhenClause::getResult), otherwise.stream()).collect(toImmutableList());
    }

    private ColumnOrigin of(FunctionCall call)
    {
        String name = call.getName().getSuffix();
        List<Expression> arguments = call.getArguments().stream().map(CallArgument::getValue).collect(toImmutableList());
        List<Expression> values = arguments.stream().filter(argument -> !(argument instanceof LambdaExpression)).collect(toImmutableList());
        List<LambdaExpression> lambdas = arguments.stream().filter(LambdaExpression.class::isInstance).map(LambdaExpression.class::cast).collect(toImmutableList());
        if (COUNTING.contains(name)) {
            return all(values).counted().and(beside(values, call).computed());
        }
        if ((name.equals("reduce") || name.equals("reduce_agg")) && values.size() == 2 && lambdas.size() == 2) {
            return reduced(values, lambdas, call);
        }
        ColumnOrigin elements = all(values);
        lambdas.forEach(lambda -> known.put(lambda, of(lambda, Collections.nCopies(lambda.getArguments().size(), elements))));
        List<Expression> first = values.subList(0, Math.min(1, values.size()));
        if (SHIFTING.contains(name)) {
            // The second argument says how far
            return choice(Stream.concat(first.stream(), values.stream().skip(2)).collect(toImmutableList()), call);
        }
        ColumnOrigin result = choice(
                ImmutableList.<Expression>builder()
                        .addAll(SHOWING_ALL.contains(name) ? values : SHOWING_FIRST.contains(name) ? first : ImmutableList.of())
                        .addAll(SHOWING_LAMBDA.contains(name) ? lambdas : ImmutableList.of())
                        .build(),
                call);
        return CHOOSING.contains(name) ? result : result.altering();
    }

    /**
     * @param values what is reduced, and the first state
     * @param lambdas the next state by a state and an element, and what is made of one state or two
     */
    private ColumnOrigin reduced(List<Expression> values, List<LambdaExpression> lambdas, FunctionCall call)
    {
        LambdaExpression step = lambdas.getFirst();
        LambdaExpression last = lambdas.getLast();
        ColumnOrigin initial = of(values.getLast());
        known.put(step, of(step, ImmutableList.of(initial, of(values.getFirst()))));
        // A further step adds nothing: what it takes from a state, it took from its element or from the first state
        ColumnOrigin state = initial.and(known.get(step));
        known.put(last, of(last, Collections.nCopies(last.getArguments().size(), state)));
        // But it may make other values of those that a state has
        return choice(last.getArguments().size() == 1 ? ImmutableList.of(last) : ImmutableList.of(values.getLast(), step, last), call).altering();
    }

    /**
     * What a lambda expression returns.
     *
     * @param values where the values of its parameters come from
     */
    private ColumnOrigin of(LambdaExpression lambda, List<ColumnOrigin> values)
    {
        Map<String, ColumnOrigin> inside = new HashMap<>(parameters);
        for (int index = 0; index < values.size(); index++) {
            inside.put(lowerCase(lambda.getArguments().get(index).getName()), values.get(index));
        }
        return new ExpressionOrigins(scope, subqueries, windows, inside).of(lambda.getBody());
    }

    /**
     * A name with its relation, or else a field inside of a column.
     */
    private ColumnOrigin of(DereferenceExpression dereference)
    {
        return parts(dereference).flatMap(this::named).orElseGet(() -> of(dereference.getBase()));
    }

    private static Optional<List<String>> parts(Expression expression)
    {
        return switch (expression) {
            case Identifier name -> Optional.of(ImmutableList.of(lowerCase(name)));
            case DereferenceExpression dereference when dereference.getField().isPresent() -> parts(dereference.getBase())
                    .map(base -> ImmutableList.<String>builder().addAll(base).add(lowerCase(dereference.getField().get())).build());
            default -> Optional.empty();
        };
    }

    private Optional<ColumnOrigin> named(List<String> parts)
    {
        if (parameters.containsKey(parts.getFirst())) {
            // With more words, a field inside of it
            return parts.size() == 1 ? Optional.of(parameters.get(parts.getFirst())) : Optional.empty();
        }
        return scope.find(parts);
    }

    static String lowerCase(Identifier name)
    {
        return name.getValue().toLowerCase(ENGLISH);
    }
}
