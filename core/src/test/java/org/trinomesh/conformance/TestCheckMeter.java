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

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trinomesh.conformance.CheckExpression.Outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestCheckMeter
{
    private static final Map<String, Object> LARGE = ImmutableMap.of(
            "metadata", ImmutableMap.of("owner", "a".repeat(9_000), "name", "orders"),
            "description", "a".repeat(1_000_000),
            "columns", IntStream.range(0, 1_500)
                    .mapToObj(number -> ImmutableMap.of("name", "column_" + number, "pii", false))
                    .collect(toImmutableList()));

    @Test
    void testLargeDocumentsAreChecked()
    {
        for (String expression : List.of(
                "product.description != ''",
                "size(product.description) > 100",
                "product.description.startsWith('aaa')",
                "product.columns.all(c, c.name.matches('^[a-z]+_[0-9]+$'))",
                "product.columns.all(c, c.name.matches('^[a-z_]{1,20}[0-9]{1,4}$'))",
                "product.columns.filter(c, !c.pii).map(c, c.name).size() == 1500",
                "product.columns.exists(c, c.name == 'column_1499')",
                "product.metadata.owner.contains('b') == false",
                "product.metadata.owner.matches('^a+$')")) {
            assertThat(CheckCompiler.compile(expression).test(LARGE)).as(expression).isEqualTo(new Outcome(true, Optional.empty()));
        }
    }

    @Test
    @Timeout(120)
    void testEveryEvaluationEnds()
    {
        for (String expression : List.of(
                "product.columns.all(c, product.description.matches('(a*)*b') == false)",
                "product.columns.all(c, product.metadata.owner.matches('(a{1,20}){1,20}b') == false)",
                "product.columns.all(c, product.metadata.owner.matches(product.metadata.owner + 'b') == false)",
                "product.columns.all(c, product.columns.all(d, product.description + c.name != d.name))",
                "product.columns.all(c, !product.description.contains(product.description + 'b'))",
                "product.columns.all(c, product.metadata.owner.indexOf(product.metadata.owner.substring(4500) + 'b') < 0)",
                "product.columns.all(c, size(product.metadata.owner.split('')) > size(product.metadata.owner.split(c.name)))",
                "product.columns.map(c, product.columns.map(d, d)) == product.columns.map(c, product.columns.map(d, d))",
                "[product.columns.map(c, c)].map(b, [b.map(x, b)].map(d, d.map(e, d) == d.map(e, d))) == []",
                "[product.columns.map(c, [c])].map(b, b.map(x, b) == b.map(x, b.map(y, y))) == []",
                "product.columns.exists(c, product.columns.exists(d, product.columns.exists(e, c.name + d.name == e.name)))",
                "product.columns.all(c, product.description.reverse() == product.description.reverse().reverse())",
                "product.columns.all(c, product.description.lowerAscii().upperAscii() != c.name)",
                "product.columns.all(c, product.columns == product.columns.filter(d, true))")) {
            Outcome outcome = CheckCompiler.compile(expression).test(LARGE);
            assertThat(outcome.holds()).as(expression).isFalse();
            assertThat(outcome.error()).as(expression).isPresent();
        }
    }

    @Test
    void testNoErrorIsSwallowedByOtherConditions()
    {
        assertThat(CheckCompiler.compile("product.description.matches('(a*)*b') || true").test(LARGE).error())
                .contains("it searches in a text of 1000000 characters, and 10000 are allowed");
    }

    @Test
    void testWhatIsNotFinishedInTimeHasNoOutcome()
    {
        CheckExpression expression = CheckCompiler.compile("product.columns.all(c, c.name != '')");
        assertThat(expression.test(LARGE, new CheckTime(System.nanoTime() - 1, false))).isEmpty();
    }

    @Test
    void testReasonsDoNotRepeatTheDocument()
    {
        assertThat(CheckCompiler.compile("int(product.metadata.owner) > 0").test(LARGE).error().orElseThrow().length()).isLessThan(600);
    }
}
