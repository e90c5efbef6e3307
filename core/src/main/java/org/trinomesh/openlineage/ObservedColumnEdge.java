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
package org.trinomesh.openlineage;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A column edge that a run reported in the {@code columnLineage} facet.
 *
 * @param transformation how, as far as the facet tells: {@code DIRECT/AGGREGATION: sum}
 */
public record ObservedColumnEdge(Dataset from, String fromColumn, Dataset to, String toColumn, Optional<String> transformation, String job, Instant at)
{
    // Trino calls the job of every query by the query's id, which has letters at its end
    private static final Pattern QUERY_ID = Pattern.compile("[0-9]{8}_[0-9]{6}_[0-9]{5}_[a-z0-9]{5}");
    // Times, counters and random ids
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-fA-F]*[0-9][0-9a-fA-F]*");

    public ObservedColumnEdge
    {
        requireNonNull(from, "from is null");
        requireNonNull(fromColumn, "fromColumn is null");
        requireNonNull(to, "to is null");
        requireNonNull(toColumn, "toColumn is null");
        requireNonNull(transformation, "transformation is null");
        requireNonNull(job, "job is null");
        requireNonNull(at, "at is null");
    }

    /**
     * The job without what may differ from run to run, so that the runs of one job are one job, whatever its tool calls them.
     */
    public String stableJob()
    {
        return RUN_ID.matcher(QUERY_ID.matcher(job).replaceAll("#")).replaceAll("#");
    }
}
