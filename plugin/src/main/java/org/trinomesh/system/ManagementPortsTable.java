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

import org.trinomesh.disclosure.ProductPart;
import org.trinomesh.product.Terms.ManagementPort;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;

/**
 * The table {@code management_ports}: where data products are managed, besides this catalog.
 */
final class ManagementPortsTable
        implements SystemRows<ProductPart<ManagementPort>>
{
    private static final SystemTableSchema<ProductPart<ManagementPort>> SCHEMA = SystemTableSchema.<ProductPart<ManagementPort>>ofProducts("management_ports", "Where the data products you may discover are managed, besides this catalog")
            .text("port", DISCOVERER, "Name of the port", row -> row.part().name())
            .text("content", DISCOVERER, "discoverability, observability, control or dictionary", row -> row.part().content())
            .text("type", DISCOVERER, "rest or topic", row -> row.part().type())
            .text("address", DISCOVERER, "A URL or a channel", row -> row.part().address())
            .text("description", DISCOVERER, "What it is for", row -> row.part().description())
            .build();

    @Override
    public SystemTableSchema<ProductPart<ManagementPort>> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<ProductPart<ManagementPort>> rows(SystemRequest request)
    {
        return request.products().flatMap(visible -> visible.product().terms().stream().flatMap(terms -> visible.parts(terms.managementPorts())));
    }
}
