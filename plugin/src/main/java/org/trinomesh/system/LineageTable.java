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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.lineage.LineageEdge;
import org.trinomesh.lineage.LineageNode;
import org.trinomesh.product.DataProduct;
import org.trinomesh.slo.ServiceStatus;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
import static java.util.Objects.requireNonNull;

final class LineageTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("lineage", "Where the data products you may discover take their data from, and who takes it from them")
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
            .text("job", "Job that moved the data; for stewards of the product it writes")
            .text("evidence", "How that is known")
            .column("last_seen", TIMESTAMP_TZ_MILLIS, "When a tool last moved data so")
            .text("from_service_status", "Whether readers get the product that the data comes from, as in data_products; NULL when it is none")
            .text("to_service_status", "Whether readers get the product that the data goes to")
            .build();

    private final CurrentLineage lineage;
    private final VisibleStatus status;

    LineageTable(CurrentLineage lineage, VisibleStatus status)
    {
        this.lineage = requireNonNull(lineage, "lineage is null");
        this.status = requireNonNull(status, "status is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        VisibleLineage visible = new VisibleLineage(mesh, lineage.of(mesh.mesh()));
        return visible.edges().map(edge -> row(mesh, visible, edge));
    }

    private Object[] row(GovernedMesh mesh, VisibleLineage visible, LineageEdge edge)
    {
        return new Object[] {
                edge.from().kind().toString(),
                domain(edge.from()),
                product(edge.from()),
                version(edge.from()),
                edge.from().name(),
                edge.to().kind().toString(),
                domain(edge.to()),
                product(edge.to()),
                version(edge.to()),
                edge.to().name(),
                edge.kind().toString(),
                visible.job(edge).orElse(null),
                edge.evidence(),
                time(edge.lastSeen()),
                service(status, mesh, edge.from()),
                service(status, mesh, edge.to()),
        };
    }

    static String service(VisibleStatus status, GovernedMesh mesh, LineageNode node)
    {
        return node.product().flatMap(product -> status.service(mesh, product)).map(ServiceStatus::toString).orElse(null);
    }

    static String domain(LineageNode node)
    {
        return node.product().map(DataProduct::domain).orElse(null);
    }

    static String product(LineageNode node)
    {
        return node.product().map(DataProduct::sqlName).orElse(null);
    }

    static String version(LineageNode node)
    {
        return node.product().map(product -> product.version().toString()).orElse(null);
    }

    static Long time(Optional<Instant> time)
    {
        return time.map(moment -> packDateTimeWithZone(moment.toEpochMilli(), UTC_KEY)).orElse(null);
    }
}
