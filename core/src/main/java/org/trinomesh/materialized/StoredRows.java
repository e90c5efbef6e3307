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
package org.trinomesh.materialized;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Whether the rows that were stored for a query are read now.
 */
public sealed interface StoredRows
{
    /**
     * @param refreshed the start of the refresh that stored them
     * @param fresh whether the query would compute the same rows; otherwise they may be older than their sources
     */
    record Served(Instant refreshed, boolean fresh)
            implements StoredRows
    {
        public Served
        {
            requireNonNull(refreshed, "refreshed is null");
        }
    }

    /**
     * @param refreshed the start of the refresh that stored them, if one did
     * @param why in words that everybody may read who reads the product, without a source
     */
    record Stale(Optional<Instant> refreshed, String why)
            implements StoredRows
    {
        public Stale
        {
            requireNonNull(refreshed, "refreshed is null");
            requireNonNull(why, "why is null");
        }
    }

    static Stale neverStored()
    {
        return new Stale(Optional.empty(), "no refresh has stored them");
    }

    /**
     * @param record of the rows that are stored; empty when no refresh stored them
     * @param definition that of today
     * @param change why the query may compute other rows now, empty when it computes the same. Asked for only when it decides.
     */
    static StoredRows of(Optional<RefreshRecord> record, String definition, Duration gracePeriod, Instant now, Supplier<Optional<String>> change)
    {
        if (record.isEmpty()) {
            return neverStored();
        }
        if (!record.get().definition().equals(definition)) {
            // Also when the domain has other rights: the rows show what it was allowed to see then
            return new Stale(Optional.of(record.get().start()), "the product, or what its domain may read, has changed since they were stored");
        }
        Instant start = record.get().start();
        if (gracePeriod.isPositive() && now.isBefore(start.plus(gracePeriod))) {
            return new Served(start, false);
        }
        return change.get()
                .<StoredRows>map(why -> new Stale(Optional.of(start), "%s since they were stored at %s".formatted(why, start)))
                .orElseGet(() -> new Served(start, true));
    }
}
