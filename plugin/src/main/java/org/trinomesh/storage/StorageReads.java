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

import org.trinomesh.storage.StorageThreads.BusyException;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import static com.google.common.base.Throwables.throwIfUnchecked;

/**
 * Asks a storage about one table within a time limit.
 */
public interface StorageReads
{
    /**
     * For callers that limit the time themselves.
     */
    StorageReads UNLIMITED = new StorageReads()
    {
        @Override
        public <T> T read(String storage, Supplier<T> question)
        {
            return question.get();
        }
    };

    /**
     * @throws StorageTimeoutException when the storage does not answer in time
     */
    <T> T read(String storage, Supplier<T> question);

    /**
     * @param most how many may ask a storage at a time
     */
    static StorageReads within(Duration limit, int most)
    {
        StorageThreads threads = new StorageThreads(most);
        return new StorageReads()
        {
            @Override
            public <T> T read(String storage, Supplier<T> question)
            {
                try {
                    return threads.ask(storage, limit, question::get);
                }
                catch (TimeoutException e) {
                    throw new StorageTimeoutException(limit, e instanceof BusyException);
                }
                catch (ExecutionException e) {
                    throwIfUnchecked(e.getCause());
                    throw new IllegalStateException(e.getCause());
                }
                catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Interrupted while asking storage '" + storage + "'", e);
                }
            }
        };
    }
}
