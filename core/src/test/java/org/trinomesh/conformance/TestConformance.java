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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.trinomesh.conformance.Enforcement.AUDIT;
import static org.trinomesh.conformance.Enforcement.OFF;
import static org.trinomesh.conformance.Enforcement.STRICT;
import static org.trinomesh.conformance.Enforcement.WARN;
import static org.trinomesh.conformance.TestingProducts.GOOD;
import static org.trinomesh.conformance.TestingProducts.product;

final class TestConformance
{
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);
    private static final Position POLICY = new Position("policies/slas.yaml", 12, 7);

    @Test
    void testViolation()
    {
        assertThat(evaluate(check("is-platinum", "product.classification.tier == 'platinum'", STRICT))).containsExactly(new Violation(
                "is-platinum",
                "tiers",
                STRICT,
                new ProductId("sales", "orders", 2),
                new SemanticVersion(2, 1, 0),
                "sales-team",
                "the product is not platinum",
                "write tier: platinum",
                new Position("orders.yaml", 1, 1),
                Optional.empty()));
    }

    @Test
    void testWhatIsFineOrOff()
    {
        assertThat(evaluate(check("is-gold", "product.classification.tier == 'gold'", STRICT))).isEmpty();
        assertThat(evaluate(check("is-platinum", "product.classification.tier == 'platinum'", OFF))).isEmpty();
    }

    @Test
    void testErrorIsAViolation()
    {
        assertThat(evaluate(check("availability", "product.slos.availability == '99.9%'", WARN)))
                .extracting(Violation::message, Violation::enforcement)
                .containsExactly(tuple("the product is not platinum (the check could not be evaluated: key 'availability' is not present in map.)", WARN));
    }

    @Test
    void testWaiver()
    {
        Check check = check("is-platinum", "product.classification.tier == 'platinum'", STRICT);
        for (String waived : List.of("is-platinum", "tiers")) {
            Violation violation = evaluate(check, waiver(waived, "sales.orders", LAST_DAY)).getFirst();
            assertThat(violation.waivedUntil()).as(waived).contains(LAST_DAY);
            assertThat(violation.enforcement()).isEqualTo(STRICT);
            assertThat(violation.enforcement(LAST_DAY.minusYears(1))).isEqualTo(AUDIT);
            assertThat(violation.enforcement(LAST_DAY)).isEqualTo(AUDIT);
            assertThat(violation.isWaived(LAST_DAY)).isTrue();
        }
    }

    @Test
    void testExpiredWaiver()
    {
        Violation violation = evaluate(check("is-platinum", "product.classification.tier == 'platinum'", STRICT), waiver("tiers", "sales.orders", LAST_DAY)).getFirst();
        assertThat(violation.isWaived(LAST_DAY.plusDays(1))).isFalse();
        assertThat(violation.enforcement(LAST_DAY.plusDays(1))).isEqualTo(STRICT);
    }

    @Test
    void testWaiverNeverMakesItHarder()
    {
        Violation violation = evaluate(check("is-platinum", "product.classification.tier == 'platinum'", AUDIT), waiver("tiers", "sales.orders", LAST_DAY)).getFirst();
        assertThat(violation.enforcement(LAST_DAY)).isEqualTo(AUDIT);
        assertThat(violation.enforcement(LAST_DAY.plusDays(1))).isEqualTo(AUDIT);
    }

    @Test
    void testLongestOfSeveralWaivers()
    {
        Violation violation = evaluate(
                check("is-platinum", "product.classification.tier == 'platinum'", STRICT),
                waiver("tiers", "sales.orders", LAST_DAY.minusDays(9)),
                waiver("is-platinum", "sales.orders", LAST_DAY),
                waiver("other", "sales.orders", LAST_DAY.plusYears(1)),
                waiver("tiers", "sales.refunds", LAST_DAY.plusYears(1)))
                .getFirst();
        assertThat(violation.waivedUntil()).contains(LAST_DAY);
    }

    @Test
    void testUselessWaivers()
    {
        Conformance conformance = new Conformance(
                ImmutableList.of(check("is-platinum", "true", STRICT)),
                ImmutableList.of(
                        waiver("is-platinum", "sales.orders", LAST_DAY),
                        waiver("tiers", "sales.orders", LAST_DAY),
                        waiver("is-plutonium", "sales.orders", LAST_DAY),
                        waiver("tiers", "sales.odrers", LAST_DAY)));
        assertThat(conformance.uselessWaivers(ImmutableSet.of("sales.orders"))).containsExactly(
                Problem.warning(
                        POLICY,
                        "the waiver is for check 'is-plutonium', which does not exist",
                        "write the id of a check or the name of its policy, such as pii-handling/masking or pii-handling"),
                Problem.warning(
                        POLICY,
                        "the waiver is for data product 'sales.odrers', which does not exist",
                        "write domain and product as in SQL, such as sales.customer_360"));
    }

    @Test
    void testEnforcementAsWritten()
    {
        assertThat(Enforcement.parse("strict")).contains(STRICT);
        assertThat(Enforcement.parse("off")).contains(OFF);
        assertThat(Enforcement.parse("STRICT")).isEmpty();
        assertThat(WARN).hasToString("warn");
    }

    private static List<Violation> evaluate(Check check, Waiver... waivers)
    {
        return new Conformance(ImmutableList.of(check), ImmutableList.copyOf(waivers)).evaluate(product(GOOD), Optional.empty(), ConformanceContext.NONE);
    }

    private static Check check(String id, String expression, Enforcement enforcement)
    {
        return new Check(
                id,
                "tiers",
                "",
                "the product is not platinum",
                "write tier: platinum",
                enforcement,
                Optional.of(POLICY),
                CheckCompiler.compile(expression),
                Optional.empty());
    }

    private static Waiver waiver(String check, String product, LocalDate until)
    {
        return new Waiver(check, product, until, "migration", Optional.of("governance"), POLICY);
    }
}
