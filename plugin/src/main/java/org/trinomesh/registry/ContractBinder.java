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

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.Located;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Problems;
import org.trinomesh.descriptor.ProductDescriptor;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Finds the product of each contract.
 */
final class ContractBinder
{
    private final ListMultimap<String, ProductDescriptor> products = ArrayListMultimap.create();
    private final Map<ProductDescriptor, ContractDescriptor> bound = new IdentityHashMap<>();
    private final Map<ProductDescriptor, Problems> conflicts = new IdentityHashMap<>();
    private final Problems problems = new Problems();

    ContractBinder(List<ProductDescriptor> products, List<ContractDescriptor> contracts)
    {
        for (ProductDescriptor product : products) {
            ProductBuilder.identify(product).ifPresent(identity -> this.products.put(identity.domain() + "." + identity.sqlName(), product));
        }
        contracts.forEach(this::bind);
    }

    Optional<ContractDescriptor> contract(ProductDescriptor product)
    {
        return Optional.ofNullable(bound.get(product));
    }

    /**
     * What speaks against a product because of its contracts, beside what is wrong in them.
     */
    List<Problem> conflicts(ProductDescriptor product)
    {
        return conflicts.containsKey(product) ? conflicts.get(product).toList() : ImmutableList.of();
    }

    /**
     * The problems of contracts that have no product.
     */
    List<Problem> problems()
    {
        return problems.toList();
    }

    private void bind(ContractDescriptor contract)
    {
        Optional<String> domain = sqlName(contract.producer().domain());
        Optional<String> name = sqlName(contract.producer().dataProduct());
        Optional<Problem> foreign = DomainFolder.check(contract.position(), contract.producer().domain(), "domain");
        if (foreign.isPresent()) {
            // Left out instead of bound with an error, else any domain could take the products of another out of service
            Optional<String> ownDomain = DomainFolder.domain(contract.position(), contract.producer().domain());
            addOwned(contract, foreign.get(), ownDomain);
            contract.problems().forEach(problem -> addOwned(contract, problem, ownDomain));
            return;
        }
        if (domain.isEmpty() || name.isEmpty()) {
            contract.problems().forEach(problem -> addOwned(contract, problem, domain));
            return;
        }
        List<ProductDescriptor> majors = products.get(domain.get() + "." + name.get());
        if (majors.isEmpty()) {
            contract.problems().forEach(problem -> addOwned(contract, problem.about(domain.get(), name.get()), domain));
            addOwned(contract, Problem.warning(
                    contract.producer().dataProduct().map(Located::position).orElseThrow(),
                    "data product '%s' of domain '%s' does not exist".formatted(contract.producer().dataProduct().orElseThrow(), contract.producer().domain().orElseThrow()),
                    "correct the producer, or add the product").about(domain.get(), name.get()), domain);
            return;
        }
        List<ProductDescriptor> meant = majors.size() == 1 ? majors : majors.stream()
                                                                      .filter(product -> folder(product.position().file()).equals(folder(contract.position().file())))
                                                                      .collect(toImmutableList());
        if (meant.size() != 1) {
            contract.problems().forEach(problem -> addOwned(contract, problem.about(domain.get(), name.get()), domain));
            addOwned(contract, Problem.error(
                    contract.position(),
                    "'%s' has several major versions, and it is not clear which one keeps this contract".formatted(contract.producer().dataProduct().orElseThrow()),
                    "put the contract into the folder of its version, and each version into its own folder").about(domain.get(), name.get()), domain);
            return;
        }
        bind(contract, meant.getFirst());
    }

    private void bind(ContractDescriptor contract, ProductDescriptor product)
    {
        ContractDescriptor first = bound.putIfAbsent(product, contract);
        if (first != null) {
            Problems conflict = conflicts.computeIfAbsent(product, _ -> new Problems());
            conflict.addAll(contract.problems());
            conflict.error(contract.position(), "the data product has a second contract, beside the one in %s".formatted(first.position()), "keep one contract for a product");
        }
    }

    private void addOwned(ContractDescriptor contract, Problem problem, Optional<String> domain)
    {
        Problem located = domain.map(problem::about).orElse(problem);
        problems.add(contract.metadata().owner().map(located::ownedBy).orElse(located));
    }

    private static Optional<String> sqlName(Optional<Located<String>> written)
    {
        return written.flatMap(name -> SqlNames.of(name.value()));
    }

    private static String folder(String file)
    {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }
}
