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
package org.trinomesh.lineage;

import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.ProductTable;

import static java.util.Objects.requireNonNull;

/**
 * A table of a data product that a dataset of a tool stands for.
 */
public record PublishedTable(DataProduct product, ProductTable table)
{
    public PublishedTable
    {
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
    }

    boolean hasColumn(String name)
    {
        return table.columns().stream().anyMatch(column -> column.name().equals(name));
    }
}
