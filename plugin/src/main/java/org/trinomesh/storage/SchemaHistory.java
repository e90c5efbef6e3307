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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * What names meant in the versions of a table's schema that its metadata remembers. After a restart nobody else knows it.
 */
final class SchemaHistory
{
    private final List<Schema> schemas;

    /**
     * @param schemas in any order; the one that is read may be among them
     */
    SchemaHistory(Iterable<Schema> schemas)
    {
        this.schemas = ImmutableList.copyOf(requireNonNull(schemas, "schemas is null"));
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
        return schemas.stream()
                .flatMap(schema -> schema.columns().stream())
                .filter(field -> field.name().equalsIgnoreCase(name) && field.fieldId() != fieldId)
                .mapToInt(NestedField::fieldId)
                .findFirst();
    }

    /**
     * Every name that a top-level field has or had.
     */
    Stream<String> names(int fieldId)
    {
        return schemas.stream()
                .flatMap(schema -> schema.columns().stream())
                .filter(field -> field.fieldId() == fieldId)
                .map(NestedField::name);
    }

    /**
     * Whether a top-level field once had the name.
     */
    boolean wasCalled(int fieldId, String name)
    {
        return schemas.stream()
                .flatMap(schema -> schema.columns().stream())
                .anyMatch(field -> field.fieldId() == fieldId && field.name().equalsIgnoreCase(name));
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
