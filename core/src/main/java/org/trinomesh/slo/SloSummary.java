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
package org.trinomesh.slo;

import java.util.Collection;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Whether a data product keeps its objectives, and for how many of them this is known.
 *
 * @param measured the objectives of which it is known whether they are kept
 * @param promised all objectives
 */
public record SloSummary(SloStatus status, int measured, int promised)
{
    public SloSummary
    {
        requireNonNull(status, "status is null");
        checkArgument(promised > 0, "promised is not positive: %s", promised);
        checkArgument(measured >= 0 && measured <= promised, "measured is not from 0 to %s: %s", promised, measured);
        checkArgument((status == SloStatus.UNKNOWN) == (measured == 0), "%s objectives are measured, and the status is %s", measured, status);
    }

    public static SloSummary unknown(int promised)
    {
        return new SloSummary(SloStatus.UNKNOWN, 0, promised);
    }

    public static SloSummary of(Collection<SloStatus> statuses)
    {
        return new SloSummary(
                SloStatus.of(statuses),
                statuses.stream().filter(status -> status != SloStatus.UNKNOWN).collect(toImmutableList()).size(),
                statuses.size());
    }

    /**
     * From 0 to 1.
     */
    public double measuredShare()
    {
        return (double) measured / promised;
    }
}
