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

import com.google.common.collect.ImmutableList;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static org.trinomesh.query.generated.ValueType.MAP;
import static org.trinomesh.query.generated.ValueType.NUMBER;
import static org.trinomesh.query.generated.ValueType.PAIR;
import static org.trinomesh.query.generated.ValueType.PAIRS;
import static org.trinomesh.query.generated.ValueType.TEXT;
import static org.trinomesh.query.generated.ValueType.TEXTS;

/**
 * Writes products that queries compute, over {@link MaskedSources} and over those that it wrote before. It knows by how it writes a
 * query which of its columns show values of masked columns as they are. The same seed gives the same products.
 */
public final class QueryGenerator
{
    private static final int MAX_LEVEL = 2;
    private static final int MAX_ROWS = 100;
    private static final List<String> NAMES = List.of("id", "email", "phone", "region", "name", "note", "city", "score", "x", "y", "key_of_it", "labels", "amount");
    private static final List<String> WITH_NAMES = List.of("first_of_all", "customers", "orders", "staff", "step");
    private static final List<ValueType> TYPES = List.of(TEXT, TEXT, TEXT, TEXT, NUMBER, NUMBER, NUMBER, TEXTS, TEXTS, PAIR, PAIRS, MAP);

    private final Choices choices;
    private final int depth;
    private final RelationGenerator relations;
    private final List<GeneratedProduct> sources = new ArrayList<>(MaskedSources.PRODUCTS);
    private int number;
    // The highest of the sources of the query that is being written; -1 for none
    private int level;

    /**
     * @param depth how many queries, and how many expressions, are inside of each other, roughly
     */
    public QueryGenerator(long seed, int depth)
    {
        choices = new Choices(seed);
        this.depth = depth;
        relations = new RelationGenerator(choices, this);
    }

    public List<GeneratedProduct> products(int count)
    {
        return Stream.generate(this::product).limit(count).collect(toImmutableList());
    }

    private GeneratedProduct product()
    {
        String domain = choices.of(List.of("finance", "marketing"));
        GeneratedQuery query;
        do {
            level = -1;
            query = query(types(), Surroundings.of(domain), depth);
        }
        while (level < 0);
        GeneratedProduct product = new GeneratedProduct(domain, "p" + number++, query.sql(), query.columns(), level + 1);
        if (level < MAX_LEVEL) {
            sources.add(product);
        }
        return product;
    }

    GeneratedProduct source()
    {
        GeneratedProduct source = choices.percent(60) ? choices.of(MaskedSources.PRODUCTS) : choices.of(sources);
        level = Math.max(level, source.level());
        return source;
    }

    List<ValueType> types()
    {
        return Stream.generate(() -> choices.of(TYPES)).limit(2 + choices.below(1 + depth)).collect(toImmutableList());
    }

    List<String> names(int count)
    {
        return Stream.generate(() -> choices.of(NAMES)).distinct().limit(count).collect(toImmutableList());
    }

    GeneratedQuery query(List<ValueType> types, Surroundings surroundings, int depth)
    {
        if (depth <= 0) {
            return choices.percent(70) ? selected(types, surroundings, 0) : aggregated(types, surroundings, 0);
        }
        return switch (choices.below(10)) {
            case 0, 1 -> combined(types, surroundings, depth - 1);
            case 2, 3 -> with(types, surroundings, depth - 1);
            case 4 -> starred(types, surroundings, depth - 1);
            case 5, 6 -> aggregated(types, surroundings, depth);
            case 7 -> windowed(types, surroundings, depth);
            default -> selected(types, surroundings, depth);
        };
    }

    private GeneratedQuery combined(List<ValueType> types, Surroundings surroundings, int depth)
    {
        GeneratedQuery left = query(types, surroundings, depth);
        GeneratedQuery right = query(types, surroundings, depth);
        String operation = choices.of(List.of("UNION", "UNION ALL", "UNION ALL", "INTERSECT", "EXCEPT"));
        List<GeneratedColumn> columns = IntStream.range(0, types.size())
                .mapToObj(index -> {
                    GeneratedColumn column = left.columns().get(index);
                    // The rows of the right side are not in the result
                    return operation.equals("EXCEPT") ? column : column.writtenAs("").or(right.columns().get(index).writtenAs(""), "").named(column.name());
                })
                .collect(toImmutableList());
        return new GeneratedQuery("(%s) %s (%s)".formatted(withoutWith(left), operation, withoutWith(right)), columns, left.rows() + right.rows());
    }

    private GeneratedQuery with(List<ValueType> types, Surroundings surroundings, int depth)
    {
        if (choices.percent(8)) {
            return recursive(types, surroundings, depth);
        }
        Surroundings inner = surroundings;
        List<String> named = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int count = 1 + choices.below(2); count > 0; count--) {
            // Also names of products, which they hide in what follows
            String name = choices.percent(30) ? choices.of(sources).name() : choices.of(WITH_NAMES);
            if (names.add(name)) {
                GeneratedQuery query = query(Stream.concat(types.stream(), Stream.of(choices.of(TYPES))).collect(toImmutableList()), inner, depth);
                boolean renamed = choices.percent(30);
                List<String> columns = names(query.columns().size());
                named.add("%s%s AS (%s)".formatted(name, renamed ? " (" + String.join(", ", columns) + ")" : "", query.sql()));
                inner = inner.with(name, IntStream.range(0, columns.size()).mapToObj(index -> renamed ? query.columns().get(index).named(columns.get(index)) : query.columns().get(index)).collect(toImmutableList()));
            }
        }
        GeneratedQuery body = query(types, inner, Math.min(depth, 1));
        return new GeneratedQuery("WITH %s %s".formatted(String.join(", ", named), withoutWith(body)), body.columns(), body.rows());
    }

    /**
     * For a place where no WITH may stand.
     */
    private static String withoutWith(GeneratedQuery query)
    {
        return query.sql().startsWith("WITH") ? "SELECT * FROM (%s)".formatted(query.sql()) : query.sql();
    }

    private GeneratedQuery recursive(List<ValueType> types, Surroundings surroundings, int depth)
    {
        GeneratedQuery base = query(types, surroundings, depth);
        String names = base.columns().stream().map(GeneratedColumn::name).collect(joining(", "));
        return new GeneratedQuery("WITH RECURSIVE chain (%1$s) AS (SELECT * FROM (%2$s) UNION ALL SELECT %1$s FROM chain WHERE false) SELECT %1$s FROM chain".formatted(names, base.sql()), base.columns(), base.rows());
    }

    /**
     * All columns of a query inside.
     */
    private GeneratedQuery starred(List<ValueType> types, Surroundings surroundings, int depth)
    {
        GeneratedQuery query = query(types, surroundings, depth);
        List<String> names = names(types.size());
        List<GeneratedColumn> renamed = IntStream.range(0, names.size()).mapToObj(index -> query.columns().get(index).named(names.get(index))).collect(toImmutableList());
        return choices.call(
                () -> new GeneratedQuery("SELECT * FROM (%s)".formatted(query.sql()), query.columns(), query.rows()),
                () -> new GeneratedQuery("SELECT t.* FROM (%s) AS t CROSS JOIN (VALUES 1) AS one (only_one)".formatted(query.sql()), query.columns(), query.rows()),
                () -> new GeneratedQuery("SELECT * FROM (%s) AS t (%s)".formatted(query.sql(), String.join(", ", names)), renamed, query.rows()),
                () -> new GeneratedQuery("SELECT * FROM (%s) t ORDER BY 1 LIMIT 50".formatted(query.sql()), query.columns(), 50));
    }

    private GeneratedQuery selected(List<ValueType> types, Surroundings surroundings, int depth)
    {
        GeneratedRelation relation = relations.from(surroundings, depth);
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(relation.written(choices), surroundings.outer()), Optional.of(subqueries(relation, surroundings)));
        List<GeneratedExpression> values = types.stream().map(type -> expressions.of(type, this.depth)).collect(toImmutableList());
        return finished(choices.percent(10) ? "SELECT DISTINCT " : "SELECT ", values, " FROM " + relation.sql() + where(expressions, relation), relation.rows());
    }

    private GeneratedQuery windowed(List<ValueType> types, Surroundings surroundings, int depth)
    {
        GeneratedRelation relation = relations.from(surroundings, depth);
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(relation.written(choices), ImmutableList.of()), Optional.empty());
        AggregateGenerator aggregates = new AggregateGenerator(choices, expressions);
        String window = "(%sORDER BY %s)".formatted(choices.percent(50) ? "PARTITION BY " + expressions.simple(TEXT).sql() + " " : "", expressions.simple(NUMBER).sql());
        boolean named = choices.percent(30);
        List<GeneratedExpression> values = types.stream()
                .map(type -> choices.percent(60) ? aggregates.window(type, named ? "win" : window) : expressions.of(type, 1))
                .collect(toImmutableList());
        return finished("SELECT ", values, " FROM " + relation.sql() + where(expressions, relation) + (named ? " WINDOW win AS " + window : ""), relation.rows());
    }

    private GeneratedQuery aggregated(List<ValueType> types, Surroundings surroundings, int depth)
    {
        GeneratedRelation relation = relations.from(surroundings, depth);
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(relation.written(choices), ImmutableList.of()), Optional.empty());
        AggregateGenerator aggregates = new AggregateGenerator(choices, expressions);
        boolean sets = choices.percent(30);
        List<GeneratedExpression> values = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (ValueType type : types) {
            boolean key = choices.percent(40) && (!sets || !expressions.columns(type).isEmpty());
            GeneratedExpression value = !key ? aggregates.aggregation(type) : sets ? choices.of(expressions.columns(type)) : expressions.of(type, 1);
            values.add(value);
            if (key) {
                keys.add(sets ? value.sql() : Integer.toString(values.size()));
            }
        }
        String grouping = keys.isEmpty() ? "" : " GROUP BY " + (sets ? grouping(keys) : String.join(", ", keys));
        return finished("SELECT ", values, " FROM " + relation.sql() + where(expressions, relation) + grouping + (choices.percent(20) ? " HAVING count(*) > 0" : ""), keys.isEmpty() ? 1 : relation.rows());
    }

    private String grouping(List<String> keys)
    {
        String all = String.join(", ", keys);
        return choices.of(List.of(
                "GROUPING SETS ((%s), (%s))".formatted(all, keys.getFirst()),
                "ROLLUP (%s)".formatted(all),
                "CUBE (%s)".formatted(all)));
    }

    private String where(ExpressionGenerator expressions, GeneratedRelation relation)
    {
        if (choices.percent(50)) {
            return "";
        }
        return " WHERE " + choices.call(
                expressions::predicate,
                expressions::predicate,
                () -> "EXISTS (SELECT 1 FROM sales.customers AS inside WHERE inside.email IS NOT NULL)",
                () -> relation.keys().isEmpty() ? "true" : choices.of(relation.keys()).sql() + " IN (SELECT id FROM hr.staff)",
                () -> "(" + expressions.predicate() + " OR " + expressions.predicate() + ")");
    }

    private GeneratedQuery finished(String select, List<GeneratedExpression> values, String from, int rows)
    {
        List<String> names = names(values.size());
        List<String> items = IntStream.range(0, values.size())
                .mapToObj(index -> values.get(index).sql() + (hasName(values.get(index), names.get(index)) ? "" : " AS " + names.get(index)))
                .collect(toImmutableList());
        List<GeneratedColumn> columns = IntStream.range(0, values.size()).mapToObj(index -> values.get(index).named(names.get(index))).collect(toImmutableList());
        boolean limited = rows > MAX_ROWS || choices.percent(10);
        boolean ordered = columns.getFirst().type().isScalar() && choices.percent(limited ? 50 : 10);
        String end = (ordered ? " ORDER BY 1" : "") + (limited ? " LIMIT 50" : "");
        return new GeneratedQuery(select + String.join(", ", items) + from + end, columns, limited ? 50 : rows);
    }

    private static boolean hasName(GeneratedExpression value, String name)
    {
        return value.sql().equals(name) || value.sql().matches("[a-z_0-9]+[.]" + name);
    }

    /**
     * Queries of one value, some of which name columns of the query around them.
     */
    private Function<ValueType, GeneratedExpression> subqueries(GeneratedRelation around, Surroundings surroundings)
    {
        return type -> choices.call(
                () -> ofOneRow(type, relations.from(surroundings.alone(), 0)),
                () -> correlated(type, around, relations.from(surroundings.inside(around), 0)),
                () -> handedOn(type, around));
    }

    private GeneratedExpression ofOneRow(ValueType type, GeneratedRelation relation)
    {
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(relation.written(choices), ImmutableList.of()), Optional.empty());
        return choices.percent(40)
                ? expressions.of(type, 1).inside("(SELECT $1 FROM " + relation.sql() + " LIMIT 1)")
                : new AggregateGenerator(choices, expressions).aggregation(type).inside("(SELECT $1 FROM " + relation.sql() + ")");
    }

    private GeneratedExpression correlated(ValueType type, GeneratedRelation around, GeneratedRelation relation)
    {
        if (around.keys().isEmpty() || relation.keys().isEmpty()) {
            return ofOneRow(type, relation);
        }
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(relation.written(choices), ImmutableList.of()), Optional.empty());
        String where = " WHERE %s = %s".formatted(choices.of(relation.keys()).sql(), choices.of(around.keys()).sql());
        return new AggregateGenerator(choices, expressions).aggregation(type).inside("(SELECT $1 FROM " + relation.sql() + where + ")");
    }

    private GeneratedExpression handedOn(ValueType type, GeneratedRelation around)
    {
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(around.qualified(), ImmutableList.of()), Optional.empty());
        return expressions.of(type, 1).inside("(SELECT $1 FROM (VALUES 1) AS one (only_one))");
    }
}
