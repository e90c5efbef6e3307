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
package org.trinomesh.measure;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;

import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * The combined metrics of data files, of a manifest or of a table.
 *
 * @param columns by Iceberg field id; a missing column has no metrics in any file
 */
record FilesSummary(long rows, int files, Map<Integer, ColumnSummary> columns)
{
    static final FilesSummary NOTHING = new FilesSummary(0, 0, ImmutableMap.of());

    FilesSummary
    {
        columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
    }

    ColumnSummary column(int fieldId)
    {
        ColumnSummary known = columns.get(fieldId);
        return known == null ? ColumnSummary.silent(rows, files) : known;
    }

    FilesSummary plus(FilesSummary other)
    {
        Set<Integer> all = Sets.union(columns.keySet(), other.columns.keySet());
        return new FilesSummary(
                rows + other.rows,
                files + other.files,
                all.stream().collect(toImmutableMap(identity(), fieldId -> column(fieldId).plus(other.column(fieldId)))));
    }
}
