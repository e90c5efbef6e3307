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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.product.ColumnField;
import org.trinomesh.text.Words;
import org.trinomesh.type.DataType;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * The fields inside a column with what they inherit from it.
 */
public final class ColumnFields
{
    private ColumnFields() {}

    /**
     * The ROW inside a type: the type itself, or what an array or a map of it holds.
     */
    public static Optional<DataType.Row> row(DataType type)
    {
        return switch (type) {
            case DataType.Row row -> Optional.of(row);
            case DataType.Array(DataType element) -> row(element);
            case DataType.Map(DataType _, DataType value) -> row(value);
            case DataType.Scalar _ -> Optional.empty();
        };
    }

    /**
     * The types of the keys of the maps on the way to that ROW, or to the single values.
     */
    static List<DataType> keys(DataType type)
    {
        return switch (type) {
            case DataType.Array(DataType element) -> keys(element);
            case DataType.Map(DataType key, DataType value) -> ImmutableList.<DataType>builder().add(key).addAll(keys(value)).build();
            case DataType.Row _, DataType.Scalar _ -> ImmutableList.of();
        };
    }

    static Optional<ColumnField> described(DataType.Row.Field field, List<ColumnField> described)
    {
        return described.stream().filter(candidate -> candidate.name().equals(field.name())).findFirst();
    }

    static List<ColumnField> inside(Optional<ColumnField> field)
    {
        return field.map(ColumnField::fields).orElse(ImmutableList.of());
    }

    /**
     * The attributes of the field, otherwise those of the column or field that contains it. An identifier type is not
     * inherited: it says what the value itself means.
     */
    static ColumnAttributes attributes(ColumnAttributes parent, DataType.Row.Field field, Optional<ColumnField> described, IdentifierTypes identifiers)
    {
        ColumnAttributes own = ColumnAttributes.of(
                parent.path() + "." + field.name(),
                parent.said().names().stream().map(name -> name + "." + field.name()).collect(toImmutableSet()),
                field.type(),
                described.flatMap(ColumnField::classification).or(parent::classification),
                ImmutableSet.<String>builder()
                        .addAll(parent.tags())
                        .addAll(described.map(ColumnField::tags).orElse(ImmutableSet.of()))
                        .build(),
                identifiers.of(described.flatMap(ColumnField::identifier), ImmutableSet.of(field.name())));
        return parent.rules(own).with(parent.known().field(Words.key(field.name())));
    }

    /**
     * Every field inside a column at any depth. Nothing is said of what is inside the key of a map.
     *
     * @param classifier adds what rules say of a field
     */
    public static List<ColumnAttributes> all(ColumnAttributes parent, List<ColumnField> described, IdentifierTypes identifiers, UnaryOperator<ColumnAttributes> classifier)
    {
        Optional<DataType.Row> row = row(parent.type());
        if (row.isEmpty()) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<ColumnAttributes> all = ImmutableList.builder();
        for (DataType.Row.Field field : row.get().fields()) {
            Optional<ColumnField> known = described(field, described);
            ColumnAttributes attributes = classifier.apply(attributes(parent, field, known, identifiers));
            all.add(attributes).addAll(all(attributes, inside(known), identifiers, classifier));
        }
        return all.build();
    }

    /**
     * Every field of a column at any depth, with the identifiers they declare.
     */
    public static List<String> identifiers(List<ColumnField> fields)
    {
        return fields.stream()
                .flatMap(field -> ImmutableList.<String>builder()
                        .addAll(field.identifier().map(ImmutableList::of).orElse(ImmutableList.of()))
                        .addAll(identifiers(field.fields()))
                        .build()
                        .stream())
                .collect(toImmutableList());
    }
}
