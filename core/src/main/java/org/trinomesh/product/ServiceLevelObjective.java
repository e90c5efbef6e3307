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

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A promise about the data: {@code freshness}, target {@code 4h}, measured by {@code last_updated_timestamp}.
 *
 * @param target as it is written
 * @param value what the target means; empty when it cannot be read, or is of a kind that nobody measures
 * @param unit what a plain number counts, where that is written beside it
 * @param measurement how the product's team says that it is measured, as it is written
 * @param basis what the promise is measured by
 */
public record ServiceLevelObjective(
        String name,
        ObjectiveKind kind,
        String target,
        Optional<ObjectiveTarget> value,
        Optional<String> unit,
        Optional<String> measurement,
        Basis basis,
        Optional<String> description)
{
    public ServiceLevelObjective
    {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(target, "target is null");
        requireNonNull(value, "value is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(measurement, "measurement is null");
        requireNonNull(basis, "basis is null");
        requireNonNull(description, "description is null");
    }

    /**
     * What a promise is measured by.
     */
    public sealed interface Basis
    {
        /**
         * What is usual for the kind: commits for times, required columns for completeness.
         */
        record Usual()
                implements Basis {}

        /**
         * @param columns those it is about
         */
        record Columns(List<ColumnReference> columns)
                implements Basis
        {
            public Columns
            {
                columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
            }
        }

        /**
         * @param property the property that the pipeline writes into the summary of its commits
         */
        record Heartbeat(String property)
                implements Basis
        {
            public Heartbeat
            {
                requireNonNull(property, "property is null");
            }
        }
    }

    /**
     * @param table the SQL name of the product's table without a version; empty for whichever has the column
     * @param column the SQL name
     */
    public record ColumnReference(Optional<String> table, String column)
    {
        public ColumnReference
        {
            requireNonNull(table, "table is null");
            requireNonNull(column, "column is null");
        }

        public boolean isOf(ProductTable candidate)
        {
            return table.isEmpty() || table.get().equals(candidate.name());
        }

        @Override
        public String toString()
        {
            return table.map(name -> name + "." + column).orElse(column);
        }
    }
}
