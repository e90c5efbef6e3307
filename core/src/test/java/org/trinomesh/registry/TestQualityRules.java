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
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.descriptor.QualityDescriptor.ThresholdDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.QualityCondition.DuplicateValues;
import org.trinomesh.product.QualityCondition.InvalidValues;
import org.trinomesh.product.QualityCondition.MissingValues;
import org.trinomesh.product.QualityCondition.NullValues;
import org.trinomesh.product.QualityCondition.Query;
import org.trinomesh.product.QualityCondition.RowCount;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.QualityRule.Origin;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.product.QualityThreshold.Operator;
import org.trinomesh.type.ScalarType;
import org.trinomesh.type.TypedConstant;
import org.trinomesh.validation.QualityRuleBuilder;
import org.trinomesh.validation.QueryText;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.product;
import static org.trinomesh.registry.TestingMesh.tableNames;

final class TestQualityRules
{
    private static final Position HERE = new Position("c.yaml", 7, 1);

    private static final ScalarType VARCHAR = new ScalarType(ScalarType.Base.VARCHAR, ScalarType.UNBOUNDED, 0);

    private static final String SHORT_CONTRACT = CONTRACT.substring(0, CONTRACT.indexOf("schema:"));
    private static final String ORDERS = PRODUCT.replace(
            "    - name: order_id\n      type: bigint\n",
            """
                - {name: order_id, type: bigint, nullable: false, unique: true}
                - {name: email, type: varchar}
                - {name: photo, type: varbinary}
            """);

    @Test
    void testRulesOfAContract()
    {
        Mesh mesh = withRules(
                """
                    - {column: email, check: regex, pattern: "^.+@", dimension: conformity, severity: error, description: An address}
                    - {name: key, table: orders, column: ORDER_ID, check: unique}
                    - {column: email, check: not_null}
                    - {column: email, check: not_null}
                    - {name: looks, check: text}
                """);
        assertThat(problems(mesh)).isEmpty();
        List<QualityRule> rules = product(mesh, "sales", "orders").qualityRules();
        assertThat(rules).extracting(QualityRule::name).containsExactly("email-regex", "key", "email-not_null", "email-not_null-2", "looks", "order_id-not_null");
        assertThat(rules.getFirst()).isEqualTo(new QualityRule(
                "email-regex",
                "regex",
                Optional.of("An address"),
                "orders",
                new InvalidValues("email", List.of(), Optional.of("^.+@")),
                QualityThreshold.NONE_FAILS,
                Optional.of("conformity"),
                Optional.of("error"),
                Origin.WRITTEN,
                new Position("orders-contract.yaml", 12, 7)));
        // That the key is unique is written, and so not generated once more
        assertThat(rules.get(1).condition()).isEqualTo(new DuplicateValues(List.of("order_id")));
        assertThat(rules.getLast().origin()).isEqualTo(Origin.GENERATED);
        assertThat(rules.getLast().condition()).isEqualTo(new NullValues("order_id"));
    }

    @Test
    void testAWrongRuleIsLeftOutAndTheProductStays()
    {
        assertWrong("{column: email, check: uniqe}", "12:30: warning: quality check 'uniqe' is not known; write 'unique'; until then the rule is not checked");
        assertWrong("{name: mail, column: mail, check: not_null}", "12:28: warning: table 'orders' has no column 'mail'; write 'email'; until then the rule 'mail' is not checked");
        assertWrong("{column: telephone, check: not_null}", "12:16: warning: table 'orders' has no column 'telephone'; write one of its columns; until then the rule is not checked");
        assertWrong("{column: email, check: regex, pattern: '(a'}", "12:46: warning: '(a' is not a regular expression: Unclosed group; write one that both Java and Trino's regexp_like accept; until then the rule is not checked");
        assertWrong("{column: email, check: regex}", "12:30: warning: the quality rule 'regex' does not say what is valid; add 'pattern:' with a regular expression; until then the rule is not checked");
        assertWrong("{check: unique}", "12:15: warning: the quality rule 'unique' does not say which column it is about; add 'column:' to it; until then the rule is not checked");
        assertWrong("{column: photo, check: regex, pattern: a}", "12:16: warning: values of type varbinary have no text to compare; check a column of another type; until then the rule is not checked");
        assertWrong("{column: email, check: not_null, table: lines}", "12:47: warning: the product has no table 'lines'; write one of orders; until then the rule is not checked");
        assertWrong("{check: rowCount}", "12:15: warning: the quality rule 'rowCount' does not say what the number must be; add an operator with a number: mustBeGreaterThan: 0; until then the rule is not checked");
        assertWrong("{check: sql}", "12:15: warning: the quality rule 'sql' has no query; add a query that gives one number; until then the rule is not checked");
    }

    @Test
    void testNamesAreUnique()
    {
        Mesh mesh = withRules("    - {name: a, column: email, check: not_null}\n    - {name: a, column: email, check: unique}\n");
        assertThat(problems(mesh)).containsExactly("orders-contract.yaml:13:14: warning: two quality rules of the product are called 'a'; give this one another name; until then the rule 'a' is not checked");
        assertThat(product(mesh, "sales", "orders").qualityRules()).extracting(QualityRule::name).containsExactly("a", "order_id-not_null", "order_id-unique");
    }

    @Test
    void testWarningsNameTheProductAndItsOwner()
    {
        assertThat(withRules("    - {column: secret, check: not_null}\n").problems())
                .filteredOn(problem -> problem.severity() == Problem.Severity.WARNING)
                .allMatch(problem -> problem.product().isPresent() && problem.owner().isPresent())
                .hasSize(1);
    }

    @Test
    void testNobodyChecksWhatIsNotServed()
    {
        Mesh mesh = mesh(ImmutableMap.of(
                "orders.yaml", PRODUCT.replace("  columns:\n    - name: order_id\n      type: bigint\n", ""),
                "orders-contract.yaml", SHORT_CONTRACT + "quality:\n  rules:\n    - {column: x, check: unique}\n"));
        assertThat(product(mesh, "sales", "orders").qualityRules()).isEmpty();
        assertThat(problems(mesh)).hasSize(1).noneMatch(problem -> problem.contains("column 'x'"));
    }

    @Test
    void testThresholds()
    {
        assertThat(metric("nullValues", "mustBeLessThan", "percent", "0.5").threshold()).hasToString("must be less than 0.5%");
        assertThat(metric("missingValues", "mustBeBetween", null, "1", "1e3").threshold()).hasToString("must be from 1 to 1000");
        assertThat(metric("missingValues", "mustBeBetween", "rows", "1", "10").condition()).isEqualTo(new MissingValues("email", List.of(new TypedConstant(VARCHAR, ""), new TypedConstant(VARCHAR, "N/A"))));
        assertThat(metric("rowCount", "mustBeGreaterThan", null, "0").condition()).isEqualTo(new RowCount());
        assertThat(metric("duplicateValues", "mustNotBe", null, "-3").threshold().operator()).isEqualTo(Operator.MUST_NOT_BE);
        assertThat(metric("sql", "mustBe", null, "3").condition()).isEqualTo(new Query(Optional.of("email"), "SELECT count(*) FROM (SELECT ')' AS \"(\")"));

        assertThat(refusal("nullValues", "mustBeLess", null, "1")).isEqualTo("operator 'mustBeLess' is not known; write 'mustBeLessThan'; until then the rule is not checked");
        assertThat(refusal("nullValues", "mustBe", null, "many")).isEqualTo("'many' is not a number that a count can be compared with; write a number of at most 12 digits, and 6 after the decimal point; until then the rule is not checked");
        assertThat(refusal("nullValues", "mustBe", null, "1e20")).startsWith("'1e20' is not a number");
        assertThat(refusal("nullValues", "mustBe", null, "0.0000001")).startsWith("'0.0000001' is not a number");
        assertThat(refusal("nullValues", "mustBe", null, "1", "2")).isEqualTo("operator 'mustBe' has 2 numbers; write one; until then the rule is not checked");
        assertThat(refusal("nullValues", "mustBeBetween", null, "1")).isEqualTo("operator 'mustBeBetween' has 1 numbers; write two: [1, 10]; until then the rule is not checked");
        assertThat(refusal("nullValues", "mustBeBetween", null, "2", "1")).isEqualTo("the range of 'mustBeBetween' ends before it begins; write the lower number first; until then the rule is not checked");
        assertThat(refusal("nullValues", "mustBe", "percents", "1")).isEqualTo("unit 'percents' is not known; write rows or percent; until then the rule is not checked");
        assertThat(refusal("rowCount", "mustBe", "percent", "1")).isEqualTo("the quality rule 'rowCount' has no share of rows; remove the unit; until then the rule is not checked");
    }

    @Test
    void testQueries()
    {
        assertThat(QueryText.problem("SELECT count(*) FROM (SELECT 'it''s )' AS \")\")")).isEmpty();
        assertThat(QueryText.problem("with t AS (SELECT 1) SELECT - 1 / 2 FROM t")).isEmpty();
        assertThat(QueryText.problem("DROP TABLE t")).contains("it does not begin with SELECT");
        assertThat(QueryText.problem("selected")).contains("it does not begin with SELECT");
        assertThat(QueryText.problem("SELECT 1) + (SELECT 2")).contains("a parenthesis is closed that was not opened");
        assertThat(QueryText.problem("SELECT (1")).contains("a parenthesis is not closed");
        assertThat(QueryText.problem("SELECT '1")).contains("a quote is not closed");
        assertThat(QueryText.problem("SELECT 1; SELECT 2")).contains("it has a ';'");
        assertThat(QueryText.problem("SELECT 1 -- )")).contains("it has a comment");
        assertThat(QueryText.problem("SELECT 1 /* ) */")).contains("it has a comment");
    }

    @Test
    void testQualityIsNoDomain()
    {
        assertThat(problems(mesh("orders.yaml", PRODUCT.replace("domain: sales", "domain: quality"))))
                .containsExactly("orders.yaml:5:11: error: 'quality' is a schema that every mesh has and cannot be a domain; give the domain another name");
    }

    private static Mesh withRules(String rules)
    {
        return mesh(ImmutableMap.of("orders.yaml", ORDERS, "orders-contract.yaml", SHORT_CONTRACT + "quality:\n  rules:\n" + rules));
    }

    private static void assertWrong(String rule, String problem)
    {
        Mesh mesh = withRules("    - " + rule + "\n");
        assertThat(problems(mesh)).containsExactly("orders-contract.yaml:" + problem);
        assertThat(tableNames(mesh, "sales")).contains("orders");
        assertThat(product(mesh, "sales", "orders").qualityRules()).extracting(QualityRule::origin).containsOnly(Origin.GENERATED);
    }

    private static QualityRule metric(String check, String operator, String unit, String... bounds)
    {
        Problems problems = new Problems();
        List<QualityRule> rules = build(check, operator, unit, problems, bounds);
        assertThat(problems.toList()).isEmpty();
        return rules.getFirst();
    }

    private static String refusal(String check, String operator, String unit, String... bounds)
    {
        Problems problems = new Problems();
        assertThat(build(check, operator, unit, problems, bounds)).extracting(QualityRule::origin).containsOnly(Origin.GENERATED);
        Problem problem = problems.toList().getFirst();
        return problem.message() + "; " + problem.remedy();
    }

    private static List<QualityRule> build(String check, String operator, String unit, Problems problems, String... bounds)
    {
        List<ProductTable> tables = product(mesh("orders.yaml", ORDERS), "sales", "orders").tables();
        QualityDescriptor descriptor = new QualityDescriptor(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(located("email")),
                Optional.of(located(check)),
                Optional.empty(),
                List.of(located(""), located("N/A")),
                List.of(),
                Optional.of(located("SELECT count(*) FROM (SELECT ')' AS \"(\")")),
                Optional.of(new ThresholdDescriptor(located(operator), Stream.of(bounds).map(TestQualityRules::located).collect(toImmutableList()), Optional.ofNullable(unit).map(TestQualityRules::located))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HERE);
        return new QualityRuleBuilder(tables, "orders", problems).build(List.of(descriptor));
    }

    private static Located<String> located(String value)
    {
        return new Located<>(value, HERE);
    }
}
