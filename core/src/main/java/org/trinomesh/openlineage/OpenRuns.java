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

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Combines the events of each run: a tool may report what a run reads when the run starts, and what it wrote when the run
 * ended. Runs that never end are forgotten after many others. Not safe for use by several threads.
 */
final class OpenRuns
{
    private static final int MAX_RUNS = 10_000;
    private static final int MAX_EDGES = 10_000;

    private final Map<String, Run> runs = new LinkedHashMap<>()
    {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Run> eldest)
        {
            return size() > MAX_RUNS;
        }
    };

    private static final class Run
    {
        private final Set<Dataset> inputs = new LinkedHashSet<>();
        private final Set<Dataset> outputs = new LinkedHashSet<>();
        private boolean wrote;
        private boolean completed;
    }

    /**
     * @param type the state of the run; a run that failed or was aborted wrote nothing, and one that only started nothing yet
     * @return the edges of the run that the event tells, and all that are known by now when the run writes first and when it completes
     */
    List<ObservedEdge> add(String runId, String type, String job, Instant at, Collection<Dataset> inputs, Collection<Dataset> outputs)
            throws InvalidEventException
    {
        requireNonNull(runId, "runId is null");
        if (type.equals("FAIL") || type.equals("ABORT")) {
            runs.remove(runId);
            return ImmutableList.of();
        }
        Run run = runs.computeIfAbsent(runId, _ -> new Run());
        Set<Dataset> newInputs = inputs.stream().filter(run.inputs::add).collect(toImmutableSet());
        Set<Dataset> newOutputs = outputs.stream().filter(run.outputs::add).collect(toImmutableSet());
        boolean completes = type.equals("COMPLETE") && !run.completed;
        boolean told = run.wrote && !completes;
        run.wrote |= !type.equals("START");
        run.completed |= completes;
        if (!run.wrote) {
            return ImmutableList.of();
        }
        checkSize(run.inputs, run.outputs);
        if (!told) {
            return edges(run.inputs, run.outputs, job, at);
        }
        // All of it again with every event would take forever for a run that has a lot to say
        return ImmutableList.<ObservedEdge>builder()
                .addAll(edges(inputs, outputs, job, at))
                .addAll(edges(newInputs, run.outputs, job, at))
                .addAll(edges(run.inputs, newOutputs, job, at))
                .build();
    }

    static List<ObservedEdge> edges(Collection<Dataset> inputs, Collection<Dataset> outputs, String job, Instant at)
            throws InvalidEventException
    {
        checkSize(inputs, outputs);
        ImmutableList.Builder<ObservedEdge> edges = ImmutableList.builder();
        for (Dataset output : outputs) {
            for (Dataset input : inputs) {
                edges.add(new ObservedEdge(input, output, job, at));
            }
        }
        return edges.build();
    }

    private static void checkSize(Collection<Dataset> inputs, Collection<Dataset> outputs)
            throws InvalidEventException
    {
        if ((long) inputs.size() * outputs.size() > MAX_EDGES) {
            throw new InvalidEventException("the event has %s inputs and %s outputs, which make more than %s edges".formatted(inputs.size(), outputs.size(), MAX_EDGES));
        }
    }
}
