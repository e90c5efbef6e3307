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
package org.trinomesh.quality;

import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Position;
import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityCondition.DuplicateValues;
import org.trinomesh.product.QualityCondition.InvalidValues;
import org.trinomesh.product.QualityCondition.NullValues;
import org.trinomesh.product.QualityCondition.Query;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.product.QualityThreshold.Operator;
import org.trinomesh.type.ScalarType;
import org.trinomesh.type.SqlLiteral;
import org.trinomesh.type.TypedConstant;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.product.QualityThreshold.NONE_FAILS;

final class TestQualitySql
{
    private static final QualitySql SQL = new QualitySql("mesh");

    @Test
    void testLiterals()
    {
        assertThat(SqlLiteral.text("it's")).isEqualTo("'it''s'");
        assertThat(SqlLiteral.text("^[a-z]{2}\\d+$")).isEqualTo("'^[a-z]{2}\\d+$'");
        assertThat(SqlLiteral.text("a\nb'\\")).isEqualTo("U&'a\\+00000Ab''\\\\'");
        assertThat(SqlLiteral.text("é\uD83D\uDE00")).isEqualTo("U&'\\+0000E9\\+01F600'");
        assertThat(SqlLiteral.text("")).isEqualTo("''");
        assertThatThrownBy(() -> SqlLiteral.text("\uD83D")).hasMessage("A text has half a character");
        assertThat(SqlLiteral.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
    }

    @Test
    void testOneAggregationForAllRules()
    {
        String sql = SQL.render(List.of(table(
                checked(rule("nulls", new NullValues("a"), NONE_FAILS)),
                checked(rule("pairs", new DuplicateValues(List.of("a", "b")), NONE_FAILS)),
                checked(rule("format", new InvalidValues("b", List.of(text("x"), text("y'z")), Optional.of("'^")), NONE_FAILS)))));
        assertThat(sql).containsOnlyOnce("FROM \"mesh\".\"sales\".\"orders\"");
        assertThat(sql).contains(
                """
                (SELECT count(*) AS n,
                    count("a") AS v0,
                    count(IF("a" IS NOT NULL AND "b" IS NOT NULL, ROW("a", "b"))) AS c1,
                    count(DISTINCT IF("a" IS NOT NULL AND "b" IS NOT NULL, ROW("a", "b"))) AS v1,
                    count("b") AS c2,
                    count_if(("b" IN ('x', 'y''z')) AND TRY(regexp_like(CAST("b" AS varchar), '''^'))) AS v2,
                    count(TRY(regexp_like(CAST("b" AS varchar), '''^'))) AS e2
                  FROM "mesh"."sales"."orders")""");
    }

    @Test
    void testPercentagesAreComparedExactly()
    {
        QualityThreshold threshold = new QualityThreshold(Operator.MUST_BE_LESS_THAN, List.of(new BigDecimal("0.5")), true);
        assertThat(SQL.render(List.of(table(checked(rule("nulls", new NullValues("a"), threshold))))))
                .contains("((100 * (n - v0)) < DECIMAL '0.5' * greatest(n, 1))")
                .contains("'must be less than 0.5%'");
    }

    @Test
    void testWhatIsRefusedReadsNothing()
    {
        String sql = SQL.render(List.of(table(new CheckedRule(rule("nulls", new NullValues("a"), NONE_FAILS), Optional.of("column a is masked for you")))));
        assertThat(sql)
                .contains("'column a is masked for you'")
                .contains("(SELECT 0 AS n)")
                .doesNotContain("orders\"")
                .doesNotContain("\"a\"");
    }

    @Test
    void testQueries()
    {
        QualityThreshold threshold = new QualityThreshold(Operator.MUST_BE, List.of(BigDecimal.ONE), false);
        QualityRule rule = rule("query", new Query(Optional.of("a"), "SELECT count(${column}) FROM {object} o"), threshold);
        assertThat(SQL.render(List.of(table(checked(rule))))).contains("(SELECT CAST((SELECT count(\"a\") FROM \"mesh\".\"sales\".\"orders\" o) AS decimal(38,6)) AS n)");
        assertThat(SQL.render(List.of(table(new CheckedRule(rule, Optional.of("not run"))))))
                .contains("(SELECT CAST(NULL AS decimal(38,6)) AS n)")
                .doesNotContain("count(");
    }

    private static TypedConstant text(String value)
    {
        return new TypedConstant(new ScalarType(ScalarType.Base.VARCHAR, ScalarType.UNBOUNDED, 0), value);
    }

    private static CheckedTable table(CheckedRule... rules)
    {
        return new CheckedTable("sales", "orders", List.of(rules));
    }

    private static CheckedRule checked(QualityRule rule)
    {
        return new CheckedRule(rule, Optional.empty());
    }

    private static QualityRule rule(String name, QualityCondition condition, QualityThreshold threshold)
    {
        return new QualityRule(name, "check", Optional.empty(), "orders", condition, threshold, Optional.empty(), Optional.empty(), QualityRule.Origin.WRITTEN, new Position("x.yaml", 1, 1));
    }
}
