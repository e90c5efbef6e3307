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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.Descriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.QueryFileDescriptor;
import org.trinomesh.platform.GovernanceSettings;
import org.trinomesh.platform.HiddenReference;
import org.trinomesh.platform.Platform;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.ProductId;
import org.trinomesh.validation.BuiltProduct;
import org.trinomesh.validation.ContractBinder;
import org.trinomesh.validation.DescriptorChecks;
import org.trinomesh.validation.MajorVersions;
import org.trinomesh.validation.NameClaims;
import org.trinomesh.validation.ProductCandidate;
import org.trinomesh.validation.QueryFiles;
import org.trinomesh.validation.TableOwners;

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

/**
 * Builds a mesh of everything that was read, and reports everything that is wrong with a part of it as problems. The only
 * place that validates, so that a descriptor is right or wrong for every surface alike.
 */
public final class MeshBuilder
{
    private static final int PARALLEL_FROM = 32;

    private final List<DescriptorFile> written;
    // Ignored files count as files that cannot be read
    private final List<DescriptorFile> files;
    private final DomainFolders folders;
    private final Optional<Generation> previous;
    private final DescriptorChecks checks;
    private final KeptPromises kept;
    private final Duration lastGoodTtl;
    private final Instant now;
    private final Problems problems = new Problems();

    private MeshBuilder(List<DescriptorFile> files, Optional<Generation> previous, DescriptorChecks checks, KeptPromises kept, Duration lastGoodTtl, Instant now)
    {
        this.written = requireNonNull(files, "files is null").stream()
                .sorted(comparing(DescriptorFile::path))
                .collect(toImmutableList());
        this.folders = new DomainFolders(written);
        this.files = written.stream().map(folders::withoutCollisions).collect(toImmutableList());
        this.previous = requireNonNull(previous, "previous is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.kept = requireNonNull(kept, "kept is null");
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
        return build(files, Optional.empty(), checks, KeptPromises.UNKNOWN, Duration.ZERO, Clock.systemUTC().instant(), Duration.ZERO).mesh();
    }

    /**
     * The next mesh.
     *
     * @param previous what is served now, of which products that broke stay for a time
     */
    static Generation build(List<DescriptorFile> files, Optional<Generation> previous, DescriptorChecks checks, KeptPromises kept, Duration lastGoodTtl, Instant now, Duration readTime)
    {
        long start = System.nanoTime();
        return new MeshBuilder(files, previous, checks, kept, lastGoodTtl, now).build(start - readTime.toNanos());
    }

    private Generation build(long start)
    {
        files.forEach(file -> problems.addAll(file.problems()));
        problems.addAll(folders.problems());
        PlatformShelf platforms = new PlatformShelf(files, previous, lastGoodTtl, now);
        problems.addAll(platforms.problems());
        Optional<Platform> platform = platforms.platform();

        List<ProductDescriptor> descriptors = all(ProductDescriptor.class);
        ContractBinder contracts = new ContractBinder(descriptors, all(ContractDescriptor.class));
        problems.addAll(contracts.problems());
        List<BuiltProduct> built = builtProducts(descriptors, contracts, new QueryFiles(all(QueryFileDescriptor.class)), platform);
        List<ProductCandidate> candidates = candidates(built, contracts);
        PolicyShelf policies = new PolicyShelf(written, folders, platform, previous, checks, lastGoodTtl, now);
        problems.addAll(policies.problems());
        DomainBuilder domains = new DomainBuilder(all(DomainDescriptor.class));
        problems.addAll(domains.problems());
        domains.checkSpelling(candidates);
        MajorVersions.check(candidates);
        NameClaims.check(candidates);
        QueryChecks.check(candidates);
        problems.addAll(TableOwners.check(candidates, promisedBefore()));
        // Without a platform no table is bound, which is not a change by an author
        Optional<Generation> bound = platform.isPresent() ? previous : Optional.empty();
        Optional<PromiseChecks> promises = bound.map(present -> new PromiseChecks(present, built, candidates, kept));
        List<ProductChange> changes = promises.map(PromiseChecks::check).orElseGet(() -> previous.map(present -> present.mesh().changes()).orElse(ImmutableList.of()));
        promises.ifPresent(checks -> problems.addAll(checks.warnings(changes)));

        Optional<LastGood> lastGood = previous.map(present -> new LastGood(present, files, candidates, now, lastGoodTtl));
        Map<DataProduct, Instant> retained = lastGood.map(good -> retained(good, candidates, platform)).orElse(ImmutableMap.of());
        List<DataProduct> served = served(candidates, retained);
        List<DataProduct> products = MeshTables.addressed(served);
        products = ImmutableList.<DataProduct>builder()
                .addAll(products)
                .addAll(served.stream().filter(product -> !product.status().isServed()).toList())
                .build();
        ReferenceChecks references = new ReferenceChecks(built, candidates, products);
        references.check();
        problems.addAll(references.problems());
        candidates.forEach(candidate -> problems.addAll(candidate.problems()));
        Map<ProductId, DataProduct> promised = promised(lastGood, products, platform.isPresent());
        return new Generation(
                mesh(start, domains.build(products, policies), MeshTables.of(products), platform, policies, changes, references.hidden()),
                platform,
                platforms.until(),
                retained.entrySet().stream().collect(toImmutableMap(entry -> entry.getKey().id(), Map.Entry::getValue)),
                built,
                policies.shelved(),
                promised,
                keptBefore(promised));
    }

    private Collection<DataProduct> promisedBefore()
    {
        return previous.map(present -> present.promised().values()).orElse(ImmutableList.of());
    }

    /**
     * The last promise of a product is what is served. For a broken product it is what was served before, however long ago.
     */
    private Map<ProductId, DataProduct> promised(Optional<LastGood> lastGood, List<DataProduct> products, boolean bound)
    {
        Map<ProductId, DataProduct> promised = new HashMap<>();
        if (bound) {
            products.forEach(product -> promised.put(product.id(), product));
        }
        lastGood.ifPresent(good -> previous.orElseThrow().promised().forEach((key, product) -> {
            if (!bound || good.isBroken(product)) {
                promised.putIfAbsent(key, product);
            }
        }));
        return promised;
    }

    /**
     * The promise that consumers rely on while it is not yet known whether the tables keep the last one.
     */
    private Map<ProductId, DataProduct> keptBefore(Map<ProductId, DataProduct> promised)
    {
        Map<ProductId, DataProduct> versions = new HashMap<>();
        previous.ifPresent(present -> promised.forEach((key, product) -> {
            DataProduct before = present.promised().get(key);
            boolean changed = before != null && !before.fingerprint().equals(product.fingerprint());
            Optional<DataProduct> known = changed && before.tables().stream().noneMatch(table -> kept.neverKept(before, table))
                    ? Optional.of(before)
                    : Optional.ofNullable(present.keptBefore().get(key));
            known.ifPresent(version -> versions.put(key, version));
        }));
        return versions;
    }

    private Mesh mesh(long start, List<Domain> domains, Collection<MeshTable> tables, Optional<Platform> platform, PolicyShelf policies, List<ProductChange> changes, List<HiddenReference> references)
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
                references,
                problems.toList().stream()
                        .distinct()
                        .sorted(comparing(Problem::position).thenComparing(Problem::severity))
                        .collect(toImmutableList()),
                previous.map(present -> present.mesh().origins()).orElse(QueryOrigins.NONE));
    }

    private List<BuiltProduct> builtProducts(List<ProductDescriptor> products, ContractBinder contracts, QueryFiles queries, Optional<Platform> platform)
    {
        Map<ProductDescriptor, BuiltProduct> known = new IdentityHashMap<>();
        previous.filter(present -> present.platform().equals(platform))
                .ifPresent(present -> present.builtProducts().forEach(built -> known.put(built.descriptor(), built)));
        return (products.size() - known.size() >= PARALLEL_FROM ? products.parallelStream() : products.stream())
                .map(product -> {
                    List<ContractDescriptor> kept = contracts.contracts(product);
                    BuiltProduct built = known.get(product);
                    return built != null && built.isOf(kept, queries.of(product)) ? built : BuiltProduct.build(product, kept, queries.of(product), platform, checks);
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

    /**
     * The last good versions that stay. New products give way to them, as if they were not broken.
     */
    private Map<DataProduct, Instant> retained(LastGood lastGood, List<ProductCandidate> candidates, Optional<Platform> platform)
    {
        Map<DataProduct, Instant> retained = lastGood.products(platform);
        if (retained.isEmpty()) {
            return retained;
        }
        Set<ProductId> keys = keys(retained.keySet());
        ImmutableList.Builder<ProductCandidate> served = ImmutableList.builder();
        candidates.stream()
                .filter(candidate -> candidate.valid().isPresent() && !keys.contains(candidate.key().orElseThrow()))
                .forEach(served::add);
        retained.keySet().forEach(product -> served.add(ProductCandidate.retained(product)));
        NameClaims.check(served.build());
        problems.addAll(TableOwners.check(served.build(), promisedBefore()));
        retained.forEach((product, until) -> problems.add(Problem.warning(
                product.position(),
                "'%s' is broken; its last good version %s is served until %s".formatted(product.qualifiedName(), product.version(), until),
                "correct the errors of %s".formatted(String.join(" and ", product.sources()))).about(product.domain(), product.sqlName(), product.owner())));
        return retained;
    }

    private static List<DataProduct> served(List<ProductCandidate> candidates, Map<DataProduct, Instant> retained)
    {
        Set<ProductId> keys = new HashSet<>(keys(retained.keySet()));
        ImmutableList.Builder<DataProduct> products = ImmutableList.builder();
        products.addAll(retained.keySet());
        candidates.stream()
                .flatMap(candidate -> candidate.valid().stream())
                .filter(product -> !keys.contains(product.id()))
                .forEach(product -> {
                    products.add(product);
                    verify(keys.add(product.id()), "two valid products with one key: %s", product.id());
                });
        return products.build();
    }

    private static Set<ProductId> keys(Collection<DataProduct> products)
    {
        return products.stream().map(DataProduct::id).collect(toImmutableSet());
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
