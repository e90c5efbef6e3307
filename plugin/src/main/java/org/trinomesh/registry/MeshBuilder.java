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

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.SetMultimap;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.Descriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.descriptor.MeshDescriptor;
import org.trinomesh.descriptor.Position;
import org.trinomesh.descriptor.Problem;
import org.trinomesh.descriptor.Problems;
import org.trinomesh.descriptor.ProductDescriptor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Verify.verify;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

/**
 * Turns everything that was read into a mesh, and everything that speaks against a part of it into problems. The only place
 * that validates, so that a descriptor is right or wrong for every surface alike.
 */
public final class MeshBuilder
{
    private final List<DescriptorFile> files;
    private final Optional<Generation> previous;
    private final DescriptorChecks checks;
    private final Duration lastGoodTtl;
    private final Instant now;
    private final Problems problems = new Problems();

    private record ChosenPlatform(Optional<Platform> platform, boolean broken) {}

    private MeshBuilder(List<DescriptorFile> files, Optional<Generation> previous, DescriptorChecks checks, Duration lastGoodTtl, Instant now)
    {
        this.files = requireNonNull(files, "files is null").stream()
                .sorted(comparing(DescriptorFile::path))
                .collect(toImmutableList());
        this.previous = requireNonNull(previous, "previous is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.lastGoodTtl = requireNonNull(lastGoodTtl, "lastGoodTtl is null");
        this.now = requireNonNull(now, "now is null");
    }

    /**
     * The mesh of these files alone, as after a start.
     */
    public static Mesh build(List<DescriptorFile> files)
    {
        return build(files, DescriptorChecks.NONE);
    }

    /**
     * The same, with what layers above know to be wrong.
     */
    public static Mesh build(List<DescriptorFile> files, DescriptorChecks checks)
    {
        return build(files, Optional.empty(), checks, Duration.ZERO, Clock.systemUTC().instant(), Duration.ZERO).mesh();
    }

    /**
     * The next mesh.
     *
     * @param previous what is served now, of which products that broke stay for a time
     */
    static Generation build(List<DescriptorFile> files, Optional<Generation> previous, DescriptorChecks checks, Duration lastGoodTtl, Instant now, Duration readTime)
    {
        long start = System.nanoTime();
        return new MeshBuilder(files, previous, checks, lastGoodTtl, now).build(start - readTime.toNanos());
    }

    private Generation build(long start)
    {
        files.forEach(file -> problems.addAll(file.problems()));
        ChosenPlatform chosen = platform();
        Optional<Platform> platform = chosen.platform();
        Optional<Instant> platformUntil = Optional.empty();
        if (platform.isEmpty()) {
            platformUntil = previous.flatMap(present -> new LastGood(present, files, ImmutableList.of(), now, lastGoodTtl).platformUntil(chosen.broken()));
            platform = platformUntil.flatMap(_ -> previous.flatMap(Generation::platform));
        }
        reportPlatform(platform, platformUntil, chosen.broken());

        List<ProductDescriptor> descriptors = all(ProductDescriptor.class);
        ContractBinder contracts = new ContractBinder(descriptors, all(ContractDescriptor.class));
        problems.addAll(contracts.problems());
        List<BuiltProduct> built = builtProducts(descriptors, contracts, platform);
        List<ProductCandidate> candidates = candidates(built, contracts);
        PolicyShelf policies = new PolicyShelf(files, previous, checks, lastGoodTtl, now);
        problems.addAll(policies.problems());
        DomainBuilder domains = new DomainBuilder(all(DomainDescriptor.class));
        problems.addAll(domains.problems());
        domains.checkSpelling(candidates);
        checkMajors(candidates);
        NameClaims.check(candidates);
        checkOwners(candidates);
        // Without a platform no table is bound, which is nobody's change
        Optional<Generation> bound = platform.isPresent() ? previous : Optional.empty();
        Optional<PromiseChecks> promises = bound.map(present -> new PromiseChecks(present, built, candidates));
        List<ProductChange> changes = promises.map(PromiseChecks::check).orElseGet(() -> previous.map(present -> present.mesh().changes()).orElse(ImmutableList.of()));
        promises.ifPresent(checks -> problems.addAll(checks.warnings(changes)));

        Map<DataProduct, Instant> retained = retained(candidates, platform);
        List<DataProduct> products = MeshTables.addressed(served(candidates, retained));
        products = ImmutableList.<DataProduct>builder()
                .addAll(products)
                .addAll(served(candidates, retained).stream().filter(product -> !product.status().isServed()).toList())
                .build();
        checkSuccessors(candidates, products);
        checkRelationships(built, candidates, products);
        candidates.forEach(candidate -> problems.addAll(candidate.problems()));
        return new Generation(
                mesh(start, domains.build(products, policies), MeshTables.of(products), platform, policies, changes),
                platform,
                platformUntil,
                retained.entrySet().stream().collect(toImmutableMap(entry -> ProductKey.of(entry.getKey()), Map.Entry::getValue)),
                built,
                policies.shelved(),
                promised(candidates, products, platform.isPresent()));
    }

    /**
     * What is served is what was promised last; of what is broken, that is what was served before, however long ago.
     */
    private Map<ProductKey, DataProduct> promised(List<ProductCandidate> candidates, List<DataProduct> products, boolean bound)
    {
        Map<ProductKey, DataProduct> promised = new HashMap<>();
        if (bound) {
            products.forEach(product -> promised.put(ProductKey.of(product), product));
        }
        previous.ifPresent(present -> {
            LastGood lastGood = new LastGood(present, files, candidates, now, lastGoodTtl);
            present.promised().forEach((key, product) -> {
                if (!bound || lastGood.isBroken(product)) {
                    promised.putIfAbsent(key, product);
                }
            });
        });
        return promised;
    }

    private Mesh mesh(long start, List<Domain> domains, Collection<MeshTable> tables, Optional<Platform> platform, PolicyShelf policies, List<ProductChange> changes)
    {
        return new Mesh(
                previous.map(present -> present.mesh().generation()).orElse(0L) + 1,
                now,
                Duration.ofNanos(System.nanoTime() - start),
                files.size(),
                domains,
                tables,
                platform.map(Platform::stewards).orElse(ImmutableSet.of()),
                platform.map(Platform::discoverers).orElse(ImmutableSet.of()),
                new MeshGovernance(policies.policies(), platform.map(Platform::governance).orElse(GovernanceSettings.NONE), policies.closures()),
                changes,
                problems.toList().stream()
                        .distinct()
                        .sorted(comparing(Problem::position).thenComparing(Problem::severity))
                        .collect(toImmutableList()));
    }

    private ChosenPlatform platform()
    {
        Optional<MeshDescriptor> first = Optional.empty();
        for (MeshDescriptor descriptor : all(MeshDescriptor.class)) {
            problems.addAll(descriptor.problems());
            if (descriptor.position().file().contains("/")) {
                // Else a domain could grant itself storage from its own folder
                problems.error(descriptor.position(), "a Mesh document in a folder is not read", "write it into a file directly in the mesh directory, mesh.yaml");
            }
            else if (first.isPresent()) {
                problems.error(descriptor.position(), "this is a second Mesh document, beside the one in %s".formatted(first.get().position()), "keep one");
            }
            else {
                first = Optional.of(descriptor);
            }
        }
        if (first.isEmpty()) {
            return new ChosenPlatform(Optional.empty(), false);
        }
        Problems found = new Problems();
        Platform platform = Platform.of(first.get(), found);
        problems.addAll(found.toList());
        boolean broken = found.hasErrors() || first.get().problems().stream().anyMatch(Problem::isError);
        return new ChosenPlatform(broken ? Optional.empty() : Optional.of(platform), broken);
    }

    private void reportPlatform(Optional<Platform> platform, Optional<Instant> until, boolean broken)
    {
        if (until.isPresent()) {
            problems.warning(Position.startOf(platform.orElseThrow().file()), "the Mesh document is broken; what it last said counts until " + until.get(), "correct the errors of the file");
        }
        else if (platform.isEmpty() && broken) {
            problems.error(Position.startOf("mesh.yaml"), "the Mesh document is broken, so no storage is granted and no product is served", "correct its errors");
        }
        else if (platform.isEmpty()) {
            problems.error(Position.startOf("mesh.yaml"), "there is no Mesh document, so no storage is granted and no product is served", "add mesh.yaml with 'kind: Mesh' and grants");
        }
    }

    private List<BuiltProduct> builtProducts(List<ProductDescriptor> products, ContractBinder contracts, Optional<Platform> platform)
    {
        Map<ProductDescriptor, BuiltProduct> known = new IdentityHashMap<>();
        previous.filter(present -> present.platform().equals(platform))
                .ifPresent(present -> present.builtProducts().forEach(built -> known.put(built.descriptor(), built)));
        return products.stream()
                .map(product -> {
                    List<ContractDescriptor> kept = contracts.contracts(product);
                    BuiltProduct built = known.get(product);
                    return built != null && built.isOf(kept) ? built : BuiltProduct.build(product, kept, platform, checks);
                })
                .collect(toImmutableList());
    }

    private static List<ProductCandidate> candidates(List<BuiltProduct> built, ContractBinder contracts)
    {
        ImmutableList.Builder<ProductCandidate> candidates = ImmutableList.builder();
        for (BuiltProduct product : built) {
            ProductCandidate candidate = product.toCandidate();
            contracts.conflicts(product.descriptor()).forEach(candidate::add);
            candidates.add(candidate);
        }
        return candidates.build();
    }

    private static void checkMajors(List<ProductCandidate> candidates)
    {
        candidates.stream()
                .filter(candidate -> candidate.key().isPresent())
                .collect(groupingBy(candidate -> candidate.key().orElseThrow()))
                .forEach((key, same) -> {
                    for (ProductCandidate candidate : same) {
                        same.stream()
                                .filter(other -> other != candidate && !isNameClaim(candidate, other))
                                .findFirst()
                                .ifPresent(other -> candidate.error(
                                        "version %s of data product '%s' is described twice, also %sin %s".formatted(
                                                key.major(),
                                                writtenName(candidate),
                                                writtenName(other).equals(writtenName(candidate)) ? "" : "as '%s' ".formatted(writtenName(other)),
                                                other.position()),
                                        "remove one, or give it another major version"));
                    }
                });
    }

    /**
     * Products of two names that become one are reported as such, except retired ones, which claim no name in SQL.
     */
    private static boolean isNameClaim(ProductCandidate candidate, ProductCandidate other)
    {
        return !writtenName(candidate).equals(writtenName(other)) && isServed(candidate) && isServed(other);
    }

    private static boolean isServed(ProductCandidate candidate)
    {
        return candidate.identity().orElseThrow().status().isServed();
    }

    private static String writtenName(ProductCandidate candidate)
    {
        return candidate.identity().orElseThrow().writtenName();
    }

    /**
     * A physical table backs the products of one domain and owner only: no domain may publish another's table under its own
     * rules, and everybody can write an owner's name.
     */
    private static void checkOwners(List<ProductCandidate> candidates)
    {
        record Owner(String domain, String name) {}

        record Use(PhysicalTable table, ProductCandidate candidate, Owner owner) {}

        candidates.stream()
                .flatMap(candidate -> candidate.product().stream()
                        .flatMap(product -> product.tables().stream().map(table -> new Use(table.source(), candidate, new Owner(product.domain(), product.owner())))))
                .collect(groupingBy(Use::table))
                .forEach((table, uses) -> uses.stream()
                        .filter(use -> uses.stream().anyMatch(other -> !other.owner().equals(use.owner())))
                        .forEach(use -> use.candidate().error(
                                "table %s also backs a data product of another owner than '%s' of domain '%s'".formatted(table, use.owner().name(), use.owner().domain()),
                                "publish a table of your own, or let its owner publish it: a table backs the products of one domain and owner only")));
    }

    /**
     * The last good versions that stay. What is new gives way to them, as it would if they were not broken.
     */
    private Map<DataProduct, Instant> retained(List<ProductCandidate> candidates, Optional<Platform> platform)
    {
        if (previous.isEmpty()) {
            return ImmutableMap.of();
        }
        Map<DataProduct, Instant> retained = new LastGood(previous.get(), files, candidates, now, lastGoodTtl).products(platform);
        if (retained.isEmpty()) {
            return retained;
        }
        Set<ProductKey> keys = keys(retained.keySet());
        ImmutableList.Builder<ProductCandidate> served = ImmutableList.builder();
        candidates.stream()
                .filter(candidate -> candidate.valid().isPresent() && !keys.contains(candidate.key().orElseThrow()))
                .forEach(served::add);
        retained.keySet().forEach(product -> served.add(ProductCandidate.retained(product)));
        NameClaims.check(served.build());
        checkOwners(served.build());
        retained.forEach((product, until) -> problems.add(Problem.warning(
                product.position(),
                "'%s' is broken; its last good version %s is served until %s".formatted(product.qualifiedName(), product.version(), until),
                "correct the errors of %s".formatted(String.join(" and ", product.sources()))).about(product.domain(), product.sqlName(), product.owner())));
        return retained;
    }

    private static List<DataProduct> served(List<ProductCandidate> candidates, Map<DataProduct, Instant> retained)
    {
        Set<ProductKey> keys = new HashSet<>(keys(retained.keySet()));
        ImmutableList.Builder<DataProduct> products = ImmutableList.builder();
        products.addAll(retained.keySet());
        candidates.stream()
                .flatMap(candidate -> candidate.valid().stream())
                .filter(product -> !keys.contains(ProductKey.of(product)))
                .forEach(product -> {
                    products.add(product);
                    verify(keys.add(ProductKey.of(product)), "two valid products with one key: %s", product.qualifiedName());
                });
        return products.build();
    }

    private static Set<ProductKey> keys(Collection<DataProduct> products)
    {
        return products.stream().map(ProductKey::of).collect(toImmutableSet());
    }

    private void checkSuccessors(List<ProductCandidate> candidates, List<DataProduct> products)
    {
        Set<String> known = new HashSet<>();
        candidates.forEach(candidate -> candidate.identity().ifPresent(identity -> known.add(identity.domain() + "." + identity.sqlName())));
        for (DataProduct product : products) {
            product.deprecation().flatMap(Deprecation::replacedBy)
                    .filter(successor -> !known.contains(successor))
                    .ifPresent(successor -> problems.add(Problem.warning(
                            product.position(),
                            "the successor '%s' of '%s' does not exist".formatted(successor, product.qualifiedName()),
                            "write replacedBy as domain.product of a product that exists").about(product.domain(), product.sqlName(), product.owner()).forStewards()));
        }
    }

    /**
     * Also the names of what is broken are known: nobody need repair what leads to them.
     */
    private static void checkRelationships(List<BuiltProduct> built, List<ProductCandidate> candidates, List<DataProduct> products)
    {
        if (built.stream().noneMatch(product -> product.contracts().stream().flatMap(contract -> contract.tables().stream()).anyMatch(table -> !table.relationships().isEmpty()))) {
            return;
        }
        SetMultimap<String, String> known = HashMultimap.create();
        MeshTables.of(products).forEach(table -> known.put(table.schema(), table.name()));
        candidates.forEach(candidate -> candidate.identity().ifPresent(identity -> {
            known.put(identity.domain(), identity.sqlName());
            known.putAll(identity.domain(), candidate.tableNames());
            known.putAll(identity.domain(), candidate.aliases());
        }));
        for (int index = 0; index < candidates.size(); index++) {
            ProductCandidate candidate = candidates.get(index);
            RelationshipChecks checks = new RelationshipChecks(built.get(index).contracts());
            candidate.identity().ifPresent(identity -> checks.problems(identity.domain(), known.get(identity.domain())).forEach(candidate::add));
        }
    }

    private <T extends Descriptor> List<T> all(Class<T> kind)
    {
        return files.stream()
                .flatMap(file -> file.descriptors().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .collect(toImmutableList());
    }
}
