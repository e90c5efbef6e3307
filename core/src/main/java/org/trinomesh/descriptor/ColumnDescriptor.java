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
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.product.ColumnDetails;
import org.trinomesh.rule.MaskDescriptor;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A column as written, in a product's {@code columns} or in the schema of its contract.
 *
 * @param type the type as SQL text; may be left out of a column that a contract lists too
 * @param nullable empty when nothing is said
 * @param hidden whether nobody sees it, by the product's own word
 * @param fields what is said of fields inside it
 */
public record ColumnDescriptor(
        Optional<Located<String>> name,
        Optional<Located<String>> type,
        Optional<Boolean> nullable,
        Optional<String> description,
        Optional<String> classification,
        List<String> tags,
        Optional<String> identifier,
        Optional<Integer> fieldId,
        Optional<MaskDescriptor> mask,
        boolean hidden,
        List<FieldDescriptor> fields,
        ColumnDetails details,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a column")
            .required("name")
            .optional("type", "description", "nullable", "classification", "tags", "identifier", "fieldId", "mask", "hidden", "fields", "physicalName", "synonyms", "derivedFrom", "transformation", "unique");

    public ColumnDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(nullable, "nullable is null");
        requireNonNull(description, "description is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableList.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(identifier, "identifier is null");
        requireNonNull(fieldId, "fieldId is null");
        requireNonNull(mask, "mask is null");
        fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
        requireNonNull(details, "details is null");
        requireNonNull(position, "position is null");
    }

    static List<ColumnDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("columns", SHAPE).stream()
                .map(ColumnDescriptor::read)
                .collect(toImmutableList());
    }

    private static ColumnDescriptor read(ObjectReader reader)
    {
        return new ColumnDescriptor(
                reader.text("name"),
                reader.text("type"),
                reader.flag("nullable").map(Located::value),
                reader.text("description").map(Located::value),
                reader.text("classification").map(Located::value),
                reader.texts("tags").stream().map(Located::value).collect(toImmutableList()),
                reader.text("identifier").map(Located::value),
                reader.number("fieldId").map(Located::value),
                MaskDescriptor.read(reader, "mask"),
                reader.flag("hidden").map(Located::value).orElse(false),
                FieldDescriptor.readAll(reader),
                new ColumnDetails(
                        Optional.empty(),
                        reader.texts("synonyms").stream().map(Located::value).collect(toImmutableList()),
                        ImmutableList.of(),
                        reader.texts("derivedFrom"),
                        reader.text("transformation").map(Located::value),
                        reader.flag("unique").map(Located::value).orElse(false),
                        Optional.empty(),
                        false,
                        reader.text("physicalName").map(Located::value),
                        Optional.empty(),
                        false,
                        ImmutableList.of(),
                        Optional.empty()),
                reader.position());
    }
}
