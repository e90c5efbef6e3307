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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.product.Principal.Kind;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The requester of a query, as the engine authenticated it. It contains nothing that a client can set freely.
 *
 * @param domain the domain whose query reads, instead of a person
 */
public record Requester(String user, Set<String> groups, Set<String> roles, Optional<String> domain)
{
    public Requester
    {
        requireNonNull(user, "user is null");
        groups = ImmutableSet.copyOf(requireNonNull(groups, "groups is null"));
        roles = ImmutableSet.copyOf(requireNonNull(roles, "roles is null"));
        requireNonNull(domain, "domain is null");
        checkArgument(domain.isEmpty() || (groups.isEmpty() && roles.isEmpty()), "a domain is in no group and has no role");
    }

    public Requester(String user, Set<String> groups, Set<String> roles)
    {
        this(user, groups, roles, Optional.empty());
    }

    /**
     * A domain, with whose rights the queries of its products read other products.
     *
     * @param domain in SQL names
     */
    public static Requester ofDomain(String domain)
    {
        return new Requester("domain:" + domain, ImmutableSet.of(), ImmutableSet.of(), Optional.of(domain));
    }

    /**
     * All principals that the requester is. A role of a descriptor means a group or an enabled role of that name.
     */
    public Stream<Principal> principals()
    {
        if (domain.isPresent()) {
            return Stream.of(new Principal(Kind.DOMAIN, domain.get()));
        }
        return Stream.of(
                        Stream.of(new Principal(Kind.USER, user)),
                        groups.stream().flatMap(group -> Stream.of(new Principal(Kind.GROUP, group), new Principal(Kind.ROLE, group))),
                        roles.stream().map(role -> new Principal(Kind.ROLE, role)))
                .flatMap(principals -> principals);
    }
}
