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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.product.Requester;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How one requester sees one table of a product.
 *
 * @param columns every promised column, in the order of the promise
 * @param rows empty when all rows are seen
 */
public record TableAccess(Map<String, ColumnAccess> columns, Optional<RowAccess> rows)
{
    public TableAccess
    {
        columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
        requireNonNull(rows, "rows is null");
    }

    /**
     * Nothing for a column that was not promised, which nobody sees.
     */
    public Optional<ColumnAccess> column(String name)
    {
        return Optional.ofNullable(columns.get(name));
    }

    public boolean isHidden(String name)
    {
        return column(name).filter(access -> !(access instanceof ColumnAccess.Hidden)).isEmpty();
    }

    /**
     * Whether anything of the table is kept from the requester.
     */
    public boolean isRestricted()
    {
        return rows.isPresent() || columns.values().stream().anyMatch(access -> !(access instanceof ColumnAccess.Clear));
    }

    /**
     * The same with fewer rows.
     */
    public TableAccess and(RowAccess more)
    {
        return new TableAccess(columns, Optional.of(rows.map(own -> own.and(more)).orElse(more)));
    }

    public TableAccess of(Requester requester)
    {
        return rows.filter(access -> access.filter().isPersonal()).isEmpty() ? this : new TableAccess(columns, rows.map(access -> access.of(requester)));
    }
}
