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
package org.trinomesh.governance;

import org.trinomesh.filter.RowFilter;
import org.trinomesh.mask.MaskTypes;
import org.trinomesh.policy.FieldKnowledge;
import org.trinomesh.policy.KnownTable;
import org.trinomesh.product.Column;
import org.trinomesh.product.ProductTable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

/**
 * Checks whether a row filter can be applied to a table.
 */
final class RowFilterFit
{
    private RowFilterFit() {}

    static List<String> refusals(RowFilter filter, ProductTable table)
    {
        return filter.comparisons().stream()
                .flatMap(comparison -> refusal(comparison, table))
                .collect(toImmutableList());
    }

    /**
     * Finds names in the filter that mean another column of the physical table than in other products of the table. A filter of the
     * whole mesh means the column of the others: an author could promise any column under that name.
     */
    static List<String> otherMeanings(RowFilter filter, ProductTable table, KnownTable known)
    {
        return table.columns().stream()
                .filter(column -> filter.comparisons().stream().anyMatch(comparison -> comparison.column().equals(column.name())))
                .filter(column -> !known.isOnlyMeaning(column.name(), FieldKnowledge.physicalName(column)))
                .map(column -> "its column '%s' is not the field that has this name in other data products of the table".formatted(column.name()))
                .collect(toImmutableList());
    }

    private static Stream<String> refusal(RowFilter.Comparison comparison, ProductTable table)
    {
        Optional<Column> column = table.columns().stream().filter(candidate -> candidate.name().equals(comparison.column())).findFirst();
        if (column.isEmpty()) {
            return Stream.of("it has no column '%s', but %s".formatted(comparison.column(), table.columns().stream().map(Column::name).collect(joining(", "))));
        }
        if (column.get().type().isOpen()) {
            // The reader applies filters to values of a type that is known before the table is read; with other types, counters would reveal hidden
            // rows
            return Stream.of("its contract does not say which type its column '%s' has; give the column a physicalType with its precision".formatted(comparison.column()));
        }
        return MaskTypes.filterRefusal(comparison, column.get().type()).stream();
    }
}
