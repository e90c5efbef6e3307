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
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.QueryFileDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import static java.util.Objects.requireNonNull;

/**
 * The result of building one product by itself. The next generation reuses it when none of its documents changed.
 */
public record BuiltProduct(ProductDescriptor descriptor, List<ContractDescriptor> contracts, Map<String, QueryFileDescriptor> queries, ProductCandidate candidate, List<Problem> problems)
{
    public BuiltProduct
    {
        requireNonNull(descriptor, "descriptor is null");
        contracts = ImmutableList.copyOf(requireNonNull(contracts, "contracts is null"));
        queries = ImmutableMap.copyOf(requireNonNull(queries, "queries is null"));
        requireNonNull(candidate, "candidate is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    public static BuiltProduct build(ProductDescriptor descriptor, List<ContractDescriptor> contracts, Map<String, QueryFileDescriptor> queries, Optional<Platform> platform, DescriptorChecks checks)
    {
        ProductCandidate candidate = Fault.contain(
                "this data product cannot be checked",
                descriptor.position(),
                () -> candidate(descriptor, contracts, queries, platform, checks),
                problem -> faulty(descriptor, problem));
        return new BuiltProduct(descriptor, contracts, queries, candidate, candidate.problems());
    }

    private static ProductCandidate candidate(ProductDescriptor descriptor, List<ContractDescriptor> contracts, Map<String, QueryFileDescriptor> queries, Optional<Platform> platform, DescriptorChecks checks)
    {
        ProductCandidate candidate = new ProductBuilder(descriptor, contracts, queries, platform).build();
        candidate.product().map(checks::check).ifPresent(found -> found.forEach(candidate::add));
        return candidate;
    }

    /**
     * A product of which only the names are known, so that its last good version is found.
     */
    private static ProductCandidate faulty(ProductDescriptor descriptor, Problem fault)
    {
        return new ProductCandidate(
                descriptor.position(),
                IdentityBuilder.identify(descriptor),
                DomainFolder.domain(descriptor.position(), descriptor.metadata().domain()),
                descriptor.metadata().owner().map(Located::value),
                ImmutableSet.of(),
                ImmutableSet.of(),
                Optional.empty(),
                ImmutableList.of(fault));
    }

    /**
     * Whether it was built from the same documents; a document is read again only when its file changed.
     */
    @SuppressWarnings("ReferenceEquality")
    public boolean isOf(List<ContractDescriptor> contracts, Map<String, QueryFileDescriptor> queries)
    {
        return this.queries.equals(queries) &&
                this.contracts.size() == contracts.size() &&
                IntStream.range(0, contracts.size()).allMatch(index -> this.contracts.get(index) == contracts.get(index));
    }

    public ProductCandidate toCandidate()
    {
        return candidate.anew(problems);
    }
}
