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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.filter.RowFilter.Comparison;
import org.trinomesh.filter.RowFilter.Operator;
import org.trinomesh.filter.RowFilter.Value;
import org.trinomesh.type.DataType;

import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.filter.RowFilter.Operator.AT_LEAST;
import static org.trinomesh.filter.RowFilter.Operator.BETWEEN;
import static org.trinomesh.filter.RowFilter.Operator.EQUAL;
import static org.trinomesh.filter.RowFilter.Operator.IN;
import static org.trinomesh.filter.RowFilter.Operator.IS_NOT_NULL;
import static org.trinomesh.filter.RowFilter.Operator.LESS_THAN;
import static org.trinomesh.filter.RowFilter.Operator.NOT_EQUAL;

final class TestRowFilterSql
{
    private static final Map<String, DataType> TYPES = ImmutableMap.<String, DataType>builder()
            .put("region", new DataType.Scalar("varchar"))
            .put("code", new DataType.Scalar("varchar(3)"))
            .put("orders", new DataType.Scalar("bigint"))
            .put("price", new DataType.Scalar("decimal(10,2)"))
            .put("score", new DataType.Scalar("real"))
            .put("day", new DataType.Scalar("date"))
            .put("at", new DataType.Scalar("timestamp(6)"))
            .put("moment", new DataType.Scalar("timestamp(6) with time zone"))
            .put("active", new DataType.Scalar("boolean"))
            .buildOrThrow();

    @Test
    void testConstantsHaveTheTypeOfTheColumn()
    {
        assertThat(render(comparison("region", IN, "WEST", "it's", "WEST"), comparison("orders", AT_LEAST, "-1")))
                .isEqualTo("\"region\" IN ('WEST', 'it''s') AND \"orders\" >= BIGINT '-1'");
        assertThat(render(comparison("price", BETWEEN, "1.5", "2"))).isEqualTo("\"price\" BETWEEN CAST('1.50' AS decimal(10,2)) AND CAST('2.00' AS decimal(10,2))");
        assertThat(render(comparison("price", BETWEEN, "2", "2.0"))).isEqualTo("\"price\" BETWEEN CAST('2.00' AS decimal(10,2)) AND CAST('2.00' AS decimal(10,2))");
        assertThat(render(comparison("score", LESS_THAN, "-0"))).isEqualTo("\"score\" < REAL '0.0'");
        assertThat(render(comparison("day", NOT_EQUAL, "2024-02-29"))).isEqualTo("\"day\" <> DATE '2024-02-29'");
        assertThat(render(comparison("at", EQUAL, "2024-02-29T12:30"))).isEqualTo("\"at\" = TIMESTAMP '2024-02-29 12:30:00.000000'");
        assertThat(render(comparison("moment", EQUAL, "2024-02-29 00:30:00.5 +01:00"))).isEqualTo("\"moment\" = TIMESTAMP '2024-02-28 23:30:00.500000 UTC'");
        assertThat(render(comparison("active", EQUAL, "TRUE"), comparison("region", IS_NOT_NULL))).isEqualTo("\"active\" = true AND \"region\" IS NOT NULL");
    }

    @Test
    void testNoValueAndNoSuchValueLeaveNoRow()
    {
        assertThat(render(comparison("region", IN))).isEqualTo("false");
        assertThat(render(comparison("code", IN, "DE", "a long name"))).isEqualTo("\"code\" IN ('DE')");
        assertThat(render(comparison("code", IN, "a long name"))).isEqualTo("false");
        assertThat(render(comparison("code", EQUAL, "a long name"))).isEqualTo("false");
        assertThat(render(comparison("code", NOT_EQUAL, "a long name"))).isEqualTo("false");
        assertThat(render(comparison("region", IN, "line\nbreak"))).isEqualTo("false");
    }

    @Test
    void testWhatIsNoConstantIsRefused()
    {
        assertThatThrownBy(() -> render(new Comparison("region", EQUAL, ImmutableList.of(new Value.UserName()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A row filter still has ${user} in it");
        assertThatThrownBy(() -> render(comparison("absent", EQUAL, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A row filter names column absent, which is not there");
    }

    @Test
    void testNullIsMadeFalseBeforeAnythingOfTheReader()
    {
        assertThat(RowFilterSql.render(new RowFilter(ImmutableList.of(comparison("region", EQUAL, "WEST"), comparison("day", IS_NOT_NULL))), TYPES, TYPES.keySet()))
                .isEqualTo("\"region\" = 'WEST' AND \"day\" IS NOT NULL AND coalesce(\"region\" = 'WEST' AND \"day\" IS NOT NULL, random() < 0e0)");
        assertThat(RowFilterSql.render(new RowFilter(ImmutableList.of(comparison("day", IS_NOT_NULL))), TYPES, TYPES.keySet())).isEqualTo("\"day\" IS NOT NULL");
        assertThat(RowFilterSql.render(new RowFilter(ImmutableList.of(comparison("day", IS_NOT_NULL), comparison("region", IN))), TYPES, TYPES.keySet())).isEqualTo("false");
    }

    @Test
    void testWhatThePageSourceLeavesOutNeedsNoSecondComparison()
    {
        RowFilter filter = new RowFilter(ImmutableList.of(comparison("region", EQUAL, "WEST"), comparison("active", EQUAL, "true")));
        assertThat(RowFilterSql.render(filter, TYPES, ImmutableSet.of())).isEqualTo("\"region\" = 'WEST' AND \"active\" = true");
        assertThat(RowFilterSql.render(filter, TYPES, ImmutableSet.of("active"))).endsWith("AND coalesce(\"region\" = 'WEST' AND \"active\" = true, random() < 0e0)");
    }

    /**
     * The comparisons alone, which are followed by themselves.
     */
    private static String render(Comparison... comparisons)
    {
        String sql = RowFilterSql.render(new RowFilter(ImmutableList.copyOf(comparisons)), TYPES, TYPES.keySet());
        int guard = sql.indexOf(" AND coalesce(");
        if (guard < 0) {
            return sql;
        }
        String condition = sql.substring(0, guard);
        assertThat(sql).isEqualTo(condition + " AND coalesce(" + condition + ", random() < 0e0)");
        return condition;
    }

    private static Comparison comparison(String column, Operator operator, String... constants)
    {
        return new Comparison(column, operator, Stream.of(constants).map(Value.Constant::new).collect(toImmutableList()));
    }
}
