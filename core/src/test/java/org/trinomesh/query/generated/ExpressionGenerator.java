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
package org.trinomesh.query.generated;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.query.generated.GeneratedExpression.constant;
import static org.trinomesh.query.generated.ValueType.MAP;
import static org.trinomesh.query.generated.ValueType.NUMBER;
import static org.trinomesh.query.generated.ValueType.PAIR;
import static org.trinomesh.query.generated.ValueType.PAIRS;
import static org.trinomesh.query.generated.ValueType.TEXT;
import static org.trinomesh.query.generated.ValueType.TEXTS;

/**
 * Writes expressions over the columns of one place of a query.
 */
final class ExpressionGenerator
{
    private static final List<String> COMPUTED_TEXTS = List.of("upper($1)", "substr($1, 1, 40)", "reverse(trim($1))", "$1 || '!'", "concat('<', $1)", "trim($1)", "replace($1, '-')", "format('%s', $1)");

    private final Choices choices;
    private final Scope scope;
    private final Optional<Function<ValueType, GeneratedExpression>> subqueries;

    /**
     * @param subqueries writes queries of one value; empty where none may stand
     */
    ExpressionGenerator(Choices choices, Scope scope, Optional<Function<ValueType, GeneratedExpression>> subqueries)
    {
        this.choices = requireNonNull(choices, "choices is null");
        this.scope = requireNonNull(scope, "scope is null");
        this.subqueries = requireNonNull(subqueries, "subqueries is null");
    }

    GeneratedExpression of(ValueType type, int depth)
    {
        if (depth <= 0 || choices.percent(35)) {
            return simple(type);
        }
        if (choices.percent(30)) {
            return oneOf(type, depth - 1);
        }
        if (subqueries.isPresent() && choices.percent(20)) {
            return subqueries.get().apply(type);
        }
        return switch (type) {
            case TEXT -> text(depth - 1);
            case NUMBER -> number(depth - 1);
            case TEXTS -> texts(depth - 1);
            case PAIR -> pair(depth - 1);
            case PAIRS -> pairs(depth - 1);
            case MAP -> map(depth - 1);
        };
    }

    /**
     * A column, mostly one with secrets, or else what is next to it.
     */
    GeneratedExpression simple(ValueType type)
    {
        List<GeneratedExpression> columns = columns(type);
        List<GeneratedExpression> secret = columns.stream().filter(column -> !column.origin().isNone()).collect(toImmutableList());
        if (!secret.isEmpty() && choices.percent(70)) {
            return choices.of(secret);
        }
        return columns.isEmpty() ? constructed(type) : choices.of(columns);
    }

    List<GeneratedExpression> columns(ValueType type)
    {
        return Stream.concat(scope.columns().stream(), scope.outer().stream()).filter(column -> column.type() == type).collect(toImmutableList());
    }

    /**
     * A condition that holds for most rows.
     */
    String predicate()
    {
        return choices.call(
                () -> simple(TEXT).sql() + " <> 'none'",
                () -> simple(NUMBER).sql() + " >= 0",
                () -> simple(TEXT).sql() + " IS NOT NULL",
                () -> "length(" + simple(TEXT).sql() + ") > 0",
                () -> simple(NUMBER).sql() + " BETWEEN 0 AND 100000000000",
                () -> "NOT (" + simple(TEXT).sql() + " LIKE '!%')");
    }

    private GeneratedExpression constructed(ValueType type)
    {
        return switch (type) {
            case TEXT -> constant(TEXT, choices.of(List.of("'plain'", "VARCHAR 'other'", "'it''s'")));
            case NUMBER -> constant(NUMBER, "BIGINT '%s'".formatted(1 + choices.below(9)));
            case TEXTS -> simple(TEXT).as(TEXTS, "ARRAY[$1]");
            case PAIR -> pairOf(simple(TEXT), simple(NUMBER));
            case PAIRS -> simple(PAIR).as(PAIRS, "ARRAY[$1]");
            case MAP -> mapOf(simple(TEXT), simple(TEXT));
        };
    }

    /**
     * The value of one of two expressions.
     */
    private GeneratedExpression oneOf(ValueType type, int depth)
    {
        GeneratedExpression first = of(type, depth);
        return choices.call(
                () -> first.or(of(type, depth), "coalesce($1, $2)"),
                () -> first.or(of(type, depth), "IF(" + predicate() + ", $1, $2)"),
                () -> first.or(of(type, depth), "CASE WHEN " + predicate() + " THEN $1 ELSE $2 END"),
                () -> first.or(of(type, depth), "CASE " + simple(NUMBER).sql() + " WHEN 99 THEN $1 ELSE $2 END"),
                () -> first.inside("nullif($1, " + constructed(type).sql() + ")"),
                () -> first.inside("TRY($1)"),
                () -> first.inside("CASE WHEN " + predicate() + " THEN $1 END"),
                () -> first.inside("CAST($1 AS " + type.sql() + ")"));
    }

    private GeneratedExpression text(int depth)
    {
        return choices.call(
                () -> of(TEXT, depth).inside("CAST(CAST($1 AS varchar(60)) AS varchar)"),
                () -> of(NUMBER, depth).as(TEXT, "CAST($1 AS varchar)"),
                () -> of(NUMBER, depth).as(TEXT, "TRY_CAST($1 AS varchar)"),
                () -> of(TEXT, depth).or(of(TEXT, depth), "greatest($1, $2)"),
                () -> of(TEXT, depth).or(of(TEXT, depth), "least($1, $2)"),
                () -> of(TEXT, depth).or(of(TEXT, depth), "ARRAY[$1, $2][2]"),
                () -> of(TEXT, depth).inside("ROW($1, 1)[1]"),
                () -> of(TEXTS, depth).as(TEXT, "element_at($1, 1)"),
                () -> of(TEXTS, depth).as(TEXT, "array_max($1)"),
                () -> of(TEXTS, depth).as(TEXT, "reduce($1, VARCHAR '', (s, email) -> coalesce(email, s), s -> s)"),
                () -> simple(PAIR).part(0, TEXT, "$1.a"),
                () -> of(PAIR, depth).part(0, TEXT, "($1).A"),
                () -> of(PAIR, depth).part(0, TEXT, "$1[1]"),
                () -> of(PAIRS, depth).part(0, TEXT, "element_at($1, 1).a"),
                () -> of(MAP, depth).part(1, TEXT, "element_at(map_values($1), 1)"),
                () -> of(MAP, depth).part(0, TEXT, "element_at(map_keys($1), 1)"),
                () -> of(TEXT, depth).computed(TEXT, choices.of(COMPUTED_TEXTS)),
                () -> of(TEXTS, depth).computed(TEXT, "array_join($1, ', ')"),
                () -> of(TEXT, depth).computed(TEXT, "CAST(length($1) AS varchar)"));
    }

    private GeneratedExpression number(int depth)
    {
        return choices.call(
                () -> of(NUMBER, depth).inside("CAST(CAST($1 AS varchar) AS bigint)"),
                () -> of(NUMBER, depth).inside("CAST(CAST($1 AS decimal(18, 0)) AS bigint)"),
                () -> of(NUMBER, depth).or(of(NUMBER, depth), "greatest($1, $2)"),
                () -> of(NUMBER, depth).or(of(NUMBER, depth), "least($1, $2)"),
                () -> of(NUMBER, depth).inside("ARRAY[$1][1]"),
                () -> of(NUMBER, depth).inside("array_min(ARRAY[$1])"),
                () -> simple(PAIR).part(1, NUMBER, "$1.b"),
                () -> of(PAIR, depth).part(1, NUMBER, "$1[2]"),
                () -> of(PAIRS, depth).part(1, NUMBER, "transform($1, item -> item.b)[1]"),
                () -> of(NUMBER, depth).computed(NUMBER, choices.of(List.of("$1 + 1", "abs($1)", "-($1)", "$1 % 7", "bitwise_xor($1, 1)"))),
                () -> of(TEXT, depth).computed(NUMBER, "length($1)"),
                () -> of(TEXTS, depth).computed(NUMBER, "CAST(cardinality($1) AS bigint)"));
    }

    private GeneratedExpression texts(int depth)
    {
        return choices.call(
                () -> of(TEXT, depth).or(of(TEXT, depth), "$1,$2").as(TEXTS, "ARRAY[$1]"),
                () -> of(MAP, depth).part(0, TEXTS, "map_keys($1)"),
                () -> of(MAP, depth).part(1, TEXTS, "map_values($1)"),
                () -> of(TEXTS, depth).inside(choices.of(List.of(
                        "slice($1, 1, 2)",
                        "array_distinct($1)",
                        "array_sort($1)",
                        "reverse($1)",
                        "array_remove($1, 'none')",
                        "filter($1, email -> email IS NOT NULL)",
                        "transform($1, item -> item)",
                        "transform($1, item -> coalesce(item, 'none'))",
                        "flatten(ARRAY[$1])",
                        "trim_array($1, 0)",
                        "array_except($1, ARRAY['none'])",
                        "array_intersect($1, $1)",
                        "array_union(ARRAY['plain'], $1)",
                        "zip_with($1, $1, (left_one, right_one) -> coalesce(left_one, right_one))",
                        "repeat(element_at($1, 1), 2)"))),
                () -> of(PAIRS, depth).part(0, TEXTS, "transform($1, item -> item.a)"),
                () -> of(TEXTS, depth).computed(TEXTS, "transform($1, item -> upper(item))"),
                () -> of(TEXT, depth).computed(TEXTS, "split($1, 'q')"));
    }

    private GeneratedExpression pair(int depth)
    {
        return choices.call(
                () -> pairOf(of(TEXT, depth), of(NUMBER, depth)),
                () -> pairOf(of(TEXT, depth), of(NUMBER, depth)).inside("TRY($1)"),
                () -> of(PAIRS, depth).as(PAIR, "element_at($1, 1)"));
    }

    private GeneratedExpression pairs(int depth)
    {
        return choices.call(
                () -> of(PAIR, depth).as(PAIRS, "ARRAY[$1]"),
                () -> of(PAIRS, depth).inside("filter($1, item -> item.a IS NOT NULL)"),
                () -> of(PAIRS, depth).inside("slice($1, 1, 1)"),
                () -> of(PAIR, depth).or(of(PAIR, depth), "$1, $2").as(PAIRS, "ARRAY[$1]"));
    }

    private GeneratedExpression map(int depth)
    {
        return choices.call(
                () -> mapOf(of(TEXT, depth), of(TEXT, depth)),
                () -> of(MAP, depth).inside("map_filter($1, (k, item) -> item IS NOT NULL)"),
                () -> of(MAP, depth).inside("transform_values($1, (k, item) -> item)"),
                () -> of(MAP, depth).inside("transform_keys($1, (k, item) -> k)"),
                () -> of(MAP, depth).inside("map_from_entries(map_entries($1))"),
                () -> of(MAP, depth).or(of(MAP, depth), "map_concat($1, $2)"));
    }

    private static GeneratedExpression pairOf(GeneratedExpression first, GeneratedExpression second)
    {
        return GeneratedExpression.of(PAIR, "CAST(ROW(%s, %s) AS row(a varchar, b bigint))".formatted(first.sql(), second.sql()), first.origin(), second.origin());
    }

    private static GeneratedExpression mapOf(GeneratedExpression key, GeneratedExpression value)
    {
        return GeneratedExpression.of(MAP, "MAP(ARRAY[coalesce(%s, 'none')], ARRAY[%s])".formatted(key.sql(), value.sql()), key.origin(), value.origin());
    }
}
