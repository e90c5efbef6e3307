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

import org.trinomesh.registry.AccessRule;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.Permission;
import org.trinomesh.registry.Principal;

import java.util.Optional;

import static java.util.Locale.ENGLISH;

/**
 * Decides what a requester may do with a data product. What no rule gives is not given.
 */
public final class AccessDecider
{
    private AccessDecider() {}

    public static Decision decide(Mesh mesh, Requester requester, DataProduct product)
    {
        Optional<AccessRule> read = matching(requester, product, Permission.READ);
        Optional<AccessRule> admin = matching(requester, product, Permission.ADMIN);
        if (read.isPresent() && product.status().isServed()) {
            if (admin.isPresent()) {
                return new Decision.Readable(true, Reason.of("%s is a steward of %s".formatted(admin.get().principal(), product.qualifiedName()), admin.get().position()));
            }
            if (!product.status().isUnreleased()) {
                return new Decision.Readable(false, Reason.of("%s may read %s".formatted(read.get().principal(), product.qualifiedName()), read.get().position()));
            }
        }
        return discover(mesh, requester, product)
                .map(reason -> (Decision) new Decision.Discoverable(reason))
                .orElseGet(() -> new Decision.Hidden(Reason.of("no rule lets %s know of %s".formatted(requester.user(), product.qualifiedName()))));
    }

    private static Optional<Reason> discover(Mesh mesh, Requester requester, DataProduct product)
    {
        Optional<AccessRule> rule = product.accessRules().stream()
                .filter(candidate -> requester.is(candidate.principal()))
                .findFirst();
        if (rule.isPresent()) {
            return Optional.of(Reason.of("%s may discover %s%s".formatted(rule.get().principal(), product.qualifiedName(), whyNotReadable(product)), rule.get().position()));
        }
        if (isOwner(requester, product.owner())) {
            return Optional.of(Reason.of("%s owns %s%s".formatted(product.owner(), product.qualifiedName(), whyNotReadable(product)), product.position()));
        }
        if (requester.isAny(mesh.stewards())) {
            return Optional.of(Reason.of("%s oversees the mesh%s".formatted(requester.user(), whyNotReadable(product))));
        }
        if (product.findable() && !product.status().isUnreleased() && requester.isAny(mesh.discoverers())) {
            return Optional.of(Reason.of("%s may discover the mesh%s".formatted(requester.user(), whyNotReadable(product))));
        }
        return Optional.empty();
    }

    /**
     * Whether a rule of the product makes the requester its steward, also while nobody reads the product.
     */
    static boolean isSteward(Requester requester, DataProduct product)
    {
        return matching(requester, product, Permission.READ).isPresent() && matching(requester, product, Permission.ADMIN).isPresent();
    }

    /**
     * Whether the name of an owner means the requester: as a user, a group or a role.
     */
    static boolean isOwner(Requester requester, String owner)
    {
        return requester.is(new Principal(Principal.Kind.USER, owner)) || requester.is(new Principal(Principal.Kind.ROLE, owner));
    }

    private static String whyNotReadable(DataProduct product)
    {
        String owned = "; it belongs to " + product.owner();
        return switch (product.status()) {
            case RETIRED -> "; it is retired and no longer read" + owned;
            case PROPOSED, DRAFT -> "; it is %s, so only its stewards read it".formatted(product.status().name().toLowerCase(ENGLISH)) + owned + ": ask " + product.howToAsk();
            case ACTIVE, DEPRECATED -> owned + ": ask " + product.howToAsk() + " to read it";
        };
    }

    private static Optional<AccessRule> matching(Requester requester, DataProduct product, Permission permission)
    {
        return product.accessRules().stream()
                .filter(rule -> rule.gives(permission) && requester.is(rule.principal()))
                .findFirst();
    }
}
