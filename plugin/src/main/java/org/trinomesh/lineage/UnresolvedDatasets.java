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
package org.trinomesh.lineage;

import com.google.common.collect.ImmutableList;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Finds the datasets of events that look like the mesh's own and are none. Each is told once, however many events name it.
 */
final class UnresolvedDatasets
{
    private static final int MAX_DATASETS = 100;

    private final DatasetNames names;

    UnresolvedDatasets(DatasetNames names)
    {
        this.names = requireNonNull(names, "names is null");
    }

    /**
     * At most so many, those first where something is wrong for certain.
     */
    List<UnresolvedDataset> of(Observations observations)
    {
        Set<Dataset> datasets = new LinkedHashSet<>();
        observations.edges().forEach(edge -> datasets.addAll(ImmutableList.of(edge.from(), edge.to())));
        observations.columnEdges().forEach(edge -> datasets.addAll(ImmutableList.of(edge.from(), edge.to())));
        observations.assertions().forEach(assertion -> datasets.add(assertion.dataset()));
        return datasets.stream()
                .map(names::unresolved)
                .flatMap(Optional::stream)
                .sorted(comparing(UnresolvedDataset::likely).reversed())
                .limit(MAX_DATASETS)
                .collect(toImmutableList());
    }
}
