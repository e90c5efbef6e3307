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
package org.trinomesh.mask;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A mask that is made of one value alone, without a key and without looking into rows, arrays and maps. It keeps a part or
 * the shape of the value, or puts it into a group.
 */
public sealed interface ScalarMask
        extends Mask
{
    /**
     * Letters and digits become x, X and n; length and shape stay.
     */
    record Alphanum()
            implements ScalarMask
    {
        @Override
        public String action()
        {
            return "mask-alphanum";
        }

        @Override
        public int strictness()
        {
            return 55;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record EmailDomain()
            implements ScalarMask
    {
        @Override
        public String action()
        {
            return "email-domain";
        }

        @Override
        public int strictness()
        {
            return 53;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record ShowFirst4()
            implements ScalarMask
    {
        @Override
        public String action()
        {
            return "show-first-4";
        }

        @Override
        public int strictness()
        {
            return 51;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record ShowLast4()
            implements ScalarMask
    {
        @Override
        public String action()
        {
            return "show-last-4";
        }

        @Override
        public int strictness()
        {
            return 50;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * Replaces values by named groups of them.
     *
     * @param values what becomes what
     * @param otherwise what every other value becomes
     */
    record GeneraliseValues(Map<String, String> values, String otherwise)
            implements ScalarMask
    {
        public GeneraliseValues
        {
            values = ImmutableMap.copyOf(requireNonNull(values, "values is null"));
            requireNonNull(otherwise, "otherwise is null");
            checkArgument(!values.isEmpty(), "values is empty");
        }

        @Override
        public String action()
        {
            return "generalise";
        }

        @Override
        public int strictness()
        {
            return 40;
        }

        @Override
        public String toString()
        {
            return "generalise(%s values)".formatted(values.size());
        }
    }

    /**
     * Keeps the first characters, of a post code for example.
     */
    record GeneralisePrefix(int length)
            implements ScalarMask
    {
        public GeneralisePrefix
        {
            checkArgument(length > 0, "length is not positive");
        }

        @Override
        public String action()
        {
            return "generalise";
        }

        @Override
        public int strictness()
        {
            return 39;
        }

        @Override
        public String toString()
        {
            return "generalise(prefix %s)".formatted(length);
        }
    }

    /**
     * Replaces a number by the lower bound of its range; below the first bound by zero or the first bound, whichever is less.
     *
     * @param bounds ascending
     */
    record GeneraliseRanges(List<BigDecimal> bounds)
            implements ScalarMask
    {
        public GeneraliseRanges
        {
            bounds = ImmutableList.copyOf(requireNonNull(bounds, "bounds is null"));
            checkArgument(!bounds.isEmpty(), "bounds is empty");
            for (int index = 1; index < bounds.size(); index++) {
                checkArgument(bounds.get(index - 1).compareTo(bounds.get(index)) < 0, "bounds do not ascend");
            }
        }

        @Override
        public String action()
        {
            return "generalise";
        }

        @Override
        public int strictness()
        {
            return 38;
        }

        @Override
        public String toString()
        {
            return "generalise(ranges %s)".formatted(bounds);
        }
    }

    /**
     * Rounds a number, or a date by days, towards zero to a multiple of the width.
     */
    record Bucket(BigDecimal width)
            implements ScalarMask
    {
        public Bucket
        {
            requireNonNull(width, "width is null");
            checkArgument(width.signum() > 0, "width is not positive");
        }

        @Override
        public String action()
        {
            return "bucket";
        }

        @Override
        public int strictness()
        {
            return 30;
        }

        @Override
        public String toString()
        {
            return "bucket(%s)".formatted(width.toPlainString());
        }
    }

    record Truncate(Unit unit)
            implements ScalarMask
    {
        public enum Unit
        {
            DAY,
            MONTH,
            YEAR,
        }

        public Truncate
        {
            requireNonNull(unit, "unit is null");
        }

        @Override
        public String action()
        {
            return switch (unit) {
                case DAY -> "truncate-to-day";
                case MONTH -> "truncate-to-month";
                case YEAR -> "truncate-to-year";
            };
        }

        @Override
        public int strictness()
        {
            return 20 + unit.ordinal();
        }

        @Override
        public String toString()
        {
            return action();
        }
    }
}
