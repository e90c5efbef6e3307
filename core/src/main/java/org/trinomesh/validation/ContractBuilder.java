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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.QualityDescriptor;
import org.trinomesh.descriptor.RelationshipDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Contract;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Relationship;
import org.trinomesh.product.SqlNames;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Builds the contract of a product from its document.
 */
final class ContractBuilder
{
    private final ContractDescriptor descriptor;
    private final List<ProductTable> tables;

    /**
     * @param tables the tables of the product that keeps the contract
     */
    ContractBuilder(ContractDescriptor descriptor, List<ProductTable> tables)
    {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
        this.tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
    }

    Optional<Contract> build()
    {
        ContractDescriptor.Metadata metadata = descriptor.metadata();
        boolean standard = descriptor.terms().id().isPresent();
        if (metadata.name().isEmpty() || metadata.version().isEmpty() || (metadata.owner().isEmpty() && !standard)) {
            return Optional.empty();
        }
        return Optional.of(new Contract(
                metadata.name().get(),
                metadata.version().get(),
                metadata.owner().orElse(""),
                descriptor.producer().contact(),
                descriptor.consumers().stream()
                        .filter(consumer -> consumer.domain().isPresent())
                        .map(consumer -> new Contract.Consumer(consumer.domain().orElseThrow(), consumer.team(), consumer.useCase(), consumer.validFrom(), consumer.validUntil(), consumer.position()))
                        .collect(toImmutableList()),
                approvers(),
                descriptor.tables().stream()
                        .flatMap(table -> table.relationships().stream())
                        .flatMap(relationship -> relationship(relationship).stream())
                        .collect(toImmutableList()),
                descriptor.support().stream().flatMap(channel -> ProductBuilder.support(channel).stream()).collect(toImmutableList()),
                descriptor.terms()));
    }

    /**
     * The contract's quality rules, about the tables as the product calls them.
     */
    List<QualityDescriptor> quality()
    {
        return descriptor.quality().stream()
                .map(rule -> table(rule.table().map(Located::value)).map(rule::about).orElse(rule))
                .collect(toImmutableList());
    }

    private List<String> approvers()
    {
        return descriptor.roles().stream()
                .flatMap(role -> Stream.of(role.firstLevelApprovers(), role.secondLevelApprovers()))
                .flatMap(Optional::stream)
                // What authors write if there is no approver
                .filter(name -> !name.equalsIgnoreCase("na") && !name.equalsIgnoreCase("n/a") && !name.equalsIgnoreCase("none"))
                .distinct()
                .collect(toImmutableList());
    }

    private Optional<Relationship> relationship(RelationshipDescriptor written)
    {
        Optional<String> table = table(tableOf(written.from())).or(() -> unnamedTable(written.from()));
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> toTable = table(tableOf(written.to()));
        return Optional.of(new Relationship(
                written.type(),
                table.get(),
                columnsOf(written.from()),
                toTable,
                toTable.isPresent() ? columnsOf(written.to()) : ImmutableList.of(),
                written.to()));
    }

    /**
     * The one table that all references are to.
     */
    private static Optional<String> tableOf(List<Located<String>> references)
    {
        List<String> named = references.stream()
                .map(Located::value)
                .map(reference -> reference.contains("/") || reference.indexOf('.') < 0 ? "" : reference.substring(0, reference.indexOf('.')))
                .distinct()
                .collect(toImmutableList());
        return named.size() == 1 && !named.getFirst().isEmpty() ? Optional.of(named.getFirst()) : Optional.empty();
    }

    private static List<String> columnsOf(List<Located<String>> references)
    {
        return references.stream()
                .map(Located::value)
                .map(reference -> reference.substring(reference.indexOf('.') + 1))
                .map(path -> path.contains(".") ? path.substring(0, path.indexOf('.')) : path)
                .map(column -> SqlNames.ofColumn(column).orElse(column))
                .collect(toImmutableList());
    }

    /**
     * The table of a contract that does not name it, by columns alone.
     */
    private Optional<String> unnamedTable(List<Located<String>> columns)
    {
        boolean plain = columns.stream().noneMatch(column -> column.value().contains("."));
        return plain && descriptor.tables().size() == 1 && descriptor.tables().getFirst().name().isEmpty() ? served(descriptor.tables().getFirst()) : Optional.empty();
    }

    private Optional<String> table(Optional<String> written)
    {
        return written.flatMap(name -> descriptor.tables().stream()
                .filter(table -> table.isCalled(name))
                .findFirst()
                .flatMap(this::served));
    }

    private Optional<String> served(ContractTableDescriptor promised)
    {
        return tables.stream()
                .filter(table -> table.source() instanceof CatalogTable(String _, String _, String physical) && promised.isStoredAs(physical) || isNamed(table, promised))
                .map(ProductTable::name)
                .findFirst()
                .or(() -> descriptor.tables().size() == 1
                        ? tables.stream().filter(ProductTable::main).map(ProductTable::name).findFirst()
                        : Optional.empty());
    }

    private static boolean isNamed(ProductTable table, ContractTableDescriptor promised)
    {
        return promised.tableName().flatMap(name -> SqlNames.of(name.value()))
                .filter(name -> table.name().equals(name) || table.name().endsWith("__" + name))
                .isPresent();
    }
}
