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
package org.trinomesh.tests;

import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Position;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityCondition.DuplicateValues;
import org.trinomesh.product.QualityCondition.InvalidValues;
import org.trinomesh.product.QualityCondition.MissingValues;
import org.trinomesh.product.QualityCondition.NullValues;
import org.trinomesh.product.QualityCondition.RowCount;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.product.QualityThreshold.Operator;
import org.trinomesh.quality.CheckedRule;
import org.trinomesh.quality.CheckedTable;
import org.trinomesh.quality.QualitySql;
import org.trinomesh.type.ScalarType;
import org.trinomesh.type.TypedConstant;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.product.QualityThreshold.NONE_FAILS;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * Sam is the steward of the orders. Max is one too, but sees e-mail addresses masked, and Mona is one who sees only the west.
 * Ana reads the orders, Dora may know of them, and Eve is nobody.
 */
final class TestQualityViews
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: data-scientists}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: mask-email, match: {columns: [email]}, mask: email-domain, except: [{role: sales-data-team}, {user: mona}]}
              hiddenColumns:
                - {id: hide-ssn, match: {columns: [ssn]}, except: [{role: sales-data-team}]}
              rowFilters:
                - {id: west, match: {products: [sales.orders]}, filter: "region = 'WEST'", principals: [{user: mona}]}
            """;

    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Orders
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: orders}
              columns:
                - {name: order_id, type: varchar, nullable: false, unique: true}
                - {name: email, type: varchar}
                - {name: region, type: varchar}
                - {name: ssn, type: varchar}
                - {name: amount, type: double}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {role: sales-data-team, permissions: [read, write, admin]}
                - {user: max, permissions: [read, admin]}
                - {user: mona, permissions: [read, admin]}
            """;

    private static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: orders-contract, version: 1.0.0, owner: sales-data-team}
            producer: {domain: sales, dataProduct: orders}
            quality:
              rules:
                - {column: order_id, check: regex, pattern: "^O-[0-9]{3}$", dimension: validity, severity: error}
                - {name: mail, column: email, check: regex, pattern: "@", description: An address}
                - {column: region, check: not_null}
                - {column: ssn, check: unique}
                - {name: judged, check: text, description: Looks right}
            """;

    private static final String EMPTY =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: nothing, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Nothing yet
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: nothing}
              columns:
                - {name: id, type: bigint, nullable: false, unique: true}
              accessControl:
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String UNRULED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: unruled, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Without rules
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: nothing}
              columns:
                - {name: id, type: bigint}
              accessControl:
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String RESULT = "SELECT rule, column_name, \"check\", rows_checked, failed, ratio, passed, note FROM ";

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/orders.yaml", ORDERS)
                .write("domains/sales/orders-contract.yaml", CONTRACT)
                .write("domains/sales/nothing.yaml", EMPTY)
                .write("domains/sales/unruled.yaml", UNRULED)
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.nothing (id bigint)");
        mesh.runPipeline(
                """
                CREATE TABLE lake.sales.orders AS SELECT * FROM (VALUES
                    ('O-001', 'ann@example.com', 'WEST', '1', DOUBLE '10'),
                    ('O-002', 'bob.example.com', 'WEST', '2', DOUBLE '20'),
                    ('O-002', NULL, 'EAST', '2', DOUBLE '30'),
                    ('O-4', 'dan@example.com', NULL, '2', NULL),
                    (NULL, '', 'N/A', NULL, DOUBLE '50')) AS orders (order_id, email, region, ssn, amount)
                """);
        return mesh.runner();
    }

    @Test
    void testSamChecksTheRules()
    {
        assertThat(mesh.rows("sam", RESULT + "mesh.quality.sales__orders ORDER BY rule")).containsExactly(
                "mail, email, regex, 4, 2, 0.5, false, null",
                "order_id-not_null, order_id, not_null, 5, 1, 0.8, false, null",
                "order_id-regex, order_id, regex, 4, 1, 0.75, false, null",
                "order_id-unique, order_id, unique, 4, 1, 0.75, false, null",
                "region-not_null, region, not_null, 5, 1, 0.8, false, null",
                "ssn-unique, ssn, unique, 4, 2, 0.5, false, null");
        assertThat(mesh.rows("sam", "SELECT dimension, severity, threshold, measured, table_name FROM mesh.quality.sales__orders WHERE rule = 'order_id-regex'"))
                .containsExactly("validity, error, must be 0, 1.0, orders");
    }

    @Test
    void testAnEmptyTablePasses()
    {
        assertThat(mesh.rows("sam", RESULT + "mesh.quality.sales__nothing ORDER BY rule")).containsExactly(
                "id-not_null, id, not_null, 0, 0, null, true, null",
                "id-unique, id, unique, 0, 0, null, true, null");
    }

    @Test
    void testMaxIsRefusedWhatIsMaskedForHim()
    {
        assertThat(mesh.rows("max", RESULT + "mesh.quality.sales__orders ORDER BY rule")).containsExactly(
                "mail, email, regex, null, null, null, null, column email is masked for you",
                "order_id-not_null, order_id, not_null, 5, 1, 0.8, false, null",
                "order_id-regex, order_id, regex, 4, 1, 0.75, false, null",
                "order_id-unique, order_id, unique, 4, 1, 0.75, false, null",
                "region-not_null, region, not_null, 5, 1, 0.8, false, null");
    }

    @Test
    void testMonaIsRefusedWhatIsAboutAllRows()
    {
        assertThat(mesh.rows("mona", "SELECT DISTINCT rows_checked, failed, ratio, measured, passed, note FROM mesh.quality.sales__orders"))
                .containsExactly("null, null, null, null, null, you see only some of the rows");
    }

    @Test
    void testViewsAreListedForStewards()
    {
        for (String user : List.of("sam", "gus", "max", "ana", "dora", "eve")) {
            List<String> expected = switch (user) {
                case "sam" -> List.of("sales__nothing", "sales__orders");
                case "max" -> List.of("sales__orders");
                default -> List.of();
            };
            assertThat(mesh.rows(user, "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema = 'quality' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SELECT table_name FROM mesh.information_schema.tables WHERE table_name LIKE '%\\_\\_%' ESCAPE '\\' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SELECT table_name FROM mesh.information_schema.views WHERE table_schema = 'quality' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SELECT DISTINCT table_name FROM mesh.information_schema.columns WHERE table_schema = 'quality' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SELECT table_name FROM system.jdbc.tables WHERE table_cat = 'mesh' AND table_schem = 'quality' AND table_type = 'VIEW' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SELECT DISTINCT table_name FROM system.jdbc.columns WHERE table_cat = 'mesh' AND table_schem = 'quality' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SELECT table_name FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'quality' ORDER BY 1")).as(user).isEqualTo(expected);
            assertThat(mesh.rows(user, "SHOW SCHEMAS FROM mesh LIKE 'quality'")).as(user).isEqualTo(expected.isEmpty() ? List.of() : List.of("quality"));
        }
        assertThat(mesh.rows("sam", "DESCRIBE mesh.quality.sales__orders")).hasSize(13).first().asString().startsWith("rule, varchar");
        assertThat(mesh.rows("sam", "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'quality' AND table_name = 'sales__orders'"))
                .containsExactly("Checks the quality rules of data product sales.orders, one row for each");
    }

    @Test
    void testNobodyElseSelects()
    {
        for (String user : List.of("eve", "ana", "dora", "gus")) {
            for (String statement : List.of("SELECT * FROM %s", "SELECT count(*) FROM %s", "DESCRIBE %s", "SHOW CREATE VIEW %s", "SHOW STATS FOR %s", "EXPLAIN SELECT * FROM %s")) {
                assertThat(mesh.failure(user, statement.formatted("mesh.quality.sales__orders"))).as(user + ": " + statement)
                        .isEqualTo(mesh.failure(user, statement.formatted("mesh.quality.sales__absent")).replace("sales__absent", "sales__orders"));
            }
        }
        assertThat(mesh.failure("eve", "SELECT * FROM mesh.quality.sales__orders")).contains("Schema 'quality' does not exist");
        assertThat(mesh.failure("sam", "SELECT * FROM mesh.quality.sales__unruled")).contains("Table 'mesh.quality.sales__unruled' does not exist");
        assertThat(mesh.failure("max", "SELECT * FROM mesh.quality.sales__nothing")).contains("Table 'mesh.quality.sales__nothing' does not exist");
    }

    @Test
    void testViewsOverItDoNotHandItOn()
    {
        mesh.runPipeline("CREATE SCHEMA IF NOT EXISTS lake.views");
        computeActual(as("sam"), "CREATE VIEW lake.views.invoked SECURITY INVOKER AS SELECT * FROM mesh.quality.sales__orders");
        computeActual(as("sam"), "CREATE VIEW lake.views.defined SECURITY DEFINER AS SELECT * FROM mesh.quality.sales__orders");
        assertThat(mesh.rows("sam", "SELECT count(*) FROM lake.views.invoked")).containsExactly("6");
        assertThat(mesh.failure("ana", "SELECT * FROM lake.views.invoked")).contains("does not exist");
        assertThat(mesh.failure("ana", "SELECT * FROM lake.views.defined"))
                .contains("quality views are only for the stewards of a data product", "create it with SECURITY INVOKER")
                .doesNotContain("'share'");
    }

    @Test
    void testHiddenColumnsHaveNoRules()
    {
        assertThat(mesh.rows("max", "SELECT * FROM mesh.quality.sales__orders")).noneMatch(row -> row.contains("ssn"));
        assertThat(mesh.rows("max", "SHOW CREATE VIEW mesh.quality.sales__orders")).noneMatch(row -> row.contains("ssn")).isNotEmpty();
        assertThat(mesh.rows("max", "SELECT view_definition FROM mesh.information_schema.views WHERE table_schema = 'quality'")).noneMatch(row -> row.contains("ssn"));
    }

    @Test
    void testTheTableIsReadOnce()
    {
        String plan = (String) computeScalar(as("sam"), "EXPLAIN SELECT * FROM mesh.quality.sales__orders");
        assertThat(plan.split("TableScan\\[|ScanFilter\\[|ScanProject\\[|ScanFilterProject\\[", -1)).as(plan).hasSize(2);
    }

    @Test
    void testEveryKindOfRule()
    {
        Optional<String> none = Optional.empty();
        assertThat(results(
                rule("nulls", new NullValues("region"), threshold(Operator.MUST_BE_LESS_OR_EQUAL_TO, false, "1")),
                rule("null-percent", new NullValues("region"), threshold(Operator.MUST_BE_LESS_THAN, true, "20")),
                rule("null-percent-at-most", new NullValues("region"), threshold(Operator.MUST_BE_LESS_OR_EQUAL_TO, true, "20")),
                rule("missing", new MissingValues("region", texts("N/A", "")), threshold(Operator.MUST_BE, false, "2")),
                rule("missing-nothing", new MissingValues("email", List.of()), threshold(Operator.MUST_NOT_BE, false, "1")),
                rule("listed", new InvalidValues("region", texts("WEST", "EAST"), none), NONE_FAILS),
                rule("listed-and-like", new InvalidValues("region", texts("WEST", "EAST"), Optional.of("^E")), threshold(Operator.MUST_BE_GREATER_THAN, false, "2")),
                rule("number", new InvalidValues("amount", List.of(), Optional.of("^[0-9.]+E1$")), NONE_FAILS),
                rule("pairs", new DuplicateValues(List.of("order_id", "ssn")), threshold(Operator.MUST_BE_GREATER_OR_EQUAL_TO, false, "1")),
                rule("rows", new RowCount(), threshold(Operator.MUST_BE_BETWEEN, false, "5", "6.5")),
                rule("few-rows", new RowCount(), threshold(Operator.MUST_NOT_BE_BETWEEN, false, "5", "6")))).containsExactly(
                "few-rows, 5, null, null, 5.0, false, null",
                "listed, 4, 1, 0.75, 1.0, false, null",
                "listed-and-like, 4, 3, 0.25, 3.0, true, null",
                "missing, 5, 2, 0.6, 2.0, true, null",
                "missing-nothing, 5, 1, 0.8, 1.0, false, null",
                "null-percent, 5, 1, 0.8, 20.0, false, null",
                "null-percent-at-most, 5, 1, 0.8, 20.0, true, null",
                "nulls, 5, 1, 0.8, 1.0, true, null",
                "number, 4, 0, 1.0, 0.0, true, null",
                "pairs, 4, 1, 0.75, 1.0, true, null",
                "rows, 5, null, null, 5.0, true, null");
    }

    @Test
    void testHostileWordsStayWords()
    {
        List<String> hostile = List.of(
                "' || (SELECT 'x') || '",
                "'); DROP TABLE orders; --",
                "line\nbreak -- '",
                "\\0041 \\' \"quoted\" \u0000 \uD83D\uDE00 */",
                "@");
        for (String word : hostile) {
            String quoted = "\\Q" + word.replace("\\E", "") + "\\E";
            List<String> results = results(rule(word, new InvalidValues("email", texts(word), Optional.of(quoted)), NONE_FAILS));
            assertThat(results).as(word).containsExactly(word + ", 4, 4, 0.0, 4.0, false, null");
        }
    }

    @Test
    void testAPatternThatOnlyJavaKnowsFailsAlone()
    {
        assertThat(results(
                rule("java", new InvalidValues("email", List.of(), Optional.of("(?<=a{1,3})b")), NONE_FAILS),
                rule("nulls", new NullValues("region"), NONE_FAILS))).containsExactly(
                "java, 4, null, null, null, null, the pattern cannot be used by the engine",
                "nulls, 5, 1, 0.8, 1.0, false, null");
    }

    @Test
    void testQueries()
    {
        assertThat(results(
                rule("query", new QualityCondition.Query(Optional.of("region"), "SELECT count(DISTINCT ${property}) FROM ${object}"), threshold(Operator.MUST_BE, false, "3")),
                rule("nulls", new NullValues("region"), NONE_FAILS))).containsExactly(
                "nulls, 5, 1, 0.8, 1.0, false, null",
                "query, null, null, null, 3.0, true, null");
    }

    private List<String> results(QualityRule... rules)
    {
        List<CheckedRule> checked = Arrays.stream(rules).map(rule -> new CheckedRule(rule, Optional.empty())).collect(toImmutableList());
        String sql = new QualitySql("lake").render(List.of(new CheckedTable("sales", "orders", checked)));
        return mesh.rows("pipeline", "SELECT rule, rows_checked, failed, ratio, measured, passed, note FROM (" + sql + ") ORDER BY rule");
    }

    private static List<TypedConstant> texts(String... values)
    {
        ScalarType varchar = new ScalarType(ScalarType.Base.VARCHAR, ScalarType.UNBOUNDED, 0);
        return Arrays.stream(values).map(value -> new TypedConstant(varchar, value)).collect(toImmutableList());
    }

    private static QualityRule rule(String name, QualityCondition condition, QualityThreshold threshold)
    {
        return new QualityRule(name, "check", Optional.empty(), "orders", condition, threshold, Optional.empty(), Optional.empty(), QualityRule.Origin.WRITTEN, new Position("x.yaml", 1, 1));
    }

    private static QualityThreshold threshold(Operator operator, boolean percent, String... bounds)
    {
        return new QualityThreshold(operator, Arrays.stream(bounds).map(BigDecimal::new).collect(toImmutableList()), percent);
    }
}
