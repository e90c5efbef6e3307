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
package org.trinomesh.validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget;
import org.trinomesh.product.ObjectiveTarget.Count;
import org.trinomesh.product.ObjectiveTarget.DueTime;
import org.trinomesh.product.ObjectiveTarget.Rate;
import org.trinomesh.product.ObjectiveTarget.Share;
import org.trinomesh.product.ObjectiveTarget.Span;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class TestObjectiveTargets
{
    @ParameterizedTest
    @CsvSource({
            "15m, PT15M",
            "4h, PT4H",
            "24h, PT24H",
            "365d, PT8760H",
            "1 day, PT24H",
            "1.5h, PT1H30M",
            "90 seconds, PT90S",
            "250ms, PT0.25S",
            "2 weeks, PT336H",
            "3 years, PT26280H",
            "PT4H, PT4H",
            "P1D, PT24H",
            "P2Y, PT17520H",
            "P1W, PT168H",
    })
    void testSpans(String text, Duration expected)
    {
        assertThat(parse(ObjectiveKind.FRESHNESS, text)).contains(new Span(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "4", "-4h", "0h", "4 fortnights", "PT", "P", "99.9%", "99999999999999d", "999999999999999 years", "PT999999999999999999999H"})
    void testWhatIsNoSpan(String text)
    {
        assertThat(parse(ObjectiveKind.FRESHNESS, text)).isEmpty();
    }

    @Test
    void testUnitsBesideNumbers()
    {
        assertThat(ObjectiveTargets.parse(ObjectiveKind.FRESHNESS, "4", Optional.of("d"), Optional.empty())).contains(new Span(Duration.ofDays(4)));
        assertThat(ObjectiveTargets.parse(ObjectiveKind.COMPLETENESS, "99.5", Optional.of("%"), Optional.empty())).contains(new Share(new BigDecimal("0.995")));
        assertThat(ObjectiveTargets.parse(ObjectiveKind.VOLUME, "1000", Optional.of("rows"), Optional.empty())).contains(new Count(1000));
        assertThat(ObjectiveTargets.parse(ObjectiveKind.SCHEDULE, "06:00", Optional.of("Europe/Berlin"), Optional.empty())).contains(new DueTime(LocalTime.of(6, 0), ZoneId.of("Europe/Berlin")));
        // The target says it itself
        assertThat(ObjectiveTargets.parse(ObjectiveKind.FRESHNESS, "4h", Optional.of("d"), Optional.empty())).contains(new Span(Duration.ofHours(4)));
    }

    @ParameterizedTest
    @CsvSource({
            "99.5%, 0.995",
            "100 %, 1.00",
            "99.999 percent, 0.99999",
            "0.98, 0.98",
            ">= 97%, 0.97",
    })
    void testShares(String text, BigDecimal expected)
    {
        assertThat(parse(ObjectiveKind.COMPLETENESS, text)).contains(new Share(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99.5", "101%", "most", "-1%", "4h", ""})
    void testWhatIsNoShare(String text)
    {
        assertThat(parse(ObjectiveKind.AVAILABILITY, text)).isEmpty();
    }

    @Test
    void testCountsAndRates()
    {
        assertThat(parse(ObjectiveKind.VOLUME, "1_000_000 rows")).contains(new Count(1_000_000));
        assertThat(parse(ObjectiveKind.VOLUME, ">= 5,000")).contains(new Count(5000));
        assertThat(parse(ObjectiveKind.VOLUME, "many")).isEmpty();
        assertThat(parse(ObjectiveKind.VOLUME, "9999999999999999999")).isEmpty();
        assertThat(parse(ObjectiveKind.THROUGHPUT, "1000 rows/h")).contains(new Rate(1000, Duration.ofHours(1)));
        assertThat(parse(ObjectiveKind.THROUGHPUT, "50 per day")).contains(new Rate(50, Duration.ofDays(1)));
        assertThat(parse(ObjectiveKind.THROUGHPUT, "1000 rows / 15m")).contains(new Rate(1000, Duration.ofMinutes(15)));
        assertThat(parse(ObjectiveKind.THROUGHPUT, "1000 rows")).isEmpty();
    }

    @Test
    void testDueTimes()
    {
        DueTime morning = new DueTime(LocalTime.of(6, 0), ZoneId.of("Europe/Berlin"));
        assertThat(parse(ObjectiveKind.SCHEDULE, "06:00 Europe/Berlin")).contains(morning);
        assertThat(parse(ObjectiveKind.SCHEDULE, "by 6:00 Europe/Berlin")).contains(morning);
        assertThat(parse(ObjectiveKind.SCHEDULE, "09:00-08:00")).contains(new DueTime(LocalTime.of(9, 0), ZoneId.of("-08:00")));
        assertThat(ObjectiveTargets.parse(ObjectiveKind.SCHEDULE, "daily", Optional.empty(), Optional.of("06:00 Europe/Berlin"))).contains(morning);
        // Nobody knows whose morning
        assertThat(parse(ObjectiveKind.SCHEDULE, "06:00")).isEmpty();
        assertThat(parse(ObjectiveKind.SCHEDULE, "25:00 Europe/Berlin")).isEmpty();
        assertThat(parse(ObjectiveKind.SCHEDULE, "06:00 Europe/Nowhere")).isEmpty();
    }

    @Test
    void testKindsByName()
    {
        assertThat(ObjectiveKind.of("latency")).isEqualTo(ObjectiveKind.FRESHNESS);
        assertThat(ObjectiveKind.of("timeOfAvailability")).isEqualTo(ObjectiveKind.SCHEDULE);
        assertThat(ObjectiveKind.of("row-count")).isEqualTo(ObjectiveKind.VOLUME);
        assertThat(ObjectiveKind.of("generalAvailability")).isEqualTo(ObjectiveKind.UNKNOWN);
        assertThat(parse(ObjectiveKind.UNKNOWN, "4h")).isEmpty();
    }

    private static Optional<ObjectiveTarget> parse(ObjectiveKind kind, String target)
    {
        return ObjectiveTargets.parse(kind, target, Optional.empty(), Optional.empty());
    }
}
