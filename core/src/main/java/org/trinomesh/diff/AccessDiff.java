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
package org.trinomesh.diff;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Sets;
import org.trinomesh.conformance.Enforcement;
import org.trinomesh.conformance.Violation;
import org.trinomesh.diff.AccessChange.Subject;
import org.trinomesh.diff.ProductDifference.Presence;
import org.trinomesh.governance.Governance;
import org.trinomesh.policy.EndedRule;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.collect.ImmutableSetMultimap.toImmutableSetMultimap;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/**
 * The differences between two meshes in what people see, at one moment. Each principal that a rule names is compared alone. A
 * user in several groups may gain by their combination what no group gains alone, so callers name such users.
 *
 * @param mesh who became or ceased to be a steward of the whole mesh, by the name of the viewer
 * @param platform changes in what the platform lets domains do
 * @param products in order of name, those that differ
 * @param ended rules that no longer apply although nobody sees more yet
 * @param come violations that were not there
 * @param gone violations that are no longer there
 */
public record AccessDiff(Map<String, AccessChange> mesh, List<PlatformChange> platform, List<ProductDifference> products, List<EndedRule> ended, List<Violation> come, List<Violation> gone)
{
    public AccessDiff
    {
        mesh = ImmutableMap.copyOf(requireNonNull(mesh, "mesh is null"));
        platform = ImmutableList.copyOf(requireNonNull(platform, "platform is null"));
        ended = ImmutableList.copyOf(requireNonNull(ended, "ended is null"));
        products = ImmutableList.copyOf(requireNonNull(products, "products is null"));
        come = ImmutableList.copyOf(requireNonNull(come, "come is null"));
        gone = ImmutableList.copyOf(requireNonNull(gone, "gone is null"));
    }

    /**
     * @param people requesters to compare for, beside everybody whom rules name
     */
    public static AccessDiff of(Governance before, Governance after, Collection<Requester> people, Instant now)
    {
        List<Viewer> viewers = ImmutableList.<Viewer>builder()
                .addAll(Viewer.of(before, after))
                .addAll(people.stream().distinct().map(Viewer::person).iterator())
                .build();
        Function<ProductId, String> names = names(before, after);
        List<ProductDifference> products = products(before, after, names, viewers, now);
        return new AccessDiff(
                stewards(before.mesh(), after.mesh()),
                ImmutableList.<PlatformChange>builder()
                        .addAll(PlatformChange.compare(before.mesh().governance().settings(), after.mesh().governance().settings()))
                        .addAll(PlatformChange.checks(before.checks(), after.checks()))
                        .build(),
                products,
                RuleCoverage.ended(before, after, names).stream().filter(rule -> products.stream().noneMatch(product -> product.tells(rule))).distinct().collect(toImmutableList()),
                missingIn(before, after, LocalDate.ofInstant(now, UTC)),
                missingIn(after, before, LocalDate.ofInstant(now, UTC)));
    }

    public long gains()
    {
        return changes().filter(change -> change.effect().isGain()).count() + platform.stream().filter(change -> change.effect().isGain()).count() + ended.size();
    }

    public long additions()
    {
        return changes().filter(change -> change.effect() == AccessChange.Effect.ADDITION).count();
    }

    public long losses()
    {
        return changes().filter(change -> change.effect().isLoss()).count() + platform.stream().filter(change -> change.effect().isLoss()).count();
    }

    /**
     * The differences at a later moment that are not part of this comparison.
     */
    public AccessDiff since(AccessDiff earlier)
    {
        Map<ProductId, ProductDifference> told = earlier.products.stream().collect(toImmutableMap(ProductDifference::product, product -> product));
        return new AccessDiff(
                ImmutableMap.of(),
                ImmutableList.of(),
                products.stream().map(product -> Optional.ofNullable(told.get(product.product())).map(product::since).orElse(product)).filter(product -> !product.changes().isEmpty()).collect(toImmutableList()),
                ImmutableList.of(),
                come.stream().filter(violation -> !earlier.come.contains(violation)).collect(toImmutableList()),
                gone.stream().filter(violation -> !earlier.gone.contains(violation)).collect(toImmutableList()));
    }

    public boolean isEmpty()
    {
        return mesh.isEmpty() && platform.isEmpty() && products.isEmpty() && ended.isEmpty() && come.isEmpty() && gone.isEmpty();
    }

    private Stream<AccessChange> changes()
    {
        return Stream.concat(mesh.values().stream(), products.stream().flatMap(product -> product.changes().values().stream()).flatMap(List::stream));
    }

    private static Map<String, AccessChange> stewards(Mesh before, Mesh after)
    {
        Map<String, AccessChange> changes = new TreeMap<>();
        Sets.difference(after.stewards(), before.stewards()).forEach(principal -> changes.put(principal.toString(), AccessChange.ofRight(Subject.STEWARD, true)));
        Sets.difference(before.stewards(), after.stewards()).forEach(principal -> changes.put(principal.toString(), AccessChange.ofRight(Subject.STEWARD, false)));
        return changes;
    }

    private static List<ProductDifference> products(Governance before, Governance after, Function<ProductId, String> names, List<Viewer> viewers, Instant now)
    {
        Map<ProductId, DataProduct> productsBefore = products(before.mesh());
        Map<ProductId, DataProduct> productsAfter = products(after.mesh());
        Set<ProductId> ids = new TreeSet<>(Sets.union(productsBefore.keySet(), productsAfter.keySet()));
        Map<Viewer, SeenFields> known = viewers.stream().distinct().collect(toImmutableMap(viewer -> viewer, viewer -> SeenFields.of(before, viewer, now)));
        ImmutableList.Builder<ProductDifference> differences = ImmutableList.builder();
        for (ProductId id : ids) {
            Optional<DataProduct> productBefore = Optional.ofNullable(productsBefore.get(id));
            Optional<DataProduct> productAfter = Optional.ofNullable(productsAfter.get(id));
            ImmutableMap.Builder<String, List<AccessChange>> changes = ImmutableMap.builder();
            for (Viewer viewer : viewers) {
                List<AccessChange> seen = ProductComparison.compare(before, productBefore, after, productAfter, viewer, known.get(viewer), viewers.getFirst(), now);
                if (!seen.isEmpty()) {
                    changes.put(viewer.name(), seen);
                }
            }
            ProductDifference difference = new ProductDifference(id, productAfter.or(() -> productBefore).orElseThrow().version(), names.apply(id), presence(productBefore, productAfter), changes.buildKeepingLast());
            if (!difference.isEmpty()) {
                differences.add(difference);
            }
        }
        return differences.build();
    }

    private static Presence presence(Optional<DataProduct> before, Optional<DataProduct> after)
    {
        if (before.isPresent() && after.isPresent()) {
            return Presence.STAYS;
        }
        return before.isPresent() ? Presence.VANISHES : Presence.APPEARS;
    }

    /**
     * The names of the products of both meshes, with the major version where a product has several.
     */
    private static Function<ProductId, String> names(Governance before, Governance after)
    {
        ImmutableSetMultimap<String, ProductId> majors = Stream.of(before, after)
                .flatMap(governance -> products(governance.mesh()).values().stream())
                .collect(toImmutableSetMultimap(DataProduct::qualifiedName, DataProduct::id));
        return id -> {
            String name = id.domain() + "." + id.name();
            return majors.get(name).size() == 1 ? name : id.toString();
        };
    }

    private static Map<ProductId, DataProduct> products(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .collect(toImmutableMap(DataProduct::id, product -> product));
    }

    /**
     * A violation stays the same one when its place or the end of its message changes.
     */
    private record Infringement(String check, ProductId product, Enforcement enforcement) {}

    private static List<Violation> missingIn(Governance governance, Governance other, LocalDate day)
    {
        Set<Infringement> there = governance.violations().stream().map(violation -> infringement(violation, day)).collect(toImmutableSet());
        return other.violations().stream()
                .filter(violation -> !there.contains(infringement(violation, day)))
                .collect(toImmutableList());
    }

    private static Infringement infringement(Violation violation, LocalDate day)
    {
        return new Infringement(violation.check(), violation.product(), violation.enforcement(day));
    }
}
