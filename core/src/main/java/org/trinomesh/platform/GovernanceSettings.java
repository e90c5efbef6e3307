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
package org.trinomesh.platform;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.MeshDescriptor.ConformanceDescriptor;
import org.trinomesh.product.Principal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What the platform says about governance in the Mesh document.
 *
 * @param members who belongs to a domain, by its SQL name
 * @param identifiers by the name of the type
 * @param conformance how the built-in policies are enforced
 * @param grants which domain may publish which tables
 * @param requiredPolicies the files and folders that must hold policies
 * @param encryption how the platform encrypts what it stores, when it does so for every product
 */
public record GovernanceSettings(
        Map<String, Set<Principal>> members,
        Map<String, IdentifierType> identifiers,
        ConformanceDescriptor conformance,
        Optional<String> encryption,
        List<Grant> grants,
        Set<String> requiredPolicies)
{
    public static final GovernanceSettings NONE = new GovernanceSettings(ImmutableMap.of(), ImmutableMap.of(), ConformanceDescriptor.DEFAULT, Optional.empty(), ImmutableList.of(), ImmutableSet.of());

    public GovernanceSettings
    {
        members = ImmutableMap.copyOf(requireNonNull(members, "members is null"));
        identifiers = ImmutableMap.copyOf(requireNonNull(identifiers, "identifiers is null"));
        requireNonNull(conformance, "conformance is null");
        requireNonNull(encryption, "encryption is null");
        grants = ImmutableList.copyOf(requireNonNull(grants, "grants is null"));
        requiredPolicies = ImmutableSet.copyOf(requireNonNull(requiredPolicies, "requiredPolicies is null"));
    }

    public Set<Principal> membersOf(String domain)
    {
        return members.getOrDefault(domain, ImmutableSet.of());
    }
}
