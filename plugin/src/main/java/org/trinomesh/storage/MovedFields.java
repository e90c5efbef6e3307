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
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.ProductTable;
import org.trinomesh.storage.ColumnBinding.MovedField;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.storage.ColumnBinder.physicalName;

/**
 * Finds names, of a column or of fields inside it, that now mean another field of the table than before. A field id in the
 * descriptor decides which field is meant.
 */
record MovedFields(Column column, NestedField field, KnownFields known, SchemaHistory history)
{
    MovedFields
    {
        requireNonNull(column, "column is null");
        requireNonNull(field, "field is null");
        requireNonNull(known, "known is null");
        requireNonNull(history, "history is null");
    }

    /**
     * @param governed the columns for which it matters what they meant before somebody bound them
     */
    List<MovedField> find(ProductTable table, Set<String> governed)
    {
        ImmutableList.Builder<MovedField> moved = ImmutableList.builder();
        if (column.fieldId().isEmpty() && known.column(physicalName(column)).isEmpty()) {
            otherMeaning(table, governed).ifPresent(before -> moved.add(new MovedField(column, column.name(), before, field.fieldId())));
        }
        Map<String, Integer> declared = FieldPaths.declared(column.type(), column.fields());
        Map<String, Integer> before = new HashMap<>(governed.contains(column.name()) ? history.otherMeanings(field) : Map.of());
        before.putAll(known.fieldsOf(field.fieldId()));
        before.putAll(declared);
        FieldPaths.of(field).forEach((path, now) -> {
            int expected = before.getOrDefault(path, now);
            if (expected != now) {
                moved.add(new MovedField(column, column.name() + "." + path, expected, now));
            }
        });
        return moved.build();
    }

    private OptionalInt otherMeaning(ProductTable table, Set<String> governed)
    {
        if (governed.contains(column.name())) {
            OptionalInt other = history.otherMeaning(physicalName(column), field.fieldId());
            if (other.isPresent()) {
                return other;
            }
        }
        // A field that had the name of a governed column must not come back under another name
        Set<String> names = history.names(field.fieldId());
        boolean wasGoverned = names.size() > 1 && table.columns().stream()
                .anyMatch(other -> governed.contains(other.name()) && !other.name().equals(column.name()) && names.contains(physicalName(other).toLowerCase(ENGLISH)));
        return wasGoverned ? history.otherMeaning(physicalName(column), field.fieldId()) : OptionalInt.empty();
    }

    static Problem problem(MovedField moved)
    {
        return Problem.error(
                moved.column().position(),
                "%s %s is promised and was field id %s before, but is field id %s in the table now".formatted(
                        moved.path().equals(moved.column().name()) ? "column" : "field",
                        moved.path(),
                        moved.before(),
                        moved.now()),
                "restore it in the table, or write fieldId: %s at %s if the new field is intended".formatted(moved.now(), moved.path()));
    }
}
