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
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Terms.Definition;
import org.trinomesh.product.Terms.Description;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The blocks that documents of the Open Data Contract Standard and the Open Data Product Standard have in common.
 */
public final class StandardBlocks
{
    static final ObjectShape DESCRIPTION = ObjectShape.of("description").optional("purpose", "limitations", "usage", "authoritativeDefinitions", "customProperties");
    static final ObjectShape DEFINITION = ObjectShape.of("an authoritative definition").required("url", "type").optional("id", "description");
    static final ObjectShape CUSTOM_PROPERTY = ObjectShape.of("a custom property").required("property", "value").optional("id", "description", "vendor");
    static final ObjectShape CHANNEL = ObjectShape.of("a support channel").required("channel").optional("id", "url", "description", "tool", "scope", "invitationUrl", "customProperties");
    static final ObjectShape SYNONYM = ObjectShape.of("a synonym").required("synonym").optional("id", "description", "locale", "source", "status", "customProperties");

    private static final String QUERY = "trinoQuery";
    private static final String QUERY_FILE = "trinoQueryFile";

    private final Problems problems;
    private final boolean open;
    private final Set<String> uninterpreted = new LinkedHashSet<>();

    /**
     * @param open whether the version of the standard admits keys of which it knows nothing
     */
    public StandardBlocks(Problems problems, boolean open)
    {
        this.problems = requireNonNull(problems, "problems is null");
        this.open = open;
    }

    public Problems problems()
    {
        return problems;
    }

    public ObjectShape shape(ObjectShape shape)
    {
        return open ? shape.opened() : shape;
    }

    /**
     * Reports what newer versions of the standard forbid and older ones did not mention.
     */
    public void refuse(Position position, String message, String remedy)
    {
        problems.add(open ? Problem.warning(position, message, remedy) : Problem.error(position, message, remedy));
    }

    /**
     * Notes which of these keys are present and not interpreted.
     */
    public void ignore(ObjectReader reader, String path, String... keys)
    {
        for (String key : keys) {
            if (reader.has(key)) {
                uninterpreted.add(path + key);
            }
        }
    }

    public void ignore(String what)
    {
        uninterpreted.add(what);
    }

    public void reportUninterpreted(Position position)
    {
        if (!uninterpreted.isEmpty()) {
            problems.info(position, "not interpreted: " + String.join(", ", uninterpreted), "leave it as it is, for people who read the file");
        }
    }

    public Description description(ObjectReader reader)
    {
        Optional<ObjectReader> description = reader.given("description").flatMap(node -> ObjectReader.of(node, shape(DESCRIPTION), problems));
        description.ifPresent(this::checkCustom);
        return description
                .map(present -> new Description(
                        present.text("purpose").map(Located::value),
                        present.text("limitations").map(Located::value),
                        present.text("usage").map(Located::value)))
                .orElse(Description.NONE);
    }

    /**
     * The definitions of an object and of its description.
     */
    public List<Definition> rootDefinitions(ObjectReader reader)
    {
        ImmutableList.Builder<Definition> all = ImmutableList.builder();
        all.addAll(definitions(reader));
        if (reader.given("description").orElse(null) instanceof DescriptorNode.Fields fields) {
            // Its other keys are checked where the description itself is read
            ObjectReader.of(fields, DESCRIPTION.opened(), new Problems()).ifPresent(description -> description.given("authoritativeDefinitions").ifPresent(_ -> all.addAll(definitions(description))));
        }
        return all.build();
    }

    public List<Definition> definitions(ObjectReader reader)
    {
        return objects(reader, "authoritativeDefinitions", DEFINITION).stream()
                .flatMap(entry -> {
                    Optional<Located<String>> url = entry.text("url");
                    Optional<Located<String>> type = entry.text("type");
                    return url.flatMap(address -> type.map(kind -> new Definition(kind.value(), address.value()))).stream();
                })
                .collect(toImmutableList());
    }

    /**
     * Custom properties by name, as far as they are single values.
     */
    public Map<String, String> custom(ObjectReader reader)
    {
        if (reader.given("customProperties").orElse(null) instanceof DescriptorNode.Fields fields) {
            String first = fields.fields().keySet().stream().findFirst().orElse("name");
            problems.error(fields.position(), "'customProperties' is a group of keys", "write a list with one entry for each: '- {property: %s, value: ...}'".formatted(first));
            return ImmutableMap.of();
        }
        Map<String, String> properties = new LinkedHashMap<>();
        for (ObjectReader entry : objects(reader, "customProperties", CUSTOM_PROPERTY)) {
            Optional<Located<String>> name = entry.text("property");
            if (name.isPresent() && entry.given("value").orElse(null) instanceof DescriptorNode.Text text && !text.value().isBlank()) {
                properties.putIfAbsent(name.get().value(), text.value());
            }
        }
        return properties;
    }

    /**
     * The query that computes the table of an output port, for which the standard has no word: the custom property {@code trinoQuery} has it, or
     * {@code trinoQueryFile} names its file.
     */
    public Optional<QueryDescriptor> query(ObjectReader port)
    {
        List<ObjectReader> properties = port.given("customProperties").orElse(null) instanceof DescriptorNode.Items ? objects(port, "customProperties", CUSTOM_PROPERTY) : ImmutableList.of();
        Optional<ObjectReader> sql = property(properties, QUERY);
        Optional<ObjectReader> file = property(properties, QUERY_FILE);
        if (sql.isEmpty() && file.isEmpty()) {
            return Optional.empty();
        }
        if (sql.isPresent() && file.isPresent()) {
            problems.error(port.position(), "the port has a query and the file of a query", "keep one of the custom properties '%s' and '%s'".formatted(QUERY, QUERY_FILE));
        }
        if (properties.size() > 1) {
            ignore("customProperties below the root");
        }
        return Optional.of(new QueryDescriptor(
                sql.flatMap(property -> property.lines("value")),
                sql.isPresent() ? Optional.empty() : file.flatMap(property -> property.text("value")),
                Optional.empty(),
                sql.or(() -> file).orElseThrow().position()));
    }

    private static Optional<ObjectReader> property(List<ObjectReader> properties, String name)
    {
        return properties.stream()
                .filter(property -> property.text("property").filter(written -> written.value().equals(name)).isPresent())
                .findFirst();
    }

    /**
     * Checks custom properties that are not interpreted.
     */
    public void checkCustom(ObjectReader reader)
    {
        custom(reader);
        if (!(reader.given("customProperties").orElse(null) instanceof DescriptorNode.Items(List<DescriptorNode> items, Position _)) || items.isEmpty()) {
            return;
        }
        ignore("customProperties below the root");
    }

    public List<SupportDescriptor> support(ObjectReader reader)
    {
        return objects(reader, "support", CHANNEL).stream()
                .map(entry -> {
                    checkCustom(entry);
                    return new SupportDescriptor(
                            entry.text("channel").map(Located::value),
                            entry.text("url").map(Located::value),
                            entry.text("description").map(Located::value),
                            entry.text("tool").map(Located::value),
                            entry.text("scope").map(Located::value),
                            entry.text("invitationUrl").map(Located::value));
                })
                .collect(toImmutableList());
    }

    public List<String> synonyms(ObjectReader reader)
    {
        return objects(reader, "synonyms", SYNONYM).stream()
                .flatMap(entry -> entry.text("synonym").stream())
                .map(Located::value)
                .collect(toImmutableList());
    }

    public List<String> tags(ObjectReader reader)
    {
        return reader.given("tags").isEmpty() ? ImmutableList.of() : reader.texts("tags").stream().map(Located::value).collect(toImmutableList());
    }

    public List<ObjectReader> objects(ObjectReader reader, String key, ObjectShape shape)
    {
        return reader.given(key).isEmpty() ? ImmutableList.of() : reader.objects(key, shape(shape));
    }
}
