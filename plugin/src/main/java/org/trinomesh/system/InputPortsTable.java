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

import java.util.stream.Stream;

final class InputPortsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("input_ports", "Where the data products you may discover take their data from")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("port", "Name of the input port")
            .text("type", "batch, stream, cdc-stream, ...")
            .text("source", "System or data product it reads; NULL for a data product of which you may not know")
            .text("format", "Format of the data")
            .text("schedule", "When it is read, as a cron expression")
            .text("port_version", "Version of the input port")
            .text("contract_id", "Id of the contract under which the data comes")
            .build();

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return mesh.discoverable().stream()
                .flatMap(product -> product.inputPorts().stream()
                        .map(port -> new Object[] {
                                product.domain(),
                                product.sqlName(),
                                product.version().toString(),
                                port.name(),
                                port.type(),
                                mesh.source(product, port).orElse(null),
                                port.format().orElse(null),
                                port.schedule().orElse(null),
                                port.version().orElse(null),
                                port.contractId().filter(_ -> port.source().equals(mesh.source(product, port))).orElse(null),
                        }));
    }
}
