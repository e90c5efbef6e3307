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
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.trinomesh.product.ColumnField;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Map;

import static java.util.Locale.ENGLISH;

/**
 * Finds the fields inside columns by their path from the column: {@code city}, {@code element.city} in an array, {@code key}
 * and {@code value.city} in a map.
 */
final class FieldPaths
{
    private static final String ELEMENT = "element";
    private static final String VALUE = "value";

    private FieldPaths() {}

    /**
     * The field ids inside of a column of a table.
     */
    static Map<String, Integer> of(NestedField column)
    {
        ImmutableMap.Builder<String, Integer> paths = ImmutableMap.builder();
        add("", column.type(), paths);
        // Names that differ in case only cannot be promised
        return paths.buildKeepingLast();
    }

    private static void add(String prefix, Type type, ImmutableMap.Builder<String, Integer> paths)
    {
        List<NestedField> fields = switch (type) {
            case StructType struct -> struct.fields();
            case ListType list -> list.fields();
            case MapType map -> map.fields();
            default -> List.of();
        };
        for (NestedField field : fields) {
            String path = prefix + field.name().toLowerCase(ENGLISH);
            paths.put(path, field.fieldId());
            add(path + ".", field.type(), paths);
        }
    }

    /**
     * The field ids that a descriptor gives to the fields it describes.
     */
    static Map<String, Integer> declared(DataType type, List<ColumnField> fields)
    {
        ImmutableMap.Builder<String, Integer> paths = ImmutableMap.builder();
        addDeclared("", type, fields, paths);
        return paths.buildKeepingLast();
    }

    private static void addDeclared(String prefix, DataType type, List<ColumnField> fields, ImmutableMap.Builder<String, Integer> paths)
    {
        switch (type) {
            case DataType.Row row -> fields.forEach(field -> {
                String path = prefix + field.name().toLowerCase(ENGLISH);
                field.fieldId().ifPresent(id -> paths.put(path, id));
                row.fields().stream()
                        .filter(promised -> promised.name().equals(field.name()))
                        .forEach(promised -> addDeclared(path + ".", promised.type(), field.fields(), paths));
            });
            case DataType.Array(DataType element) -> addDeclared(prefix + ELEMENT + ".", element, fields, paths);
            case DataType.Map(DataType _, DataType value) -> addDeclared(prefix + VALUE + ".", value, fields, paths);
            case DataType.Scalar _ -> {}
        }
    }
}
