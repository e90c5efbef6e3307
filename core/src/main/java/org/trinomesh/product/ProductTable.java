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
import com.google.common.collect.ImmutableSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * One table of a data product: the promised columns and the Iceberg table they are read from.
 *
 * @param name the SQL name without a version: {@code customer_360}, or {@code customer_360__orders} beside it
 * @param folders where all files of the table have to lie, whatever its metadata says; empty where its catalog service says that
 */
public record ProductTable(String name, boolean main, TableSource source, Set<String> folders, List<Column> columns, Optional<String> description)
{
    public ProductTable
    {
        requireNonNull(name, "name is null");
        requireNonNull(source, "source is null");
        folders = ImmutableSet.copyOf(requireNonNull(folders, "folders is null"));
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        checkArgument(!columns.isEmpty(), "columns is empty");
        requireNonNull(description, "description is null");
    }

    /**
     * The table of a storage: the one that the product publishes, or the one that stores the rows of its query.
     */
    public Optional<PhysicalTable> physical()
    {
        return switch (source) {
            case PhysicalTable table -> Optional.of(table);
            case SqlQuery query -> query.materialized().map(Materialization::table);
        };
    }

    /**
     * The query that computes it.
     */
    public Optional<SqlQuery> query()
    {
        return source instanceof SqlQuery query ? Optional.of(query) : Optional.empty();
    }

    /**
     * The columns whose type the Iceberg table decides, in parts or as a whole.
     */
    public Set<String> openColumns()
    {
        return columns.stream()
                .filter(column -> column.type().isOpen())
                .map(Column::name)
                .collect(toImmutableSet());
    }
}
