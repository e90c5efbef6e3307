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

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The health of a table when it was measured, or why it could not be.
 *
 * @param error for those who answer for the product; it names no location
 */
public record MeasuredHealth(Instant measuredAt, Optional<TableHealth> health, List<HealthProblem> problems, Optional<String> error)
{
    public MeasuredHealth
    {
        requireNonNull(measuredAt, "measuredAt is null");
        requireNonNull(health, "health is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
        requireNonNull(error, "error is null");
    }

    static MeasuredHealth failed(Instant measuredAt, String error)
    {
        return new MeasuredHealth(measuredAt, Optional.empty(), ImmutableList.of(), Optional.of(error));
    }

    public Optional<Long> snapshotId()
    {
        return number(TableHealth::snapshotId);
    }

    public Optional<Integer> snapshots()
    {
        return health.map(TableHealth::snapshots);
    }

    public Optional<Long> metadataBytes()
    {
        return health.map(TableHealth::metadataBytes);
    }

    public Optional<Integer> manifests()
    {
        return health.map(known -> known.manifests().manifests());
    }

    public Optional<Long> manifestBytes()
    {
        return health.map(known -> known.manifests().bytes());
    }

    public Optional<Long> dataFiles()
    {
        return number(known -> known.files().dataFiles());
    }

    public Optional<Long> averageFileBytes()
    {
        return number(known -> known.files().averageBytes());
    }

    public Optional<Long> smallFiles()
    {
        return number(known -> known.files().smallerThan(known.smallFileBytes()));
    }

    public Optional<Long> deleteFiles()
    {
        return number(known -> known.files().deleteFiles());
    }

    public Optional<Integer> partitionSpecs()
    {
        return health.map(known -> known.manifests().partitionSpecs());
    }

    public Optional<Instant> lastCompaction()
    {
        return health.flatMap(TableHealth::lastCompaction).map(Compaction::at);
    }

    private Optional<Long> number(Function<TableHealth, OptionalLong> part)
    {
        return health.map(part).filter(OptionalLong::isPresent).map(OptionalLong::getAsLong);
    }
}
