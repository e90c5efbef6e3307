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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.TableAccess;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What a requester may be told about the data of a product as a whole. Counts, bounds and shares are computed from all rows,
 * so they reveal something about hidden rows.
 *
 * @param closeness what the requester is to the product
 * @param tables what it sees of each table, or would see if it might read it
 */
public record ProductAccess(Set<Closeness> closeness, Map<String, TableAccess> tables)
{
    public ProductAccess
    {
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
        tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
    }

    /**
     * Whether the requester may see measured values of the product at all: stewards may, even while nobody can read the
     * product.
     */
    public boolean reads()
    {
        return closeness.contains(Closeness.READER) || closeness.contains(Closeness.STEWARD);
    }

    /**
     * Whether the requester sees every row of every table, and so could count the rows itself.
     */
    public boolean seesAllRows()
    {
        return tables.values().stream().allMatch(access -> access.rows().isEmpty());
    }

    /**
     * Whether the requester sees the values of a column as they are.
     */
    public boolean isClear(String table, String column)
    {
        return tables.containsKey(table) && tables.get(table).column(column).filter(ColumnAccess.Clear.class::isInstance).isPresent();
    }

    /**
     * Whether the requester sees the values of every column as they are.
     */
    public boolean readsAllColumns()
    {
        return columns().allMatch(ColumnAccess.Clear.class::isInstance);
    }

    /**
     * Whether no column is hidden from the requester, so that a text which names them all can be told.
     */
    public boolean knowsAllColumns()
    {
        return columns().noneMatch(ColumnAccess.Hidden.class::isInstance);
    }

    /**
     * Whether a column of this name is hidden in some table, so that it must not be named.
     */
    public boolean isHidden(String column)
    {
        return tables.values().stream().anyMatch(access -> access.column(column).filter(ColumnAccess.Hidden.class::isInstance).isPresent());
    }

    private Stream<ColumnAccess> columns()
    {
        return tables.values().stream().flatMap(access -> access.columns().values().stream());
    }
}
