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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The nodes and edges of a drawing of lineage, from the rows of {@code TABLE(mesh.system.lineage(...))} and {@code
 * mesh.system.data_products}. Ports and tables are left out: they belong to a product and lead nowhere.
 *
 * @param start the node that the lineage is of
 * @param nodes by name, the start first
 */
record LineageDrawing(String start, Map<String, Node> nodes, List<Edge> edges)
{
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> LEFT_OUT = ImmutableSet.of("port", "table");

    /**
     * @param name {@code sales.customer_360}
     * @param kind product, source or dataset
     */
    record Node(String name, String kind, Optional<String> owner, Optional<String> tier, Optional<String> version, Optional<String> status)
    {
        Node
        {
            requireNonNull(name, "name is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(tier, "tier is null");
            requireNonNull(version, "version is null");
            requireNonNull(status, "status is null");
        }

        boolean isProduct()
        {
            return kind.equals("product");
        }
    }

    /**
     * @param kinds who says so: declared, derived, observed
     * @param upstream whether it was met on the way to where data comes from; an edge of a cycle may be met on both
     */
    record Edge(String from, String to, Set<String> kinds, boolean upstream, boolean downstream, boolean cycle)
    {
        Edge
        {
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            kinds = ImmutableSet.copyOf(requireNonNull(kinds, "kinds is null"));
        }

        private Edge with(Edge other)
        {
            Set<String> all = new LinkedHashSet<>(kinds);
            all.addAll(other.kinds);
            return new Edge(from, to, all, upstream || other.upstream, downstream || other.downstream, cycle || other.cycle);
        }
    }

    LineageDrawing
    {
        requireNonNull(start, "start is null");
        nodes = ImmutableMap.copyOf(requireNonNull(nodes, "nodes is null"));
        edges = ImmutableList.copyOf(requireNonNull(edges, "edges is null"));
    }

    /**
     * @param lines rows of both tables, each as JSON
     * @throws IOException when the lines cannot be read, or are no such rows
     */
    static LineageDrawing read(String start, BufferedReader lines)
            throws IOException
    {
        List<JsonNode> steps = new ArrayList<>();
        Map<String, JsonNode> products = new LinkedHashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            JsonNode row = parse(line);
            if (row.has("from_name")) {
                steps.add(row);
            }
            else if (row.has("node")) {
                products.put(row.path("node").asText(), row);
            }
            else {
                throw new IOException("A row has neither from_name nor node: " + line);
            }
        }
        return of(start, steps, products);
    }

    private static LineageDrawing of(String asked, List<JsonNode> steps, Map<String, JsonNode> products)
    {
        // An alias, or the version that is the current one anyway, is another name of the node
        String start = steps.stream()
                .filter(step -> step.path("depth").asInt() == 1)
                .map(step -> text(step, text(step, "direction").equals("upstream") ? "to_name" : "from_name"))
                .findFirst()
                .orElse(asked);
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put(start, node(start, "product", products));
        Map<List<String>, Edge> edges = new LinkedHashMap<>();
        for (JsonNode step : steps) {
            if (LEFT_OUT.contains(text(step, "from_kind")) || LEFT_OUT.contains(text(step, "to_kind"))) {
                continue;
            }
            String from = text(step, "from_name");
            String to = text(step, "to_name");
            nodes.computeIfAbsent(from, name -> node(name, text(step, "from_kind"), products));
            nodes.computeIfAbsent(to, name -> node(name, text(step, "to_kind"), products));
            boolean upstream = text(step, "direction").equals("upstream");
            Edge edge = new Edge(from, to, ImmutableSet.of(text(step, "kind")), upstream, !upstream, step.path("cycle").asBoolean());
            edges.merge(ImmutableList.of(from, to), edge, Edge::with);
        }
        return new LineageDrawing(start, nodes, ImmutableList.copyOf(edges.values()));
    }

    private static Node node(String name, String kind, Map<String, JsonNode> products)
    {
        JsonNode product = kind.equals("product") ? products.getOrDefault(name, JSON.createObjectNode()) : JSON.createObjectNode();
        // Without data, the state of the SLOs does not help a reader
        Optional<String> status = optional(product, "service_status").filter(service -> service.endsWith("out of service"))
                .or(() -> optional(product, "slo_status"));
        return new Node(name, kind, optional(product, "owner"), optional(product, "tier"), optional(product, "version"), status);
    }

    private static JsonNode parse(String line)
            throws IOException
    {
        try {
            return JSON.readTree(line);
        }
        catch (JsonProcessingException e) {
            throw new IOException("A line is not a row in JSON: " + line, e);
        }
    }

    private static String text(JsonNode row, String column)
    {
        return readable(row.path(column).asText(""));
    }

    /**
     * Names from outside of the mesh may contain anything, even commands for a terminal.
     */
    private static String readable(String text)
    {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE || Character.getType(character) == Character.UNASSIGNED ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Optional<String> optional(JsonNode row, String column)
    {
        return Optional.of(row.path(column)).filter(JsonNode::isTextual).map(JsonNode::textValue).map(LineageDrawing::readable).filter(text -> !text.isBlank());
    }
}
