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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.Insight;
import org.trinomesh.measure.HistoryEntry;
import org.trinomesh.measure.SloMeasurer;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.TableId;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

/**
 * How freshness and volume stood at every commit of data whose snapshot a table still has.
 */
final class SloHistoryTable
        implements RequestedRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("slo_history", "How the data products you may discover kept their freshness and volume, commit by commit")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("table_name", "Table of the product; NULL when nobody can select from it")
            .number("snapshot_id", "The snapshot; only those that changed data")
            .column("committed_at", TIMESTAMP_TZ_MILLIS, "When it was committed")
            .number("gap_seconds", "How old the data before had become; NULL for the first commit that is known")
            .text("freshness_target", "The promised freshness; NULL without one that is measured by commits")
            .text("freshness_status", "Whether the gap was within it: met, breached or unknown")
            .text("row_count", "How many rows there were, or between what; for readers of all rows")
            .text("volume_target", "The promised volume; NULL without one")
            .text("volume_status", "Whether that was enough: met, breached or unknown")
            .build();

    private final SloMeasurer measurer;

    SloHistoryTable(SloMeasurer measurer)
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
        List<DataProduct> products = request.products().stream()
                .filter(product -> target(product, ObjectiveKind.FRESHNESS).or(() -> target(product, ObjectiveKind.VOLUME)).isPresent())
                .collect(toImmutableList());
        Map<DataProduct, List<HistoryEntry>> histories = measurer.history(products);
        return products.stream().flatMap(product -> {
            Insight insight = Insight.of(request.mesh(), product);
            return histories.get(product).stream().map(entry -> row(request.mesh(), product, entry, insight));
        });
    }

    private static Object[] row(GovernedMesh mesh, DataProduct product, HistoryEntry entry, Insight insight)
    {
        Optional<String> freshness = target(product, ObjectiveKind.FRESHNESS);
        Optional<String> volume = target(product, ObjectiveKind.VOLUME).filter(_ -> entry.table().main());
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                mesh.mesh().table(TableId.of(product, entry.table())).map(MeshTable::name).orElse(null),
                entry.snapshotId(),
                packDateTimeWithZone(entry.committedAt().toEpochMilli(), UTC_KEY),
                entry.gap().map(Duration::toSeconds).orElse(null),
                freshness.orElse(null),
                freshness.map(_ -> entry.freshness().toString()).orElse(null),
                entry.rows().filter(_ -> insight.seesAllRows() && insight.reads()).orElse(null),
                volume.orElse(null),
                volume.map(_ -> insight.seesAllRows() ? entry.volume().toString() : "unknown").orElse(null),
        };
    }

    private static Optional<String> target(DataProduct product, ObjectiveKind kind)
    {
        return HistoryEntry.objective(product.objectives(), kind).map(ServiceLevelObjective::target);
    }
}
