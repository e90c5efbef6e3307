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

import org.trinomesh.product.DataProduct;

import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A node of the lineage: something that data flows from or to.
 *
 * @param product the data product that it is or belongs to; empty for what is outside of the mesh, and for tables, which may
 *         be behind several
 */
public record LineageNode(Kind kind, String name, Optional<DataProduct> product)
{
    public enum Kind
    {
        /**
         * A major version of a data product: {@code sales.customer_360}, {@code sales.customer_360_v1}.
         */
        PRODUCT,
        /**
         * An output port: {@code sales.customer_360:sql-access}.
         */
        PORT,
        /**
         * The Iceberg table behind a port, in the words of its storage. For the stewards of its product alone.
         */
        TABLE,
        /**
         * A system that a descriptor names and that is no data product: {@code salesforce}.
         */
        SOURCE,
        /**
         * A dataset that tools read or wrote and that belongs to no data product. Only for stewards, because it may be a
         * location.
         */
        DATASET;

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public LineageNode
    {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(product, "product is null");
    }
}
