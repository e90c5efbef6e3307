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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.TableId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.product;
import static org.trinomesh.registry.TestingMesh.tableNames;

final class TestMeshNames
{
    @Test
    void testDashBecomesUnderscore()
    {
        Mesh mesh = mesh("a.yaml", PRODUCT.replace("name: orders", "name: customer-360\n  aliases: [customer-view]"));
        assertThat(problems(mesh)).isEmpty();
        assertThat(tableNames(mesh, "sales")).containsExactly("customer_360", "customer_360_v1 (not listed)", "customer_view (not listed)");
        assertThat(mesh.table("sales", "customer_view").orElseThrow().table().source()).isEqualTo(new CatalogTable("lake", "sales", "customer_360"));
        assertThat(product(mesh, "sales", "customer_360").name()).isEqualTo("customer-360");
    }

    @Test
    void testNameWithoutVersionIsTheHighestActiveMajor()
    {
        assertThat(majors("active", "active")).isEqualTo(2);
        assertThat(majors("active", "draft")).isEqualTo(1);
        assertThat(majors("active", "deprecated")).isEqualTo(1);
        assertThat(majors("deprecated", "deprecated")).isEqualTo(2);
        assertThat(majors("deprecated", "proposed")).isEqualTo(1);
        assertThat(majors("draft", "proposed")).isEqualTo(2);
        assertThat(majors("active", "retired")).isEqualTo(1);
    }

    @Test
    void testMajorsAreListedWhenThereAreSeveral()
    {
        Mesh mesh = twoMajors("deprecated", "active");
        assertThat(tableNames(mesh, "sales")).containsExactly("orders", "orders_v1", "orders_v2");
        assertThat(mesh.domain("sales").orElseThrow().products()).extracting(product -> product.outputPorts().getFirst().address().getFirst())
                .containsExactly("sales.orders_v1", "sales.orders");

        Mesh retired = twoMajors("retired", "active");
        assertThat(tableNames(retired, "sales")).containsExactly("orders", "orders_v2 (not listed)");
        assertThat(retired.domain("sales").orElseThrow().products()).hasSize(2);
        assertThat(retired.domain("sales").orElseThrow().products().getFirst().tables()).isEmpty();
    }

    @Test
    void testEachTableHasOneShortestName()
    {
        Mesh current = twoMajors("deprecated", "active");
        assertThat(current.eachTable("sales")).extracting(MeshTable::name).containsExactly("orders", "orders_v1");
        assertThat(current.tablesOf(current.product(new ProductId("sales", "orders", 1)).orElseThrow())).extracting(MeshTable::name).containsExactly("orders_v1");
        assertThat(current.tablesOf(current.product(new ProductId("sales", "orders", 2)).orElseThrow())).extracting(MeshTable::name).containsExactly("orders");
        assertThat(current.table(current.table("sales", "orders_v2").orElseThrow().id())).map(MeshTable::name).hasValue("orders");

        // A draft does not take the name from what is active
        Mesh draft = twoMajors("active", "draft");
        assertThat(draft.eachTable("sales")).extracting(MeshTable::name).containsExactly("orders", "orders_v2");
        assertThat(draft.table(new TableId(new ProductId("sales", "orders", 1), "orders"))).map(MeshTable::name).hasValue("orders");

        Mesh retired = twoMajors("retired", "active");
        assertThat(retired.eachTable("sales")).extracting(MeshTable::name).containsExactly("orders");
        assertThat(retired.tablesOf(retired.product(new ProductId("sales", "orders", 1)).orElseThrow())).isEmpty();
        assertThat(retired.table(new TableId(new ProductId("sales", "orders", 1), "orders"))).isEmpty();
        assertThat(retired.eachTable("nowhere")).isEmpty();
    }

    @Test
    void testOneMajorTwice()
    {
        Mesh mesh = mesh(ImmutableMap.of("a.yaml", PRODUCT, "b.yaml", PRODUCT.replace("1.0.0", "1.3.0"), "c.yaml", PRODUCT.replace("1.0.0", "2.0.0")));
        assertThat(problems(mesh)).containsExactly(
                "a.yaml:1:1: error: version 1 of data product 'orders' is described twice, also in b.yaml:1:1; remove one, or give it another major version",
                "b.yaml:1:1: error: version 1 of data product 'orders' is described twice, also in a.yaml:1:1; remove one, or give it another major version");
        assertThat(tableNames(mesh, "sales")).containsExactly("orders", "orders_v2 (not listed)");
    }

    @Test
    void testCollisionsTakeBothOut()
    {
        assertCollision("orders-1", "orders_1", "sales.orders_1");
        assertCollision("orders", "orders-v1", "sales.orders_v1");
        assertCollision("orders\n  aliases: [sales-list]", "sales-list", "sales.sales_list");
        Mesh tables = mesh(ImmutableMap.of(
                "a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [orders, {table: l, name: lines, columns: [{name: a, type: date}]}]\n"),
                "b.yaml", PRODUCT.replace("name: orders", "name: orders--lines")));
        assertThat(problems(tables)).hasSize(2);
        assertThat(problems(tables).getFirst()).startsWith("a.yaml:1:1: error: 'sales.orders__lines' would mean two data products: 'orders' here and 'orders--lines' in b.yaml:1:1; ");
        assertThat(tables.tables("sales")).isEmpty();
    }

    @Test
    void testRetiredProductOfTheSameKey()
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "a.yaml", PRODUCT.replace("name: orders", "name: customer-360").replace("1.0.0", "2.1.0"),
                "b.yaml", PRODUCT.replace("name: orders", "name: customer_360\n  status: retired").replace("1.0.0", "2.0.0")));
        assertThat(problems(mesh)).containsExactly(
                "a.yaml:1:1: error: version 2 of data product 'customer-360' is described twice, also as 'customer_360' in b.yaml:1:1; remove one, or give it another major version",
                "b.yaml:1:1: error: version 2 of data product 'customer_360' is described twice, also as 'customer-360' in a.yaml:1:1; remove one, or give it another major version");
        assertThat(mesh.domain("sales")).isEmpty();
    }

    @Test
    void testSeveralTables()
    {
        Mesh mesh = mesh("a.yaml", PRODUCT.replace("schema: sales\n",
                """
                schema: sales
                      tables:
                        - orders
                        - table: ORDER_LINES_2
                          name: order-lines
                          description: What was ordered
                          columns: [{name: line, type: integer}]
                """));
        assertThat(problems(mesh)).isEmpty();
        assertThat(tableNames(mesh, "sales")).containsExactly("orders", "orders__order_lines", "orders_v1 (not listed)", "orders_v1__order_lines (not listed)");
        MeshTable lines = mesh.table("sales", "orders__order_lines").orElseThrow();
        assertThat(lines.table().source()).isEqualTo(new CatalogTable("lake", "sales", "ORDER_LINES_2"));
        assertThat(lines.table().main()).isFalse();
        assertThat(lines.table().description()).contains("What was ordered");
        assertThat(lines.product().outputPorts().getFirst().address()).containsExactly("sales.orders", "sales.orders__order_lines");
    }

    @Test
    void testMainTable()
    {
        String withoutColumns = PRODUCT.replace("  columns:\n    - name: order_id\n      type: bigint\n", "");
        Mesh marked = mesh("a.yaml", withoutColumns.replace("schema: sales\n", "schema: sales\n      tables: [{table: a, columns: [{name: x, type: date}]}, {table: b, main: true, columns: [{name: y, type: date}]}]\n"));
        assertThat(problems(marked)).isEmpty();
        assertThat(tableNames(marked, "sales")).containsExactly("orders", "orders__a", "orders_v1 (not listed)", "orders_v1__a (not listed)");
        assertThat(marked.table("sales", "orders").orElseThrow().table().columns().getFirst().name()).isEqualTo("y");

        Mesh none = mesh("a.yaml", withoutColumns.replace("schema: sales\n", "schema: sales\n      tables: [{table: a, columns: [{name: x, type: date}]}, {table: b, columns: [{name: y, type: date}]}]\n"));
        assertThat(tableNames(none, "sales")).containsExactly("orders__a", "orders__b", "orders_v1__a (not listed)", "orders_v1__b (not listed)");

        Mesh only = mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [anything]\n"));
        assertThat(tableNames(only, "sales")).containsExactly("orders", "orders_v1 (not listed)");
    }

    @Test
    void testMistakesInTables()
    {
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [{table: a, main: true}, {table: b, main: true, columns: [{name: y, type: date}]}]\n"))))
                .contains("a.yaml:15:40: error: two tables are marked as main; keep 'main: true' at one of them");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [orders, b]\n"))))
                .containsExactly("a.yaml:15:24: error: table 'b' has no columns; add 'columns:' to it: only listed columns are served");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [orders, {table: B, columns: [{name: y, type: date}]}]\n"))))
                .containsExactly("a.yaml:15:32: error: 'B' cannot be the name of a table; add a 'name:' of lower case letters, digits and '_'");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      table: a\n      tables: [b]\n"))))
                .containsExactly("a.yaml:15:14: error: the port has both 'table' and 'tables'; keep one of the two");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: []\n"))))
                .containsExactly("a.yaml:11:7: error: tables is empty; name at least one table, or write 'table:'");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [{table: a, columns: [{name: x, type: date}]}, {table: b, columns: [{name: x, type: date}]}]\n"))))
                .containsExactly("a.yaml:15:16: error: the product has several tables, and it does not say to which of them its columns belong; mark one with 'main: true' and give the others their own columns");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [{table: a, main: true}, {table: b, columns: [{name: x, type: date}]}, {table: c, name: b, columns: [{name: x, type: date}]}]\n"))))
                .containsExactly("a.yaml:15:86: error: two tables of the product are called 'orders__b'; give one of them another 'name:'");
        assertThat(problems(mesh("a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [{table: a, columns: [{name: x, type: date}]}]\n"))))
                .containsExactly("a.yaml:15:16: error: the columns of the main table are listed at the table and under spec.columns; keep one of the two lists");
    }

    @Test
    void testContractIsOfTheMainTable()
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "a.yaml", PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [orders, {table: lines, columns: [{name: a, type: date}]}]\n"),
                "b.yaml", CONTRACT));
        assertThat(problems(mesh)).isEmpty();
        assertThat(mesh.table("sales", "orders").orElseThrow().table().columns()).extracting(Column::name).containsExactly("order_id", "email");
        assertThat(mesh.table("sales", "orders__lines").orElseThrow().table().columns()).extracting(Column::name).containsExactly("a");
    }

    private static void assertCollision(String first, String second, String name)
    {
        Mesh mesh = mesh(ImmutableMap.of("a.yaml", PRODUCT.replace("name: orders", "name: " + first), "b.yaml", PRODUCT.replace("name: orders", "name: " + second)));
        String firstName = first.lines().findFirst().orElseThrow();
        assertThat(problems(mesh)).containsExactly(
                "a.yaml:1:1: error: '%s' would mean two data products: '%s' here and '%s' in b.yaml:1:1; rename one of them, its alias or its table".formatted(name, firstName, second),
                "b.yaml:1:1: error: '%s' would mean two data products: '%s' here and '%s' in a.yaml:1:1; rename one of them, its alias or its table".formatted(name, second, firstName));
        assertThat(mesh.tables("sales")).isEmpty();
    }

    private static int majors(String first, String second)
    {
        return twoMajors(first, second).table("sales", "orders").orElseThrow().product().version().major();
    }

    private static Mesh twoMajors(String first, String second)
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "a.yaml", PRODUCT.replace("version: 1.0.0", "version: 1.0.0\n  status: " + first),
                "b.yaml", PRODUCT.replace("version: 1.0.0", "version: 2.0.0\n  status: " + second)));
        // The missing announcement of the end is tested elsewhere
        assertThat(problems(mesh)).allMatch(problem -> problem.contains("the product is deprecated, but neither its end"));
        return mesh;
    }
}
