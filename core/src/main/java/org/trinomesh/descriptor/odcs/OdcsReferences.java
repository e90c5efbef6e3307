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
import org.trinomesh.descriptor.RelationshipDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the relationships between the tables of a contract, which name columns as {@code table.column} or by their ids, as
 * {@code schema/id/properties/id}.
 */
final class OdcsReferences
{
    static final ObjectShape OF_OBJECT = ObjectShape.of("a relationship").required("from", "to").optional("id", "type", "customProperties");
    static final ObjectShape OF_PROPERTY = ObjectShape.of("a relationship").required("to").optional("id", "type", "customProperties");

    private static final Pattern OF_COLUMN = Pattern.compile("^schema/[^/]+/properties/[^/]+");

    private final StandardBlocks blocks;
    private final Map<String, String> byId = new HashMap<>();

    OdcsReferences(List<ObjectReader> objects, StandardBlocks blocks)
    {
        this.blocks = requireNonNull(blocks, "blocks is null");
        for (ObjectReader object : objects) {
            // What is wrong with them is reported where they are read
            Optional<String> objectId = plain(object, "id");
            Optional<String> objectName = plain(object, "name");
            if (objectId.isEmpty() || objectName.isEmpty() || !(object.given("properties").orElse(null) instanceof DescriptorNode.Items(List<DescriptorNode> items, Position _))) {
                continue;
            }
            for (DescriptorNode item : items) {
                ObjectReader.of(item, OdcsSchema.PROPERTY.opened(), new Problems()).ifPresent(property -> {
                    Optional<String> id = plain(property, "id");
                    Optional<String> name = plain(property, "name");
                    if (id.isPresent() && name.isPresent()) {
                        byId.putIfAbsent("schema/%s/properties/%s".formatted(objectId.get(), id.get()), objectName.get() + "." + name.get());
                    }
                });
            }
        }
    }

    List<RelationshipDescriptor> ofObject(ObjectReader object)
    {
        return blocks.objects(object, "relationships", OF_OBJECT).stream()
                .flatMap(relationship -> read(relationship, columns(relationship, "from")).stream())
                .collect(toImmutableList());
    }

    List<RelationshipDescriptor> ofProperty(Optional<Located<String>> table, ObjectReader property)
    {
        Optional<Located<String>> name = property.text("name");
        if (table.isEmpty() || name.isEmpty()) {
            return ImmutableList.of();
        }
        return blocks.objects(property, "relationships", OF_PROPERTY).stream()
                .flatMap(relationship -> read(relationship, ImmutableList.of(new Located<>(table.get() + "." + name.get(), name.get().position()))).stream())
                .collect(toImmutableList());
    }

    private Optional<RelationshipDescriptor> read(ObjectReader relationship, List<Located<String>> from)
    {
        blocks.checkCustom(relationship);
        List<Located<String>> to = columns(relationship, "to");
        Optional<Located<String>> type = relationship.text("type");
        type.filter(word -> !word.value().equals("foreignKey"))
                .ifPresent(word -> blocks.refuse(word.position(), "the type of a relationship is '%s'".formatted(word), "write foreignKey"));
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (from.size() != to.size()) {
            blocks.problems().error(relationship.position(), "the relationship leads from %s to %s columns".formatted(from.size(), to.size()), "write as many under 'to' as under 'from'");
            return Optional.empty();
        }
        return Optional.of(new RelationshipDescriptor(type.map(Located::value).orElse("foreignKey"), from, to, relationship.position()));
    }

    private List<Located<String>> columns(ObjectReader relationship, String key)
    {
        return RelationshipDescriptor.columns(relationship, key).stream().map(this::resolve).collect(toImmutableList());
    }

    private Located<String> resolve(Located<String> written)
    {
        String reference = written.value();
        String path = reference.startsWith("/") ? reference.substring(1) : reference.startsWith("#") ? reference.substring(reference.startsWith("#/") ? 2 : 1) : reference;
        // What is inside a column finds its rows by the column
        Matcher column = OF_COLUMN.matcher(path);
        return new Located<>(column.find() ? byId.getOrDefault(column.group(), reference) : reference, written.position());
    }

    private static Optional<String> plain(ObjectReader reader, String key)
    {
        return reader.given(key)
                .filter(DescriptorNode.Text.class::isInstance)
                .map(node -> ((DescriptorNode.Text) node).value());
    }
}
