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

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Somebody who reads from a storage that hangs for good, also without heeding an interrupt, gets an error in time.
 */
final class TestStorageReads
{
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void testAnswerAndFailureAreTheStorages()
    {
        StorageReads reads = StorageReads.within(LONG, 1);
        assertThat(reads.<String>read("lake", () -> "table")).isEqualTo("table");
        IllegalStateException failure = new IllegalStateException("broken");
        assertThatThrownBy(() -> reads.read("lake", () -> {
            throw failure;
        })).isSameAs(failure);
        // The one thread of the storage is free again
        assertThat(reads.<String>read("lake", () -> "again")).isEqualTo("again");
    }

    @Test
    void testStorageThatHangsForGood()
    {
        CountDownLatch mounted = new CountDownLatch(1);
        try {
            StorageReads reads = StorageReads.within(SHORT, 1);
            assertThatThrownBy(() -> reads.read("lake", () -> deaf(mounted)))
                    .isInstanceOf(StorageTimeoutException.class)
                    .hasMessage("No answer within 200.00ms");
            // It still has the thread, so that nobody else is sent into it; other storages have theirs
            assertThatThrownBy(() -> reads.read("lake", () -> "table")).isInstanceOf(StorageTimeoutException.class);
            assertThat(reads.<String>read("files", () -> "table")).isEqualTo("table");
        }
        finally {
            mounted.countDown();
        }
    }

    @Test
    void testStorageThatComesBackIsReadAgain()
            throws Exception
    {
        CountDownLatch mounted = new CountDownLatch(1);
        StorageThreads threads = new StorageThreads(1);
        assertThatThrownBy(() -> threads.ask("lake", SHORT, () -> deaf(mounted))).isInstanceOf(TimeoutException.class);
        mounted.countDown();
        assertThat(threads.ask("lake", LONG, () -> "table")).isEqualTo("table");
    }

    /**
     * As a read from a pipe that nobody writes to, or from a mount whose server is gone.
     */
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
}
