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

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * That columns of a table find rows of another, as written.
 *
 * @param from columns of the table, each as {@code table.column}
 * @param to as many columns, each as {@code table.column}; as it is written where it leads out of the document
 */
public record RelationshipDescriptor(String type, List<Located<String>> from, List<Located<String>> to, Position position)
{
    public RelationshipDescriptor
    {
        requireNonNull(type, "type is null");
        from = ImmutableList.copyOf(requireNonNull(from, "from is null"));
        to = ImmutableList.copyOf(requireNonNull(to, "to is null"));
        requireNonNull(position, "position is null");
    }
}
