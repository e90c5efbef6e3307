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

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked is called {@code storage/table}; a table called hanging never answers, and one called broken fails.
 */
final class TestStorageLanes
{
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void testEachHasItsAnswer()
    {
        assertThat(ask(LONG, "lake/a", "lake/b", "files/c")).containsExactly("lake/a: read", "lake/b: read", "files/c: read");
        assertThat(ask(LONG)).isEmpty();
        assertThat(ask(LONG, "lake/a", "lake/broken", "lake/b")).containsExactly("lake/a: read", "lake/broken: unknown within 1h", "lake/b: read");
    }

    @Test
    void testOneThatHangsHoldsUpNobody()
    {
        assertThat(ask(SHORT, "lake/hanging", "lake/a", "files/b")).containsExactly("lake/hanging: unknown within 0s", "lake/a: read", "files/b: read");
    }

    @Test
    void testStorageThatHangsIsGivenUp()
    {
        AtomicInteger asked = new AtomicInteger();
        List<String> tables = Collections.nCopies(100, "lake/hanging").stream().map(String::new).collect(toImmutableList());
        Map<String, String> answers = new StorageLanes(SHORT).forEach(tables, TestStorageLanes::storage, table -> {
            asked.incrementAndGet();
            return read(table);
        }, _ -> "unknown");
        assertThat(answers).hasSize(100);
        assertThat(answers.values()).containsOnly("unknown");
        // Some were asked at a time before the first was late
        assertThat(asked.get()).isBetween(4, 20);
    }

    @Test
    void testSomeAtATime()
    {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<String> tables = Collections.nCopies(200, "lake/a").stream().map(String::new).collect(toImmutableList());
        new StorageLanes(LONG).forEach(tables, TestStorageLanes::storage, table -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            return table;
        }, table -> table);
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void testStorageThatHangsForGoodHasNoMoreThanItsThreads()
    {
        CountDownLatch mounted = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        StorageLanes lanes = new StorageLanes(SHORT);
        try {
            for (int round = 0; round < 5; round++) {
                List<String> tables = Collections.nCopies(20, "lake/deaf").stream().map(String::new).collect(toImmutableList());
                assertThat(lanes.forEach(tables, TestStorageLanes::storage, _ -> {
                    asked.incrementAndGet();
                    return deaf(mounted);
                }, _ -> "unknown").values()).hasSize(20).containsOnly("unknown");
                // Others are asked as ever
                assertThat(lanes.forEach(ImmutableList.of("files/a"), TestStorageLanes::storage, TestStorageLanes::read, _ -> "unknown").values()).containsExactly("read");
            }
            assertThat(asked.get()).isEqualTo(8);
        }
        finally {
            mounted.countDown();
        }
    }

    private static String deaf(CountDownLatch end)
    {
        while (true) {
            try {
                end.await();
                return "late";
            }
            catch (InterruptedException _) {
                // As native code does
            }
        }
    }

    private static List<String> ask(Duration timeout, String... tables)
    {
        List<String> wanted = ImmutableList.copyOf(tables);
        StorageLanes lanes = new StorageLanes(timeout);
        Map<String, String> answers = lanes.forEach(wanted, TestStorageLanes::storage, TestStorageLanes::read, _ -> "unknown within " + lanes.limit());
        return wanted.stream().map(table -> table + ": " + answers.get(table)).collect(toImmutableList());
    }

    private static String storage(String table)
    {
        return table.substring(0, table.indexOf('/'));
    }

    private static String read(String table)
    {
        if (table.endsWith("/broken")) {
            throw new IllegalStateException("broken");
        }
        if (table.endsWith("/hanging")) {
            try {
                new CountDownLatch(1).await();
            }
            catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return "read";
    }
}
