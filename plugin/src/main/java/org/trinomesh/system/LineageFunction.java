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
package org.trinomesh.system;

import com.google.common.collect.ImmutableList;
import io.airlift.slice.Slices;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionAnalysis;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleLineage;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.disclosure.VisibleStep;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.Direction;
import org.trinomesh.product.DataProduct;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * {@code TABLE(mesh.system.lineage('sales', 'customer_360', 'upstream', 3))}, or all by name: {@code domain => 'sales', product =>
 * 'customer_360', depth => 3}. The edges within some steps of a data product, as far as the requester may discover what is on the
 * path.
 */
public final class LineageFunction
        extends RowsFunction<LineageFunction.Handle>
{
    static final String DOMAIN = "DOMAIN";
    static final String PRODUCT = "PRODUCT";
    private static final String DIRECTION = "DIRECTION";
    private static final String DEPTH = "DEPTH";
    private static final long MAX_DEPTH = 50;

    private final QueryMeshes meshes;
    private final CurrentLineage lineage;
    private final SystemTableSchema<VisibleStep> schema;

    /**
     * The arguments of a query of lineage.
     */
    public record Handle(String domain, String product, List<Direction> directions, int depth)
            implements ConnectorTableFunctionHandle
    {
        public Handle
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(product, "product is null");
            directions = ImmutableList.copyOf(requireNonNull(directions, "directions is null"));
        }
    }

    public LineageFunction(QueryMeshes meshes, CurrentLineage lineage, VisibleStatus status)
    {
        this(meshes, lineage, schema(status));
    }

    private LineageFunction(QueryMeshes meshes, CurrentLineage lineage, SystemTableSchema<VisibleStep> schema)
    {
        super("lineage", Handle.class, arguments(), schema.metadata().getColumns(), "Where the data of a data product comes from, and where it goes");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.lineage = requireNonNull(lineage, "lineage is null");
        this.schema = requireNonNull(schema, "schema is null");
    }

    private static SystemTableSchema<VisibleStep> schema(VisibleStatus status)
    {
        return SystemTableSchema.<VisibleStep>table("lineage", "Edges around a data product")
                .number("depth", DISCOVERER, "How many steps the edge is away from the data product, from 1", row -> row.step().depth())
                .text("direction", DISCOVERER, "upstream: the data product takes data from it; downstream: it takes data from the data product", row -> row.step().direction().toString())
                .text("from_kind", DISCOVERER, "product, port, source; for stewards also table and dataset, which are outside of the mesh", row -> row.step().edge().from().kind().toString())
                .text("from_domain", DISCOVERER, "Schema of the domain the data comes from; NULL outside of the mesh", row -> LineageTable.domain(row.visible().from()))
                .text("from_product", DISCOVERER, "Data product in SQL the data comes from; NULL outside of the mesh", row -> LineageTable.product(row.visible().from()))
                .text("from_version", DISCOVERER, "Version of the data product the data comes from", row -> LineageTable.version(row.visible().from()))
                .text("from_name", DISCOVERER, "Name of what the data comes from: sales.customer_360, sales.customer_360:sql-access, salesforce", row -> row.step().edge().from().name())
                .text("to_kind", DISCOVERER, "product, port; for stewards also table and dataset", row -> row.step().edge().to().kind().toString())
                .text("to_domain", DISCOVERER, "Schema of the domain the data goes to", row -> LineageTable.domain(row.visible().to()))
                .text("to_product", DISCOVERER, "Data product in SQL the data goes to", row -> LineageTable.product(row.visible().to()))
                .text("to_version", DISCOVERER, "Version of the data product the data goes to", row -> LineageTable.version(row.visible().to()))
                .text("to_name", DISCOVERER, "Name of what the data goes to", row -> row.step().edge().to().name())
                .text("kind", DISCOVERER, "Where the edge comes from: declared (a descriptor), derived (the mesh itself) or observed (a tool that ran)", row -> row.step().edge().kind().toString())
                .text("evidence", DISCOVERER, "How that is known", row -> row.step().edge().evidence())
                .flag("cycle", DISCOVERER, "Whether the edge leads back to something that is already on the path", row -> row.step().cycle())
                .text("from_service_status", DISCOVERER, "Service status of the product that the data comes from, as in data_products; NULL when it is not a data product", row -> LineageTable.service(status, row.visible().from()))
                .text("to_service_status", DISCOVERER, "Service status of the product that the data goes to", row -> LineageTable.service(status, row.visible().to()))
                .build();
    }

    private static List<FunctionArgument> arguments()
    {
        return ImmutableList.of(
                FunctionArgument.required(DOMAIN, VARCHAR, "Domain of the data product"),
                FunctionArgument.required(PRODUCT, VARCHAR, "Data product in SQL, such as customer_360"),
                FunctionArgument.optional(DIRECTION, VARCHAR, Slices.utf8Slice("both"), "upstream, downstream or both"),
                FunctionArgument.optional(DEPTH, BIGINT, 3L, "How many steps to follow the edges, from 1 to " + MAX_DEPTH));
    }

    @Override
    public TableFunctionAnalysis analyze(ConnectorSession session, ConnectorTransactionHandle transaction, Map<String, Argument> arguments, ConnectorAccessControl accessControl)
    {
        long depth = optionalNumber(arguments, DEPTH).filter(steps -> steps >= 1 && steps <= MAX_DEPTH)
                .orElseThrow(() -> invalid(DEPTH, "must be a number from 1 to " + MAX_DEPTH));
        Handle handle = new Handle(
                text(arguments, DOMAIN, "the name of a domain"),
                text(arguments, PRODUCT, "the name of a data product"),
                directions(text(arguments, DIRECTION, "upstream, downstream or both")),
                (int) depth);
        // Checked before the query runs
        DiscoverableProduct.find(meshes.of(session), handle.domain(), handle.product());
        return TableFunctionAnalysis.builder()
                .handle(handle)
                .build();
    }

    @Override
    protected Stream<Object[]> rows(ConnectorSession session, Handle handle)
    {
        GovernedMesh mesh = meshes.of(session);
        DataProduct product = DiscoverableProduct.find(mesh, handle.domain(), handle.product());
        VisibleLineage visible = VisibleLineage.of(mesh, lineage);
        return handle.directions().stream()
                .flatMap(direction -> visible.walk(product, direction, handle.depth()))
                .map(schema::row);
    }

    private static List<Direction> directions(String written)
    {
        List<Direction> directions = Stream.of(Direction.values())
                .filter(direction -> written.toLowerCase(ENGLISH).equals("both") || written.equalsIgnoreCase(direction.toString()))
                .collect(toImmutableList());
        if (directions.isEmpty()) {
            throw invalid(DIRECTION, "must be upstream, downstream or both");
        }
        return directions;
    }
}
