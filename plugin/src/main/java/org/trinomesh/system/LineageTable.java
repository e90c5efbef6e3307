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

import org.trinomesh.disclosure.VisibleEdge;
import org.trinomesh.disclosure.VisibleLineage;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.lineage.CurrentLineage;
import org.trinomesh.slo.ServiceStatus;

import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * The table {@code lineage}: where data products take their data from, and who takes it from them.
 */
final class LineageTable
        implements SystemRows<VisibleEdge>
{
    private final CurrentLineage lineage;
    private final SystemTableSchema<VisibleEdge> schema;

    LineageTable(CurrentLineage lineage, VisibleStatus status)
    {
        this.lineage = requireNonNull(lineage, "lineage is null");
        this.schema = schema(status);
    }

    private static SystemTableSchema<VisibleEdge> schema(VisibleStatus status)
    {
        return SystemTableSchema.<VisibleEdge>table("lineage", "Where the data products you may discover take their data from, and who takes it from them")
                .text("from_kind", DISCOVERER, "product, port, source; for stewards also table and dataset, which are outside of the mesh", row -> row.edge().from().kind().toString())
                .text("from_domain", DISCOVERER, "Schema of the domain the data comes from; NULL outside of the mesh", row -> domain(row.from()))
                .text("from_product", DISCOVERER, "Data product in SQL the data comes from; NULL outside of the mesh", row -> product(row.from()))
                .text("from_version", DISCOVERER, "Version of the data product the data comes from", row -> version(row.from()))
                .text("from_name", DISCOVERER, "Name of what the data comes from: sales.customer_360, sales.customer_360:sql-access, salesforce", row -> row.edge().from().name())
                .text("to_kind", DISCOVERER, "product, port; for stewards also table and dataset", row -> row.edge().to().kind().toString())
                .text("to_domain", DISCOVERER, "Schema of the domain the data goes to", row -> domain(row.to()))
                .text("to_product", DISCOVERER, "Data product in SQL the data goes to", row -> product(row.to()))
                .text("to_version", DISCOVERER, "Version of the data product the data goes to", row -> version(row.to()))
                .text("to_name", DISCOVERER, "Name of what the data goes to", row -> row.edge().to().name())
                .text("kind", DISCOVERER, "Where the edge comes from: declared (a descriptor), derived (the mesh itself) or observed (a tool that ran)", row -> row.edge().kind().toString())
                .text("job", STEWARD, "Job that moved the data; only for stewards of the product that it writes", row -> row.edge().job())
                .text("evidence", DISCOVERER, "How that is known", row -> row.edge().evidence())
                .time("last_seen", DISCOVERER, "When a tool last moved data this way", row -> row.edge().lastSeen())
                .text("from_service_status", DISCOVERER, "Service status of the product that the data comes from, as in data_products; NULL when it is not a data product", row -> service(status, row.from()))
                .text("to_service_status", DISCOVERER, "Service status of the product that the data goes to", row -> service(status, row.to()))
                .build();
    }

    @Override
    public SystemTableSchema<VisibleEdge> schema()
    {
        return schema;
    }

    @Override
    public Stream<VisibleEdge> rows(SystemRequest request)
    {
        return VisibleLineage.of(request.mesh(), lineage).edges();
    }

    static Optional<String> service(VisibleStatus status, Optional<VisibleProduct> visible)
    {
        return visible.flatMap(status::service).map(ServiceStatus::toString);
    }

    static Optional<String> domain(Optional<VisibleProduct> visible)
    {
        return visible.map(found -> found.product().domain());
    }

    static Optional<String> product(Optional<VisibleProduct> visible)
    {
        return visible.map(found -> found.product().sqlName());
    }

    static Optional<String> version(Optional<VisibleProduct> visible)
    {
        return visible.map(found -> found.product().version().toString());
    }
}
