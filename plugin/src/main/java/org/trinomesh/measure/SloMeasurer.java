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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.airlift.log.Logger;
import io.trino.spi.classloader.ThreadContextClassLoader;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.registry.ProductTable;
import org.trinomesh.registry.ServiceLevelObjective;
import org.trinomesh.storage.TableVersions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

/**
 * Measures many data products at a time: some of each storage at once, each for a limited time, so that neither a slow product
 * nor a slow storage holds up the others. What is not measured in time is not known.
 */
public final class SloMeasurer
        implements ManifestCounts
{
    private static final Logger log = Logger.get(SloMeasurer.class);
    private static final int PARALLEL = 8;
    private static final int TIMEOUTS_BEFORE_GIVING_UP = 4;

    private final TableVersions versions;
    private final ProductMeasurer products;
    private final Duration timeout;
    private final Clock clock;

    /**
     * @param timeout how long one product may take
     */
    public SloMeasurer(TableVersions versions, EvidenceCache cache, ObservedAvailability availability, QualityEvidence quality, Duration timeout, Clock clock)
    {
        this.versions = requireNonNull(versions, "versions is null");
        this.products = new ProductMeasurer(versions, cache, availability, quality);
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * One measurement for each objective that is asked for, in their order. Products that have none of them are not in it.
     *
     * @return by the very products that were given
     */
    public Map<DataProduct, List<Measurement>> measure(Collection<DataProduct> wanted, Predicate<ServiceLevelObjective> objectives)
    {
        Instant now = clock.instant();
        return forEach(
                wanted.stream().filter(product -> product.objectives().stream().anyMatch(objectives)).collect(toImmutableList()),
                (product, round) -> products.measure(product, objectives, round, now),
                product -> product.objectives().stream()
                        .filter(objectives)
                        .map(objective -> Measurement.unknown(objective, Optional.empty(), "it could not be measured within " + Quantity.time(Quantity.millis(timeout)), now))
                        .collect(toImmutableList()));
    }

    /**
     * The commits of data of each table, newest first. A table that cannot be read has none.
     *
     * @return by the very products that were given
     */
    public Map<DataProduct, List<HistoryEntry>> history(Collection<DataProduct> wanted)
    {
        return forEach(wanted, products::history, _ -> ImmutableList.of());
    }

    @Override
    public Map<MeshTable, Counts> counts(Collection<MeshTable> tables)
    {
        Instant now = clock.instant();
        Set<DataProduct> wanted = Sets.newIdentityHashSet();
        tables.forEach(table -> wanted.add(table.product()));
        Map<DataProduct, Map<ProductTable, Counts>> counted = forEach(wanted, (product, round) -> products.counts(product, round, now), _ -> ImmutableMap.of());
        Map<MeshTable, Counts> counts = new IdentityHashMap<>();
        for (MeshTable table : tables) {
            Counts known = counted.get(table.product()).get(table.table());
            if (known != null) {
                counts.put(table, known);
            }
        }
        return counts;
    }

    private <T> Map<DataProduct, T> forEach(Collection<DataProduct> wanted, BiFunction<DataProduct, TableVersions.Round, T> measure, Function<DataProduct, T> otherwise)
    {
        TableVersions.Round round = versions.round(wanted.stream()
                .flatMap(product -> product.tables().stream())
                .map(ProductTable::source)
                .collect(toImmutableList()));
        ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();
        ExecutorService executor = newVirtualThreadPerTaskExecutor();
        try {
            // By identity: to compare whole products would take longer than to measure them
            Map<DataProduct, Future<T>> running = new IdentityHashMap<>();
            for (DataProduct product : wanted) {
                Lane lane = lanes.computeIfAbsent(product.tables().isEmpty() ? "" : product.tables().getFirst().source().storage(), _ -> new Lane());
                running.put(product, executor.submit(() -> lane.run(executor, () -> measure.apply(product, round), () -> otherwise.apply(product), timeout)));
            }
            Map<DataProduct, T> results = new IdentityHashMap<>();
            running.forEach((product, future) -> results.put(product, result(product, future, otherwise)));
            return results;
        }
        finally {
            // Not close(), which would wait for those that are too slow
            executor.shutdownNow();
        }
    }

    private static <T> T result(DataProduct product, Future<T> future, Function<DataProduct, T> otherwise)
    {
        try {
            return future.get();
        }
        catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring", e);
        }
        catch (ExecutionException e) {
            log.warn(e, "%s could not be measured", product.qualifiedName());
            return otherwise.apply(product);
        }
    }

    /**
     * The products of one storage, some at a time. A storage in which one after the other takes too long is given up.
     */
    private static final class Lane
    {
        private final Semaphore permits = new Semaphore(PARALLEL);
        private final AtomicInteger timeouts = new AtomicInteger();

        <T> T run(ExecutorService executor, Callable<T> measure, Supplier<T> otherwise, Duration timeout)
                throws InterruptedException, ExecutionException
        {
            permits.acquire();
            try {
                if (timeouts.get() >= TIMEOUTS_BEFORE_GIVING_UP) {
                    return otherwise.get();
                }
                Future<T> result = executor.submit(() -> {
                    try (ThreadContextClassLoader _ = new ThreadContextClassLoader(SloMeasurer.class.getClassLoader())) {
                        return measure.call();
                    }
                });
                try {
                    return result.get(timeout.toMillis(), MILLISECONDS);
                }
                catch (TimeoutException _) {
                    result.cancel(true);
                    timeouts.incrementAndGet();
                    return otherwise.get();
                }
            }
            finally {
                permits.release();
            }
        }
    }
}
