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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableSet;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

import java.util.List;
import java.util.Set;

import static java.util.stream.Collectors.joining;

/**
 * Avro types as SQL types. A logical type counts inside the type, as Avro has it, and beside it on the field, as many people
 * write it.
 */
final class AvroTypes
{
    private AvroTypes() {}

    static String sqlType(Schema.Field field)
    {
        return sqlType(field.schema(), field, ImmutableSet.of());
    }

    private static String sqlType(Schema schema, JsonProperties logical, Set<String> enclosing)
    {
        return switch (schema.getType()) {
            case STRING -> "uuid".equals(logicalType(schema, logical)) ? "uuid" : "varchar";
            case ENUM -> "varchar";
            case BOOLEAN -> "boolean";
            case INT -> ofInt(logicalType(schema, logical));
            case LONG -> ofLong(logicalType(schema, logical));
            case FLOAT -> "real";
            case DOUBLE -> "double";
            case BYTES -> "decimal".equals(logicalType(schema, logical)) ? decimal(schema, logical) : "varbinary";
            case FIXED -> ofFixed(schema, logical);
            case ARRAY -> "array(" + sqlType(schema.getElementType(), schema, enclosing) + ")";
            case MAP -> "map(varchar, " + sqlType(schema.getValueType(), schema, enclosing) + ")";
            case RECORD -> row(schema, enclosing);
            case UNION -> sqlType(onlyType(schema), logical, enclosing);
            case NULL -> throw new UnreadableTypeException("its only type is null", "write [\"null\", \"string\"] or another type");
        };
    }

    private static String ofInt(String logicalType)
    {
        return switch (logicalType) {
            case "date" -> "date";
            case "time-millis" -> "time(6)";
            default -> "integer";
        };
    }

    private static String ofLong(String logicalType)
    {
        return switch (logicalType) {
            case "time-micros" -> "time(6)";
            case "timestamp-millis", "timestamp-micros" -> "timestamp(6) with time zone";
            case "local-timestamp-millis", "local-timestamp-micros" -> "timestamp(6)";
            case "timestamp-nanos" -> "timestamp(9) with time zone";
            case "local-timestamp-nanos" -> "timestamp(9)";
            default -> "bigint";
        };
    }

    private static String ofFixed(Schema schema, JsonProperties logical)
    {
        return switch (logicalType(schema, logical)) {
            case "decimal" -> decimal(schema, logical);
            case "uuid" -> "uuid";
            default -> "varbinary";
        };
    }

    private static String decimal(Schema schema, JsonProperties logical)
    {
        JsonProperties holder = schema.getProp("logicalType") != null ? schema : logical;
        if (!(holder.getObjectProp("precision") instanceof Integer precision)) {
            throw new UnreadableTypeException("its decimal has no precision", "add \"precision\" and \"scale\"");
        }
        Object scale = holder.getObjectProp("scale");
        return "decimal(%s,%s)".formatted(precision, scale == null ? 0 : scale);
    }

    private static String row(Schema schema, Set<String> enclosing)
    {
        if (enclosing.contains(schema.getFullName())) {
            throw new UnreadableTypeException("record %s contains itself".formatted(schema.getFullName()), "write a record of fixed depth");
        }
        Set<String> inside = ImmutableSet.<String>builder().addAll(enclosing).add(schema.getFullName()).build();
        return schema.getFields().stream()
                .map(field -> "\"" + field.name() + "\" " + sqlType(field.schema(), field, inside))
                .collect(joining(", ", "row(", ")"));
    }

    private static Schema onlyType(Schema union)
    {
        List<Schema> types = union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (types.size() != 1) {
            throw new UnreadableTypeException("it is a union of several types", "a column has one type: write a union of null and that type");
        }
        return types.getFirst();
    }

    private static String logicalType(Schema schema, JsonProperties logical)
    {
        String inside = schema.getProp("logicalType");
        String beside = logical.getProp("logicalType");
        if (inside != null) {
            return inside;
        }
        return beside == null ? "" : beside;
    }

    static final class UnreadableTypeException
            extends RuntimeException
    {
        private final String remedy;

        private UnreadableTypeException(String message, String remedy)
        {
            super(message);
            this.remedy = remedy;
        }

        String remedy()
        {
            return remedy;
        }
    }
}
