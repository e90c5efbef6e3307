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
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedEdge;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.OutputPort;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.Status;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Builds the lineage graph of a mesh. An instance is used once.
 */
final class GraphBuilder
{
    /**
     * The main one of several products on one table: the product that is maintained.
     */
    private static final Comparator<DataProduct> LEADING = comparing((DataProduct product) -> product.status() != Status.ACTIVE)
            .thenComparing(comparing(DataProduct::version).reversed())
            .thenComparing(DataProduct::qualifiedName);
    private static final Comparator<PublishedTable> LEADING_TABLE = comparing(PublishedTable::product, LEADING).thenComparing(table -> table.table().name());

    private final Mesh mesh;
    private final Observations observations;
    private final DatasetNames names;
    private final List<LineageNode> nodes = new ArrayList<>();
    private final Map<ProductId, Integer> products = new HashMap<>();
    private final Map<String, List<DataProduct>> versions = new LinkedHashMap<>();
    private final Map<String, Integer> others = new HashMap<>();
    private final Map<Pair, LineageEdge> edges = new LinkedHashMap<>();

    // Events name a dataset many times
    private final Map<Dataset, List<PublishedTable>> known = new HashMap<>();

    private record Pair(int from, int to, EdgeKind kind) {}

    GraphBuilder(Mesh mesh, StorageNames storages, Observations observations)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.observations = requireNonNull(observations, "observations is null");
        this.names = new DatasetNames(mesh, storages, observations.otherNames());
    }

    LineageGraph build()
    {
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                versions.computeIfAbsent(product.qualifiedName(), _ -> new ArrayList<>()).add(product);
            }
        }
        versions.values().stream().flatMap(Collection::stream).forEach(product -> {
            products.put(product.id(), nodes.size());
            nodes.add(new LineageNode(LineageNode.Kind.PRODUCT, name(product), Optional.of(product)));
        });
        List<DataProduct> all = ImmutableList.copyOf(nodes).stream().map(node -> node.product().orElseThrow()).collect(toImmutableList());
        all.forEach(product -> product.inputPorts().forEach(port -> declare(product, port)));
        all.forEach(product -> product.outputPorts().forEach(port -> derive(product, port)));
        all.forEach(this::deriveFromQueries);
        names.served().asMap().values().forEach(this::deriveSiblings);
        observe();
        List<ColumnEdge> columnEdges = new ColumnEdges(mesh, names, observations, known).build();
        columnEdges.forEach(this::declare);
        int[] from = edges.keySet().stream().mapToInt(Pair::from).toArray();
        int[] to = edges.keySet().stream().mapToInt(Pair::to).toArray();
        // Kept until it is needed, without the rest of the builder
        UnresolvedDatasets unresolved = new UnresolvedDatasets(names, known);
        Observations observed = observations;
        return new LineageGraph(nodes, ImmutableList.copyOf(edges.values()), from, to, products, columnEdges, () -> unresolved.of(observed));
    }

    private void declare(DataProduct product, InputPort port)
    {
        String evidence = "input port %s of %s".formatted(port.name(), nodes.get(products.get(product.id())).name());
        if (port.isDataProduct()) {
            // A source that does not exist is no node, because it must not differ from one that is hidden
            port.source().flatMap(source -> find(product, source)).ifPresent(source -> add(products.get(source.id()), products.get(product.id()), EdgeKind.DECLARED, evidence));
            return;
        }
        port.source().ifPresent(source -> add(other(LineageNode.Kind.SOURCE, source, Optional.empty()), products.get(product.id()), EdgeKind.DECLARED, evidence));
    }

    /**
     * A product whose columns are derived from those of another one takes its data from it, with or without an input port.
     */
    private void declare(ColumnEdge edge)
    {
        if (edge.kind() == EdgeKind.DECLARED && edge.from().product().isPresent() && edge.to().product().isPresent()) {
            int from = products.get(edge.from().product().get().id());
            int to = products.get(edge.to().product().get().id());
            if (from != to) {
                // The columns are in the column edges
                add(from, to, EdgeKind.DECLARED, "columns of %s are derived from it".formatted(nodes.get(to).name()));
            }
        }
    }

    private Optional<DataProduct> find(DataProduct product, String written)
    {
        String sqlName = written.strip().replace('-', '_').toLowerCase(ENGLISH);
        int dot = sqlName.indexOf('.');
        String domain = dot < 0 ? product.domain() : sqlName.substring(0, dot);
        String name = sqlName.substring(dot + 1);
        return mesh.table(domain, name).map(MeshTable::product)
                .or(() -> versions.getOrDefault(domain + "." + name, ImmutableList.of()).stream().max(comparing(DataProduct::version)));
    }

    private void derive(DataProduct product, OutputPort port)
    {
        int node = other(LineageNode.Kind.PORT, nodes.get(products.get(product.id())).name() + ":" + port.name(), Optional.of(product));
        add(products.get(product.id()), node, EdgeKind.DERIVED, "output port of type " + port.type());
        for (String address : port.address()) {
            int dot = address.indexOf('.');
            if (port.type().equals("sql") && dot > 0) {
                mesh.table(address.substring(0, dot), address.substring(dot + 1))
                        .filter(table -> products.get(table.product().id()).equals(products.get(product.id())))
                        .flatMap(table -> table.table().physical())
                        .ifPresent(source -> add(
                                node,
                                other(LineageNode.Kind.TABLE, source.toString(), Optional.empty()),
                                EdgeKind.DERIVED,
                                "%s is read from this table".formatted(address)));
            }
        }
    }

    private void deriveFromQueries(DataProduct product)
    {
        int node = products.get(product.id());
        product.tables().stream()
                .flatMap(table -> table.query().stream())
                .flatMap(query -> QueryOrigins.sources(mesh, query).values().stream())
                .forEach(source -> add(products.get(source.product().id()), node, EdgeKind.DERIVED, "the query of %s reads it".formatted(nodes.get(node).name())));
    }

    private void deriveSiblings(Collection<PublishedTable> tables)
    {
        List<Integer> siblings = leadingFirst(tables).stream().map(table -> products.get(table.product().id())).distinct().collect(toImmutableList());
        siblings.stream().skip(1).forEach(sibling -> add(siblings.getFirst(), sibling, EdgeKind.DERIVED, "both are read from the same table"));
    }

    static List<PublishedTable> leadingFirst(Collection<PublishedTable> tables)
    {
        return tables.stream().sorted(LEADING_TABLE).collect(toImmutableList());
    }

    private void observe()
    {
        ObservedPaths paths = new ObservedPaths();
        for (ObservedEdge edge : observations.edges()) {
            List<PublishedTable> from = known.computeIfAbsent(edge.from(), names::find);
            List<PublishedTable> to = known.computeIfAbsent(edge.to(), names::find);
            if (from.isEmpty() && to.isEmpty()) {
                paths.add(edge);
                continue;
            }
            for (PublishedTable source : from) {
                to.forEach(target -> observe(source, target, edge, "OpenLineage"));
            }
            if (to.isEmpty()) {
                int dataset = other(edge.to());
                from.forEach(source -> observe(products.get(source.product().id()), dataset, edge, "OpenLineage"));
                paths.start(edge, from);
            }
            if (from.isEmpty()) {
                int dataset = other(edge.from());
                to.forEach(target -> observe(dataset, products.get(target.product().id()), edge, "OpenLineage"));
                paths.end(edge, to);
            }
        }
        paths.between((source, target, edge) -> observe(source, target, edge, "OpenLineage, through tables that are not data products"));
    }

    /**
     * A job that reads the table it writes, such as a merge, does not move data between the products that are read from it.
     */
    private void observe(PublishedTable from, PublishedTable to, ObservedEdge edge, String evidence)
    {
        if (!from.isSameTable(to)) {
            observe(products.get(from.product().id()), products.get(to.product().id()), edge, evidence);
        }
    }

    private void observe(int from, int to, ObservedEdge edge, String evidence)
    {
        if (from == to) {
            // From one table of the product to another
            return;
        }
        Pair pair = new Pair(from, to, EdgeKind.OBSERVED);
        Optional<Instant> before = Optional.ofNullable(edges.get(pair)).flatMap(LineageEdge::lastSeen);
        if (before.isEmpty() || before.get().isBefore(edge.at())) {
            edges.put(pair, new LineageEdge(nodes.get(from), nodes.get(to), EdgeKind.OBSERVED, Optional.of(edge.job()).filter(job -> !job.isEmpty()), evidence, Optional.of(edge.at())));
        }
    }

    private int other(Dataset dataset)
    {
        return other(LineageNode.Kind.DATASET, dataset.namespace() + " " + dataset.name(), Optional.empty());
    }

    private int other(LineageNode.Kind kind, String name, Optional<DataProduct> product)
    {
        return others.computeIfAbsent(kind + " " + name, _ -> {
            nodes.add(new LineageNode(kind, name, product));
            return nodes.size() - 1;
        });
    }

    private void add(int from, int to, EdgeKind kind, String evidence)
    {
        edges.putIfAbsent(new Pair(from, to, kind), new LineageEdge(nodes.get(from), nodes.get(to), kind, Optional.empty(), evidence, Optional.empty()));
    }

    /**
     * The shortest name that is this very version.
     */
    private String name(DataProduct product)
    {
        List<DataProduct> majors = versions.get(product.qualifiedName());
        boolean current = mesh.table(product.domain(), product.sqlName())
                .map(table -> table.product().id().equals(product.id()))
                .orElseGet(() -> majors.stream().max(comparing(DataProduct::version)).orElseThrow().id().equals(product.id()));
        return current ? product.qualifiedName() : product.id().toString();
    }
}
