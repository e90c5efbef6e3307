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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Position;
import org.trinomesh.text.Words;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The data contract of a product.
 *
 * @param owner empty when it does not say one
 * @param contact whom a consumer writes to
 * @param approvers who decides about access, in the order in which they are asked
 * @param relationships which tables belong together, as far as they are served
 * @param support how to reach the people behind it
 * @param terms what else it says
 */
public record Contract(
        String name,
        String version,
        String owner,
        Optional<String> contact,
        List<Consumer> consumers,
        List<String> approvers,
        List<Relationship> relationships,
        List<SupportChannel> support,
        Terms terms)
{
    /**
     * A team, or a domain with the queries of its products, that declared it depends on the contract. With a date it may read the product
     * from and until then, both days included, in UTC.
     *
     * @param team empty when it is the domain
     */
    public record Consumer(String domain, Optional<String> team, Optional<String> useCase, Optional<LocalDate> validFrom, Optional<LocalDate> validUntil, Position position)
    {
        public Consumer
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(team, "team is null");
            requireNonNull(useCase, "useCase is null");
            requireNonNull(validFrom, "validFrom is null");
            requireNonNull(validUntil, "validUntil is null");
            requireNonNull(position, "position is null");
        }

        public Principal principal()
        {
            return team.map(name -> new Principal(Principal.Kind.ROLE, name)).orElseGet(() -> new Principal(Principal.Kind.DOMAIN, Words.nameKey(domain)));
        }

        /**
         * As messages name it.
         */
        public String name()
        {
            return team.orElseGet(() -> "domain " + domain);
        }
    }

    public Contract
    {
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(contact, "contact is null");
        consumers = ImmutableList.copyOf(requireNonNull(consumers, "consumers is null"));
        approvers = ImmutableList.copyOf(requireNonNull(approvers, "approvers is null"));
        relationships = ImmutableList.copyOf(requireNonNull(relationships, "relationships is null"));
        support = ImmutableList.copyOf(requireNonNull(support, "support is null"));
        requireNonNull(terms, "terms is null");
    }
}
