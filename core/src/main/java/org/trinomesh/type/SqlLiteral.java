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

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

/**
 * Writes names and texts as SQL. Texts are patterns and values that people wrote: nothing in them may end the literal, or
 * mean anything else.
 */
public final class SqlLiteral
{
    private SqlLiteral() {}

    public static String identifier(String name)
    {
        checkArgument(!name.isEmpty() && TypedConstant.isPrintable(name), "A name cannot be written in SQL");
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    public static String text(String value)
    {
        if (value.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            return "'" + value.replace("'", "''") + "'";
        }
        return value.codePoints()
                .mapToObj(SqlLiteral::escaped)
                .collect(joining("", "U&'", "'"));
    }

    /**
     * A literal whose type is the constant's, so that comparing it with a column of that type casts no column.
     */
    public static String constant(TypedConstant constant)
    {
        ScalarType type = constant.type();
        String text = text(constant.text());
        return switch (type.base()) {
            case BOOLEAN -> constant.text();
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DATE, TIME, UUID -> type.base().name() + " " + text;
            case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> "TIMESTAMP " + text;
            case DECIMAL -> "CAST(%s AS decimal(%s,%s))".formatted(text, type.precision(), type.scale());
            case CHAR -> "CAST(%s AS char(%s))".formatted(text, type.precision());
            case VARCHAR -> text;
            case VARBINARY, OTHER -> throw new IllegalArgumentException("Not a type of constants: " + type);
        };
    }

    /**
     * Whether a column has one of some values.
     */
    public static String isAmong(String column, Collection<TypedConstant> values)
    {
        List<String> constants = values.stream()
                .filter(value -> !isNan(value))
                .map(SqlLiteral::constant)
                .distinct()
                .collect(toImmutableList());
        Stream<String> equal = constants.isEmpty() ? Stream.of() : Stream.of(identifier(column) + " IN (" + String.join(", ", constants) + ")");
        // NaN does not equal itself
        Stream<String> nan = values.stream().anyMatch(SqlLiteral::isNan) ? Stream.of("is_nan(" + identifier(column) + ")") : Stream.of();
        return Stream.concat(equal, nan).collect(joining(" OR ", "(", ")"));
    }

    private static boolean isNan(TypedConstant value)
    {
        return value.type().base().isFloating() && value.text().equals(TypedConstant.NAN);
    }

    private static String escaped(int point)
    {
        checkArgument(point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE, "A text has half a character");
        if (point == '\'') {
            return "''";
        }
        if (point == '\\') {
            return "\\\\";
        }
        return point >= ' ' && point <= '~' ? Character.toString(point) : "\\+%06X".formatted(point);
    }
}
