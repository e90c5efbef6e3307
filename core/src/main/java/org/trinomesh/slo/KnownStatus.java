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
package org.trinomesh.slo;

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;

import java.util.List;
import java.util.Optional;

/**
 * The last known status of a product; reading it measures nothing. Not everybody who may know of the product may see it: callers
 * decide.
 */
public interface KnownStatus
{
    KnownStatus NONE = new KnownStatus()
    {
        @Override
        public Optional<List<Measurement>> measurements(DataProduct product)
        {
            return Optional.empty();
        }

        @Override
        public ServiceStatus service(DataProduct product, ProductTable table)
        {
            return ServiceStatus.UNKNOWN;
        }
    };

    /**
     * One for each objective of this version of the product; empty while it was not measured.
     */
    Optional<List<Measurement>> measurements(DataProduct product);

    /**
     * Whether the table could be served when it was last opened.
     */
    ServiceStatus service(DataProduct product, ProductTable table);
}
