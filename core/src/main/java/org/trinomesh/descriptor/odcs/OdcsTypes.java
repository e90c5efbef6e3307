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
package org.trinomesh.descriptor.odcs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.descriptor.PhysicalTypes;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The SQL types of properties. The logical type is a family; where the physical type, or a format, says which member of it, that
 * one counts.
 */
final class OdcsTypes
{
    static final ObjectShape OPTIONS = ObjectShape.of("logicalTypeOptions").optional(
            "format",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "timezone",
            "defaultTimezone",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "required",
            "dimensions",
            "elementType",
            "distanceMetric",
            "embeddingModel",
            "embeddingModelVersion",
            "normalized");

    private static final List<String> LOGICAL_TYPES = ImmutableList.of("string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean", "map", "vector");
    /**
     * Many write the format of texts that look like one, and some tables have the type for it.
     */
    private static final String UUID_TEXT = "uuid or varchar";

    private static final Map<String, String> INTEGERS = ImmutableMap.<String, String>builder()
            .put("i8", "integer").put("i16", "integer").put("i32", "integer").put("i64", "bigint").put("i128", "decimal(38,0)")
            .put("u8", "decimal(3,0)").put("u16", "decimal(5,0)").put("u32", "decimal(10,0)").put("u64", "decimal(20,0)").put("u128", "decimal(38,0)")
            .buildOrThrow();

    /**
     * What a physical type is, where that is known of it whatever the database.
     */
    private static final Map<String, String> FAMILIES = ImmutableMap.<String, String>builder()
            .putAll(ImmutableMap.of("varchar", "text", "char", "text", "text", "text", "nvarchar", "text"))
            .put("boolean", "truth").put("bool", "truth")
            .put("date", "time").put("timestamp", "time").put("timestamptz", "time").put("datetime", "time").put("time", "time")
            .put("decimal", "number").put("numeric", "number")
            .put("tinyint", "number").put("smallint", "number").put("int", "number").put("integer", "number").put("bigint", "number").put("real", "number").put("float", "number").put("double", "number")
            .buildOrThrow();
    private static final Map<String, String> LOGICAL_FAMILIES = ImmutableMap.of("string", "text", "boolean", "truth", "date", "time", "timestamp", "time", "time", "time", "integer", "number", "number", "number");

    private final StandardBlocks blocks;

    OdcsTypes(StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
    }

    Optional<Located<String>> read(ObjectReader property)
    {
        Optional<Located<String>> logical = property.text("logicalType");
        Optional<String> physical = property.text("physicalType").map(type -> type.value().toLowerCase(ENGLISH));
        Optional<ObjectReader> options = property.object("logicalTypeOptions", blocks.shape(OPTIONS));
        options.ifPresent(present -> blocks.ignore(
                present,
                "logicalTypeOptions.",
                "minLength",
                "maxLength",
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
                "defaultTimezone",
                "minItems",
                "maxItems",
                "uniqueItems",
                "minProperties",
                "maxProperties",
                "required",
                "distanceMetric",
                "embeddingModel",
                "embeddingModelVersion",
                "normalized"));
        Optional<String> stored = property.text("physicalType").map(Located::value).flatMap(PhysicalTypes::sqlType);
        if (logical.isEmpty()) {
            if (stored.isEmpty()) {
                reportUnreadable(property);
            }
            return stored.map(type -> new Located<>(type, property.position()));
        }
        physical.ifPresent(type -> checkFamily(logical.get(), type, property.text("physicalType").orElseThrow().position()));
        Optional<String> format = options.flatMap(present -> present.text("format")).map(Located::value);
        Optional<String> type = switch (logical.get().value()) {
            case "string" -> Optional.of(string(stored, format));
            case "boolean" -> Optional.of("boolean");
            case "date" -> Optional.of(isTimestamp(physical, format) ? timestamp(stored, Optional.empty()) : "date");
            case "time" -> Optional.of("time(6)");
            case "timestamp" -> Optional.of(timestamp(stored, options));
            case "integer" -> Optional.of(stored.filter(OdcsTypes::isExactNumber)
                    .or(() -> format.map(name -> INTEGERS.getOrDefault(name, "integer")))
                    .orElse("integer"));
            case "number" -> Optional.of(stored.filter(OdcsTypes::isExactNumber)
                    .orElseGet(() -> number(format)));
            case "array" -> property.has("items") ? element(property, "items").map("array(%s)"::formatted) : written(stored, "array(").or(() -> element(property, "items"));
            case "object" -> property.given("properties").isEmpty() && written(stored, "row(").isPresent() ? stored : row(property);
            case "map" -> property.has("map") ? map(property) : written(stored, "map(").or(() -> map(property));
            case "vector" -> Optional.of(vector(options));
            default -> unknown(logical.get(), stored);
        };
        return type.map(sql -> new Located<>(sql, logical.get().position()));
    }

    /**
     * A type that cannot be read makes only its column unavailable.
     */
    private void reportUnreadable(ObjectReader property)
    {
        if (property.has("logicalType")) {
            // Already reported where its text was read
            return;
        }
        Optional<Located<String>> physical = property.text("physicalType");
        blocks.problems().warning(
                physical.map(Located::position).orElse(property.position()),
                physical.map("physicalType '%s' does not clearly mean one type of Iceberg tables, so the column is not served"::formatted)
                        .orElse("the property has no type that can be read, so the column is not served"),
                "add 'logicalType:', one of " + String.join(", ", LOGICAL_TYPES));
    }

    private Optional<String> unknown(Located<String> logical, Optional<String> stored)
    {
        blocks.problems().warning(
                logical.position(),
                "logicalType '%s' is not known, so %s".formatted(logical, stored.map(_ -> "physicalType counts").orElse("the column is not served")),
                "write one of " + String.join(", ", LOGICAL_TYPES));
        return stored;
    }

    private static Optional<String> written(Optional<String> stored, String prefix)
    {
        return stored.filter(type -> type.startsWith(prefix));
    }

    private static String string(Optional<String> stored, Optional<String> format)
    {
        return stored.filter(type -> type.equals("varbinary") || type.equals("uuid") || type.equals("varchar"))
                .orElseGet(() -> format.filter("uuid"::equals).map(_ -> UUID_TEXT).orElse("varchar"));
    }

    private static String number(Optional<String> format)
    {
        return switch (format.orElse("")) {
            case "f32" -> "real";
            case "f64" -> "double";
            default -> PhysicalTypes.ANY_NUMBER;
        };
    }

    private static boolean isExactNumber(String type)
    {
        return type.startsWith("decimal(") || type.equals("integer") || type.equals("bigint") || type.equals("real") || type.equals("double");
    }

    private void checkFamily(Located<String> logical, String physical, Position position)
    {
        String promised = LOGICAL_FAMILIES.get(logical.value());
        String actual = FAMILIES.get(base(physical));
        if (promised != null && actual != null && !promised.equals(actual)) {
            blocks.problems().warning(position, "physicalType '%s' does not fit logicalType '%s'".formatted(physical, logical), "correct one of the two; logicalType counts");
        }
    }

    private static String base(String physical)
    {
        int end = physical.indexOf('(');
        return (end < 0 ? physical : physical.substring(0, end)).strip();
    }

    /**
     * Before version 3.1 a timestamp was also a date, with a physical type or a format that tells them apart.
     */
    private static boolean isTimestamp(Optional<String> physical, Optional<String> format)
    {
        return physical.map(type -> type.startsWith("timestamp") || type.startsWith("datetime"))
                .orElseGet(() -> format.filter(pattern -> pattern.contains("yyyy") && pattern.contains("HH")).isPresent());
    }

    private static String timestamp(Optional<String> stored, Optional<ObjectReader> options)
    {
        boolean zone = options.flatMap(present -> present.flag("timezone")).map(Located::value)
                .orElseGet(() -> stored.filter(type -> type.endsWith("with time zone")).isPresent());
        String digits = stored.filter(type -> type.startsWith("timestamp(9)")).isPresent() ? "timestamp(9)" : "timestamp(6)";
        return zone ? digits + " with time zone" : digits;
    }

    private Optional<String> element(ObjectReader parent, String key)
    {
        if (!parent.has(key)) {
            // Nobody has to say it, and without it nobody knows what to serve
            blocks.problems().warning(parent.position(), "the type has no '%s', so the column is not served".formatted(key), "add '%s:' with a logicalType".formatted(key));
        }
        return parent.object(key, blocks.shape(OdcsSchema.ITEM)).flatMap(this::read).map(Located::value);
    }

    private Optional<String> map(ObjectReader property)
    {
        if (!property.has("map")) {
            blocks.problems().warning(property.position(), "the map has no 'map', so the column is not served", "add 'map: {key: {logicalType: ...}, value: {logicalType: ...}}'");
        }
        return property.object("map", blocks.shape(OdcsSchema.MAP)).flatMap(map -> {
            Optional<String> key = element(map, "key");
            Optional<String> value = element(map, "value");
            return key.flatMap(keyType -> value.map(valueType -> "map(%s, %s)".formatted(keyType, valueType)));
        });
    }

    private Optional<String> row(ObjectReader property)
    {
        ImmutableList.Builder<String> fields = ImmutableList.builder();
        List<ObjectReader> inside = blocks.objects(property, "properties", OdcsSchema.PROPERTY);
        if (inside.isEmpty()) {
            blocks.problems().warning(property.position(), "the object has no 'properties', so the column is not served", "list what is inside, each with a name and a logicalType");
            return Optional.empty();
        }
        boolean whole = true;
        for (ObjectReader field : inside) {
            Optional<Located<String>> name = field.text("name");
            Optional<Located<String>> type = read(field);
            whole &= name.isPresent() && type.isPresent();
            if (name.isPresent() && type.isPresent()) {
                fields.add("\"%s\" %s".formatted(name.get().value().replace("\"", "\"\""), type.get()));
            }
        }
        return whole ? Optional.of("row(" + String.join(", ", fields.build()) + ")") : Optional.empty();
    }

    /**
     * How many numbers a vector has; what the type in SQL does not say.
     */
    static Optional<Integer> dimensions(ObjectReader property)
    {
        return property.given("logicalTypeOptions")
                .filter(DescriptorNode.Fields.class::isInstance)
                .map(options -> ((DescriptorNode.Fields) options).fields().get("dimensions"))
                .filter(field -> field.value() instanceof DescriptorNode.Text(String value, boolean _, Optional<Position> _, Position _) && value.matches("[0-9]{1,9}"))
                .map(field -> Integer.valueOf(((DescriptorNode.Text) field.value()).value()));
    }

    private static String vector(Optional<ObjectReader> options)
    {
        return switch (options.flatMap(present -> present.text("elementType")).map(Located::value).orElse("float32")) {
            case "float64" -> "array(double)";
            case "int8", "uint8" -> "array(integer)";
            case "binary" -> "varbinary";
            default -> "array(real)";
        };
    }
}
