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
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.query.ColumnOrigin.SourceColumn;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

final class TestQueryLineage
{
    private static final Map<Source, List<String>> COLUMNS = ImmutableMap.of(
            new Source("sales", "customers"), ImmutableList.of("id", "email", "region"),
            new Source("finance", "owed"), ImmutableList.of("id", "amount", "tags"));

    @Test
    void testWhatIsShownAsItIs()
    {
        assertOrigin("SELECT email AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT c.email AS x FROM sales.customers c", "customers.email shows customers.email");
        assertOrigin("SELECT sales.customers.\"EMAIL\" AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT x FROM (SELECT email FROM sales.customers) AS t (x)", "customers.email shows customers.email");
        assertOrigin("WITH t (i, x) AS (SELECT id, email FROM sales.customers) SELECT * FROM t", "customers.email shows customers.email");
        assertOrigin("SELECT t.* FROM sales.customers CROSS JOIN (SELECT amount AS x FROM owed) t", "owed.amount shows owed.amount");
        assertOrigin("SELECT CAST(email AS varchar(3)) AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT max(email) AS x FROM sales.customers GROUP BY region", "customers.email shows customers.email");
        assertOrigin("SELECT (SELECT min(email) FROM sales.customers c WHERE c.id = o.id) AS x FROM owed o", "customers.email shows customers.email");
        assertOrigin("SELECT email AS x FROM sales.customers UNION ALL SELECT 'none'", "customers.email shows customers.email");
        assertOrigin("SELECT 'none' AS x UNION SELECT email FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT id AS x FROM sales.customers JOIN owed USING (id)", "customers.id, owed.id shows customers.id, owed.id");
        assertOrigin("SELECT CASE WHEN region = 'x' THEN email ELSE 'none' END AS x FROM sales.customers", "customers.email, customers.region shows customers.email");
        assertOrigin("SELECT coalesce(email, region) AS x FROM sales.customers", "customers.email, customers.region shows customers.email, customers.region");
        assertOrigin("SELECT lag(region, 1, email) OVER (ORDER BY id) AS x FROM sales.customers", "customers.email, customers.id, customers.region shows customers.email, customers.region");
        assertOrigin("SELECT email.part[1] AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT ROW(1 AS a, email AS b) AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT array_agg(email) AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT listagg(email, ',') WITHIN GROUP (ORDER BY email) AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT array_join(array_agg(email), ',') AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT approx_percentile(amount, 0.5) AS x FROM owed GROUP BY id", "owed.amount shows owed.amount");
        assertOrigin("SELECT json_extract_scalar(email, '$.a') AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT json_value(email, 'lax $.a') AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT json_object('a' VALUE email) AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT amount AT TIME ZONE 'UTC' AS x FROM owed", "owed.amount shows owed.amount");
        for (String function : List.of("array_sort", "array_max", "array_distinct", "flatten", "map_entries", "map_from_entries", "map_union", "reverse")) {
            assertOrigin("SELECT %s(tags) AS x FROM owed".formatted(function), "owed.tags shows owed.tags");
        }
        assertOrigin("SELECT filter(tags, amount -> amount <> 'a') AS x FROM owed", "owed.tags shows owed.tags");
        assertOrigin("SELECT array_union(tags, ARRAY[amount]) AS x FROM owed", "owed.amount, owed.tags shows owed.amount, owed.tags");
        assertOrigin("SELECT (SELECT max(o.amount) FROM finance.owed) AS x FROM (SELECT email AS o FROM sales.customers) o", "customers.email shows customers.email");
        assertOrigin("SELECT max_by(email, amount) AS x FROM sales.customers c JOIN owed ON owed.id = c.id", "customers.email, owed.amount shows customers.email");
    }

    @Test
    void testWhatIsAltered()
    {
        for (String same : List.of("email", "max(email)", "coalesce(email, 'none')", "CAST(email AS varchar)", "element_at(ARRAY[email], 1)", "CASE WHEN region = 'x' THEN email END", "max_by(email, region)", "nullif(email, '')", "lag(email) OVER (ORDER BY region)", "any_value(email) FILTER (WHERE id > 1)", "count(email)", "count(*)", "email IS NOT NULL")) {
            assertThat(altered(same)).as(same).doesNotContain("customers.email");
        }
        for (String other : List.of(
                "upper(email)",
                "email || ''",
                "reverse(email)",
                "CAST(email AS varchar(3))",
                "coalesce(upper(email), email)",
                "CASE email WHEN 'x' THEN 'a' END",
                "CASE WHEN email = 'x' THEN email END",
                "count(*) FILTER (WHERE email = 'x')",
                "listagg(email, ',') WITHIN GROUP (ORDER BY email)",
                "email = 'x'",
                "sum(length(email))",
                "JSON_VALUE(email, 'lax $ * 1000')",
                "created AT TIME ZONE '+05:17'",
                "CAST(ARRAY[email] AS array(varchar(9)))[1]",
                "CAST(CAST(email AS real) AS varchar)",
                "nullif(email, 'a')",
                "greatest(email, 'm')",
                "lag(region, id, email) OVER (ORDER BY email)",
                "rank() OVER w",
                "rank() OVER (w ROWS CURRENT ROW)",
                "TRY_CAST(email AS smallint) IS NULL",
                "reduce(ARRAY[email, NULL], CAST(NULL AS varchar), (s, x) -> coalesce(x, 'x@' || s), s -> s)",
                "json_extract_scalar(email, '$.a')",
                "array_agg(lower(email))",
                "IF(email IS NULL, upper(email))")) {
            assertThat(altered(other)).as(other).contains("customers.email");
        }
        assertThat(altered("CASE WHEN region = 'x' THEN email END")).isEqualTo("customers.region");
        assertThat(altered("CASE WHEN email IS NULL THEN region END")).isEmpty();
    }

    private static String altered(String expression)
    {
        return names(origins("SELECT %s AS x FROM (SELECT email, region, id, email AS created FROM sales.customers) WINDOW w AS (ORDER BY email)".formatted(expression)).orElseThrow().get("x").altered());
    }

    @Test
    void testWhatIsComputed()
    {
        assertOrigin("SELECT upper(email) AS x FROM sales.customers", "customers.email shows ");
        assertOrigin("SELECT email || region AS x FROM sales.customers", "customers.email, customers.region shows ");
        assertOrigin("SELECT x FROM (SELECT count(email) AS x FROM sales.customers)", "customers.email shows ");
        assertOrigin("SELECT max(x) AS x FROM (SELECT lower(email) AS x FROM sales.customers)", "customers.email shows ");
        assertOrigin("SELECT sum(amount) OVER (PARTITION BY tags) AS x FROM owed", "owed.amount, owed.tags shows ");
        assertOrigin("SELECT 1 AS x FROM owed", " shows ");
        assertOrigin("SELECT sum(amount) OVER w AS x FROM owed WINDOW w AS (PARTITION BY id)", "owed.amount, owed.id shows ");
        assertOrigin("SELECT x FROM owed CROSS JOIN UNNEST(tags) AS t (x)", "owed.tags shows owed.tags");
        assertOrigin("SELECT EXISTS (SELECT 1 FROM sales.customers WHERE email = 'a') AS x FROM owed", " shows ");
    }

    @Test
    void testLambdaExpressions()
    {
        assertOrigin("SELECT transform(tags, t -> t) AS x FROM owed", "owed.tags shows owed.tags");
        assertOrigin("SELECT transform(tags, owed -> owed.amount) AS x FROM owed", "owed.tags shows owed.tags");
        assertOrigin("SELECT transform(tags, t -> amount) AS x FROM owed", "owed.amount, owed.tags shows owed.amount");
        assertOrigin("SELECT transform(tags, t -> t || '!') AS x FROM owed", "owed.tags shows ");
        assertOrigin("SELECT transform(tags, t -> transform(t, u -> IF(u = '', t[1], u))) AS x FROM owed", "owed.tags shows owed.tags");
        assertOrigin("SELECT any_match(tags, t -> t = 'a') AS x FROM owed", "owed.tags shows ");
        assertOrigin("SELECT zip_with(tags, ARRAY[amount], (t, a) -> coalesce(t, a)) AS x FROM owed", "owed.amount, owed.tags shows owed.amount, owed.tags");
        assertOrigin("SELECT transform_values(tags, (k, v) -> 1) AS x FROM owed", "owed.tags shows owed.tags");
        assertOrigin("SELECT reduce(tags, 0, (s, t) -> s + t, s -> s) AS x FROM owed", "owed.tags shows ");
        assertOrigin("SELECT reduce(tags, 0, (s, t) -> t, s -> s) AS x FROM owed", "owed.tags shows owed.tags");
        assertOrigin("SELECT reduce(tags, 0, (s, t) -> t, s -> s + 1) AS x FROM owed", "owed.tags shows ");
        assertOrigin("SELECT reduce(tags, amount, (s, t) -> s, s -> s) AS x FROM owed", "owed.amount, owed.tags shows owed.amount");
        assertOrigin("SELECT reduce_agg(amount, '', (s, t) -> t, (s, t) -> s || t) AS x FROM owed", "owed.amount shows owed.amount");
    }

    @Test
    void testTablesOfOtherCatalogs()
    {
        assertOrigin("SELECT email AS x FROM sales.customers c JOIN \"pg$public\".orders o ON o.id = c.id", "customers.email shows customers.email");
        assertOrigin("SELECT o.email AS x FROM sales.customers c JOIN \"pg$public\".orders o ON o.id = c.id", " shows ");
        assertOrigin("SELECT amount AS x FROM sales.customers c JOIN \"pg$public\".orders o ON o.id = c.id", " shows ");
        assertOrigin("SELECT x FROM (SELECT o.y AS x FROM \"pg$public\".orders AS o)", " shows ");
        assertOrigin("SELECT tags.part AS x FROM owed CROSS JOIN \"pg$public\".orders", "owed.tags shows owed.tags");
        // The column of the query around, unless the table has one of that name too
        assertOrigin("SELECT (SELECT max(email) FROM \"pg$public\".orders o) AS x FROM sales.customers", "customers.email shows customers.email");
        assertOrigin("SELECT (SELECT max(o.email) FROM \"pg$public\".orders o) AS x FROM sales.customers", " shows ");
    }

    @Test
    void testWhatIsNotKnown()
    {
        for (String sql : List.of(
                "SELECT y AS x FROM owed",
                "SELECT id AS x FROM owed, sales.customers",
                "SELECT 1 AS x FROM hr.staff",
                "SELECT * FROM (TABLE owed) AS t (a, b)",
                "SELECT * FROM (TABLE owed) AS t (a, x, c)",
                "SELECT x FROM owed AS t (a, x, c)",
                "SELECT id AS x FROM (SELECT * FROM owed UNION ALL SELECT * FROM sales.customers)",
                "SELECT * FROM owed CROSS JOIN UNNEST(tags)",
                "SELECT * FROM owed CROSS JOIN UNNEST(tags) AS t",
                "SELECT tags.part AS x FROM owed CROSS JOIN \"pg$public\".orders AS tags",
                "SELECT " + "owed.*, ".repeat(40_000) + "1 AS x FROM owed",
                "WITH RECURSIVE t(x) AS (SELECT id FROM owed UNION ALL SELECT x FROM t) SELECT x FROM t")) {
            assertThat(origins(sql)).as(sql).isEmpty();
        }
    }

    @Test
    void testComparisons()
    {
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN owed o ON o.id = c.id", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN owed o USING (id)", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c, owed o WHERE c.region = 'x' AND (o.id = c.id OR o.amount > 3)", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN owed o ON upper(o.id) = c.id", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN owed o ON o.amount BETWEEN c.id AND c.region", "customers.id, customers.region, owed.amount");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN owed o ON c.id IS NOT DISTINCT FROM o.id", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM (SELECT max(id) AS k FROM sales.customers) c JOIN owed o ON o.id = c.k", "customers.id, owed.id");
        assertCompared("WITH c AS (SELECT id AS k FROM sales.customers) SELECT 1 AS x FROM c a JOIN c b ON a.k < b.k", "customers.id");
        assertCompared("SELECT 1 AS x FROM owed WHERE id IN (SELECT id FROM sales.customers)", "customers.id, owed.id");
        assertCompared("SELECT id IN (SELECT id FROM sales.customers) AS x FROM owed", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM owed WHERE amount > ALL (SELECT region FROM sales.customers)", "customers.region, owed.amount");
        assertCompared("SELECT 1 AS x FROM owed o WHERE EXISTS (SELECT 1 FROM sales.customers c WHERE c.id = o.id)", "customers.id, owed.id");
        assertCompared("SELECT (SELECT max(email) FROM sales.customers c WHERE c.id = o.id) AS x FROM owed o", "customers.id, owed.id");
        assertCompared("SELECT c.id = o.id AS x FROM sales.customers c CROSS JOIN owed o", "customers.id, owed.id");
        assertCompared("SELECT CASE c.id WHEN o.id THEN 1 END AS x FROM sales.customers c CROSS JOIN owed o", "customers.id, owed.id");
        assertCompared("SELECT x FROM (SELECT c.id AS x, o.id AS y FROM sales.customers c CROSS JOIN owed o) WHERE x = y", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN LATERAL (SELECT * FROM owed o WHERE o.id = c.id) t ON true", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c CROSS JOIN owed o CROSS JOIN LATERAL (VALUES (c.id = o.id)) t (same) WHERE t.same", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c, owed o WHERE (VALUES (c.id = o.id))", "customers.id, owed.id");
        assertCompared("SELECT 1 AS x FROM sales.customers c CROSS JOIN owed o CROSS JOIN UNNEST(ARRAY[c.id = o.id]) AS t (same) WHERE t.same", "customers.id, owed.id");
        assertCompared("SELECT c.id AS x FROM sales.customers c JOIN owed o ON o.id = c.id UNION SELECT region FROM sales.customers c JOIN owed o ON o.amount = c.email", "customers.email, owed.amount", "customers.id, owed.id");
        assertCompared("SELECT count(*) AS x FROM sales.customers c, owed o GROUP BY c.region HAVING c.region = max(o.tags)", "customers.region, owed.tags");
    }

    @Test
    void testComparisonsThatTheEngineMayConclude()
    {
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN owed o ON o.id = c.id JOIN owed p ON p.amount = lower(c.id)", "customers.id, owed.amount, owed.id");
        assertCompared("SELECT c.email AS x FROM (SELECT id, email FROM sales.customers WHERE id = email) c JOIN owed o ON o.id = c.id", "customers.email, customers.id, owed.id");
        // With a number that says something of the other side
        assertCompared("SELECT 1 AS x FROM owed o JOIN (SELECT region, count(*) AS n FROM sales.customers GROUP BY region) c ON c.n = o.amount", "owed.amount");
        assertCompared("SELECT 1 AS x FROM owed o JOIN (SELECT row_number() OVER (ORDER BY id) AS n FROM sales.customers) c ON c.n = o.amount", "customers.id, owed.amount");
    }

    @Test
    void testWhatIsNoComparison()
    {
        assertCompared("SELECT id AS x FROM sales.customers WHERE id = email");
        assertCompared("SELECT 1 AS x FROM sales.customers c CROSS JOIN owed o WHERE c.region IN ('x', 'y') AND o.amount BETWEEN 1 AND 2 AND c.email LIKE 'a%' AND CAST(o.id AS varchar) <> 'x'");
        assertCompared("SELECT 1 AS x FROM sales.customers c CROSS JOIN owed o WHERE cardinality(filter(o.tags, t -> t = 'x')) > 1");
    }

    @Test
    void testComparisonsWithTablesOfOtherCatalogs()
    {
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN \"pg$public\".orders o ON o.customer = c.id", "customers.id, orders.customer");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN (SELECT o.customer AS k FROM \"pg$public\".orders o) t ON t.k = c.id", "customers.id, orders.customer");
        assertCompared("SELECT 1 AS x FROM sales.customers c JOIN (SELECT o.* FROM \"pg$public\".orders o) t ON t.k = c.id", "customers.id, orders.k");
        assertCompared("SELECT 1 AS x FROM \"pg$public\".orders o JOIN \"pg$public\".items i ON i.id = o.id", "items.id, orders.id");
        assertThat(names(comparisons("SELECT * FROM \"pg$public\".orders o JOIN \"pg$public\".items i ON i.id = o.id").orElseThrow().sources("ssn"))).isEqualTo("items.ssn, orders.ssn");
    }

    /**
     * The engine may aggregate in several parts and join them by these.
     */
    @Test
    void testWhatAQueryGroupsByBesideSeveralDistinct()
    {
        assertCompared("SELECT o.k AS x, count(DISTINCT o.a), count(DISTINCT o.b) FROM \"pg$public\".orders o GROUP BY o.k", "orders.k");
        assertCompared("SELECT upper(o.k) AS x, count(DISTINCT o.a), count(DISTINCT o.b) FROM \"pg$public\".orders o GROUP BY 1", "orders.k");
        assertCompared("SELECT count(DISTINCT o.a) AS x FROM \"pg$public\".orders o GROUP BY ROLLUP (o.k, o.l) HAVING count(DISTINCT o.b) > 1", "orders.k", "orders.l");
        assertCompared("SELECT x FROM (SELECT o.k AS x, count(DISTINCT o.a), count(DISTINCT o.b) FROM \"pg$public\".orders o GROUP BY o.k) t", "orders.k");
        assertCompared("SELECT o.k AS x, count(DISTINCT o.a) FROM \"pg$public\".orders o GROUP BY o.k");
        // Tables of the mesh do not allow it
        assertCompared("SELECT region AS x, count(DISTINCT email), count(DISTINCT id) FROM sales.customers GROUP BY region");
    }

    @Test
    void testComparisonsThatAreNotKnown()
    {
        for (String sql : ImmutableList.of(
                "SELECT 1 AS x FROM sales.customers c JOIN hr.staff s ON s.id = c.id",
                "SELECT 1 AS x FROM sales.customers c JOIN owed o ON o.nothing = c.id",
                "SELECT id AS x FROM owed ORDER BY (SELECT max(id) FROM sales.customers)",
                "SELECT 1 AS x FROM owed GROUP BY id IN (SELECT id FROM sales.customers)",
                "WITH RECURSIVE t(x) AS (SELECT id FROM owed UNION ALL SELECT x FROM t) SELECT x FROM t")) {
            assertThat(comparisons(sql)).as(sql).isEmpty();
        }
    }

    @Test
    void testNestedSubqueriesAreComputedOnce()
    {
        String nested = "SELECT max(email) FROM sales.customers";
        for (int depth = 0; depth < 60; depth++) {
            nested = "SELECT max(email) FROM sales.customers WHERE email = (%s) OR region IN (SELECT region FROM sales.customers)".formatted(nested);
        }
        assertCompared("SELECT (" + nested + ") = id AS x FROM owed", "customers.email, owed.id", "customers.region");
    }

    private static void assertCompared(String sql, String... expected)
    {
        assertThat(comparisons(sql).orElseThrow(() -> new AssertionError(sql)).groups().stream().map(TestQueryLineage::names)).as(sql).containsExactlyInAnyOrder(expected);
    }

    private static Optional<Comparisons> comparisons(String sql)
    {
        return QueryLineage.comparisons(query(sql), "finance", source -> Optional.ofNullable(COLUMNS.get(source)));
    }

    @Test
    void testDeepExpressionsAreComputedOnce()
    {
        String nested = "email";
        for (int depth = 0; depth < 200; depth++) {
            nested = "IF(id = %s, region, %s)".formatted(depth, nested);
        }
        assertOrigin("SELECT " + nested + " AS x FROM sales.customers", "customers.email, customers.id, customers.region shows customers.email, customers.region");
    }

    private static void assertOrigin(String sql, String expected)
    {
        ColumnOrigin origin = origins(sql).orElseThrow(() -> new AssertionError(sql)).get("x");
        assertThat(names(origin.sources()) + " shows " + names(origin.shown())).as(sql).isEqualTo(expected);
    }

    private static Optional<Map<String, ColumnOrigin>> origins(String sql)
    {
        return QueryLineage.of(query(sql), "finance", source -> Optional.ofNullable(COLUMNS.get(source)));
    }

    private static SqlQuery query(String sql)
    {
        return new SqlQuery(new LocatedText(sql, Position.startOf("p.sql"), true), sql, ImmutableList.of(), ImmutableMap.of(), ImmutableSet.of(), true, Optional.empty());
    }

    private static String names(Collection<SourceColumn> columns)
    {
        return columns.stream().map(column -> column.table().table() + "." + column.column()).sorted().collect(joining(", "));
    }
}
