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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The facts of the events of all tools that were read so far: the latest one for every edge and every check.
 *
 * @param events how many events were read
 * @param otherNames what else a dataset is called, by the {@code symlinks} facet: the table's name where the tool knows the
 *         dataset by its location
 */
public record Observations(
        long events,
        List<ObservedEdge> edges,
        List<ObservedColumnEdge> columnEdges,
        List<ObservedAssertion> assertions,
        Map<Dataset, Set<Dataset>> otherNames)
{
    public static final Observations NONE = new Observations(0, ImmutableList.of(), ImmutableList.of(), ImmutableList.of());

    public Observations
    {
        edges = ImmutableList.copyOf(requireNonNull(edges, "edges is null"));
        columnEdges = ImmutableList.copyOf(requireNonNull(columnEdges, "columnEdges is null"));
        assertions = ImmutableList.copyOf(requireNonNull(assertions, "assertions is null"));
        otherNames = ImmutableMap.copyOf(requireNonNull(otherNames, "otherNames is null"));
    }

    public Observations(long events, List<ObservedEdge> edges, List<ObservedColumnEdge> columnEdges, List<ObservedAssertion> assertions)
    {
        this(events, edges, columnEdges, assertions, ImmutableMap.of());
    }
}
