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

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The identity of one table of a data product, whichever of its SQL names a query uses.
 *
 * @param name the SQL name of the table without a version, {@code customer_360__orders}
 */
public record TableId(ProductId product, String name)
{
    public TableId
    {
        requireNonNull(product, "product is null");
        requireNonNull(name, "name is null");
        checkArgument(!name.isEmpty(), "name is empty");
    }

    public static TableId of(DataProduct product, ProductTable table)
    {
        return new TableId(product.id(), table.name());
    }
}
