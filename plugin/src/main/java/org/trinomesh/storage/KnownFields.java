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
package org.trinomesh.storage;

import com.google.common.collect.ImmutableMap;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The fields to which names of a table were bound, by any product that publishes it. A name keeps its field as long as the
 * table is the same. This holds when the field was dropped, so that another field with this name is not mistaken for it, and
 * when other parts of a descriptor changed.
 *
 * @param columns field ids by the names of the table, in lower case
 * @param fields field ids by path, inside of the column with that field id
 */
record KnownFields(String tableUuid, Map<String, Integer> columns, Map<Integer, Map<String, Integer>> fields)
{
    KnownFields
    {
        requireNonNull(tableUuid, "tableUuid is null");
        columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
        fields = ImmutableMap.copyOf(requireNonNull(fields, "fields is null"));
    }

    static KnownFields nothing(String tableUuid)
    {
        return new KnownFields(tableUuid, ImmutableMap.of(), ImmutableMap.of());
    }

    Optional<Integer> column(String physicalName)
    {
        return Optional.ofNullable(columns.get(physicalName.toLowerCase(ENGLISH)));
    }

    /**
     * The names that a top-level field was bound by.
     */
    Stream<String> names(int fieldId)
    {
        return columns.entrySet().stream().filter(entry -> entry.getValue() == fieldId).map(Map.Entry::getKey);
    }

    Map<String, Integer> fieldsOf(int column)
    {
        return fields.getOrDefault(column, ImmutableMap.of());
    }

    KnownFields with(Map<String, Integer> moreColumns, Map<Integer, Map<String, Integer>> moreFields)
    {
        Map<String, Integer> allColumns = new HashMap<>(columns);
        moreColumns.forEach((name, id) -> allColumns.putIfAbsent(name.toLowerCase(ENGLISH), id));
        Map<Integer, Map<String, Integer>> allFields = new HashMap<>(fields);
        moreFields.forEach((column, paths) -> allFields.merge(column, paths, (before, added) -> {
            Map<String, Integer> merged = new HashMap<>(added);
            // Where the descriptor says by a field id of its own what is meant now, the check is not made by this
            merged.putAll(before);
            return ImmutableMap.copyOf(merged);
        }));
        return new KnownFields(tableUuid, allColumns, allFields);
    }
}
