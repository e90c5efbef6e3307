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
package org.trinomesh.policy;

import org.trinomesh.mask.Mask;

import static java.util.Objects.requireNonNull;

/**
 * How one requester sees one column.
 */
public sealed interface ColumnAccess
{
    record Clear()
            implements ColumnAccess
    {
        @Override
        public String toString()
        {
            return "clear";
        }
    }

    /**
     * @param reason the rule that masks
     */
    record Masked(Mask mask, Reason reason)
            implements ColumnAccess
    {
        public Masked
        {
            requireNonNull(mask, "mask is null");
            requireNonNull(reason, "reason is null");
        }

        @Override
        public String toString()
        {
            return mask.toString();
        }
    }

    /**
     * Not listed, not in {@code SELECT *}, and cannot be named.
     *
     * @param reason the rule that hides
     */
    record Hidden(Reason reason)
            implements ColumnAccess
    {
        public Hidden
        {
            requireNonNull(reason, "reason is null");
        }

        @Override
        public String toString()
        {
            return "hidden";
        }
    }
}
