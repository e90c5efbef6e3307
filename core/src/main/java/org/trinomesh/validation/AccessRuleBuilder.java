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
import org.trinomesh.descriptor.AccessDescriptor;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ContractDescriptor.ConsumerDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.AccessRule;
import org.trinomesh.product.Permission;
import org.trinomesh.product.Principals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Builds the access rules of a data product from the roles of its contracts and from its own entries. An unknown word grants
 * nothing, and a product that grants nothing to anybody gets a warning.
 */
final class AccessRuleBuilder
{
    private final ProductDescriptor descriptor;
    private final List<ContractDescriptor> contracts;
    private final boolean standard;
    private final Problems problems;

    /**
     * @param standard whether the product is written in the words of a standard, in which contracts alone say who reads it
     */
    AccessRuleBuilder(ProductDescriptor descriptor, List<ContractDescriptor> contracts, boolean standard, Problems problems)
    {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
        this.contracts = ImmutableList.copyOf(requireNonNull(contracts, "contracts is null"));
        this.standard = standard;
        this.problems = requireNonNull(problems, "problems is null");
    }

    List<AccessRule> build()
    {
        List<AccessRule> ofContracts = new ContractAccess(problems).rules(contracts);
        if (descriptor.accessControl().isEmpty() && ofContracts.isEmpty() && datedConsumers().isEmpty() && descriptor.problems().stream().noneMatch(Problem::isError)) {
            problems.warning(
                    descriptor.position(),
                    standard ? "no contract of the product has roles, so nobody can read it" : "the product has no accessControl%s, so nobody can read it".formatted(consumers().isEmpty() ? "" : " and no consumer of its contract has dates"),
                    standard ? "add 'roles:' with 'access: read' to its contract" : "add accessControl with a role, group or user and permissions: [read]" + (consumers().isEmpty() ? "" : ", or validFrom or validUntil to a consumer"));
        }
        ImmutableList.Builder<AccessRule> rules = ImmutableList.builder();
        rules.addAll(ofContracts);
        for (AccessDescriptor entry : descriptor.accessControl()) {
            Set<Permission> permissions = permissions(entry);
            if (!Permission.OF_DOMAINS.containsAll(permissions) && entry.principal().filter(principal -> principal.kind().equals("domain")).isPresent()) {
                problems.error(entry.position(), "a domain has permissions that only people may have", "write permissions: [read, share]: then queries of the domain's products may read this product");
                continue;
            }
            if (entry.principal().isPresent() && !permissions.isEmpty()) {
                rules.add(new AccessRule(Principals.of(entry.principal().get()), permissions, entry.position()));
            }
        }
        return rules.build();
    }

    private List<ConsumerDescriptor> consumers()
    {
        return contracts.stream().findFirst().map(ContractDescriptor::consumers).orElse(ImmutableList.of());
    }

    /**
     * A consumer with dates reads the product between them; one without is only named.
     */
    private List<ConsumerDescriptor> datedConsumers()
    {
        return consumers().stream()
                .filter(consumer -> consumer.domain().isPresent() && (consumer.validFrom().isPresent() || consumer.validUntil().isPresent()))
                .collect(toImmutableList());
    }

    private Set<Permission> permissions(AccessDescriptor entry)
    {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (Located<String> written : entry.permissions()) {
            Arrays.stream(Permission.values())
                    .filter(permission -> permission.name().toLowerCase(ENGLISH).equals(written.value()))
                    .findFirst()
                    .ifPresentOrElse(
                            permissions::add,
                            () -> problems.error(written.position(), "permission '%s' is not known".formatted(written), "write discover, read, share, write or admin"));
        }
        return permissions;
    }
}
