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
import org.trinomesh.product.OutputPort;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * The table {@code output_ports}: every way to consume data products.
 */
final class OutputPortsTable
        implements SystemRows<ProductPart<OutputPort>>
{
    private static final SystemTableSchema<ProductPart<OutputPort>> SCHEMA = SystemTableSchema.<ProductPart<OutputPort>>ofProducts("output_ports", "Every way to consume the data products you may discover, SQL or not")
            .text("port", DISCOVERER, "Name of the output port", row -> row.part().name())
            .text("type", DISCOVERER, "sql, rest, kafka, ...", row -> row.part().type())
            .texts("address", DISCOVERER, "Address for consumers: SQL tables, an endpoint or a topic", row -> row.part().address())
            .text("format", DISCOVERER, "Format of the data", row -> row.part().format())
            .text("authentication", DISCOVERER, "How a consumer authenticates", row -> row.part().authentication())
            .text("query", STEWARD, "The query that computes the table, for stewards of the product", row -> row.visible().query(row.part()))
            .build();

    @Override
    public SystemTableSchema<ProductPart<OutputPort>> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<ProductPart<OutputPort>> rows(SystemRequest request)
    {
        return request.products().flatMap(visible -> visible.parts(visible.product().outputPorts()));
    }
}
