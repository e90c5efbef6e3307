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

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.MapMaker;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Principal;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * A cache of the decisions for all requesters whom the rules do not distinguish, until a rule begins or ends.
 */
public final class Decisions
{
    private final Mesh mesh;
    private final Set<Principal> matched;
    private final Instant now;
    private final Predicate<DataProduct> published;
    // By identity: comparing whole policies would cost more than deciding
    private final Map<ProductPolicy, Decision> decided = new MapMaker().weakKeys().makeMap();
    private volatile Map<String, Set<String>> readableNames;

    /**
     * @param now any moment between two changes
     * @param published whether the domain of a product may publish what its queries read
     */
    Decisions(Mesh mesh, Set<Principal> matched, Instant now, Predicate<DataProduct> published)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.matched = ImmutableSet.copyOf(requireNonNull(matched, "matched is null"));
        this.now = requireNonNull(now, "now is null");
        this.published = requireNonNull(published, "published is null");
    }

    public Decision decide(ProductPolicy policy)
    {
        Decision known = decided.get(policy);
        return known != null ? known : decided.computeIfAbsent(policy, _ -> AccessDecider.decide(mesh, policy, matched, now, published));
    }

    /**
     * The names that can be selected from, by schema. Computed once for all requesters whom the rules do not distinguish, because
     * listings ask for thousands of names at a time.
     *
     * @param policies the policy of each product
     */
    Map<String, Set<String>> readableNames(Function<DataProduct, ProductPolicy> policies)
    {
        Map<String, Set<String>> known = readableNames;
        if (known == null) {
            known = mesh.domains().stream().collect(toImmutableMap(Domain::name, domain -> mesh.tables(domain.name()).stream()
                    .filter(table -> AccessDecider.isReadable(policies.apply(table.product()), matched, now, published))
                    .map(MeshTable::name)
                    .collect(toImmutableSet())));
            readableNames = known;
        }
        return known;
    }

    /**
     * Decides about all products at once, so that the first listing of these requesters finds it done.
     */
    void prepare(Function<DataProduct, ProductPolicy> policies)
    {
        readableNames(policies);
        mesh.domains().stream().flatMap(domain -> domain.products().stream()).forEach(product -> decide(policies.apply(product)));
    }

    /**
     * The approximate number of products with a decision.
     */
    int decided()
    {
        return decided.size();
    }

    public Map<String, TableAccess> tables(ProductPolicy policy)
    {
        return AccessDecider.tables(policy, matched, isSteward(policy), now);
    }

    boolean isSteward(ProductPolicy policy)
    {
        return AccessDecider.isSteward(policy, matched, now);
    }

    Optional<String> writeRefusal(ProductPolicy policy)
    {
        return AccessDecider.writeRefusal(policy, matched, now, published);
    }

    boolean isOwner(String owner)
    {
        return AccessDecider.isOwner(owner, matched);
    }

    /**
     * @param steward whether the requester is a steward of the product the rule is applied to
     */
    boolean applies(AppliedRule rule, boolean steward)
    {
        return rule.appliesTo(matched, steward, now);
    }

    boolean is(Principal principal)
    {
        return matched.contains(principal);
    }

    boolean isAny(Set<Principal> principals)
    {
        return principals.stream().anyMatch(matched::contains);
    }
}
