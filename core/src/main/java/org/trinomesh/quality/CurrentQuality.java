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
package org.trinomesh.quality;

import org.trinomesh.openlineage.Observations;
import org.trinomesh.registry.Mesh;

import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * A cache of the current results of quality checks, which is computed again only when the mesh or the events changed.
 */
public final class CurrentQuality
{
    private final Supplier<Observations> observations;
    private final DatasetMapping datasets;
    private volatile Made made;

    private record Made(Mesh mesh, Observations observations, QualityResults results) {}

    public CurrentQuality(Supplier<Observations> observations, DatasetMapping datasets)
    {
        this.observations = requireNonNull(observations, "observations is null");
        this.datasets = requireNonNull(datasets, "datasets is null");
    }

    // Neither changes once it is made
    @SuppressWarnings("ReferenceEquality")
    public QualityResults of(Mesh mesh)
    {
        Observations current = observations.get();
        Made known = made;
        if (known != null && known.mesh() == mesh && known.observations() == current) {
            return known.results();
        }
        QualityResults results = QualityResults.of(current, datasets.of(mesh, current));
        made = new Made(mesh, current, results);
        return results;
    }
}
