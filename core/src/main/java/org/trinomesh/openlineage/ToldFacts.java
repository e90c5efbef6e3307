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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts of one event until the event is completely read: an event with a mistake in one place is not used at all.
 */
final class ToldFacts
{
    private final List<ObservedEdge> edges = new ArrayList<>();
    private final List<ObservedColumnEdge> columnEdges = new ArrayList<>();
    private final List<ObservedAssertion> assertions = new ArrayList<>();
    private final Map<Dataset, Set<Dataset>> otherNames = new HashMap<>();

    void add(ObservedEdge edge)
    {
        edges.add(edge);
    }

    void add(ObservedColumnEdge edge)
    {
        columnEdges.add(edge);
    }

    void add(ObservedAssertion assertion)
    {
        assertions.add(assertion);
    }

    void addNames(Dataset dataset, Set<Dataset> others)
    {
        if (!others.isEmpty()) {
            otherNames.put(dataset, others);
        }
    }

    void giveTo(EventFacts facts)
    {
        edges.forEach(facts::add);
        columnEdges.forEach(facts::add);
        assertions.forEach(facts::add);
        otherNames.forEach(facts::addNames);
    }
}
