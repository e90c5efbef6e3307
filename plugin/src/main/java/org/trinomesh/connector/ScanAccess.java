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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What a scan of one table may reveal besides its rows: through statistics, through skipped parts and through the amount of
 * data that is read.
 *
 * @param restricted whether anything is kept from the reader
 * @param clear the columns whose values the reader sees as they are
 * @param filter the row filter, when not all rows are seen
 * @param pushdown what the platform lets conditions decide
 */
record ScanAccess(boolean restricted, Set<String> clear, Optional<RowFilter> filter, RestrictedPushdown pushdown)
{
    /**
     * The access to a table of which the requester sees nothing.
     */
    static final ScanAccess NOTHING = new ScanAccess(true, ImmutableSet.of(), Optional.empty(), RestrictedPushdown.SAFE);

    private static final ScanAccess EVERYTHING = new ScanAccess(false, ImmutableSet.of(), Optional.empty(), RestrictedPushdown.ALL);

    ScanAccess
    {
        clear = ImmutableSet.copyOf(requireNonNull(clear, "clear is null"));
        requireNonNull(filter, "filter is null");
        requireNonNull(pushdown, "pushdown is null");
    }

    static ScanAccess of(TableAccess access, RestrictedPushdown pushdown)
    {
        if (!access.isRestricted()) {
            return EVERYTHING;
        }
        return new ScanAccess(
                true,
                access.columns().entrySet().stream()
                        .filter(column -> column.getValue() instanceof ColumnAccess.Clear)
                        .map(Map.Entry::getKey)
                        .collect(toImmutableSet()),
                access.rows().map(RowAccess::filter),
                pushdown);
    }

    /**
     * Whether rows are kept from the reader.
     */
    boolean someRows()
    {
        return filter.isPresent();
    }

    boolean limitsPushdown()
    {
        return restricted && pushdown == RestrictedPushdown.SAFE;
    }

    /**
     * Whether values that are only known while the query runs may skip parts of the table.
     */
    boolean allowsDynamicFilters()
    {
        return !(someRows() && limitsPushdown());
    }

    /**
     * Whether a condition on the column may decide what is read.
     *
     * @param column empty for what is no promised column
     * @param partitions whether all rows of a file have one value of it
     */
    boolean mayNarrow(Optional<String> column, boolean partitions)
    {
        if (!limitsPushdown()) {
            return true;
        }
        if (column.isEmpty()) {
            return false;
        }
        return partitions ? clear.contains(column.get()) || isFiltered(column.get()) : clear.contains(column.get()) && !someRows();
    }

    /**
     * Whether the row filter is about the column. This alone does not allow a condition of the reader to limit what is read: together
     * with the values of hidden rows, it would reveal them.
     */
    boolean isFiltered(String column)
    {
        return filter.stream().flatMap(rows -> rows.comparisons().stream()).anyMatch(comparison -> comparison.column().equals(column));
    }
}
