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
package org.trinomesh.registry;

import java.util.List;

import static java.util.stream.Collectors.groupingBy;

/**
 * The owners of physical tables. A table backs the products of one domain and owner only: no domain may publish another's table
 * under its own rules, and everybody can write an owner's name.
 */
final class TableOwners
{
    private TableOwners() {}

    static void check(List<ProductCandidate> candidates)
    {
        record Owner(String domain, String name) {}

        record Use(PhysicalTable table, ProductCandidate candidate, Owner owner) {}

        candidates.stream()
                .flatMap(candidate -> candidate.product().stream()
                        .flatMap(product -> product.tables().stream().map(table -> new Use(table.source(), candidate, new Owner(product.domain(), product.owner())))))
                .collect(groupingBy(Use::table))
                .forEach((table, uses) -> uses.stream()
                        .filter(use -> uses.stream().anyMatch(other -> !other.owner().equals(use.owner())))
                        .forEach(use -> use.candidate().error(
                                "table %s also backs a data product of another owner than '%s' of domain '%s'".formatted(table, use.owner().name(), use.owner().domain()),
                                "publish a table of your own, or let its owner publish it: a table backs the products of one domain and owner only")));
    }
}
