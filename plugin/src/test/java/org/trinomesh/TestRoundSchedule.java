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
package org.trinomesh;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.trinomesh.RoundSchedule.Look;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.RoundSchedule.Look.CHANGED;
import static org.trinomesh.RoundSchedule.Look.CHANGED_AND_OUT_OF_SERVICE;
import static org.trinomesh.RoundSchedule.Look.ROUND;

final class TestRoundSchedule
{
    @Test
    void testWhatIsOutOfServiceIsLookedAtLessAndLessOften()
    {
        assertThat(looks(Duration.ofMinutes(1), Duration.ofSeconds(10), 8))
                .containsExactly(ROUND, CHANGED_AND_OUT_OF_SERVICE, CHANGED_AND_OUT_OF_SERVICE, CHANGED, CHANGED_AND_OUT_OF_SERVICE, CHANGED, ROUND, CHANGED_AND_OUT_OF_SERVICE);
    }

    @Test
    void testIntervalsThatAreNoMultipleOfThePause()
    {
        assertThat(looks(Duration.ofSeconds(19), Duration.ofSeconds(10), 5)).containsExactly(ROUND, CHANGED_AND_OUT_OF_SERVICE, ROUND, CHANGED_AND_OUT_OF_SERVICE, ROUND);
        assertThat(looks(Duration.ofSeconds(10), Duration.ofSeconds(10), 3)).containsExactly(ROUND, ROUND, ROUND);
    }

    private static List<Look> looks(Duration interval, Duration pause, int times)
    {
        // The clock may have any value, also one that ends soon
        long now = Long.MAX_VALUE - 5;
        RoundSchedule schedule = new RoundSchedule(interval, now);
        ImmutableList.Builder<Look> looks = ImmutableList.builder();
        for (int look = 0; look < times; look++) {
            looks.add(schedule.next(now));
            now += pause.toNanos();
        }
        return looks.build();
    }
}
