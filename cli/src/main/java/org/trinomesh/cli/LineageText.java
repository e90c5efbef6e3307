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

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import org.trinomesh.cli.LineageDrawing.Edge;
import org.trinomesh.cli.LineageDrawing.Node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * Prints lineage as two trees, where data comes from and where it goes, with the state of each product. A product that was
 * shown before is not expanded again.
 */
final class LineageText
{
    private static final List<String> HEADER = ImmutableList.of("", "lineage", "status", "owner", "tier");

    private final LineageDrawing drawing;
    private final List<List<String>> rows = new ArrayList<>();

    LineageText(LineageDrawing drawing)
    {
        this.drawing = requireNonNull(drawing, "drawing is null");
    }

    List<String> lines()
    {
        rows.clear();
        rows.add(HEADER);
        rows.add(row("", drawing.nodes().get(drawing.start()), ""));
        tree("comes from", Edge::upstream, true);
        tree("goes to", Edge::downstream, false);
        int columns = HEADER.size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < row.size() && row.size() == columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private void tree(String title, Predicate<Edge> wanted, boolean upstream)
    {
        List<Edge> edges = drawing.edges().stream().filter(wanted).toList();
        if (edges.isEmpty()) {
            return;
        }
        rows.add(ImmutableList.of(""));
        rows.add(ImmutableList.of(title));
        branches(drawing.start(), "", edges, upstream, new HashSet<>(Set.of(drawing.start())));
    }

    private void branches(String node, String indent, List<Edge> edges, boolean upstream, Set<String> shown)
    {
        List<Edge> next = edges.stream().filter(edge -> (upstream ? edge.to() : edge.from()).equals(node)).toList();
        for (int index = 0; index < next.size(); index++) {
            Edge edge = next.get(index);
            boolean last = index == next.size() - 1;
            String far = upstream ? edge.from() : edge.to();
            boolean again = !shown.add(far);
            Node found = drawing.nodes().get(far);
            String note = edge.cycle() ? " (cycle)" : again && leads(far, edges, upstream) ? " (see above)" : "";
            List<String> row = row(indent + (last ? "`- " : "|- "), found, String.join(", ", edge.kinds()));
            rows.add(ImmutableList.<String>builder().add(row.getFirst() + note).addAll(row.subList(1, row.size())).build());
            if (!again) {
                branches(far, indent + (last ? "   " : "|  "), edges, upstream, shown);
            }
        }
    }

    private static boolean leads(String node, List<Edge> edges, boolean upstream)
    {
        return edges.stream().anyMatch(edge -> (upstream ? edge.to() : edge.from()).equals(node));
    }

    private static List<String> row(String indent, Node node, String lineage)
    {
        String status = node.isProduct() ? node.status().orElse("no SLOs") : node.kind();
        return ImmutableList.of(indent + node.name(), lineage, status, node.owner().orElse(""), node.tier().orElse(""));
    }

    private static String line(List<String> row, int[] widths)
    {
        if (row.size() != widths.length) {
            return row.getFirst();
        }
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(Strings.padEnd(row.get(column), widths[column] + 2, ' '));
        }
        return line.toString().stripTrailing();
    }
}
