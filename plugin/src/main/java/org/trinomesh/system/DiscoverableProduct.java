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
package org.trinomesh.system;

import io.trino.spi.TrinoException;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.DataProduct;

import static io.trino.spi.StandardErrorCode.INVALID_FUNCTION_ARGUMENT;

/**
 * Finds the data product that somebody names as the argument of a function.
 */
final class DiscoverableProduct
{
    private DiscoverableProduct() {}

    /**
     * @param product with a major version or without
     * @throws TrinoException with the same words for a product that does not exist and for one that is hidden
     */
    static DataProduct find(GovernedMesh mesh, String domain, String product)
    {
        return mesh.find(domain + "." + product)
                .orElseThrow(() -> new TrinoException(
                        INVALID_FUNCTION_ARGUMENT,
                        "There is no data product '%s.%s'; mesh.system.data_products has those that you may discover".formatted(domain, product)));
    }
}
