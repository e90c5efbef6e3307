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

import org.trinomesh.disclosure.ProductFact;
import org.trinomesh.disclosure.VisibleMeasurement;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.measure.HistoryEntry;
import org.trinomesh.measure.SloMeasurer;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ServiceLevelObjective;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code slo_history}: freshness and volume at every commit of data whose snapshot the table still has.
 */
final class SloHistoryTable
        implements SystemRows<SloHistoryTable.Row>
{
    private static final SystemTableSchema<Row> SCHEMA = SystemTableSchema.<Row>ofProducts("slo_history", "How the data products you may discover kept their freshness and volume, commit by commit")
            .text("table_name", DISCOVERER, "Table of the product; NULL when nobody can select from it", row -> row.visible().tableName(row.entry().table().name()))
            .number("snapshot_id", DISCOVERER, "The snapshot; only snapshots that changed data", row -> row.entry().snapshotId())
            .time("committed_at", DISCOVERER, "When it was committed", row -> row.entry().committedAt())
            .number("gap_seconds", DISCOVERER, "Age of the previous data at this commit; NULL for the first commit that is known", row -> row.entry().gap().map(Duration::toSeconds))
            .text("freshness_target", DISCOVERER, "The promised freshness; NULL without one that is measured by commits", Row::freshness)
            .text("freshness_status", DISCOVERER, "Whether the gap was within it: met, breached or unknown", row -> row.freshness().map(_ -> row.entry().freshness().toString()))
            .text("row_count", DISCOVERER, "Number of rows, or a range for it; only for readers of all rows", row -> VisibleMeasurement.rowCount(row.entry().rows(), row.visible().access()))
            .text("volume_target", DISCOVERER, "The promised volume; NULL without one", Row::volume)
            .text("volume_status", DISCOVERER, "Whether the volume was reached: met, breached or unknown", row -> row.volume().map(_ -> VisibleMeasurement.ofAllRows(row.entry().volume(), row.visible().access()).toString()))
            .build();

    private final SloMeasurer measurer;

    record Row(VisibleProduct visible, HistoryEntry entry)
            implements ProductFact
    {
        Row
        {
            requireNonNull(visible, "visible is null");
            requireNonNull(entry, "entry is null");
        }

        Optional<String> freshness()
        {
            return target(product(), ObjectiveKind.FRESHNESS);
        }

        Optional<String> volume()
        {
            return target(product(), ObjectiveKind.VOLUME).filter(_ -> entry.table().main());
        }
    }

    SloHistoryTable(SloMeasurer measurer)
    {
        this.measurer = requireNonNull(measurer, "measurer is null");
    }

    @Override
    public SystemTableSchema<Row> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<Row> rows(SystemRequest request)
    {
        List<VisibleProduct> products = request.products()
                .filter(visible -> target(visible.product(), ObjectiveKind.FRESHNESS).or(() -> target(visible.product(), ObjectiveKind.VOLUME)).isPresent())
                .collect(toImmutableList());
        Map<DataProduct, List<HistoryEntry>> histories = measurer.history(products.stream().map(VisibleProduct::product).collect(toImmutableList()));
        return products.stream().flatMap(visible -> histories.get(visible.product()).stream().map(entry -> new Row(visible, entry)));
    }

    private static Optional<String> target(DataProduct product, ObjectiveKind kind)
    {
        return HistoryEntry.objective(product.objectives(), kind).map(ServiceLevelObjective::target);
    }
}
