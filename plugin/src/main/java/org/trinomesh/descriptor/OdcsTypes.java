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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern DECIMAL = Pattern.compile("(?:decimal|numeric|number|dec)\\s*[(]\\s*([0-9]+)\\s*(?:,\\s*([0-9]+)\\s*)?[)]");

    private static final Map<String, String> INTEGERS = ImmutableMap.<String, String>builder()
            .put("i8", "integer").put("i16", "integer").put("i32", "integer").put("i64", "bigint").put("i128", "decimal(38,0)")
            .put("u8", "decimal(3,0)").put("u16", "decimal(5,0)").put("u32", "decimal(10,0)").put("u64", "decimal(20,0)").put("u128", "decimal(38,0)")
            .buildOrThrow();

    private static final Map<String, String> PHYSICAL_NUMBERS = ImmutableMap.<String, String>builder()
            .put("tinyint", "integer").put("smallint", "integer").put("mediumint", "integer").put("int", "integer").put("integer", "integer").put("int2", "integer").put("int4", "integer").put("int32", "integer")
            .put("bigint", "bigint").put("long", "bigint").put("int8", "bigint").put("int64", "bigint")
            .put("real", "real").put("float", "real").put("float4", "real").put("float32", "real")
            .put("double", "double").put("double precision", "double").put("float8", "double").put("float64", "double")
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
        if (logical.isEmpty()) {
            Optional<String> alone = physical.flatMap(OdcsTypes::ofPhysical);
            if (alone.isEmpty() && !property.has("logicalType")) {
                blocks.problems().error(property.position(), "the property has no type that can be read", "add 'logicalType:', one of " + String.join(", ", LOGICAL_TYPES));
            }
            return alone.map(type -> new Located<>(type, property.position()));
        }
        physical.ifPresent(type -> checkFamily(logical.get(), type, property.text("physicalType").orElseThrow().position()));
        Optional<String> format = options.flatMap(present -> present.text("format")).map(Located::value);
        Optional<String> type = switch (logical.get().value()) {
            case "string" -> Optional.of(physical.map(OdcsTypes::base).filter(base -> base.contains("binary") || base.equals("blob") || base.equals("bytes")).map(_ -> "varbinary")
                    .or(() -> physical.filter("uuid"::equals))
                    .orElse("varchar"));
            case "boolean" -> Optional.of("boolean");
            case "date" -> Optional.of(isTimestamp(physical, format) ? timestamp(physical, Optional.empty()) : "date");
            case "time" -> Optional.of("time(6)");
            case "timestamp" -> Optional.of(timestamp(physical, options));
            case "integer" -> Optional.of(physical.flatMap(OdcsTypes::exactNumber)
                    .or(() -> format.map(name -> INTEGERS.getOrDefault(name, "integer")))
                    .orElse("integer"));
            case "number" -> Optional.of(physical.flatMap(OdcsTypes::exactNumber)
                    .orElseGet(() -> format.filter("f32"::equals).isPresent() ? "real" : "double"));
            case "array" -> element(property, "items").map("array(%s)"::formatted);
            case "object" -> row(property);
            case "map" -> map(property);
            case "vector" -> Optional.of(vector(options));
            default -> {
                blocks.problems().error(logical.get().position(), "logicalType '%s' is not known".formatted(logical.get()), "write one of " + String.join(", ", LOGICAL_TYPES));
                yield Optional.empty();
            }
        };
        return type.map(sql -> new Located<>(sql, logical.get().position()));
    }

    private void checkFamily(Located<String> logical, String physical, Position position)
    {
        String promised = LOGICAL_FAMILIES.get(logical.value());
        String actual = FAMILIES.get(base(physical));
        if (promised != null && actual != null && !promised.equals(actual)) {
            blocks.problems().warning(position, "physicalType '%s' is no %s".formatted(physical, logical), "correct one of the two; logicalType counts");
        }
    }

    private static String base(String physical)
    {
        int end = physical.indexOf('(');
        return (end < 0 ? physical : physical.substring(0, end)).strip();
    }

    private static Optional<String> exactNumber(String physical)
    {
        Matcher decimal = DECIMAL.matcher(physical);
        if (decimal.matches()) {
            return Optional.of("decimal(%s,%s)".formatted(decimal.group(1), decimal.group(2) == null ? "0" : decimal.group(2)));
        }
        return Optional.ofNullable(PHYSICAL_NUMBERS.get(base(physical)));
    }

    private static Optional<String> ofPhysical(String physical)
    {
        return exactNumber(physical).or(() -> switch (FAMILIES.getOrDefault(base(physical), base(physical))) {
            case "text", "string" -> Optional.of("varchar");
            case "truth" -> Optional.of("boolean");
            case "time" -> Optional.of(switch (base(physical)) {
                case "date" -> "date";
                case "time" -> "time(6)";
                default -> timestamp(Optional.of(physical), Optional.empty());
            });
            case "uuid" -> Optional.of("uuid");
            default -> Optional.empty();
        });
    }

    /**
     * Before 3.1 a moment was a date too, with a physical type or a format that says so.
     */
    private static boolean isTimestamp(Optional<String> physical, Optional<String> format)
    {
        return physical.map(type -> type.startsWith("timestamp") || type.startsWith("datetime"))
                .orElseGet(() -> format.filter(pattern -> pattern.contains("yyyy") && pattern.contains("HH")).isPresent());
    }

    private static String timestamp(Optional<String> physical, Optional<ObjectReader> options)
    {
        boolean zone = options.flatMap(present -> present.flag("timezone")).map(Located::value)
                .orElseGet(() -> physical.filter(type -> type.contains("with time zone") || type.startsWith("timestamptz") || type.startsWith("timestamp_tz")).isPresent());
        return zone ? "timestamp(6) with time zone" : "timestamp(6)";
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
            blocks.problems().error(property.position(), "the map has no 'map'", "add 'map: {key: {logicalType: ...}, value: {logicalType: ...}}'");
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
                .filter(field -> field.value() instanceof DescriptorNode.Text(String value, boolean _, boolean _, Position _) && value.matches("[0-9]{1,9}"))
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
