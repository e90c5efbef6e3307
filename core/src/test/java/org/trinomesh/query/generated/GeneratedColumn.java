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
package org.trinomesh.query.generated;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A column of a generated query or of a stored table.
 *
 * @param parts one origin for each kind of scalar value inside
 * @param key whether its values are those by which the tables of the mesh are joined
 */
public record GeneratedColumn(String name, ValueType type, List<TrackedOrigin> parts, boolean key)
{
    public GeneratedColumn
    {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        parts = ImmutableList.copyOf(requireNonNull(parts, "parts is null"));
        checkArgument(parts.size() == type.parts(), "%s has %s origins", type, parts.size());
    }

    /**
     * Of all that is inside.
     */
    public TrackedOrigin origin()
    {
        return parts.stream().reduce(TrackedOrigin.NONE, TrackedOrigin::and);
    }

    GeneratedColumn asSeenBy(String domain)
    {
        return new GeneratedColumn(name, type, parts.stream().map(part -> part.asSeenBy(domain)).collect(toImmutableList()), key);
    }

    GeneratedColumn named(String name)
    {
        return new GeneratedColumn(name, type, parts, key);
    }

    GeneratedExpression writtenAs(String sql)
    {
        return new GeneratedExpression(sql, type, parts, key);
    }
}
