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

import com.google.common.collect.ImmutableList;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.UnresolvedDataset;
import org.trinomesh.openlineage.EventLog;
import org.trinomesh.openlineage.EventProblem;
import org.trinomesh.openlineage.EventSnapshot;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.Mesh;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Every problem of the mesh that a requester may know: those of the descriptors, of tables that were found to differ from them, and
 * for the stewards of the mesh those of event files, which belong to no product: lines that nobody understands, and datasets that look
 * like the mesh's own and are none.
 */
public final class ProblemCollector
{
    private static final int MAX_NAME = 300;

    private final List<Source> sources;
    private final EventLog events;
    private final CurrentLineage lineage;

    /**
     * Finds problems of a mesh besides those of its documents. Who may see them is decided afterwards.
     */
    public interface Source
    {
        List<Problem> problems(Mesh mesh);
    }

    public ProblemCollector(List<Source> sources, EventLog events, CurrentLineage lineage)
    {
        this.sources = ImmutableList.copyOf(requireNonNull(sources, "sources is null"));
        this.events = requireNonNull(events, "events is null");
        this.lineage = requireNonNull(lineage, "lineage is null");
    }

    public List<VisibleProblem> of(GovernedMesh mesh)
    {
        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        problems.addAll(mesh.governance().problems());
        sources.forEach(source -> problems.addAll(source.problems(mesh.mesh())));
        if (mesh.isMeshSteward()) {
            problems.addAll(ofEvents(mesh));
        }
        return mesh.visible(problems.build()).stream().map(VisibleProblem::new).collect(toImmutableList());
    }

    private List<Problem> ofEvents(GovernedMesh mesh)
    {
        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        EventSnapshot read = events.snapshot();
        read.problems().forEach(problem -> problems.add(of(problem)));
        lineage.of(mesh.mesh(), read.observations()).unresolved().forEach(dataset -> problems.add(of(dataset)));
        if (!read.complete()) {
            problems.add(Problem.info(
                    Position.startOf("."),
                    "OpenLineage events are still being read%s; lineage and quality results may be incomplete".formatted(read.unread() > 0 ? ", files left: " + read.unread() : ""),
                    "query again in a moment"));
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
                "OpenLineage event cannot be read: " + problem.message(),
                "configure the tool to write one event of spec 1.x or 2.x per line into the results directory");
    }
}
