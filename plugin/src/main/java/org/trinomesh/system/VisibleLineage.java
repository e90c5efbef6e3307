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
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.lineage.ColumnEdge;
import org.trinomesh.lineage.ColumnEnd;
import org.trinomesh.lineage.EdgeKind;
import org.trinomesh.lineage.LineageEdge;
import org.trinomesh.lineage.LineageGraph;
import org.trinomesh.lineage.LineageNode;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What one requester may know of the lineage of a mesh. An edge is there when both of its products may be discovered: one that
 * may not is absent, and so is every way through it. Tables, datasets and jobs are for the stewards of the product they are
 * with, columns for those who see them. Used for one question.
 */
public final class VisibleLineage
{
    /**
     * The words that OpenLineage has for it.
     */
    private static final Pattern STANDARD_TRANSFORMATION = Pattern.compile("^(DIRECT|INDIRECT)(/(IDENTITY|TRANSFORMATION|AGGREGATION|JOIN|GROUP_BY|FILTER|SORT|WINDOW|CONDITIONAL))?(, masking)?(?=$|[:;])|^(IDENTITY|MASKED)(?=$|[:;])");

    private final GovernedMesh mesh;
    private final LineageGraph graph;
    private final Map<DataProduct, Boolean> discoverable = new IdentityHashMap<>();
    private final Map<DataProduct, Boolean> stewarded = new IdentityHashMap<>();
    private final Map<DataProduct, Map<String, TableAccess>> columns = new IdentityHashMap<>();

    private record Ends(ColumnEnd.Name from, ColumnEnd.Name to) {}

    public VisibleLineage(GovernedMesh mesh, LineageGraph graph)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.graph = requireNonNull(graph, "graph is null");
    }

    LineageGraph graph()
    {
        return graph;
    }

    Stream<LineageEdge> edges()
    {
        return graph.edges().stream().filter(this::isVisible);
    }

    /**
     * Without the jobs, only the last of several that made the same column of the same one: how many there are is told with their names.
     */
    Stream<ColumnEdge> columnEdges()
    {
        ImmutableList.Builder<ColumnEdge> edges = ImmutableList.builder();
        Map<Ends, ColumnEdge> last = new LinkedHashMap<>();
        graph.columnEdges().stream().filter(this::isVisible).forEach(edge -> {
            if (edge.kind() != EdgeKind.OBSERVED || knowsJob(edge)) {
                edges.add(edge);
            }
            else {
                last.merge(new Ends(edge.from().name(), edge.to().name()), edge, (before, after) -> after.lastSeen().orElseThrow().isBefore(before.lastSeen().orElseThrow()) ? before : after);
            }
        });
        return edges.addAll(last.values()).build().stream();
    }

    public boolean isVisible(LineageEdge edge)
    {
        return isVisible(edge.from(), edge.to()) && isVisible(edge.to(), edge.from());
    }

    boolean isVisible(ColumnEdge edge)
    {
        return isVisible(edge.from(), edge.to()) && isVisible(edge.to(), edge.from());
    }

    /**
     * A job is the business of those who look after what it writes, or after what it reads when it writes nothing of the mesh.
     */
    Optional<String> job(LineageEdge edge)
    {
        return edge.job().filter(_ -> edge.to().product().or(() -> edge.from().product()).filter(this::isStewarded).isPresent());
    }

    Optional<String> job(ColumnEdge edge)
    {
        return edge.job().filter(_ -> knowsJob(edge));
    }

    private boolean knowsJob(ColumnEdge edge)
    {
        return edge.to().product().or(() -> edge.from().product()).filter(this::isStewarded).isPresent();
    }

    /**
     * How a column is made. What a tool says in words of its own, such as an expression, may name other columns: without it for
     * those who do not look after the product.
     */
    Optional<String> transformation(ColumnEdge edge)
    {
        if (edge.kind() != EdgeKind.OBSERVED || knowsJob(edge)) {
            return edge.transformation();
        }
        return edge.transformation().flatMap(text -> STANDARD_TRANSFORMATION.matcher(text).results().map(MatchResult::group).findFirst());
    }

    private boolean isVisible(LineageNode node, LineageNode other)
    {
        return switch (node.kind()) {
            case PRODUCT, PORT -> node.product().filter(this::isDiscoverable).isPresent();
            case SOURCE -> true;
            case TABLE, DATASET -> other.product().filter(this::isStewarded).isPresent();
        };
    }

    private boolean isVisible(ColumnEnd end, ColumnEnd other)
    {
        if (end.product().isEmpty()) {
            return other.product().filter(this::isStewarded).isPresent();
        }
        DataProduct product = end.product().get();
        return isDiscoverable(product) && (end.isAllColumns() || !isHidden(product, end.table(), end.column()));
    }

    /**
     * The columns of that name in the tables of a product, or the fields inside columns, as far as the requester sees them. A field
     * that is masked alone, or that a rule hides and so is NULL, is still in the type of its column: only who does not see the column
     * does not know of it.
     */
    List<ColumnEnd> columns(DataProduct product, String written)
    {
        return product.tables().stream()
                .flatMap(table -> ColumnPath.find(table.columns(), written).stream()
                        .map(found -> new ColumnEnd(Optional.of(product), table.name(), found.path())))
                .filter(end -> !isHidden(product, end.table(), end.column()))
                .collect(toImmutableList());
    }

    private boolean isHidden(DataProduct product, String table, String path)
    {
        return columns.computeIfAbsent(product, this::access).get(table).isHidden(ColumnPath.columnOf(path));
    }

    private Map<String, TableAccess> access(DataProduct product)
    {
        Map<String, TableAccess> access = new HashMap<>();
        product.tables().forEach(table -> access.put(table.name(), mesh.columns(product, table)));
        return access;
    }

    private boolean isDiscoverable(DataProduct product)
    {
        return discoverable.computeIfAbsent(product, found -> mesh.decide(found).isDiscoverable());
    }

    private boolean isStewarded(DataProduct product)
    {
        return stewarded.computeIfAbsent(product, found -> isDiscoverable(found) && mesh.isStewardOf(found));
    }
}
