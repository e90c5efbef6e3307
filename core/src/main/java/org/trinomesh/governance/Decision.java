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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.TableAccess;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What one requester may do with one data product, as a value. It holds everything that enforcing it needs.
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
     * The requester may know that the product exists, who owns it and how to ask for it. For the requester it is not a
     * table.
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
     * The requester reads the product. What it sees of columns and rows is in here, so that no answer can carry the permission
     * without the restrictions.
     *
     * @param stewards whether rules make the requester a steward of the product
     * @param share whether the requester may hand on what it sees, by views that run as their owner
     * @param tables by table name
     */
    record Readable(boolean stewards, boolean share, Map<String, TableAccess> tables, Reason reason)
            implements Decision
    {
        public Readable
        {
            tables = ImmutableMap.copyOf(requireNonNull(tables, "tables is null"));
            requireNonNull(reason, "reason is null");
        }

        /**
         * Whether any part of the product is hidden from the requester.
         */
        public boolean isRestricted()
        {
            return tables.values().stream().anyMatch(TableAccess::isRestricted);
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

    /**
     * Whether the requester also sees what the contract does not promise: metadata tables, hidden columns, branches. A steward
     * from whom a rule hides something does not.
     */
    default boolean isUnrestrictedSteward()
    {
        return this instanceof Readable readable && readable.stewards() && !readable.isRestricted();
    }
}
