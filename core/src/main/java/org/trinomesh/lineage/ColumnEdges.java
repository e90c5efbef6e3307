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
import org.trinomesh.openlineage.ObservedColumnEdge;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.ColumnReference;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins.Origin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Builds the edges between columns. An instance is used once.
 */
final class ColumnEdges
{
    private final Mesh mesh;
    private final DatasetNames names;
    private final Observations observations;
    private final ImmutableList.Builder<ColumnEdge> edges = ImmutableList.builder();
    private final Map<Key, ColumnEdge> observed = new LinkedHashMap<>();
    private final Map<Dataset, List<PublishedTable>> known;

    /**
     * @param table empty for a dataset that is behind no data product
     */
    private record End(Optional<PublishedTable> table, ColumnEnd end) {}

    /**
     * Several jobs may derive the same column from the same one: each job has an edge.
     */
    private record Key(ColumnEnd.Name from, ColumnEnd.Name to, String stableJob) {}

    /**
     * @param known what datasets were resolved to before; what is resolved here is added
     */
    ColumnEdges(Mesh mesh, DatasetNames names, Observations observations, Map<Dataset, List<PublishedTable>> known)
    {
        this.known = requireNonNull(known, "known is null");
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.names = requireNonNull(names, "names is null");
        this.observations = requireNonNull(observations, "observations is null");
    }

    List<ColumnEdge> build()
    {
        for (Domain domain : mesh.domains()) {
            for (DataProduct product : domain.products()) {
                product.tables().forEach(table -> table.columns().forEach(column -> declare(product, table, column)));
                product.tables().stream()
                        .filter(table -> table.query().isPresent())
                        .forEach(table -> table.columns().forEach(column -> derive(product, table, column)));
            }
        }
        names.served().asMap().values().forEach(this::derive);
        observations.columnEdges().forEach(this::observe);
        return edges.addAll(observed.values()).build();
    }

    private void declare(DataProduct product, ProductTable table, Column column)
    {
        for (Located<String> source : column.details().sources()) {
            // A source that does not exist makes no edge, because it must not differ from one that is hidden
            ColumnReference.find(mesh, product, source.value()).ifPresent(from -> edges.add(new ColumnEdge(
                    new ColumnEnd(Optional.of(from.product()), from.table().name(), from.path()),
                    new ColumnEnd(Optional.of(product), table.name(), column.name()),
                    EdgeKind.DECLARED,
                    column.details().transformation(),
                    Optional.empty(),
                    "column %s of %s".formatted(column.name(), product.qualifiedName()),
                    Optional.empty())));
        }
    }

    private void derive(DataProduct product, ProductTable table, Column column)
    {
        // Without it, the column would come from all others
        if (!mesh.origins().isKnown(product, table, column)) {
            return;
        }
        List<Origin> shown = mesh.origins().shown(product, table, column);
        mesh.origins().sources(product, table, column).forEach(origin -> edges.add(new ColumnEdge(
                new ColumnEnd(Optional.of(origin.table().product()), origin.table().table().name(), origin.column().name()),
                new ColumnEnd(Optional.of(product), table.name(), column.name()),
                EdgeKind.DERIVED,
                shown.contains(origin) ? Optional.empty() : Optional.of("computed"),
                Optional.empty(),
                "the query of %s".formatted(product.qualifiedName()),
                Optional.empty())));
    }

    /**
     * Products that are read from the same table have the same data in columns that have the same name in the table.
     */
    private void derive(Collection<PublishedTable> tables)
    {
        if (tables.size() < 2) {
            return;
        }
        List<PublishedTable> siblings = GraphBuilder.leadingFirst(tables);
        PublishedTable leading = siblings.getFirst();
        siblings.stream().skip(1).forEach(sibling -> sibling.table().columns().forEach(column -> leading.plainColumn(PublishedTable.physicalName(column)).ifPresent(from -> edges.add(new ColumnEdge(
                end(leading, from),
                end(sibling, column.name()),
                EdgeKind.DERIVED,
                Optional.empty(),
                Optional.empty(),
                "both are read from the same table",
                Optional.empty())))));
    }

    private void observe(ObservedColumnEdge edge)
    {
        List<End> from = ends(edge.from(), edge.fromColumn());
        List<End> to = ends(edge.to(), edge.toColumn());
        for (End source : from) {
            for (End target : to) {
                if ((source.table().isEmpty() && target.table().isEmpty()) || isSameTable(source, target)) {
                    continue;
                }
                ColumnEdge observed = new ColumnEdge(source.end(), target.end(), EdgeKind.OBSERVED, edge.transformation(), Optional.of(edge.job()).filter(job -> !job.isEmpty()), "OpenLineage", Optional.of(edge.at()));
                // Tools may give a table and its columns several names
                this.observed.merge(new Key(source.end().name(), target.end().name(), edge.stableJob()), observed, (before, after) -> after.lastSeen().orElseThrow().isBefore(before.lastSeen().orElseThrow()) ? before : after);
            }
        }
    }

    /**
     * Columns that no product promises are not part of the mesh, so they have no edges.
     */
    private List<End> ends(Dataset dataset, String written)
    {
        List<PublishedTable> tables = known.computeIfAbsent(dataset, names::find);
        if (tables.isEmpty()) {
            return ImmutableList.of(new End(Optional.empty(), new ColumnEnd(Optional.empty(), dataset.namespace() + " " + dataset.name(), written)));
        }
        return tables.stream()
                .flatMap(table -> (written.equals(ColumnEnd.ALL_COLUMNS) ? Optional.of(written) : table.column(written)).stream()
                        .map(column -> new End(Optional.of(table), end(table, column))))
                .toList();
    }

    private static boolean isSameTable(End from, End to)
    {
        return from.table().isPresent() && to.table().isPresent() && from.table().get().isSameTable(to.table().get());
    }

    private static ColumnEnd end(PublishedTable table, String column)
    {
        return new ColumnEnd(Optional.of(table.product()), table.table().name(), column);
    }
}
