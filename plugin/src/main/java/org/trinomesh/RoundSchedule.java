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

import java.time.Duration;

/**
 * Decides when the whole mesh is measured, and which products are measured in between. It is asked repeatedly, after a pause
 * each time.
 */
final class RoundSchedule
{
    private final long intervalNanos;
    private long nextRound;
    private int pauses;

    enum Look
    {
        /**
         * Everything.
         */
        ROUND,
        /**
         * What is new or changed.
         */
        CHANGED,
        /**
         * What is new or changed, and what is not in service.
         */
        CHANGED_AND_OUT_OF_SERVICE,
    }

    /**
     * @param now of {@link System#nanoTime}: the first round is due
     */
    RoundSchedule(Duration interval, long now)
    {
        this.intervalNanos = interval.toNanos();
        this.nextRound = now;
    }

    /**
     * @param now of {@link System#nanoTime}
     */
    Look next(long now)
    {
        if (now - nextRound >= 0) {
            nextRound = now + intervalNanos;
            pauses = 0;
            return Look.ROUND;
        }
        pauses++;
        // Products out of service are measured less and less often: after one pause, two, four, eight
        return Integer.bitCount(pauses) == 1 ? Look.CHANGED_AND_OUT_OF_SERVICE : Look.CHANGED;
    }
}
