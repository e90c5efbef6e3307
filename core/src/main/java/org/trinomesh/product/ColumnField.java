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
import org.trinomesh.rule.MaskDescriptor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What is said of a field inside a column that is a ROW, or an array or map of them.
 *
 * @param name as the column's type writes it
 */
public record ColumnField(
        String name,
        Optional<String> classification,
        Set<String> tags,
        Optional<String> identifier,
        OptionalInt fieldId,
        Optional<MaskDescriptor> mask,
        List<ColumnField> fields)
{
    public ColumnField
    {
        requireNonNull(name, "name is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(identifier, "identifier is null");
        requireNonNull(fieldId, "fieldId is null");
        requireNonNull(mask, "mask is null");
        fields = ImmutableList.copyOf(requireNonNull(fields, "fields is null"));
    }
}
