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

import com.google.inject.Inject;
import io.airlift.log.Logger;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import org.trinomesh.governance.Governance;
import org.trinomesh.measure.SloMonitor;
import org.trinomesh.registry.DataProduct;

import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

import static io.airlift.concurrent.Threads.daemonThreadsNamed;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newSingleThreadScheduledExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Has the whole mesh measured at an interval, off the query threads. In between it looks for what has changed: new products soon,
 * and those that are out of service less and less often until the next round.
 */
final class SloRounds
{
    private static final Logger log = Logger.get(SloRounds.class);
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final GovernedRegistry registry;
    private final SloMonitor monitor;
    private final long intervalMillis;
    private final long pauseMillis;
    private final ScheduledExecutorService executor = newSingleThreadScheduledExecutor(daemonThreadsNamed("mesh-slo-%s"));
    private int pauses;

    @Inject
    SloRounds(GovernedRegistry registry, SloMonitor monitor, MeshConfig config)
    {
        this.registry = requireNonNull(registry, "registry is null");
        this.monitor = requireNonNull(monitor, "monitor is null");
        this.intervalMillis = config.getSloInterval().toMillis();
        this.pauseMillis = Math.min(intervalMillis, LONGEST_PAUSE_MILLIS);
    }

    @PostConstruct
    public void start()
    {
        if (intervalMillis > 0) {
            executor.scheduleWithFixedDelay(this::look, pauseMillis, pauseMillis, MILLISECONDS);
        }
    }

    @PreDestroy
    public void stop()
    {
        executor.shutdownNow();
        monitor.close();
    }

    private void look()
    {
        try {
            Governance governance = registry.current();
            Predicate<DataProduct> closed = product -> governance.isOutOfService(product, Instant.now());
            // The first time, and whenever the interval is over
            if (pauses % (intervalMillis / pauseMillis) == 0) {
                pauses = 0;
                monitor.round(governance.mesh(), closed);
            }
            else {
                // After one pause, two, four, eight
                monitor.again(governance.mesh(), Integer.bitCount(pauses) == 1);
            }
            pauses++;
        }
        catch (Throwable e) {
            // Whatever is thrown here would end all later rounds without a word
            log.error(e, "The SLOs could not be measured; what was measured before stays");
        }
    }
}
