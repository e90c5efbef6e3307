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
package org.trinomesh.tests;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.spi.type.TimeZoneKey;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import org.junit.jupiter.api.Test;
import org.trinomesh.function.MaskKeys;
import org.trinomesh.mask.Mask;
import org.trinomesh.mask.MaskTypes;
import org.trinomesh.mask.ScalarMask;
import org.trinomesh.security.MaskSql;
import org.trinomesh.type.DataType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.mask.ScalarMask.Truncate.Unit.DAY;
import static org.trinomesh.mask.ScalarMask.Truncate.Unit.MONTH;
import static org.trinomesh.mask.ScalarMask.Truncate.Unit.YEAR;

/**
 * What the masks make of values in a real engine: each expression once compiled and once folded into a constant, and for
 * readers in two time zones.
 */
final class TestMaskExpressions
        extends AbstractTestQueryFramework
{
    private static final String KEY = "correct horse battery staple, and 32 more";
    private static final MaskSql MASKS = new MaskSql("mesh", new MaskKeys(1, ImmutableMap.of(1, KEY))::reference);
    private static final Session WEST = session("Pacific/Apia");
    private static final Session EAST = session("Asia/Kathmandu");

    private static final Mask TOKENIZE = new Mask.Tokenize("customer_id", OptionalInt.empty());
    private static final Mask BUCKET = new ScalarMask.Bucket(new BigDecimal("10"));
    private static final Mask AGES = new ScalarMask.GeneraliseRanges(ImmutableList.of(new BigDecimal("18"), new BigDecimal("65")));
    private static final Mask REGIONS = new ScalarMask.GeneraliseValues(ImmutableMap.of("de", "Europe", "it's", "it's so"), "other");
    private static final List<Mask> EVERY_MASK = ImmutableList.of(
            new Mask.Clear(),
            new Mask.Null(),
            new Mask.Fixed(),
            new Mask.QueryLocalHash(Optional.of("domain:sales")),
            TOKENIZE,
            new Mask.GlobalHash(Optional.of("domain:sales")),
            new ScalarMask.Alphanum(),
            new ScalarMask.EmailDomain(),
            new ScalarMask.ShowFirst4(),
            new ScalarMask.ShowLast4(),
            REGIONS,
            new ScalarMask.GeneralisePrefix(3),
            AGES,
            BUCKET,
            new ScalarMask.Bucket(new BigDecimal("0.5")),
            new ScalarMask.Truncate(DAY),
            new ScalarMask.Truncate(MONTH),
            new ScalarMask.Truncate(YEAR),
            new Mask.RowFields(ImmutableMap.of("city", new Mask.Clear(), "age", BUCKET)));

    private static final DataType.Row ADDRESS = new DataType.Row(ImmutableList.of(
            new DataType.Row.Field("city", scalar("varchar")),
            new DataType.Row.Field("age", scalar("integer")),
            new DataType.Row.Field("street \"x\"", scalar("varchar"))));
    private static final String HOME = "ROW('Ulm', 47, 'Main St')";
    private static final List<String> TEXTS = ImmutableList.of(
            "''", "'@'", "'x'", "'ab'", "'12345678'", "'Tür 7'", "'😀😀'", "'  '", "'42'", "'-7'", "'a@b@c'", "'12151fd2-7586-11e9-8f9e-2a86e4085a59'", "U&'\\0000\\0001\\202E'", "rpad('x', 20000, 'Yz9')");
    private static final List<String> DAYS = ImmutableList.of(
            "DATE '1970-01-01'", "DATE '2024-02-29'", "DATE '0001-01-01'", "DATE '-0001-12-31'", "DATE '9999-12-31'", "date_add('day', -2147483648, DATE '1970-01-01')", "date_add('day', 2147483647, DATE '1970-01-01')");

    /**
     * Every type a column can have and some that only engines have, with its extreme values.
     */
    private static final Map<DataType, List<String>> EVERY_TYPE = ImmutableMap.<DataType, List<String>>builder()
            .put(scalar("boolean"), ImmutableList.of("true", "false"))
            .put(scalar("tinyint"), ImmutableList.of("-128", "0", "127"))
            .put(scalar("smallint"), ImmutableList.of("-32768", "0", "32767"))
            .put(scalar("integer"), ImmutableList.of("INTEGER '-2147483648'", "-1", "0", "2147483647"))
            .put(scalar("bigint"), ImmutableList.of("BIGINT '-9223372036854775808'", "-1", "0", "9223372036854775807"))
            .put(scalar("real"), ImmutableList.of("-0e0", "0.1", "REAL '3.4028235e38'", "REAL '-1.4e-45'", "nan()", "infinity()", "-infinity()"))
            .put(scalar("double"), ImmutableList.of("-0e0", "0.1", "1.7976931348623157e308", "-1.7976931348623157e308", "4.9e-324", "nan()", "infinity()", "-infinity()"))
            .put(scalar("decimal(10,2)"), ImmutableList.of("0", "-0.01", "99999999.99", "-99999999.99"))
            .put(scalar("decimal(18,0)"), ImmutableList.of("0", "-1", "999999999999999999", "-999999999999999999"))
            .put(scalar("decimal(38,0)"), ImmutableList.of("0", "-1", "DECIMAL '99999999999999999999999999999999999999'", "DECIMAL '-99999999999999999999999999999999999999'"))
            .put(scalar("decimal(38,38)"), ImmutableList.of("0", "DECIMAL '0.99999999999999999999999999999999999999'", "DECIMAL '-0.99999999999999999999999999999999999999'"))
            .put(scalar("varchar"), TEXTS)
            .put(scalar("varchar(10)"), TEXTS)
            .put(scalar("varchar(40)"), TEXTS)
            .put(scalar("char(10)"), TEXTS)
            .put(scalar("char(40)"), TEXTS)
            .put(scalar("varbinary"), ImmutableList.of("X''", "X'00'", "X'FFFEFDFCFBFAF9F8F7'"))
            .put(scalar("date"), DAYS)
            .put(scalar("time(6)"), ImmutableList.of("TIME '00:00:00'", "TIME '23:59:59.999999'"))
            .put(scalar("timestamp(6)"), ImmutableList.of("TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP '-290307-12-21 19:59:05.224192'", "TIMESTAMP '294247-01-10 04:00:54.775807'"))
            .put(scalar("timestamp(6) with time zone"), ImmutableList.of("TIMESTAMP '1969-12-31 23:59:59.999999 UTC'", "TIMESTAMP '-69387-04-22 03:45:14.752 UTC'", "TIMESTAMP '73326-09-11 20:14:45.247 UTC'"))
            .put(scalar("uuid"), ImmutableList.of("UUID '00000000-0000-0000-0000-000000000000'", "UUID 'ffffffff-ffff-ffff-ffff-ffffffffffff'"))
            .put(new DataType.Array(scalar("varchar")), ImmutableList.of("ARRAY[]", "ARRAY[NULL, '', 'a@b']"))
            .put(new DataType.Array(new DataType.Array(scalar("bigint"))), ImmutableList.of("ARRAY[]", "ARRAY[NULL, ARRAY[], ARRAY[1, NULL]]"))
            .put(new DataType.Map(scalar("varchar"), scalar("uuid")), ImmutableList.of("MAP()", "MAP(ARRAY['x', 'y'], ARRAY[NULL, UUID '00000000-0000-0000-0000-000000000000'])"))
            .put(ADDRESS, ImmutableList.of(HOME, "ROW(NULL, NULL, NULL)"))
            .put(new DataType.Array(ADDRESS), ImmutableList.of("ARRAY[]", "ARRAY[NULL, " + HOME + "]"))
            .put(new DataType.Map(scalar("integer"), new DataType.Array(ADDRESS)), ImmutableList.of("MAP()", "MAP(ARRAY[1, 2], ARRAY[NULL, ARRAY[" + HOME + "]])"))
            .buildOrThrow();

    @Override
    protected QueryRunner createQueryRunner()
    {
        StandaloneQueryRunner runner = new StandaloneQueryRunner(WEST);
        runner.installPlugin(new MaskFunctionsPlugin());
        runner.createCatalog("mesh", "mask_functions", ImmutableMap.of("key", KEY));
        runner.createCatalog("elsewhere", "mask_functions", ImmutableMap.of("key", KEY + "!"));
        return runner;
    }

    @Test
    void testEveryMaskOfEveryTypeKeepsTypeAndNullAndNeverFails()
    {
        EVERY_TYPE.forEach((type, values) -> {
            List<Mask> fitting = EVERY_MASK.stream().filter(mask -> MaskTypes.refusal(mask, type).isEmpty()).collect(toImmutableList());
            assertThat(fitting).as("masks of " + type).hasSizeGreaterThanOrEqualTo(3);
            String columns = fitting.stream()
                    .map(mask -> MASKS.render(mask, "c", type))
                    .map(sql -> "typeof(%1$s) = typeof(c), (%1$s) IS NULL".formatted(sql))
                    .collect(joining(", "));
            for (MaterializedRow row : evaluate(columns, type, values)) {
                for (int index = 0; index < fitting.size(); index++) {
                    boolean isNull = row.getField(0).equals((long) values.size());
                    String mask = fitting.get(index) + " of " + type + ", value " + row.getField(0);
                    assertThat(row.getField(2 * index + 1)).as(mask + " keeps the type").isEqualTo(true);
                    assertThat(row.getField(2 * index + 2)).as(mask + " keeps NULL").isEqualTo(isNull || fitting.get(index) instanceof Mask.Null);
                }
            }
        });
    }

    @Test
    void testNoMaskShowsAnExtremeValueWhole()
    {
        for (DataType type : ImmutableList.of(scalar("varchar"), scalar("char(40)"), scalar("bigint"), scalar("uuid"), scalar("varbinary"))) {
            for (Mask mask : ImmutableList.of(TOKENIZE, new Mask.GlobalHash(Optional.of("domain:sales")), new Mask.QueryLocalHash(Optional.of("domain:sales")))) {
                assertThat(evaluate("(" + MASKS.render(mask, "c", type) + ") <> c", type, EVERY_TYPE.get(type)).stream().limit(EVERY_TYPE.get(type).size()))
                        .as(mask + " of " + type)
                        .allSatisfy(row -> assertThat(row.getField(1)).isEqualTo(true));
            }
        }
    }

    @Test
    void testTexts()
    {
        assertMask(new ScalarMask.Alphanum(), "varchar", ImmutableMap.of(
                "'Mia Nuñez-7, Straße ٣'", "Xxx Xxxxx-n, Xxxxxx n",
                "'日本 हिन्दी'", "xx xxxxxx",
                "'nN9'", "xXn",
                "'a😀'", "x😀",
                "''", ""));
        assertMask(new ScalarMask.Alphanum(), "char(6)", ImmutableMap.of("'Ab 1'", "Xx n"));
        assertMask(new ScalarMask.ShowLast4(), "varchar", ImmutableMap.of(
                "'4111111111111234'", "****1234",
                "'123456789'", "****6789",
                "'12345678'", "****",
                "'äöüäöüß€😀'", "****üß€😀",
                "''", "****"));
        assertMask(new ScalarMask.ShowLast4(), "char(20)", ImmutableMap.of("'123456789'", "****6789", "'1234'", "****"));
        assertMask(new ScalarMask.ShowLast4(), "varchar(8)", ImmutableMap.of("'12345678'", "****"));
        assertMask(new ScalarMask.ShowFirst4(), "varchar", ImmutableMap.of("'123456789'", "1234****", "'12345678'", "****"));
        assertMask(new ScalarMask.ShowFirst4(), "char(10)", ImmutableMap.of("'123456789'", "1234****"));
        assertMask(new ScalarMask.EmailDomain(), "varchar", ImmutableMap.of(
                "'mia@example.org'", "****@example.org",
                "'\"m@x\"@example.org'", "****@example.org",
                "'no address'", "****",
                "'@'", "****",
                "''", "****"));
        // What follows the host is no part of the domain
        assertMask(new ScalarMask.EmailDomain(), "varchar", ImmutableMap.of(
                "'jane@x.org (mother: Ann Roe, tel 555-1234)'", "****@x.org",
                "'Jane Roe <jane@x-y.example.org>'", "****@x-y.example.org",
                "'jane@x.org/secret'", "****@x.org",
                "'jane@ x.org'", "****",
                "'jane@日本.jp'", "****"));
        assertMask(new ScalarMask.EmailDomain(), "varchar(8)", ImmutableMap.of("'m@x.org'", "****@x.o"));
        assertMask(new Mask.Fixed(), "varchar(2)", ImmutableMap.of("'abc'", "**"));
        assertMask(REGIONS, "varchar", ImmutableMap.of("'de'", "Europe", "'it''s'", "it's so", "'fr'", "other", "''", "other"));
        assertMask(REGIONS, "char(10)", ImmutableMap.of("'de'", "Europe"));
        assertMask(new ScalarMask.GeneralisePrefix(3), "varchar", ImmutableMap.of("'89073'", "890", "'8'", "8"));
    }

    @Test
    void testNumbers()
    {
        assertMask(BUCKET, "integer", ImmutableMap.of("19", "10", "-19", "-10", "0", "0", "2147483647", "2147483640", "INTEGER '-2147483648'", "-2147483640"));
        assertMask(BUCKET, "bigint", ImmutableMap.of("9223372036854775807", "9223372036854775800", "BIGINT '-9223372036854775808'", "-9223372036854775800"));
        assertMask(BUCKET, "decimal(10,2)", ImmutableMap.of("19.99", "10.00", "-19.99", "-10.00", "99999999.99", "99999990.00"));
        assertMask(BUCKET, "decimal(38,0)", ImmutableMap.of("DECIMAL '99999999999999999999999999999999999999'", "99999999999999999999999999999999999990"));
        assertMask(BUCKET, "double", ImmutableMap.of("19.5", "1.0E1", "-19.5", "-1.0E1", "-3", "0E0", "nan()", "NaN", "infinity()", "Infinity"));
        assertMask(new ScalarMask.Bucket(new BigDecimal("0.5")), "real", ImmutableMap.of("1.7", "1.5E0", "-0.3", "0E0"));
        assertMask(AGES, "integer", ImmutableMap.of("-5", "0", "17", "0", "18", "18", "64", "18", "65", "65"));
        assertMask(AGES, "decimal(5,1)", ImmutableMap.of("17.9", "0.0", "64.9", "18.0"));
        assertMask(AGES, "double", ImmutableMap.of("17.9", "0E0", "nan()", "6.5E1"));
        assertMask(new Mask.Fixed(), "double", ImmutableMap.of("nan()", "0E0"));
        assertMask(new Mask.Fixed(), "boolean", ImmutableMap.of("true", "false"));
    }

    @Test
    void testTimes()
    {
        assertMask(new ScalarMask.Truncate(YEAR), "date", ImmutableMap.of("DATE '2024-02-29'", "2024-01-01", DAYS.get(5), "-5877640-01-01", DAYS.get(6), "5881580-01-01"));
        assertMask(new ScalarMask.Truncate(MONTH), "date", ImmutableMap.of("DATE '2024-02-29'", "2024-02-01"));
        assertMask(new ScalarMask.Truncate(DAY), "timestamp(6)", ImmutableMap.of("TIMESTAMP '2024-02-29 23:59:59.999999'", "2024-02-29 00:00:00.000000", "TIMESTAMP '1969-12-31 00:00:01'", "1969-12-31 00:00:00.000000"));
        assertMask(new ScalarMask.Truncate(YEAR), "timestamp(6) with time zone", ImmutableMap.of("TIMESTAMP '2024-01-01 00:00:00.1 UTC'", "2024-01-01 00:00:00.000000 UTC", "TIMESTAMP '2023-12-31 23:59:59 UTC'", "2023-01-01 00:00:00.000000 UTC"));
        assertMask(BUCKET, "date", ImmutableMap.of("DATE '1970-01-16'", "1970-01-11", "DATE '1969-12-17'", "1969-12-22"));
        assertMask(new Mask.Fixed(), "timestamp(6) with time zone", ImmutableMap.of("TIMESTAMP '2024-01-01 00:00:00 +02:00'", "1970-01-01 00:00:00.000000 UTC"));
        assertMask(new Mask.Fixed(), "time(6)", ImmutableMap.of("TIME '12:34:56'", "00:00:00.000000"));
    }

    @Test
    void testFieldsOfRows()
    {
        Mask mask = new Mask.RowFields(ImmutableMap.of("city", new Mask.Clear(), "age", BUCKET));
        assertMask(mask, ADDRESS, "json_format(CAST(%s AS json))", ImmutableMap.of(
                HOME, "{\"city\":\"Ulm\",\"age\":40,\"street \\\"x\\\"\":null}",
                "ROW(NULL, NULL, NULL)", "{\"city\":null,\"age\":null,\"street \\\"x\\\"\":null}"));
        assertMask(mask, new DataType.Array(ADDRESS), "json_format(CAST(%s AS json))", ImmutableMap.of(
                "ARRAY[NULL, " + HOME + "]", "[null,{\"city\":\"Ulm\",\"age\":40,\"street \\\"x\\\"\":null}]"));
        assertMask(new Mask.MapValues(mask), new DataType.Map(scalar("integer"), new DataType.Array(ADDRESS)), "json_format(CAST(%s AS json))", ImmutableMap.of(
                "MAP(ARRAY[1], ARRAY[ARRAY[" + HOME + "]])", "{\"1\":[{\"city\":\"Ulm\",\"age\":40,\"street \\\"x\\\"\":null}]}"));
        assertMask(new Mask.Fixed(), ADDRESS, "json_format(CAST(%s AS json))", ImmutableMap.of(HOME, "{\"city\":\"****\",\"age\":0,\"street \\\"x\\\"\":\"****\"}"));

        DataType.Row people = new DataType.Row(ImmutableList.of(new DataType.Row.Field("homes", new DataType.Array(ADDRESS)), new DataType.Row.Field("ids", new DataType.Array(scalar("bigint")))));
        assertMask(
                new Mask.RowFields(ImmutableMap.of("homes", new Mask.RowFields(ImmutableMap.of("street \"x\"", new ScalarMask.Alphanum())), "ids", TOKENIZE)),
                people,
                "json_format(CAST(%s AS json))",
                ImmutableMap.of("ROW(ARRAY[" + HOME + "], ARRAY[42])", "{\"homes\":[{\"city\":null,\"age\":null,\"street \\\"x\\\"\":\"Xxxx Xx\"}],\"ids\":[%s]}".formatted(token("bigint", "42"))));
    }

    @Test
    void testPseudonymsJoinAcrossTypesAsTheValuesDo()
    {
        String number = token("bigint", "42");
        assertThat(number).matches("[0-9]{1,18}").isNotEqualTo("42");
        for (String type : ImmutableList.of("varchar", "varchar(40)", "decimal(18,0)", "decimal(38,0)")) {
            assertThat(token(type, "'42'")).as(type).isEqualTo(number);
        }
        assertThat(token("char(40)", "'42'")).isEqualTo(number);
        assertThat(token("varchar", "'042'")).as("a text that is no number").matches("[0-9a-f]{32}");
        assertThat(token("uuid", "UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59'"))
                .isEqualTo(token("varchar", "'12151fd2-7586-11e9-8f9e-2a86e4085a59'"))
                .isNotEqualTo("12151fd2-7586-11e9-8f9e-2a86e4085a59");
        assertThat(token("char(40)", "'mia'")).isEqualTo(token("varchar", "'mia'"));
    }

    @Test
    void testPseudonymsOfAQueryAreEqualInItAndDifferentInTheNext()
    {
        String hash = MASKS.render(new Mask.QueryLocalHash(Optional.of("domain:sales")), "c", scalar("varchar"));
        MaterializedRow row = getQueryRunner().execute("SELECT count(DISTINCT %s), min(%s) FROM (SELECT 'mia' c FROM UNNEST(sequence(1, 1000)))".formatted(hash, hash)).getMaterializedRows().getFirst();
        assertThat(row.getField(0)).isEqualTo(1L);
        assertThat((String) row.getField(1)).matches("[0-9a-f]{32}")
                .isNotEqualTo(computeScalar("SELECT %s FROM (VALUES VARCHAR 'mia') t(c)".formatted(hash)));
    }

    @Test
    void testANodeWithAnotherKeyFailsInsteadOfGivingOtherPseudonyms()
    {
        String tokenize = MASKS.render(TOKENIZE, "c", scalar("varchar"));
        assertThatThrownBy(() -> getQueryRunner().execute("SELECT %s FROM (VALUES VARCHAR 'mia') t(c)".formatted(tokenize.replace("\"mesh\"", "\"elsewhere\""))))
                .hasMessage("This node has another mask key 1 than the node that planned the query: make mesh.mask-key and mesh.previous-mask-keys in the catalog file the same on every node");
        assertThatThrownBy(() -> getQueryRunner().execute("SELECT %s FROM (VALUES VARCHAR 'mia') t(c)".formatted(tokenize.replace("'1-", "'7-"))))
                .hasMessage("This node has no mask key 7: write it as mesh.mask-key or among mesh.previous-mask-keys in the catalog file of every node");
    }

    private String token(String type, String value)
    {
        return mask(TOKENIZE, scalar(type), "CAST(%s AS varchar)", ImmutableList.of(value)).getFirst();
    }

    private void assertMask(Mask mask, String type, Map<String, String> expected)
    {
        assertMask(mask, scalar(type), "CAST(%s AS varchar)", expected);
    }

    private void assertMask(Mask mask, DataType type, String shown, Map<String, String> expected)
    {
        List<String> values = ImmutableList.copyOf(expected.keySet());
        List<String> masked = mask(mask, type, shown, values);
        for (int index = 0; index < values.size(); index++) {
            assertThat(masked.get(index)).as(mask + " of " + type + " " + values.get(index)).isEqualTo(expected.get(values.get(index)));
        }
    }

    private List<String> mask(Mask mask, DataType type, String shown, List<String> values)
    {
        return evaluate(shown.formatted(MASKS.render(mask, "c", type)), type, values).stream()
                .limit(values.size())
                .map(row -> (String) row.getField(1))
                .collect(toImmutableList());
    }

    /**
     * A row for each value and one for NULL, each after its number.
     */
    private List<MaterializedRow> evaluate(String columns, DataType type, List<String> values)
    {
        String rows = IntStream.rangeClosed(0, values.size())
                .mapToObj(index -> "(BIGINT '%s', CAST(%s AS %s))".formatted(index, index < values.size() ? values.get(index) : "NULL", type.sql()))
                .collect(joining(", "));
        String folded = "SELECT n, %s FROM (VALUES %s) t(n, c) ORDER BY n".formatted(columns, rows);
        String compiled = "SELECT n, %s FROM (SELECT * FROM (VALUES %s) t(n, c) WHERE random() < 2) ORDER BY n".formatted(columns, rows);
        List<MaterializedRow> result = getQueryRunner().execute(WEST, compiled).getMaterializedRows();
        // Different in every query
        if (!columns.contains("query_local_hash")) {
            assertThat(getQueryRunner().execute(EAST, compiled).getMaterializedRows()).as("in another time zone: " + compiled).isEqualTo(result);
            assertThat(getQueryRunner().execute(EAST, folded).getMaterializedRows()).as("as a constant: " + folded).isEqualTo(result);
        }
        return result;
    }

    private static DataType scalar(String sql)
    {
        return new DataType.Scalar(sql);
    }

    private static Session session(String timeZone)
    {
        return testSessionBuilder().setTimeZoneKey(TimeZoneKey.getTimeZoneKey(timeZone)).build();
    }
}
