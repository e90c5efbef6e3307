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

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestDataTypeParser
{
    @Test
    void testTypes()
    {
        Map<String, String> types = ImmutableMap.<String, String>builder()
                .put("boolean", "boolean")
                .put("int", "integer")
                .put("INTEGER", "integer")
                .put("bigint", "bigint")
                .put("real", "real")
                .put("double", "double")
                .put("decimal(10)", "decimal(10,0)")
                .put("decimal( 38 , 38 )", "decimal(38,38)")
                .put("varchar", "varchar")
                .put("varbinary", "varbinary")
                .put("date", "date")
                .put("time", "time(6)")
                .put("time(6)", "time(6)")
                .put("timestamp", "timestamp(6)")
                .put("timestamp(6)", "timestamp(6)")
                .put("timestamp with time zone", "timestamp(6) with time zone")
                .put("Timestamp(6) WITH  time zone", "timestamp(6) with time zone")
                .put("timestamp(9)", "timestamp(9)")
                .put("timestamp(9) with time zone", "timestamp(9) with time zone")
                .put("variant", "variant")
                .put("uuid", "uuid")
                .put("array(timestamp(6) with time zone)", "array(timestamp(6) with time zone)")
                .put("map(varchar,array(bigint))", "map(varchar, array(bigint))")
                .put("row(x bigint, \"a \"\" b\" row(y date))", "row(\"x\" bigint, \"a \"\" b\" row(\"y\" date))")
                .buildOrThrow();
        assertThat(DataTypeParser.parse("Double OR  decimal")).isEqualTo(new DataType.Scalar("double", true));
        assertThat(DataTypeParser.parse("array(uuid or varchar)")).isEqualTo(new DataType.Array(new DataType.Scalar("uuid", true)));
        types.forEach((text, sql) -> {
            assertThat(DataTypeParser.parse(text).sql()).as(text).isEqualTo(sql);
            assertThat(DataTypeParser.parse(sql)).as(sql).isEqualTo(DataTypeParser.parse(text));
        });
    }

    @Test
    void testTypesThatIcebergDoesNotHave()
    {
        assertRefused("smallint", "type 'smallint' does not exist in Iceberg tables", "write integer");
        assertRefused("tinyint", "type 'tinyint' does not exist in Iceberg tables", "write integer");
        assertRefused("char(3)", "type 'char' does not exist in Iceberg tables", "write varchar");
        assertRefused("json", "type 'json' does not exist in Iceberg tables", "write varchar");
        assertRefused("interval day to second", "type 'interval' does not exist in Iceberg tables", "write a bigint of seconds or days");
        assertRefused("varchar(20)", "type 'varchar' takes no parameters in Iceberg tables", "write varchar");
        assertRefused("timestamp(3)", "timestamp(3) does not exist in Iceberg tables, which keep microseconds, or nanoseconds from format version 3 on", "write timestamp(6) or timestamp(9)");
        assertRefused("time(9)", "time(9) does not exist in Iceberg tables, which keep microseconds", "write time(6)");
        assertRefused("timestamp_ns", "type 'timestamp_ns' does not exist in Iceberg tables", "write timestamp(9)");
        assertRefused("variant(1)", "type 'variant' takes no parameters in Iceberg tables", "write variant");
        assertRefused("time with time zone", "time with time zone does not exist in Iceberg tables", "write time(6) or timestamp(6) with time zone");
        assertRefused("decimal(39,2)", "decimal(39,2) does not exist", "write a precision from 1 to 38 and a scale not above it");
        assertRefused("row(city varchar, City varchar)", "the row has two fields 'City'", "give each field its own name; case does not distinguish fields");
        assertRefused("decimal(2,3)", "decimal(2,3) does not exist", "write a precision from 1 to 38 and a scale not above it");
    }

    @Test
    void testTypesThatAreNone()
    {
        String remedy = "write boolean, integer, bigint, real, double, decimal(p,s), varchar, varbinary, date, time(6), timestamp(6), timestamp(6) with time zone, uuid, variant, array(t), map(k, v) or row(name t, ...)";
        assertRefused("bigit", "type 'bigit' cannot be read: 'bigit' is not a type", remedy);
        assertRefused("bigint x", "type 'bigint x' cannot be read: 'x' after the type is not understood", remedy);
        assertRefused("array(bigint", "type 'array(bigint' cannot be read: a ')' is missing", remedy);
        assertRefused("bigint or decimal", "type 'bigint or decimal' cannot be read: 'or decimal' after the type is not understood", remedy);
        assertRefused("decimal", "type 'decimal' cannot be read: a '(' is missing", remedy);
        assertRefused("decimal(x)", "type 'decimal(x)' cannot be read: 'x' is not a number", remedy);
        assertRefused("row(\"a bigint)", "type 'row(\"a bigint)' cannot be read: a quote is not closed", remedy);
        assertRefused("map(varchar)", "type 'map(varchar)' cannot be read: a ',' is missing", remedy);
        assertRefused("timestamp with zone", "type 'timestamp with zone' cannot be read: 'with' is not followed by 'time zone'", remedy);
        assertRefused("", "type '' cannot be read: it ends too early", remedy);
        String deep = "array(".repeat(20) + "bigint" + ")".repeat(20);
        assertRefused(deep, "type '" + deep + "' cannot be read: it nests deeper than 20 levels", remedy);
    }

    private static void assertRefused(String text, String message, String remedy)
    {
        assertThatThrownBy(() -> DataTypeParser.parse(text))
                .isInstanceOfSatisfying(InvalidDataTypeException.class, e -> assertThat(e.remedy()).isEqualTo(remedy))
                .hasMessage(message);
    }
}
