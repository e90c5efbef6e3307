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

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.SqlNames;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Finds the product of each contract.
 */
public final class ContractBinder
{
    /**
     * Stands for the contract that a product is found for by its name; no id is empty.
     */
    private static final String BY_NAME = "";

    private final ListMultimap<String, ProductDescriptor> products = ArrayListMultimap.create();
    private final ListMultimap<String, ProductDescriptor> keepers = ArrayListMultimap.create();
    private final Map<ProductDescriptor, Map<String, ContractDescriptor>> bound = new IdentityHashMap<>();
    private final Map<ProductDescriptor, Problems> conflicts = new IdentityHashMap<>();
    private final Problems problems = new Problems();

    public ContractBinder(List<ProductDescriptor> products, List<ContractDescriptor> contracts)
    {
        for (ProductDescriptor product : products) {
            IdentityBuilder.identify(product).ifPresent(identity -> this.products.put(identity.domain() + "." + identity.sqlName(), product));
        }
        products.forEach(product -> contractIds(product).forEach(id -> keepers.put(id, product)));
        contracts.forEach(this::add);
        products.forEach(this::reportMissing);
    }

    /**
     * The contracts of a product: first that of its first port that keeps one.
     */
    public List<ContractDescriptor> contracts(ProductDescriptor product)
    {
        Map<String, ContractDescriptor> byId = bound.getOrDefault(product, ImmutableMap.of());
        return Stream.concat(contractIds(product).stream(), Stream.of(BY_NAME))
                .filter(byId::containsKey)
                .map(byId::get)
                .collect(toImmutableList());
    }

    private static Set<String> contractIds(ProductDescriptor product)
    {
        return product.outputPorts().stream()
                .flatMap(port -> port.contractId().stream())
                .map(Located::value)
                .collect(toImmutableSet());
    }

    private void reportMissing(ProductDescriptor product)
    {
        Set<String> reported = new HashSet<>(bound.getOrDefault(product, ImmutableMap.of()).keySet());
        product.outputPorts().stream()
                .flatMap(port -> port.contractId().stream())
                .filter(id -> reported.add(id.value()))
                .forEach(id -> conflicts.computeIfAbsent(product, _ -> new Problems())
                        .warning(id.position(), "no contract of the domain has the id '%s'".formatted(id), "correct the contractId, or add the contract"));
    }

    /**
     * The problems of a product with its contracts, besides the problems inside the contracts.
     */
    public List<Problem> conflicts(ProductDescriptor product)
    {
        return conflicts.containsKey(product) ? conflicts.get(product).toList() : ImmutableList.of();
    }

    /**
     * The problems of contracts that have no product.
     */
    public List<Problem> problems()
    {
        return problems.toList();
    }

    private void add(ContractDescriptor contract)
    {
        Fault.guard("this contract cannot be bound to a data product", contract.position(), () -> bind(contract), fault -> refuse(contract, fault));
    }

    /**
     * A product without its contract does not keep its promise, so all products that the contract may be for are out of
     * service.
     */
    private void refuse(ContractDescriptor contract, Problem fault)
    {
        addOwned(contract, fault, DomainFolder.domain(contract.position(), Optional.empty()));
        products.values().stream()
                .filter(product -> folder(product.position().file()).equals(folder(contract.position().file())) || keepers.get(contract.terms().id().map(Located::value).orElse("")).contains(product))
                .filter(product -> maySpeakFor(contract, product))
                .forEach(product -> conflicts.computeIfAbsent(product, _ -> new Problems()).add(fault));
    }

    private void bind(ContractDescriptor contract)
    {
        Optional<String> domain = DomainFolder.domain(contract.position(), contract.producer().domain());
        Optional<String> name = sqlName(contract.producer().dataProduct());
        Optional<Problem> foreign = DomainFolder.check(contract.position(), contract.producer().domain(), "domain");
        if (foreign.isPresent()) {
            // Left out instead of bound with an error, else any domain could take the products of another out of service
            Optional<String> ownDomain = DomainFolder.domain(contract.position(), contract.producer().domain());
            addOwned(contract, foreign.get(), ownDomain);
            contract.problems().forEach(problem -> addOwned(contract, problem, ownDomain));
            return;
        }
        List<ProductDescriptor> keeping = contract.terms().id().map(id -> keepers.get(id.value())).orElse(ImmutableList.of()).stream()
                .filter(product -> maySpeakFor(contract, product))
                .collect(toImmutableList());
        if (!keeping.isEmpty()) {
            keeping.forEach(product -> bind(contract, product, contract.terms().id().orElseThrow().value()));
            return;
        }
        if (contract.terms().id().isPresent() && name.isEmpty()) {
            contract.problems().forEach(problem -> addOwned(contract, problem, domain));
            addOwned(contract, Problem.warning(contract.position(), "no data product refers to the contract '%s'".formatted(contract.terms().id().get()), "write its id as the contractId of an output port"), domain);
            return;
        }
        if (domain.isEmpty() || name.isEmpty()) {
            contract.problems().forEach(problem -> addOwned(contract, problem, domain));
            if (contract.terms().id().isPresent()) {
                addOwned(contract, Problem.warning(contract.position(), "the contract of data product '%s' does not name a domain, so it belongs to no data product".formatted(contract.producer().dataProduct().orElseThrow()), "add 'domain:', or move the file below domains/<domain>"), domain);
            }
            return;
        }
        List<ProductDescriptor> majors = products.get(domain.get() + "." + name.get());
        if (majors.isEmpty()) {
            contract.problems().forEach(problem -> addOwned(contract, problem.about(domain.get(), name.get()), domain));
            addOwned(contract, Problem.warning(
                    contract.producer().dataProduct().map(Located::position).orElseThrow(),
                    "data product '%s' of domain '%s' does not exist".formatted(contract.producer().dataProduct().orElseThrow(), contract.producer().domain().map(Located::value).orElse(domain.get())),
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
        bind(contract, meant.getFirst(), BY_NAME);
    }

    /**
     * A contract in the folder of a domain speaks for its products alone; outside of all folders the platform put it there.
     */
    private static boolean maySpeakFor(ContractDescriptor contract, ProductDescriptor product)
    {
        return DomainFolder.of(contract.position()).isEmpty() ||
                DomainFolder.domain(contract.position(), contract.producer().domain()).equals(DomainFolder.domain(product.position(), product.metadata().domain()));
    }

    private void bind(ContractDescriptor contract, ProductDescriptor product, String as)
    {
        Map<String, ContractDescriptor> contracts = bound.computeIfAbsent(product, _ -> new HashMap<>());
        // A product that names its contracts has no others
        ContractDescriptor first = as.equals(BY_NAME) && !contracts.isEmpty() ? contracts.values().iterator().next() : contracts.putIfAbsent(as, contract);
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
