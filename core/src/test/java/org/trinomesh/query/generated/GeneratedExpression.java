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
import java.util.stream.IntStream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * SQL of a value, and where it comes from. In templates, {@code $1} and {@code $2} stand for the SQL of expressions.
 */
record GeneratedExpression(String sql, ValueType type, List<TrackedOrigin> parts, boolean key)
{
    GeneratedExpression
    {
        requireNonNull(sql, "sql is null");
        requireNonNull(type, "type is null");
        parts = ImmutableList.copyOf(requireNonNull(parts, "parts is null"));
        checkArgument(parts.size() == type.parts(), "%s has %s origins", type, parts.size());
    }

    static GeneratedExpression of(ValueType type, String sql, TrackedOrigin... parts)
    {
        return new GeneratedExpression(sql, type, ImmutableList.copyOf(parts), false);
    }

    /**
     * Of no column.
     */
    static GeneratedExpression constant(ValueType type, String sql)
    {
        return new GeneratedExpression(sql, type, IntStream.range(0, type.parts()).mapToObj(_ -> TrackedOrigin.NONE).collect(toImmutableList()), false);
    }

    /**
     * SQL around it that leaves its values as they are.
     */
    GeneratedExpression inside(String template)
    {
        return as(type, template);
    }

    /**
     * SQL around it that makes a value of another type with the same parts.
     */
    GeneratedExpression as(ValueType type, String template)
    {
        return new GeneratedExpression(template.replace("$1", sql), type, parts, false);
    }

    /**
     * SQL that takes one part of it.
     */
    GeneratedExpression part(int index, ValueType type, String template)
    {
        return of(type, template.replace("$1", sql), parts.get(index));
    }

    /**
     * SQL that computes something else.
     */
    GeneratedExpression computed(ValueType type, String template)
    {
        TrackedOrigin computed = origin().asComputed();
        return new GeneratedExpression(template.replace("$1", sql), type, IntStream.range(0, type.parts()).mapToObj(_ -> computed).collect(toImmutableList()), false);
    }

    /**
     * SQL whose value is that of one of the two, or has both inside.
     */
    GeneratedExpression or(GeneratedExpression other, String template)
    {
        checkArgument(type == other.type, "%s or %s", type, other.type);
        List<TrackedOrigin> either = IntStream.range(0, parts.size()).mapToObj(index -> parts.get(index).and(other.parts.get(index))).collect(toImmutableList());
        return new GeneratedExpression(template.replace("$1", sql).replace("$2", other.sql), type, either, false);
    }

    TrackedOrigin origin()
    {
        return parts.stream().reduce(TrackedOrigin.NONE, TrackedOrigin::and);
    }

    GeneratedColumn named(String name)
    {
        return new GeneratedColumn(name, type, parts, key);
    }
}
