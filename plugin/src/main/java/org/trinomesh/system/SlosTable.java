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
import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.Insight;
import org.trinomesh.disclosure.VisibleMeasurement;
import org.trinomesh.measure.SloMeasurer;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.slo.Measurement;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

/**
 * One row for each objective, measured as the query runs: only what it asks for, and only when it asks for more than the
 * promises.
 */
final class SlosTable
        implements RequestedRows
{
    private static final Set<String> MEASURED = Set.of("method", "actual", "status", "confidence", "evidence", "snapshot_id", "measured_at");
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("slos", "What the data products you may discover promise of their data, and whether they keep it right now")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("objective", "What is promised: freshness, completeness, accuracy, availability, volume, schedule, retention, throughput, frequency or another name")
            .text("target", "What is promised, as it is written")
            .text("unit", "What the target counts, where that is written beside it")
            .text("measurement", "How the product's team says that it is measured")
            .text("method", "How it was measured; NULL when nothing measures it")
            .text("actual", "The measured value; NULL when it is not known, or not for you")
            .text("status", "met, breached or unknown")
            .text("confidence", "exact, bound (the true value is on the known side of it) or unknown")
            .text("evidence", "Why, in words")
            .number("snapshot_id", "The version of the table that was measured")
            .column("measured_at", TIMESTAMP_TZ_MILLIS, "When it was measured")
            .build();

    private final SloMeasurer measurer;

    SlosTable(SloMeasurer measurer)
    {
        this.measurer = requireNonNull(measurer, "measurer is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(SystemRequest request)
    {
        List<DataProduct> products = request.products();
        boolean measured = !Sets.intersection(MEASURED, request.columns()).isEmpty();
        Map<DataProduct, List<Measurement>> measurements = measured
                ? measurer.measure(products, objective -> request.allows("objective", objective.name()))
                : ImmutableMap.of();
        return products.stream()
                .filter(product -> !product.objectives().isEmpty())
                .flatMap(product -> rows(request, product, measured ? measurements.getOrDefault(product, ImmutableList.of()) : ImmutableList.of()));
    }

    private static Stream<Object[]> rows(SystemRequest request, DataProduct product, List<Measurement> measurements)
    {
        Insight insight = Insight.of(request.mesh(), product);
        Iterator<Measurement> next = measurements.iterator();
        return product.objectives().stream()
                .filter(objective -> request.allows("objective", objective.name()))
                .map(objective -> row(product, objective, insight, next.hasNext() ? Optional.of(VisibleMeasurement.of(next.next(), insight)) : Optional.empty()));
    }

    private static Object[] row(DataProduct product, ServiceLevelObjective objective, Insight insight, Optional<Measurement> measurement)
    {
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                objective.name(),
                objective.target(),
                objective.unit().orElse(null),
                VisibleMeasurement.measurementText(objective, insight).orElse(null),
                measurement.flatMap(Measurement::method).orElse(null),
                measurement.flatMap(Measurement::actual).orElse(null),
                measurement.map(Measurement::status).map(Object::toString).orElse(null),
                measurement.map(Measurement::confidence).map(Object::toString).orElse(null),
                measurement.map(Measurement::evidence).orElse(null),
                measurement.filter(known -> known.snapshot().isPresent()).map(known -> known.snapshot().getAsLong()).orElse(null),
                measurement.map(known -> packDateTimeWithZone(known.measuredAt().toEpochMilli(), UTC_KEY)).orElse(null),
        };
    }
}
