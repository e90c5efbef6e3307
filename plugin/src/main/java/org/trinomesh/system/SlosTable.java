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
package org.trinomesh.system;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import org.trinomesh.disclosure.VisibleObjective;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.measure.SloMeasurer;
import org.trinomesh.product.DataProduct;
import org.trinomesh.slo.Measurement;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code slos}: one row for each objective, measured while the query runs. Only what the query asks for is
 * measured, and only if it asks for more than the promises.
 */
final class SlosTable
        implements SystemRows<VisibleObjective>
{
    private static final Set<String> MEASURED = Set.of("method", "actual", "status", "confidence", "evidence", "snapshot_id", "measured_at");

    private static final SystemTableSchema<VisibleObjective> SCHEMA = SystemTableSchema.<VisibleObjective>ofProducts("slos", "What the data products you may discover promise about their data, and whether they keep it right now")
            .text("objective", DISCOVERER, "What is promised: freshness, completeness, accuracy, availability, volume, schedule, retention, throughput, frequency or another name", row -> row.objective().name())
            .text("target", DISCOVERER, "What is promised, as it is written", row -> row.objective().target())
            .text("unit", DISCOVERER, "What the target counts, where that is written beside it", row -> row.objective().unit())
            .text("measurement", DISCOVERER, "How the product's team says that it is measured", VisibleObjective::measurementText)
            .text("method", DISCOVERER, "How it was measured; NULL when nothing measures it", row -> row.measurement().flatMap(Measurement::method))
            .text("actual", DISCOVERER, "The measured value; NULL when it is not known, or hidden from you", row -> row.measurement().flatMap(Measurement::actual))
            .text("status", DISCOVERER, "met, breached or unknown", row -> row.measurement().map(known -> known.status().toString()))
            .text("confidence", DISCOVERER, "exact, bound (the true value is on the known side of it) or unknown", row -> row.measurement().map(known -> known.confidence().toString()))
            .text("evidence", DISCOVERER, "Why, in words", row -> row.measurement().map(Measurement::evidence))
            .number("snapshot_id", DISCOVERER, "The version of the table that was measured", row -> row.measurement().filter(known -> known.snapshot().isPresent()).map(known -> known.snapshot().getAsLong()))
            .time("measured_at", DISCOVERER, "When it was measured", row -> row.measurement().map(Measurement::measuredAt))
            .build();

    private final SloMeasurer measurer;

    SlosTable(SloMeasurer measurer)
    {
        this.measurer = requireNonNull(measurer, "measurer is null");
    }

    @Override
    public SystemTableSchema<VisibleObjective> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleObjective> rows(SystemRequest request)
    {
        List<VisibleProduct> products = request.products().collect(toImmutableList());
        boolean measured = !Sets.intersection(MEASURED, request.columns()).isEmpty();
        Map<DataProduct, List<Measurement>> measurements = measured
                ? measurer.measure(products.stream().map(VisibleProduct::product).collect(toImmutableList()), objective -> request.allows("objective", objective.name()))
                : ImmutableMap.of();
        return products.stream().flatMap(visible -> rows(request, visible, measurements.getOrDefault(visible.product(), ImmutableList.of())));
    }

    private static Stream<VisibleObjective> rows(SystemRequest request, VisibleProduct visible, List<Measurement> measurements)
    {
        Iterator<Measurement> next = measurements.iterator();
        return visible.product().objectives().stream()
                .filter(objective -> request.allows("objective", objective.name()))
                .map(objective -> VisibleObjective.of(visible, objective, next.hasNext() ? Optional.of(next.next()) : Optional.empty()));
    }
}
