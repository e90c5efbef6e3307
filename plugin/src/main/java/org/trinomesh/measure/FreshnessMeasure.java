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

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Locale.ENGLISH;

/**
 * Measures freshness: the age of the newest data, by the last commit that changed data, by the highest value of a column, or
 * by the heartbeat of the pipeline in a commit's properties.
 */
final class FreshnessMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> BY_COLUMN = Optional.of("column bound");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        return switch (objective.basis()) {
            case Basis.Usual _ -> bySnapshot(objective, table, now);
            case Basis.Heartbeat(String property) -> byHeartbeat(objective, property, table, now);
            case Basis.Columns columns -> table.first(columns)
                    .map(column -> byColumn(objective, column, table, now))
                    .orElseGet(() -> Measurement.unknown(objective, BY_COLUMN, "the product has no such column", now));
        };
    }

    private static Measurement bySnapshot(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        TableHistory history = table.history();
        Optional<Commit> newest = history.newestData();
        if (newest.isPresent()) {
            Commit commit = newest.get();
            boolean rewritten = history.current().orElseThrow() != commit;
            return measured(
                    objective,
                    "snapshot",
                    Range.exactly(age(commit.at(), now)),
                    "data was last changed at " + commit.at() + (rewritten ? "; later commits only rewrote it" : ""),
                    new Disclosure.Times(),
                    OptionalLong.of(commit.snapshotId()),
                    now);
        }
        if (history.isTruncated()) {
            Instant oldest = history.commits().getLast().at();
            return measured(
                    objective,
                    "snapshot",
                    Range.atLeast(age(oldest, now)),
                    "data was last changed before " + oldest + ", by a commit whose snapshot has expired",
                    new Disclosure.Times(),
                    table.snapshot(),
                    now);
        }
        return Measurement.unknown(objective, Optional.of("snapshot"), "no commit has changed data yet", now);
    }

    private static Measurement byHeartbeat(ServiceLevelObjective objective, String property, MeasuredTable table, Instant now)
    {
        Optional<Commit> newest = table.history().commits().stream()
                .filter(commit -> commit.properties().containsKey(property))
                .findFirst();
        if (newest.isEmpty()) {
            return Measurement.unknown(objective, Optional.of("heartbeat"), "no commit has the property " + property, now);
        }
        Optional<Instant> heartbeat = Heartbeat.parse(newest.get().properties().get(property));
        if (heartbeat.isEmpty()) {
            return Measurement.unknown(objective, Optional.of("heartbeat"), "the property " + property + " of the last commit that has it is neither milliseconds since 1970 nor a time such as 2026-01-31T06:00:00Z", now);
        }
        return measured(
                objective,
                "heartbeat",
                Range.exactly(age(heartbeat.get(), now)),
                "the pipeline's last heartbeat was at " + heartbeat.get(),
                new Disclosure.Times(),
                OptionalLong.of(newest.get().snapshotId()),
                now);
    }

    private static Measurement byColumn(ServiceLevelObjective objective, Column column, MeasuredTable table, Instant now)
    {
        Integer fieldId = table.fieldIds().get(column.name());
        Disclosure disclosure = new Disclosure.Values(Set.of(new TableColumn(table.table().name(), column.name())));
        if (fieldId == null) {
            return Measurement.unknown(objective, BY_COLUMN, "the table does not have the column", now).disclosing(disclosure);
        }
        String type = column.type().sql().toLowerCase(ENGLISH);
        if (!type.equals("date") && !type.startsWith("timestamp")) {
            return Measurement.unknown(objective, BY_COLUMN, "a column of type " + type + " tells no time", now).disclosing(disclosure);
        }
        ColumnSummary summary = table.files().column(fieldId);
        if (summary.highest().isEmpty()) {
            // That the column has no value also reveals something about its values
            return Measurement.unknown(objective, BY_COLUMN, summary.unboundedFiles() > 0 ? "the data files do not say what the column's highest value is" : "the column has no value", now).disclosing(disclosure);
        }
        Instant highest = Instant.EPOCH.plus(summary.highest().getAsLong(), MICROS);
        // A date stands for any moment of its day
        BigDecimal youngest = age(type.equals("date") ? highest.plus(Duration.ofDays(1)) : highest, now);
        BigDecimal oldest = age(highest, now);
        boolean deletes = table.rows().mayHaveDeletes();
        boolean silent = summary.unboundedFiles() > 0;
        String value = "the column's highest value is " + highest + (type.endsWith("with time zone") || type.equals("date") ? "" : ", taken as UTC");
        if (deletes && silent) {
            return Measurement.unknown(objective, BY_COLUMN, value + " in files that say so, and rows with it may be deleted", now).disclosing(disclosure);
        }
        return measured(
                objective,
                BY_COLUMN.orElseThrow(),
                deletes ? Range.atLeast(youngest) : silent ? Range.atMost(oldest) : Range.between(youngest, oldest),
                value + (deletes ? "; rows with it may be deleted" : silent ? "; " + summary.unboundedFiles() + " data files do not say theirs" : ""),
                disclosure,
                table.snapshot(),
                now);
    }

    private static Measurement measured(ServiceLevelObjective objective, String method, Range age, String evidence, Disclosure disclosure, OptionalLong snapshot, Instant now)
    {
        BigDecimal target = Quantity.millis(((Span) objective.value().orElseThrow()).duration());
        return new Measurement(
                objective,
                Optional.of(method),
                Optional.of(age.text(Quantity::time)),
                age.ratio(target),
                age.whenAtMost(target),
                age.confidence(),
                evidence,
                disclosure,
                snapshot,
                now);
    }

    /**
     * A time in the future, from a clock that is ahead, counts as now.
     */
    private static BigDecimal age(Instant then, Instant now)
    {
        return Quantity.millis(then.isAfter(now) ? Duration.ZERO : Duration.between(then, now));
    }
}
