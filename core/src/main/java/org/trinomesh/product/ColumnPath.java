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
package org.trinomesh.product;

import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * A column, or a field inside one that is a ROW, or an array or map of them.
 *
 * @param path the name of the column, or {@code address.street} in the spelling of the column and its type
 */
public record ColumnPath(Column column, String path)
{
    public ColumnPath
    {
        requireNonNull(column, "column is null");
        requireNonNull(path, "path is null");
    }

    /**
     * @param names how columns are called where the path is written
     * @param written in any case; with or without the steps into an array or a map that Iceberg writes: {@code items.element.price},
     *         {@code prices.value.amount}
     * @return empty when no column has such a field
     */
    public static Optional<ColumnPath> find(List<Column> columns, Function<Column, String> names, String written)
    {
        return columns.stream()
                .flatMap(column -> step(names.apply(column), column.type(), column.name(), written).stream()
                        .map(path -> new ColumnPath(column, path)))
                .findFirst();
    }

    public static Optional<ColumnPath> find(List<Column> columns, String written)
    {
        return find(columns, Column::name, written);
    }

    /**
     * The column of a path. No name of a promised column has a dot.
     */
    public static String columnOf(String path)
    {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /**
     * Whether one of two paths equals the other, or is inside it.
     */
    public static boolean overlap(String left, String right)
    {
        return left.equals(right) || left.startsWith(right + ".") || right.startsWith(left + ".");
    }

    private static Optional<String> inside(DataType type, String path, String rest)
    {
        return switch (type) {
            case DataType.Row(List<DataType.Row.Field> fields) -> fields.stream().flatMap(field -> inside(field, path, rest).stream()).findFirst();
            case DataType.Array(DataType element) -> inside(element, path, rest).or(() -> step("element", element, path, rest));
            // Nothing is said of what is inside a key
            case DataType.Map(DataType key, DataType value) -> inside(value, path, rest)
                    .or(() -> step("value", value, path, rest))
                    .or(() -> step("key", key, path, rest).map(_ -> path));
            case DataType.Scalar _ -> Optional.empty();
        };
    }

    private static Optional<String> inside(DataType.Row.Field field, String path, String rest)
    {
        return step(field.name(), field.type(), path + "." + field.name(), rest);
    }

    /**
     * @param path of what the step leads to
     */
    private static Optional<String> step(String name, DataType type, String path, String rest)
    {
        if (rest.equalsIgnoreCase(name)) {
            return Optional.of(path);
        }
        // The name of a field may have dots
        return rest.regionMatches(true, 0, name + ".", 0, name.length() + 1) ? inside(type, path, rest.substring(name.length() + 1)) : Optional.empty();
    }
}
