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

final class ManagementPortsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("management_ports", "Where the data products you may discover are looked after, beside this catalog")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("port", "Name of the port")
            .text("content", "discoverability, observability, control or dictionary")
            .text("type", "rest or topic")
            .text("address", "A URL or a channel")
            .text("description", "What it is for")
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
                .flatMap(product -> product.terms().stream()
                        .flatMap(terms -> terms.managementPorts().stream())
                        .map(port -> new Object[] {
                                product.domain(),
                                product.sqlName(),
                                product.version().toString(),
                                port.name(),
                                port.content(),
                                port.type(),
                                port.address().orElse(null),
                                port.description().orElse(null),
                        }));
    }
}
