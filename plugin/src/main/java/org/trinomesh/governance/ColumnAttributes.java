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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.registry.DataType;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What rules can match of a column, or of a field inside one: its own word, else what it inherits.
 *
 * @param path the column's name; for a field inside it {@code address.street}
 */
public record ColumnAttributes(String path, DataType type, Optional<String> classification, Set<String> tags, Optional<String> identifier)
{
    public ColumnAttributes
    {
        requireNonNull(path, "path is null");
        requireNonNull(type, "type is null");
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(identifier, "identifier is null");
    }

    /**
     * With what a rule says besides. A classification never becomes weaker by it.
     */
    ColumnAttributes with(Optional<String> ruled, Set<String> moreTags)
    {
        return new ColumnAttributes(
                path,
                type,
                ruled.filter(word -> classification.isEmpty() || Classifications.isWeaker(classification.get(), word)).or(() -> classification),
                ImmutableSet.<String>builder().addAll(tags).addAll(moreTags).build(),
                identifier);
    }
}
