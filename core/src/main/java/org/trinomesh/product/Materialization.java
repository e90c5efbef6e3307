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
package org.trinomesh.product;

import org.trinomesh.product.PhysicalTable.CatalogTable;

import java.time.Duration;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * Where the rows of a query are stored, and when they are read instead of running the query.
 *
 * @param table the storage table, which a refresh fills
 * @param gracePeriod how long after a refresh its rows are read although a source has changed; zero when they are not
 */
public record Materialization(CatalogTable table, Duration gracePeriod, WhenStale whenStale)
{
    /**
     * What happens when stored rows may not be read.
     */
    public enum WhenStale
    {
        /**
         * The query runs.
         */
        INLINE,
        /**
         * The statement of the reader fails.
         */
        FAIL,
    }

    public Materialization
    {
        requireNonNull(table, "table is null");
        requireNonNull(gracePeriod, "gracePeriod is null");
        checkArgument(!gracePeriod.isNegative(), "gracePeriod is negative: %s", gracePeriod);
        requireNonNull(whenStale, "whenStale is null");
    }
}
