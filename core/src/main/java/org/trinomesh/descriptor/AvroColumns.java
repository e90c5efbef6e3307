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

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.ColumnDetails;
import org.trinomesh.text.PrintableText;
import org.trinomesh.text.RepeatedText;
import org.trinomesh.yaml.DescriptorNode;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The columns of a contract whose schema is an Avro record, with the types that Iceberg gives to Avro's.
 */
final class AvroColumns
{
    private static final Optional<Boolean> NULLABLE = Optional.of(true);
    private static final Optional<Boolean> REQUIRED = Optional.of(false);
    private static final String NAME = "\"name\"";
    private static final CharMatcher BLANKS = CharMatcher.anyOf(" \t\n\u000B\f\r");
    private static final Pattern JSON_LINE = Pattern.compile("line: ([0-9]+)");
    private static final Pattern JAVA_NAME = Pattern.compile("\\b(?:class )?(?:[a-z][a-z0-9_]*[.]){2,}[A-Z][A-Za-z0-9_$.]*(?:@[0-9a-f]+)?:?\\s*");
    private static final Pattern INNER_WORDS = Pattern.compile("Exception|\\bclass\\b|\\bnull\\b|cannot be cast|Node\\b|invoke|because \"");

    private final DescriptorNode.Text specification;
    private final Problems problems;
    private int searched;
    // The line breaks before a place up to which they are counted
    private int lines;
    private int counted;

    AvroColumns(DescriptorNode.Text specification, Problems problems)
    {
        this.specification = requireNonNull(specification, "specification is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    List<ColumnDescriptor> read()
    {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(specification.value());
        }
        catch (RuntimeException e) {
            // Avro's parser throws exceptions of other types for some mistakes
            problems.error(failedAt(e), "the specification is not an Avro schema: " + reason(e), "correct the Avro schema; it is checked with Avro's own parser");
            return ImmutableList.of();
        }
        if (schema.getType() != Schema.Type.RECORD) {
            problems.error(specification.position(), "the specification is an Avro " + schema.getType().getName(), "write an Avro record: its fields are the columns");
            return ImmutableList.of();
        }
        return schema.getFields().stream()
                .map(this::column)
                .collect(toImmutableList());
    }

    private ColumnDescriptor column(Schema.Field field)
    {
        Position position = positionOf(field.name());
        Optional<Located<String>> type;
        try {
            type = Optional.of(new Located<>(RepeatedText.of(AvroTypes.sqlType(field)), position));
        }
        catch (AvroTypes.UnreadableTypeException e) {
            problems.error(position, "field '%s' of the Avro schema cannot be a column: %s".formatted(field.name(), e.getMessage()), e.remedy());
            type = Optional.empty();
        }
        return new ColumnDescriptor(
                Optional.of(new Located<>(RepeatedText.of(field.name()), position)),
                type,
                field.schema().isNullable() ? NULLABLE : REQUIRED,
                Optional.ofNullable(field.doc()).map(PrintableText::of).map(String::strip).map(RepeatedText::of).filter(doc -> !doc.isEmpty()),
                property(field, "classification", position),
                tags(field, position),
                property(field, "identifier", position),
                Optional.empty(),
                Optional.empty(),
                false,
                type.isPresent() ? fields(field.schema()) : ImmutableList.of(),
                ColumnDetails.NONE,
                position);
    }

    /**
     * What the schema says of fields inside a column. Only for types that can be read, which are of finite depth.
     */
    private List<FieldDescriptor> fields(Schema schema)
    {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream()
                    .filter(type -> type.getType() != Schema.Type.NULL)
                    .findFirst()
                    .map(this::fields)
                    .orElse(ImmutableList.of());
            case ARRAY -> fields(schema.getElementType());
            case MAP -> fields(schema.getValueType());
            case RECORD -> schema.getFields().stream().map(this::field).collect(toImmutableList());
            default -> ImmutableList.of();
        };
    }

    private FieldDescriptor field(Schema.Field field)
    {
        Position position = positionOf(field.name());
        return new FieldDescriptor(
                Optional.of(new Located<>(field.name(), position)),
                property(field, "classification", position),
                tags(field, position),
                property(field, "identifier", position),
                Optional.empty(),
                Optional.empty(),
                fields(field.schema()),
                position);
    }

    private Optional<String> property(Schema.Field field, String name, Position position)
    {
        return switch (field.getObjectProp(name)) {
            case null -> Optional.empty();
            case String text when !text.isBlank() -> Optional.of(RepeatedText.of(PrintableText.of(text).strip()));
            default -> {
                problems.error(position, "'%s' of field '%s' is not a text".formatted(name, field.name()), "write one word in quotes");
                yield Optional.empty();
            }
        };
    }

    private List<String> tags(Schema.Field field, Position position)
    {
        Object tags = field.getObjectProp("tags");
        if (tags == null || tags == JsonProperties.NULL_VALUE) {
            return ImmutableList.of();
        }
        if (tags instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).map(PrintableText::of).map(RepeatedText::of).collect(toImmutableList());
        }
        problems.error(position, "'tags' of field '%s' is not a list of texts".formatted(field.name()), "write [\"pii\", \"email\"]");
        return ImmutableList.of();
    }

    private Position failedAt(RuntimeException failure)
    {
        String message = String.valueOf(failure.getMessage());
        Matcher line = JSON_LINE.matcher(message);
        return isBlock() && line.find() ? onLine(Integer.parseInt(line.group(1))) : specification.position();
    }

    /**
     * The line that names the field, for a specification that is written as a block. Fields come in the order in which the
     * text has them.
     */
    private Position positionOf(String field)
    {
        if (!isBlock()) {
            return specification.position();
        }
        String text = specification.value();
        for (int start = text.indexOf(NAME, searched); start >= 0; start = text.indexOf(NAME, start + 1)) {
            int colon = afterBlanks(text, start + NAME.length());
            int value = colon < text.length() && text.charAt(colon) == ':' ? afterBlanks(text, colon + 1) : text.length();
            if (text.startsWith("\"" + field + "\"", value)) {
                for (int index = text.indexOf('\n', counted); index >= 0 && index < start; index = text.indexOf('\n', index + 1)) {
                    lines++;
                }
                counted = start;
                searched = value + field.length() + 2;
                return onLine(1 + lines);
            }
        }
        return specification.position();
    }

    private static int afterBlanks(String text, int from)
    {
        int index = from;
        while (index < text.length() && BLANKS.matches(text.charAt(index))) {
            index++;
        }
        return index;
    }

    private boolean isBlock()
    {
        return specification.verbatim().filter(start -> start.line() > specification.position().line()).isPresent();
    }

    private Position onLine(int line)
    {
        return new Position(specification.position().file(), specification.position().line() + line, 1);
    }

    /**
     * The message of the parser, without those parts that are about the parser and not about the schema.
     */
    private static String reason(RuntimeException failure)
    {
        String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        String reason = JAVA_NAME.matcher(said).replaceAll("").strip();
        boolean own = !(failure instanceof AvroRuntimeException) || reason.isEmpty() || INNER_WORDS.matcher(reason).find();
        return own ? "it does not have the form that Avro's specification requires, or lacks a key" : reason;
    }
}
