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
import com.google.common.collect.ImmutableSet;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.product.Column;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.SchemaChange.Kind;
import org.trinomesh.storage.ColumnBinding.MovedField;
import org.trinomesh.type.LosslessTypes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Compares a promised table with the schema of the Iceberg table behind it, column by column as they are bound.
 */
final class TableDifferences
{
    private final TypeManager typeManager;
    private final ReadableTypes readable;
    private final ProductTable table;
    private final ImmutableList.Builder<TableDifference> differences = ImmutableList.builder();

    TableDifferences(TypeManager typeManager, ReadableTypes readable, ProductTable table)
    {
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.readable = requireNonNull(readable, "readable is null");
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * @param binding of the promised columns
     */
    List<TableDifference> of(Schema schema, ColumnBinding binding)
    {
        Map<String, Integer> fieldIds = binding.fieldIds();
        for (Column column : table.columns()) {
            Optional<NestedField> field = Optional.ofNullable(fieldIds.get(column.name())).map(schema::findField);
            field.ifPresentOrElse(
                    found -> compare(column, found),
                    () -> add(Kind.COLUMN_REMOVED, column, Optional.of(column.type().sql()), Optional.empty(), "column " + column.name() + " is promised and the table does not have it"));
        }
        schema.columns().stream()
                .filter(field -> !fieldIds.containsValue(field.fieldId()))
                .forEach(this::notPromised);
        binding.moved().forEach(this::moved);
        return differences.build();
    }

    private void moved(MovedField moved)
    {
        differences.add(new TableDifference(
                new SchemaChange(
                        Kind.COLUMN_RENAMED,
                        Optional.of(table.name()),
                        ImmutableSet.of(moved.column().name()),
                        table.name() + "." + moved.path(),
                        Optional.of("field id " + moved.before()),
                        Optional.of("field id " + moved.now()),
                        Optional.of(moved.column().position())),
                MovedFields.problem(moved).message() + ", so the product is out of service"));
    }

    private void compare(Column column, NestedField field)
    {
        if (!field.name().equalsIgnoreCase(column.name())) {
            add(Kind.COLUMN_RENAMED, column, Optional.of(column.name()), Optional.of(field.name()), "column " + column.name() + " is called " + field.name() + " in the table");
        }
        String actual = readable.name(field.type());
        Type promised = typeManager.fromSqlType(column.type().sql());
        if (readable.toTrino(field.type()).filter(promised::equals).isEmpty() && new PromisedTypes(typeManager).served(field.type(), column.type()).isEmpty()) {
            boolean narrower = LosslessTypes.widens(actual, promised.getDisplayName());
            boolean wider = LosslessTypes.widens(promised.getDisplayName(), actual);
            add(narrower ? Kind.TYPE_NARROWED : (wider ? Kind.TYPE_WIDENED : Kind.TYPE_CHANGED),
                    column,
                    Optional.of(promised.getDisplayName()),
                    Optional.of(actual),
                    "column %s is promised as %s and the table has %s, %s".formatted(
                            column.name(),
                            promised.getDisplayName(),
                            actual,
                            narrower ? "which is read as promised" : "so the product is out of service"));
        }
        if (!column.nullable() && field.isOptional()) {
            add(Kind.MADE_NULLABLE, column, Optional.of("not nullable"), Optional.of("nullable"), "column " + column.name() + " is promised without NULL, but the table allows NULL");
        }
    }

    private void notPromised(NestedField field)
    {
        differences.add(new TableDifference(
                new SchemaChange(
                        Kind.COLUMN_ADDED,
                        Optional.of(table.name()),
                        ImmutableSet.of(field.name()),
                        table.name() + "." + field.name(),
                        Optional.empty(),
                        Optional.of(readable.name(field.type())),
                        Optional.empty()),
                "the table has a column " + field.name() + " that is not promised, so readers do not see it"));
    }

    private void add(Kind kind, Column column, Optional<String> promised, Optional<String> actual, String message)
    {
        differences.add(new TableDifference(
                new SchemaChange(kind, Optional.of(table.name()), ImmutableSet.of(column.name()), table.name() + "." + column.name(), promised, actual, Optional.of(column.position())),
                message));
    }
}
