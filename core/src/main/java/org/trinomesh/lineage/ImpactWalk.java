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

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.ColumnPath;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.ProductTable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * Finds what a change of a product, or of one of its columns, would reach. A column is followed along edges between columns.
 * Where no such edge is known between two products, the edge between the products counts instead, because no answer would
 * mean that nothing is affected. An instance is used once.
 */
public final class ImpactWalk
{
    private final LineageGraph graph;
    private final Predicate<LineageEdge> visible;
    private final Predicate<ColumnEdge> visibleColumns;
    private final Set<State> seen = new HashSet<>();
    private final Set<ProductId> touched = new HashSet<>();
    private final Deque<Reached> queue = new ArrayDeque<>();
    private final ImmutableList.Builder<TouchedProduct> found = ImmutableList.builder();

    /**
     * @param column with its table; empty when any of the product may have changed
     */
    private record State(ProductId product, String column) {}

    private record Reached(DataProduct product, Optional<ColumnEnd> column, List<String> path)
    {
        private State state()
        {
            return new State(product.id(), column.map(end -> end.table() + "." + end.column()).orElse(""));
        }
    }

    /**
     * @param visible which edges the requester may see
     */
    public ImpactWalk(LineageGraph graph, Predicate<LineageEdge> visible, Predicate<ColumnEdge> visibleColumns)
    {
        this.graph = requireNonNull(graph, "graph is null");
        this.visible = requireNonNull(visible, "visible is null");
        this.visibleColumns = requireNonNull(visibleColumns, "visibleColumns is null");
    }

    /**
     * The other products that a change of the product as a whole would reach, the nearest first.
     */
    public List<TouchedProduct> from(DataProduct start)
    {
        reach(new Reached(start, Optional.empty(), ImmutableList.of(graph.node(start).name())));
        return reached(start);
    }

    /**
     * The other products that a change of columns of the product, or of fields inside them, would reach, the nearest first.
     */
    public List<TouchedProduct> from(DataProduct start, List<ColumnEnd> columns)
    {
        columns.forEach(end -> reach(new Reached(start, Optional.of(end), ImmutableList.of(name(end)))));
        return reached(start);
    }

    private List<TouchedProduct> reached(DataProduct start)
    {
        touched.add(start.id());
        while (!queue.isEmpty()) {
            follow(queue.poll());
        }
        return found.build();
    }

    private void follow(Reached reached)
    {
        if (reached.column().isEmpty()) {
            followProducts(reached, _ -> true, "");
            return;
        }
        ColumnEnd column = reached.column().get();
        Set<ProductId> byColumns = new HashSet<>();
        for (ProductTable table : reached.product().tables()) {
            for (ColumnEdge edge : graph.outgoingColumns(reached.product(), table.name())) {
                if (edge.to().product().isEmpty() || !visibleColumns.test(edge)) {
                    continue;
                }
                DataProduct product = edge.to().product().get();
                byColumns.add(product.id());
                if (table.name().equals(column.table()) && (column.isAllColumns() || edge.from().isAllColumns() || ColumnPath.overlap(edge.from().column(), column.column()))) {
                    reach(new Reached(product, Optional.of(edge.to()), with(reached.path(), name(edge.to()))),
                            "column edge, " + edge.kind());
                }
            }
        }
        followProducts(reached, edge -> !byColumns.contains(edge.to().product().orElseThrow().id()), ": which columns it takes is not known");
    }

    private void followProducts(Reached reached, Predicate<LineageEdge> wanted, String caveat)
    {
        for (LineageEdge edge : graph.outgoing(reached.product())) {
            if (edge.to().kind() == LineageNode.Kind.PRODUCT && visible.test(edge) && wanted.test(edge)) {
                reach(new Reached(edge.to().product().orElseThrow(), Optional.empty(), with(reached.path(), edge.to().name())),
                        "product edge, " + edge.kind() + caveat);
            }
        }
    }

    private void reach(Reached next, String evidence)
    {
        if (reach(next) && touched.add(next.product().id())) {
            found.add(new TouchedProduct(next.product(), next.path(), evidence));
        }
    }

    private boolean reach(Reached next)
    {
        boolean isNew = seen.add(next.state());
        if (isNew) {
            queue.add(next);
        }
        return isNew;
    }

    private String name(ColumnEnd end)
    {
        DataProduct product = end.product().orElseThrow();
        String node = graph.node(product).name();
        // A table beside the main one has a name of its own
        return (end.table().equals(product.sqlName()) ? node : product.domain() + "." + end.table()) + "." + end.column();
    }

    private static List<String> with(List<String> path, String next)
    {
        return ImmutableList.<String>builder().addAll(path).add(next).build();
    }
}
