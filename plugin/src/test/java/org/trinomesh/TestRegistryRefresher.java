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
package org.trinomesh;

import io.airlift.units.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.search.MeshSearch;
import org.trinomesh.validation.DescriptorChecks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

final class TestRegistryRefresher
{
    @Test
    void testAnErrorDoesNotEndRefreshing(@TempDir Path directory)
            throws IOException, InterruptedException
    {
        FailingClock clock = new FailingClock();
        MeshRegistry registry = new MeshRegistry(directory, java.time.Duration.ofMinutes(15), clock, DescriptorChecks.NONE);
        RegistryRefresher refresher = new RegistryRefresher(new GovernedRegistry(registry, MaskKeyVersions.UNKNOWN, new KnowledgeFile(Optional.empty())), new MeshSearch(), new MeshConfig().setRefreshInterval(new Duration(10, MILLISECONDS)));
        clock.failing = true;
        Files.writeString(directory.resolve("new.yaml"), "kind: [");
        refresher.start();
        try {
            assertThat(clock.failures.await(10, SECONDS)).as("several refreshes failed").isTrue();
            clock.failing = false;
            assertThat(clock.successes.await(10, SECONDS)).as("refreshes go on").isTrue();
        }
        finally {
            refresher.stop();
        }
        // A failure that just ends may be told by a generation of its own
        assertThat(registry.current().generation()).isBetween(2L, 3L);
    }

    private static final class FailingClock
            extends Clock
    {
        private final CountDownLatch failures = new CountDownLatch(3);
        private final CountDownLatch successes = new CountDownLatch(3);
        private volatile boolean failing;
        private boolean failed;

        @Override
        public ZoneId getZone()
        {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone)
        {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant()
        {
            if (failing) {
                failed = true;
                failures.countDown();
                throw new StackOverflowError("as of a descriptor that nests too deeply");
            }
            if (failed) {
                successes.countDown();
            }
            return Instant.EPOCH;
        }
    }
}
