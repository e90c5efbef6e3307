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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Discovery.SampleQuery;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.problems;

/**
 * Ana reads orders without their notes, and may not know of wages; sam is the steward of orders.
 */
final class TestVisibleSampleQueries
{
    private static final String WAGES = PRODUCT.replace("name: orders", "name: wages").replace("role: analysts", "role: payroll").replace("spec:\n", "spec:\n  discoverable: false\n");
    private static final String RETURNS = PRODUCT.replace("name: orders", "name: returns").replace("order_id\n      type: bigint", "order_id\n      type: bigint\n    - {name: cause, type: varchar, hidden: true}");

    @Test
    void testQueriesOverWhatAnaMayKnow()
    {
        assertVisible("SELECT * FROM orders");
        assertVisible("SELECT count(*) FROM sales.orders o WHERE o.order_id > 5 -- as of now");
        assertVisible("select \"order_id\" from MESH.\"sales\".orders, sales.returns as r, returns");
        assertVisible("WITH recent AS (SELECT * FROM orders), old (a) AS (TABLE orders) SELECT * FROM recent JOIN old ON true");
        assertVisible("SELECT extract(year FROM placed) FROM orders CROSS JOIN UNNEST(ARRAY[1]) AS t(x)");
        assertVisible("SELECT * FROM (orders JOIN returns USING (order_id)) WHERE order_id IN (SELECT order_id FROM returns)");
        assertVisible("SELECT * FROM mesh.system.data_products");
        assertVisible("SELECT * FROM TABLE(mesh.system.search('orders'))");
        assertVisible("SELECT * FROM orders_v1");
    }

    @Test
    void testQueriesThatNameAHiddenColumn()
    {
        assertHidden("SELECT note FROM orders");
        assertHidden("SELECT o.\"NOTE\" FROM orders o");
        assertHidden("SELECT * FROM orders /* by note */");
        assertHidden("SELECT element_at(CAST(ROW(1) AS row(Note bigint)), 1) FROM orders");
        assertHidden("SELECT * FROM orders WHERE x = 'the note'");
        assertHidden("SELECT cause FROM returns");
        assertHidden("SELECT 1 FROM orders JOIN returns r ON r.cause = 'x'");
        // A column of a product that the query does not name
        assertVisible("SELECT 1 AS cause FROM orders");
        assertThat(visible("ana", "analysts", "title: By note, sql: TABLE orders")).isEmpty();
        assertThat(visible("ana", "analysts", "title: By name, sql: TABLE orders, description: without the note")).isEmpty();
    }

    @Test
    void testQueriesOverWhatAnaMayNotKnow()
    {
        for (String sql : List.of(
                "SELECT * FROM wages",
                "SELECT * FROM sales.wages",
                "SELECT * FROM mesh.sales.wages",
                "SELECT * FROM orders, wages",
                "SELECT * FROM orders o, (wages JOIN returns ON true)",
                "SELECT * FROM orders o JOIN \"sales\".\"wages\" ON true",
                "SELECT (SELECT max(order_id) FROM wages) FROM orders",
                "TABLE wages",
                "DESCRIBE sales.wages",
                "SHOW COLUMNS FROM wages",
                "SELECT * FROM orders UNION ALL TABLE wages",
                "SELECT * FROM orders WHERE order_id IN (SELECT order_id FROM returns, wages)",
                "INSERT INTO wages VALUES 1",
                "SELECT * FROM orders JOIN returns ON true, wages",
                "SELECT * FROM orders JOIN returns USING (order_id), sales.wages",
                "SHOW STATS FOR sales.wages",
                "SHOW STATS FOR (SELECT * FROM wages)",
                "SHOW TABLES IN payroll",
                // What never was, so that it is no difference whether there are wages
                "SELECT * FROM never_was",
                "SELECT * FROM sales.never_was",
                // Where it is kept
                "SELECT * FROM lake.sales.orders",
                "SELECT * FROM lake.sales.orders.x",
                "DROP TABLE orders")) {
            assertHidden(sql);
            assertThat(visible("sam", "keepers", "title: A query, sql: " + quoted(sql))).as("for sam: " + sql).hasSize(1);
        }
        assertThat(visible("eve", "nobody", "title: A query, sql: TABLE orders")).isEmpty();
    }

    @Test
    void testLongTexts()
    {
        for (String quote : List.of("'", "\"")) {
            assertVisible("SELECT * FROM orders WHERE 'a' <> " + quote + "x".repeat(100_000) + quote);
        }
        assertHidden("SELECT * FROM orders WHERE 'a' <> '" + "''".repeat(50_000) + "', (TABLE wages)");
    }

    @Test
    void testQueryWithoutSql()
    {
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", orders("title: A query, sql: ' '")));
        assertThat(problems(mesh)).containsExactly("orders.yaml:9:41: error: 'sql' is empty; write a value or remove it");
    }

    private static void assertVisible(String sql)
    {
        assertThat(visible("ana", "analysts", "title: A query, sql: " + quoted(sql))).as(sql).containsExactly(sql);
    }

    private static void assertHidden(String sql)
    {
        assertThat(visible("ana", "analysts", "title: A query, sql: " + quoted(sql))).as(sql).isEmpty();
    }

    private static String quoted(String sql)
    {
        return "'" + sql.replace("'", "''") + "'";
    }

    private static List<String> visible(String user, String group, String query)
    {
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", orders(query), "wages.yaml", WAGES, "returns.yaml", RETURNS));
        assertThat(problems(mesh)).isEmpty();
        GovernedMesh governed = new GovernedMesh(Governance.of(mesh), new Requester(user, Set.of(group), Set.of()), mesh.loadedAt());
        return governed.discoverable().stream()
                .filter(product -> product.name().equals("orders"))
                .flatMap(product -> queries(governed, product).stream())
                .map(SampleQuery::sql)
                .collect(toImmutableList());
    }

    private static List<SampleQuery> queries(GovernedMesh governed, DataProduct product)
    {
        return new VisibleSampleQueries(governed, "mesh").of(product);
    }

    private static String orders(String... queries)
    {
        return PRODUCT.replace("spec:\n", "spec:\n  sampleQueries: [" + List.of(queries).stream().collect(joining("}, {", "{", "}")) + "]\n")
                .replace("type: bigint", "type: bigint\n    - {name: placed, type: date}\n    - {name: note, type: varchar}") +
                """
                    - {group: keepers, permissions: [read, admin]}
                  hiddenColumns: [{id: notes, match: {columns: [note]}, except: [{group: keepers}]}]
                """;
    }
}
