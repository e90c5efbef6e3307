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
package org.trinomesh.query;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.query.ColumnOrigin.SourceColumn;

import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * That a query compares columns of its sources with each other: as keys of a join, with a subquery, or in any other condition. The engine
 * may filter one side by the values of the other while the query runs.
 *
 * @param columns all columns that the two sides are computed from
 * @param equal whether it compares one column with one other, unchanged, so that both have the same values in all rows that match
 */
public record Comparison(Set<SourceColumn> columns, boolean equal)
{
    public Comparison
    {
        columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
        checkArgument(!columns.isEmpty(), "columns is empty");
    }
}
