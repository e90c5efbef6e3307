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
import com.google.common.html.HtmlEscapers;
import org.trinomesh.cli.LineageDrawing.Edge;
import org.trinomesh.cli.LineageDrawing.Node;
import org.trinomesh.cli.LineageLayout.Box;
import org.trinomesh.cli.LineageLayout.Point;
import org.trinomesh.cli.LineageLayout.Route;
import org.trinomesh.cli.LineageLayout.Size;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * Draws lineage as an SVG picture without external resources. Colours show the state of the SLOs, and so do words and signs,
 * because not everybody can see colours. The line and a word show the kind of an edge.
 */
final class LineageSvg
{
    private static final int HEADING = 44;
    private static final int LEGEND = 76;
    private static final int LEGEND_WIDTH = 640;
    private static final int NODE_HEIGHT = 78;
    private static final int SOURCE_HEIGHT = 44;
    private static final int CORNER = 7;
    // Of the fonts below no letter is much wider than these at their size
    private static final double TITLE_LETTER = 9.2;
    private static final double TEXT_LETTER = 7.2;
    private static final double LABEL_LETTER = 6.4;

    private static final Map<String, Look> LOOKS = ImmutableMap.of(
            "met", new Look("#1a7f37", "#e9f6ec", "✓ SLOs met"),
            "breached", new Look("#b3261e", "#fdecea", "✗ SLO breached"),
            "out of service", new Look("#6b0f0a", "#f6c9c5", "✗ out of service"),
            "partly out of service", new Look("#6b0f0a", "#f6c9c5", "✗ partly out of service"),
            "unknown", new Look("#5f6673", "#f1f2f4", "? SLOs unknown"),
            "none", new Look("#1f5fbf", "#ffffff", "no SLOs"));

    private final LineageDrawing drawing;
    private final LineageLayout layout;
    private final StringBuilder svg = new StringBuilder();

    private record Look(String colour, String fill, String words) {}

    LineageSvg(LineageDrawing drawing)
    {
        this.drawing = requireNonNull(drawing, "drawing is null");
        this.layout = LineageLayout.of(drawing, LineageSvg::size, edge -> new Size(label(edge).length() * LABEL_LETTER + 10, 16));
    }

    String document()
    {
        svg.setLength(0);
        double width = Math.max(layout.width(), LEGEND_WIDTH);
        double height = HEADING + layout.height() + LEGEND;
        append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif">
                  <title>Lineage of %3$s</title>
                  <defs>
                    <marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0.8 L10 5 L0 9.2 z" fill="#495057"/></marker>
                  </defs>
                  <rect width="100%%" height="100%%" fill="#ffffff"/>
                  <text x="24" y="30" font-size="17" font-weight="600" fill="#1c2430">Lineage of %3$s</text>
                """,
                number(width),
                number(height),
                escaped(drawing.start()));
        append("  <g transform=\"translate(%s %s)\">\n", number((width - layout.width()) / 2), HEADING);
        layout.routes().forEach(this::line);
        layout.routes().forEach(this::label);
        layout.boxes().forEach(this::node);
        append("  </g>\n");
        legend(HEADING + layout.height() + 18);
        return svg.append("</svg>\n").toString();
    }

    private static Size size(Node node)
    {
        double title = node.name().length() * TITLE_LETTER;
        double text = Math.max(details(node).length(), node.isProduct() ? look(node).words().length() + 2 : 0) * TEXT_LETTER;
        return new Size(Math.max(150, Math.max(title, text) + 36), node.isProduct() ? NODE_HEIGHT : SOURCE_HEIGHT);
    }

    private void line(Route route)
    {
        append("    <path d=\"%s\" fill=\"none\" stroke=\"#495057\" stroke-width=\"%s\"%s marker-end=\"url(#arrow)\"/>\n",
                path(route.points()),
                route.edge().cycle() ? "2.2" : "1.5",
                dashes(route.edge()));
    }

    private void label(Route route)
    {
        Box box = route.label();
        append("    <rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\" fill=\"#ffffff\"/>\n", number(box.x()), number(box.y()), number(box.width()), number(box.height()));
        text(box.x() + box.width() / 2, box.y() + 12, "font-size=\"11\" fill=\"#495057\" text-anchor=\"middle\"", label(route.edge()));
    }

    private void node(Node node, Box box)
    {
        append("    <g><title>%s</title>\n", escaped(node.name() + ": " + details(node)));
        if (node.isProduct()) {
            product(node, box);
        }
        else {
            append("    <rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"#fafbfc\" stroke=\"#868e96\" stroke-width=\"1.2\" stroke-dasharray=\"2 3\"/>\n",
                    number(box.x()),
                    number(box.y()),
                    number(box.width()),
                    number(box.height()),
                    number(box.height() / 2));
            text(box.x() + box.width() / 2, box.y() + 20, "font-size=\"13\" font-weight=\"600\" fill=\"#343a40\" text-anchor=\"middle\"", node.name());
            text(box.x() + box.width() / 2, box.y() + 35, "font-size=\"11\" fill=\"#5f6673\" text-anchor=\"middle\"", details(node));
        }
        append("    </g>\n");
    }

    private void product(Node node, Box box)
    {
        Look look = look(node);
        append("    <rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"9\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>\n",
                number(box.x()),
                number(box.y()),
                number(box.width()),
                number(box.height()),
                look.fill(),
                look.colour(),
                node.name().equals(drawing.start()) ? "3.4" : "1.6");
        text(box.x() + 16, box.y() + 24, "font-size=\"14\" font-weight=\"600\" fill=\"#1c2430\"", node.name());
        text(box.x() + 16, box.y() + 43, "font-size=\"12\" fill=\"#454c57\"", details(node));
        text(box.x() + 16, box.y() + 64, "font-size=\"12\" font-weight=\"600\" fill=\"" + look.colour() + "\"", look.words());
    }

    private void legend(double y)
    {
        append("  <line x1=\"24\" y1=\"%1$s\" x2=\"%2$s\" y2=\"%1$s\" stroke=\"#dee2e6\"/>\n", number(y - 6), number(Math.max(layout.width(), LEGEND_WIDTH) - 24));
        double x = 24;
        for (String status : List.of("met", "breached", "unknown", "none")) {
            Look look = LOOKS.get(status);
            append("  <rect x=\"%s\" y=\"%s\" width=\"22\" height=\"14\" rx=\"4\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.6\"/>\n", number(x), number(y + 4), look.fill(), look.colour());
            text(x + 29, y + 15, "font-size=\"12\" fill=\"#454c57\"", look.words());
            x += 50 + look.words().length() * TEXT_LETTER;
        }
        x = 24;
        for (String kind : List.of("declared", "observed", "derived")) {
            append("  <line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%2$s\" stroke=\"#495057\" stroke-width=\"1.5\"%s/>\n", number(x), number(y + 35), number(x + 34), dashes(kind));
            text(x + 41, y + 39, "font-size=\"12\" fill=\"#454c57\"", kind);
            x += 66 + kind.length() * TEXT_LETTER;
        }
        append("  <rect x=\"%s\" y=\"%s\" width=\"30\" height=\"14\" rx=\"7\" fill=\"#fafbfc\" stroke=\"#868e96\" stroke-width=\"1.2\" stroke-dasharray=\"2 3\"/>\n", number(x), number(y + 28));
        text(x + 37, y + 39, "font-size=\"12\" fill=\"#454c57\"", "outside of the mesh");
    }

    private void text(double x, double y, String attributes, String text)
    {
        append("    <text x=\"%s\" y=\"%s\" %s>%s</text>\n", number(x), number(y), attributes, escaped(text));
    }

    private void append(String format, Object... values)
    {
        svg.append(format.formatted(values));
    }

    private static String details(Node node)
    {
        if (!node.isProduct()) {
            return node.kind().equals("dataset") ? "dataset" : "source";
        }
        String details = ImmutableList.of(node.owner(), node.tier(), node.version()).stream().flatMap(Optional::stream).collect(joining(" · "));
        return details.isEmpty() ? "data product" : details;
    }

    private static Look look(Node node)
    {
        return LOOKS.getOrDefault(node.status().orElse("none"), LOOKS.get("unknown"));
    }

    private static String label(Edge edge)
    {
        return String.join(" + ", edge.kinds()) + (edge.cycle() ? " ↻ cycle" : "");
    }

    /**
     * Declared edges are the most certain ones, so their line is solid.
     */
    private static String dashes(Edge edge)
    {
        return dashes(edge.kinds().contains("declared") ? "declared" : edge.kinds().iterator().next());
    }

    private static String dashes(String kind)
    {
        return switch (kind) {
            case "observed" -> " stroke-dasharray=\"7 4\"";
            case "derived" -> " stroke-dasharray=\"2 3\"";
            default -> "";
        };
    }

    /**
     * With round corners.
     */
    private static String path(List<Point> points)
    {
        if (points.isEmpty()) {
            return "M0 0";
        }
        StringBuilder path = new StringBuilder("M").append(text(points.getFirst()));
        for (int index = 1; index < points.size() - 1; index++) {
            Point corner = points.get(index);
            path.append(" L").append(text(towards(corner, points.get(index - 1))));
            path.append(" Q").append(text(corner)).append(' ').append(text(towards(corner, points.get(index + 1))));
        }
        return path.append(" L").append(text(points.getLast())).toString();
    }

    private static Point towards(Point corner, Point other)
    {
        double length = Math.hypot(other.x() - corner.x(), other.y() - corner.y());
        double share = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
        return new Point(corner.x() + (other.x() - corner.x()) * share, corner.y() + (other.y() - corner.y()) * share);
    }

    private static String text(Point point)
    {
        return number(point.x()) + " " + number(point.y());
    }

    private static String number(double value)
    {
        String text = String.format(ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escaped(String text)
    {
        return HtmlEscapers.htmlEscaper().escape(text);
    }
}
