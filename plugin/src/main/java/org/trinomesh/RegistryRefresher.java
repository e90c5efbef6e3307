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
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.Mesh;
import org.trinomesh.search.MeshSearch;

import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

import static io.airlift.concurrent.Threads.daemonThreadsNamed;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newSingleThreadExecutor;
import static java.util.concurrent.Executors.newSingleThreadScheduledExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Looks for changed descriptors at an interval, off the query threads, and says in the log what came of it.
 */
final class RegistryRefresher
{
    private static final Logger log = Logger.get(RegistryRefresher.class);

    private final GovernedRegistry registry;
    private final long intervalMillis;
    private final ScheduledExecutorService executor = newSingleThreadScheduledExecutor(daemonThreadsNamed("mesh-refresh-%s"));
    // On a thread of its own: a revocation must not wait for what an author can slow down, such as checks and tests of policies
    private final ExecutorService checks = newSingleThreadExecutor(daemonThreadsNamed("mesh-checks-%s"));
    // Neither a revocation nor a product that waits for its checks waits for this
    private final ExecutorService preparation = newSingleThreadExecutor(daemonThreadsNamed("mesh-prepare-%s"));
    private final AtomicBoolean preparing = new AtomicBoolean();
    private final MeshSearch search;
    private volatile Governance prepared;
    private final AtomicBoolean checking = new AtomicBoolean();
    private final AtomicBoolean reporting = new AtomicBoolean();

    @Inject
    RegistryRefresher(GovernedRegistry registry, MeshSearch search, MeshConfig config)
    {
        this.search = requireNonNull(search, "search is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.intervalMillis = config.getRefreshInterval().toMillis();
    }

    @PostConstruct
    public void start()
    {
        prepared = registry.published();
        report();
        finishChecks();
        prepare();
        executor.scheduleWithFixedDelay(this::refresh, intervalMillis, intervalMillis, MILLISECONDS);
    }

    @PreDestroy
    public void stop()
    {
        executor.shutdownNow();
        checks.shutdownNow();
        preparation.shutdownNow();
    }

    private void refresh()
    {
        try {
            boolean changed = registry.refresh();
            finishChecks();
            if (changed) {
                report();
                prepare();
            }
        }
        catch (Throwable e) {
            // The only place that catches every error: otherwise it would silently end all later refreshes. An interrupt only comes from stop(),
            // which ends them itself, and leaves the thread's flag as it is.
            log.error(e, "The descriptors could not be refreshed; the mesh stays at generation %s", registry.published().mesh().generation());
        }
    }

    private void finishChecks()
    {
        if (registry.published().isUnfinished() && checking.compareAndSet(false, true)) {
            checks.execute(() -> {
                try {
                    registry.finishChecks();
                    // What it published has decisions of its own
                    prepare();
                }
                catch (Throwable e) {
                    // Tried again with the next refresh; until then the products stay out of service
                    log.error(e, "Checks could not be evaluated");
                }
                finally {
                    checking.set(false);
                }
            });
        }
    }

    /**
     * Decides and indexes in the background, so that the first queries after a reload do not wait.
     */
    private void prepare()
    {
        if (preparing.compareAndSet(false, true)) {
            preparation.execute(() -> {
                preparing.set(false);
                Governance governance = registry.published();
                try {
                    governance.prepare(prepared, Instant.now());
                    prepared = governance;
                }
                catch (Throwable e) {
                    log.error(e, "Decisions could not be prepared for queries; they decide themselves");
                }
                try {
                    search.prepare(governance.mesh());
                }
                catch (Throwable e) {
                    log.error(e, "The mesh could not be indexed; the next search tries it again");
                }
            });
        }
    }

    private void report()
    {
        if (reporting.compareAndSet(false, true)) {
            checks.execute(() -> {
                reporting.set(false);
                try {
                    report(registry.published());
                }
                catch (Throwable e) {
                    log.error(e, "The problems of the mesh could not be logged");
                }
            });
        }
    }

    private static void report(Governance governance)
    {
        Mesh mesh = governance.mesh();
        log.info(
                "Mesh generation %s: %s domains, %s files, loaded in %s ms",
                mesh.generation(),
                mesh.domains().size(),
                mesh.files(),
                mesh.loadTime().toMillis());
        governance.problems().stream()
                .filter(Problem::isError)
                .forEach(problem -> log.warn("%s", problem));
    }
}
