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
package org.trinomesh.measure;

import io.airlift.log.Logger;
import io.trino.spi.classloader.ThreadContextClassLoader;

import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Asks storages about many data products or tables at a time: some of each storage at once, each for a limited time, so that
 * neither a slow table nor a slow storage holds up the others. What fails, or is not there in time, has another answer.
 */
public final class StorageLanes
{
    private static final Logger log = Logger.get(StorageLanes.class);
    private static final int PARALLEL = 8;
    private static final int TIMEOUTS_BEFORE_GIVING_UP = 4;

    private final Duration timeout;

    /**
     * @param timeout how long the answer about one of them may take
     */
    public StorageLanes(Duration timeout)
    {
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /**
     * The time for each, as people write it.
     */
    public String limit()
    {
        return Quantity.time(Quantity.millis(timeout));
    }

    /**
     * @param storage where each lies
     * @param otherwise what is said of those without an answer
     * @return by the very objects that were given: to compare whole products would take longer than to ask about them
     */
    public <K, T> Map<K, T> forEach(Collection<K> wanted, Function<K, String> storage, Function<K, T> ask, Function<K, T> otherwise)
    {
        ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
        ExecutorService executor = newVirtualThreadPerTaskExecutor();
        try {
            Map<K, Future<T>> running = new IdentityHashMap<>();
            for (K key : wanted) {
                Lane lane = lanes.computeIfAbsent(storage.apply(key), _ -> new Lane());
                running.put(key, executor.submit(() -> lane.run(executor, () -> ask.apply(key), () -> otherwise.apply(key), timeout)));
            }
            Map<K, T> results = new IdentityHashMap<>();
            running.forEach((key, future) -> results.put(key, result(key, storage, future, otherwise)));
            return results;
        }
        finally {
            // Not close(), which would wait for those that are too slow
            executor.shutdownNow();
        }
    }

    private static <K, T> T result(K key, Function<K, String> storage, Future<T> future, Function<K, T> otherwise)
    {
        try {
            return future.get();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking storages", e);
        }
        catch (ExecutionException e) {
            log.warn(e, "Storage '%s' could not be asked", storage.apply(key));
            return otherwise.apply(key);
        }
    }

    /**
     * What lies in one storage, some at a time. A storage in which one after the other takes too long is given up.
     */
    private static final class Lane
    {
        private final Semaphore permits = new Semaphore(PARALLEL);
        private final AtomicInteger timeouts = new AtomicInteger();

        <T> T run(ExecutorService executor, Callable<T> ask, Supplier<T> otherwise, Duration timeout)
                throws InterruptedException, ExecutionException
        {
            permits.acquire();
            try {
                if (timeouts.get() >= TIMEOUTS_BEFORE_GIVING_UP) {
                    return otherwise.get();
                }
                Future<T> result = executor.submit(() -> {
                    try (ThreadContextClassLoader _ = new ThreadContextClassLoader(StorageLanes.class.getClassLoader())) {
                        return ask.call();
                    }
                });
                try {
                    return result.get(timeout.toMillis(), MILLISECONDS);
                }
                catch (TimeoutException _) {
                    result.cancel(true);
                    timeouts.incrementAndGet();
                    return otherwise.get();
                }
            }
            finally {
                permits.release();
            }
        }
    }
}
