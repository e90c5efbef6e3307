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
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.quality.TableCounts;
import org.trinomesh.slo.Measurement;
import org.trinomesh.storage.LoadObserver;
import org.trinomesh.storage.TableVersions;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Collections.synchronizedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;

/**
 * Measures many data products at a time, each within a time limit. What is not measured in time is unknown.
 */
public final class SloMeasurer
        implements ManifestCounts
{
    private final TableVersions versions;
    private final EvidenceCache cache;
    private final ProductMeasurer products;
    private final ServiceStates states;
    private final StorageLanes lanes;
    private final Clock clock;

    public SloMeasurer(TableVersions versions, EvidenceCache cache, ObservedAvailability availability, ServiceStates states, QualityEvidence quality, StorageLanes lanes, Clock clock)
    {
        this.versions = requireNonNull(versions, "versions is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.products = new ProductMeasurer(availability, quality);
        this.states = requireNonNull(states, "states is null");
        this.lanes = requireNonNull(lanes, "lanes is null");
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
                states,
                _ -> false,
                product -> products.measure(product, objectives, now),
                product -> late(product, objectives, now),
                product -> computed(product, objectives, now));
    }

    /**
     * Looks at all tables of all these products, and measures all of their objectives.
     *
     * @param observer told of every table
     * @param thorough the products whose metadata is read also when it is known, so that a file that is gone is found
     * @return by the very products that were given
     */
    Map<DataProduct, List<Measurement>> round(Collection<DataProduct> wanted, LoadObserver observer, Predicate<DataProduct> thorough)
    {
        Instant now = clock.instant();
        return forEach(
                wanted,
                states.and(observer),
                thorough,
                product -> {
                    product.product().tables().forEach(product::isServed);
                    return products.measure(product, _ -> true, now);
                },
                product -> late(product, _ -> true, now),
                product -> computed(product, _ -> true, now));
    }

    private static List<Measurement> computed(DataProduct product, Predicate<ServiceLevelObjective> objectives, Instant now)
    {
        return product.objectives().stream()
                .filter(objectives)
                .map(objective -> Measurement.unknown(objective, Optional.empty(), "a query computes the product; the objectives of the products that it reads are measured", now))
                .collect(toImmutableList());
    }

    private List<Measurement> late(DataProduct product, Predicate<ServiceLevelObjective> objectives, Instant now)
    {
        return product.objectives().stream()
                .filter(objectives)
                .map(objective -> Measurement.unknown(objective, Optional.empty(), "it could not be measured within " + lanes.limit(), now))
                .collect(toImmutableList());
    }

    /**
     * The commits of data of each table, newest first. A table that cannot be read has none.
     *
     * @return by the very products that were given
     */
    public Map<DataProduct, List<HistoryEntry>> history(Collection<DataProduct> wanted)
    {
        return forEach(wanted, states, _ -> false, products::history, _ -> ImmutableList.of(), _ -> ImmutableList.of());
    }

    @Override
    public Map<MeshTable, TableCounts> counts(Collection<MeshTable> tables)
    {
        Instant now = clock.instant();
        Set<DataProduct> wanted = Sets.newIdentityHashSet();
        tables.forEach(table -> wanted.add(table.product()));
        Map<DataProduct, Map<ProductTable, TableCounts>> counted = forEach(wanted, states, _ -> false, product -> products.counts(product, now), _ -> ImmutableMap.of(), _ -> ImmutableMap.of());
        Map<MeshTable, TableCounts> counts = new IdentityHashMap<>();
        for (MeshTable table : tables) {
            TableCounts known = counted.get(table.product()).get(table.table());
            if (known != null) {
                counts.put(table, known);
            }
        }
        return counts;
    }

    private <T> Map<DataProduct, T> forEach(Collection<DataProduct> wanted, LoadObserver observer, Predicate<DataProduct> thorough, Function<OpenedProduct, T> measure, Function<DataProduct, T> otherwise, Function<DataProduct, T> computed)
    {
        Map<Boolean, List<DataProduct>> stored = wanted.stream().collect(partitioningBy(DataProduct::isStored));
        Map<DataProduct, T> answers = new IdentityHashMap<>(forEach(stored.get(true), observer, thorough, measure, otherwise));
        stored.get(false).forEach(product -> answers.put(product, computed.apply(product)));
        return answers;
    }

    private <T> Map<DataProduct, T> forEach(Collection<DataProduct> wanted, LoadObserver observer, Predicate<DataProduct> thorough, Function<OpenedProduct, T> measure, Function<DataProduct, T> otherwise)
    {
        TableVersions.Round round = versions.round(wanted.stream()
                .flatMap(product -> product.tables().stream())
                .flatMap(table -> table.physical().stream())
                .collect(toImmutableList()));
        Map<DataProduct, OpenedProduct> started = synchronizedMap(new IdentityHashMap<>());
        return lanes.forEach(
                wanted,
                product -> product.tables().isEmpty() ? "" : product.tables().getFirst().physical().orElseThrow().storage(),
                product -> {
                    OpenedProduct opened = new OpenedProduct(product, round, versions, cache, observer, thorough.test(product));
                    started.put(product, opened);
                    return measure.apply(opened);
                },
                product -> {
                    OpenedProduct opened = started.get(product);
                    if (opened == null) {
                        new OpenedProduct(product, round, versions, cache, observer, false).giveUp(lanes.limit());
                    }
                    else {
                        opened.stop(lanes.limit());
                    }
                    return otherwise.apply(product);
                });
    }
}
