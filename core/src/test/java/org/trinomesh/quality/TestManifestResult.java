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
import org.trinomesh.product.QualityCondition.NullValues;
import org.trinomesh.product.QualityCondition.RowCount;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.QualityThreshold;
import org.trinomesh.product.QualityThreshold.Operator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestManifestResult
{
    private static final TableCounts COUNTS = new TableCounts(200, Map.of("id", 0L, "email", 3L), Instant.EPOCH);
    private static final TableCounts NO_ROWS = new TableCounts(0, Map.of("id", 0L), Instant.EPOCH);

    @Test
    void testNulls()
    {
        assertThat(ManifestResult.of(rule(new NullValues("id"), QualityThreshold.NONE_FAILS), COUNTS)).contains(new ManifestResult(OptionalLong.of(200), OptionalLong.of(0), true));
        assertThat(ManifestResult.of(rule(new NullValues("email"), QualityThreshold.NONE_FAILS), COUNTS)).contains(new ManifestResult(OptionalLong.of(197), OptionalLong.of(3), false));
        // A column whose nulls not every file counts
        assertThat(ManifestResult.of(rule(new NullValues("name"), QualityThreshold.NONE_FAILS), COUNTS)).isEmpty();
        assertThat(ManifestResult.of(rule(new DuplicateValues(List.of("id")), QualityThreshold.NONE_FAILS), COUNTS)).isEmpty();
    }

    @Test
    void testRows()
    {
        assertThat(ManifestResult.of(rule(new RowCount(), threshold(Operator.MUST_BE_GREATER_THAN, false, "100")), COUNTS)).contains(new ManifestResult(OptionalLong.empty(), OptionalLong.empty(), true));
        assertThat(ManifestResult.of(rule(new RowCount(), threshold(Operator.MUST_BE_GREATER_THAN, false, "0")), NO_ROWS)).contains(new ManifestResult(OptionalLong.empty(), OptionalLong.empty(), false));
    }

    @Test
    void testThresholds()
    {
        assertThat(threshold(Operator.MUST_BE, false, "3").isKept(3, 200)).isTrue();
        assertThat(threshold(Operator.MUST_BE, false, "3").isKept(4, 200)).isFalse();
        assertThat(threshold(Operator.MUST_NOT_BE, false, "3").isKept(3, 200)).isFalse();
        assertThat(threshold(Operator.MUST_BE_GREATER_THAN, false, "3").isKept(3, 200)).isFalse();
        assertThat(threshold(Operator.MUST_BE_GREATER_OR_EQUAL_TO, false, "3").isKept(3, 200)).isTrue();
        assertThat(threshold(Operator.MUST_BE_LESS_THAN, false, "3").isKept(3, 200)).isFalse();
        assertThat(threshold(Operator.MUST_BE_LESS_OR_EQUAL_TO, false, "3").isKept(3, 200)).isTrue();
        assertThat(threshold(Operator.MUST_BE_BETWEEN, false, "3", "5").isKept(5, 200)).isTrue();
        assertThat(threshold(Operator.MUST_BE_BETWEEN, false, "3", "5").isKept(6, 200)).isFalse();
        assertThat(threshold(Operator.MUST_NOT_BE_BETWEEN, false, "3", "5").isKept(3, 200)).isFalse();
        assertThat(threshold(Operator.MUST_NOT_BE_BETWEEN, false, "3", "5").isKept(2, 200)).isTrue();
        // Exactly 1.5 percent
        assertThat(threshold(Operator.MUST_BE_LESS_THAN, true, "1.5").isKept(3, 200)).isFalse();
        assertThat(threshold(Operator.MUST_BE_LESS_OR_EQUAL_TO, true, "1.5").isKept(3, 200)).isTrue();
        assertThat(threshold(Operator.MUST_BE_LESS_THAN, true, "1.500001").isKept(3, 200)).isTrue();
        assertThat(threshold(Operator.MUST_BE_LESS_THAN, true, "5").isKept(0, 0)).isTrue();
    }

    private static QualityThreshold threshold(Operator operator, boolean percent, String... bounds)
    {
        return new QualityThreshold(operator, Arrays.stream(bounds).map(BigDecimal::new).collect(toImmutableList()), percent);
    }

    private static QualityRule rule(QualityCondition condition, QualityThreshold threshold)
    {
        return new QualityRule("rule", "check", Optional.empty(), "orders", condition, threshold, Optional.empty(), Optional.empty(), QualityRule.Origin.WRITTEN, new Position("x.yaml", 1, 1));
    }
}
