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
import org.trinomesh.problem.Located;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A relationship of tables: columns of a product's table refer to rows of another table.
 *
 * @param table the table of the product, by its name without a version
 * @param toTable the other table, when it is of the same product
 * @param toColumns its columns, in the order of those they belong to
 * @param to the other columns as the contract writes them
 */
public record Relationship(String type, String table, List<String> columns, Optional<String> toTable, List<String> toColumns, List<Located<String>> to)
{
    public Relationship
    {
        requireNonNull(type, "type is null");
        requireNonNull(table, "table is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        requireNonNull(toTable, "toTable is null");
        toColumns = ImmutableList.copyOf(requireNonNull(toColumns, "toColumns is null"));
        to = ImmutableList.copyOf(requireNonNull(to, "to is null"));
    }
}
