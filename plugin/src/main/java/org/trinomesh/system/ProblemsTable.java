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
package org.trinomesh.system;

import com.google.common.collect.ImmutableList;
import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.UnresolvedDataset;
import org.trinomesh.measure.ServiceStates;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.openlineage.EventProblem;
import org.trinomesh.openlineage.EventSnapshot;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.storage.ColumnBindings;

import java.util.List;
import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

final class ProblemsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("problems", "What is wrong with the data products you may discover; stewards of the mesh see all")
            .text("severity", "error (not served so), warning or info")
            .text("domain", "Schema of the domain, when it is known")
            .text("product", "Data product in SQL, when it is known")
            .text("file", "File below the mesh directory; of an OpenLineage event, below the results directory")
            .number("line", "Line, from 1")
            .number("column", "Column, from 1")
            .text("message", "What is wrong")
            .text("remedy", "What to write instead")
            .build();

    private static final int MAX_NAME = 300;

    private final ColumnBindings bindings;
    private final ServiceStates states;
    private final EventLog events;
    private final CurrentLineage lineage;

    ProblemsTable(ColumnBindings bindings, ServiceStates states, EventLog events, CurrentLineage lineage)
    {
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.states = requireNonNull(states, "states is null");
        this.events = requireNonNull(events, "events is null");
        this.lineage = requireNonNull(lineage, "lineage is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return all(mesh, bindings, states, events, lineage).stream()
                .map(problem -> new Object[] {
                        problem.severity().name().toLowerCase(ENGLISH),
                        problem.domain().orElse(null),
                        problem.product().orElse(null),
                        problem.position().file(),
                        (long) problem.position().line(),
                        (long) problem.position().column(),
                        problem.message(),
                        problem.remedy(),
                });
    }

    /**
     * Those of the descriptors, where tables were found to differ from them, and of event files lines that nobody understands and
     * datasets that look like the mesh's own and are none: these belong to no product, and only the stewards of the mesh see them.
     */
    static List<Problem> all(GovernedMesh mesh, ColumnBindings bindings, ServiceStates states, EventLog events, CurrentLineage lineage)
    {
        return mesh.visible(ImmutableList.<Problem>builder()
                .addAll(mesh.governance().problems())
                .addAll(bindings.problems(mesh.mesh()))
                .addAll(states.problems(mesh.mesh()))
                .addAll(mesh.isMeshSteward() ? ofEvents(mesh, events, lineage) : ImmutableList.of())
                .build());
    }

    private static List<Problem> ofEvents(GovernedMesh mesh, EventLog events, CurrentLineage lineage)
    {
        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        EventSnapshot read = events.snapshot();
        read.problems().forEach(problem -> problems.add(of(problem)));
        lineage.of(mesh.mesh(), read.observations()).unresolved().forEach(dataset -> problems.add(of(dataset)));
        if (!read.complete()) {
            problems.add(Problem.info(
                    Position.startOf("."),
                    "OpenLineage events are still being read%s; lineage and quality results may lack what they tell".formatted(read.unread() > 0 ? ", files left: " + read.unread() : ""),
                    "ask again in a moment"));
        }
        return problems.build();
    }

    private static Problem of(UnresolvedDataset dataset)
    {
        String name = dataset.dataset().namespace() + " " + dataset.dataset().name();
        String message = "OpenLineage dataset '%s' cannot be matched to a data product: %s".formatted(name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name, dataset.reason());
        // Events may come from many files
        Position position = Position.startOf(".");
        return dataset.severity() == Problem.Severity.WARNING ? Problem.warning(position, message, dataset.remedy()) : Problem.info(position, message, dataset.remedy());
    }

    private static Problem of(EventProblem problem)
    {
        return Problem.warning(
                new Position(problem.file(), (int) Math.min(problem.line(), Integer.MAX_VALUE), 1),
                "OpenLineage event is not read: " + problem.message(),
                "let the tool write one event of spec 1.x or 2.x a line into the results directory");
    }
}
