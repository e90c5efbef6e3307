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

final class DomainsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("domains", "The domains of the mesh of which you may know")
            .text("name", "Schema of the domain's data products, as in column domain")
            .text("domain", "Schema of the domain's data products")
            .text("display_name", "Name of the domain as its documents write it")
            .text("owner", "Team that answers for the domain")
            .text("description", "What the domain is about")
            .number("data_products", "How many of its data products you may discover")
            .texts("contacts", "How to reach the domain")
            .build();

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return mesh.domains().stream()
                .map(domain -> new Object[] {
                        domain.name(),
                        domain.name(),
                        domain.displayName(),
                        domain.owner().orElse(null),
                        domain.description().orElse(null),
                        domain.products().stream().filter(product -> mesh.decide(product).isDiscoverable()).count(),
                        SystemTableSchema.array(domain.contacts().stream().map(Object::toString).toList()),
                });
    }
}
