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
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.ProductTable;
import org.trinomesh.storage.ColumnBinding.MovedField;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Binds the promised columns of a table to the fields of an Iceberg schema: by the field id that the author wrote, else by
 * the id that the column had when the product was first read, else by name. So a rename by another engine neither exposes
 * another column nor changes the meaning of one unnoticed.
 */
final class ColumnBinder
{
    private final TypeManager typeManager;
    private final ReadableTypes readable;
    private final PromisedTypes promisedTypes;

    ColumnBinder(TypeManager typeManager)
    {
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.readable = new ReadableTypes(typeManager);
        this.promisedTypes = new PromisedTypes(typeManager);
    }

    /**
     * @param known what names of the same table were bound to before
     * @param history what they meant before that
     * @param governed the columns for which that matters, by their promised names
     * @param filtered those that row filters of the whole mesh compare
     */
    ColumnBinding bind(ProductTable table, Schema schema, KnownFields known, SchemaHistory history, Set<String> governed, Set<String> filtered)
    {
        ImmutableMap.Builder<String, Integer> fieldIds = ImmutableMap.builder();
        ImmutableMap.Builder<Integer, org.apache.iceberg.types.Type> widened = ImmutableMap.builder();
        ImmutableList.Builder<MovedField> moved = ImmutableList.builder();
        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        Set<Integer> taken = new HashSet<>();
        for (Column column : table.columns()) {
            Optional<NestedField> found = find(column, schema, known.column(physicalName(column)), governed, problems);
            if (found.isEmpty()) {
                continue;
            }
            NestedField field = found.orElseThrow();
            if (!taken.add(field.fieldId())) {
                problems.add(Problem.error(
                        column.position(),
                        "column " + column.name() + " is bound to field id " + field.fieldId() + ", which another column is bound to already",
                        "promise a column of the table once, or correct its fieldId:"));
                continue;
            }
            fieldIds.put(column.name(), field.fieldId());
            otherNamesake(column, field, schema).filter(_ -> filtered.contains(column.name())).ifPresent(problems::add);
            new MovedFields(column, field, known, history).find(table, governed).forEach(other -> {
                moved.add(other);
                problems.add(MovedFields.problem(other));
            });
            Optional<Type> actual = readable.toTrino(field.type());
            Type promised = typeManager.fromSqlType(column.type().sql());
            if (actual.filter(promised::equals).isPresent()) {
                continue;
            }
            promisedTypes.served(field.type(), column.type()).or(() -> actual.flatMap(type -> TypeWidening.widen(type, promised))).ifPresentOrElse(
                    type -> widened.put(field.fieldId(), type),
                    () -> problems.add(otherType(column, promised, field)));
        }
        return new ColumnBinding(fieldIds.buildOrThrow(), widened.buildOrThrow(), moved.build(), problems.build());
    }

    private Problem otherType(Column column, Type promised, NestedField field)
    {
        String actual = readable.name(field.type());
        if (readable.toTrino(field.type()).isEmpty()) {
            return Problem.error(
                    column.position(),
                    "column " + column.name() + " is promised as " + promised.getDisplayName() + " and the table has " + actual + ", which this engine does not read",
                    "take the column out of the promise, or change the table's column to the promised type");
        }
        return Problem.error(
                column.position(),
                "column " + column.name() + " is promised as " + promised.getDisplayName() + " and the table has " + actual,
                "change the promise to " + actual + ", or the table's column to the promised type");
    }

    /**
     * The top-level columns of a table that cannot be read, promised or not.
     */
    Set<Integer> unreadable(TableMetadata metadata)
    {
        return readable.unreadable(metadata);
    }

    /**
     * The differences between the table and the promise, also those with which the table can be served.
     *
     * @param binding of the columns of the table
     */
    List<TableDifference> differences(ProductTable table, Schema schema, ColumnBinding binding)
    {
        return new TableDifferences(typeManager, readable, table).of(schema, binding);
    }

    /**
     * The type that readers get of a field.
     */
    Type servedType(NestedField field, ColumnBinding binding)
    {
        return readable.toTrino(binding.widened().getOrDefault(field.fieldId(), field.type())).orElseThrow();
    }

    /**
     * A row filter of the whole mesh that names a column means the column that has this name in the table.
     */
    private static Optional<Problem> otherNamesake(Column column, NestedField field, Schema schema)
    {
        return Optional.ofNullable(schema.caseInsensitiveFindField(column.name()))
                .filter(namesake -> namesake.fieldId() != field.fieldId())
                .map(namesake -> Problem.error(
                        column.position(),
                        "column %s is field id %s, but in the table field id %s has this name: a row filter on %s would compare another field".formatted(column.name(), field.fieldId(), namesake.fieldId(), column.name()),
                        "promise the field under another name"));
    }

    private static Optional<NestedField> find(Column column, Schema schema, Optional<Integer> known, Set<String> governed, ImmutableList.Builder<Problem> problems)
    {
        if (column.fieldId().isPresent()) {
            return findDeclared(column, column.fieldId().getAsInt(), schema, governed, problems);
        }
        if (known.isPresent()) {
            return findKnown(column, known.orElseThrow(), schema, problems);
        }
        List<NestedField> named = schema.columns().stream()
                .filter(field -> isCalled(column, field))
                .collect(toImmutableList());
        if (named.size() == 1) {
            return Optional.of(named.getFirst());
        }
        problems.add(named.isEmpty()
                ? Problem.error(
                column.position(),
                "column " + column.name() + " is promised and the table has no column of that name",
                "add the column to the table, write fieldId: if it was renamed there, or take it out of the promise with a new major version")
                : Problem.error(
                column.position(),
                "the table has " + named.size() + " columns that differ from " + column.name() + " only in case",
                "write fieldId: to say which one is meant"));
        return Optional.empty();
    }

    private static Optional<NestedField> findDeclared(Column column, int fieldId, Schema schema, Set<String> governed, ImmutableList.Builder<Problem> problems)
    {
        Optional<NestedField> field = topLevel(schema, fieldId);
        if (field.isEmpty()) {
            problems.add(Problem.error(
                    column.position(),
                    "column " + column.name() + " is bound to field id " + fieldId + " and the table has no such top-level field",
                    "write the id of a column that the table has"));
        }
        else if (!isCalled(column, field.orElseThrow())) {
            String name = field.orElseThrow().name();
            problems.add(governed.contains(column.name())
                    // The documents alone must identify the field, otherwise what they declare about it would be lost
                    ? Problem.error(
                    column.position(),
                    "column " + column.name() + " is field id " + fieldId + ", which the table calls " + name + ", and rules depend on it",
                    "write physicalName: " + name + " beside fieldId, so that rules about the field still apply")
                    : Problem.warning(
                    column.position(),
                    "column " + column.name() + " (field id " + fieldId + ") is called " + name + " in the table",
                    "there is nothing to do if this is intended: readers see it as " + column.name()));
        }
        return field;
    }

    private static Optional<NestedField> findKnown(Column column, int fieldId, Schema schema, ImmutableList.Builder<Problem> problems)
    {
        Optional<NestedField> field = topLevel(schema, fieldId);
        if (field.isEmpty()) {
            problems.add(Problem.error(
                    column.position(),
                    "column " + column.name() + " (field id " + fieldId + ") is promised and was dropped from the table",
                    "restore the column, or take it out of the promise with a new major version"));
            return Optional.empty();
        }
        String name = field.orElseThrow().name();
        if (!isCalled(column, field.orElseThrow())) {
            problems.add(Problem.error(
                    column.position(),
                    "column " + column.name() + " (field id " + fieldId + ") is promised and was renamed to " + name + " in the table",
                    "write fieldId: " + fieldId + " to serve it still as " + column.name() + ", or rename it back"));
        }
        return field;
    }

    /**
     * A contract may give another name that the column has in the table.
     */
    private static boolean isCalled(Column column, NestedField field)
    {
        return field.name().equalsIgnoreCase(physicalName(column));
    }

    static String physicalName(Column column)
    {
        return column.details().physicalName().orElse(column.name());
    }

    private static Optional<NestedField> topLevel(Schema schema, int fieldId)
    {
        return schema.columns().stream()
                .filter(field -> field.fieldId() == fieldId)
                .findFirst();
    }
}
