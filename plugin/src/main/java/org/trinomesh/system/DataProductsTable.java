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

import org.trinomesh.disclosure.ProductStatus;
import org.trinomesh.disclosure.VisibleProduct;
import org.trinomesh.disclosure.VisibleStatus;
import org.trinomesh.product.Contract;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.OutputPort;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.slo.SloSummary;

import java.util.stream.Stream;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code data_products}: the data products that the requester may discover.
 */
final class DataProductsTable
        implements SystemRows<ProductStatus>
{
    private static final SystemTableSchema<ProductStatus> SCHEMA = SystemTableSchema.<ProductStatus>table("data_products", "The data products you may discover, and whether you may read them")
            .text("name", DISCOVERER, "Data product in SQL, as in column product", row -> row.product().sqlName())
            .text("domain", DISCOVERER, "Schema of its domain", row -> row.product().domain())
            .text("description", DISCOVERER, "What it is", row -> row.product().description().strip())
            .text("owner", DISCOVERER, "Team that answers for it", row -> row.product().owner())
            .text("tier", DISCOVERER, "Quality tier: bronze, silver, gold", row -> row.product().tier())
            .texts("tags", DISCOVERER, "Tags of the data product itself; mesh.system.tags also has those of its domain", row -> row.product().tags())
            .texts("output_ports", DISCOVERER, "Types of its output ports", row -> row.product().outputPorts().stream().map(OutputPort::type).distinct().toList())
            .text("slo_status", DISCOVERER, "Whether it met all SLOs whose state is known in the last round of measuring: met, breached or unknown; NULL without SLOs", row -> row.slos().map(summary -> summary.status().toString()))
            .text("product", DISCOVERER, "Data product in SQL", row -> row.product().sqlName())
            .text("version", DISCOVERER, "Version of the data product", row -> row.product().version().toString())
            .text("display_name", DISCOVERER, "Name of the data product as its domain writes it", row -> row.product().displayName())
            .text("status", DISCOVERER, "proposed, draft, active, deprecated or retired", row -> row.product().status().name().toLowerCase(ENGLISH))
            .text("archetype", DISCOVERER, "source-aligned, aggregate or consumer-aligned", row -> row.product().archetype())
            .text("classification", DISCOVERER, "Confidentiality of the whole product", row -> row.product().classification())
            .text("table_name", DISCOVERER, "Main table in its domain's schema; NULL when it has none", row -> row.visible().mainTable())
            .date("deprecated_on", DISCOVERER, "Since when it is deprecated", row -> row.product().deprecation().flatMap(Deprecation::deprecatedOn))
            .date("end_of_life", DISCOVERER, "When its domain plans to stop serving it", row -> row.product().deprecation().flatMap(Deprecation::endOfLife))
            .text("replaced_by", DISCOVERER, "What to use instead", row -> row.visible().successor())
            .text("contract", DISCOVERER, "Name of its data contract", row -> row.product().contract().map(Contract::name))
            .text("contract_version", DISCOVERER, "Version of the contract", row -> row.product().contract().map(Contract::version))
            .text("access", DISCOVERER, "What you may do: readable or discoverable", row -> access(row.visible()))
            .text("how_to_ask", DISCOVERER, "Whom to ask for access or help, and where", row -> row.product().howToAsk())
            .text("service_status", DISCOVERER, "Whether its readers get the data, as of the last time that a query or the mesh itself opened its tables: in service, out of service, partly out of service (some of its tables) or unknown; NULL without a table", row -> row.service().map(ServiceStatus::toString))
            .fraction("slo_measured", DISCOVERER, "Share of its SLOs, from 0 to 1, whose state is known and not hidden from you; NULL without SLOs", row -> row.slos().map(SloSummary::measuredShare))
            .build();

    private final VisibleStatus status;

    DataProductsTable(VisibleStatus status)
    {
        this.status = requireNonNull(status, "status is null");
    }

    @Override
    public SystemTableSchema<ProductStatus> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<ProductStatus> rows(SystemRequest request)
    {
        return request.products().map(status::of);
    }

    static String access(VisibleProduct visible)
    {
        return visible.isReadable() ? "readable" : "discoverable";
    }
}
