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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.util.HashMap;
import java.util.Map;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What is known of a column, and of the fields inside it.
 *
 * @param fields by path below the column, {@code geo.lat}
 */
public record KnownWords(ColumnWords column, Map<String, ColumnWords> fields)
{
    public static final KnownWords NONE = new KnownWords(ColumnWords.NONE, ImmutableMap.of());

    public KnownWords
    {
        requireNonNull(column, "column is null");
        fields = ImmutableMap.copyOf(requireNonNull(fields, "fields is null"));
    }

    public KnownWords and(KnownWords more)
    {
        Map<String, ColumnWords> merged = new HashMap<>(fields);
        more.fields.forEach((path, words) -> merged.merge(path, words, ColumnWords::and));
        return new KnownWords(column.and(more.column), merged);
    }

    /**
     * Whether nothing is known of the column and its fields besides their names.
     */
    public boolean areNamesOnly()
    {
        return column.areNamesOnly() && fields.values().stream().allMatch(ColumnWords::areNamesOnly);
    }

    /**
     * What is known of a field: its own declarations, and the names, tags and classifications of the column and the fields
     * that contain it.
     */
    KnownWords field(String name)
    {
        String inside = name + ".";
        ColumnWords inherited = new ColumnWords(
                column.names().stream().map(parent -> inside(parent, name)).collect(toImmutableSet()),
                column.classifications(),
                column.tags(),
                ImmutableSet.of());
        return new KnownWords(
                inherited.and(fields.getOrDefault(name, ColumnWords.NONE)),
                fields.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(inside))
                        .collect(toImmutableMap(entry -> entry.getKey().substring(inside.length()), Map.Entry::getValue)));
    }

    private static String inside(String parent, String name)
    {
        return parent + "." + name;
    }
}
