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
import com.google.common.collect.Sets;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.RoleDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.AccessRule;
import org.trinomesh.product.Permission;
import org.trinomesh.product.Principal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Derives what the roles of contracts may do with a product.
 */
final class ContractAccess
{
    private final Problems problems;

    ContractAccess(Problems problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * A product is read as a whole, so a role may only do what every one of the contracts allows.
     */
    List<AccessRule> rules(List<ContractDescriptor> contracts)
    {
        Map<String, Set<Permission>> granted = new LinkedHashMap<>();
        Map<String, RoleDescriptor> written = new LinkedHashMap<>();
        for (int index = 0; index < contracts.size(); index++) {
            Map<String, Set<Permission>> here = permissions(contracts.get(index), written);
            if (index == 0) {
                granted.putAll(here);
            }
            else {
                granted.replaceAll((role, permissions) -> Sets.intersection(permissions, here.getOrDefault(role, Set.of())).immutableCopy());
            }
        }
        ImmutableList.Builder<AccessRule> rules = ImmutableList.builder();
        written.forEach((role, descriptor) -> {
            Set<Permission> permissions = granted.getOrDefault(role, Set.of());
            if (!permissions.isEmpty()) {
                rules.add(new AccessRule(new Principal(Principal.Kind.ROLE, role), permissions, descriptor.position()));
            }
            else if (contracts.size() > 1) {
                problems.warning(descriptor.position(), "role '%s' is not in every contract of the data product, so it gives no access".formatted(role), "add it to the other contracts, or split the data product in two");
            }
        });
        return rules.build();
    }

    private Map<String, Set<Permission>> permissions(ContractDescriptor contract, Map<String, RoleDescriptor> written)
    {
        Map<String, Set<Permission>> permissions = new LinkedHashMap<>();
        for (RoleDescriptor role : contract.roles()) {
            if (role.role().isEmpty()) {
                continue;
            }
            Set<Permission> given = permissions(role);
            if (!given.isEmpty()) {
                written.putIfAbsent(role.role().get().value(), role);
                permissions.merge(role.role().get().value(), given, (left, right) -> Sets.union(left, right).immutableCopy());
            }
        }
        return permissions;
    }

    private Set<Permission> permissions(RoleDescriptor role)
    {
        Optional<Located<String>> access = role.access();
        if (access.isEmpty()) {
            problems.warning(role.position(), "role '%s' has no 'access', so it gives nothing".formatted(role.role().orElseThrow()), "add 'access: read'");
            return Set.of();
        }
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String word : access.get().value().toLowerCase(ENGLISH).split("[^a-z]+")) {
            switch (word) {
                case "read", "readonly", "select" -> permissions.add(Permission.READ);
                case "write" -> permissions.add(Permission.WRITE);
                case "readwrite" -> permissions.addAll(Arrays.asList(Permission.READ, Permission.WRITE));
                case "admin" -> permissions.add(Permission.ADMIN);
                case "discover" -> permissions.add(Permission.DISCOVER);
                case "share" -> permissions.add(Permission.SHARE);
                default -> {
                    problems.warning(access.get().position(), "access '%s' is not known, so it gives the role nothing".formatted(access.get()), "write read, write or admin");
                    return Set.of();
                }
            }
        }
        return permissions;
    }
}
