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
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Table;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnDetails;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.query.DetachedQuery.Statement;
import org.trinomesh.type.DataTypeParser;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

final class TestDetachedQuery
{
    private static final TrinoTable LIMITS = new TrinoTable("erp", "public", "limits");
    private static final Map<String, String> CUSTOMERS = ImmutableMap.of("customer_id", "bigint", "e mail", "varchar");
    private static final Map<String, String> ORDERS = ImmutableMap.of("customer_id", "bigint", "amount", "decimal(18,2)");

    @Test
    void testTheWholeStatement()
    {
        Statement statement = detached("SELECT c.customer_id AS id\nFROM sales.customers c").select(List.of(column("id", "bigint", 50), column("places", "array(row(a date))", 51)));
        assertThat(statement.sql()).isEqualTo(
                """
                WITH "mesh_0" AS (SELECT CAST(NULL AS bigint) AS "customer_id", CAST(NULL AS varchar) AS "e mail" WHERE false),
                "mesh_query" AS (
                SELECT c.customer_id AS id
                FROM "mesh_0" c
                )
                SELECT
                "id",
                "places",
                CAST(NULL AS bigint),
                CAST(NULL AS array(row("a" date)))
                FROM "mesh_query"
                LIMIT 0""");
        assertThat(statement.promised(6)).isEmpty();
        assertThat(statement.promised(7).orElseThrow().name()).isEqualTo("id");
        assertThat(statement.at(8, 1)).isEqualTo(new Position("p.yaml", 51, 5));
        assertThat(statement.promised(10).orElseThrow().name()).isEqualTo("places");
        assertThat(statement.promised(11)).isEmpty();
        // The first table is where the query names it
        assertThat(statement.at(1, 60)).isEqualTo(new Position("p.yaml", 11, 12));
        assertThat(statement.at(4, 15)).isEqualTo(new Position("p.yaml", 11, 28));
    }

    @Test
    void testAColumnWithItsPromise()
    {
        assertThat(detached("SELECT 1 AS id FROM orders").unite(column("id", "row(a map(varchar, row(b bigint)))", 50)).sql()).endsWith(
                """
                SELECT
                "id",
                CAST(NULL AS row("a" map(varchar, row("b" bigint))))
                FROM "mesh_query"
                UNION ALL SELECT CAST(NULL AS row("a " map(varchar, row("b " bigint)))), CAST(NULL AS row("a " map(varchar, row("b " bigint))))
                LIMIT 0""");
    }

    @Test
    void testTablesAreCalledAsBefore()
    {
        assertQuery("SELECT * FROM sales.customers", "SELECT * FROM \"mesh_0\" AS \"customers\"");
        assertQuery("SELECT * FROM Orders AS o (a, b), sales . \"customers\" x", "SELECT * FROM \"mesh_0\" AS o (a, b), \"mesh_1\" x");
        assertQuery("SELECT * FROM orders JOIN orders b USING (customer_id)", "SELECT * FROM \"mesh_0\" AS \"orders\" JOIN \"mesh_0\" b USING (customer_id)");
        assertQuery("TABLE orders UNION TABLE sales.customers ORDER BY orders.customer_id", "SELECT * FROM \"mesh_0\" AS \"orders\" UNION SELECT * FROM \"mesh_1\" AS \"customers\" ORDER BY orders.customer_id");
        assertQuery("SELECT * FROM erp.public.limits JOIN orders TABLESAMPLE BERNOULLI (10) ON true", "SELECT * FROM \"mesh_0\" AS \"limits\" JOIN \"mesh_1\" AS \"orders\" TABLESAMPLE BERNOULLI (10) ON true");
        assertQuery("WITH orders AS (TABLE finance.orders) SELECT * FROM orders", "WITH orders AS (SELECT * FROM \"mesh_0\" AS \"orders\") SELECT * FROM orders");
        assertQuery("SELECT (SELECT max(amount) FROM orders) FROM sales.customers", "SELECT (SELECT max(amount) FROM \"mesh_0\" AS \"orders\") FROM \"mesh_1\" AS \"customers\"");
        assertQuery("SELECT mesh_0.customer_id FROM orders mesh_0", "SELECT mesh_0.customer_id FROM \"mesh__0\" mesh_0");
    }

    @Test
    void testOlderVersions()
    {
        assertQuery("SELECT orders.amount FROM orders FOR VERSION AS OF 12 + 3 WHERE orders.amount > 1", "SELECT orders.amount FROM \"mesh_0\" FOR VERSION AS OF 12 + 3 AS \"orders\" WHERE orders.amount > 1");
        assertQuery("SELECT * FROM orders FOR TIMESTAMP /* FOR */ AS OF TIMESTAMP '2026-01-01 00:00:00 UTC' o", "SELECT * FROM \"mesh_0\" FOR TIMESTAMP /* FOR */ AS OF TIMESTAMP '2026-01-01 00:00:00 UTC' o");
    }

    @Test
    void testNamesWithTheDomain()
    {
        assertQuery("SELECT sales.customers.customer_id, Finance.\"orders\".amount FROM sales.customers, orders", "SELECT       customers.customer_id,         \"orders\".amount FROM \"mesh_0\" AS \"customers\", \"mesh_1\" AS \"orders\"");
        assertQuery("SELECT sales.customers.*, o.finance.orders FROM sales.customers, orders o", "SELECT       customers.*, o.finance.orders FROM \"mesh_0\" AS \"customers\", \"mesh_1\" o");
        // A column of the relation called sales
        assertQuery("SELECT sales.customers.x FROM sales.customers sales", "SELECT sales.customers.x FROM \"mesh_0\" sales");
    }

    @Test
    void testPlaces()
    {
        DetachedQuery detached = detached("SELECT 'äö𝄞' a, foo(c.customer_id)\nFROM orders, sales.customers c WHERE bar(1)\n  AND baz(c.\"e mail\")");
        Statement statement = detached.select(List.of(column("a", "varchar", 50)));
        assertPlace(statement, "foo", 10, 23);
        assertPlace(statement, "\"mesh_0\" AS", 11, 12);
        assertPlace(statement, "\"mesh_1\" c", 11, 20);
        assertPlace(statement, "bar", 11, 44);
        assertPlace(statement, "baz", 12, 13);
        // Texts in quotes have no lines of their own
        LocatedText quoted = new LocatedText("SELECT foo(1) AS a FROM orders", new Position("p.yaml", 7, 3), false);
        Statement line = DetachedQuery.of(parse(quoted), "finance", Map.of(new Source("finance", "orders"), ORDERS), Map.of()).select(List.of(column("a", "varchar", 50)));
        assertPlace(line, "foo", 7, 3);
    }

    @Test
    void testPlaceOfATableOfAnotherCatalog()
    {
        assertThat(DetachedQuery.position(parse(text("SELECT 1 FROM orders,\n  ERP.public.limits")), LIMITS)).isEqualTo(new Position("p.yaml", 11, 9));
    }

    private static void assertPlace(Statement statement, String part, int line, int column)
    {
        List<String> lines = statement.sql().lines().toList();
        // Behind the lines of the tables
        int found = lines.size() - 1;
        while (!lines.get(found).contains(part) || lines.get(found).contains("WHERE false")) {
            found--;
        }
        String before = lines.get(found).substring(0, lines.get(found).indexOf(part));
        assertThat(statement.at(found + 1, before.codePointCount(0, before.length()) + 1)).as(part).isEqualTo(new Position("p.yaml", line, column));
    }

    private static void assertQuery(String sql, String expected)
    {
        String statement = detached(sql).select(List.of(column("customer_id", "bigint", 50))).sql();
        assertThat(statement.substring(statement.indexOf("query\" AS (\n") + 12, statement.lastIndexOf("\n)\n"))).isEqualTo(expected);
        assertThat(SourceNames.tables((Query) new SqlParser().createStatement(statement)).stream().map(Table::getName)).isEmpty();
    }

    private static DetachedQuery detached(String sql)
    {
        return DetachedQuery.of(parse(text(sql)), "finance", Map.of(new Source("sales", "customers"), CUSTOMERS, new Source("finance", "orders"), ORDERS), Map.of(LIMITS, ORDERS));
    }

    private static LocatedText text(String sql)
    {
        return new LocatedText(sql, new Position("p.yaml", 10, 7), true);
    }

    private static SqlQuery parse(LocatedText text)
    {
        return QueryParser.parse(text, "finance", _ -> Optional.of("reader"), new Problems()).orElseThrow();
    }

    private static Column column(String name, String type, int line)
    {
        return new Column(name, DataTypeParser.parse(type), true, Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), OptionalInt.empty(), Optional.empty(), false, ImmutableList.of(), ColumnDetails.NONE, new Position("p.yaml", line, 5));
    }
}
