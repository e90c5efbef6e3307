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
import org.trinomesh.lineage.ColumnEdge;
import org.trinomesh.lineage.ColumnEnd;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.Direction;
import org.trinomesh.lineage.EdgeKind;
import org.trinomesh.lineage.ImpactWalk;
import org.trinomesh.lineage.LineageEdge;
import org.trinomesh.lineage.LineageGraph;
import org.trinomesh.lineage.LineageNode;
import org.trinomesh.lineage.TouchedProduct;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.registry.ColumnReference;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What one requester may know of the lineage of a mesh. An edge is visible when the requester may discover both of its
 * products. A product that the requester may not discover is absent, and so is every path through it. Tables, datasets and
 * jobs are only for the stewards of the product at the other end, columns for those who see them. Used for one question.
 */
public final class VisibleLineage
{
    /**
     * The terms that OpenLineage uses for transformations.
     */
    private static final Pattern STANDARD_TRANSFORMATION = Pattern.compile("^(DIRECT|INDIRECT)(/(IDENTITY|TRANSFORMATION|AGGREGATION|JOIN|GROUP_BY|FILTER|SORT|WINDOW|CONDITIONAL))?(, masking)?(?=$|[:;])|^(IDENTITY|MASKED)(?=$|[:;])");

    private final GovernedMesh mesh;
    private final LineageGraph graph;
    private final Map<ProductId, VisibleProduct> products = new HashMap<>();
    private final Map<ProductId, Boolean> discoverable = new HashMap<>();
    private final Map<ProductId, Map<String, TableAccess>> columns = new HashMap<>();

    private record Ends(ColumnEnd.Name from, ColumnEnd.Name to) {}

    public VisibleLineage(GovernedMesh mesh, LineageGraph graph)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.graph = requireNonNull(graph, "graph is null");
    }

    /**
     * With what is known of lineage now.
     */
    public static VisibleLineage of(GovernedMesh mesh, CurrentLineage lineage)
    {
        return new VisibleLineage(mesh, lineage.of(mesh.mesh()));
    }

    public Stream<VisibleEdge> edges()
    {
        return graph.edges().stream().filter(this::isVisible).map(this::visible);
    }

    /**
     * The edges within some steps of a product.
     */
    public Stream<VisibleStep> walk(DataProduct product, Direction direction, int depth)
    {
        return graph.walk(product, direction, depth, this::isVisible).stream().map(step -> new VisibleStep(step, visible(step.edge())));
    }

    /**
     * The other products that a change of the product as a whole would reach, the nearest first.
     */
    public List<TouchedProduct> impact(DataProduct product)
    {
        return impactWalk().from(product);
    }

    /**
     * The other products that a change of columns of the product, or of fields inside them, would reach, the nearest first.
     *
     * @param columns of those that {@link #columns} finds
     */
    public List<TouchedProduct> impact(DataProduct product, List<ColumnEnd> columns)
    {
        return impactWalk().from(product, columns);
    }

    private ImpactWalk impactWalk()
    {
        return new ImpactWalk(graph, this::isVisible, this::isVisible);
    }

    /**
     * The name of a product in lineage: the shortest that is this very version.
     */
    public String name(DataProduct product)
    {
        return graph.node(product).name();
    }

    private VisibleEdge visible(LineageEdge edge)
    {
        return new VisibleEdge(
                edge,
                edge.from().product().map(this::visible),
                edge.to().product().map(this::visible),
                closeness(edge.to().product().or(() -> edge.from().product())));
    }

    private VisibleColumnEdge visible(ColumnEdge edge)
    {
        return new VisibleColumnEdge(
                visible(edge.from()),
                visible(edge.to()),
                edge.kind(),
                transformation(edge),
                edge.job(),
                edge.evidence(),
                edge.lastSeen(),
                closeness(edge));
    }

    private VisibleColumnEdge.End visible(ColumnEnd end)
    {
        return new VisibleColumnEdge.End(end.product(), tableName(end), end.column());
    }

    /**
     * Of a product from which nobody selects, a table has no name.
     */
    private Optional<String> tableName(ColumnEnd end)
    {
        return end.product().isEmpty() ? Optional.of(end.table()) : visible(end.product().get()).tableName(end.table());
    }

    private Set<Closeness> closeness(ColumnEdge edge)
    {
        return closeness(edge.to().product().or(() -> edge.from().product()));
    }

    private Set<Closeness> closeness(Optional<DataProduct> product)
    {
        return product.map(found -> visible(found).closeness()).orElse(Closeness.DISCOVERERS);
    }

    private VisibleProduct visible(DataProduct product)
    {
        return products.computeIfAbsent(product.id(), _ -> mesh.visible(product));
    }

    /**
     * Of several jobs with the same column edge, only the latest edge: who may not see the jobs may not see how many there
     * are.
     */
    public Stream<VisibleColumnEdge> columnEdges()
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
        return edges.addAll(last.values()).build().stream().map(this::visible);
    }

    private boolean isVisible(LineageEdge edge)
    {
        return isVisible(edge.from(), edge.to()) && isVisible(edge.to(), edge.from());
    }

    private boolean isVisible(ColumnEdge edge)
    {
        return isVisible(edge.from(), edge.to()) && isVisible(edge.to(), edge.from());
    }

    /**
     * A job may be shown to the stewards of the product that it writes, or of the product that it reads when it writes none
     * of the mesh.
     */
    private boolean knowsJob(ColumnEdge edge)
    {
        return closeness(edge).contains(Closeness.STEWARD);
    }

    /**
     * How a column is derived. A text that a tool wrote, such as an expression, may name other columns, so only stewards of the product see
     * it. The text in the document of a product may name any source of the column: others see it if they see all of its sources and it names
     * no column that is hidden from them.
     */
    private Optional<String> transformation(ColumnEdge edge)
    {
        if (knowsJob(edge)) {
            return edge.transformation();
        }
        if (edge.kind() != EdgeKind.OBSERVED) {
            return edge.transformation().filter(text -> seesAllOf(text, edge));
        }
        return edge.transformation().flatMap(text -> STANDARD_TRANSFORMATION.matcher(text).results().map(MatchResult::group).findFirst());
    }

    private boolean seesAllOf(String text, ColumnEdge edge)
    {
        List<Optional<ColumnReference>> sources = declaredSources(edge);
        // A source that does not exist cannot be told from one that is hidden
        if (!sources.stream().allMatch(source -> source.filter(mesh::sees).isPresent())) {
            return false;
        }
        Set<String> words = SqlText.of(text).words();
        return Stream.concat(Stream.of(edge.from(), edge.to()).flatMap(end -> end.product().stream()), sources.stream().map(source -> source.orElseThrow().product()))
                .flatMap(product -> product.tables().stream().flatMap(table -> table.columns().stream().filter(column -> isHidden(product, table.name(), column.name()))))
                .noneMatch(column -> words.contains(column.name()));
    }

    /**
     * The columns from which, according to a document, the target of the edge is derived; empty for one that does not exist.
     */
    private List<Optional<ColumnReference>> declaredSources(ColumnEdge edge)
    {
        return edge.to().product().stream()
                .flatMap(product -> product.tables().stream()
                        .filter(table -> table.name().equals(edge.to().table()))
                        .flatMap(table -> table.columns().stream())
                        .filter(column -> column.name().equals(edge.to().column()))
                        .flatMap(column -> column.details().sources().stream())
                        .map(source -> ColumnReference.find(mesh.mesh(), product, source.value())))
                .collect(toImmutableList());
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
    public List<ColumnEnd> columns(DataProduct product, String written)
    {
        return product.tables().stream()
                .flatMap(table -> ColumnPath.find(table.columns(), written).stream()
                        .map(found -> new ColumnEnd(Optional.of(product), table.name(), found.path())))
                .filter(end -> !isHidden(product, end.table(), end.column()))
                .collect(toImmutableList());
    }

    private boolean isHidden(DataProduct product, String table, String path)
    {
        return columns.computeIfAbsent(product.id(), _ -> access(product)).get(table).isHidden(ColumnPath.columnOf(path));
    }

    private Map<String, TableAccess> access(DataProduct product)
    {
        Map<String, TableAccess> access = new HashMap<>();
        product.tables().forEach(table -> access.put(table.name(), mesh.columns(product, table)));
        return access;
    }

    private boolean isDiscoverable(DataProduct product)
    {
        return discoverable.computeIfAbsent(product.id(), _ -> mesh.decide(product).isDiscoverable());
    }

    private boolean isStewarded(DataProduct product)
    {
        return isDiscoverable(product) && visible(product).is(Closeness.STEWARD);
    }
}
