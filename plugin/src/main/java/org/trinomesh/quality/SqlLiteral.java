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
package org.trinomesh.quality;

import java.util.Collection;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.stream.Collectors.joining;

/**
 * Names and texts as they stand in a statement. Texts are patterns and values that people wrote: nothing in them may end the
 * literal they stand in, or be anything but itself.
 */
final class SqlLiteral
{
    private SqlLiteral() {}

    static String identifier(String name)
    {
        checkArgument(!name.isEmpty(), "name is empty");
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String text(String value)
    {
        if (value.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            return "'" + value.replace("'", "''") + "'";
        }
        return value.codePoints()
                .mapToObj(SqlLiteral::escaped)
                .collect(joining("", "U&'", "'"));
    }

    static String texts(Collection<String> values)
    {
        return values.stream().map(SqlLiteral::text).collect(joining(", "));
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
