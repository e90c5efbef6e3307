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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * What a reader sees instead of a value. A mask never shows more than the value, never fails, keeps NULL as NULL, and gives
 * equal values for equal values. Nine of the names are those of the {@code read-restrictions} of Iceberg's REST catalog.
 */
public sealed interface Mask
{
    /**
     * The name by which policies call it.
     */
    String action();

    /**
     * Where the mask stands between showing everything (0) and nothing. Among several that match a column the highest is
     * applied.
     */
    int strictness();

    /**
     * The value itself. Policies cannot ask for it, except for fields beside masked ones.
     */
    record Clear()
            implements Mask
    {
        @Override
        public String action()
        {
            return "clear";
        }

        @Override
        public int strictness()
        {
            return 0;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record Null()
            implements Mask
    {
        @Override
        public String action()
        {
            return "replace-with-null";
        }

        @Override
        public int strictness()
        {
            return 100;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    record Fixed()
            implements Mask
    {
        @Override
        public String action()
        {
            return "mask-to-fixed-value";
        }

        @Override
        public int strictness()
        {
            return 90;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * A keyed hash that is the same within one query only: joinable there, unlinkable over time.
     */
    record QueryLocalHash()
            implements Mask
    {
        @Override
        public String action()
        {
            return "sha-256-query-local";
        }

        @Override
        public int strictness()
        {
            return 80;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * A keyed pseudonym, the same for one identifier type in every product.
     *
     * @param keyVersion the version of the mask key; without one the current version
     */
    record Tokenize(String identifier, OptionalInt keyVersion)
            implements Mask
    {
        public Tokenize
        {
            requireNonNull(identifier, "identifier is null");
            requireNonNull(keyVersion, "keyVersion is null");
            checkArgument(!identifier.isBlank(), "identifier is blank");
        }

        @Override
        public String action()
        {
            return "tokenize";
        }

        @Override
        public int strictness()
        {
            return 70;
        }

        @Override
        public String toString()
        {
            return "tokenize(%s%s)".formatted(identifier, keyVersion.isPresent() ? ", key " + keyVersion.getAsInt() : "");
        }
    }

    /**
     * A keyed hash that is the same everywhere, whatever the column identifies.
     */
    record GlobalHash()
            implements Mask
    {
        @Override
        public String action()
        {
            return "sha-256-global";
        }

        @Override
        public int strictness()
        {
            return 65;
        }

        @Override
        public String toString()
        {
            return action();
        }
    }

    /**
     * Letters and digits become x, X and n; length and shape stay.
     */
    record Alphanum()
            implements Mask
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
            implements Mask
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
            implements Mask
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
            implements Mask
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
            implements Mask
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
            implements Mask
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
            implements Mask
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
            implements Mask
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
            implements Mask
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

    /**
     * Masks inside a ROW, an array of ROWs, or a map whose values are ROWs.
     *
     * @param fields field name to mask; a field that is not listed becomes NULL
     */
    record RowFields(Map<String, Mask> fields)
            implements Mask
    {
        public RowFields
        {
            fields = ImmutableMap.copyOf(requireNonNull(fields, "fields is null"));
        }

        @Override
        public String action()
        {
            return "row-fields";
        }

        @Override
        public int strictness()
        {
            return 10;
        }

        @Override
        public String toString()
        {
            return "row-fields" + fields;
        }
    }
}
