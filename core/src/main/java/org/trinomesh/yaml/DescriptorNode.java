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
package org.trinomesh.yaml;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.problem.Position;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A node of a YAML or JSON document, with its position. Scalars stay text until their field decides what they mean, so that
 * a country code {@code NO} is never a truth value.
 */
public sealed interface DescriptorNode
{
    Position position();

    /**
     * What the node is, for messages.
     */
    String form();

    /**
     * @param absent whether nothing is written: {@code key:}, {@code key: null}, {@code key: NULL} or {@code key: ~}
     * @param verbatim where its first character is, if the file has all of its characters and lines as they are: in a block that keeps
     *         its lines, or on one line without escapes
     */
    record Text(String value, boolean absent, Optional<Position> verbatim, Position position)
            implements DescriptorNode
    {
        public Text
        {
            requireNonNull(value, "value is null");
            requireNonNull(verbatim, "verbatim is null");
            requireNonNull(position, "position is null");
        }

        @Override
        public String form()
        {
            return "a single value";
        }
    }

    record Items(List<DescriptorNode> items, Position position)
            implements DescriptorNode
    {
        public Items
        {
            items = ImmutableList.copyOf(requireNonNull(items, "items is null"));
            requireNonNull(position, "position is null");
        }

        @Override
        public String form()
        {
            return "a list";
        }
    }

    record Fields(Map<String, Field> fields, Position position)
            implements DescriptorNode
    {
        public Fields
        {
            fields = ImmutableMap.copyOf(requireNonNull(fields, "fields is null"));
            requireNonNull(position, "position is null");
        }

        @Override
        public String form()
        {
            return "a group of keys";
        }
    }

    record Field(Position keyPosition, DescriptorNode value)
    {
        public Field
        {
            requireNonNull(keyPosition, "keyPosition is null");
            requireNonNull(value, "value is null");
        }
    }
}
