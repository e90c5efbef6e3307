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

final class OutputPortsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("output_ports", "Every way to consume the data products you may discover, SQL or not")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("port", "Name of the output port")
            .text("type", "sql, rest, kafka, ...")
            .texts("address", "What a consumer types: SQL tables, an endpoint, a topic")
            .text("format", "Format of the data")
            .text("authentication", "How a consumer authenticates")
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
                .flatMap(product -> product.outputPorts().stream()
                        .map(port -> new Object[] {
                                product.domain(),
                                product.sqlName(),
                                product.version().toString(),
                                port.name(),
                                port.type(),
                                SystemTableSchema.array(port.address()),
                                port.format().orElse(null),
                                port.authentication().orElse(null),
                        }));
    }
}
