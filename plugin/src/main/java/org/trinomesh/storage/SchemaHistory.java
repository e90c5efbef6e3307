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

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The meaning of names in the earlier schemas that the metadata of a table contains. After a restart this is the only record
 * of it.
 */
final class SchemaHistory
{
    private final List<Schema> schemas;
    private final SetMultimap<Integer, String> namesById;
    private final SetMultimap<String, Integer> idsByName;

    /**
     * @param schemas in any order; the one that is read may be among them
     */
    SchemaHistory(Iterable<Schema> schemas)
    {
        this.schemas = ImmutableList.copyOf(requireNonNull(schemas, "schemas is null"));
        ImmutableSetMultimap.Builder<Integer, String> names = ImmutableSetMultimap.builder();
        this.schemas.forEach(schema -> schema.columns().forEach(field -> names.put(field.fieldId(), field.name().toLowerCase(ENGLISH))));
        this.namesById = names.build();
        this.idsByName = ImmutableSetMultimap.copyOf(namesById).inverse();
    }

    static SchemaHistory unknown()
    {
        return new SchemaHistory(ImmutableList.of());
    }

    /**
     * Another field that a top-level name once meant.
     */
    OptionalInt otherMeaning(String name, int fieldId)
    {
        return idsByName.get(name.toLowerCase(ENGLISH)).stream().filter(id -> id != fieldId).mapToInt(Integer::intValue).findFirst();
    }

    /**
     * Every name that a top-level field has or had, in lower case.
     */
    Set<String> names(int fieldId)
    {
        return namesById.get(fieldId);
    }

    /**
     * Earlier paths of the fields inside of a top-level field, by the path that each has now.
     */
    Map<String, Set<String>> paths(NestedField column)
    {
        Map<Integer, String> now = new HashMap<>();
        FieldPaths.of(column).forEach((path, id) -> now.put(id, path));
        SetMultimap<String, String> before = HashMultimap.create();
        if (!now.isEmpty()) {
            for (Schema schema : schemas) {
                Optional.ofNullable(schema.findField(column.fieldId())).map(FieldPaths::of).orElse(ImmutableMap.of()).forEach((path, id) -> {
                    if (now.containsKey(id) && !now.get(id).equals(path)) {
                        before.put(now.get(id), path);
                    }
                });
            }
        }
        return Multimaps.asMap(before);
    }

    /**
     * Other fields that paths inside of a top-level field once meant.
     */
    Map<String, Integer> otherMeanings(NestedField column)
    {
        Map<String, Integer> now = FieldPaths.of(column);
        Map<String, Integer> others = new HashMap<>();
        for (Schema schema : schemas) {
            Optional<NestedField> then = schema.columns().stream().filter(field -> field.fieldId() == column.fieldId()).findFirst();
            then.map(FieldPaths::of).orElse(ImmutableMap.of()).forEach((path, id) -> {
                if (now.containsKey(path) && !now.get(path).equals(id)) {
                    others.putIfAbsent(path.toLowerCase(ENGLISH), id);
                }
            });
        }
        return others;
    }
}
