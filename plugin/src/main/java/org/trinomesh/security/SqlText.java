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

import org.trinomesh.type.TypedConstant;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Names and constants as they stand in a statement. A statement is made of nothing else that a person wrote.
 */
final class SqlText
{
    private SqlText() {}

    static String identifier(String name)
    {
        checkArgument(!name.isEmpty() && TypedConstant.isPrintable(name), "A name cannot be written in SQL");
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String string(String value)
    {
        // The value is not in the message: it can be a person's
        checkArgument(TypedConstant.isPrintable(value), "A text cannot be written in SQL");
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * A literal whose type is the constant's, so that comparing it with a column of that type casts no column.
     */
    static String literal(TypedConstant constant)
    {
        String text = string(constant.text());
        return switch (constant.type().base()) {
            case BOOLEAN -> constant.text();
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DATE, TIME, UUID -> constant.type().base().name() + " " + text;
            case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> "TIMESTAMP " + text;
            case DECIMAL -> "CAST(%s AS decimal(%s,%s))".formatted(text, constant.type().precision(), constant.type().scale());
            case CHAR -> "CAST(%s AS char(%s))".formatted(text, constant.type().precision());
            // Shorter than the column's type, to which the engine widens it
            case VARCHAR -> text;
            case VARBINARY, OTHER -> throw new IllegalArgumentException("Not a type of constants: " + constant.type());
        };
    }
}
