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
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget.Count;
import org.trinomesh.product.ObjectiveTarget.Span;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.slo.SloStatus;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A commit that changed data, with the state of the promises at that time.
 *
 * @param gap since the commit of data before it: how old data had become; empty for the first that is known
 * @param rows how many rows there were then; telling of all rows
 */
public record HistoryEntry(ProductTable table, long snapshotId, Instant committedAt, Optional<Duration> gap, SloStatus freshness, Optional<String> rows, SloStatus volume)
{
    public HistoryEntry
    {
        requireNonNull(table, "table is null");
        requireNonNull(committedAt, "committedAt is null");
        requireNonNull(gap, "gap is null");
        requireNonNull(freshness, "freshness is null");
        requireNonNull(rows, "rows is null");
        requireNonNull(volume, "volume is null");
    }

    /**
     * The objective that a history is compared with: times between commits say nothing of one that is measured by a column.
     */
    public static Optional<ServiceLevelObjective> objective(List<ServiceLevelObjective> objectives, ObjectiveKind kind)
    {
        return objectives.stream()
                .filter(objective -> objective.kind() == kind && objective.value().isPresent() && objective.basis() instanceof Basis.Usual)
                .findFirst();
    }

    /**
     * Newest first.
     */
    static List<HistoryEntry> of(ProductTable table, TableHistory history, List<ServiceLevelObjective> objectives)
    {
        Optional<BigDecimal> oldest = objective(objectives, ObjectiveKind.FRESHNESS).map(objective -> Quantity.millis(((Span) objective.value().orElseThrow()).duration()));
        Optional<BigDecimal> least = objective(objectives, ObjectiveKind.VOLUME).filter(_ -> table.main()).map(objective -> BigDecimal.valueOf(((Count) objective.value().orElseThrow()).least()));
        List<Commit> commits = history.dataCommits();
        ImmutableList.Builder<HistoryEntry> entries = ImmutableList.builder();
        for (int index = 0; index < commits.size(); index++) {
            Commit commit = commits.get(index);
            Optional<Duration> gap = index + 1 < commits.size() ? Optional.of(Duration.between(commits.get(index + 1).at(), commit.at())) : Optional.empty();
            Optional<Range> rows = commit.rows().total().isPresent() ? Optional.of(VolumeMeasure.range(commit.rows())) : Optional.empty();
            entries.add(new HistoryEntry(
                    table,
                    commit.snapshotId(),
                    commit.at(),
                    gap,
                    gap.flatMap(length -> oldest.map(Range.exactly(Quantity.millis(length))::whenAtMost)).orElse(SloStatus.UNKNOWN),
                    rows.map(range -> range.text(BigDecimal::toPlainString)),
                    rows.flatMap(range -> least.map(range::whenAtLeast)).orElse(SloStatus.UNKNOWN)));
        }
        return entries.build();
    }
}
