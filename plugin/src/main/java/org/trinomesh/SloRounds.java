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
import org.trinomesh.RoundSchedule.Look;
import org.trinomesh.governance.Governance;
import org.trinomesh.measure.SloMonitor;
import org.trinomesh.product.DataProduct;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

import static io.airlift.concurrent.Threads.daemonThreadsNamed;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newSingleThreadScheduledExecutor;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * Has the whole mesh measured at an interval, off the query threads. In between it looks for what has changed: new products soon,
 * and those that are out of service less and less often until the next round.
 */
final class SloRounds
{
    private static final Logger log = Logger.get(SloRounds.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final GovernedRegistry registry;
    private final SloMonitor monitor;
    private final Duration interval;
    private final RoundSchedule schedule;
    private final ScheduledExecutorService executor = newSingleThreadScheduledExecutor(daemonThreadsNamed("mesh-slo-%s"));

    @Inject
    SloRounds(GovernedRegistry registry, SloMonitor monitor, MeshConfig config)
    {
        this.registry = requireNonNull(registry, "registry is null");
        this.monitor = requireNonNull(monitor, "monitor is null");
        this.interval = config.getSloInterval().toJavaTime();
        this.schedule = new RoundSchedule(interval, System.nanoTime());
    }

    @PostConstruct
    public void start()
    {
        if (interval.isPositive()) {
            long pause = Math.min(interval.toNanos(), LONGEST_PAUSE.toNanos());
            executor.scheduleWithFixedDelay(this::look, pause, pause, NANOSECONDS);
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
            Look look = schedule.next(System.nanoTime());
            if (look == Look.ROUND) {
                monitor.round(governance.mesh(), closed);
            }
            else {
                monitor.recheck(governance.mesh(), closed, look == Look.CHANGED_AND_OUT_OF_SERVICE);
            }
        }
        catch (Throwable e) {
            // An exception here would silently end all later rounds
            log.error(e, "The SLOs could not be measured; what was measured before stays");
        }
    }
}
