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
package org.trinomesh.product;

import static java.util.Objects.requireNonNull;

/**
 * A name that SQL can select from, and what it means.
 *
 * @param schema the domain
 * @param name the table name as addressed: {@code customer_360}, {@code customer_360_v1}, an alias
 * @param listed whether listings show the name. A pinned major of a product that has only one, and aliases, can be
 *         addressed and are not listed, so that nothing appears twice.
 */
public record MeshTable(String schema, String name, DataProduct product, ProductTable table, boolean listed)
{
    public MeshTable
    {
        requireNonNull(schema, "schema is null");
        requireNonNull(name, "name is null");
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
    }

    /**
     * The identity of the table, which does not depend on its name.
     */
    public TableId id()
    {
        return TableId.of(product, table);
    }
}
