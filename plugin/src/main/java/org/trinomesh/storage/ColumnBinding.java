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
import org.apache.iceberg.types.Type;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;

import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The binding of the promised columns of a table to the Iceberg columns behind them.
 *
 * @param fieldIds SQL column name to Iceberg field id, in the order of the contract
 * @param widened the type to read a field with, where the table's is narrower than promised or has other names inside
 * @param moved names that mean other fields than before; the table is not served then
 * @param problems where table and promise differ; with an error among them the table is not served
 */
record ColumnBinding(Map<String, Integer> fieldIds, Map<Integer, Type> widened, List<MovedField> moved, List<Problem> problems)
{
    ColumnBinding
    {
        fieldIds = ImmutableMap.copyOf(requireNonNull(fieldIds, "fieldIds is null"));
        widened = ImmutableMap.copyOf(requireNonNull(widened, "widened is null"));
        moved = ImmutableList.copyOf(requireNonNull(moved, "moved is null"));
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    /**
     * A name that means another field of the table than before.
     *
     * @param path {@code address.city}
     */
    record MovedField(Column column, String path, int before, int now)
    {
        MovedField
        {
            requireNonNull(column, "column is null");
            requireNonNull(path, "path is null");
        }
    }

    ColumnBinding with(List<Problem> more)
    {
        return new ColumnBinding(fieldIds, widened, moved, ImmutableList.<Problem>builder().addAll(problems).addAll(more).build());
    }

    boolean isServable()
    {
        return problems.stream().noneMatch(Problem::isError);
    }
}
