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
package org.trinomesh.governance;

import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Principal;
import org.trinomesh.product.Requester;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Which products may publish what their queries read, until a rule begins or ends. The decision about a product holds for whatever reads it, so that
 * one that may not be published takes all out of service that are built on it.
 */
final class PublishedQueries
{
    private final Mesh mesh;
    private final Function<DataProduct, ProductPolicy> policies;
    private final Function<Requester, Set<Principal>> matched;
    private final Instant now;
    // By identity, as a generation of the mesh has each product once
    private final Map<DataProduct, Boolean> known = new IdentityHashMap<>();
    private final Map<DataProduct, Boolean> told = new IdentityHashMap<>();

    /**
     * @param matched the principals that rules name and that a requester is
     * @param now any moment between two changes
     */
    PublishedQueries(Mesh mesh, Function<DataProduct, ProductPolicy> policies, Function<Requester, Set<Principal>> matched, Instant now)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.policies = requireNonNull(policies, "policies is null");
        this.matched = requireNonNull(matched, "matched is null");
        this.now = requireNonNull(now, "now is null");
    }

    boolean includes(DataProduct product)
    {
        return !product.isComputed() || find(known, product, (source, domain) -> mesh.table(source.domain(), source.table())
                .filter(table -> AccessDecider.mayPublish(policies.apply(table.product()), domain, now, this::includes))
                .isPresent());
    }

    /**
     * Whether the domain may know of all that the product is made of, so that what it inherits may be told.
     */
    boolean mayTell(DataProduct product)
    {
        return !product.isComputed() || find(told, product, (source, domain) -> mesh.table(source.domain(), source.table())
                .map(MeshTable::product)
                .filter(read -> mayKnow(read, domain) && mayTell(read))
                .isPresent());
    }

    private synchronized boolean find(Map<DataProduct, Boolean> found, DataProduct product, BiPredicate<Source, Set<Principal>> condition)
    {
        Boolean result = found.get(product);
        if (result == null) {
            // Of products that read each other, none is published
            found.put(product, false);
            Set<Principal> domain = matched.apply(Requester.ofDomain(product.domain()));
            result = product.tables().stream()
                    .flatMap(table -> table.query().stream())
                    .flatMap(query -> query.sources().stream())
                    .allMatch(source -> condition.test(source.value(), domain));
            found.put(product, result);
        }
        return result;
    }

    private boolean mayKnow(DataProduct product, Set<Principal> domain)
    {
        ProductPolicy policy = policies.apply(product);
        // Mostly it reads the product, which is decided without the reasons
        return AccessDecider.isReadable(policy, domain, now, this::includes) || !(AccessDecider.decide(mesh, policy, domain, now, this::includes) instanceof Decision.Hidden);
    }
}
