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
package org.trinomesh.type;

import com.google.common.base.CharMatcher;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * A constant in a policy or a contract, read as a value of a column's type: exactly that type, so that comparing with it never changes the
 * column.
 *
 * @param text the value in the spelling of the type's SQL literal
 */
public record TypedConstant(ScalarType type, String text)
{
    /**
     * The text of the floating point number that equals none.
     */
    public static final String NAN = "NaN";

    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]{1,80}(\\.[0-9]{0,80})?|\\.[0-9]{1,80})([eE][+-]?[0-9]{1,2})?");
    private static final Pattern FLOATING = Pattern.compile("[+-]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");
    private static final Pattern TIMESTAMP = Pattern.compile("(" + DATE + ")[ T](" + TIME + ") ?(Z|UTC|[+-][0-9]{2}:[0-9]{2})?");

    public TypedConstant
    {
        requireNonNull(type, "type is null");
        requireNonNull(text, "text is null");
    }

    /**
     * Empty when the type has no such value.
     */
    public static Optional<TypedConstant> parse(String text, DataType type)
    {
        if (!isPrintable(text)) {
            return Optional.empty();
        }
        return ScalarType.of(type).flatMap(scalar -> {
            try {
                return canonical(text, scalar).map(canonical -> new TypedConstant(scalar, canonical));
            }
            catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Whether a text can stand in a statement: no control characters, and nothing that UTF-8 cannot write.
     */
    public static boolean isPrintable(String text)
    {
        return CharMatcher.javaIsoControl().matchesNoneOf(text) && new String(text.getBytes(UTF_8), UTF_8).equals(text);
    }

    private static Optional<String> canonical(String text, ScalarType type)
    {
        return switch (type.base()) {
            case BOOLEAN -> Optional.of(text.toLowerCase(Locale.ENGLISH)).filter(value -> value.equals("true") || value.equals("false"));
            case TINYINT -> integer(text, Byte.SIZE);
            case SMALLINT -> integer(text, Short.SIZE);
            case INTEGER -> integer(text, Integer.SIZE);
            case BIGINT -> integer(text, Long.SIZE);
            case REAL, DOUBLE -> floating(text, type.base());
            case DECIMAL -> decimal(text, type);
            case VARCHAR -> Optional.of(text).filter(value -> value.codePointCount(0, value.length()) <= type.precision());
            // Trailing spaces of a char do not count
            case CHAR -> Optional.of(CharMatcher.is(' ').trimTrailingFrom(text)).filter(value -> value.codePointCount(0, value.length()) <= type.precision());
            case UUID -> Optional.of(text.toLowerCase(Locale.ENGLISH)).filter(UUID.asMatchPredicate());
            case DATE -> Optional.of(text).filter(DATE.asMatchPredicate()).map(value -> LocalDate.parse(value).toString());
            case TIME -> Optional.of(text).filter(TIME.asMatchPredicate()).flatMap(value -> time(LocalTime.parse(value), type.precision()));
            case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> timestamp(text, type);
            case VARBINARY, OTHER -> Optional.empty();
        };
    }

    private static Optional<String> integer(String text, int bits)
    {
        return number(text)
                .map(BigDecimal::stripTrailingZeros)
                .filter(value -> value.scale() <= 0)
                .map(BigDecimal::toBigIntegerExact)
                .filter(value -> value.bitLength() < bits)
                .map(BigInteger::toString);
    }

    private static Optional<String> decimal(String text, ScalarType type)
    {
        return number(text)
                .map(BigDecimal::stripTrailingZeros)
                .filter(value -> value.scale() <= type.scale())
                .map(value -> value.setScale(type.scale()))
                .filter(value -> value.signum() == 0 || value.precision() <= type.precision())
                .map(BigDecimal::toPlainString);
    }

    private static Optional<BigDecimal> number(String text)
    {
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static Optional<String> floating(String text, ScalarType.Base base)
    {
        if (!FLOATING.matcher(text).matches()) {
            return Optional.empty();
        }
        double value = base == ScalarType.Base.REAL ? Float.parseFloat(text) : Double.parseDouble(text);
        boolean vanished = value == 0 && new BigDecimal(text).signum() != 0;
        if (!Double.isFinite(value) || vanished) {
            return Optional.empty();
        }
        // Without the sign of a negative zero
        return Optional.of(base == ScalarType.Base.REAL ? Float.toString((float) value + 0.0f) : Double.toString(value + 0.0));
    }

    private static Optional<String> time(LocalTime time, int precision)
    {
        String digits = "%09d".formatted(time.getNano());
        if (precision > digits.length() || !CharMatcher.is('0').matchesAllOf(digits.substring(precision))) {
            return Optional.empty();
        }
        String seconds = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).format(time);
        return Optional.of(precision == 0 ? seconds : seconds + "." + digits.substring(0, precision));
    }

    private static Optional<String> timestamp(String text, ScalarType type)
    {
        Matcher matcher = TIMESTAMP.matcher(text);
        boolean withTimeZone = type.base() == ScalarType.Base.TIMESTAMP_WITH_TIME_ZONE;
        // Without its zone the value would mean another moment to each reader
        if (!matcher.matches() || withTimeZone != (matcher.group(5) != null)) {
            return Optional.empty();
        }
        LocalDateTime value = LocalDate.parse(matcher.group(1)).atTime(LocalTime.parse(matcher.group(2)));
        if (withTimeZone) {
            String zone = matcher.group(5).equals("UTC") ? "Z" : matcher.group(5);
            value = value.atOffset(ZoneOffset.of(zone)).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        LocalDate date = value.toLocalDate();
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return Optional.empty();
        }
        return time(value.toLocalTime(), type.precision()).map(time -> date + " " + time + (withTimeZone ? " UTC" : ""));
    }
}
