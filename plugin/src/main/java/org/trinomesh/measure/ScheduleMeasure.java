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

import org.trinomesh.product.ObjectiveTarget.DueTime;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.slo.Confidence;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Measurement;
import org.trinomesh.slo.SloStatus;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static com.google.common.collect.Lists.reverse;

/**
 * Measures the schedule: each day, the first commit that changed data must come before the promised time of the day. Before
 * today's data is due, today's counts when it is there, and else yesterday's.
 */
final class ScheduleMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> METHOD = Optional.of("snapshot");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        return measure(objective, table.history(), now);
    }

    static Measurement measure(ServiceLevelObjective objective, TableHistory history, Instant now)
    {
        DueTime due = (DueTime) objective.value().orElseThrow();
        ZonedDateTime here = now.atZone(due.zone());
        LocalDate today = here.toLocalDate();
        List<Commit> commits = history.dataCommits();
        boolean isDue = !here.isBefore(today.atTime(due.time()).atZone(due.zone()));
        if (isDue || firstOf(today, due, commits).isPresent()) {
            return judge(objective, today, due, history, now);
        }
        return judge(objective, today.minusDays(1), due, history, now);
    }

    private static Measurement judge(ServiceLevelObjective objective, LocalDate day, DueTime due, TableHistory history, Instant now)
    {
        Instant dueAt = day.atTime(due.time()).atZone(due.zone()).toInstant();
        Optional<Commit> first = firstOf(day, due, history.dataCommits());
        if (first.isPresent() && !first.get().at().isAfter(dueAt)) {
            return measurement(objective, SloStatus.MET, Confidence.EXACT, first, "data of " + day + " came at " + local(first.get(), due) + ", in time", due, history, now);
        }
        // A commit that was in time may be among those whose snapshots have expired
        if (history.isTruncated() && history.commits().getLast().at().isAfter(day.atStartOfDay(due.zone()).toInstant())) {
            return measurement(objective, SloStatus.UNKNOWN, Confidence.UNKNOWN, first, "snapshots of " + day + " have expired", due, history, now);
        }
        String evidence = first.map(commit -> "data of " + day + " came at " + local(commit, due) + ", too late")
                .orElseGet(() -> "no data of " + day + " came" + history.newestData().map(commit -> "; data was last changed at " + commit.at()).orElse(""));
        return measurement(objective, SloStatus.BREACHED, Confidence.EXACT, first, evidence, due, history, now);
    }

    private static Measurement measurement(ServiceLevelObjective objective, SloStatus status, Confidence confidence, Optional<Commit> commit, String evidence, DueTime due, TableHistory history, Instant now)
    {
        return new Measurement(
                objective,
                METHOD,
                commit.map(found -> local(found, due)),
                OptionalDouble.empty(),
                status,
                confidence,
                evidence,
                new Disclosure.Times(),
                commit.or(history::current).map(found -> OptionalLong.of(found.snapshotId())).orElseGet(OptionalLong::empty),
                now);
    }

    private static Optional<Commit> firstOf(LocalDate day, DueTime due, List<Commit> newestFirst)
    {
        return reverse(newestFirst).stream()
                .filter(commit -> commit.at().atZone(due.zone()).toLocalDate().equals(day))
                .findFirst();
    }

    private static String local(Commit commit, DueTime due)
    {
        return commit.at().atZone(due.zone()).toLocalTime().withNano(0) + " " + due.zone();
    }
}
