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
import com.google.common.collect.ImmutableSet;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The facts that events report: for each edge and check the latest one. Its size depends on the number of different facts,
 * not of events, and is limited, because tools may give the dataset of every run a new name. Not safe for use by several
 * threads.
 */
final class EventFacts
{
    private final int limit;
    private final Map<EdgeKey, ObservedEdge> edges = new LinkedHashMap<>();
    private final Map<ColumnKey, ObservedColumnEdge> columnEdges = new LinkedHashMap<>();
    private final Map<CheckKey, ObservedAssertion> assertions = new LinkedHashMap<>();
    private final Map<Dataset, Set<Dataset>> otherNames = new HashMap<>();
    private boolean full;

    // Without the job: Trino calls the job of every query by the query's id
    private record EdgeKey(Dataset from, Dataset to) {}

    // Several jobs may make the same column, each in its own way
    private record ColumnKey(Dataset from, String fromColumn, Dataset to, String toColumn, String stableJob) {}

    private record CheckKey(Dataset dataset, String assertion, Optional<String> name, Optional<String> column, String producer) {}

    /**
     * @param limit how many different edges, column edges and checks are kept, of each
     */
    EventFacts(int limit)
    {
        this.limit = limit;
    }

    void add(ObservedEdge edge)
    {
        requireNonNull(edge, "edge is null");
        put(edges, new EdgeKey(edge.from(), edge.to()), edge, ObservedEdge::at);
    }

    void add(ObservedColumnEdge edge)
    {
        requireNonNull(edge, "edge is null");
        put(columnEdges, new ColumnKey(edge.from(), edge.fromColumn(), edge.to(), edge.toColumn(), edge.stableJob()), edge, ObservedColumnEdge::at);
    }

    void add(ObservedAssertion assertion)
    {
        requireNonNull(assertion, "assertion is null");
        put(assertions, new CheckKey(assertion.dataset(), assertion.assertion(), assertion.name(), assertion.column().map(column -> column.toLowerCase(ENGLISH)), assertion.producer()), assertion, ObservedAssertion::at);
    }

    void addNames(Dataset dataset, Set<Dataset> others)
    {
        if (!others.isEmpty() && (otherNames.size() < limit || otherNames.containsKey(dataset))) {
            otherNames.put(dataset, ImmutableSet.copyOf(others));
        }
    }

    void addAll(EventFacts facts)
    {
        facts.edges.values().forEach(this::add);
        facts.columnEdges.values().forEach(this::add);
        facts.assertions.values().forEach(this::add);
        facts.otherNames.forEach(this::addNames);
        full |= facts.full;
    }

    /**
     * Whether something was left out because of the limit.
     */
    boolean isFull()
    {
        return full;
    }

    Observations toObservations(long events)
    {
        return new Observations(events, ImmutableList.copyOf(edges.values()), ImmutableList.copyOf(columnEdges.values()), ImmutableList.copyOf(assertions.values()), otherNames);
    }

    private <K, V> void put(Map<K, V> facts, K key, V fact, Function<V, Instant> at)
    {
        V before = facts.get(key);
        if (before == null && facts.size() >= limit) {
            full = true;
            return;
        }
        // Files are read in no order of time
        if (before == null || !at.apply(fact).isBefore(at.apply(before))) {
            facts.put(key, fact);
        }
    }
}
