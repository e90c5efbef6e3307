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
import org.trinomesh.governance.TableAccess;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Terms;
import org.trinomesh.product.Terms.Definition;
import org.trinomesh.product.Terms.Price;

import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;

final class ContractsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("contracts", "The data contracts of the data products you may discover")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("contract", "Name of the contract")
            .text("id", "Id by which other documents refer to it; NULL without one")
            .text("contract_version", "Version of the contract")
            .text("standard", "The apiVersion it is written in")
            .text("status", "What its authors say of its life")
            .text("owner", "Team that answers for it")
            .text("description", "What the data is for")
            .text("limitations", "What it is not good for")
            .text("usage", "How it is meant to be used")
            .texts("instructions", "What to mind when asking questions of it")
            .texts("team", "Who is in the team now, with what role")
            .texts("approvers", "Who decides about access, in the order in which they are asked")
            .text("contact", "Whom a consumer writes to")
            .text("price_amount", "Price of one unit")
            .text("price_currency", "Currency of the price")
            .text("price_unit", "What one pays for")
            .texts("definitions", "Where things are defined, each with its kind; links to implementations are for stewards")
            .texts("custom_properties", "What its organisation adds; NULL for those who are no stewards of the product")
            .text("document", "The contract as it is written, which names servers; NULL for those who are no stewards of the product, or do not see every column")
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
                .flatMap(product -> product.contracts().stream().map(contract -> row(mesh, product, contract)));
    }

    private static Object[] row(GovernedMesh mesh, DataProduct product, Contract contract)
    {
        boolean steward = mesh.isStewardOf(product);
        Terms terms = contract.terms();
        return new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                contract.name(),
                terms.id().map(Located::value).orElse(null),
                contract.version(),
                terms.standard(),
                terms.status().orElse(null),
                contract.owner().isEmpty() ? null : contract.owner(),
                terms.description().purpose().orElse(null),
                terms.description().limitations().orElse(null),
                terms.description().usage().orElse(null),
                SystemTableSchema.array(terms.instructions()),
                SystemTableSchema.array(terms.members().stream()
                        .filter(member -> member.dateOut().isEmpty())
                        .map(Object::toString)
                        .collect(toImmutableList())),
                SystemTableSchema.array(contract.approvers()),
                contract.contact().orElse(null),
                terms.price().flatMap(Price::amount).orElse(null),
                terms.price().flatMap(Price::currency).orElse(null),
                terms.price().flatMap(Price::unit).orElse(null),
                SystemTableSchema.array(definitions(terms, steward)),
                steward ? SystemTableSchema.array(terms.customProperties().entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue()).collect(toImmutableList())) : null,
                steward && seesEveryColumn(mesh, product) ? terms.document() : null,
        };
    }

    /**
     * The document names every column, and a policy may hide some from stewards too.
     */
    private static boolean seesEveryColumn(GovernedMesh mesh, DataProduct product)
    {
        return product.tables().stream()
                .allMatch(table -> {
                    TableAccess access = mesh.columns(product, table);
                    return table.columns().stream().noneMatch(column -> access.isHidden(column.name()));
                });
    }

    /**
     * An implementation is a place in a database or a repository.
     */
    private static List<String> definitions(Terms terms, boolean steward)
    {
        return terms.definitions().stream()
                .filter(definition -> steward || isPublic(definition))
                .map(Definition::toString)
                .collect(toImmutableList());
    }

    private static boolean isPublic(Definition definition)
    {
        return (definition.url().startsWith("https://") || definition.url().startsWith("http://")) &&
                !definition.type().toLowerCase(ENGLISH).endsWith("implementation");
    }
}
