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

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The lineage graph of one mesh, from descriptors, the mesh itself and the events of tools. It contains everything: callers
 * decide who may know which edge. Immutable.
 */
public final class LineageGraph
{
    private final List<LineageNode> nodes;
    private final List<LineageEdge> edges;
    private final List<ColumnEdge> columnEdges;
    private final Supplier<List<UnresolvedDataset>> unresolved;
    private final Map<ProductId, Integer> products;
    // Of each node, where its edges are in the list of all of a direction
    private final int[] from;
    private final int[] to;
    private final Adjacency outgoing;
    private final Adjacency incoming;
    private final ImmutableListMultimap<ColumnKey, ColumnEdge> outgoingColumns;

    private record ColumnKey(int product, String table) {}

    /**
     * The edges of node N are {@code edges[offsets[N]]} to {@code edges[offsets[N + 1] - 1]}.
     */
    private record Adjacency(int[] offsets, int[] edges)
    {
        private static Adjacency of(int nodes, int[] ends)
        {
            int[] offsets = new int[nodes + 1];
            for (int end : ends) {
                offsets[end + 1]++;
            }
            for (int node = 0; node < nodes; node++) {
                offsets[node + 1] += offsets[node];
            }
            int[] next = offsets.clone();
            int[] edges = new int[ends.length];
            for (int edge = 0; edge < ends.length; edge++) {
                edges[next[ends[edge]]++] = edge;
            }
            return new Adjacency(offsets, edges);
        }
    }

    /**
     * @param products the nodes of products
     * @param unresolved called at most once, when it is first needed
     */
    LineageGraph(List<LineageNode> nodes, List<LineageEdge> edges, int[] from, int[] to, Map<ProductId, Integer> products, List<ColumnEdge> columnEdges, Supplier<List<UnresolvedDataset>> unresolved)
    {
        this.nodes = ImmutableList.copyOf(requireNonNull(nodes, "nodes is null"));
        this.edges = ImmutableList.copyOf(requireNonNull(edges, "edges is null"));
        this.from = requireNonNull(from, "from is null");
        this.to = requireNonNull(to, "to is null");
        checkArgument(edges.size() == from.length && edges.size() == to.length, "ends do not fit the edges");
        this.products = ImmutableMap.copyOf(requireNonNull(products, "products is null"));
        this.columnEdges = ImmutableList.copyOf(requireNonNull(columnEdges, "columnEdges is null"));
        this.unresolved = Suppliers.memoize(requireNonNull(unresolved, "unresolved is null")::get);
        this.outgoing = Adjacency.of(nodes.size(), from);
        this.incoming = Adjacency.of(nodes.size(), to);
        ImmutableListMultimap.Builder<ColumnKey, ColumnEdge> columns = ImmutableListMultimap.builder();
        columnEdges.forEach(edge -> edge.from().product().ifPresent(product -> columns.put(new ColumnKey(products.get(product.id()), edge.from().table()), edge)));
        this.outgoingColumns = columns.build();
    }

    public static LineageGraph of(Mesh mesh, Observations observations)
    {
        return of(mesh, StorageNames.UNKNOWN, observations);
    }

    public static LineageGraph of(Mesh mesh, StorageNames storages, Observations observations)
    {
        return new GraphBuilder(mesh, storages, observations).build();
    }

    public List<LineageEdge> edges()
    {
        return edges;
    }

    public List<ColumnEdge> columnEdges()
    {
        return columnEdges;
    }

    /**
     * Datasets that events name as if they were of the mesh, and that are not in it. They are computed on the first call, because
     * queries of lineage do not need them.
     */
    public List<UnresolvedDataset> unresolved()
    {
        return unresolved.get();
    }

    /**
     * The name of the product in the graph.
     */
    public LineageNode node(DataProduct product)
    {
        return nodes.get(index(product));
    }

    /**
     * The edges that leave a product.
     */
    List<LineageEdge> outgoing(DataProduct product)
    {
        int node = index(product);
        ImmutableList.Builder<LineageEdge> leaving = ImmutableList.builder();
        for (int place = outgoing.offsets()[node]; place < outgoing.offsets()[node + 1]; place++) {
            leaving.add(edges.get(outgoing.edges()[place]));
        }
        return leaving.build();
    }

    /**
     * The edges that leave columns of a table of a product.
     */
    List<ColumnEdge> outgoingColumns(DataProduct product, String table)
    {
        return outgoingColumns.get(new ColumnKey(index(product), table));
    }

    /**
     * Every edge that is met within some steps, each once, the nearest first.
     *
     * @param visible which edges the requester may see; the walk does not follow the others
     */
    public List<LineageStep> walk(DataProduct start, Direction direction, int depth, Predicate<LineageEdge> visible)
    {
        boolean downstream = direction == Direction.DOWNSTREAM;
        Adjacency adjacency = downstream ? outgoing : incoming;
        int[] far = downstream ? to : from;
        GraphWalk walk = new GraphWalk(nodes.size(), edges.size());
        walk.visit(index(start), depth, (node, edge) -> {
            for (int place = adjacency.offsets()[node]; place < adjacency.offsets()[node + 1]; place++) {
                int found = adjacency.edges()[place];
                if (visible.test(edges.get(found))) {
                    edge.accept(found, far[found]);
                }
            }
        });
        return walk.steps((found, level, cycle) -> new LineageStep(level, direction, edges.get(found), cycle));
    }

    private int index(DataProduct product)
    {
        Integer index = products.get(product.id());
        checkArgument(index != null, "%s is of another mesh", product.qualifiedName());
        return index;
    }
}
