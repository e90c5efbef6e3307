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

import io.opentelemetry.context.Context;
import io.trino.spi.classloader.ThreadContextClassLoader;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import static com.google.common.base.Preconditions.checkArgument;
import static io.airlift.concurrent.Threads.daemonThreadsNamed;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newCachedThreadPool;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * Asks storages on threads of their own, so that a waiting caller can stop waiting: drivers and file systems may block forever
 * and ignore an interrupt. Platform threads, since a driver that blocks in native code or in a lock would hold up virtual
 * threads that have nothing to do with it. How many there are is limited for each storage, also those that nobody waits for any
 * longer, so that a storage that hangs costs no more than these.
 */
public final class StorageThreads
{
    private static final ExecutorService EXECUTOR = newCachedThreadPool(daemonThreadsNamed("mesh-storage-%s"));

    private final int most;
    private final ConcurrentMap<String, Semaphore> free = new ConcurrentHashMap<>();

    /**
     * @param most how many may ask a storage at a time
     */
    public StorageThreads(int most)
    {
        checkArgument(most > 0, "most is not positive: %s", most);
        this.most = most;
    }

    /**
     * Asks and waits.
     *
     * @param limit how long to wait, also for a thread
     * @throws ExecutionException with what was thrown as its cause
     * @throws TimeoutException when there is no answer in time
     * @throws BusyException when the storage could not even be asked in time
     */
    public <T> T ask(String storage, Duration limit, Callable<T> question)
            throws ExecutionException, TimeoutException, InterruptedException
    {
        long last = System.nanoTime() + limit.toNanos();
        Semaphore threads = threads(storage);
        if (!threads.tryAcquire(limit.toNanos(), NANOSECONDS)) {
            throw new BusyException();
        }
        Question<T> asked = start(threads, question, _ -> {});
        try {
            return asked.get(last - System.nanoTime(), NANOSECONDS);
        }
        finally {
            asked.abandon();
        }
    }

    /**
     * Asks without waiting.
     *
     * @param answered called on another thread when there is an answer or a failure
     * @return nothing when as many ask the storage already as may
     */
    public <T> Optional<Question<T>> tryAsk(String storage, Callable<T> question, Consumer<Question<T>> answered)
    {
        Semaphore threads = threads(storage);
        return threads.tryAcquire() ? Optional.of(start(threads, question, answered)) : Optional.empty();
    }

    private Semaphore threads(String storage)
    {
        return free.computeIfAbsent(storage, _ -> new Semaphore(most));
    }

    private static <T> Question<T> start(Semaphore threads, Callable<T> question, Consumer<Question<T>> answered)
    {
        Question<T> task = new Question<>(threads, Context.current().wrap(question), answered);
        EXECUTOR.execute(task);
        return task;
    }

    /**
     * All threads of the storage were taken by others.
     */
    public static final class BusyException
            extends TimeoutException {}

    /**
     * What a storage is asked. The thread is taken until the storage lets go of it.
     */
    public static final class Question<T>
            extends FutureTask<T>
    {
        private final Semaphore threads;
        private final AtomicBoolean begun;
        private final Consumer<Question<T>> answered;

        private Question(Semaphore threads, Callable<T> question, Consumer<Question<T>> answered)
        {
            this(threads, question, answered, new AtomicBoolean());
        }

        private Question(Semaphore threads, Callable<T> question, Consumer<Question<T>> answered, AtomicBoolean begun)
        {
            super(() -> {
                if (begun.getAndSet(true)) {
                    throw new CancellationException();
                }
                try (ThreadContextClassLoader _ = new ThreadContextClassLoader(StorageThreads.class.getClassLoader())) {
                    return question.call();
                }
                finally {
                    threads.release();
                }
            });
            this.threads = requireNonNull(threads, "threads is null");
            this.begun = begun;
            this.answered = requireNonNull(answered, "answered is null");
        }

        @Override
        protected void done()
        {
            if (!isCancelled()) {
                answered.accept(this);
            }
        }

        /**
         * Waits no longer. Does nothing when there is an answer.
         */
        public void abandon()
        {
            cancel(true);
            // One that did not begin will not, and gives its thread back here
            if (isCancelled() && !begun.getAndSet(true)) {
                threads.release();
            }
        }
    }
}
