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

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestBackgroundRounds
{
    @Test
    void testWhoAsksLateInARoundWaitsForTheNextOneAsLongAsOthers()
            throws Exception
    {
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        // Each round takes longer than the first caller has left when the second one asks
        BackgroundRounds rounds = new BackgroundRounds("rounds", () -> {
            begun.countDown();
            sleep(1_600);
            ended.incrementAndGet();
        }, Duration.ofSeconds(3));
        Thread first = Thread.ofPlatform().start(rounds::await);
        begun.await();
        sleep(1_400);
        // The patience of the first caller ends in 1.6 seconds, the next round in 1.8
        assertThat(rounds.await()).isTrue();
        assertThat(ended).hasValue(2);
        first.join();
    }

    @Test
    void testNobodyWaitsForARoundThatIsLate()
    {
        Semaphore end = new Semaphore(0);
        BackgroundRounds rounds = new BackgroundRounds("rounds", end::acquireUninterruptibly, Duration.ofSeconds(1));
        assertThat(rounds.await()).isFalse();
        long start = System.nanoTime();
        assertThat(rounds.await()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(800));
        end.release(1_000);
    }

    @Test
    void testErrorThatNobodyWaitsForIsLogged()
            throws Exception
    {
        List<String> logged = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler()
        {
            @Override
            public void publish(LogRecord record)
            {
                logged.add(record.getMessage() + " " + record.getThrown().getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(BackgroundRounds.class.getName());
        logger.addHandler(handler);
        try {
            AtomicInteger begun = new AtomicInteger();
            Semaphore end = new Semaphore(0);
            BackgroundRounds rounds = new BackgroundRounds("rounds", () -> {
                end.acquireUninterruptibly();
                if (begun.incrementAndGet() == 1) {
                    throw new IllegalArgumentException("broken");
                }
            }, Duration.ofMillis(50));
            assertThat(rounds.await()).isFalse();
            assertThat(logged).isEmpty();
            end.release(1_000);
            while (logged.isEmpty()) {
                sleep(5);
            }
            assertThat(logged).containsExactly("The thread rounds failed; it tries again when it is asked again broken");
            // The next round is a new attempt
            BackgroundRounds failing = new BackgroundRounds("rounds", () -> {
                throw new IllegalArgumentException("broken");
            }, Duration.ofMinutes(1));
            assertThatThrownBy(failing::await).hasRootCauseMessage("broken");
            assertThatThrownBy(failing::await).hasRootCauseMessage("broken");
        }
        finally {
            logger.removeHandler(handler);
        }
    }

    private static void sleep(long millis)
    {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
