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

import java.util.Locale;
import java.util.Optional;

/**
 * A value that a quality rule lists, read as a value of the column's type. Texts may contain any character here, and floating
 * point numbers may be NaN.
 */
public final class ListedValue
{
    private ListedValue() {}

    /**
     * Empty when the type has no such value.
     */
    public static Optional<TypedConstant> parse(String written, DataType type)
    {
        ScalarType scalar = ScalarType.of(type).orElseThrow(() -> new IllegalArgumentException("Not a type of listed values: " + type));
        return switch (scalar.base()) {
            case VARCHAR -> Optional.of(written)
                    .filter(text -> text.codePointCount(0, text.length()) <= scalar.precision())
                    .filter(text -> text.codePoints().noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE))
                    .map(text -> new TypedConstant(scalar, text));
            case REAL, DOUBLE -> notFinite(written)
                    .map(text -> new TypedConstant(scalar, text))
                    .or(() -> TypedConstant.parse(written, type));
            default -> TypedConstant.parse(written, type);
        };
    }

    /**
     * As YAML and as SQL write it.
     */
    private static Optional<String> notFinite(String written)
    {
        return switch (written.toLowerCase(Locale.ENGLISH)) {
            case "nan", ".nan" -> Optional.of(TypedConstant.NAN);
            case "infinity", "+infinity", ".inf", "+.inf" -> Optional.of("Infinity");
            case "-infinity", "-.inf" -> Optional.of("-Infinity");
            default -> Optional.empty();
        };
    }

    /**
     * What a value of the type looks like.
     */
    public static String example(DataType type)
    {
        ScalarType scalar = ScalarType.of(type).orElseThrow(() -> new IllegalArgumentException("Not a type of listed values: " + type));
        return switch (scalar.base()) {
            case BOOLEAN -> "true or false";
            case TINYINT, SMALLINT, INTEGER, BIGINT -> "a whole number of the type";
            case REAL, DOUBLE -> "a number";
            case DECIMAL -> "a number of at most %s digits, %s of them after the point".formatted(scalar.precision(), scalar.scale());
            case VARCHAR, CHAR -> "a text that fits the type";
            case DATE -> "a day: 2026-01-31";
            case TIME -> "a time: 12:30:00";
            case TIMESTAMP -> "a timestamp without a time zone: 2026-01-31 12:30:00";
            case TIMESTAMP_WITH_TIME_ZONE -> "a timestamp with its time zone: 2026-01-31 12:30:00 UTC";
            case UUID -> "a UUID: 12151fd2-7586-11e9-8f9e-2a86e4085a59";
            case VARBINARY, OTHER -> "no values for this column";
        };
    }
}
