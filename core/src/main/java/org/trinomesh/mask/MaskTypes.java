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

import org.trinomesh.filter.RowFilter;
import org.trinomesh.type.DataType;
import org.trinomesh.type.ScalarType;
import org.trinomesh.type.TypedConstant;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.trinomesh.type.ScalarType.Base.BIGINT;
import static org.trinomesh.type.ScalarType.Base.DATE;
import static org.trinomesh.type.ScalarType.Base.DECIMAL;
import static org.trinomesh.type.ScalarType.Base.OTHER;
import static org.trinomesh.type.ScalarType.Base.TIMESTAMP;
import static org.trinomesh.type.ScalarType.Base.TIMESTAMP_WITH_TIME_ZONE;
import static org.trinomesh.type.ScalarType.Base.UUID;
import static org.trinomesh.type.ScalarType.Base.VARBINARY;

/**
 * Decides which mask fits which type. A mask is refused, with what to write instead, where it would fail, show the value, or
 * give different values the same pseudonym.
 */
public final class MaskTypes
{
    /**
     * The longest pseudonym is the text of a UUID.
     */
    private static final int PSEUDONYM_LENGTH = 36;
    /**
     * Pseudonyms of numbers have up to 18 digits.
     */
    private static final int PSEUDONYM_DIGITS = 18;
    private static final int SHOWN_OF = 8;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    private MaskTypes() {}

    /**
     * Why a mask cannot be put on a column of the type and what to write instead, as a sentence; empty when it can.
     */
    public static Optional<String> refusal(Mask mask, DataType type)
    {
        return switch (mask) {
            case Mask.Clear _, Mask.Null _ -> Optional.empty();
            case Mask.Fixed _ -> fixed(mask, type);
            case Mask.Tokenize tokenize when !IDENTIFIER.matcher(tokenize.identifier()).matches() -> Optional.of("tokenize cannot use identifier '%s'; write letters, digits, _, - and .".formatted(tokenize.identifier().replaceAll("\\p{Cntrl}", "?")));
            case Mask.Tokenize _, Mask.GlobalHash _, Mask.QueryLocalHash _ -> pseudonym(mask, type, false);
            case Mask.RowFields fields -> rowFields(fields, type, false);
            case Mask.MapValues(Mask.RowFields fields) -> rowFields(fields, type, true);
            case Mask.MapValues(Mask values) -> refusal(values, valueType(type)).or(() -> pseudonym(values, type, true));
            case ScalarMask single -> ScalarType.of(type)
                    .map(scalar -> scalar(single, scalar, type))
                    .orElseGet(() -> refuse(mask, type, "it masks single values", insteadOfParts(type)));
        };
    }

    private static Optional<String> scalar(ScalarMask mask, ScalarType scalar, DataType type)
    {
        return switch (mask) {
            case ScalarMask.Alphanum _, ScalarMask.EmailDomain _ -> requireText(mask, scalar, type);
            case ScalarMask.ShowFirst4 _, ScalarMask.ShowLast4 _ -> show(mask, scalar, type);
            case ScalarMask.GeneraliseValues values -> values(values, scalar, type);
            case ScalarMask.GeneralisePrefix prefix -> requireText(mask, scalar, type).or(() -> prefix.length() >= scalar.precision()
                    ? refuse(mask, type, "the prefix is the whole value", "write a shorter prefix")
                    : Optional.empty());
            case ScalarMask.GeneraliseRanges ranges -> ranges(ranges, scalar, type);
            case ScalarMask.Bucket bucket -> bucket(bucket, scalar, type);
            case ScalarMask.Truncate truncate -> truncate(truncate, scalar, type);
        };
    }

    private static Optional<String> fixed(Mask mask, DataType type)
    {
        return switch (type) {
            case DataType.Scalar _ -> ScalarType.of(type).orElseThrow().base() == OTHER ? refuse(mask, type, "the type has no fixed value", "write replace-with-null") : Optional.empty();
            case DataType.Array _, DataType.Map _ -> Optional.empty();
            case DataType.Row row -> row.fields().stream().flatMap(field -> fixed(mask, field.type()).stream()).findFirst();
        };
    }

    private static Optional<String> pseudonym(Mask mask, DataType type, boolean clearKeys)
    {
        return switch (type) {
            case DataType.Scalar _ -> pseudonym(mask, ScalarType.of(type).orElseThrow(), type);
            case DataType.Array array -> pseudonym(mask, array.element(), clearKeys);
            case DataType.Map map -> keys(mask, map, clearKeys).or(() -> pseudonym(mask, map.value(), clearKeys));
            case DataType.Row _ -> refuse(mask, type, "a pseudonym replaces one value", "write row-fields with a mask for each field");
        };
    }

    private static Optional<String> keys(Mask mask, DataType.Map type, boolean clearKeys)
    {
        return clearKeys ? Optional.empty() : refuse(mask, type, "its keys would stay clear", "write replace-with-null, or 'keys: clear' beside the action where everybody may see the keys");
    }

    /**
     * The type of the single values in arrays and maps.
     */
    private static DataType valueType(DataType type)
    {
        return switch (type) {
            case DataType.Array array -> valueType(array.element());
            case DataType.Map map -> valueType(map.value());
            case DataType.Scalar _, DataType.Row _ -> type;
        };
    }

    private static Optional<String> pseudonym(Mask mask, ScalarType scalar, DataType type)
    {
        if (scalar.base().isText()) {
            return scalar.precision() >= PSEUDONYM_LENGTH ? Optional.empty() : refuse(mask, type, "a pseudonym has up to 36 characters", "promise varchar, or write replace-with-null");
        }
        if (scalar.base() == BIGINT || scalar.base() == UUID || scalar.base() == VARBINARY) {
            return Optional.empty();
        }
        if (scalar.base() == DECIMAL) {
            return scalar.scale() == 0 && scalar.precision() >= PSEUDONYM_DIGITS
                    ? Optional.empty()
                    : refuse(mask, type, "a pseudonym is a whole number of 18 digits", "promise bigint or decimal(18,0), or write replace-with-null");
        }
        if (scalar.base().isInteger()) {
            return refuse(mask, type, "it has too few values, so different ones would get the same pseudonym", "promise bigint, or write replace-with-null");
        }
        return refuse(mask, type, "its values are not identifiers", "write replace-with-null");
    }

    private static Optional<String> rowFields(Mask.RowFields mask, DataType type, boolean clearKeys)
    {
        return switch (type) {
            case DataType.Scalar _ -> refuse(mask, type, "it has no fields", "write another mask");
            case DataType.Array array -> rowFields(mask, array.element(), clearKeys);
            case DataType.Map map -> keys(mask, map, clearKeys).or(() -> rowFields(mask, map.value(), clearKeys));
            case DataType.Row row -> {
                List<String> names = row.fields().stream().map(DataType.Row.Field::name).collect(toImmutableList());
                Optional<String> unknown = mask.fields().keySet().stream().filter(name -> !names.contains(name)).findFirst();
                if (unknown.isPresent()) {
                    yield Optional.of("row-fields names the field %s, which is not among %s; write one of these".formatted(unknown.orElseThrow(), String.join(", ", names)));
                }
                yield row.fields().stream()
                        .filter(field -> mask.fields().containsKey(field.name()))
                        .flatMap(field -> refusal(mask.fields().get(field.name()), field.type()).stream().map(refusal -> "field " + field.name() + ": " + refusal))
                        .findFirst();
            }
        };
    }

    private static Optional<String> requireText(Mask mask, ScalarType scalar, DataType type)
    {
        return scalar.base().isText() ? Optional.empty() : refuse(mask, type, "it masks texts", instead(scalar));
    }

    private static Optional<String> show(Mask mask, ScalarType scalar, DataType type)
    {
        if (scalar.base() == VARBINARY) {
            return Optional.empty();
        }
        return requireText(mask, scalar, type).or(() -> scalar.precision() < SHOWN_OF
                ? refuse(mask, type, "four of so few characters would show too much", "write mask-to-fixed-value")
                : Optional.empty());
    }

    private static Optional<String> values(ScalarMask.GeneraliseValues mask, ScalarType scalar, DataType type)
    {
        Optional<String> refusal = requireText(mask, scalar, type);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!mask.values().keySet().stream().allMatch(TypedConstant::isPrintable)) {
            return refuse(mask, type, "a value has control characters", "write printable texts");
        }
        return Stream.concat(mask.values().values().stream(), Stream.of(mask.otherwise()))
                .filter(value -> TypedConstant.parse(value, type).isEmpty())
                .findFirst()
                .flatMap(value -> refuse(mask, type, "'%s' is not a value of the type".formatted(value.replaceAll("\\p{Cntrl}", "?")), "write shorter, printable texts"));
    }

    private static Optional<String> ranges(ScalarMask.GeneraliseRanges mask, ScalarType scalar, DataType type)
    {
        if (!scalar.base().isNumber()) {
            return refuse(mask, type, "it masks numbers", instead(scalar));
        }
        return mask.bounds().stream()
                .filter(bound -> TypedConstant.parse(bound.toPlainString(), type).isEmpty())
                .findFirst()
                .flatMap(bound -> refuse(mask, type, bound.toPlainString() + " is not a value of the type", "write bounds that the type has"));
    }

    private static Optional<String> bucket(ScalarMask.Bucket mask, ScalarType scalar, DataType type)
    {
        if (!scalar.base().isNumber() && scalar.base() != DATE) {
            return refuse(mask, type, "it masks numbers and dates", instead(scalar));
        }
        // Of a date, days
        DataType widthType = scalar.base() == DATE ? new DataType.Scalar("integer") : type;
        if (TypedConstant.parse(mask.width().toPlainString(), widthType).isEmpty()) {
            return refuse(mask, type, "the width is not a value of the type", "write a width that the type has");
        }
        boolean showsAll = !scalar.base().isFloating() && mask.width().compareTo(BigDecimal.ONE.movePointLeft(scalar.scale())) <= 0;
        return showsAll ? refuse(mask, type, "each bucket would have one value only", "write a greater width") : Optional.empty();
    }

    private static Optional<String> truncate(ScalarMask.Truncate mask, ScalarType scalar, DataType type)
    {
        if (scalar.base() == DATE) {
            return mask.unit() == ScalarMask.Truncate.Unit.DAY ? refuse(mask, type, "it would show the whole value", "write truncate-to-month or truncate-to-year") : Optional.empty();
        }
        return scalar.base() == TIMESTAMP || scalar.base() == TIMESTAMP_WITH_TIME_ZONE
                ? Optional.empty()
                : refuse(mask, type, "it masks dates and timestamps", instead(scalar));
    }

    private static String instead(ScalarType scalar)
    {
        return switch (scalar.base()) {
            case VARCHAR, CHAR -> "write mask-alphanum, generalise or replace-with-null";
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE -> "write bucket, generalise with ranges, or replace-with-null";
            case DATE -> "write truncate-to-year, bucket or replace-with-null";
            case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> "write truncate-to-year or replace-with-null";
            case VARBINARY, UUID -> "write tokenize or replace-with-null";
            case BOOLEAN, TIME, OTHER -> "write replace-with-null";
        };
    }

    private static String insteadOfParts(DataType type)
    {
        return type.sql().contains("row(") ? "write row-fields or replace-with-null" : "write replace-with-null";
    }

    private static Optional<String> refuse(Mask mask, DataType type, String why, String instead)
    {
        return Optional.of("%s does not fit %s: %s; %s".formatted(mask.action(), type.sql(), why, instead));
    }

    /**
     * Why a comparison cannot be asked of a column of the type and what to write instead, as a sentence; empty when it can.
     */
    public static Optional<String> filterRefusal(RowFilter.Comparison comparison, DataType type)
    {
        ScalarType.Base base = ScalarType.of(type).map(ScalarType::base).orElse(OTHER);
        if (base == OTHER || base == VARBINARY) {
            return Optional.of("column %s of type %s cannot be compared with constants; filter by a column of another type".formatted(comparison.column(), type.sql()));
        }
        // The engine keeps NaN in no range: the rest of such a condition would come after the reader's own
        if (comparison.operator() == RowFilter.Operator.NOT_EQUAL && base.isFloating()) {
            return Optional.of("column %s of type %s cannot be filtered with <>; write < or >, or promise decimal".formatted(comparison.column(), type.sql()));
        }
        return comparison.values().stream()
                .flatMap(value -> refusal(comparison, value, base, type).stream())
                .findFirst();
    }

    private static Optional<String> refusal(RowFilter.Comparison comparison, RowFilter.Value value, ScalarType.Base base, DataType type)
    {
        return switch (value) {
            case RowFilter.Value.Constant constant -> TypedConstant.parse(constant.text(), type).isPresent()
                    ? Optional.empty()
                    : Optional.of("%s is not a value of column %s, which is %s; write %s".formatted(
                    constant.toString().replaceAll("\\p{Cntrl}", "?"), comparison.column(), type.sql(), example(base)));
            case RowFilter.Value.UserName _, RowFilter.Value.GroupSuffixes _ when !base.isText() -> Optional.of("%s is a text and column %s is %s; compare it with a varchar column".formatted(value, comparison.column(), type.sql()));
            case RowFilter.Value.GroupSuffixes _ when comparison.operator() != RowFilter.Operator.IN -> Optional.of("%s stands for any number of values; write %s IN (%s)".formatted(value, comparison.column(), value));
            case RowFilter.Value.UserName _, RowFilter.Value.GroupSuffixes _ -> Optional.empty();
        };
    }

    private static String example(ScalarType.Base base)
    {
        return switch (base) {
            case BOOLEAN -> "true or false";
            case TINYINT, SMALLINT, INTEGER, BIGINT -> "a whole number in its range";
            case REAL, DOUBLE -> "a finite number";
            case DECIMAL -> "a number with no more digits than it has";
            case VARCHAR, CHAR -> "a printable text that is not longer";
            case UUID -> "a UUID";
            case DATE -> "a date such as 2026-01-31";
            case TIME -> "a time such as 12:30:00";
            case TIMESTAMP -> "a timestamp such as 2026-01-31 12:30:00, without a zone";
            case TIMESTAMP_WITH_TIME_ZONE -> "a timestamp with its zone such as 2026-01-31 12:30:00 UTC";
            case VARBINARY, OTHER -> "nothing";
        };
    }
}
