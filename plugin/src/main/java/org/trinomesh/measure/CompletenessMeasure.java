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
import org.trinomesh.product.ObjectiveTarget.Share;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.product.ServiceLevelObjective.ColumnReference;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Disclosure.TableColumn;
import org.trinomesh.slo.Measurement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;

/**
 * Measures completeness: the share of non-null values in the worst of the columns that the objective names, or else of the
 * columns that are never null. It uses the null counts of data files, without reading data.
 */
final class CompletenessMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> METHOD = Optional.of("null counts");
    // Names of the share of non-null values. Metadata does not answer other questions.
    private static final Set<String> MEASURED = Set.of("non_null_ratio", "not_null_ratio", "null_ratio", "null_counts", "non_null_values", "not_null");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        List<String> columns = columns(objective, table);
        if (columns.isEmpty()) {
            return Measurement.unknown(objective, METHOD, "the product has no column that is never null; name the columns that count: 'measurement: column(email)'", now);
        }
        Disclosure disclosure = new Disclosure.Values(columns.stream().map(column -> new TableColumn(table.table().name(), column)).collect(toImmutableSet()));
        long rows = table.files().rows();
        OptionalLong deleted = table.rows().deletedAtMost();
        if (rows == 0 || deleted.isPresent() && deleted.getAsLong() >= rows) {
            return Measurement.unknown(objective, METHOD, "the table has no rows", now).disclosing(disclosure);
        }
        Map<String, Integer> fieldIds = table.fieldIds();
        Optional<Measurement> worst = columns.stream()
                .map(column -> measure(objective, table, column, Optional.ofNullable(fieldIds.get(column)), deleted, disclosure, now))
                .max(Measurement.WORST_LAST);
        Measurement measured = worst.orElseThrow();
        if (objective.basis() instanceof Basis.Usual && objective.measurement().filter(measurement -> !MEASURED.contains(measurement.toLowerCase(ENGLISH))).isPresent()) {
            return measured.undecided(measured.evidence() + "; Iceberg's metadata does not say " + objective.measurement().get());
        }
        return measured;
    }

    private static Measurement measure(ServiceLevelObjective objective, MeasuredTable table, String column, Optional<Integer> fieldId, OptionalLong deleted, Disclosure disclosure, Instant now)
    {
        if (fieldId.isEmpty()) {
            return Measurement.unknown(objective, METHOD, "the table has no column " + column, now).disclosing(disclosure);
        }
        long rows = table.files().rows();
        ColumnSummary summary = table.files().column(fieldId.get());
        if (summary.uncountedRows() == rows) {
            return Measurement.unknown(objective, METHOD, "the data files do not count the nulls of column " + column, now).disclosing(disclosure);
        }
        if (deleted.isEmpty() && summary.nulls() + summary.uncountedRows() > 0) {
            return Measurement.unknown(objective, METHOD, "it is not known which rows the delete files remove, and column " + column + " has nulls", now).disclosing(disclosure);
        }
        long gone = deleted.orElse(0);
        long left = rows - gone;
        Range share = Range.between(
                share(Math.min(summary.nulls() + summary.uncountedRows(), left), left),
                share(Math.max(0, summary.nulls() - gone), left));
        BigDecimal target = ((Share) objective.value().orElseThrow()).ratio();
        return new Measurement(
                objective,
                METHOD,
                Optional.of(share.text(Quantity::share)),
                share.ratio(target),
                share.whenAtLeast(target),
                share.confidence(),
                "column %s has %s nulls in %s".formatted(column, summary.nulls(), Quantity.rows(BigDecimal.valueOf(rows))) +
                        (summary.uncountedRows() > 0 ? ", and " + Quantity.rows(BigDecimal.valueOf(summary.uncountedRows())) + " whose files do not count them" : "") +
                        (gone > 0 ? "; delete files remove up to %s of them".formatted(gone) : ""),
                disclosure,
                table.snapshot(),
                now);
    }

    private static BigDecimal share(long nulls, long rows)
    {
        return BigDecimal.valueOf(rows - nulls).divide(BigDecimal.valueOf(rows), MathContext.DECIMAL64);
    }

    private static List<String> columns(ServiceLevelObjective objective, MeasuredTable table)
    {
        if (objective.basis() instanceof Basis.Columns(List<ColumnReference> columns)) {
            return columns.stream()
                    .filter(reference -> reference.isOf(table.table()) && table.column(reference.column()).isPresent())
                    .map(ColumnReference::column)
                    .collect(toImmutableList());
        }
        return table.table().columns().stream()
                .filter(column -> !column.nullable())
                .map(Column::name)
                .collect(toImmutableList());
    }
}
