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

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.function.Predicate;

/**
 * What a search may find for one requester.
 */
public interface SearchAudience
{
    /**
     * An object that is the same for all requesters who may find the same, to be used as the key of a cache.
     */
    Object key();

    boolean isDiscoverable(DataProduct product);

    /**
     * Which columns of a table, by name, must not be found.
     */
    Predicate<String> hiddenColumns(MeshTable table);
}
