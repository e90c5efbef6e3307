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
package org.trinomesh.product;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The target of an objective, as a value to compare with measurements.
 */
public sealed interface ObjectiveTarget
{
    /**
     * A span of time: the oldest that data may be, the longest between two commits, how far back data goes at least.
     */
    record Span(Duration duration)
            implements ObjectiveTarget
    {
        public Span
        {
            requireNonNull(duration, "duration is null");
            checkArgument(duration.isPositive(), "duration is not positive: %s", duration);
        }
    }

    /**
     * @param ratio the least share, from 0 to 1
     */
    record Share(BigDecimal ratio)
            implements ObjectiveTarget
    {
        public Share
        {
            requireNonNull(ratio, "ratio is null");
            checkArgument(ratio.signum() >= 0 && ratio.compareTo(BigDecimal.ONE) <= 0, "ratio is not from 0 to 1: %s", ratio);
        }
    }

    /**
     * @param least how many rows there are at least
     */
    record Count(long least)
            implements ObjectiveTarget
    {
        public Count
        {
            checkArgument(least >= 0, "least is negative: %s", least);
        }
    }

    /**
     * @param least how many rows are added at least in every span of this length
     */
    record Rate(long least, Duration per)
            implements ObjectiveTarget
    {
        public Rate
        {
            checkArgument(least > 0, "least is not positive: %s", least);
            requireNonNull(per, "per is null");
            checkArgument(per.isPositive(), "per is not positive: %s", per);
        }
    }

    /**
     * Every day's data is there by this time of the day.
     */
    record DueTime(LocalTime time, ZoneId zone)
            implements ObjectiveTarget
    {
        public DueTime
        {
            requireNonNull(time, "time is null");
            requireNonNull(zone, "zone is null");
        }

        @Override
        public String toString()
        {
            return time + " " + zone;
        }
    }
}
