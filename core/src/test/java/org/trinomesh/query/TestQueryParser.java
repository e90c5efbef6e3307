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

import org.junit.jupiter.api.Test;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestQueryParser
{
    @Test
    void testSources()
    {
        assertSources("SELECT * FROM sales.customers c JOIN orders o ON o.id = c.id", "sales.customers", "finance.orders");
        assertSources("WITH a AS (SELECT * FROM orders), orders AS (SELECT * FROM a) SELECT * FROM orders", "finance.orders");
        assertSources("SELECT (SELECT max(x) FROM hr.staff) FROM orders WHERE EXISTS (SELECT 1 FROM sales.customers) ORDER BY (SELECT 1 FROM sales.regions)", "hr.staff", "finance.orders", "sales.customers", "sales.regions");
        assertSources("TABLE Sales.\"Customers\"", "sales.customers");
        assertSources("WITH RECURSIVE t(n) AS (SELECT id FROM orders UNION ALL SELECT n + 1 FROM t) SELECT * FROM t", "finance.orders");
        assertSources("WITH a AS (SELECT 1 x) SELECT * FROM finance.a, (WITH b AS (TABLE a) TABLE b), b", "finance.a", "finance.b");
    }

    @Test
    void testNamesAreThoseOfTheMesh()
    {
        assertThat(parse("TABLE orders", new Problems()).orElseThrow().sql()).isEqualToNormalizingWhitespace("TABLE \"finance\".\"orders\"");
        assertThat(parse("SELECT * FROM pg . \"public\" . \"a \"\" b\" x, orders", new Problems()).orElseThrow().sql()).contains("\"pg$public\".\"a \"\" b\" x", "\"finance\".\"orders\"");
    }

    @Test
    void testTooMuchToParse()
    {
        assertProblems("SELECT " + "(".repeat(1_000) + "1" + ")".repeat(1_000) + " FROM orders", "p.yaml:10:7: error: the query is longer than 100,000 characters, or has more than 200 parentheses inside of each other; divide it, with WITH or into several products");
        assertProblems("SELECT '" + "x".repeat(100_000) + "' FROM orders", "p.yaml:10:7: error: the query is longer than 100,000 characters");
        assertSources("SELECT " + "(".repeat(190) + "1" + ")".repeat(190) + " FROM orders", "finance.orders");
    }

    @Test
    void testCommentsAreNotKept()
    {
        assertThat(parse("SELECT 1 AS x -- secret\nFROM /* more */ orders", new Problems()).orElseThrow().sql()).doesNotContain("secret", "more").contains("FROM");
    }

    @Test
    void testPositions()
    {
        assertProblems("SELEC 1", "p.yaml:10:7: error: the query is not SQL: mismatched input 'SELEC'; begin with SELECT or WITH");
        assertProblems("SELECT 1\n  FROM erp.public.orders", "p.yaml:11:14: error: domain 'finance' may not publish tables of schema 'public' of the Trino catalog 'erp'; if you mean the data product, write public.orders, without the catalog; or ask the platform for a grant in the Mesh document: {domain: finance, trinoCatalog: erp, schemas: [public], runAs: ...}");
        assertProblems("SELECT current_user FROM orders", "p.yaml:10:14: error: the query depends on who reads it");
        assertProblems("SELECT 1 FROM orders WHERE contains(current_groups(), 'x')", "p.yaml:10:43: error: the query depends on who reads it");
        assertProblems("SELECT * FROM TABLE(erp.system.query('x'))", "p.yaml:10:27: error: the query calls the table function 'erp.system.query'");
        assertProblems("SELECT mesh.system.f(1) FROM orders", "p.yaml:10:14: error: the query calls 'mesh.system.f', a function of a catalog");
        assertProblems("WITH FUNCTION f() RETURNS bigint RETURN 1 SELECT f() FROM orders", "p.yaml:10:12: error: the query declares a function");
        assertProblems("SELECT 1 FROM sales.customers, mesh.sales.customers c", "p.yaml:10:38: error: domain 'finance' may not publish tables of schema 'sales' of the Trino catalog 'mesh'; if you mean the data product, write sales.customers, without the catalog; or ask the platform");
        assertProblems("TABLE mesh.sales.customers", "p.yaml:10:13: error: domain 'finance' may not publish tables of schema 'sales'");
        assertProblems("SELECT ? FROM orders", "p.yaml:10:14: error: the query has a parameter");
        assertProblems("DROP TABLE orders", "p.yaml:10:7: error: the query is not a query but another statement; write one SELECT");
        assertProblems("SELECT 1", "p.yaml:10:7: error: the query reads no data product");
        assertProblems("SELECT 1; SELECT 2", "p.yaml:10:15: error: the query has a ';'; remove it");
        assertProblems(";", "p.yaml:10:7: error: the query has a ';'; remove it");
        assertProblems(" ", "p.yaml:10:7: error: the query is empty; write one SELECT");
        assertProblems("SELECT current_user, current_schema FROM orders", "p.yaml:10:14: error: the query depends on who reads it", "p.yaml:10:28: error: the query depends on who reads it");
        assertProblems("SELECT current_timezone() FROM orders", "p.yaml:10:14: error: the query depends on who reads it");
        assertProblems("SELECT localtimestamp FROM orders", "p.yaml:10:14: warning: the query depends on the time zone of who reads it");
        assertProblems("SELECT " + "NOT ".repeat(20_000) + "true FROM orders", "p.yaml:10:7: error: the query is n");
        assertProblems("SELECT random() FROM orders", "p.yaml:10:14: warning: the query calls random, so every reader gets other rows");
    }

    @Test
    void testTablesOfOtherCatalogs()
    {
        SqlQuery query = parse("SELECT o.id, 'pg.public.orders' AS x FROM pg.public.orders o JOIN PG.\"public\".lines l ON l.id = o.id, customers WHERE o.id IN (SELECT id FROM pg.public.orders)", new Problems()).orElseThrow();
        assertThat(query.catalogTables()).containsExactlyInAnyOrderEntriesOf(Map.of(new TrinoTable("pg", "public", "orders"), "reader", new TrinoTable("pg", "public", "lines"), "reader"));
        assertThat(query.sources()).extracting(Object::toString).containsExactly("finance.customers");
        assertThat(query.sql()).contains("\"pg$public\".\"orders\" o", "\"pg$public\".\"lines\" l", "'pg.public.orders'").doesNotContain("FROM\n  pg.", "JOIN pg.");
    }

    private static void assertSources(String sql, String... sources)
    {
        assertThat(parse(sql, new Problems()).orElseThrow().sources()).as(sql).extracting(Object::toString).containsExactlyInAnyOrder(sources);
    }

    private static void assertProblems(String sql, String... beginnings)
    {
        Problems problems = new Problems();
        Optional<SqlQuery> query = parse(sql, problems);
        List<String> found = problems.toList().stream().map(Problem::toString).collect(toImmutableList());
        assertThat(found).as(sql).hasSameSizeAs(beginnings);
        for (int index = 0; index < beginnings.length; index++) {
            assertThat(found.get(index)).as(sql).startsWith(beginnings[index]);
        }
        assertThat(query.isEmpty()).as(sql).isEqualTo(problems.hasErrors());
    }

    private static Optional<SqlQuery> parse(String sql, Problems problems)
    {
        return QueryParser.parse(new LocatedText(sql, new Position("p.yaml", 10, 7), true), "finance", table -> Optional.of(table.catalog()).filter("pg"::equals).map(_ -> "reader"), problems);
    }
}
