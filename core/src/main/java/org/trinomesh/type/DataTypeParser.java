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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Reads a column type as SQL writes it.
 */
public final class DataTypeParser
{
    private static final int MAX_DEPTH = 20;
    private static final int MICROSECONDS = 6;
    private static final int NANOSECONDS = 9;

    private static final Map<String, String> SCALARS = ImmutableMap.<String, String>builder()
            .put("boolean", "boolean")
            .put("int", "integer")
            .put("integer", "integer")
            .put("bigint", "bigint")
            .put("real", "real")
            .put("double", "double")
            .put("varchar", "varchar")
            .put("varbinary", "varbinary")
            .put("date", "date")
            .put("uuid", "uuid")
            .put("variant", "variant")
            .buildOrThrow();

    private static final Map<String, String> INSTEAD = ImmutableMap.<String, String>builder()
            .put("tinyint", "integer")
            .put("smallint", "integer")
            .put("char", "varchar")
            .put("string", "varchar")
            .put("text", "varchar")
            .put("json", "varchar")
            .put("long", "bigint")
            .put("float", "real")
            .put("bool", "boolean")
            .put("bytes", "varbinary")
            .put("binary", "varbinary")
            .put("number", "decimal(p,s)")
            .put("numeric", "decimal(p,s)")
            .put("timestamptz", "timestamp(6) with time zone")
            .put("timestamp_ns", "timestamp(9)")
            .put("timestamptz_ns", "timestamp(9) with time zone")
            .put("struct", "row(name type, ...)")
            .put("list", "array(type)")
            .put("interval", "a bigint of seconds or days")
            .buildOrThrow();

    /**
     * The types that may be left open, with the one that a table may have instead: of any precision.
     */
    private static final Map<String, String> OPEN = ImmutableMap.of("double", "decimal", "uuid", "varchar");

    private static final int LONGEST_KNOWN = 60;

    // The types of most columns, each once, so that they are neither parsed nor kept for each column. Bounded, and written without a lock:
    // what is forgotten is parsed again
    private static final Parsed[] KNOWN = new Parsed[1024];

    private final String text;
    private int position;

    private record Parsed(String text, DataType type)
    {
        private Parsed
        {
            requireNonNull(text, "text is null");
            requireNonNull(type, "type is null");
        }
    }

    private DataTypeParser(String text)
    {
        this.text = requireNonNull(text, "text is null");
    }

    public static DataType parse(String text)
    {
        if (text.length() > LONGEST_KNOWN) {
            return parseAll(text);
        }
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (KNOWN.length - 1);
        Parsed known = KNOWN[place];
        if (known == null || !known.text().equals(text)) {
            known = new Parsed(text, parseAll(text));
            KNOWN[place] = known;
        }
        return known.type();
    }

    private static DataType parseAll(String text)
    {
        DataTypeParser parser = new DataTypeParser(text);
        DataType type = parser.type(1);
        parser.skipSpace();
        if (parser.position < text.length()) {
            throw parser.invalid("'%s' after the type is not understood".formatted(text.substring(parser.position)));
        }
        return type;
    }

    private DataType type(int depth)
    {
        if (depth > MAX_DEPTH) {
            throw invalid("it nests deeper than %s levels".formatted(MAX_DEPTH));
        }
        String name = word().toLowerCase(ENGLISH);
        return switch (name) {
            case "decimal" -> decimal();
            case "time" -> {
                precision(name, MICROSECONDS);
                refuseTimeZone();
                yield new DataType.Scalar("time(6)");
            }
            case "timestamp" -> {
                int precision = precision(name, MICROSECONDS, NANOSECONDS);
                yield new DataType.Scalar("timestamp(%s)%s".formatted(precision, withTimeZone() ? " with time zone" : ""));
            }
            case "array" -> {
                expect('(');
                DataType element = type(depth + 1);
                expect(')');
                yield new DataType.Array(element);
            }
            case "map" -> {
                expect('(');
                DataType key = type(depth + 1);
                expect(',');
                DataType value = type(depth + 1);
                expect(')');
                yield new DataType.Map(key, value);
            }
            case "row" -> new DataType.Row(fields(depth));
            default -> scalar(name);
        };
    }

    private DataType scalar(String name)
    {
        if (INSTEAD.containsKey(name)) {
            throw new InvalidDataTypeException("type '%s' does not exist in Iceberg tables".formatted(name), "write " + INSTEAD.get(name));
        }
        String canonical = SCALARS.get(name);
        if (canonical == null) {
            throw invalid("'%s' is not a type".formatted(name));
        }
        if (peek('(')) {
            throw new InvalidDataTypeException("type '%s' takes no parameters in Iceberg tables".formatted(name), "write " + canonical);
        }
        return new DataType.Scalar(canonical, isOpen(canonical));
    }

    /**
     * {@code double or decimal} is what a contract promises that says no more than that it is a number.
     */
    private boolean isOpen(String canonical)
    {
        int start = position;
        if (OPEN.containsKey(canonical) && Character.isLetter(current()) && word().equalsIgnoreCase("or") && Character.isLetter(current()) && word().equalsIgnoreCase(OPEN.get(canonical))) {
            return true;
        }
        position = start;
        return false;
    }

    private DataType decimal()
    {
        expect('(');
        int precision = number();
        int scale = 0;
        if (peek(',')) {
            expect(',');
            scale = number();
        }
        expect(')');
        if (precision < 1 || precision > 38 || scale > precision) {
            throw new InvalidDataTypeException("decimal(%s,%s) does not exist".formatted(precision, scale), "write a precision from 1 to 38 and a scale not above it");
        }
        return new DataType.Scalar("decimal(%s,%s)".formatted(precision, scale));
    }

    /**
     * @param known the digits after the second that Iceberg has, the first without any written
     */
    private int precision(String name, Integer... known)
    {
        if (!peek('(')) {
            return known[0];
        }
        expect('(');
        int precision = number();
        expect(')');
        if (!List.of(known).contains(precision)) {
            throw new InvalidDataTypeException(
                    "%s(%s) does not exist in Iceberg tables, which keep microseconds%s".formatted(name, precision, known.length > 1 ? ", or nanoseconds from format version 3 on" : ""),
                    "write " + Stream.of(known).map(digits -> "%s(%s)".formatted(name, digits)).collect(joining(" or ")));
        }
        return precision;
    }

    private boolean withTimeZone()
    {
        int start = position;
        if (Character.isLetter(current()) && word().equalsIgnoreCase("with")) {
            if (word().equalsIgnoreCase("time") && word().equalsIgnoreCase("zone")) {
                return true;
            }
            throw invalid("'with' is not followed by 'time zone'");
        }
        position = start;
        return false;
    }

    private void refuseTimeZone()
    {
        if (withTimeZone()) {
            throw new InvalidDataTypeException("time with time zone does not exist in Iceberg tables", "write time(6) or timestamp(6) with time zone");
        }
    }

    private List<DataType.Row.Field> fields(int depth)
    {
        ImmutableList.Builder<DataType.Row.Field> fields = ImmutableList.builder();
        Set<String> names = new HashSet<>();
        expect('(');
        while (true) {
            String name = peek('"') ? quoted() : word();
            // As the engine finds them
            if (!names.add(name.toLowerCase(ENGLISH))) {
                throw new InvalidDataTypeException("the row has two fields '%s'".formatted(name), "give each field its own name; case does not distinguish fields");
            }
            fields.add(new DataType.Row.Field(name, type(depth + 1)));
            if (!peek(',')) {
                break;
            }
            expect(',');
        }
        expect(')');
        return fields.build();
    }

    private String quoted()
    {
        expect('"');
        StringBuilder name = new StringBuilder();
        while (position < text.length()) {
            char character = text.charAt(position++);
            if (character != '"') {
                name.append(character);
            }
            else if (position < text.length() && text.charAt(position) == '"') {
                name.append('"');
                position++;
            }
            else {
                return name.toString();
            }
        }
        throw invalid("a quote is not closed");
    }

    private String word()
    {
        skipSpace();
        int start = position;
        while (position < text.length() && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
            position++;
        }
        if (start == position) {
            throw invalid(position < text.length() ? "'%s' is found where a name is expected".formatted(text.charAt(position)) : "it ends too early");
        }
        return text.substring(start, position);
    }

    private int number()
    {
        String word = word();
        if (!word.matches("[0-9]{1,9}")) {
            throw invalid("'%s' is not a number".formatted(word));
        }
        return Integer.parseInt(word);
    }

    private void expect(char character)
    {
        if (!peek(character)) {
            throw invalid("a '%s' is missing".formatted(character));
        }
        position++;
    }

    private boolean peek(char character)
    {
        return current() == character;
    }

    private char current()
    {
        skipSpace();
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private void skipSpace()
    {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private InvalidDataTypeException invalid(String reason)
    {
        return new InvalidDataTypeException(
                "type '%s' cannot be read: %s".formatted(text, reason),
                "write boolean, integer, bigint, real, double, decimal(p,s), varchar, varbinary, date, time(6), timestamp(6), timestamp(6) with time zone, uuid, variant, array(t), map(k, v) or row(name t, ...)");
    }
}
