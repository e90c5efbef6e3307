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
package org.trinomesh.connector;

import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.RealType;
import io.trino.spi.type.TimeType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import io.trino.spi.type.UuidType;
import io.trino.spi.type.VarcharType;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.filter.RowFilter.Comparison;
import org.trinomesh.filter.RowFilter.Value;
import org.trinomesh.type.DataType;
import org.trinomesh.type.TypedConstant;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.Decimals.encodeScaledValue;
import static io.trino.spi.type.Decimals.encodeShortScaledValue;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.UuidType.javaUuidToTrinoUuid;
import static java.lang.Float.floatToIntBits;
import static java.lang.Float.intBitsToFloat;

/**
 * Converts a row filter into domains of column values, so that less is read. Only for the types by which rows are usually
 * filtered: with other types, the engine reads the rows and leaves them out.
 */
final class FilterDomains
{
    private static final long MILLISECONDS_PER_SECOND = 1_000;
    private static final long MICROSECONDS_PER_SECOND = 1_000_000;
    private static final int NANOSECONDS_PER_MICROSECOND = 1_000;
    private static final int NANOSECONDS_PER_MILLISECOND = 1_000_000;
    private static final int PICOSECONDS_PER_NANOSECOND = 1_000;
    private static final Slice ZERO = Slices.utf8Slice("\0");

    private FilterDomains() {}

    /**
     * @param type the type of the column
     */
    static Optional<Domain> of(RowFilter filter, String column, Type type)
    {
        Optional<Domain> domain = Optional.empty();
        for (Comparison comparison : filter.comparisons()) {
            if (comparison.column().equals(column)) {
                Domain compared = of(comparison, type);
                domain = Optional.of(domain.map(compared::intersect).orElse(compared));
            }
        }
        return domain;
    }

    /**
     * The same domain without a list of texts. Iceberg fails on a list where a partition has no value; neither a row filter nor
     * a reader's condition must fail by that. Nothing lies between a text and the same text with a zero character.
     */
    static Domain withoutLists(Domain domain)
    {
        if (!(domain.getType() instanceof VarcharType) || domain.isSingleValue() || !domain.getValues().isDiscreteSet()) {
            return domain;
        }
        List<Range> ranges = domain.getValues().getDiscreteSet().stream()
                .map(Slice.class::cast)
                .map(text -> Range.range(domain.getType(), text, true, concat(text, ZERO), false))
                .collect(toImmutableList());
        return Domain.create(ValueSet.ofRanges(ranges), domain.isNullAllowed());
    }

    private static Slice concat(Slice text, Slice end)
    {
        Slice joined = Slices.allocate(text.length() + end.length());
        joined.setBytes(0, text);
        joined.setBytes(text.length(), end);
        return joined;
    }

    private static Domain of(Comparison comparison, Type type)
    {
        List<Object> values = comparison.values().stream()
                .flatMap(value -> nativeValue(value, type).stream())
                .collect(toImmutableList());
        // As in the condition that the engine evaluates: a value that the column cannot have equals nothing
        if (comparison.operator() == RowFilter.Operator.IN) {
            return among(type, values);
        }
        if (values.size() != comparison.values().size()) {
            return Domain.none(type);
        }
        return switch (comparison.operator()) {
            case EQUAL, IN -> among(type, values);
            case LESS_THAN -> range(Range.lessThan(type, lowest(type, values.getFirst())));
            case AT_MOST -> range(atMost(type, values.getFirst()));
            case GREATER_THAN -> range(Range.greaterThan(type, highest(type, values.getFirst())));
            case AT_LEAST -> range(atLeast(type, values.getFirst()));
            case IS_NULL -> Domain.onlyNull(type);
            case IS_NOT_NULL -> Domain.notNull(type);
            case NOT_EQUAL -> among(type, values).complement().intersect(Domain.notNull(type));
            case BETWEEN -> range(atLeast(type, values.getFirst())).intersect(range(atMost(type, values.getLast())));
        };
    }

    private static Domain among(Type type, List<Object> values)
    {
        if (values.isEmpty()) {
            return Domain.none(type);
        }
        if (!type.equals(DOUBLE) && !type.equals(REAL)) {
            return Domain.multipleValues(type, values);
        }
        List<Range> ranges = values.stream()
                .map(value -> isZero(type, value) ? Range.range(type, belowZero(type), false, aboveZero(type), false) : Range.equal(type, value))
                .collect(toImmutableList());
        return Domain.create(ValueSet.ofRanges(ranges), false);
    }

    private static Domain range(Range range)
    {
        return Domain.create(ValueSet.ofRanges(range), false);
    }

    // Zero equals negative zero, which is less in the order of ranges. A range from the one to the other would count as a single value, and
    // Iceberg looks for that one only: so such a range ends at the next numbers, without them

    private static Range atLeast(Type type, Object value)
    {
        return isZero(type, value) ? Range.greaterThan(type, belowZero(type)) : Range.greaterThanOrEqual(type, value);
    }

    private static Range atMost(Type type, Object value)
    {
        return isZero(type, value) ? Range.lessThan(type, aboveZero(type)) : Range.lessThanOrEqual(type, value);
    }

    private static Object lowest(Type type, Object value)
    {
        if (!isZero(type, value)) {
            return value;
        }
        return type.equals(DOUBLE) ? (Object) (-0.0) : (Object) (long) floatToIntBits(-0.0f);
    }

    private static Object highest(Type type, Object value)
    {
        if (!isZero(type, value)) {
            return value;
        }
        return type.equals(DOUBLE) ? (Object) 0.0 : (Object) (long) floatToIntBits(0.0f);
    }

    private static boolean isZero(Type type, Object value)
    {
        return (type.equals(DOUBLE) && (double) value == 0) || (type.equals(REAL) && intBitsToFloat((int) (long) value) == 0);
    }

    private static Object belowZero(Type type)
    {
        return type.equals(DOUBLE) ? (Object) (-Double.MIN_VALUE) : (Object) (long) floatToIntBits(-Float.MIN_VALUE);
    }

    private static Object aboveZero(Type type)
    {
        return type.equals(DOUBLE) ? (Object) Double.MIN_VALUE : (Object) (long) floatToIntBits(Float.MIN_VALUE);
    }

    /**
     * The value as the engine reads it in the condition; empty when the type has no such value.
     */
    private static Optional<Object> nativeValue(Value value, Type type)
    {
        if (!(value instanceof Value.Constant(String text))) {
            return Optional.empty();
        }
        return TypedConstant.parse(text, new DataType.Scalar(type.getDisplayName())).map(constant -> nativeValue(constant.text(), type));
    }

    private static Object nativeValue(String text, Type type)
    {
        return switch (type) {
            case VarcharType _ -> Slices.utf8Slice(text);
            case BigintType _, IntegerType _ -> Long.parseLong(text);
            case BooleanType _ -> Boolean.parseBoolean(text);
            case DecimalType decimal -> decimal.isShort()
                    ? encodeShortScaledValue(new BigDecimal(text), decimal.getScale(), RoundingMode.UNNECESSARY)
                    : encodeScaledValue(new BigDecimal(text), decimal.getScale(), RoundingMode.UNNECESSARY);
            case DoubleType _ -> Double.parseDouble(text);
            case RealType _ -> (long) floatToIntBits(Float.parseFloat(text));
            case DateType _ -> LocalDate.parse(text).toEpochDay();
            case TimeType _ -> LocalTime.parse(text).toNanoOfDay() * PICOSECONDS_PER_NANOSECOND;
            case TimestampType timestamp -> timestamp(dateTime(text), timestamp);
            case TimestampWithTimeZoneType timestamp -> timestamp(dateTime(text.replace(" UTC", "")), timestamp);
            case UuidType _ -> javaUuidToTrinoUuid(UUID.fromString(text));
            // Such a filter is refused when the mesh is built
            default -> throw new IllegalStateException("A row filter compares a column of type " + type.getDisplayName());
        };
    }

    private static LocalDateTime dateTime(String text)
    {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static Object timestamp(LocalDateTime time, TimestampType type)
    {
        long micros = time.toEpochSecond(ZoneOffset.UTC) * MICROSECONDS_PER_SECOND + time.getNano() / NANOSECONDS_PER_MICROSECOND;
        return type.isShort() ? (Object) micros : new LongTimestamp(micros, time.getNano() % NANOSECONDS_PER_MICROSECOND * PICOSECONDS_PER_NANOSECOND);
    }

    private static Object timestamp(LocalDateTime time, TimestampWithTimeZoneType type)
    {
        long millis = time.toEpochSecond(ZoneOffset.UTC) * MILLISECONDS_PER_SECOND + time.getNano() / NANOSECONDS_PER_MILLISECOND;
        return type.isShort() ? (Object) packDateTimeWithZone(millis, UTC_KEY) : LongTimestampWithTimeZone.fromEpochMillisAndFraction(millis, time.getNano() % NANOSECONDS_PER_MILLISECOND * PICOSECONDS_PER_NANOSECOND, UTC_KEY);
    }
}
