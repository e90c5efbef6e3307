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
package org.trinomesh.cache;

import io.airlift.units.DataSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.airlift.units.DataSize.Unit.MEGABYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestKeptAnswers
{
    private final KeptAnswers<String, String> answers = new KeptAnswers<>(DataSize.of(1, MEGABYTE), (_, _) -> 1);

    @Test
    @Timeout(30)
    void testWhoWaitsForAQueryThatIsCancelledFindsTheAnswerItself()
            throws InterruptedException, ExecutionException
    {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Future<String> ana = executor.submit(() -> answers.get("version", () -> {
                asked.countDown();
                await(cancelled);
                throw new IllegalStateException("Ana cancelled her query");
            }));
            asked.await();
            Future<String> ben = executor.submit(() -> answers.get("version", () -> "found by Ben"));
            // Ben may or may not wait by now; he gets his answer either way
            cancelled.countDown();
            assertThatThrownBy(ana::get).hasRootCauseMessage("Ana cancelled her query");
            assertThat(ben.get()).isEqualTo("found by Ben");
        }
    }

    @Test
    void testOwnFailureIsToldAsItIsAndTriedOnce()
    {
        assertThatThrownBy(() -> answers.get("version", () -> {
            throw new IllegalStateException("away");
        })).isExactlyInstanceOf(IllegalStateException.class).hasMessage("away");
        assertThat(answers.cache().stats().loadExceptionCount()).isEqualTo(1);
        assertThat(answers.get("version", () -> "here")).isEqualTo("here");
    }

    private static void await(CountDownLatch latch)
    {
        try {
            latch.await();
        }
        catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
