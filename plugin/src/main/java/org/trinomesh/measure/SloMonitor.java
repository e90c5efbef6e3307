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
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.Mesh;
import org.trinomesh.slo.KnownStatus;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.storage.LoadObserver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * Keeps the results of the last round of measuring the whole mesh, for alerts, listings and comments.
 */
public final class SloMonitor
        implements KnownStatus
{
    /**
     * In which of so many rounds the metadata of a table is read although its location is known: it may be gone.
     */
    private static final int THOROUGH_EVERY = 10;

    private final SloMeasurer measurer;
    private final ServiceStates states;
    private final ObservedAvailability availability;
    private final SloBeans beans;
    private int rounds;
    private volatile Map<ProductId, Known> latest = ImmutableMap.of();

    public SloMonitor(SloMeasurer measurer, ServiceStates states, ObservedAvailability availability, SloBeans beans)
    {
        this.measurer = requireNonNull(measurer, "measurer is null");
        this.states = requireNonNull(states, "states is null");
        this.availability = requireNonNull(availability, "availability is null");
        this.beans = requireNonNull(beans, "beans is null");
    }

    /**
     * Opens every table of the mesh, and measures every objective.
     *
     * @param closed whether nobody may read a product, however its tables are
     */
    public void round(Mesh mesh, Predicate<DataProduct> closed)
    {
        int tenth = rounds++ % THOROUGH_EVERY;
        measure(mesh,
                products(mesh),
                closed,
                (table, refusal) -> availability.checked(table, refusal, closed.test(table.product())),
                product -> Math.floorMod(product.qualifiedName().hashCode(), THOROUGH_EVERY) == tenth);
    }

    /**
     * Measures what the last round could not know, without waiting for the next round: products that are new or changed. Does not
     * count for availability: products that are out of service are looked at more often than others.
     *
     * @param closed whether nobody may read a product, however its tables are
     * @param includeOutOfService whether to look again at products that are not in service, which may be by now
     */
    public void recheck(Mesh mesh, Predicate<DataProduct> closed, boolean includeOutOfService)
    {
        List<DataProduct> waiting = products(mesh).stream()
                .filter(product -> measurements(product).isEmpty() || (includeOutOfService && !product.tables().isEmpty() && states.status(product) != ServiceStatus.IN_SERVICE))
                .collect(toImmutableList());
        if (!waiting.isEmpty()) {
            measure(mesh, waiting, closed, LoadObserver.NONE, _ -> true);
        }
    }

    private void measure(Mesh mesh, List<DataProduct> wanted, Predicate<DataProduct> closed, LoadObserver observer, Predicate<DataProduct> thorough)
    {
        Map<DataProduct, List<Measurement>> measured = measurer.round(wanted, observer, thorough);
        Map<ProductId, Known> known = new HashMap<>();
        for (DataProduct product : products(mesh)) {
            Optional.ofNullable(measured.get(product))
                    .or(() -> measurements(product))
                    .ifPresent(measurements -> known.put(product.id(), new Known(product, measurements)));
        }
        latest = ImmutableMap.copyOf(known);
        states.retain(mesh);
        beans.show(known.values().stream().collect(toImmutableMap(Known::product, found -> SloBean.of(found.measurements(), closed.test(found.product()) ? ServiceStatus.OUT_OF_SERVICE : states.status(found.product())))));
    }

    private static List<DataProduct> products(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .collect(toImmutableList());
    }

    /**
     * Forgets everything.
     */
    public void close()
    {
        latest = ImmutableMap.of();
        beans.close();
    }

    @Override
    public Optional<List<Measurement>> measurements(DataProduct product)
    {
        return Optional.ofNullable(latest.get(product.id()))
                .filter(known -> known.product().fingerprint().equals(product.fingerprint()))
                .map(Known::measurements);
    }

    @Override
    public ServiceStatus service(DataProduct product, ProductTable table)
    {
        return states.status(product, table);
    }

    private record Known(DataProduct product, List<Measurement> measurements)
    {
        private Known
        {
            requireNonNull(product, "product is null");
            measurements = ImmutableList.copyOf(requireNonNull(measurements, "measurements is null"));
        }
    }
}
