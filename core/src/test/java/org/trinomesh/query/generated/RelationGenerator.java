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
import org.trinomesh.query.generated.GeneratedRelation.BoundColumn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.query.generated.ValueType.MAP;
import static org.trinomesh.query.generated.ValueType.NUMBER;
import static org.trinomesh.query.generated.ValueType.PAIRS;
import static org.trinomesh.query.generated.ValueType.TEXT;
import static org.trinomesh.query.generated.ValueType.TEXTS;

/**
 * Writes what stands after FROM.
 */
final class RelationGenerator
{
    private static final List<String> ALIASES = List.of("t", "u", "w", "src", "q", "r", "rel", "left_side", "most");

    private final Choices choices;
    private final QueryGenerator queries;

    RelationGenerator(Choices choices, QueryGenerator queries)
    {
        this.choices = requireNonNull(choices, "choices is null");
        this.queries = requireNonNull(queries, "queries is null");
    }

    GeneratedRelation from(Surroundings surroundings, int depth)
    {
        Set<String> taken = new HashSet<>(surroundings.taken());
        GeneratedRelation relation = primary(surroundings, taken, depth);
        if (choices.percent(50)) {
            relation = join(relation, primary(surroundings, taken, depth - 1));
        }
        if (choices.percent(20)) {
            relation = unnested(relation, taken);
        }
        if (choices.percent(15)) {
            relation = lateral(relation, surroundings, taken);
        }
        return relation;
    }

    private GeneratedRelation primary(Surroundings surroundings, Set<String> taken, int depth)
    {
        if (!surroundings.with().isEmpty() && choices.percent(50)) {
            String name = choices.of(surroundings.with().keySet().stream().sorted().collect(toImmutableList()));
            String alias = alias(taken);
            return GeneratedRelation.of(name + " AS " + alias, alias, surroundings.with().get(name), 20);
        }
        if (depth > 0 && choices.percent(35)) {
            GeneratedQuery query = queries.query(queries.types(), surroundings.alone(), depth - 1);
            return renamed("(" + query.sql() + ")", query.columns(), query.rows(), taken);
        }
        if (choices.percent(10)) {
            return values(taken);
        }
        return product(surroundings, taken);
    }

    /**
     * A product, with the columns that the publishing domain sees.
     */
    private GeneratedRelation product(Surroundings surroundings, Set<String> taken)
    {
        GeneratedProduct product = queries.source();
        List<GeneratedColumn> columns = product.columns().stream().map(column -> column.asSeenBy(surroundings.domain())).collect(toImmutableList());
        String table = choices.percent(10) ? product.name() + "_v1" : product.name();
        boolean bare = product.domain().equals(surroundings.domain()) && !surroundings.with().containsKey(table) && choices.percent(60);
        String name = bare ? table : product.domain() + "." + table;
        if (choices.percent(25) && taken.add(table)) {
            return GeneratedRelation.of(name, table, columns, 6);
        }
        if (choices.percent(15)) {
            String whole = choices.of(List.of("(SELECT * FROM %s)", "(TABLE %s)", "(SELECT all_of.* FROM %s AS all_of)")).formatted(name);
            String alias = alias(taken);
            return GeneratedRelation.of(whole + " " + alias, alias, columns, 6);
        }
        if (choices.percent(2)) {
            return recognized(name, columns, taken);
        }
        if (choices.percent(2)) {
            return renamed(name, columns, 6, taken);
        }
        String alias = alias(taken);
        return GeneratedRelation.of(name + choices.of(List.of(" AS ", " ")) + alias, alias, columns, 6);
    }

    private GeneratedRelation recognized(String name, List<GeneratedColumn> columns, Set<String> taken)
    {
        GeneratedColumn column = choices.of(columns);
        String alias = alias(taken);
        String sql = "(SELECT found FROM %s MATCH_RECOGNIZE (MEASURES last(m.%s) AS found PATTERN (m) DEFINE m AS true)) AS %s".formatted(name, column.name(), alias);
        return GeneratedRelation.of(sql, alias, ImmutableList.of(column.named("found")), 6);
    }

    private GeneratedRelation values(Set<String> taken)
    {
        String alias = alias(taken);
        return GeneratedRelation.of(
                "(VALUES (BIGINT '1', 'plain'), (2, 'other')) AS %s (id, kind)".formatted(alias),
                alias,
                ImmutableList.of(new GeneratedColumn("id", NUMBER, ImmutableList.of(TrackedOrigin.NONE), true), GeneratedExpression.constant(TEXT, "kind").named("kind")),
                2);
    }

    /**
     * With an alias, and sometimes with other names for its columns.
     */
    private GeneratedRelation renamed(String sql, List<GeneratedColumn> columns, int rows, Set<String> taken)
    {
        String alias = alias(taken);
        if (choices.percent(60)) {
            return GeneratedRelation.of(sql + " AS " + alias, alias, columns, rows);
        }
        List<String> names = queries.names(columns.size());
        List<GeneratedColumn> renamed = IntStream.range(0, names.size()).mapToObj(index -> columns.get(index).named(names.get(index))).collect(toImmutableList());
        return GeneratedRelation.of("%s AS %s (%s)".formatted(sql, alias, String.join(", ", names)), alias, renamed, rows);
    }

    private GeneratedRelation join(GeneratedRelation left, GeneratedRelation right)
    {
        List<GeneratedExpression> leftKeys = left.keys();
        List<GeneratedExpression> rightKeys = right.keys();
        if (leftKeys.isEmpty() || rightKeys.isEmpty() || choices.percent(10)) {
            return left.and(left.sql() + " CROSS JOIN " + right.sql(), right, left.rows() * right.rows());
        }
        String kind = choices.of(List.of(" JOIN ", " INNER JOIN ", " LEFT JOIN ", " RIGHT OUTER JOIN ", " FULL JOIN "));
        int rows = Math.max(left.rows(), right.rows());
        Optional<String> common = common(left, right);
        if (common.isPresent() && choices.percent(60)) {
            return using(left, kind, right, common.get(), rows);
        }
        String sql = "%s%s%s ON %s = %s".formatted(left.sql(), kind, right.sql(), choices.of(leftKeys).sql(), choices.of(rightKeys).sql());
        return left.and(sql, right, rows);
    }

    /**
     * The name of a key that both sides have once.
     */
    private static Optional<String> common(GeneratedRelation left, GeneratedRelation right)
    {
        return left.columns().stream()
                .filter(column -> column.column().key() && Stream.of(left, right).allMatch(side -> side.columns().stream().filter(other -> other.column().name().equals(column.column().name())).count() == 1))
                .filter(column -> right.columns().stream().anyMatch(other -> other.column().key() && other.column().name().equals(column.column().name())))
                .map(column -> column.column().name())
                .findFirst();
    }

    private static GeneratedRelation using(GeneratedRelation left, String kind, GeneratedRelation right, String name, int rows)
    {
        List<BoundColumn> both = Stream.concat(left.columns().stream(), right.columns().stream()).collect(toImmutableList());
        List<BoundColumn> columns = new ArrayList<>();
        columns.add(new BoundColumn(Optional.empty(), both.stream().map(BoundColumn::column).filter(column -> column.name().equals(name)).findFirst().orElseThrow()));
        both.stream().filter(column -> !column.column().name().equals(name)).forEach(columns::add);
        return new GeneratedRelation("%s%s%s USING (%s)".formatted(left.sql(), kind, right.sql(), name), columns, rows);
    }

    private GeneratedRelation unnested(GeneratedRelation relation, Set<String> taken)
    {
        ExpressionGenerator expressions = new ExpressionGenerator(choices, new Scope(relation.qualified(), ImmutableList.of()), Optional.empty());
        GeneratedExpression array = expressions.of(choices.of(List.of(TEXTS, PAIRS, MAP)), 1);
        List<GeneratedExpression> elements = switch (array.type()) {
            case TEXTS -> ImmutableList.of(array.as(TEXT, "$1"));
            case PAIRS -> ImmutableList.of(array.part(0, TEXT, "$1"), array.part(1, NUMBER, "$1"));
            default -> ImmutableList.of(array.part(0, TEXT, "$1"), array.part(1, TEXT, "$1"));
        };
        List<String> names = queries.names(elements.size());
        List<GeneratedColumn> columns = IntStream.range(0, names.size()).mapToObj(index -> elements.get(index).named(names.get(index))).collect(toImmutableList());
        String alias = alias(taken);
        GeneratedRelation unnested = GeneratedRelation.of("UNNEST(%s) AS %s (%s)".formatted(array.sql(), alias, String.join(", ", names)), alias, columns, 2);
        String sql = choices.percent(70)
                ? relation.sql() + " CROSS JOIN " + unnested.sql()
                : relation.sql() + " LEFT JOIN " + unnested.sql() + " ON true";
        return relation.and(sql, unnested, 2 * relation.rows());
    }

    private GeneratedRelation lateral(GeneratedRelation relation, Surroundings surroundings, Set<String> taken)
    {
        String alias = alias(taken);
        String name = choices.of(queries.names(1));
        if (choices.percent(50)) {
            Surroundings inside = surroundings.inside(relation);
            GeneratedRelation source = product(inside, new HashSet<>(inside.taken()));
            GeneratedExpression value = choices.of(source.qualified());
            String rows = relation.keys().isEmpty() || source.keys().isEmpty() ? "LIMIT 2" : "WHERE %s = %s".formatted(choices.of(source.keys()).sql(), choices.of(relation.keys()).sql());
            String sql = "LATERAL (SELECT %s AS %s FROM %s %s) AS %s".formatted(value.sql(), name, source.sql(), rows, alias);
            return relation.and(relation.sql() + " CROSS JOIN " + sql, GeneratedRelation.of(sql, alias, ImmutableList.of(value.named(name)), 1), relation.rows());
        }
        GeneratedExpression value = new ExpressionGenerator(choices, new Scope(relation.qualified(), ImmutableList.of()), Optional.empty()).of(choices.of(queries.types()), 1);
        String sql = "LATERAL (SELECT %s AS %s FROM (VALUES 1) AS one (only_one)) AS %s".formatted(value.sql(), name, alias);
        return relation.and(relation.sql() + " CROSS JOIN " + sql, GeneratedRelation.of(sql, alias, ImmutableList.of(value.named(name)), 1), relation.rows());
    }

    private String alias(Set<String> taken)
    {
        String alias = choices.of(ALIASES);
        for (int number = 2; taken.contains(alias); number++) {
            alias = choices.of(ALIASES) + number;
        }
        taken.add(alias);
        return alias;
    }
}
