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

import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.Requester;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What the rules decide about products for one requester at one moment.
 */
public final class RequesterAccess
{
    private final Governance governance;
    private final Requester requester;
    private final Instant now;
    private final Decisions decisions;

    RequesterAccess(Governance governance, Requester requester, Instant now)
    {
        this.governance = requireNonNull(governance, "governance is null");
        this.requester = requireNonNull(requester, "requester is null");
        this.now = requireNonNull(now, "now is null");
        this.decisions = governance.decisions(requester, now);
    }

    /**
     * An object that is the same for all requesters whom the rules do not distinguish now. Callers use it as a key to cache what
     * is discoverable and which columns are hidden.
     */
    public Object audience()
    {
        return decisions;
    }

    public Decision decide(DataProduct product)
    {
        return decisions.decide(governance.policy(product));
    }

    /**
     * What the requester sees of a table, or would see if it might read it.
     */
    public TableAccess table(DataProduct product, ProductTable table)
    {
        Map<String, TableAccess> tables = decide(product) instanceof Decision.Readable readable ? readable.tables() : decisions.tables(governance.told(product, now));
        return tables.get(table.name()).of(requester);
    }

    /**
     * Whether rules make the requester a steward of the product, also while nobody reads it.
     */
    public boolean isSteward(DataProduct product)
    {
        return decisions.isSteward(governance.policy(product));
    }

    /**
     * Why the requester may not store rows of the product; empty when it may.
     */
    public Optional<String> writeRefusal(DataProduct product)
    {
        return decisions.writeRefusal(governance.policy(product));
    }

    /**
     * @param owner the name of an owner, as documents write it
     */
    public boolean isOwner(String owner)
    {
        return decisions.isOwner(owner);
    }

    /**
     * A steward of the whole mesh: sees every product and problem. This role alone lets it read no product.
     */
    public boolean isMeshSteward()
    {
        return decisions.isAny(governance.mesh().stewards());
    }

    /**
     * Whether policies of the mesh have taken the product out of service, so that nobody reads it.
     */
    public boolean isOutOfService(DataProduct product)
    {
        return governance.isOutOfService(product, now);
    }

    /**
     * The names of a schema that can be selected from. Made once for everybody who is the same to all rules.
     */
    public Set<String> readableNames(String schema)
    {
        return decisions.readableNames(governance::policy).getOrDefault(schema, Set.of());
    }

    /**
     * @param steward whether the requester is a steward of the product the rule is applied to
     */
    public boolean isSubjectTo(AppliedRule rule, boolean steward)
    {
        return decisions.applies(rule, steward);
    }

    public boolean is(Principal principal)
    {
        return decisions.is(principal);
    }
}
