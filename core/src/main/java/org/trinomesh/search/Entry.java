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
package org.trinomesh.search;

import org.trinomesh.product.MeshTable;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What one document of the index is about: a product, or one column of a product's table.
 *
 * @param product its number in the index
 */
record Entry(int product, Optional<IndexedColumn> column)
{
    Entry
    {
        requireNonNull(column, "column is null");
    }

    record IndexedColumn(MeshTable table, String name)
    {
        IndexedColumn
        {
            requireNonNull(table, "table is null");
            requireNonNull(name, "name is null");
        }
    }
}
