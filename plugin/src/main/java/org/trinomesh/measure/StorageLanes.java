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
import org.trinomesh.storage.StorageThreads;
import org.trinomesh.storage.StorageThreads.Question;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * Asks storages about many data products or tables at a time: a limited number per storage, each within a time limit, so
 * that neither a slow table nor a slow storage holds up the others. A failure or a timeout gets a substitute answer.
 */
public final class StorageLanes
{
    private static final Logger log = Logger.get(StorageLanes.class);
    private static final int PARALLEL = 8;
    private static final int TIMEOUTS_BEFORE_GIVING_UP = 4;
    // How often to look whether another call let go of a thread
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Duration timeout;
    private final StorageThreads threads = new StorageThreads(PARALLEL);

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
     * @param otherwise the answer for those that fail or take too long
     * @return by the very objects that were given: to compare whole products would take longer than to ask about them
     */
    public <K, T> Map<K, T> forEach(Collection<K> wanted, Function<K, String> storage, Function<K, T> ask, Function<K, T> otherwise)
    {
        Call<K, T> call = new Call<>(ask, otherwise);
        wanted.forEach(key -> call.lanes.computeIfAbsent(storage.apply(key), Lane::new).waiting.add(key));
        return call.run();
    }

    /**
     * The requests of one call to one storage.
     */
    private static final class Lane<K, T>
    {
        private final String storage;
        private final Queue<K> waiting = new ArrayDeque<>();
        private final Map<Question<T>, Asked<K>> running = new IdentityHashMap<>();
        private int timeouts;
        // Since when all threads of the storage are taken by others
        private long blocked;

        private Lane(String storage)
        {
            this.storage = requireNonNull(storage, "storage is null");
        }
    }

    private record Asked<K>(K key, long until) {}

    private final class Call<K, T>
    {
        private final Function<K, T> ask;
        private final Function<K, T> otherwise;
        private final Map<String, Lane<K, T>> lanes = new LinkedHashMap<>();
        private final BlockingQueue<Question<T>> answered = new LinkedBlockingQueue<>();
        private final Map<K, T> results = new IdentityHashMap<>();

        private Call(Function<K, T> ask, Function<K, T> otherwise)
        {
            this.ask = requireNonNull(ask, "ask is null");
            this.otherwise = requireNonNull(otherwise, "otherwise is null");
        }

        private Map<K, T> run()
        {
            try {
                while (lanes.values().stream().anyMatch(lane -> !lane.waiting.isEmpty() || !lane.running.isEmpty())) {
                    long now = System.nanoTime();
                    long wait = Long.MAX_VALUE;
                    for (Lane<K, T> lane : lanes.values()) {
                        expire(lane, now);
                        start(lane, now);
                        for (Asked<K> asked : lane.running.values()) {
                            wait = Math.min(wait, asked.until() - now);
                        }
                        if (!lane.waiting.isEmpty() && lane.running.isEmpty()) {
                            wait = Math.min(wait, LOOK_AGAIN.toNanos());
                        }
                    }
                    Question<T> first = wait == Long.MAX_VALUE ? null : answered.poll(Math.max(wait, 0), NANOSECONDS);
                    if (first != null) {
                        take(first);
                    }
                }
                return results;
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while asking storages", e);
            }
            finally {
                lanes.values().forEach(lane -> lane.running.keySet().forEach(Question::abandon));
            }
        }

        private void start(Lane<K, T> lane, long now)
        {
            while (!lane.waiting.isEmpty()) {
                K key = lane.waiting.element();
                Question<T> question = threads.<T>tryAsk(lane.storage, () -> ask.apply(key), answered::add).orElse(null);
                if (question == null) {
                    break;
                }
                lane.waiting.remove();
                lane.running.put(question, new Asked<>(key, now + timeout.toNanos()));
            }
            if (lane.waiting.isEmpty() || !lane.running.isEmpty()) {
                lane.blocked = 0;
            }
            else if (lane.blocked == 0) {
                lane.blocked = now;
            }
            else if (now - lane.blocked >= timeout.toNanos()) {
                giveUp(lane);
            }
        }

        private void expire(Lane<K, T> lane, long now)
        {
            List<Question<T>> late = new ArrayList<>();
            lane.running.forEach((question, asked) -> {
                if (asked.until() <= now && !question.isDone()) {
                    late.add(question);
                }
            });
            for (Question<T> question : late) {
                lane.timeouts++;
                K key = lane.running.remove(question).key();
                // Before the interrupt, whose failure says nothing of the storage
                results.put(key, otherwise.apply(key));
                question.abandon();
            }
            // A storage in which one after the other takes too long
            if (lane.timeouts >= TIMEOUTS_BEFORE_GIVING_UP) {
                giveUp(lane);
            }
        }

        private void giveUp(Lane<K, T> lane)
        {
            lane.waiting.forEach(key -> results.put(key, otherwise.apply(key)));
            lane.waiting.clear();
        }

        private void take(Question<T> question)
                throws InterruptedException
        {
            for (Lane<K, T> lane : lanes.values()) {
                Asked<K> asked = lane.running.remove(question);
                if (asked != null) {
                    results.put(asked.key(), answer(lane, asked.key(), question));
                }
            }
        }

        private T answer(Lane<K, T> lane, K key, Question<T> question)
                throws InterruptedException
        {
            try {
                return question.get();
            }
            catch (ExecutionException e) {
                log.warn(e, "Storage '%s' could not be asked", lane.storage);
                return otherwise.apply(key);
            }
        }
    }
}
