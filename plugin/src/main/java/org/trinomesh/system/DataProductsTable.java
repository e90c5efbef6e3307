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
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.OutputPort;
import org.trinomesh.slo.ServiceStatus;
import org.trinomesh.slo.SloSummary;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

final class DataProductsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("data_products", "The data products you may discover, and whether you may read them")
            .text("name", "Data product in SQL, as in column product")
            .text("domain", "Schema of its domain")
            .text("description", "What it is")
            .text("owner", "Team that answers for it")
            .text("tier", "Quality tier: bronze, silver, gold")
            .texts("tags", "Tags")
            .texts("output_ports", "Types of its output ports")
            .text("slo_status", "Whether it keeps all SLOs of which that is known, as of the last round of measuring: met, breached or unknown; NULL without SLOs")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("display_name", "Name of the data product as its domain writes it")
            .text("status", "proposed, draft, active, deprecated or retired")
            .text("archetype", "source-aligned, aggregate or consumer-aligned")
            .text("classification", "Confidentiality of the whole product")
            .text("table_name", "Main table in its domain's schema; NULL when it has none")
            .column("deprecated_on", DATE, "Since when it is deprecated")
            .column("end_of_life", DATE, "When its domain means to stop serving it")
            .text("replaced_by", "What to use instead")
            .text("contract", "Name of its data contract")
            .text("contract_version", "Version of the contract")
            .text("access", "What you may do: readable or discoverable")
            .text("how_to_ask", "Whom to ask for access or help, and where")
            .text("service_status", "Whether its readers get the data, as of the last time that a query or the mesh itself looked: in service, out of service, partly out of service (some of its tables) or unknown; NULL without a table")
            .column("slo_measured", DOUBLE, "Share of its SLOs, from 0 to 1, of which it is known, and not kept from you, whether they are kept; NULL without SLOs")
            .build();

    private final VisibleStatus status;

    DataProductsTable(VisibleStatus status)
    {
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
        return mesh.discoverable().stream().map(product -> row(mesh, product));
    }

    private Object[] row(GovernedMesh mesh, DataProduct product)
    {
        Optional<Deprecation> deprecation = product.deprecation();
        Optional<SloSummary> slos = status.slos(mesh, product);
        return new Object[] {
                product.sqlName(),
                product.domain(),
                product.description().strip(),
                product.owner(),
                product.tier().orElse(null),
                SystemTableSchema.array(product.tags()),
                SystemTableSchema.array(product.outputPorts().stream().map(OutputPort::type).distinct().toList()),
                slos.map(summary -> summary.status().toString()).orElse(null),
                product.sqlName(),
                product.version().toString(),
                product.displayName(),
                product.status().name().toLowerCase(ENGLISH),
                product.archetype().orElse(null),
                product.classification().orElse(null),
                mainTable(mesh, product).orElse(null),
                deprecation.flatMap(Deprecation::deprecatedOn).map(LocalDate::toEpochDay).orElse(null),
                deprecation.flatMap(Deprecation::endOfLife).map(LocalDate::toEpochDay).orElse(null),
                mesh.successor(product).orElse(null),
                product.contract().map(Contract::name).orElse(null),
                product.contract().map(Contract::version).orElse(null),
                mesh.decide(product).isReadable() ? "readable" : "discoverable",
                product.howToAsk(),
                status.service(mesh, product).map(ServiceStatus::toString).orElse(null),
                slos.map(SloSummary::measuredShare).orElse(null),
        };
    }

    static Optional<String> mainTable(GovernedMesh mesh, DataProduct product)
    {
        return mesh.mesh().tablesOf(product)
                .filter(table -> table.table().main())
                .map(MeshTable::name)
                .findFirst();
    }
}
