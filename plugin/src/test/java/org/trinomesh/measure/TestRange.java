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
package org.trinomesh.measure;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.slo.SloStatus.BREACHED;
import static org.trinomesh.slo.SloStatus.MET;
import static org.trinomesh.slo.SloStatus.UNKNOWN;

final class TestRange
{
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    @Test
    void testOnlyWhatEveryValueWouldDecideIsDecided()
    {
        assertThat(exactly(4).whenAtMost(FOUR)).isEqualTo(MET);
        assertThat(exactly(4).whenAtLeast(FOUR)).isEqualTo(MET);
        assertThat(exactly(5).whenAtMost(FOUR)).isEqualTo(BREACHED);
        assertThat(exactly(3).whenAtLeast(FOUR)).isEqualTo(BREACHED);
        assertThat(between(3, 5).whenAtMost(FOUR)).isEqualTo(UNKNOWN);
        assertThat(between(3, 5).whenAtLeast(FOUR)).isEqualTo(UNKNOWN);
        assertThat(between(3, 4).whenAtMost(FOUR)).isEqualTo(MET);
        assertThat(between(4, 5).whenAtLeast(FOUR)).isEqualTo(MET);
        assertThat(Range.atLeast(BigDecimal.valueOf(5)).whenAtMost(FOUR)).isEqualTo(BREACHED);
        assertThat(Range.atLeast(BigDecimal.ONE).whenAtMost(FOUR)).isEqualTo(UNKNOWN);
        assertThat(Range.atLeast(FOUR).whenAtLeast(FOUR)).isEqualTo(MET);
        assertThat(Range.atMost(BigDecimal.valueOf(3)).whenAtLeast(FOUR)).isEqualTo(BREACHED);
        assertThat(Range.atMost(FOUR).whenAtMost(FOUR)).isEqualTo(MET);
        assertThat(Range.atMost(BigDecimal.valueOf(9)).whenAtLeast(FOUR)).isEqualTo(UNKNOWN);
    }

    @Test
    void testText()
    {
        assertThat(exactly(4).text(BigDecimal::toString)).isEqualTo("4");
        assertThat(between(3, 5).text(BigDecimal::toString)).isEqualTo("3 to 5");
        assertThat(Range.atLeast(FOUR).text(BigDecimal::toString)).isEqualTo("at least 4");
        assertThat(Range.atMost(FOUR).text(BigDecimal::toString)).isEqualTo("at most 4");
        assertThat(Quantity.share(new BigDecimal("0.99999999"))).isEqualTo("99.9999%");
        assertThat(Quantity.share(BigDecimal.ONE)).isEqualTo("100%");
        assertThat(Quantity.time(BigDecimal.valueOf(93_784_999))).isEqualTo("1d 2h 3m 4s");
        assertThat(Quantity.time(BigDecimal.valueOf(999))).isEqualTo("0s");
    }

    private static Range exactly(long value)
    {
        return Range.exactly(BigDecimal.valueOf(value));
    }

    private static Range between(long low, long high)
    {
        return Range.between(BigDecimal.valueOf(low), BigDecimal.valueOf(high));
    }
}
