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
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.function.table.Argument;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.function.table.TableFunctionAnalysis;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.Direction;
import org.trinomesh.lineage.LineageEdge;
import org.trinomesh.lineage.LineageStep;
import org.trinomesh.product.DataProduct;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * {@code TABLE(mesh.system.lineage('sales', 'customer_360', 'upstream', 3))}, or all by name: {@code domain => 'sales', product =>
 * 'customer_360', depth => 3}. The edges within some steps of a data product, as far as whoever asks may discover what is on the
 * way.
 */
public final class LineageFunction
        extends RowsFunction<LineageFunction.Handle>
{
    static final String DOMAIN = "DOMAIN";
    static final String PRODUCT = "PRODUCT";
    private static final String DIRECTION = "DIRECTION";
    private static final String DEPTH = "DEPTH";
    private static final long MAX_DEPTH = 50;

    private static final List<ColumnMetadata> COLUMNS = SystemTableSchema.table("lineage", "Edges around a data product")
            .number("depth", "How many steps the edge is away from the data product, from 1")
            .text("direction", "upstream: the data product is made of it; downstream: it is made of the data product")
            .text("from_kind", "product, port, source; for stewards also table and dataset, which are outside of the mesh")
            .text("from_domain", "Schema of the domain the data comes from; NULL outside of the mesh")
            .text("from_product", "Data product in SQL the data comes from; NULL outside of the mesh")
            .text("from_version", "Version of the data product the data comes from")
            .text("from_name", "Name of what the data comes from: sales.customer_360, sales.customer_360:sql-access, salesforce")
            .text("to_kind", "product, port; for stewards also table and dataset")
            .text("to_domain", "Schema of the domain the data goes to")
            .text("to_product", "Data product in SQL the data goes to")
            .text("to_version", "Version of the data product the data goes to")
            .text("to_name", "Name of what the data goes to")
            .text("kind", "Who says so: declared (a descriptor), derived (the mesh itself) or observed (a tool that ran)")
            .text("evidence", "How that is known")
            .flag("cycle", "Whether the edge leads back to something that is on the way already")
            .text("from_service_status", "Whether readers get the product that the data comes from, as in data_products; NULL when it is none")
            .text("to_service_status", "Whether readers get the product that the data goes to")
            .build()
            .getColumns();

    private final QueryMeshes meshes;
    private final CurrentLineage lineage;
    private final VisibleStatus status;

    /**
     * What is asked.
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
        super("lineage", Handle.class, arguments(), COLUMNS, "Where the data of a data product comes from, and where it goes");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.lineage = requireNonNull(lineage, "lineage is null");
        this.status = requireNonNull(status, "status is null");
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
        // Told before the query runs
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
        VisibleLineage visible = new VisibleLineage(mesh, lineage.of(mesh.mesh()));
        return handle.directions().stream()
                .flatMap(direction -> visible.graph().walk(product, direction, handle.depth(), visible::isVisible).stream())
                .map(step -> row(mesh, step));
    }

    private Object[] row(GovernedMesh mesh, LineageStep step)
    {
        LineageEdge edge = step.edge();
        return new Object[] {
                (long) step.depth(),
                step.direction().toString(),
                edge.from().kind().toString(),
                LineageTable.domain(edge.from()),
                LineageTable.product(edge.from()),
                LineageTable.version(edge.from()),
                edge.from().name(),
                edge.to().kind().toString(),
                LineageTable.domain(edge.to()),
                LineageTable.product(edge.to()),
                LineageTable.version(edge.to()),
                edge.to().name(),
                edge.kind().toString(),
                edge.evidence(),
                step.cycle(),
                LineageTable.service(status, mesh, edge.from()),
                LineageTable.service(status, mesh, edge.to()),
        };
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
