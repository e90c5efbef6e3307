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
import org.trinomesh.governance.ColumnAccess;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;

import java.util.Map;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * How much a requester may be told about the data of a product as a whole: counts, bounds and shares are made of all rows, and
 * so tell of those that are kept from it.
 *
 * @param reads whether it reads the product, or is a steward of it
 * @param tables what it sees of each table, or would see if it might read it
 */
public record Insight(boolean reads, Map<String, TableAccess> tables)
{
    public Insight
    {
        tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
    }

    /**
     * @param product one that the requester may discover
     */
    public static Insight of(GovernedMesh mesh, DataProduct product)
    {
        return new Insight(
                mesh.decide(product).isReadable() || mesh.isStewardOf(product),
                product.tables().stream().collect(toImmutableMap(
                        ProductTable::name,
                        table -> mesh.columns(product, table))));
    }

    /**
     * Whether no row of any table is kept from the requester, so that it could count them itself.
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

    public boolean seesAllColumns()
    {
        return tables.values().stream().flatMap(access -> access.columns().values().stream()).allMatch(ColumnAccess.Clear.class::isInstance);
    }

    /**
     * Whether a column of this name is hidden in some table, so that it must not be named.
     */
    public boolean isHidden(String column)
    {
        return tables.values().stream().anyMatch(access -> access.column(column).filter(ColumnAccess.Hidden.class::isInstance).isPresent());
    }
}
