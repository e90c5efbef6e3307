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

import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * The combined metrics of data files about one of their columns.
 *
 * @param nulls how many are null, in the files that say so
 * @param uncountedRows rows of files that do not say how many are null
 * @param lowest the lowest value in microseconds, for dates and timestamps
 * @param highest likewise; of a date its first microsecond
 * @param unboundedFiles files that have values and do not say between what
 */
record ColumnSummary(long nulls, long uncountedRows, OptionalLong lowest, OptionalLong highest, int unboundedFiles)
{
    static final ColumnSummary NOTHING = new ColumnSummary(0, 0, OptionalLong.empty(), OptionalLong.empty(), 0);

    ColumnSummary
    {
        requireNonNull(lowest, "lowest is null");
        requireNonNull(highest, "highest is null");
    }

    /**
     * The summary of files that do not have the column, or have no metrics of it.
     */
    static ColumnSummary silent(long rows, int files)
    {
        return new ColumnSummary(0, rows, OptionalLong.empty(), OptionalLong.empty(), files);
    }

    ColumnSummary plus(ColumnSummary other)
    {
        return new ColumnSummary(
                nulls + other.nulls,
                uncountedRows + other.uncountedRows,
                lowest.isPresent() && other.lowest.isPresent() ? OptionalLong.of(Math.min(lowest.getAsLong(), other.lowest.getAsLong())) : or(lowest, other.lowest),
                highest.isPresent() && other.highest.isPresent() ? OptionalLong.of(Math.max(highest.getAsLong(), other.highest.getAsLong())) : or(highest, other.highest),
                unboundedFiles + other.unboundedFiles);
    }

    private static OptionalLong or(OptionalLong first, OptionalLong second)
    {
        return first.isPresent() ? first : second;
    }
}
