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

import org.trinomesh.connector.ProductReaders;
import org.trinomesh.disclosure.ObservedReader;
import org.trinomesh.disclosure.VisibleConsumer;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.RESPONSIBLE;

/**
 * The table {@code contract_consumers}: who depends on data products.
 */
final class ContractConsumersTable
        implements SystemRows<VisibleConsumer>
{
    private static final SystemTableSchema<VisibleConsumer> SCHEMA = SystemTableSchema.<VisibleConsumer>ofProducts("contract_consumers", "Who declared that they depend on the data products you may discover; for a product's owner and stewards also who was seen reading it since the server started")
            .text("contract", DISCOVERER, "Name of its data contract", row -> row.product().contract().map(Contract::name))
            .text("contract_version", DISCOVERER, "Version of the contract", row -> row.product().contract().map(Contract::version))
            .text("consumer_domain", DISCOVERER, "Domain of the team that declared it, or the domain itself, whose queries read it", row -> row.declared().map(Contract.Consumer::domain))
            .text("team", DISCOVERER, "Team that declared it; NULL for a domain", row -> row.declared().flatMap(Contract.Consumer::team))
            .text("user_name", RESPONSIBLE, "User who was seen reading it, when no declared team is among the user's groups and roles", row -> row.reader().map(ObservedReader::user))
            .texts("groups", RESPONSIBLE, "Groups and roles of that user, as last seen", row -> row.reader().map(reader -> reader.groups().stream().sorted().toList()))
            .text("use_case", DISCOVERER, "What the team uses the data for", row -> row.declared().flatMap(Contract.Consumer::useCase))
            .date("valid_from", DISCOVERER, "First day on which it may be read, UTC", row -> row.declared().flatMap(Contract.Consumer::validFrom))
            .date("valid_until", DISCOVERER, "Last day on which it may be read, UTC", row -> row.declared().flatMap(Contract.Consumer::validUntil))
            .text("kind", DISCOVERER, "declared in the contract, observed, or both; observations are only for the product's owner and stewards", VisibleConsumer::kind)
            .number("statements", RESPONSIBLE, "How many statements read the product", VisibleConsumer::statements)
            .time("last_read", RESPONSIBLE, "When the last of these statements ran", VisibleConsumer::lastRead)
            .build();

    private final ProductReaders readers;

    ContractConsumersTable(ProductReaders readers)
    {
        this.readers = requireNonNull(readers, "readers is null");
    }

    @Override
    public SystemTableSchema<VisibleConsumer> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleConsumer> rows(SystemRequest request)
    {
        Function<DataProduct, List<ObservedReader>> observed = readers.byProduct();
        return request.products().flatMap(visible -> VisibleConsumer.of(visible, observed));
    }
}
