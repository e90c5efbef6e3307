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
package org.trinomesh.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the keys of one object by their shape. A wrong value is reported and then treated as absent, so that reading
 * continues and finds the next mistake.
 */
public final class ObjectReader
{
    private final DescriptorNode.Fields node;
    private final ObjectShape shape;
    private final Problems problems;

    private ObjectReader(DescriptorNode.Fields node, ObjectShape shape, Problems problems)
    {
        this.node = requireNonNull(node, "node is null");
        this.shape = requireNonNull(shape, "shape is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    public static Optional<ObjectReader> of(DescriptorNode node, ObjectShape shape, Problems problems)
    {
        if (!(node instanceof DescriptorNode.Fields fields)) {
            problems.error(node.position(), "%s is %s".formatted(shape.name(), node.form()), "write it as keys with values: " + String.join(", ", shape.required().isEmpty() ? shape.optional() : shape.required()));
            return Optional.empty();
        }
        ObjectReader reader = new ObjectReader(fields, shape, problems);
        reader.checkKeys();
        return Optional.of(reader);
    }

    private void checkKeys()
    {
        node.fields().forEach((key, field) -> {
            if (!shape.knows(key) && !ObjectShape.isCustom(key)) {
                String remedy = shape.nearest(key)
                        .map(nearest -> "write '" + nearest + "'")
                        .orElse("remove it, or move it under customProperties");
                String message = "key '%s' is not known in %s".formatted(key, shape.name());
                problems.add(shape.open() ? Problem.warning(field.keyPosition(), message, remedy) : Problem.error(field.keyPosition(), message, remedy));
            }
        });
        for (String key : shape.required()) {
            if (!node.fields().containsKey(key)) {
                problems.error(node.position(), "%s has no '%s'".formatted(shape.name(), key), "add the key '%s'".formatted(key));
            }
        }
    }

    public Position position()
    {
        return node.position();
    }

    public Problems problems()
    {
        return problems;
    }

    public boolean has(String key)
    {
        checkArgument(shape.knows(key), "Not a key of %s: %s", shape.name(), key);
        return node.fields().containsKey(key);
    }

    public boolean knows(String key)
    {
        return shape.knows(key);
    }

    public Optional<DescriptorNode> node(String key)
    {
        if (!has(key)) {
            return Optional.empty();
        }
        DescriptorNode.Field field = node.fields().get(key);
        if (field.value() instanceof DescriptorNode.Text(String _, boolean absent, Optional<Position> _, Position _) && absent) {
            problems.error(field.keyPosition(), "'%s' has no value".formatted(key), "write a value or remove the key");
            return Optional.empty();
        }
        return Optional.of(field.value());
    }

    /**
     * The value of a key that may be left empty.
     */
    public Optional<DescriptorNode> given(String key)
    {
        return has(key) && !(node.fields().get(key).value() instanceof DescriptorNode.Text(String _, boolean absent, Optional<Position> _, Position _) && absent)
                ? Optional.of(node.fields().get(key).value())
                : Optional.empty();
    }

    public Optional<Located<String>> text(String key)
    {
        return node(key).flatMap(value -> text(key, value));
    }

    /**
     * A text with its line breaks, and the places of its characters where the file has them as they are.
     */
    public Optional<LocatedText> lines(String key)
    {
        Optional<DescriptorNode> node = node(key);
        Optional<Position> verbatim = node.flatMap(value -> value instanceof DescriptorNode.Text(String _, boolean _, Optional<Position> start, Position _) ? start : Optional.empty());
        return node.flatMap(value -> text(key, value)).map(text -> new LocatedText(
                node.get() instanceof DescriptorNode.Text(String written, boolean _, Optional<Position> _, Position _) ? written : text.value(),
                verbatim.orElse(text.position()),
                verbatim.isPresent()));
    }

    public Optional<Located<Boolean>> flag(String key)
    {
        return text(key).flatMap(text -> switch (text.value()) {
            // The spellings of YAML 1.2's core schema
            case "true", "True", "TRUE" -> Optional.of(new Located<>(true, text.position()));
            case "false", "False", "FALSE" -> Optional.of(new Located<>(false, text.position()));
            default -> {
                problems.error(text.position(), "'%s' is '%s'".formatted(key, text), "write true or false");
                yield Optional.empty();
            }
        });
    }

    public Optional<Located<Integer>> number(String key)
    {
        return text(key).flatMap(text -> {
            if (!text.value().matches("[1-9][0-9]{0,8}")) {
                problems.error(text.position(), "'%s' is '%s'".formatted(key, text), "write a whole number of at least 1");
                return Optional.empty();
            }
            return Optional.of(new Located<>(Integer.parseInt(text.value()), text.position()));
        });
    }

    public Optional<Located<LocalDate>> date(String key)
    {
        return text(key).flatMap(text -> {
            try {
                // Java knows years of nine digits, and the day after the last of them is none
                if (text.value().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                    return Optional.of(new Located<>(LocalDate.parse(text.value()), text.position()));
                }
            }
            catch (DateTimeParseException _) {
                // No such day
            }
            problems.error(text.position(), "'%s' is '%s'".formatted(key, text), "write a date as year-month-day: 2026-03-31");
            return Optional.empty();
        });
    }

    public List<DescriptorNode> items(String key)
    {
        return switch (node(key).orElse(null)) {
            case null -> ImmutableList.of();
            case DescriptorNode.Items(List<DescriptorNode> items, Position _) -> items;
            case DescriptorNode other -> {
                problems.error(other.position(), "'%s' is %s".formatted(key, other.form()), "write a list: each entry on its own line after '- '");
                yield ImmutableList.of();
            }
        };
    }

    /**
     * The place of a list that is there and has no entries.
     */
    public Optional<Position> emptyList(String key)
    {
        return has(key) && node.fields().get(key).value() instanceof DescriptorNode.Items(List<DescriptorNode> items, Position position) && items.isEmpty()
                ? Optional.of(position)
                : Optional.empty();
    }

    public List<Located<String>> texts(String key)
    {
        return items(key).stream()
                .flatMap(item -> text("an entry of " + key, item).stream())
                .collect(toImmutableList());
    }

    public Optional<ObjectReader> object(String key, ObjectShape shape)
    {
        return node(key).flatMap(value -> of(value, shape, problems));
    }

    public List<ObjectReader> objects(String key, ObjectShape shape)
    {
        return items(key).stream()
                .flatMap(item -> of(item, shape, problems).stream())
                .collect(toImmutableList());
    }

    /**
     * The entries of an object whose keys are names.
     */
    public List<Entry> entries(String key, ObjectShape shape)
    {
        return switch (node(key).orElse(null)) {
            case null -> ImmutableList.of();
            case DescriptorNode.Fields named -> named.fields().entrySet().stream()
                    .flatMap(field -> of(field.getValue().value(), shape, problems).stream()
                            .map(reader -> new Entry(new Located<>(field.getKey(), field.getValue().keyPosition()), reader)))
                    .collect(toImmutableList());
            case DescriptorNode other -> {
                problems.error(other.position(), "'%s' is %s".formatted(key, other.form()), "write names as keys: '%s: {freshness: {target: 4h}}'".formatted(key));
                yield ImmutableList.of();
            }
        };
    }

    /**
     * The values of an object whose keys are names, by name.
     */
    public Map<String, DescriptorNode> nodes(String key)
    {
        return switch (node(key).orElse(null)) {
            case null -> ImmutableMap.of();
            case DescriptorNode.Fields named -> ImmutableMap.copyOf(Maps.transformValues(named.fields(), DescriptorNode.Field::value));
            case DescriptorNode other -> {
                problems.error(other.position(), "'%s' is %s".formatted(key, other.form()), "write names as keys, each with its value");
                yield ImmutableMap.of();
            }
        };
    }

    public record Entry(Located<String> name, ObjectReader value)
    {
        public Entry
        {
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
        }
    }

    public Optional<Located<String>> text(String name, DescriptorNode value)
    {
        if (!(value instanceof DescriptorNode.Text(String text, boolean absent, Optional<Position> _, Position position))) {
            problems.error(value.position(), "'%s' is %s".formatted(name, value.form()), "write a single value");
            return Optional.empty();
        }
        if (absent || text.isBlank()) {
            problems.error(position, "'%s' is empty".formatted(name), "write a value or remove it");
            return Optional.empty();
        }
        return Optional.of(new Located<>(text.strip(), position));
    }
}
