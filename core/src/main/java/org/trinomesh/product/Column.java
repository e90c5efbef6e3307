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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.problem.Position;
import org.trinomesh.rule.MaskDescriptor;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A column that a data product promises. A column that is not listed does not exist for readers.
 *
 * @param name the SQL name, lower case
 * @param identifier the identifier type, when the column identifies something across the mesh
 * @param mask what the product's team lets readers see instead
 * @param hidden whether the product's team lets nobody see it
 * @param fields what is said of fields inside it
 * @param details what else is said of it
 * @param fieldId the Iceberg field id its author bound it to; without one it is bound by name when the table is first read
 */
public record Column(
        String name,
        DataType type,
        boolean nullable,
        Optional<String> description,
        Optional<String> classification,
        Set<String> tags,
        Optional<String> identifier,
        OptionalInt fieldId,
        Optional<MaskDescriptor> mask,
        boolean hidden,
        List<ColumnField> fields,
        ColumnDetails details,
        Position position)
{
    public Column
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(description, "description is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(identifier, "identifier is null");
        requireNonNull(fieldId, "fieldId is null");
        requireNonNull(mask, "mask is null");
        fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
        requireNonNull(details, "details is null");
        requireNonNull(position, "position is null");
    }
}
