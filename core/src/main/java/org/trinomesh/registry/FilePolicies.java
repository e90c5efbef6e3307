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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.trinomesh.descriptor.PolicyDescriptor;
import org.trinomesh.product.DomainRules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The policies and domain rules of one file.
 *
 * @param domains rules of domains, by SQL name
 * @param until until when it counts although the file is broken or gone; what it said stays known after that
 */
record FilePolicies(List<PolicyDocument> policies, Map<String, DomainRules> domains, Optional<Instant> until)
{
    static final FilePolicies NONE = new FilePolicies(ImmutableList.of(), ImmutableMap.of(), Optional.empty());

    FilePolicies
    {
        policies = ImmutableList.copyOf(requireNonNull(policies, "policies is null"));
        domains = ImmutableMap.copyOf(requireNonNull(domains, "domains is null"));
        requireNonNull(until, "until is null");
    }

    FilePolicies until(Instant until)
    {
        return new FilePolicies(policies, domains, Optional.of(until));
    }

    boolean isEmpty()
    {
        return policies.isEmpty() && domains.isEmpty();
    }

    /**
     * Whether it has no rules.
     */
    boolean saysNothing()
    {
        return policies.isEmpty() && domains.values().stream().allMatch(DomainRules.NONE::equals);
    }

    /**
     * Whether the file itself can be read.
     */
    boolean isGood()
    {
        return until.isEmpty();
    }

    boolean counts(Instant now)
    {
        return until.isEmpty() || until.get().isAfter(now);
    }

    /**
     * Whether it has a policy of this name for the same products.
     */
    boolean has(PolicyDocument policy)
    {
        return policies.stream().anyMatch(own -> own.name().equals(policy.name()) && own.domain().equals(policy.domain()));
    }

    /**
     * Whether it has this very policy, word for word.
     */
    boolean repeats(PolicyDocument policy)
    {
        PolicyDescriptor descriptor = policy.descriptor();
        return policies.stream().anyMatch(own -> own.domain().equals(policy.domain()) && own.descriptor().fingerprint().equals(descriptor.fingerprint()));
    }
}
