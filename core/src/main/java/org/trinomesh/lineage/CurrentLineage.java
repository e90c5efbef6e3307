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

import org.trinomesh.openlineage.EventLog;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.registry.Mesh;

import static java.util.Objects.requireNonNull;

/**
 * A cache of the lineage graph of the current mesh and the current events. The graph is built again only when one of the two
 * changed. Safe for use by several threads.
 */
public final class CurrentLineage
{
    private final EventLog events;
    private final StorageNames storages;
    private volatile Made made;

    private record Made(Mesh mesh, Observations observations, LineageGraph graph) {}

    public CurrentLineage(EventLog events)
    {
        this(events, StorageNames.UNKNOWN);
    }

    public CurrentLineage(EventLog events, StorageNames storages)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.events = requireNonNull(events, "events is null");
    }

    public LineageGraph of(Mesh mesh)
    {
        return of(mesh, events.current());
    }

    /**
     * The graph with events that the caller already has, for a caller that uses both.
     */
    public LineageGraph of(Mesh mesh, Observations observations)
    {
        Made known = made;
        return isOf(known, mesh, observations) ? known.graph() : make(mesh, observations);
    }

    private synchronized LineageGraph make(Mesh mesh, Observations observations)
    {
        Made known = made;
        if (isOf(known, mesh, observations)) {
            return known.graph();
        }
        LineageGraph graph = LineageGraph.of(mesh, storages, observations);
        made = new Made(mesh, observations, graph);
        return graph;
    }

    // Neither changes once it is made
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOf(Made made, Mesh mesh, Observations observations)
    {
        return made != null && made.mesh() == mesh && made.observations() == observations;
    }
}
