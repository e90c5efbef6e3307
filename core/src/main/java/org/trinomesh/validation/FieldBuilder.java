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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.FieldDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.ColumnField;
import org.trinomesh.type.DataType;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Builds the fields inside a column, and checks them against the column's type.
 */
final class FieldBuilder
{
    private final Problems problems;

    FieldBuilder(Problems problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * @param path how messages call the column or the field
     */
    List<ColumnField> build(String path, DataType type, List<FieldDescriptor> descriptors)
    {
        if (descriptors.isEmpty()) {
            return ImmutableList.of();
        }
        Optional<DataType.Row> row = row(type);
        if (row.isEmpty()) {
            problems.error(descriptors.getFirst().position(), "'%s' is %s and has no fields".formatted(path, type), "remove 'fields', or promise a row type");
            return ImmutableList.of();
        }
        ImmutableList.Builder<ColumnField> fields = ImmutableList.builder();
        Set<String> seen = new HashSet<>();
        for (FieldDescriptor descriptor : descriptors) {
            descriptor.name().ifPresent(name -> find(row.get(), name).ifPresentOrElse(
                    field -> {
                        if (!seen.add(field.name())) {
                            problems.error(name.position(), "field '%s.%s' is listed twice".formatted(path, name), "keep one of the two");
                        }
                        fields.add(field(path, field, descriptor));
                    },
                    () -> problems.error(
                            name.position(),
                            "'%s' has no field '%s'".formatted(path, name),
                            "write one of " + row.get().fields().stream().map(DataType.Row.Field::name).collect(joining(", ")))));
        }
        return fields.build();
    }

    private ColumnField field(String path, DataType.Row.Field field, FieldDescriptor descriptor)
    {
        return new ColumnField(
                field.name(),
                descriptor.classification(),
                ImmutableSet.copyOf(descriptor.tags()),
                descriptor.identifier(),
                descriptor.fieldId().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                descriptor.mask(),
                build(path + "." + field.name(), field.type(), descriptor.fields()));
    }

    private static Optional<DataType.Row.Field> find(DataType.Row row, Located<String> name)
    {
        return row.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name.value()))
                .findFirst();
    }

    /**
     * The ROW whose fields can be described: the type itself, or what an array or a map of it holds.
     */
    private static Optional<DataType.Row> row(DataType type)
    {
        return switch (type) {
            case DataType.Row row -> Optional.of(row);
            case DataType.Array(DataType element) -> row(element);
            case DataType.Map(DataType _, DataType value) -> row(value);
            case DataType.Scalar _ -> Optional.empty();
        };
    }
}
