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

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class TestOpenRuns
{
    private static final Instant MONDAY = Instant.parse("2026-05-04T06:00:00Z");

    private final OpenRuns runs = new OpenRuns();

    @Test
    void testWhatWasToldIsNotToldWithEveryEvent()
            throws InvalidEventException
    {
        assertThat(add("START", datasets("in", 0, 100), List.of())).isEmpty();
        assertThat(add("RUNNING", List.of(), datasets("out", 0, 99))).hasSize(9_900);
        assertThat(add("RUNNING", List.of(), List.of())).isEmpty();
        assertThat(add("RUNNING", List.of(), datasets("out", 99, 100))).hasSize(100);
        assertThat(add("RUNNING", datasets("in", 0, 2), datasets("out", 0, 2))).hasSize(4);
        // When it was last made so
        assertThat(add("COMPLETE", List.of(), List.of())).hasSize(10_000);
        assertThat(add("COMPLETE", List.of(), List.of())).isEmpty();
        assertThatThrownBy(() -> add("COMPLETE", datasets("in", 100, 101), List.of()))
                .hasMessage("the event has 101 inputs and 100 outputs, which make more than 10000 edges");
    }

    private List<ObservedEdge> add(String type, List<Dataset> inputs, List<Dataset> outputs)
            throws InvalidEventException
    {
        return runs.add("run", type, "job", MONDAY, inputs, outputs);
    }

    private static List<Dataset> datasets(String name, int from, int to)
    {
        return IntStream.range(from, to).mapToObj(number -> new Dataset("lake", name + number)).collect(toImmutableList());
    }
}
