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
package org.trinomesh.security;

import org.trinomesh.mask.ScalarMask;
import org.trinomesh.type.DataType;
import org.trinomesh.type.ScalarType;
import org.trinomesh.type.SqlLiteral;
import org.trinomesh.type.TypedConstant;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * Writes the masks of a single value as SQL. Their result is NULL for NULL; the caller casts it to the type.
 */
final class ScalarMaskSql
{
    static final String STARS = "'****'";
    private static final int SHOWN = 4;
    /**
     * Shown characters are at most every second one.
     */
    private static final int SHOWN_OF = 2 * SHOWN;
    /**
     * The first year and month that begin on a day the type has: truncating an earlier date fails.
     */
    private static final String FIRST_YEAR = "DATE '-5877640-01-01'";

    private ScalarMaskSql() {}

    static String of(ScalarMask mask, String value, DataType type)
    {
        ScalarType scalar = ScalarType.of(type).orElseThrow();
        return switch (mask) {
            case ScalarMask.Alphanum _ -> alphanum(text(value, type));
            case ScalarMask.EmailDomain _ -> emailDomain(text(value, type));
            case ScalarMask.ShowFirst4 _ -> scalar.base() == ScalarType.Base.VARBINARY
                    ? showBytes(value, "substr(%s, 1, %s)".formatted(value, SHOWN))
                    : show(text(value, type), "substr(%s, 1, %s) || %s".formatted(text(value, type), SHOWN, STARS));
            case ScalarMask.ShowLast4 _ -> scalar.base() == ScalarType.Base.VARBINARY
                    ? showBytes(value, "substr(%s, -%s)".formatted(value, SHOWN))
                    : show(text(value, type), "%s || substr(%s, -%s)".formatted(STARS, text(value, type), SHOWN));
            case ScalarMask.GeneraliseValues values -> values(values, text(value, type));
            case ScalarMask.GeneralisePrefix prefix -> "substr(%s, 1, %s)".formatted(text(value, type), prefix.length());
            case ScalarMask.GeneraliseRanges ranges -> ranges(ranges, value, type);
            case ScalarMask.Bucket bucket -> bucket(bucket.width(), value, scalar, type);
            case ScalarMask.Truncate truncate -> truncate(truncate.unit(), value, scalar);
        };
    }

    /**
     * A text without the spaces that fill a char up.
     */
    static String text(String value, DataType type)
    {
        return ScalarType.of(type).orElseThrow().base() == ScalarType.Base.CHAR ? "trim(TRAILING ' ' FROM CAST(" + value + " AS varchar))" : value;
    }

    /**
     * Small letters first, since a capital becomes one of them only after; digits last, since an n is a letter. Marks count as
     * letters: in many scripts they are the vowels.
     */
    private static String alphanum(String text)
    {
        return "regexp_replace(regexp_replace(regexp_replace(%s, '[\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]', 'x'), '\\p{Lu}', 'X'), '\\p{N}', 'n')".formatted(text);
    }

    /**
     * What follows the last @: an earlier one can be in the quoted name of the mailbox.
     */
    private static String emailDomain(String text)
    {
        return "IF(%1$s IS NULL, NULL, %2$s || coalesce(regexp_extract(substr(%1$s, strpos(%1$s, '@', -1)), '^@[A-Za-z0-9.-]+'), ''))".formatted(text, STARS);
    }

    private static String show(String text, String shown)
    {
        return "CASE WHEN length(%1$s) > %2$s THEN %3$s WHEN %1$s IS NOT NULL THEN %4$s END".formatted(text, SHOWN_OF, shown, STARS);
    }

    private static String showBytes(String value, String shown)
    {
        return "CASE WHEN length(%1$s) > %2$s THEN %3$s WHEN %1$s IS NOT NULL THEN X'' END".formatted(value, SHOWN_OF, shown);
    }

    private static String values(ScalarMask.GeneraliseValues mask, String text)
    {
        return Stream.concat(
                        Stream.of("CASE WHEN %s IS NULL THEN NULL".formatted(text)),
                        mask.values().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> "WHEN %s = %s THEN %s".formatted(text, SqlLiteral.text(entry.getKey()), SqlLiteral.text(entry.getValue()))))
                .collect(joining(" ", "", " ELSE " + SqlLiteral.text(mask.otherwise()) + " END"));
    }

    private static String ranges(ScalarMask.GeneraliseRanges mask, String value, DataType type)
    {
        StringBuilder ranges = new StringBuilder("CASE WHEN %s IS NULL THEN NULL".formatted(value));
        BigDecimal below = mask.bounds().getFirst().min(BigDecimal.ZERO);
        for (BigDecimal bound : mask.bounds()) {
            ranges.append(" WHEN %s < %s THEN %s".formatted(value, number(bound, type), number(below, type)));
            below = bound;
        }
        return ranges.append(" ELSE %s END".formatted(number(below, type))).toString();
    }

    private static String bucket(BigDecimal width, String value, ScalarType scalar, DataType type)
    {
        if (scalar.base() == ScalarType.Base.DATE) {
            return "date_add('day', -mod(date_diff('day', DATE '1970-01-01', %1$s), BIGINT '%2$s'), %1$s)".formatted(value, width.toBigIntegerExact());
        }
        String number = number(width, type);
        if (scalar.base().isFloating()) {
            // Adding zero takes the sign from a negative zero, which would tell the sign of the value
            return "truncate(%1$s / %2$s) * %2$s + %3$s".formatted(value, number, number(BigDecimal.ZERO, type));
        }
        return "%1$s - mod(%1$s, %2$s)".formatted(value, number);
    }

    private static String number(BigDecimal number, DataType type)
    {
        return TypedConstant.parse(number.toPlainString(), type)
                .map(SqlLiteral::constant)
                .orElseThrow(() -> new IllegalArgumentException("%s is no value of %s".formatted(number.toPlainString(), type)));
    }

    private static String truncate(ScalarMask.Truncate.Unit unit, String value, ScalarType scalar)
    {
        String from = scalar.base() == ScalarType.Base.DATE ? "greatest(" + value + ", " + FIRST_YEAR + ")" : value;
        return switch (unit) {
            case DAY -> "date_trunc('day', " + from + ")";
            case MONTH -> "date_trunc('month', " + from + ")";
            case YEAR -> "date_trunc('year', " + from + ")";
        };
    }
}
