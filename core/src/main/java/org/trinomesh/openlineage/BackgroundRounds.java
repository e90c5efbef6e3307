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
package org.trinomesh.openlineage;

import io.airlift.log.Logger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * Runs one task in the background on request, one round after the other. Callers wait for a round for a limited time. The thread ends
 * when there are no requests. Safe for use by several threads; the rounds see each other's changes.
 */
final class BackgroundRounds
{
    private static final Logger log = Logger.get(BackgroundRounds.class);

    private final String name;
    private final Runnable task;
    private final long patience;

    private Optional<Round> running = Optional.empty();
    // For all callers that asked after the running round had begun
    private Optional<Round> next = Optional.empty();

    private record Round(long started, CompletableFuture<Void> end) {}

    /**
     * @param name of the thread
     * @param patience how long a caller waits at most
     */
    BackgroundRounds(String name, Runnable task, Duration patience)
    {
        this.name = requireNonNull(name, "name is null");
        this.task = requireNonNull(task, "task is null");
        this.patience = patience.toNanos();
    }

    /**
     * Waits for a round that begins from now on. If it takes longer than that, later callers do not wait for it.
     *
     * @return whether the round ended; else the caller goes on without what it would have found
     */
    boolean await()
    {
        long deadline;
        CompletableFuture<Void> end;
        synchronized (this) {
            // The round that is awaited may be the next one: a caller that asks late in a round waits as long as the others
            deadline = System.nanoTime() + (isLate() ? 0 : patience);
            if (running.isEmpty()) {
                Round first = new Round(System.nanoTime(), new CompletableFuture<>());
                Thread.ofPlatform().daemon().name(name).start(() -> run(first));
                running = Optional.of(first);
                end = first.end();
            }
            else {
                if (next.isEmpty()) {
                    next = Optional.of(new Round(0, new CompletableFuture<>()));
                }
                end = next.get().end();
            }
        }
        try {
            end.get(Math.max(0, deadline - System.nanoTime()), NANOSECONDS);
            return true;
        }
        catch (TimeoutException _) {
            // It goes on in the background
            return false;
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
        catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Whether a round takes longer than anybody waits.
     */
    private boolean isLate()
    {
        return running.isPresent() && System.nanoTime() - running.get().started() > patience;
    }

    private void run(Round first)
    {
        for (Optional<Round> round = Optional.of(first); round.isPresent(); round = following()) {
            try {
                task.run();
                round.get().end().complete(null);
            }
            catch (Throwable e) {
                // Perhaps nobody waits for this round any more
                log.error(e, "The thread %s failed; it tries again when it is asked again", name);
                round.get().end().completeExceptionally(e);
            }
        }
    }

    private synchronized Optional<Round> following()
    {
        running = next.map(round -> new Round(System.nanoTime(), round.end()));
        next = Optional.empty();
        return running;
    }
}
