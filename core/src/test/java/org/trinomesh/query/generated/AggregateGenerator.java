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

import static java.util.Objects.requireNonNull;
import static org.trinomesh.query.generated.ValueType.MAP;
import static org.trinomesh.query.generated.ValueType.NUMBER;
import static org.trinomesh.query.generated.ValueType.PAIR;
import static org.trinomesh.query.generated.ValueType.PAIRS;
import static org.trinomesh.query.generated.ValueType.TEXT;
import static org.trinomesh.query.generated.ValueType.TEXTS;

/**
 * Writes aggregations and window functions.
 */
final class AggregateGenerator
{
    private final Choices choices;
    private final ExpressionGenerator expressions;

    /**
     * @param expressions without queries, which aggregations cannot have inside
     */
    AggregateGenerator(Choices choices, ExpressionGenerator expressions)
    {
        this.choices = requireNonNull(choices, "choices is null");
        this.expressions = requireNonNull(expressions, "expressions is null");
    }

    GeneratedExpression aggregation(ValueType type)
    {
        if (choices.percent(25)) {
            return any(type);
        }
        return switch (type) {
            case TEXT -> choices.call(
                    () -> value(TEXT).inside(choices.of(List.of("max($1)", "min($1)", "arbitrary($1)", "array_agg($1)[1]", "element_at(array_agg($1 ORDER BY $1), 1)", "element_at(map_keys(histogram($1)), 1)", "element_at(max($1, 2), 1)"))),
                    () -> value(PAIR).part(0, TEXT, "any_value($1).a"),
                    () -> value(TEXT).computed(TEXT, "listagg($1, ', ') WITHIN GROUP (ORDER BY $1)"),
                    () -> value(TEXT).computed(TEXT, "max(upper($1))"),
                    () -> value(NUMBER).as(TEXT, "CAST(max($1) AS varchar)"));
            case NUMBER -> choices.call(
                    () -> value(NUMBER).inside(choices.of(List.of("max($1)", "min($1)", "arbitrary($1)", "array_agg($1)[1]", "min($1, 2)[1]"))),
                    () -> value(NUMBER).computed(NUMBER, choices.of(List.of("sum($1)", "count($1)", "count(DISTINCT $1)", "CAST(avg($1) AS bigint)"))),
                    () -> value(TEXT).computed(NUMBER, "approx_distinct($1)"));
            case TEXTS -> choices.call(
                    () -> value(TEXT).as(TEXTS, choices.of(List.of("array_agg($1)", "array_agg(DISTINCT $1)", "array_distinct(array_agg($1))", "array_sort(array_agg($1))", "map_keys(histogram($1))", "slice(array_agg($1), 1, 2)", "max($1, 2)", "array_agg($1) FILTER (WHERE $1 IS NOT NULL)"))),
                    () -> value(TEXTS).inside("flatten(array_agg($1))"),
                    () -> value(PAIR).part(0, TEXTS, "transform(array_agg($1), item -> item.a)"));
            case PAIR -> choices.call(
                    () -> any(PAIR),
                    () -> value(PAIR).inside("array_agg($1)[1]"),
                    () -> value(PAIR).inside("max($1)"));
            case PAIRS -> choices.call(
                    () -> value(PAIR).as(PAIRS, "array_agg($1)"),
                    () -> value(PAIRS).inside("flatten(array_agg($1))"),
                    () -> any(PAIRS));
            case MAP -> choices.call(
                    () -> mapAggregation("map_agg(%s, %s)"),
                    () -> mapAggregation("map_from_entries(slice(array_agg(ROW(coalesce(%s, 'none'), %s)), 1, 1))"),
                    () -> value(MAP).inside("map_union($1)"),
                    () -> any(MAP));
        };
    }

    /**
     * @param over what stands between the parentheses after OVER, or the name of a window
     */
    GeneratedExpression window(ValueType type, String over)
    {
        return choices.call(
                () -> value(type).inside("lag($1) OVER " + over),
                () -> value(type).or(value(type), "lag($1, 1, $2) OVER " + over),
                () -> value(type).or(value(type), "lead($1, 1, $2) OVER " + over),
                () -> value(type).inside("first_value($1) OVER " + over),
                () -> value(type).inside("last_value($1) OVER " + over),
                () -> value(type).inside("nth_value($1, 1) OVER " + over),
                () -> value(type).inside("max_by($1, " + value(NUMBER).sql() + ") OVER " + over),
                () -> value(type).inside("any_value($1) OVER " + over));
    }

    private GeneratedExpression any(ValueType type)
    {
        return choices.call(
                () -> value(type).inside("any_value($1)"),
                () -> value(type).inside("arbitrary($1) FILTER (WHERE " + expressions.predicate() + ")"),
                () -> value(type).inside("max_by($1, " + value(NUMBER).sql() + ")"),
                () -> value(type).inside("min_by($1, " + value(TEXT).sql() + ")"),
                () -> value(type).inside("max_by($1, " + value(NUMBER).sql() + ", 2)[1]"));
    }

    private GeneratedExpression mapAggregation(String format)
    {
        GeneratedExpression key = value(TEXT);
        GeneratedExpression value = value(TEXT);
        return GeneratedExpression.of(MAP, format.formatted(key.sql(), value.sql()), key.origin(), value.origin());
    }

    private GeneratedExpression value(ValueType type)
    {
        return expressions.of(type, 1);
    }
}
