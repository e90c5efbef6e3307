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

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.PhysicalTable;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableSetMultimap.toImmutableSetMultimap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

/**
 * The owners of physical tables. A table backs the products of one domain and owner only: no domain may publish another's table
 * under its own rules, and everybody can write an owner's name.
 */
public final class TableOwners
{
    private TableOwners() {}

    private record Owner(String domain, String name)
    {
        private Owner
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(name, "name is null");
        }

        private static Owner of(DataProduct product)
        {
            return new Owner(product.domain(), product.owner());
        }
    }

    /**
     * @param before what consumers were promised last: whose products a table backed then keeps it, since otherwise everybody who may
     *         publish it could take it from them
     * @return problems that only the stewards of the mesh may see, because they name the other owners. Authors are only told
     *         that they cannot publish the table.
     */
    public static List<Problem> check(List<ProductCandidate> candidates, Collection<DataProduct> before)
    {
        Supplier<SetMultimap<PhysicalTable, Owner>> holders = Suppliers.memoize(() -> before.stream()
                .flatMap(product -> product.tables().stream().flatMap(table -> table.physical().stream()).map(table -> Map.entry(table, Owner.of(product))))
                .collect(toImmutableSetMultimap(Map.Entry::getKey, Map.Entry::getValue)));

        record Use(PhysicalTable table, ProductCandidate candidate, DataProduct product, Owner owner, boolean filled) {}

        ImmutableList.Builder<Problem> problems = ImmutableList.builder();
        candidates.stream()
                .flatMap(candidate -> candidate.product().stream()
                        .flatMap(product -> product.tables().stream().flatMap(table -> table.physical().stream().map(physical -> new Use(physical, candidate, product, Owner.of(product), table.query().isPresent())))))
                .collect(groupingBy(Use::table))
                .forEach((table, uses) -> {
                    if (uses.stream().map(Use::owner).distinct().count() > 1) {
                        Set<Owner> holder = holders.get().get(table).size() == 1 ? holders.get().get(table) : ImmutableSet.of();
                        uses.stream().filter(use -> !holder.contains(use.owner())).forEach(use -> use.candidate().error(
                                "table %s cannot back a data product of '%s' of domain '%s'".formatted(table, use.owner().name(), use.owner().domain()),
                                "publish a table of your own, or ask the platform who may publish this one: a table backs the products of one domain and owner only"));
                        problems.add(Problem.warning(
                                uses.getFirst().product().position(),
                                "table %s backs data products of several owners: %s".formatted(table, uses.stream()
                                        .map(use -> "%s of '%s' (%s)".formatted(use.product().qualifiedName(), use.owner().name(), use.product().position().file()))
                                        .distinct()
                                        .collect(joining(", "))),
                                "let one of them publish it"));
                    }
                    else if (uses.size() > 1 && uses.stream().anyMatch(Use::filled)) {
                        // Whoever read the rows by the other port would see them without what the columns of the query inherit
                        uses.forEach(use -> use.candidate().error(
                                "table %s stores the rows of a query, and another output port names it, too: %s".formatted(table, uses.stream().map(other -> other.product().qualifiedName()).distinct().collect(joining(", "))),
                                "store the rows of each query in a table of their own, and publish that table by its query only"));
                    }
                });
        return problems.build();
    }
}
