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
package org.trinomesh.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.MeshPlugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A part of a JSON Schema of documents: an object, an array, a value, or a reference to a definition.
 *
 * @param root the schema that it is a part of, which has the definitions
 */
record SchemaNode(JsonNode root, JsonNode node)
{
    SchemaNode
    {
        requireNonNull(root, "root is null");
        requireNonNull(node, "node is null");
    }

    /**
     * The schema of one kind of documents, with the definitions of the parts that several kinds share, as far as it needs them.
     */
    static SchemaNode document(String kind)
    {
        ObjectNode root = read(kind);
        ObjectNode definitions = root.withObject("/$defs");
        JsonNode parts = read("common").path("$defs");
        Deque<JsonNode> unread = new ArrayDeque<>(ImmutableList.of(root));
        while (!unread.isEmpty()) {
            for (JsonNode reference : unread.remove().findValues("$ref")) {
                String name = name(reference);
                if (!definitions.has(name)) {
                    definitions.set(name, parts.path(name));
                    unread.add(parts.path(name));
                }
            }
        }
        return new SchemaNode(root, root);
    }

    private static ObjectNode read(String kind)
    {
        try (InputStream schema = MeshPlugin.class.getResourceAsStream("/org/trinomesh/schema/" + kind + ".schema.json")) {
            return (ObjectNode) new ObjectMapper().readTree(requireNonNull(schema, () -> "There is no schema of " + kind));
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(JsonNode reference)
    {
        return reference.asText().substring(reference.asText().lastIndexOf('/') + 1);
    }

    Map<String, SchemaNode> definitions()
    {
        return children("$defs");
    }

    String title()
    {
        return node.path("title").asText();
    }

    /**
     * Of a reference that says nothing itself, what its definition says.
     */
    String description()
    {
        return node.has("description") ? node.path("description").asText() : target().map(SchemaNode::description).orElse("");
    }

    /**
     * The definition that it refers to, by its name.
     */
    Optional<String> reference()
    {
        return Optional.ofNullable(node.get("$ref")).map(SchemaNode::name);
    }

    boolean isArray()
    {
        return node.path("type").asText().equals("array");
    }

    /**
     * Whether it is an object of which the authors choose the keys.
     */
    boolean isMap()
    {
        return node.path("additionalProperties").isObject();
    }

    /**
     * What an array or a map holds; anything else is itself.
     */
    SchemaNode element()
    {
        if (isArray() && node.has("items")) {
            return with(node.path("items"));
        }
        return isMap() ? with(node.path("additionalProperties")) : this;
    }

    List<SchemaNode> alternatives()
    {
        return Stream.of("oneOf", "anyOf")
                .flatMap(key -> node.path(key).valueStream())
                .filter(alternative -> alternative.has("type") || alternative.has("$ref") || alternative.has("const") || alternative.has("enum"))
                .map(this::with)
                .collect(toImmutableList());
    }

    Map<String, SchemaNode> properties()
    {
        return children("properties");
    }

    boolean requires(String property)
    {
        return node.path("required").valueStream().anyMatch(name -> name.asText().equals(property));
    }

    /**
     * In words, with a link to a definition.
     */
    String type()
    {
        if (reference().isPresent()) {
            return "[%s](#%s)".formatted(reference().orElseThrow(), reference().orElseThrow().toLowerCase(ENGLISH));
        }
        if (!alternatives().isEmpty()) {
            return alternatives().stream().map(SchemaNode::type).distinct().collect(joining(" or "));
        }
        if (node.has("const")) {
            return Markdown.code(node.path("const").asText());
        }
        if (node.has("enum")) {
            return node.path("enum").valueStream().map(JsonNode::asText).map(Markdown::code).collect(joining(", "));
        }
        if (isArray()) {
            return "list of " + element().type();
        }
        if (isMap()) {
            return "map to " + element().type();
        }
        return node.path("type").isArray()
                ? node.path("type").valueStream().map(JsonNode::asText).collect(joining(" or "))
                : node.path("type").asText("any");
    }

    /**
     * What more the schema says of the values, as sentences behind the description.
     */
    String limits()
    {
        ImmutableList.Builder<String> limits = ImmutableList.builder();
        if (node.has("default")) {
            limits.add("Default: " + Markdown.code(node.path("default").asText()) + ".");
        }
        if (node.has("examples")) {
            limits.add("For example " + node.path("examples").valueStream().map(JsonNode::asText).map(Markdown::code).collect(joining(", ")) + ".");
        }
        if (node.has("pattern")) {
            limits.add("Pattern: " + Markdown.code(node.path("pattern").asText()) + ".");
        }
        return limits.build().stream().map(limit -> " " + limit).collect(joining());
    }

    private Optional<SchemaNode> target()
    {
        return reference().map(name -> with(root.path("$defs").path(name)));
    }

    private Map<String, SchemaNode> children(String key)
    {
        ImmutableMap.Builder<String, SchemaNode> children = ImmutableMap.builder();
        node.path(key).properties().forEach(child -> children.put(child.getKey(), with(child.getValue())));
        return children.buildOrThrow();
    }

    private SchemaNode with(JsonNode part)
    {
        return new SchemaNode(root, part);
    }
}
