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
import org.junit.jupiter.api.Test;
import org.trinomesh.filter.RowFilter.Comparison;
import org.trinomesh.filter.RowFilter.Operator;
import org.trinomesh.filter.RowFilter.Value;
import org.trinomesh.type.DataType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.mask.ScalarMask.Truncate.Unit.DAY;
import static org.trinomesh.mask.ScalarMask.Truncate.Unit.MONTH;

final class TestMaskTypes
{
    private static final List<String> SCALARS = ImmutableList.of(
            "boolean", "integer", "bigint", "real", "double", "decimal(10,2)", "decimal(38,0)", "varchar", "char(10)", "varbinary", "date", "time(6)", "timestamp(6)", "timestamp(6) with time zone", "uuid");
    private static final Mask TOKENIZE = new Mask.Tokenize("customer_id", OptionalInt.empty());
    private static final DataType ADDRESS = new DataType.Row(ImmutableList.of(
            new DataType.Row.Field("city", scalar("varchar")),
            new DataType.Row.Field("number", scalar("integer"))));

    @Test
    void testWhichScalarsAMaskFits()
    {
        assertFits(new Mask.Clear(), SCALARS);
        assertFits(new Mask.Null(), SCALARS);
        assertFits(new Mask.Fixed(), SCALARS);
        assertFits(TOKENIZE, ImmutableList.of("bigint", "decimal(38,0)", "varchar", "varbinary", "uuid"));
        assertFits(new Mask.GlobalHash(Optional.of("domain:sales")), ImmutableList.of("bigint", "decimal(38,0)", "varchar", "varbinary", "uuid"));
        assertFits(new Mask.QueryLocalHash(Optional.of("domain:sales")), ImmutableList.of("bigint", "decimal(38,0)", "varchar", "varbinary", "uuid"));
        assertFits(new ScalarMask.Alphanum(), ImmutableList.of("varchar", "char(10)"));
        assertFits(new ScalarMask.EmailDomain(), ImmutableList.of("varchar", "char(10)"));
        assertFits(new ScalarMask.ShowFirst4(), ImmutableList.of("varchar", "char(10)", "varbinary"));
        assertFits(new ScalarMask.ShowLast4(), ImmutableList.of("varchar", "char(10)", "varbinary"));
        assertFits(new ScalarMask.GeneraliseValues(ImmutableMap.of("a", "b"), "c"), ImmutableList.of("varchar", "char(10)"));
        assertFits(new ScalarMask.GeneralisePrefix(3), ImmutableList.of("varchar", "char(10)"));
        assertFits(new ScalarMask.GeneraliseRanges(ImmutableList.of(BigDecimal.TEN)), ImmutableList.of("integer", "bigint", "real", "double", "decimal(10,2)", "decimal(38,0)"));
        assertFits(new ScalarMask.Bucket(BigDecimal.TEN), ImmutableList.of("integer", "bigint", "real", "double", "decimal(10,2)", "decimal(38,0)", "date"));
        assertFits(new ScalarMask.Truncate(MONTH), ImmutableList.of("date", "timestamp(6)", "timestamp(6) with time zone"));
        assertFits(new ScalarMask.Truncate(DAY), ImmutableList.of("timestamp(6)", "timestamp(6) with time zone"));
        assertFits(new Mask.RowFields(ImmutableMap.of()), ImmutableList.of());
    }

    @Test
    void testARefusalSaysWhyAndWhatToWriteInstead()
    {
        assertRefused(TOKENIZE, "integer", "tokenize does not fit integer: it has too few values, so different ones would get the same pseudonym; promise bigint, or write replace-with-null");
        assertRefused(TOKENIZE, "date", "tokenize does not fit date: its values are not identifiers; write replace-with-null");
        assertRefused(TOKENIZE, "varchar(35)", "tokenize does not fit varchar(35): a pseudonym has up to 36 characters; promise varchar, or write replace-with-null");
        assertRefused(TOKENIZE, "decimal(17,0)", "tokenize does not fit decimal(17,0): a pseudonym is a whole number of 18 digits; promise bigint or decimal(18,0), or write replace-with-null");
        assertThat(MaskTypes.refusal(new Mask.Tokenize("*", OptionalInt.empty()), scalar("bigint"))).contains("tokenize cannot use identifier '*'; write letters, digits, _, - and .");
        assertRefused(new ScalarMask.ShowLast4(), "varchar(7)", "show-last-4 does not fit varchar(7): four of so few characters would show too much; write mask-to-fixed-value");
        assertRefused(new ScalarMask.ShowLast4(), "bigint", "show-last-4 does not fit bigint: it masks texts; write bucket, generalise with ranges, or replace-with-null");
        assertRefused(new ScalarMask.Bucket(new BigDecimal("2.5")), "integer", "bucket does not fit integer: the width is not a value of the type; write a width that the type has");
        assertRefused(new ScalarMask.Bucket(BigDecimal.ONE), "bigint", "bucket does not fit bigint: each bucket would have one value only; write a greater width");
        assertRefused(new ScalarMask.Bucket(new BigDecimal("0.01")), "decimal(10,2)", "bucket does not fit decimal(10,2): each bucket would have one value only; write a greater width");
        assertRefused(new ScalarMask.Truncate(DAY), "date", "truncate-to-day does not fit date: it would show the whole value; write truncate-to-month or truncate-to-year");
        assertRefused(new ScalarMask.GeneralisePrefix(3), "char(3)", "generalise does not fit char(3): the prefix is the whole value; write a shorter prefix");
        assertRefused(new ScalarMask.GeneraliseValues(ImmutableMap.of("a", "b"), "others"), "varchar(5)", "generalise does not fit varchar(5): 'others' is not a value of the type; write shorter, printable texts");
        assertRefused(new ScalarMask.GeneraliseValues(ImmutableMap.of("a\n", "b"), "c"), "varchar", "generalise does not fit varchar: a value has control characters; write printable texts");
        assertRefused(new ScalarMask.GeneraliseRanges(ImmutableList.of(new BigDecimal("0.5"))), "integer", "generalise does not fit integer: 0.5 is not a value of the type; write bounds that the type has");
        assertRefused(new Mask.RowFields(ImmutableMap.of()), "integer", "row-fields does not fit integer: it has no fields; write another mask");
        assertRefused(new Mask.Fixed(), "geometry", "mask-to-fixed-value does not fit geometry: the type has no fixed value; write replace-with-null");
    }

    @Test
    void testTypesWithParts()
    {
        assertThat(MaskTypes.refusal(TOKENIZE, new DataType.Array(scalar("bigint")))).isEmpty();
        DataType map = new DataType.Map(scalar("integer"), new DataType.Array(scalar("uuid")));
        assertThat(MaskTypes.refusal(new Mask.MapValues(TOKENIZE), map)).isEmpty();
        assertThat(MaskTypes.refusal(TOKENIZE, map))
                .contains("tokenize does not fit map(integer, array(uuid)): its keys would stay clear; write replace-with-null, or 'keys: clear' beside the action where everybody may see the keys");
        assertThat(MaskTypes.refusal(new Mask.RowFields(ImmutableMap.of()), new DataType.Map(scalar("varchar"), ADDRESS)))
                .hasValueSatisfying(refusal -> assertThat(refusal).startsWith("row-fields does not fit map(varchar, row(\"city\" varchar, \"number\" integer)): its keys would stay clear"));
        assertThat(MaskTypes.refusal(new Mask.MapValues(TOKENIZE), new DataType.Map(scalar("varchar"), scalar("integer")))).hasValueSatisfying(refusal -> assertThat(refusal).startsWith("tokenize does not fit integer: "));
        assertThat(MaskTypes.refusal(TOKENIZE, new DataType.Array(scalar("integer")))).hasValueSatisfying(refusal -> assertThat(refusal).startsWith("tokenize does not fit integer: "));
        assertThat(MaskTypes.refusal(TOKENIZE, ADDRESS))
                .contains("tokenize does not fit row(\"city\" varchar, \"number\" integer): a pseudonym replaces one value; write row-fields with a mask for each field");
        assertThat(MaskTypes.refusal(new ScalarMask.Alphanum(), new DataType.Array(ADDRESS)))
                .contains("mask-alphanum does not fit array(row(\"city\" varchar, \"number\" integer)): it masks single values; write row-fields or replace-with-null");

        for (DataType type : ImmutableList.of(ADDRESS, new DataType.Array(ADDRESS))) {
            assertThat(MaskTypes.refusal(new Mask.RowFields(ImmutableMap.of("city", new ScalarMask.Alphanum(), "number", new Mask.Clear())), type)).isEmpty();
            assertThat(MaskTypes.refusal(new Mask.RowFields(ImmutableMap.of("street", new Mask.Null())), type))
                    .contains("row-fields names the field street, which is not among city, number; write one of these");
            assertThat(MaskTypes.refusal(new Mask.RowFields(ImmutableMap.of("number", TOKENIZE)), type))
                    .contains("field number: tokenize does not fit integer: it has too few values, so different ones would get the same pseudonym; promise bigint, or write replace-with-null");
        }
    }

    @Test
    void testConstantsMustBeValuesOfTheColumn()
    {
        assertValues("boolean", ImmutableList.of("true", "FALSE"), ImmutableList.of("yes", "1", ""));
        assertValues("integer", ImmutableList.of("0", "-2147483648", "2147483647", "5.0", "1e3"), ImmutableList.of("2147483648", "-2147483649", "5.5", "x", "1e99", "1e-3", ""));
        assertValues("bigint", ImmutableList.of("9223372036854775807"), ImmutableList.of("9223372036854775808"));
        assertValues("decimal(4,2)", ImmutableList.of("99.99", "-1", "1.500", "0"), ImmutableList.of("100", "0.001", "NaN"));
        assertValues("double", ImmutableList.of("1e3", "-0.5", "0"), ImmutableList.of("NaN", "Infinity", "1e400", "1e-400", "0x1p3", "1d"));
        assertValues("real", ImmutableList.of("1e38"), ImmutableList.of("1e39"));
        assertValues("varchar(3)", ImmutableList.of("", "abc", "😀😀😀", "o'x"), ImmutableList.of("abcd", "a\n", "\uD800"));
        assertValues("char(3)", ImmutableList.of("abc  "), ImmutableList.of("abcd"));
        assertValues("uuid", ImmutableList.of("12151FD2-7586-11e9-8f9e-2a86e4085a59"), ImmutableList.of("12151fd2", "12151fd275861-1e9-8f9e-2a86e4085a59"));
        assertValues("date", ImmutableList.of("2024-02-29"), ImmutableList.of("2023-02-29", "2024-2-1", "2024-02-29 00:00:00", "today"));
        assertValues("time(6)", ImmutableList.of("12:30", "12:30:00.123456"), ImmutableList.of("24:00:00", "12:30:00.1234567"));
        assertValues("timestamp(6)", ImmutableList.of("2024-02-29 12:30:00", "2024-02-29T12:30:00.5"), ImmutableList.of("2024-02-29", "2024-02-30 00:00:00", "2024-02-29 12:30:00 UTC"));
        assertValues("timestamp(6) with time zone", ImmutableList.of("2024-02-29 12:30:00 UTC", "2024-02-29T12:30:00Z", "2024-02-29 12:30:00 +05:45"), ImmutableList.of("2024-02-29 12:30:00", "2024-02-29 12:30:00 Mars", "2024-02-29 12:30:00 +99:00"));
        assertValues("varbinary", ImmutableList.of(), ImmutableList.of("00"));
    }

    @Test
    void testComparisonsThatAreRefused()
    {
        assertThat(MaskTypes.filterRefusal(new Comparison("n", Operator.EQUAL, ImmutableList.of(new Value.Constant("x"))), scalar("integer")))
                .contains("'x' is not a value of column n, which is integer; write a whole number in its range");
        assertThat(MaskTypes.filterRefusal(new Comparison("home", Operator.IS_NULL, ImmutableList.of()), ADDRESS))
                .contains("column home of type row(\"city\" varchar, \"number\" integer) cannot be compared with constants; filter by a column of another type");
        assertThat(MaskTypes.filterRefusal(new Comparison("score", Operator.NOT_EQUAL, ImmutableList.of(new Value.Constant("1"))), scalar("double")))
                .contains("column score of type double cannot be filtered with <>; write < or >, or promise decimal");
        assertThat(MaskTypes.filterRefusal(new Comparison("n", Operator.EQUAL, ImmutableList.of(new Value.UserName())), scalar("bigint")))
                .contains("${user} is a text and column n is bigint; compare it with a varchar column");
        assertThat(MaskTypes.filterRefusal(new Comparison("region", Operator.EQUAL, ImmutableList.of(new Value.GroupSuffixes("region-"))), scalar("varchar")))
                .contains("${groups:region-} stands for any number of values; write region IN (${groups:region-})");
        assertThat(MaskTypes.filterRefusal(new Comparison("region", Operator.IN, ImmutableList.of(new Value.GroupSuffixes("region-"), new Value.UserName())), scalar("char(4)"))).isEmpty();
        assertThat(MaskTypes.filterRefusal(new Comparison("region", Operator.IS_NOT_NULL, ImmutableList.of()), scalar("double"))).isEmpty();
    }

    private static void assertFits(Mask mask, List<String> types)
    {
        assertThat(SCALARS.stream().filter(type -> MaskTypes.refusal(mask, scalar(type)).isEmpty())).as(mask.toString()).containsExactlyElementsOf(types.stream().sorted(comparing(SCALARS::indexOf)).toList());
    }

    private static void assertRefused(Mask mask, String type, String refusal)
    {
        assertThat(MaskTypes.refusal(mask, scalar(type))).contains(refusal);
    }

    private static void assertValues(String type, List<String> values, List<String> others)
    {
        for (String value : values) {
            assertThat(MaskTypes.filterRefusal(new Comparison("c", Operator.AT_LEAST, ImmutableList.of(new Value.Constant(value))), scalar(type))).as(type + " " + value).isEmpty();
        }
        for (String value : others) {
            assertThat(MaskTypes.filterRefusal(new Comparison("c", Operator.AT_LEAST, ImmutableList.of(new Value.Constant(value))), scalar(type))).as(type + " " + value).isPresent();
        }
    }

    private static DataType scalar(String sql)
    {
        return new DataType.Scalar(sql);
    }
}
