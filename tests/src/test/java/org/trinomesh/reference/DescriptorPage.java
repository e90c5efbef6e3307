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
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.tests.ProjectFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.MoreCollectors.onlyElement;
import static java.util.Objects.requireNonNull;

/**
 * Every field of one kind of document, from its JSON Schema.
 */
final class DescriptorPage
        implements ReferencePage
{
    static final List<String> KINDS = ImmutableList.of("data-product", "data-contract", "domain", "governance-policy", "mesh");

    // In every object, and never read
    private static final Set<String> OF_EVERY_OBJECT = ImmutableSet.of("customProperties");

    private final String kind;

    DescriptorPage(String kind)
    {
        this.kind = requireNonNull(kind, "kind is null");
    }

    @Override
    public String file()
    {
        return kind + ".md";
    }

    @Override
    public String text()
    {
        SchemaNode root = SchemaNode.document(kind);
        Markdown page = Markdown.page(root.title())
                .paragraph(root.description())
                .paragraph("Fields in **bold** are required. Every object may have `customProperties` and keys that begin with `x-`, which the mesh does not read. "
                        + "The same as a JSON Schema for editors: [%s](../../%s).".formatted(schema(kind).getFileName(), ProjectFiles.root().relativize(schema(kind))));
        section(page, "Document", root);
        root.definitions().forEach((name, definition) -> {
            page.heading(2, name).paragraph(definition.description());
            if (!definition.alternatives().isEmpty()) {
                page.paragraph("It is " + definition.type() + ".");
            }
            fields(page, name, definition);
        });
        return page.toString();
    }

    private static void section(Markdown page, String title, SchemaNode node)
    {
        page.heading(2, title);
        fields(page, "", node);
    }

    private static void fields(Markdown page, String path, SchemaNode node)
    {
        if (node.properties().isEmpty()) {
            return;
        }
        page.table(ImmutableList.of("Field", "Type", "Meaning"), node.properties().entrySet().stream()
                .filter(property -> !OF_EVERY_OBJECT.contains(property.getKey()))
                .map(property -> row(property.getKey(), node.requires(property.getKey()), property.getValue())));
        node.properties().forEach((name, property) -> {
            SchemaNode inner = property.element();
            if (!OF_EVERY_OBJECT.contains(name) && inner.reference().isEmpty() && !inner.properties().isEmpty()) {
                String place = (path.isEmpty() ? "" : path + ".") + name + (property.isArray() ? "[]" : "") + (property.isMap() ? ".<name>" : "");
                page.heading(3, Markdown.code(place)).paragraph(inner.description());
                fields(page, place, inner);
            }
        });
    }

    private static List<String> row(String name, boolean required, SchemaNode property)
    {
        String code = Markdown.code(name);
        return ImmutableList.of(required ? "**" + code + "**" : code, property.type(), property.description() + property.limits());
    }

    /**
     * The file with the schema, in whichever module it is.
     */
    static Path schema(String kind)
    {
        try (Stream<Path> modules = Files.list(ProjectFiles.root())) {
            return modules.map(module -> module.resolve("src/main/resources/org/trinomesh/schema/" + kind + ".schema.json"))
                    .filter(Files::exists)
                    .collect(onlyElement());
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * For the test: the fields that have no description.
     */
    static List<String> fieldsWithoutText(JsonNode node, String path)
    {
        ImmutableList.Builder<String> missing = ImmutableList.builder();
        node.path("properties").properties().forEach(property -> {
            JsonNode field = property.getValue();
            if (!field.has("description") && !field.has("$ref")) {
                missing.add(path + "/" + property.getKey());
            }
        });
        node.properties().forEach(child -> missing.addAll(fieldsWithoutText(child.getValue(), path + "/" + child.getKey())));
        return missing.build();
    }
}
