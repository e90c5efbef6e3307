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

import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Finds the datasets of events that look like the mesh's own but cannot be matched. Each is reported once, however many
 * events name it.
 */
final class UnresolvedDatasets
{
    private static final int MAX_DATASETS = 100;

    private final DatasetNames names;
    private final Map<Dataset, List<PublishedTable>> resolved;

    /**
     * @param resolved what is known already of the datasets of edges, and may be nothing
     */
    UnresolvedDatasets(DatasetNames names, Map<Dataset, List<PublishedTable>> resolved)
    {
        this.resolved = requireNonNull(resolved, "resolved is null");
        this.names = requireNonNull(names, "names is null");
    }

    /**
     * At most so many, those first where something is wrong for certain.
     */
    List<UnresolvedDataset> of(Observations observations)
    {
        return Stream.of(
                        observations.edges().stream().flatMap(edge -> Stream.of(edge.from(), edge.to())),
                        observations.columnEdges().stream().flatMap(edge -> Stream.of(edge.from(), edge.to())),
                        observations.assertions().stream().map(assertion -> assertion.dataset()))
                .flatMap(datasets -> datasets)
                .distinct()
                .filter(dataset -> find(dataset).isEmpty())
                .map(names::unresolved)
                .flatMap(Optional::stream)
                .sorted(comparing(UnresolvedDataset::severity))
                .limit(MAX_DATASETS)
                .collect(toImmutableList());
    }

    private List<PublishedTable> find(Dataset dataset)
    {
        List<PublishedTable> known = resolved.get(dataset);
        return known == null ? names.find(dataset) : known;
    }
}
