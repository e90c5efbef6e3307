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
import org.trinomesh.rule.MaskDescriptor;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The description of a field inside a column that is a ROW, or an array or map of ROWs. The column's type defines the
 * fields; here they are only described.
 */
public record FieldDescriptor(
        Optional<Located<String>> name,
        Optional<String> classification,
        List<String> tags,
        Optional<String> identifier,
        Optional<Integer> fieldId,
        Optional<MaskDescriptor> mask,
        List<FieldDescriptor> fields,
        Position position)
{
    static final ObjectShape SHAPE = ObjectShape.of("a field").required("name").optional("classification", "description", "fieldId", "fields", "identifier", "mask", "tags");

    public FieldDescriptor
    {
        requireNonNull(name, "name is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableList.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(identifier, "identifier is null");
        requireNonNull(fieldId, "fieldId is null");
        requireNonNull(mask, "mask is null");
        fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
        requireNonNull(position, "position is null");
    }

    static List<FieldDescriptor> readAll(ObjectReader reader)
    {
        return reader.objects("fields", SHAPE).stream()
                .map(FieldDescriptor::read)
                .collect(toImmutableList());
    }

    private static FieldDescriptor read(ObjectReader reader)
    {
        reader.text("description");
        return new FieldDescriptor(
                reader.text("name"),
                reader.text("classification").map(Located::value),
                reader.texts("tags").stream().map(Located::value).collect(toImmutableList()),
                reader.text("identifier").map(Located::value),
                reader.number("fieldId").map(Located::value),
                MaskDescriptor.read(reader, "mask"),
                readAll(reader),
                reader.position());
    }
}
