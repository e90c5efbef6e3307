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
package org.trinomesh.storage;

import org.trinomesh.product.MeshTable;

import java.util.Optional;

/**
 * An observer that is notified each time a table of a data product was opened, and whether it could be served.
 */
public interface LoadObserver
{
    LoadObserver NONE = (_, _) -> {};

    /**
     * @param refusal why the table is not served; empty when it is
     */
    void observed(MeshTable table, Optional<TableRefusedException> refusal);

    default LoadObserver and(LoadObserver other)
    {
        return (table, refusal) -> {
            observed(table, refusal);
            other.observed(table, refusal);
        };
    }
}
