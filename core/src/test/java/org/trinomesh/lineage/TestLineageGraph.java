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
import org.junit.jupiter.api.Test;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.openlineage.Observations;
import org.trinomesh.openlineage.ObservedColumnEdge;
import org.trinomesh.openlineage.ObservedEdge;
import org.trinomesh.product.DataProduct;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.lineage.TestingGraph.lake;
import static org.trinomesh.lineage.TestingGraph.product;

final class TestLineageGraph
{
    private static final Instant MAY = Instant.parse("2026-05-01T06:00:00Z");
    private static final String ID = "- {name: id, type: bigint}";

    /**
     * Orders come from a shop and make customers, which make segments; their scores go back into customers.
     */
    private static Mesh mesh()
    {
        return new TestingGraph()
                .add("sales", "orders", lake("sales", "orders"), ID, "stream shop")
                .add("sales", "customers", lake("sales", "customers"), "- {name: id, type: bigint}\n- {name: email, type: varchar, derivedFrom: [sales.orders.id], transformation: looked up}", "data-product sales.orders", "data-product marketing.segments", "data-product people.secrets", "cdc salesforce")
                .add("marketing", "segments", lake("marketing", "segments"), "- {name: contact, type: varchar, derivedFrom: [sales.customers.email, sales.customers.nothing]}", "data-product sales-team.nothing", "data-product sales.customers")
                .add("marketing", "campaigns", lake("marketing", "campaigns"), "- {name: target, type: varchar}", "data_product segments")
                .mesh();
    }

    @Test
    void testDeclaredAndDerivedEdges()
    {
        assertThat(edges(LineageGraph.of(mesh(), Observations.NONE).edges())).containsExactlyInAnyOrder(
                "source shop -> product sales.orders, declared: input port in-shop of sales.orders",
                "source salesforce -> product sales.customers, declared: input port in-salesforce of sales.customers",
                "product sales.orders -> product sales.customers, declared: input port in-sales-orders of sales.customers",
                "product marketing.segments -> product sales.customers, declared: input port in-marketing-segments of sales.customers",
                "product sales.customers -> product marketing.segments, declared: input port in-sales-customers of marketing.segments",
                "product marketing.segments -> product marketing.campaigns, declared: input port in-segments of marketing.campaigns",
                "product sales.orders -> port sales.orders:sql, derived: output port of type sql",
                "product sales.customers -> port sales.customers:sql, derived: output port of type sql",
                "product marketing.segments -> port marketing.segments:sql, derived: output port of type sql",
                "product marketing.campaigns -> port marketing.campaigns:sql, derived: output port of type sql",
                "port sales.orders:sql -> table lake.sales.orders, derived: sales.orders is read from this table",
                "port sales.customers:sql -> table lake.sales.customers, derived: sales.customers is read from this table",
                "port marketing.segments:sql -> table lake.marketing.segments, derived: marketing.segments is read from this table",
                "port marketing.campaigns:sql -> table lake.marketing.campaigns, derived: marketing.campaigns is read from this table");
    }

    @Test
    void testWalksEndInCycles()
    {
        Mesh mesh = mesh();
        LineageGraph graph = LineageGraph.of(mesh, Observations.NONE);
        assertThat(steps(graph.walk(product(mesh, "sales.orders"), Direction.DOWNSTREAM, 50, TestLineageGraph::isBetweenProducts))).containsExactly(
                "1 sales.orders -> sales.customers",
                "2 sales.customers -> marketing.segments",
                "3 marketing.segments -> marketing.campaigns",
                "3 marketing.segments -> sales.customers cycle");
        assertThat(steps(graph.walk(product(mesh, "sales.customers"), Direction.UPSTREAM, 50, edge -> edge.to().kind() == LineageNode.Kind.PRODUCT))).containsExactly(
                "1 sales.orders -> sales.customers",
                "1 marketing.segments -> sales.customers",
                "1 salesforce -> sales.customers",
                "2 shop -> sales.orders",
                "2 sales.customers -> marketing.segments cycle");
        assertThat(steps(graph.walk(product(mesh, "sales.orders"), Direction.DOWNSTREAM, 2, TestLineageGraph::isBetweenProducts))).containsExactly(
                "1 sales.orders -> sales.customers",
                "2 sales.customers -> marketing.segments");
        // Nothing is told of what is only reached through what is hidden
        assertThat(steps(graph.walk(product(mesh, "sales.orders"), Direction.DOWNSTREAM, 50, edge -> isBetweenProducts(edge) && !edge.to().name().equals("sales.customers")))).isEmpty();
    }

    @Test
    void testDiamondIsNoCycle()
    {
        Mesh mesh = new TestingGraph()
                .add("sales", "a", lake("sales", "a"), ID)
                .add("sales", "b", lake("sales", "b"), ID, "data-product sales.a")
                .add("sales", "c", lake("sales", "c"), ID, "data-product sales.a")
                .add("sales", "d", lake("sales", "d"), ID, "data-product sales.b", "data-product sales.c", "data-product sales.d")
                .mesh();
        assertThat(steps(LineageGraph.of(mesh, Observations.NONE).walk(product(mesh, "sales.a"), Direction.DOWNSTREAM, 9, TestLineageGraph::isBetweenProducts))).containsExactly(
                "1 sales.a -> sales.b",
                "1 sales.a -> sales.c",
                "2 sales.b -> sales.d",
                "2 sales.c -> sales.d",
                "3 sales.d -> sales.d cycle");
    }

    @Test
    void testVersionsAndSharedTables()
    {
        Mesh mesh = new TestingGraph()
                .addVersion("sales", "customers", "1.9.0", "deprecated", lake("sales", "customers"), "- {name: id, type: bigint}\n- {name: fax, type: varchar}")
                .addVersion("sales", "customers", "2.0.0", "active", lake("sales", "customers"), "- {name: id, type: bigint}\n- {name: email, type: varchar}")
                .add("marketing", "segments", lake("marketing", "segments"), ID, "data-product sales.customers_v1")
                .mesh();
        LineageGraph graph = LineageGraph.of(mesh, Observations.NONE);
        assertThat(edges(graph.edges().stream().filter(TestLineageGraph::isBetweenProducts).toList())).containsExactlyInAnyOrder(
                "product sales.customers_v1 -> product marketing.segments, declared: input port in-sales-customers-v1 of marketing.segments",
                "product sales.customers -> product sales.customers_v1, derived: both are read from the same table");
        assertThat(columns(graph)).containsExactly("customers.id -> customers.id, derived: ?");
    }

    @Test
    void testObservedEdges()
    {
        Mesh mesh = mesh();
        Observations observations = new Observations(1, ImmutableList.of(
                edge(new Dataset("trino://host:8080", "lake.sales.orders"), new Dataset("trino://host:8080", "lake.marketing.campaigns"), "n/late", MAY),
                edge(new Dataset("s3://bucket", "warehouse/sales.db/orders"), new Dataset("s3a://bucket", "warehouse/marketing/campaigns-0123456789abcdef0123456789abcdef"), "n/early", MAY.minusSeconds(60)),
                edge(new Dataset("mesh", "mesh.marketing.segments"), new Dataset("s3://bucket", "exports/of/segments"), "n/export", MAY),
                edge(new Dataset("postgres://host", "shop.public.orders"), new Dataset("lake", "sales.orders"), "n/import", MAY),
                edge(new Dataset("postgres://host", "shop.public.x"), new Dataset("postgres://host", "shop.public.y"), "n/else", MAY),
                // A merge reads what it writes
                edge(new Dataset("lake", "sales.orders"), new Dataset("lake", "sales.orders"), "n/merge", MAY)), ImmutableList.of(), ImmutableList.of());
        assertThat(edges(LineageGraph.of(mesh, observations).edges().stream().filter(edge -> edge.kind() == EdgeKind.OBSERVED).toList())).containsExactlyInAnyOrder(
                "product sales.orders -> product marketing.campaigns, observed: OpenLineage by n/late at 2026-05-01T06:00:00Z",
                "product marketing.segments -> dataset s3://bucket exports/of/segments, observed: OpenLineage by n/export at 2026-05-01T06:00:00Z",
                "dataset postgres://host shop.public.orders -> product sales.orders, observed: OpenLineage by n/import at 2026-05-01T06:00:00Z");
    }

    @Test
    void testMergeMovesNothingBetweenProductsOfOneTable()
    {
        Mesh mesh = new TestingGraph()
                .add("sales", "orders", lake("sales", "orders"), ID)
                .add("sales", "open_orders", lake("sales", "orders"), "- {name: number, type: bigint, physicalName: ID}")
                .add("sales", "news", lake("sales", "news"), ID)
                .mesh();
        Dataset orders = new Dataset("lake", "sales.orders");
        Dataset news = new Dataset("lake", "sales.news");
        Dataset staging = new Dataset("lake", "staging.orders");
        Observations observations = new Observations(1, ImmutableList.of(
                edge(orders, orders, "n/merge", MAY),
                edge(news, orders, "n/merge", MAY),
                edge(new Dataset("mesh", "mesh.sales.orders"), new Dataset("s3://b", "wh/sales.db/orders"), "n/other", MAY),
                // There and back again
                edge(orders, staging, "n/stage", MAY),
                edge(staging, orders, "n/stage", MAY)), ImmutableList.of(
                new ObservedColumnEdge(orders, "id", orders, "id", Optional.empty(), "n/merge", MAY),
                new ObservedColumnEdge(news, "id", orders, "id", Optional.empty(), "n/merge", MAY),
                // The same by another name
                new ObservedColumnEdge(news, "ID", new Dataset("s3://b", "wh/sales.db/orders"), "\"Id\"", Optional.of("DIRECT"), "n/merge", MAY.plusSeconds(1))), ImmutableList.of());
        LineageGraph graph = LineageGraph.of(mesh, observations);
        assertThat(edges(graph.edges().stream().filter(TestLineageGraph::isBetweenProducts).toList())).containsExactlyInAnyOrder(
                "product sales.open_orders -> product sales.orders, derived: both are read from the same table",
                "product sales.news -> product sales.orders, observed: OpenLineage by n/merge at 2026-05-01T06:00:00Z",
                "product sales.news -> product sales.open_orders, observed: OpenLineage by n/merge at 2026-05-01T06:00:00Z");
        assertThat(columns(graph)).containsExactlyInAnyOrder(
                "open_orders.number -> orders.id, derived: ?",
                "news.id -> orders.id, observed: DIRECT",
                "news.id -> open_orders.number, observed: DIRECT");
    }

    @Test
    void testTableThroughTwoStoragesIsOneTable()
    {
        Mesh mesh = new TestingGraph()
                .granting("domain: finance, storage: lake_of_finance, namespaces: [sales]")
                .add("sales", "orders", lake("sales", "orders"), ID)
                .add("finance", "orders", "catalog: lake_of_finance, schema: sales, table: orders", ID)
                .add("marketing", "segments", lake("marketing", "segments"), ID)
                .mesh();
        Observations observations = new Observations(1, ImmutableList.of(
                edge(new Dataset("s3://b", "wh/sales.db/orders"), new Dataset("lake", "marketing.segments"), "n/j", MAY),
                edge(new Dataset("s3://b", "wh/sales.db/orders"), new Dataset("s3://b", "wh/sales.db/orders"), "n/merge", MAY)), ImmutableList.of(), ImmutableList.of());
        StorageNames same = new StorageNames(Map.of("lake", "lake", "lake_of_finance", "lake"));
        assertThat(edges(LineageGraph.of(mesh, same, observations).edges().stream().filter(TestLineageGraph::isBetweenProducts).toList())).containsExactlyInAnyOrder(
                "product finance.orders -> product sales.orders, derived: both are read from the same table",
                "product sales.orders -> product marketing.segments, observed: OpenLineage by n/j at 2026-05-01T06:00:00Z",
                "product finance.orders -> product marketing.segments, observed: OpenLineage by n/j at 2026-05-01T06:00:00Z");
        // Of two catalogs nobody knows which of their tables it is
        LineageGraph apart = LineageGraph.of(mesh, observations);
        assertThat(edges(apart.edges().stream().filter(edge -> edge.kind() == EdgeKind.OBSERVED).toList())).containsExactly(
                "dataset s3://b wh/sales.db/orders -> product marketing.segments, observed: OpenLineage by n/j at 2026-05-01T06:00:00Z");
        assertThat(apart.unresolved()).singleElement().satisfies(unresolved -> {
            assertThat(unresolved.dataset().name()).isEqualTo("wh/sales.db/orders");
            assertThat(unresolved.reason()).isEqualTo("it may be a table of any of the storages lake, lake_of_finance");
        });
    }

    @Test
    void testStagingTablesDoNotEndLineage()
    {
        Mesh mesh = mesh();
        Dataset first = new Dataset("lake", "staging.one");
        Dataset second = new Dataset("lake", "staging.two");
        Observations observations = new Observations(1, ImmutableList.of(
                edge(new Dataset("lake", "sales.orders"), first, "n/1", MAY),
                edge(first, second, "n/2", MAY),
                edge(second, first, "n/back", MAY),
                edge(second, new Dataset("lake", "marketing.campaigns"), "n/3", MAY)), ImmutableList.of(), ImmutableList.of());
        assertThat(edges(LineageGraph.of(mesh, observations).edges().stream().filter(TestLineageGraph::isBetweenProducts).filter(edge -> edge.kind() == EdgeKind.OBSERVED).toList())).containsExactly(
                "product sales.orders -> product marketing.campaigns, observed: OpenLineage, through tables that are not data products by n/3 at 2026-05-01T06:00:00Z");
    }

    @Test
    void testColumns()
    {
        Mesh mesh = mesh();
        Dataset customers = new Dataset("lake", "sales.customers");
        Dataset segments = new Dataset("lake", "marketing.segments");
        Dataset campaigns = new Dataset("lake", "marketing.campaigns");
        Observations observations = new Observations(1, ImmutableList.of(), ImmutableList.of(
                new ObservedColumnEdge(segments, "CONTACT", campaigns, "Target", Optional.of("DIRECT/IDENTITY"), "n/j", MAY),
                new ObservedColumnEdge(customers, "id", campaigns, "*", Optional.of("INDIRECT/FILTER"), "n/j", MAY),
                // No product promises this column
                new ObservedColumnEdge(customers, "internal_score", campaigns, "target", Optional.empty(), "n/j", MAY),
                new ObservedColumnEdge(new Dataset("postgres://host", "crm.people"), "Mail", customers, "email", Optional.empty(), "n/j", MAY)), ImmutableList.of());
        LineageGraph graph = LineageGraph.of(mesh, observations);
        assertThat(columns(graph)).containsExactlyInAnyOrder(
                "orders.id -> customers.email, declared: looked up",
                "customers.email -> segments.contact, declared: ?",
                "segments.contact -> campaigns.target, observed: DIRECT/IDENTITY",
                "customers.id -> campaigns.*, observed: INDIRECT/FILTER",
                "postgres://host crm.people.Mail -> customers.email, observed: ?");
    }

    @Test
    void testEachJobThatMakesAColumnIsAnEdge()
    {
        Mesh mesh = mesh();
        Dataset segments = new Dataset("lake", "marketing.segments");
        Dataset campaigns = new Dataset("lake", "marketing.campaigns");
        Observations observations = new Observations(1, ImmutableList.of(), ImmutableList.of(
                new ObservedColumnEdge(segments, "contact", campaigns, "target", Optional.of("nightly"), "n/nightly", MAY),
                new ObservedColumnEdge(segments, "contact", campaigns, "target", Optional.of("backfill"), "n/backfill", MAY.plusSeconds(1)),
                // The same by another name, later
                new ObservedColumnEdge(new Dataset("s3://b", "wh/marketing.db/segments"), "CONTACT", campaigns, "target", Optional.of("nightly, again"), "n/nightly", MAY.plusSeconds(2))), ImmutableList.of());
        LineageGraph graph = LineageGraph.of(mesh, observations);
        assertThat(graph.columnEdges().stream().filter(edge -> edge.kind() == EdgeKind.OBSERVED)).extracting(edge -> edge.job().orElseThrow() + ": " + edge.transformation().orElseThrow())
                .containsExactlyInAnyOrder("n/nightly: nightly, again", "n/backfill: backfill");
        assertThat(impact(mesh, graph, "marketing.segments", Optional.of("contact"))).containsOnlyOnce("marketing.campaigns by [marketing.segments.contact, marketing.campaigns.target]: column edge, observed");
    }

    @Test
    void testDerivedColumnsNeedNoInputPort()
    {
        Mesh mesh = new TestingGraph()
                .add("sales", "people", lake("sales", "people"), "- {name: id, type: bigint}")
                .add("marketing", "places", lake("marketing", "places"), "- {name: a, type: bigint, derivedFrom: [sales.people.id]}\n- {name: b, type: bigint, derivedFrom: [sales.people.id, a]}")
                .mesh();
        assertThat(edges(LineageGraph.of(mesh, Observations.NONE).edges())).contains("product sales.people -> product marketing.places, declared: columns of marketing.places are derived from it")
                .filteredOn(edge -> edge.contains("declared")).hasSize(1);
    }

    @Test
    void testFieldsInsideColumns()
    {
        Mesh mesh = new TestingGraph()
                .add("sales", "people", lake("sales", "people"), "- {name: id, type: bigint}\n- {name: addr, type: 'row(City varchar, geo row(lat double))'}\n- {name: phones, type: 'array(row(number varchar))'}\n- {name: prices, type: 'map(varchar, row(amount bigint))'}")
                .add("marketing", "places", lake("marketing", "places"), "- {name: city, type: varchar, derivedFrom: [sales.people.addr.city]}\n- {name: other, type: varchar}\n- {name: address, type: 'row(c varchar)'}", "data-product sales.people")
                .mesh();
        Dataset people = new Dataset("lake", "sales.people");
        Dataset places = new Dataset("lake", "marketing.places");
        Observations observations = new Observations(1, ImmutableList.of(), ImmutableList.of(
                new ObservedColumnEdge(people, "ADDR.City", places, "address.C", Optional.empty(), "n/j", MAY),
                new ObservedColumnEdge(people, "addr.geo.lat", places, "other", Optional.empty(), "n/j", MAY),
                // The names that Iceberg gives to steps into arrays and maps
                new ObservedColumnEdge(people, "phones.element.number", places, "other", Optional.empty(), "n/j", MAY),
                new ObservedColumnEdge(people, "phones.element", places, "other", Optional.empty(), "n/j", MAY),
                new ObservedColumnEdge(people, "prices.value.amount", places, "other", Optional.empty(), "n/j", MAY),
                new ObservedColumnEdge(people, "prices.key", places, "other", Optional.empty(), "n/j", MAY),
                // Nobody promises this
                new ObservedColumnEdge(people, "addr.zip", places, "other", Optional.empty(), "n/j", MAY)), ImmutableList.of());
        LineageGraph graph = LineageGraph.of(mesh, observations);
        assertThat(columns(graph)).containsExactly(
                "people.addr.City -> places.city, declared: ?",
                "people.addr.City -> places.address.c, observed: ?",
                "people.addr.geo.lat -> places.other, observed: ?",
                "people.phones.number -> places.other, observed: ?",
                "people.phones -> places.other, observed: ?",
                "people.prices.amount -> places.other, observed: ?",
                "people.prices -> places.other, observed: ?");
        LineageGraph declared = LineageGraph.of(mesh, Observations.NONE);
        String touched = "marketing.places by [sales.people.%s, marketing.places.city]: column edge, declared";
        assertThat(impact(mesh, declared, "sales.people", Optional.of("addr.City"))).containsExactly(touched.formatted("addr.City"));
        // A change of a column is one of all that is inside it
        assertThat(impact(mesh, declared, "sales.people", Optional.of("addr"))).containsExactly(touched.formatted("addr"));
        assertThat(impact(mesh, declared, "sales.people", Optional.of("addr.geo"))).isEmpty();
        assertThat(impact(mesh, declared, "sales.people", Optional.of("addr.geo.lat"))).isEmpty();
    }

    @Test
    void testImpact()
    {
        Mesh mesh = mesh();
        Dataset segments = new Dataset("lake", "marketing.segments");
        Dataset campaigns = new Dataset("lake", "marketing.campaigns");
        Observations observations = new Observations(1, ImmutableList.of(), ImmutableList.of(
                new ObservedColumnEdge(segments, "contact", campaigns, "target", Optional.empty(), "n/j", MAY)), ImmutableList.of());
        LineageGraph graph = LineageGraph.of(mesh, observations);
        assertThat(impact(mesh, graph, "sales.customers", Optional.empty())).containsExactly(
                "marketing.segments by [sales.customers, marketing.segments]: product edge, declared",
                "marketing.campaigns by [sales.customers, marketing.segments, marketing.campaigns]: product edge, declared");
        assertThat(impact(mesh, graph, "sales.customers", Optional.of("email"))).containsExactly(
                "marketing.segments by [sales.customers.email, marketing.segments.contact]: column edge, declared",
                "marketing.campaigns by [sales.customers.email, marketing.segments.contact, marketing.campaigns.target]: column edge, observed");
        // Only the e-mail goes on from here
        assertThat(impact(mesh, graph, "sales.customers", Optional.of("id"))).isEmpty();
        // Where no columns are known, all may be touched
        assertThat(impact(mesh, LineageGraph.of(mesh, Observations.NONE), "sales.customers", Optional.of("email"))).containsExactly(
                "marketing.segments by [sales.customers.email, marketing.segments.contact]: column edge, declared",
                "marketing.campaigns by [sales.customers.email, marketing.segments.contact, marketing.campaigns]: product edge, declared: which columns it takes is not known");
    }

    private static List<String> impact(Mesh mesh, LineageGraph graph, String product, Optional<String> column)
    {
        DataProduct start = product(mesh, product);
        ImpactWalk walk = new ImpactWalk(graph, _ -> true, _ -> true);
        return column.map(name -> walk.from(start, ImmutableList.of(new ColumnEnd(Optional.of(start), start.sqlName(), name)))).orElseGet(() -> walk.from(start)).stream()
                .map(touched -> "%s by %s: %s".formatted(graph.node(touched.product()).name(), touched.path(), touched.evidence()))
                .toList();
    }

    private static ObservedEdge edge(Dataset from, Dataset to, String job, Instant at)
    {
        return new ObservedEdge(from, to, job, at);
    }

    private static boolean isBetweenProducts(LineageEdge edge)
    {
        return Stream.of(edge.from(), edge.to()).allMatch(node -> node.kind() == LineageNode.Kind.PRODUCT);
    }

    private static List<String> edges(List<LineageEdge> edges)
    {
        return edges.stream()
                .map(edge -> "%s %s -> %s %s, %s: %s%s%s".formatted(
                        edge.from().kind(),
                        edge.from().name(),
                        edge.to().kind(),
                        edge.to().name(),
                        edge.kind(),
                        edge.evidence(),
                        edge.job().map(" by %s"::formatted).orElse(""),
                        edge.lastSeen().map(" at %s"::formatted).orElse("")))
                .toList();
    }

    private static List<String> steps(List<LineageStep> steps)
    {
        return steps.stream()
                .map(step -> "%s %s -> %s%s".formatted(step.depth(), step.edge().from().name(), step.edge().to().name(), step.cycle() ? " cycle" : ""))
                .toList();
    }

    private static List<String> columns(LineageGraph graph)
    {
        return graph.columnEdges().stream()
                .map(edge -> "%s.%s -> %s.%s, %s: %s".formatted(edge.from().table(), edge.from().column(), edge.to().table(), edge.to().column(), edge.kind(), edge.transformation().orElse("?")))
                .toList();
    }
}
