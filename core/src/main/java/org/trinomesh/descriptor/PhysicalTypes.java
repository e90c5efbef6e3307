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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Reads the names that databases give to their types: Snowflake, BigQuery, Databricks, Spark, Hive, PostgreSQL, Redshift, Oracle,
 * SQL Server, MySQL and Trino. A name that means different types in different databases is not read, unless Iceberg knows it.
 */
public final class PhysicalTypes
{
    /**
     * A number without a statement how it is stored.
     */
    public static final String ANY_NUMBER = "double or decimal";

    private static final int MAX_DEPTH = 20;
    private static final int MAX_PRECISION = 38;
    private static final int REAL_BITS = 24;
    private static final int DOUBLE_BITS = 53;
    private static final String WITH_TIME_ZONE = "timestamp(6) with time zone";

    private static final Set<String> DECIMALS = ImmutableSet.of("decimal", "numeric", "number", "dec", "bignumeric", "bigdecimal");

    private static final Map<String, String> SCALARS = ImmutableMap.<String, String>builder()
            .putAll(all("varchar", "varchar", "char", "character", "nchar", "nvarchar", "varchar2", "nvarchar2", "bpchar", "character varying", "char varying", "national character", "national char"))
            .putAll(all("varchar", "national character varying", "national char varying", "string", "text", "tinytext", "mediumtext", "longtext", "ntext", "citext", "long varchar"))
            .putAll(all("varchar", "clob", "nclob", "dbclob", "character large object", "json", "jsonb", "xml", "xmltype"))
            .putAll(all("varbinary", "binary", "varbinary", "bytes", "bytea", "blob", "tinyblob", "mediumblob", "longblob", "raw", "long raw", "long varbinary", "image", "varbyte", "fixed", "binary varying", "binary large object"))
            .putAll(all("boolean", "boolean", "bool"))
            .putAll(all("integer", "tinyint", "byte", "smallint", "short", "mediumint", "int", "integer", "int2", "int4", "int16", "int32", "smallserial", "serial", "serial2", "serial4"))
            .putAll(all("integer", "tinyint unsigned", "smallint unsigned", "mediumint unsigned"))
            .putAll(all("bigint", "bigint", "long", "int8", "int64", "bigserial", "serial8", "int unsigned", "integer unsigned"))
            .putAll(all("decimal(20,0)", "bigint unsigned"))
            .putAll(all("decimal(38,0)", "hugeint", "int128"))
            .putAll(all("real", "real", "float", "float4", "float32", "binary_float"))
            .putAll(all("double", "double", "double precision", "float8", "float64", "binary_double"))
            .putAll(all("date", "date"))
            .putAll(all("time(6)", "time", "time without time zone"))
            .putAll(all("timestamp(6)", "timestamp", "timestamp without time zone", "timestamp_ntz", "timestampntz", "datetime", "datetime2", "smalldatetime"))
            // Iceberg's own words. Elsewhere nine digits are kept as six in an Iceberg table.
            .putAll(all("timestamp(9)", "timestamp_ns"))
            .putAll(all("timestamp(9) with time zone", "timestamptz_ns"))
            .putAll(all(WITH_TIME_ZONE, "timestamp with time zone", "timestamp with local time zone", "timestamptz", "timestamp_tz", "timestamp_ltz", "timestampltz", "timestampz", "datetimeoffset"))
            .putAll(all("uuid", "uuid", "guid", "uniqueidentifier"))
            .buildOrThrow();

    private static final Pattern WORDS = Pattern.compile("[\\p{Alpha}_][\\p{Alnum}_]*(?:\\s+[\\p{Alpha}_][\\p{Alnum}_]*)*");
    private static final Pattern NAME = Pattern.compile("[\\p{Alpha}_][\\p{Alnum}_]*|\"[^\"]+\"|`[^`]+`");
    private static final Pattern PARAMETERS = Pattern.compile("[(]([^()<>]*)[)]");
    private static final Pattern DIGITS = Pattern.compile("([0-9]{1,4})(?:\\s*,\\s*([0-9]{1,4}))?");
    private static final Pattern ARRAY = Pattern.compile("\\[[0-9]{0,9}]");
    private static final Pattern COLON = Pattern.compile(":?");

    private final String text;
    private int position;

    private PhysicalTypes(String text)
    {
        this.text = requireNonNull(text, "text is null");
    }

    /**
     * The type in SQL; empty when the name is not known, has several meanings, or means what an Iceberg table cannot have.
     */
    public static Optional<String> sqlType(String written)
    {
        PhysicalTypes reader = new PhysicalTypes(written);
        Optional<String> type = reader.type(1);
        return type.filter(_ -> reader.isAtEnd());
    }

    private Optional<String> type(int depth)
    {
        Optional<String> words = next(WORDS).map(name -> name.toLowerCase(ENGLISH).replaceAll("\\s+", " "));
        if (words.isEmpty() || depth > MAX_DEPTH) {
            return Optional.empty();
        }
        Optional<String> type = switch (words.get()) {
            case "array", "list" -> inside(() -> type(depth + 1)).map("array(%s)"::formatted);
            case "map" -> inside(() -> map(depth + 1));
            case "struct", "row" -> inside(() -> fields(depth + 1)).map("row(%s)"::formatted);
            default -> scalar(words.get());
        };
        while (type.isPresent() && next(ARRAY).isPresent()) {
            type = type.map("array(%s)"::formatted);
        }
        return type;
    }

    private interface Part
    {
        Optional<String> read();
    }

    private Optional<String> inside(Part part)
    {
        boolean round = is('(');
        if (!round && !is('<')) {
            return Optional.empty();
        }
        position++;
        Optional<String> read = part.read();
        if (read.isEmpty() || !is(round ? ')' : '>')) {
            return Optional.empty();
        }
        position++;
        return read;
    }

    private Optional<String> map(int depth)
    {
        Optional<String> key = type(depth);
        if (key.isEmpty() || !is(',')) {
            return Optional.empty();
        }
        position++;
        return type(depth).map(value -> "map(%s, %s)".formatted(key.get(), value));
    }

    private Optional<String> fields(int depth)
    {
        StringBuilder fields = new StringBuilder();
        while (true) {
            Optional<String> name = next(NAME);
            next(COLON);
            Optional<String> type = name.flatMap(_ -> type(depth));
            if (type.isEmpty()) {
                return Optional.empty();
            }
            String plain = name.get().startsWith("\"") || name.get().startsWith("`") ? name.get().substring(1, name.get().length() - 1) : name.get();
            fields.append("\"%s\" %s".formatted(plain.replace("\"", "\"\""), type.get()));
            if (!is(',')) {
                return Optional.of(fields.toString());
            }
            position++;
            fields.append(", ");
        }
    }

    private Optional<String> scalar(String first)
    {
        Optional<String> parameters = next(PARAMETERS).map(found -> found.substring(1, found.length() - 1).strip());
        String name = parameters.flatMap(_ -> next(WORDS))
                .map(rest -> first + " " + rest.toLowerCase(ENGLISH).replaceAll("\\s+", " "))
                .orElse(first);
        if (DECIMALS.contains(name)) {
            return parameters.isEmpty() ? Optional.of(ANY_NUMBER) : decimal(parameters.get());
        }
        if (name.equals("float") && parameters.isPresent()) {
            return floating(parameters.get());
        }
        return Optional.ofNullable(SCALARS.get(name));
    }

    private static Optional<String> decimal(String parameters)
    {
        Matcher digits = DIGITS.matcher(parameters);
        if (!digits.matches()) {
            return Optional.empty();
        }
        int precision = Integer.parseInt(digits.group(1));
        int scale = digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2));
        return precision < 1 || precision > MAX_PRECISION || scale > precision ? Optional.empty() : Optional.of("decimal(%s,%s)".formatted(precision, scale));
    }

    /**
     * The parameter counts binary digits.
     */
    private static Optional<String> floating(String parameters)
    {
        if (!parameters.matches("[1-9][0-9]?")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(parameters);
        if (bits > DOUBLE_BITS) {
            return Optional.empty();
        }
        return Optional.of(bits <= REAL_BITS ? "real" : "double");
    }

    private Optional<String> next(Pattern pattern)
    {
        skipSpace();
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        position = matcher.end();
        return Optional.of(matcher.group());
    }

    private boolean is(char character)
    {
        skipSpace();
        return position < text.length() && text.charAt(position) == character;
    }

    private boolean isAtEnd()
    {
        skipSpace();
        return position == text.length();
    }

    private void skipSpace()
    {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static Map<String, String> all(String type, String... names)
    {
        ImmutableMap.Builder<String, String> types = ImmutableMap.builder();
        for (String name : names) {
            types.put(name, type);
        }
        return types.buildOrThrow();
    }
}
