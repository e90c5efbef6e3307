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
package org.trinomesh.governance;

import static java.util.Objects.requireNonNull;

/**
 * What one requester may do with one data product, as a value: whoever enforces it asks nothing else.
 */
public sealed interface Decision
{
    Reason reason();

    /**
     * As if the product did not exist, in every answer.
     */
    record Hidden(Reason reason)
            implements Decision
    {
        public Hidden
        {
            requireNonNull(reason, "reason is null");
        }
    }

    /**
     * The requester may know that the product exists, whose it is and how to ask. It is no table.
     */
    record Discoverable(Reason reason)
            implements Decision
    {
        public Discoverable
        {
            requireNonNull(reason, "reason is null");
        }
    }

    /**
     * The requester reads the product. What it sees of columns and rows belongs in here, so that no answer can carry
     * the permission without the restrictions.
     *
     * @param steward whether the requester also sees what only the product's stewards do: metadata tables, hidden columns
     */
    record Readable(boolean steward, Reason reason)
            implements Decision
    {
        public Readable
        {
            requireNonNull(reason, "reason is null");
        }
    }

    default boolean isDiscoverable()
    {
        return !(this instanceof Hidden);
    }

    default boolean isReadable()
    {
        return this instanceof Readable;
    }

    default boolean isSteward()
    {
        return this instanceof Readable(boolean steward, Reason _) && steward;
    }
}
