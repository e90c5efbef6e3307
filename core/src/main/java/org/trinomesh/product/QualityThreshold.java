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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * What a counted number must be.
 *
 * @param bounds one number, two for the operators about a range, the lower one first
 * @param percent whether the number is the share of the checked rows in percent
 */
public record QualityThreshold(Operator operator, List<BigDecimal> bounds, boolean percent)
{
    /**
     * The threshold of a rule without one: no row may fail.
     */
    public static final QualityThreshold NONE_FAILS = new QualityThreshold(Operator.MUST_BE, ImmutableList.of(BigDecimal.ZERO), false);

    public enum Operator
    {
        MUST_BE("mustBe", "must be"),
        MUST_NOT_BE("mustNotBe", "must not be"),
        MUST_BE_GREATER_THAN("mustBeGreaterThan", "must be greater than"),
        MUST_BE_GREATER_OR_EQUAL_TO("mustBeGreaterOrEqualTo", "must be at least"),
        MUST_BE_LESS_THAN("mustBeLessThan", "must be less than"),
        MUST_BE_LESS_OR_EQUAL_TO("mustBeLessOrEqualTo", "must be at most"),
        MUST_BE_BETWEEN("mustBeBetween", "must be from"),
        MUST_NOT_BE_BETWEEN("mustNotBeBetween", "must not be from");

        private final String written;
        private final String words;

        Operator(String written, String words)
        {
            this.written = written;
            this.words = words;
        }

        public String written()
        {
            return written;
        }

        public static Optional<Operator> of(String written)
        {
            return Arrays.stream(values())
                    .filter(operator -> operator.written.equals(written))
                    .findFirst();
        }

        public boolean isRange()
        {
            return this == MUST_BE_BETWEEN || this == MUST_NOT_BE_BETWEEN;
        }
    }

    public QualityThreshold
    {
        requireNonNull(operator, "operator is null");
        bounds = ImmutableList.copyOf(requireNonNull(bounds, "bounds is null"));
        checkArgument(bounds.size() == (operator.isRange() ? 2 : 1), "wrong number of bounds");
    }

    /**
     * Whether a counted number is as it must be.
     *
     * @param rows how many rows were checked
     */
    public boolean isKept(long number, long rows)
    {
        // A share of no rows is zero
        BigDecimal times = percent ? BigDecimal.valueOf(Math.max(rows, 1)) : BigDecimal.ONE;
        BigDecimal counted = BigDecimal.valueOf(number).multiply(percent ? BigDecimal.valueOf(100) : BigDecimal.ONE);
        int first = counted.compareTo(bounds.getFirst().multiply(times));
        int last = counted.compareTo(bounds.getLast().multiply(times));
        return switch (operator) {
            case MUST_BE -> first == 0;
            case MUST_NOT_BE -> first != 0;
            case MUST_BE_GREATER_THAN -> first > 0;
            case MUST_BE_GREATER_OR_EQUAL_TO -> first >= 0;
            case MUST_BE_LESS_THAN -> first < 0;
            case MUST_BE_LESS_OR_EQUAL_TO -> first <= 0;
            case MUST_BE_BETWEEN -> first >= 0 && last <= 0;
            case MUST_NOT_BE_BETWEEN -> first < 0 || last > 0;
        };
    }

    @Override
    public String toString()
    {
        return operator.words + " " + bounds.stream()
                .map(bound -> bound.toPlainString() + (percent ? "%" : ""))
                .collect(joining(" to "));
    }
}
