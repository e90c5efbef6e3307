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

import org.trinomesh.type.DataType;
import org.trinomesh.type.ScalarType;

import static java.util.stream.Collectors.joining;

/**
 * Writes the fixed value of a type as SQL, which stands for every value.
 */
final class FixedValueSql
{
    private FixedValueSql() {}

    static String of(DataType type)
    {
        String value = switch (type) {
            case DataType.Scalar _ -> scalar(type);
            case DataType.Array _ -> "ARRAY[]";
            case DataType.Map _ -> "MAP()";
            case DataType.Row row -> row.fields().stream().map(field -> of(field.type())).collect(joining(", ", "ROW(", ")"));
        };
        return "CAST(" + value + " AS " + type.sql() + ")";
    }

    private static String scalar(DataType type)
    {
        return switch (ScalarType.of(type).orElseThrow().base()) {
            case BOOLEAN -> "false";
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> "0";
            case VARCHAR, CHAR -> ScalarMaskSql.STARS;
            case VARBINARY -> "X''";
            case DATE -> "DATE '1970-01-01'";
            case TIME -> "TIME '00:00:00'";
            case TIMESTAMP -> "TIMESTAMP '1970-01-01 00:00:00'";
            case TIMESTAMP_WITH_TIME_ZONE -> "TIMESTAMP '1970-01-01 00:00:00 UTC'";
            case UUID -> "UUID '00000000-0000-0000-0000-000000000000'";
            case OTHER -> throw new IllegalArgumentException("Not a type with a fixed value: " + type);
        };
    }
}
