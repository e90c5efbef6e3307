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

import io.airlift.units.Duration;

/**
 * A storage did not answer in time.
 */
final class StorageTimeoutException
        extends RuntimeException
{
    private final java.time.Duration limit;

    private final boolean busy;

    /**
     * @param busy whether the storage was not even asked, since too many others asked it
     */
    StorageTimeoutException(java.time.Duration limit, boolean busy)
    {
        super((busy ? "Not asked within " : "No answer within ") + text(limit));
        this.limit = limit;
        this.busy = busy;
    }

    boolean isBusy()
    {
        return busy;
    }

    /**
     * The time that it had, as the configuration writes it.
     */
    String limit()
    {
        return text(limit);
    }

    private static String text(java.time.Duration limit)
    {
        return Duration.succinctNanos(limit.toNanos()).toString();
    }
}
