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
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import io.trino.testing.StandaloneQueryRunner;
import org.junit.jupiter.api.Test;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.filter.RowFilter.Comparison;
import org.trinomesh.filter.RowFilter.Operator;
import org.trinomesh.filter.RowFilter.Value;
import org.trinomesh.mask.MaskTypes;
import org.trinomesh.security.RowFilterSql;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.testing.TestingSession.testSessionBuilder;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.filter.RowFilter.Operator.AT_LEAST;
import static org.trinomesh.filter.RowFilter.Operator.AT_MOST;
import static org.trinomesh.filter.RowFilter.Operator.BETWEEN;
import static org.trinomesh.filter.RowFilter.Operator.EQUAL;
import static org.trinomesh.filter.RowFilter.Operator.GREATER_THAN;
import static org.trinomesh.filter.RowFilter.Operator.IN;
import static org.trinomesh.filter.RowFilter.Operator.IS_NOT_NULL;
import static org.trinomesh.filter.RowFilter.Operator.LESS_THAN;
import static org.trinomesh.filter.RowFilter.Operator.NOT_EQUAL;

/**
 * A reader who wants to see hidden rows adds a condition that fails on them and prints what it failed on. The engine puts a
 * condition with {@code random()} before whatever it could not turn into ranges of columns, and evaluates the next condition
 * where one is NULL, so each kind of filter that governance lets through has to hold against both. Here the engine is alone with it: no page
 * source leaves rows out before.
 */
final class TestRowFilterExpressions
        extends AbstractTestQueryFramework
{
    /**
     * A column of each type with three of its values, ascending. Only the rows with the middle ones may be seen.
     */
    private static final Map<DataType, List<String>> VALUES = ImmutableMap.<DataType, List<String>>builder()
            .put(scalar("integer"), ImmutableList.of("-2147483648", "5", "2147483647"))
            .put(scalar("bigint"), ImmutableList.of("-9223372036854775808", "5", "9223372036854775807"))
            .put(scalar("real"), ImmutableList.of("-1.5", "0.1", "1e30"))
            .put(scalar("double"), ImmutableList.of("-1.5", "0.1", "1e300"))
            .put(scalar("decimal(10,2)"), ImmutableList.of("-99999999.99", "0.5", "99999999.99"))
            .put(scalar("decimal(38,0)"), ImmutableList.of("-99999999999999999999999999999999999999", "5", "99999999999999999999999999999999999999"))
            .put(scalar("varchar"), ImmutableList.of("", "it's", "z"))
            .put(scalar("date"), ImmutableList.of("1969-12-31", "2024-02-29", "9999-12-31"))
            .put(scalar("time(6)"), ImmutableList.of("00:00:00", "12:30:00.000001", "23:59:59.999999"))
            .put(scalar("timestamp(6)"), ImmutableList.of("1969-12-31 23:59:59.999999", "2024-02-29 12:30:00.000001", "9999-12-31 00:00:00"))
            .put(scalar("timestamp(6) with time zone"), ImmutableList.of("1969-12-31 23:59:59.999999 UTC", "2024-02-29 12:30:00.000001 UTC", "2024-02-29 12:30:00.000002 UTC"))
            .put(scalar("uuid"), ImmutableList.of("00000000-0000-0000-0000-000000000000", "12151fd2-7586-11e9-8f9e-2a86e4085a59", "ffffffff-ffff-ffff-ffff-ffffffffffff"))
            .put(scalar("boolean"), ImmutableList.of("false", "true"))
            .buildOrThrow();
    private static final Map<String, DataType> COLUMNS = VALUES.keySet().stream()
            .collect(toImmutableMap(type -> type.sql() + "\" value", type -> type));

    private static final List<String> CONDITIONS = ImmutableList.of(
            "SELECT count(*) FROM %s WHERE CAST(IF(random() < 2, note, '0') AS bigint) = 1",
            "SELECT count(*) FROM %s WHERE CAST(note AS bigint) = 1");
    private static final List<String> JOINS = ImmutableList.of(
            "SELECT count(*) FROM %s o JOIN (VALUES BIGINT '1') u(one) ON CAST(o.note AS bigint) = u.one WHERE random() < 2",
            "SELECT count(*) FROM (VALUES BIGINT '1') u(one) WHERE one IN (SELECT length(note) FROM %s WHERE CAST(IF(random() < 2, note, '0') AS bigint) = 1)");

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedLake lake = closeAfterClass(EmbeddedLake.create());
        StandaloneQueryRunner runner = new StandaloneQueryRunner(testSessionBuilder().setCatalog("lake").setSchema("sales").build());
        runner.installPlugin(new IcebergPlugin());
        runner.createCatalog("lake", "iceberg", lake.properties());
        runner.execute("CREATE SCHEMA lake.sales");
        String rows = Stream.of(row(0, "LEAKED low"), row(1, "1"), row(2, "LEAKED high"), row(3, "LEAKED null")).collect(joining(", "));
        String names = COLUMNS.keySet().stream().map(TestRowFilterExpressions::quoted).collect(joining(", "));
        runner.execute("CREATE TABLE orders AS SELECT * FROM (VALUES %s) t(%s, note)".formatted(rows, names));
        return runner;
    }

    private static String row(int place, String note)
    {
        return VALUES.entrySet().stream()
                .map(entry -> {
                    // Of two values the first stands for the third as well
                    String value = entry.getValue().get(entry.getValue().size() == 2 ? place % 2 : Math.min(place, 2)).replace("'", "''");
                    return "CAST(%s AS %s)".formatted(place == 3 ? "NULL" : "'" + value + "'", entry.getKey().sql());
                })
                .collect(joining(", ", "(", ", '" + note + "')"));
    }

    @Test
    void testNoConditionOfAReaderComesBeforeTheFilter()
    {
        COLUMNS.forEach((column, type) -> {
            String low = VALUES.get(type).getFirst();
            String middle = VALUES.get(type).get(1);
            String high = VALUES.get(type).getLast();
            assertHolds(comparison(column, EQUAL, middle));
            assertHolds(comparison(column, IN, middle));
            assertHolds(comparison(column, BETWEEN, middle, middle));
            assertHolds(comparison(column, AT_LEAST, middle), comparison(column, AT_MOST, middle));
            assertHolds(comparison(column, IS_NOT_NULL), comparison(column, GREATER_THAN, low), comparison(column, type.equals(scalar("boolean")) ? AT_MOST : LESS_THAN, high));
            if (!type.equals(scalar("real")) && !type.equals(scalar("double"))) {
                assertHolds(comparison(column, NOT_EQUAL, low), comparison(column, NOT_EQUAL, type.equals(scalar("boolean")) ? low : high));
            }
        });
    }

    @Test
    void testComparisonsOfAllColumnsAtOnce()
    {
        Comparison[] comparisons = COLUMNS.entrySet().stream()
                .map(entry -> comparison(entry.getKey(), IN, VALUES.get(entry.getValue()).get(1)))
                .toArray(Comparison[]::new);
        assertHolds(comparisons);
        assertThat(attack(render(comparisons), JOINS)).containsOnly(1L);
        assertThat(attack(render(comparison("varchar\" value", EQUAL, "it's")), JOINS)).containsOnly(1L);
    }

    @Test
    void testManyValues()
    {
        assertHolds(comparison("integer\" value", IN, Stream.iterate(0, number -> number + 1).limit(2000).map(String::valueOf).toArray(String[]::new)));
    }

    @Test
    void testNoValueLeavesNoRow()
    {
        assertThat(attack(render(comparison("varchar\" value", IN)), CONDITIONS)).containsOnly(0L);
    }

    /**
     * What the refusals, and the second half of what is rendered, are for.
     */
    @Test
    void testFiltersThatAreRefusedWouldPrintHiddenRows()
    {
        Comparison notEqual = comparison("double\" value", NOT_EQUAL, "-1.5");
        assertThat(MaskTypes.filterRefusal(notEqual, scalar("double"))).isPresent();
        assertLeaks("\"double\"\" value\" <> DOUBLE '-1.5' AND \"double\"\" value\" < DOUBLE '1e9'");
        assertLeaks("\"integer\"\" value\" = 5 OR \"bigint\"\" value\" = 5");
        // Rows with NULL
        assertLeaks("\"integer\"\" value\" = 5");
        assertLeaks("abs(\"double\"\" value\") < 1");
    }

    private void assertHolds(Comparison... comparisons)
    {
        for (Comparison comparison : comparisons) {
            assertThat(MaskTypes.filterRefusal(comparison, COLUMNS.get(comparison.column()))).as(comparison.toString()).isEmpty();
        }
        String filter = render(comparisons);
        assertThat(attack(filter, CONDITIONS)).as(filter).containsOnly(1L);
    }

    private void assertLeaks(String filter)
    {
        assertThatThrownBy(() -> attack(filter, CONDITIONS)).as(filter).hasMessageContaining("'LEAKED");
    }

    private List<Object> attack(String filter, List<String> attacks)
    {
        return attacks.stream()
                .map(attack -> computeScalar(attack.formatted("(SELECT * FROM orders WHERE " + filter + ")")))
                .collect(toImmutableList());
    }

    private static String render(Comparison... comparisons)
    {
        return RowFilterSql.render(new RowFilter(ImmutableList.copyOf(comparisons)), COLUMNS, COLUMNS.keySet());
    }

    private static Comparison comparison(String column, Operator operator, String... constants)
    {
        return new Comparison(column, operator, Stream.of(constants).map(Value.Constant::new).collect(toImmutableList()));
    }

    private static String quoted(String name)
    {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static DataType scalar(String sql)
    {
        return new DataType.Scalar(sql);
    }
}
