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

import org.junit.jupiter.api.Test;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget.DueTime;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.ServiceLevelObjective.Basis;
import org.trinomesh.slo.Measurement;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data is due at six in Berlin, which is five in UTC in winter and four in summer.
 */
final class TestScheduleMeasure
{
    private static final ServiceLevelObjective OBJECTIVE = new ServiceLevelObjective(
            "schedule",
            ObjectiveKind.SCHEDULE,
            "06:00 Europe/Berlin",
            Optional.of(new DueTime(LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"))),
            Optional.empty(),
            Optional.empty(),
            new Basis.Usual(),
            Optional.empty());

    @Test
    void testInTime()
    {
        assertThat(judge("2026-01-15T12:00:00Z", "2026-01-15T04:59:59Z")).isEqualTo("met: data of 2026-01-15 came at 05:59:59 Europe/Berlin, in time");
        assertThat(judge("2026-07-15T12:00:00Z", "2026-07-15T04:00:00Z")).isEqualTo("met: data of 2026-07-15 came at 06:00 Europe/Berlin, in time");
        // More of it may come later
        assertThat(judge("2026-01-15T12:00:00Z", "2026-01-15T04:00:00Z", "2026-01-15T11:00:00Z")).startsWith("met");
        // Before midnight in UTC, after it in Berlin
        assertThat(judge("2026-01-15T12:00:00Z", "2026-01-14T23:30:00Z")).isEqualTo("met: data of 2026-01-15 came at 00:30 Europe/Berlin, in time");
    }

    @Test
    void testTooLate()
    {
        assertThat(judge("2026-01-15T12:00:00Z", "2026-01-15T05:00:01Z")).isEqualTo("breached: data of 2026-01-15 came at 06:00:01 Europe/Berlin, too late");
        assertThat(judge("2026-07-15T12:00:00Z", "2026-07-15T04:30:00Z")).startsWith("breached");
        assertThat(judge("2026-01-15T12:00:00Z", "2026-01-14T04:00:00Z")).isEqualTo("breached: no data of 2026-01-15 came; data was last changed at 2026-01-14T04:00:00Z");
        assertThat(judge("2026-01-15T12:00:00Z")).isEqualTo("breached: no data of 2026-01-15 came");
    }

    @Test
    void testBeforeItIsDueYesterdayCounts()
    {
        assertThat(judge("2026-01-15T04:59:59Z", "2026-01-14T04:00:00Z")).isEqualTo("met: data of 2026-01-14 came at 05:00 Europe/Berlin, in time");
        assertThat(judge("2026-01-15T05:00:00Z", "2026-01-14T04:00:00Z")).startsWith("breached");
        assertThat(judge("2026-01-15T02:00:00Z", "2026-01-13T04:00:00Z")).startsWith("breached: no data of 2026-01-14 came");
        // Today's is there already
        assertThat(judge("2026-01-15T02:00:00Z", "2026-01-15T01:00:00Z")).startsWith("met: data of 2026-01-15");
    }

    @Test
    void testExpiredSnapshotsMayHaveBeenInTime()
    {
        TableHistory late = history(false, "2026-01-15T08:00:00Z");
        assertThat(text(ScheduleMeasure.measure(OBJECTIVE, late, Instant.parse("2026-01-15T12:00:00Z")))).isEqualTo("unknown: snapshots of 2026-01-15 have expired");
        TableHistory longer = history(false, "2026-01-13T08:00:00Z", "2026-01-15T08:00:00Z");
        assertThat(text(ScheduleMeasure.measure(OBJECTIVE, longer, Instant.parse("2026-01-15T12:00:00Z")))).startsWith("breached");
    }

    private static String judge(String now, String... commits)
    {
        return text(ScheduleMeasure.measure(OBJECTIVE, history(true, commits), Instant.parse(now)));
    }

    private static String text(Measurement measurement)
    {
        return measurement.status() + ": " + measurement.evidence();
    }

    private static TableHistory history(boolean fromTheStart, String... commits)
    {
        return new TableHistory(IntStream.range(0, commits.length)
                .mapToObj(index -> commit(commits.length - index, fromTheStart && index == commits.length - 1, commits[commits.length - 1 - index]))
                .collect(toImmutableList()));
    }

    private static Commit commit(long id, boolean first, String at)
    {
        return new Commit(id, first, Instant.parse(at), true, OptionalLong.of(1), RowCounts.of(Map.of()), Map.of());
    }
}
