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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.policy.AppliedGrant;
import org.trinomesh.policy.AppliedRule;
import org.trinomesh.policy.Closing;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.RuleName;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.policy.TablePolicy;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Permission;
import org.trinomesh.product.Principal;
import org.trinomesh.product.Status;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;

/**
 * Decides what a requester may do with a data product. Without a rule that allows it, nothing is allowed, and a denial beats
 * every grant.
 */
final class AccessDecider
{
    private static final Closing UNPUBLISHED = Closing.always(Reason.of("its domain may not publish what its query reads"));

    private AccessDecider() {}

    /**
     * What keeps a requester from reading a product.
     */
    private sealed interface Obstacle
    {
        /**
         * @param grantMissing whether a grant is all that the requester needs
         */
        record NotGranted(boolean grantMissing)
                implements Obstacle {}

        record Denied(AppliedRule rule)
                implements Obstacle
        {
            public Denied
            {
                requireNonNull(rule, "rule is null");
            }
        }

        record OutOfService(Closing closing)
                implements Obstacle
        {
            public OutOfService
            {
                requireNonNull(closing, "closing is null");
            }
        }
    }

    /**
     * @param matched every principal of those that rules name that the requester is
     * @param published whether the domain of a product may publish what its queries read
     */
    static Decision decide(Mesh mesh, ProductPolicy policy, Set<Principal> matched, Instant now, Predicate<DataProduct> published)
    {
        return obstacle(policy, matched, now, Permission.READ, published)
                .map(obstacle -> notReadable(mesh, policy, matched, now, obstacle))
                .orElseGet(() -> readable(policy, matched, now));
    }

    /**
     * Whether the decision would be that the requester reads the product, for listings, which ask of thousands.
     */
    static boolean isReadable(ProductPolicy policy, Set<Principal> matched, Instant now, Predicate<DataProduct> published)
    {
        return obstacle(policy, matched, now, Permission.READ, published).isEmpty();
    }

    /**
     * Whether the requester, which is a domain, may publish what it reads of the product.
     */
    static boolean mayPublish(ProductPolicy policy, Set<Principal> matched, Instant now, Predicate<DataProduct> published)
    {
        return isReadable(policy, matched, now, published) && matching(policy, matched, now, Permission.SHARE).isPresent();
    }

    /**
     * Why the requester may not store rows of the product, in words for those who may know of it; empty when it may.
     */
    static Optional<String> writeRefusal(ProductPolicy policy, Set<Principal> matched, Instant now, Predicate<DataProduct> published)
    {
        DataProduct product = policy.product();
        return obstacle(policy, matched, now, Permission.WRITE, published).map(obstacle -> switch (obstacle) {
            case Obstacle.NotGranted _ -> product.status().isServed()
                    ? "it needs the permission 'write' on %s%s".formatted(product.qualifiedName(), askOwner(product))
                    : product.qualifiedName() + whyNotReadable(product);
            case Obstacle.Denied(AppliedRule rule) -> "%s denies it%s%s".formatted(rule.rule().name(), because(rule.rule()), askOwner(product));
            case Obstacle.OutOfService(Closing closing) -> "the product is out of service: " + closing.reason().text() + askOwner(product);
        });
    }

    private static Optional<Obstacle> obstacle(ProductPolicy policy, Set<Principal> matched, Instant now, Permission permission, Predicate<DataProduct> published)
    {
        Status status = policy.product().status();
        boolean granted = matching(policy, matched, now, permission).isPresent();
        Optional<AppliedRule> denial = denial(policy, matched, now);
        if (!status.isServed() || (!granted && denial.isEmpty())) {
            return Optional.of(new Obstacle.NotGranted(status.isServed()));
        }
        // Also told to requesters without a grant: they may have had one until a day
        if (denial.isPresent()) {
            return Optional.of(new Obstacle.Denied(denial.get()));
        }
        // Before what is wrong with the product, which may be so by what it inherits
        if (!published.test(policy.product())) {
            return Optional.of(new Obstacle.OutOfService(UNPUBLISHED));
        }
        Optional<Closing> closing = policy.closing(now);
        if (closing.isPresent()) {
            return Optional.of(new Obstacle.OutOfService(closing.get()));
        }
        // Whoever produces it stores rows before others read them
        if (permission != Permission.WRITE && status.isUnreleased() && matching(policy, matched, now, Permission.ADMIN).isEmpty()) {
            return Optional.of(new Obstacle.NotGranted(true));
        }
        return Optional.empty();
    }

    private static Decision.Readable readable(ProductPolicy policy, Set<Principal> matched, Instant now)
    {
        Optional<AppliedGrant> admin = matching(policy, matched, now, Permission.ADMIN);
        AppliedGrant grant = admin.or(() -> matching(policy, matched, now, Permission.READ)).orElseThrow();
        return new Decision.Readable(
                admin.isPresent(),
                matching(policy, matched, now, Permission.SHARE).isPresent(),
                tables(policy, matched, admin.isPresent(), now),
                reason(grant, admin.isPresent() ? "is a steward of" : "may read", policy.product()));
    }

    /**
     * What the requester would see of the columns and rows if it might read the product.
     */
    static Map<String, TableAccess> tables(ProductPolicy policy, Set<Principal> matched, boolean steward, Instant now)
    {
        if (policy.tables().size() == 1) {
            return ImmutableMap.of(policy.tables().getFirst().table(), policy.tables().getFirst().decide(matched, steward, now));
        }
        return policy.tables().stream().collect(toImmutableMap(TablePolicy::table, identity())).entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> entry.getValue().decide(matched, steward, now)));
    }

    /**
     * Whether rules make the requester a steward of the product, also while nobody reads it.
     */
    static boolean isSteward(ProductPolicy policy, Set<Principal> matched, Instant now)
    {
        return matching(policy, matched, now, Permission.READ).isPresent() && matching(policy, matched, now, Permission.ADMIN).isPresent();
    }

    static boolean isOwner(String owner, Set<Principal> matched)
    {
        return ProductPolicy.owners(owner).stream().anyMatch(matched::contains);
    }

    private static Decision notReadable(Mesh mesh, ProductPolicy policy, Set<Principal> matched, Instant now, Obstacle obstacle)
    {
        DataProduct product = policy.product();
        return switch (obstacle) {
            case Obstacle.NotGranted(boolean grantMissing) -> notReadable(mesh, policy, matched, now, whyNotReadable(product), grantMissing);
            case Obstacle.Denied(AppliedRule rule) -> notReadable(mesh, policy, matched, now, "; %s denies it%s".formatted(rule.rule().name(), because(rule.rule())) + askOwner(product), false);
            case Obstacle.OutOfService(Closing closing) -> notReadable(mesh, policy, matched, now, "; it is out of service: " + closing.reason().text() + askOwner(product), false);
        };
    }

    /**
     * @param grantMissing whether a grant is all that the requester needs
     */
    private static Decision notReadable(Mesh mesh, ProductPolicy policy, Set<Principal> matched, Instant now, String why, boolean grantMissing)
    {
        DataProduct product = policy.product();
        boolean owner = isOwner(product.owner(), matched);
        // The owner is not told to ask the owner
        String missing = owner && grantMissing ? grantToAdd(product, matched) : why;
        Optional<AppliedGrant> grant = policy.grants().stream().filter(candidate -> candidate.appliesTo(matched, now)).findFirst();
        if (grant.isPresent()) {
            return new Decision.Discoverable(Reason.of("%s may discover %s%s".formatted(grant.get().principal(), product.qualifiedName(), missing), grant.get().position()));
        }
        if (owner) {
            return new Decision.Discoverable(Reason.of("%s owns %s%s".formatted(product.owner(), product.qualifiedName(), missing), product.position()));
        }
        Optional<Principal> steward = mesh.stewards().stream().filter(matched::contains).findFirst();
        if (steward.isPresent()) {
            return new Decision.Discoverable(Reason.of("%s oversees the mesh%s".formatted(steward.get(), why)));
        }
        if (policy.findable() && !product.status().isUnreleased()) {
            Optional<Principal> discoverer = mesh.discoverers().stream().filter(matched::contains).findFirst();
            if (discoverer.isPresent()) {
                return new Decision.Discoverable(Reason.of("%s may discover the mesh%s".formatted(discoverer.get(), why)));
            }
        }
        // A requester whose access ended on a day may know that it ended
        Optional<AppliedRule> denial = denial(policy, matched, now).filter(rule -> !rule.audience().everybody());
        return denial.filter(_ -> policy.findable() && !product.status().isUnreleased() && isNamedConsumer(denial.get()))
                .map(rule -> (Decision) new Decision.Discoverable(Reason.of("%s may discover %s%s".formatted(rule.audience().principals().iterator().next(), product.qualifiedName(), why), rule.rule().position())))
                .orElseGet(() -> new Decision.Hidden(Reason.of("no rule lets the requester know of %s".formatted(product.qualifiedName()))));
    }

    private static boolean isNamedConsumer(AppliedRule denial)
    {
        return denial.rule().level() == Level.PRODUCT && denial.rule().name() instanceof RuleName.ContractConsumer;
    }

    private static Optional<AppliedRule> denial(ProductPolicy policy, Set<Principal> matched, Instant now)
    {
        for (AppliedRule rule : policy.denials()) {
            if (rule.appliesTo(matched, false, now)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static String because(Rule rule)
    {
        return rule.description().map(description -> " (" + description + ")").orElse("");
    }

    private static String askOwner(DataProduct product)
    {
        return "; it belongs to " + product.ownerOrNobody() + ": ask " + product.howToAsk();
    }

    /**
     * What owners write to be able to read their own product.
     */
    private static String grantToAdd(DataProduct product, Set<Principal> matched)
    {
        Principal owner = ProductPolicy.owners(product.owner()).stream().filter(matched::contains).findFirst().orElseThrow();
        if (product.terms().isPresent() && owner.kind() == Principal.Kind.ROLE) {
            return "; no grant lets its owner read it: add {role: %s, access: \"read, admin\"} to 'roles' of its contract".formatted(product.owner());
        }
        return "; no grant lets its owner read it: add {%s: %s, permissions: [read, admin]} to its accessControl".formatted(owner.kind().name().toLowerCase(ENGLISH), product.owner());
    }

    private static String whyNotReadable(DataProduct product)
    {
        return switch (product.status()) {
            case RETIRED -> "; it is retired and no longer read; it belongs to " + product.ownerOrNobody();
            case PROPOSED, DRAFT -> "; it is %s, so only its stewards read it".formatted(product.status().name().toLowerCase(ENGLISH)) + askOwner(product);
            case ACTIVE, DEPRECATED -> askOwner(product) + " to read it";
        };
    }

    private static Reason reason(AppliedGrant grant, String does, DataProduct product)
    {
        return Reason.of("%s %s %s%s".formatted(grant.principal(), does, product.qualifiedName(), grant.source().map(source -> " by " + source).orElse("")), grant.position());
    }

    private static Optional<AppliedGrant> matching(ProductPolicy policy, Set<Principal> matched, Instant now, Permission permission)
    {
        // Listings ask this of every product
        for (AppliedGrant grant : policy.grants()) {
            if (grant.gives(permission, matched, now)) {
                return Optional.of(grant);
            }
        }
        return Optional.empty();
    }
}
