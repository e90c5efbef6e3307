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
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ColumnDescriptor;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.RelationshipDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.ColumnAddress;
import org.trinomesh.text.Spelling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Finds relationships of a product's contracts that name tables or columns which are not there. All of it is for the stewards
 * of the product: suggestions name columns.
 */
public final class RelationshipChecks
{
    private static final Pattern BY_ID = Pattern.compile("^#?/?schema/");

    private final List<ContractTableDescriptor> tables;

    public RelationshipChecks(List<ContractDescriptor> contracts)
    {
        this.tables = requireNonNull(contracts, "contracts is null").stream()
                .flatMap(contract -> contract.tables().stream())
                .collect(toImmutableList());
    }

    /**
     * The problems that the contracts alone show.
     */
    List<Problem> problems()
    {
        return tables.stream()
                .flatMap(table -> table.relationships().stream().flatMap(relationship -> Stream.concat(
                        relationship.from().stream().flatMap(column -> (table.name().isEmpty() ? missingOf(table, column) : missing(column, table(column.value())
                                .isEmpty() ? Optional.of(noTable(column, firstPart(column.value()), "the contract has no table '%s'")) : Optional.empty())).stream()),
                        relationship.to().stream().filter(column -> !isOutside(column.value())).flatMap(column -> missing(column, Optional.empty()).stream()))))
                .distinct()
                .collect(toImmutableList());
    }

    /**
     * The tables that relationships lead to and that the contracts do not have, each with what is said when the domain has none
     * either. Tables of other domains are not looked for: whether they are there is not everybody's to know.
     *
     * @param domain whose tables may be meant
     */
    public Map<Problem, String> targets(String domain)
    {
        ImmutableMap.Builder<Problem, String> targets = ImmutableMap.builder();
        relationships()
                .flatMap(relationship -> relationship.to().stream())
                .filter(column -> !isOutside(column.value()) && isQualified(column.value()) && table(column.value()).isEmpty())
                .forEach(column -> ColumnAddress.of(domain, column.value())
                        .filter(address -> address.schema().equals(domain))
                        .ifPresent(address -> targets.put(noTable(column, address.table(), "neither the contract nor domain '" + domain + "' has a table '%s', or none that you may discover"), address.table())));
        return targets.buildKeepingLast();
    }

    private Stream<RelationshipDescriptor> relationships()
    {
        return tables.stream().flatMap(table -> table.relationships().stream());
    }

    /**
     * What is wrong with a column of a table that has no name.
     */
    private static Optional<Problem> missingOf(ContractTableDescriptor table, Located<String> written)
    {
        Set<String> columns = names(ImmutableList.of(table));
        if (columns.isEmpty() || columns.stream().anyMatch(written.value()::equalsIgnoreCase)) {
            return Optional.empty();
        }
        return Optional.of(problem(
                written,
                "the contract has no column '%s'".formatted(written),
                Spelling.nearest(columns, written.value()).map("write '%s'"::formatted).orElse("write one of its columns, without a table")));
    }

    private Optional<Problem> missing(Located<String> written, Optional<Problem> otherTable)
    {
        if (BY_ID.matcher(written.value()).find()) {
            return Optional.of(problem(written, "the contract has no column with the id '%s'".formatted(written), "write schema/<id>/properties/<id> of a column that has them, or its name as table.column"));
        }
        if (!isQualified(written.value())) {
            return Optional.of(problem(written, "'%s' does not say a table and a column".formatted(written), "write table.column"));
        }
        Optional<ContractTableDescriptor> table = table(written.value());
        if (table.isEmpty()) {
            return otherTable;
        }
        String[] path = written.value().split("[.]", 3);
        Set<String> columns = columns(path[0]);
        // A table without columns says nothing of them
        if (columns.isEmpty() || columns.stream().anyMatch(path[1]::equalsIgnoreCase)) {
            return Optional.empty();
        }
        return Optional.of(problem(
                written,
                "table '%s' has no column '%s'".formatted(path[0], path[1]),
                Spelling.nearest(columns, path[1]).map(near -> "write '%s.%s'".formatted(path[0], near)).orElse("write one of its columns")));
    }

    private static String firstPart(String reference)
    {
        return reference.substring(0, reference.indexOf('.'));
    }

    private Problem noTable(Located<String> written, String name, String message)
    {
        List<String> names = tables.stream().flatMap(table -> table.name().stream()).map(Located::value).collect(toImmutableList());
        return problem(
                written,
                message.formatted(name),
                Spelling.nearest(names, name).map(near -> "write '%s'".formatted(written.value().replace(name + ".", near + "."))).orElse("write a table of the contract, or the address of a document for one outside of the mesh"));
    }

    private static Problem problem(Located<String> written, String why, String remedy)
    {
        return Problem.warning(written.position(), "the relationship is not understood: " + why, remedy);
    }

    private Optional<ContractTableDescriptor> table(String reference)
    {
        int dot = reference.indexOf('.');
        return dot < 0 ? Optional.empty() : tables.stream().filter(table -> table.isCalled(reference.substring(0, dot))).findFirst();
    }

    /**
     * Of all contracts that have such a table.
     */
    private Set<String> columns(String table)
    {
        ImmutableList<ContractTableDescriptor> called = tables.stream().filter(candidate -> candidate.isCalled(table)).collect(toImmutableList());
        return called.stream().anyMatch(candidate -> candidate.columns().isEmpty())
                ? ImmutableSet.of()
                : names(called);
    }

    private static Set<String> names(List<ContractTableDescriptor> tables)
    {
        return tables.stream()
                .flatMap(table -> table.columns().stream())
                .map(ColumnDescriptor::name)
                .flatMap(Optional::stream)
                .map(Located::value)
                .collect(toImmutableSet());
    }

    private static boolean isQualified(String reference)
    {
        int dot = reference.indexOf('.');
        return dot > 0 && dot < reference.length() - 1;
    }

    /**
     * An address, or a place in another document.
     */
    private static boolean isOutside(String reference)
    {
        return !BY_ID.matcher(reference).find() && (reference.contains("/") || reference.contains("#"));
    }
}
