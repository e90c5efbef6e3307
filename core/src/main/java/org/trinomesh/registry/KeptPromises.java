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
package org.trinomesh.registry;

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductTable;

/**
 * Knows whether the tables behind data products ever had what a version promised. A version that was never served correctly is not
 * a promise to its consumers.
 */
public interface KeptPromises
{
    /**
     * Without that knowledge, every written version is a promise.
     */
    KeptPromises UNKNOWN = (_, _) -> false;

    /**
     * Whether the table was read, and did not once have what this version promises of it.
     */
    boolean neverKept(DataProduct product, ProductTable table);
}
