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
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import org.trinomesh.governance.RowFilter;
import org.trinomesh.governance.RowFilter.Comparison;
import org.trinomesh.governance.RowFilter.Value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.Decimals.encodeScaledValue;
import static io.trino.spi.type.Decimals.encodeShortScaledValue;
import static io.trino.spi.type.IntegerType.INTEGER;

/**
 * The values of a column that a row filter lets through, for reading less. Only for the types by which rows are usually
 * filtered: what is not known here is read and left out by the engine.
 */
final class FilterDomains
{
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
                Optional<Domain> compared = of(comparison, type);
                domain = domain.isPresent() && compared.isPresent() ? Optional.of(domain.get().intersect(compared.get())) : domain.or(() -> compared);
            }
        }
        return domain;
    }

    /**
     * The same domain without a list of texts. Iceberg fails on a list where a partition has no value; a row filter must not take a
     * product out of service by that. Nothing lies between a text and the same text with a zero character.
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

    private static Optional<Domain> of(Comparison comparison, Type type)
    {
        List<Object> values = comparison.values().stream()
                .flatMap(value -> nativeValue(value, type).stream())
                .collect(toImmutableList());
        // A value that cannot be read must not make the domain larger or smaller than the filter
        if (values.size() != comparison.values().size()) {
            return Optional.empty();
        }
        return switch (comparison.operator()) {
            case EQUAL, IN -> Optional.of(values.isEmpty() ? Domain.none(type) : Domain.multipleValues(type, values));
            case LESS_THAN -> Optional.of(range(Range.lessThan(type, values.getFirst())));
            case AT_MOST -> Optional.of(range(Range.lessThanOrEqual(type, values.getFirst())));
            case GREATER_THAN -> Optional.of(range(Range.greaterThan(type, values.getFirst())));
            case AT_LEAST -> Optional.of(range(Range.greaterThanOrEqual(type, values.getFirst())));
            case IS_NULL -> Optional.of(Domain.onlyNull(type));
            case IS_NOT_NULL -> Optional.of(Domain.notNull(type));
            case NOT_EQUAL -> Optional.of(Domain.singleValue(type, values.getFirst()).complement().intersect(Domain.notNull(type)));
            case BETWEEN -> Optional.of(range(Range.greaterThanOrEqual(type, values.getFirst())).intersect(range(Range.lessThanOrEqual(type, values.getLast()))));
        };
    }

    private static Domain range(Range range)
    {
        return Domain.create(ValueSet.ofRanges(range), false);
    }

    private static Optional<Object> nativeValue(Value value, Type type)
    {
        if (!(value instanceof Value.Constant(String text))) {
            return Optional.empty();
        }
        try {
            if (type instanceof VarcharType) {
                return Optional.of(Slices.utf8Slice(text));
            }
            if (type.equals(BIGINT)) {
                return Optional.of(Long.parseLong(text));
            }
            if (type.equals(INTEGER)) {
                return Optional.of((long) Integer.parseInt(text));
            }
            if (type.equals(BOOLEAN)) {
                return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
            }
            if (type instanceof DecimalType decimal) {
                return Optional.of(decimal.isShort() ? encodeShortScaledValue(new BigDecimal(text), decimal.getScale(), RoundingMode.UNNECESSARY) : encodeScaledValue(new BigDecimal(text), decimal.getScale(), RoundingMode.UNNECESSARY));
            }
            return type.equals(DATE) ? Optional.of(LocalDate.parse(text).toEpochDay()) : Optional.empty();
        }
        catch (RuntimeException e) {
            // Written otherwise than this reads it, such as 5.0 for an integer
            return Optional.empty();
        }
    }
}
