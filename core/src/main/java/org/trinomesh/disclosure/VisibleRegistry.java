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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.registry.Mesh;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The generation of the mesh that answers a requester. Each load may be about a product that the requester does not know of, so when
 * and what was loaded is for stewards of the mesh.
 *
 * @param files how many files were read
 * @param domains how many domains the requester may know of
 * @param products how many data products the requester may discover
 * @param problems how many problems the requester may see
 */
public record VisibleRegistry(long generation, Instant loadedAt, Duration loadTime, int files, int domains, int products, Supplier<Integer> problems, Set<Closeness> closeness)
        implements Fact
{
    public VisibleRegistry
    {
        requireNonNull(loadedAt, "loadedAt is null");
        requireNonNull(loadTime, "loadTime is null");
        requireNonNull(problems, "problems is null");
        closeness = Sets.immutableEnumSet(requireNonNull(closeness, "closeness is null"));
    }

    /**
     * Empty for those who may know of nothing in the mesh.
     */
    public static Optional<VisibleRegistry> of(GovernedMesh mesh, ProblemCollector problems)
    {
        int domains = mesh.domains().size();
        if (domains == 0 && !mesh.isMeshSteward()) {
            return Optional.empty();
        }
        Mesh loaded = mesh.mesh();
        return Optional.of(new VisibleRegistry(
                loaded.generation(),
                loaded.loadedAt(),
                loaded.loadTime(),
                loaded.files(),
                domains,
                mesh.discoverable().size(),
                () -> problems.of(mesh).size(),
                mesh.isMeshSteward() ? ImmutableSet.of(Closeness.DISCOVERER, Closeness.MESH_STEWARD) : Closeness.DISCOVERERS));
    }
}
