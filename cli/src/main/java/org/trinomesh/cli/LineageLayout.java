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
package org.trinomesh.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.trinomesh.cli.LineageDrawing.Edge;
import org.trinomesh.cli.LineageDrawing.Node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The layout of a drawing, in pixels: data flows from left to right, in layers.
 */
record LineageLayout(double width, double height, Map<Node, Box> boxes, List<Route> routes)
{
    private static final double PADDING = 24;
    private static final double BETWEEN_LAYERS = 24;
    private static final double BETWEEN_NODES = 28;
    private static final double BETWEEN_EDGES = 14;

    record Box(double x, double y, double width, double height) {}

    record Point(double x, double y) {}

    /**
     * @param points from the start to the arrow, with all bends
     * @param label where the label is
     */
    record Route(Edge edge, List<Point> points, Box label)
    {
        Route
        {
            requireNonNull(edge, "edge is null");
            points = ImmutableList.copyOf(requireNonNull(points, "points is null"));
            requireNonNull(label, "label is null");
        }
    }

    /**
     * How large something is by itself.
     */
    record Size(double width, double height) {}

    LineageLayout
    {
        boxes = ImmutableMap.copyOf(requireNonNull(boxes, "boxes is null"));
        routes = ImmutableList.copyOf(requireNonNull(routes, "routes is null"));
    }

    static LineageLayout of(LineageDrawing drawing, Function<Node, Size> nodeSize, Function<Edge, Size> labelSize)
    {
        // Tells the library of the types of its own options
        LayoutMetaDataService.getInstance();
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(PADDING));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_NODES);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, BETWEEN_EDGES);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, BETWEEN_EDGES);
        Map<String, ElkNode> nodes = new LinkedHashMap<>();
        drawing.nodes().forEach((name, node) -> {
            Size size = nodeSize.apply(node);
            ElkNode placed = ElkGraphUtil.createNode(graph);
            placed.setDimensions(size.width(), size.height());
            nodes.put(name, placed);
        });
        Map<Edge, ElkEdge> edges = new LinkedHashMap<>();
        drawing.edges().forEach(edge -> {
            Size size = labelSize.apply(edge);
            ElkEdge routed = ElkGraphUtil.createSimpleEdge(nodes.get(edge.from()), nodes.get(edge.to()));
            // Without a text it would not be placed
            ElkLabel label = ElkGraphUtil.createLabel("label", routed);
            label.setDimensions(size.width(), size.height());
            label.setProperty(LayeredOptions.EDGE_LABELS_INLINE, true);
            edges.put(edge, routed);
        });
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
        ImmutableMap.Builder<Node, Box> boxes = ImmutableMap.builder();
        nodes.forEach((name, placed) -> boxes.put(drawing.nodes().get(name), new Box(placed.getX(), placed.getY(), placed.getWidth(), placed.getHeight())));
        return new LineageLayout(
                graph.getWidth(),
                graph.getHeight(),
                boxes.buildOrThrow(),
                edges.entrySet().stream().map(entry -> route(entry.getKey(), entry.getValue())).toList());
    }

    private static Route route(Edge edge, ElkEdge routed)
    {
        ImmutableList.Builder<Point> points = ImmutableList.builder();
        for (ElkEdgeSection section : routed.getSections()) {
            points.add(new Point(section.getStartX(), section.getStartY()));
            section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
            points.add(new Point(section.getEndX(), section.getEndY()));
        }
        ElkLabel label = routed.getLabels().getFirst();
        return new Route(edge, points.build(), new Box(label.getX(), label.getY(), label.getWidth(), label.getHeight()));
    }
}
