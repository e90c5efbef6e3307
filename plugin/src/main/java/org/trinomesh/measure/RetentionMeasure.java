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

import org.trinomesh.product.Column;
import org.trinomesh.product.ObjectiveTarget.Span;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Disclosure.TableColumn;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.SloStatus;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Locale.ENGLISH;

/**
 * Measures retention: how far back the data goes, by the lowest value of the column that the objective names, or else of the
 * column by which the table is partitioned in time. Data that goes back far enough keeps the promise; where it does not, it
 * may never have been there.
 */
final class RetentionMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> METHOD = Optional.of("column bound");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        Map<String, Integer> fieldIds = table.fieldIds();
        Optional<String> column = objective.basis() instanceof Basis.Columns columns
                ? table.first(columns).map(Column::name)
                : fieldIds.entrySet().stream().filter(entry -> table.timePartitions().contains(entry.getValue())).map(Map.Entry::getKey).findFirst();
        if (column.isEmpty()) {
            return Measurement.unknown(objective, METHOD, "the table is not partitioned by a promised date or timestamp; name a column: 'measurement: column(created_at)'", now);
        }
        Disclosure disclosure = new Disclosure.Values(Set.of(new TableColumn(table.table().name(), column.get())));
        Optional<String> type = table.column(column.get()).map(found -> found.type().sql().toLowerCase(ENGLISH));
        if (type.isEmpty() || !fieldIds.containsKey(column.get()) || !type.get().equals("date") && !type.get().startsWith("timestamp")) {
            return Measurement.unknown(objective, METHOD, "column " + column.get() + " is no date or timestamp of the product", now).disclosing(disclosure);
        }
        ColumnSummary summary = table.files().column(fieldIds.get(column.get()));
        if (summary.lowest().isEmpty()) {
            return Measurement.unknown(objective, METHOD, summary.unboundedFiles() > 0 ? "the data files do not say what the column's lowest value is" : "the column has no value", now).disclosing(disclosure);
        }
        Instant lowest = Instant.EPOCH.plus(summary.lowest().getAsLong(), MICROS);
        BigDecimal reach = Quantity.millis(lowest.isAfter(now) ? Duration.ZERO : Duration.between(lowest, now));
        boolean deletes = table.rows().mayHaveDeletes();
        boolean silent = summary.unboundedFiles() > 0;
        Range range = deletes ? Range.atMost(reach) : silent ? Range.atLeast(reach) : Range.exactly(reach);
        BigDecimal target = Quantity.millis(((Span) objective.value().orElseThrow()).duration());
        boolean met = range.whenAtLeast(target) == SloStatus.MET;
        return new Measurement(
                objective,
                METHOD,
                Optional.of(range.text(Quantity::time)),
                met ? range.ratio(target) : OptionalDouble.empty(),
                met ? SloStatus.MET : SloStatus.UNKNOWN,
                range.confidence(),
                "the lowest value of column " + column.get() + " is " + lowest +
                        (deletes ? "; rows with it may be deleted" : silent ? "; " + summary.unboundedFiles() + " data files do not say theirs" : "") +
                        (met ? "" : "; nothing says whether older data was ever there"),
                disclosure,
                table.snapshot(),
                now);
    }
}
