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

import org.trinomesh.disclosure.VisibleContract;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Terms;
import org.trinomesh.product.Terms.Price;

import java.util.Optional;
import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.STEWARD;

/**
 * The table {@code contracts}: the data contracts of data products.
 */
final class ContractsTable
        implements SystemRows<VisibleContract>
{
    private static final SystemTableSchema<VisibleContract> SCHEMA = SystemTableSchema.<VisibleContract>ofProducts("contracts", "The data contracts of the data products you may discover")
            .text("contract", DISCOVERER, "Name of the contract", row -> row.contract().name())
            .text("id", DISCOVERER, "Id by which other documents refer to it; NULL without one", row -> terms(row).id().map(Located::value))
            .text("contract_version", DISCOVERER, "Version of the contract", row -> row.contract().version())
            .text("standard", DISCOVERER, "The apiVersion it is written in", row -> terms(row).standard())
            .text("status", DISCOVERER, "Status of the contract, as its authors write it", row -> terms(row).status())
            .text("owner", DISCOVERER, "Team that answers for it", row -> Optional.of(row.contract().owner()).filter(owner -> !owner.isEmpty()))
            .text("description", DISCOVERER, "What the data is for", row -> terms(row).description().purpose())
            .text("limitations", DISCOVERER, "What the data is not suited for", row -> terms(row).description().limitations())
            .text("usage", DISCOVERER, "How it is meant to be used", row -> terms(row).description().usage())
            .texts("instructions", DISCOVERER, "Instructions for people and tools that query the data", row -> terms(row).instructions())
            .texts("team", DISCOVERER, "Who is in the team now, with what role", row -> terms(row).members().stream()
                    .filter(member -> member.dateOut().isEmpty())
                    .map(Object::toString)
                    .toList())
            .texts("approvers", DISCOVERER, "Who decides about access, in the order in which they are asked", row -> row.contract().approvers())
            .text("contact", DISCOVERER, "Contact for consumers", row -> row.contract().contact())
            .text("price_amount", DISCOVERER, "Price of one unit", row -> terms(row).price().flatMap(Price::amount))
            .text("price_currency", DISCOVERER, "Currency of the price", row -> terms(row).price().flatMap(Price::currency))
            .text("price_unit", DISCOVERER, "Unit that the price is for", row -> terms(row).price().flatMap(Price::unit))
            .texts("definitions", DISCOVERER, "Links to definitions, each with its kind; links to implementations are only for stewards", row -> row.definitions().stream().map(Object::toString).toList())
            .texts("custom_properties", STEWARD, "Custom properties; NULL unless you are a steward of the product", row -> terms(row).customProperties().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .toList())
            .text("document", STEWARD, "Text of the contract, which names servers; NULL unless you are a steward of the product and see every column", VisibleContract::document)
            .build();

    @Override
    public SystemTableSchema<VisibleContract> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleContract> rows(SystemRequest request)
    {
        return request.products().flatMap(VisibleContract::of);
    }

    private static Terms terms(VisibleContract row)
    {
        return row.contract().terms();
    }
}
