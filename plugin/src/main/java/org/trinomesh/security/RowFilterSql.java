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

import org.trinomesh.filter.RowFilter;
import org.trinomesh.type.DataType;
import org.trinomesh.type.SqlLiteral;
import org.trinomesh.type.TypedConstant;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

/**
 * Writes row filters as SQL for the engine: comparisons that the engine converts completely into ranges of columns, which it
 * checks before anything the reader wrote. Therefore each constant has its column's own type and nothing is done to the
 * column.
 *
 * <p>That is not enough for rows with NULL in a compared column. They are not shown, but the engine goes on from a condition
 * that is NULL to the next one, which can be the reader's and print the row by failing. The page source leaves such rows out
 * before the engine sees them, except by columns whose type only the table knows. Where one of those is compared, the
 * comparisons are followed by themselves with NULL made false. It has to depend on chance, though it does not, since the engine
 * moves the reader's conditions with {@code random()} before those without, and keeps the order among the ones with it.
 */
public final class RowFilterSql
{
    private static final String NO_ROWS = "false";
    private static final String NEVER = "random() < 0e0";

    private RowFilterSql() {}

    /**
     * A value that the column cannot have (a long user name for a short varchar) equals none: in IN it is left out, elsewhere
     * it leaves no row.
     *
     * @param filter with constants only: the requester's name and groups are filled in before
     * @param types of the columns that it names
     * @param unfiltered the columns by which the page source leaves no rows out
     */
    public static String render(RowFilter filter, Map<String, DataType> types, Set<String> unfiltered)
    {
        List<String> conditions = filter.comparisons().stream()
                .map(comparison -> render(comparison, types))
                .distinct()
                .collect(toImmutableList());
        if (conditions.contains(NO_ROWS)) {
            return NO_ROWS;
        }
        String condition = String.join(" AND ", conditions);
        boolean meetsNull = filter.comparisons().stream().anyMatch(comparison -> unfiltered.contains(comparison.column()) && switch (comparison.operator()) {
            case IS_NULL, IS_NOT_NULL -> false;
            case EQUAL, NOT_EQUAL, LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST, IN, BETWEEN -> true;
        });
        return meetsNull ? "%1$s AND coalesce(%1$s, %2$s)".formatted(condition, NEVER) : condition;
    }

    private static String render(RowFilter.Comparison comparison, Map<String, DataType> types)
    {
        DataType type = types.get(comparison.column());
        checkArgument(type != null, "A row filter names column %s, which is not there", comparison.column());
        String column = compared(SqlLiteral.identifier(comparison.column()), type);
        String operator = comparison.operator().sql();
        List<String> values = comparison.values().stream()
                .flatMap(value -> TypedConstant.parse(constant(value), type).map(constant -> literal(constant, type)).stream())
                .distinct()
                .collect(toImmutableList());
        boolean complete = comparison.values().stream().allMatch(value -> TypedConstant.parse(constant(value), type).isPresent());
        return switch (comparison.operator()) {
            case IS_NULL, IS_NOT_NULL -> column + " " + operator;
            case IN -> values.isEmpty() ? NO_ROWS : column + " IN " + values.stream().collect(joining(", ", "(", ")"));
            case BETWEEN -> complete ? column + " BETWEEN " + values.getFirst() + " AND " + values.getLast() : NO_ROWS;
            case EQUAL, NOT_EQUAL, LESS_THAN, AT_MOST, GREATER_THAN, AT_LEAST -> complete ? column + " " + operator + " " + values.getFirst() : NO_ROWS;
        };
    }

    /**
     * What may be a UUID or its text is compared as text.
     */
    private static String compared(String column, DataType type)
    {
        return isOpenUuid(type) ? "lower(CAST(" + column + " AS varchar))" : column;
    }

    private static String literal(TypedConstant constant, DataType type)
    {
        return isOpenUuid(type) ? SqlLiteral.text(constant.text()) : SqlLiteral.constant(constant);
    }

    private static boolean isOpenUuid(DataType type)
    {
        return type.isOpen() && type.sql().equals("uuid");
    }

    private static String constant(RowFilter.Value value)
    {
        return switch (value) {
            case RowFilter.Value.Constant constant -> constant.text();
            case RowFilter.Value.UserName _, RowFilter.Value.GroupSuffixes _ -> throw new IllegalArgumentException("A row filter still has %s in it".formatted(value));
        };
    }
}
