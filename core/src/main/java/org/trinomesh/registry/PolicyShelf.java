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

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.descriptor.PolicyDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.platform.Closure;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.platform.Platform;
import org.trinomesh.platform.RequiredPolicy;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.SqlNames;
import org.trinomesh.validation.DescriptorChecks;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Decides which policies and domain rules count: those that can be read, and for a time the last good version of those that
 * cannot. After that time, or without a good version, the products that they may be about are closed.
 */
final class PolicyShelf
{
    private final DomainFolders folders;
    private final Optional<Generation> previous;
    private final DescriptorChecks checks;
    private final Duration lastGoodTtl;
    private final Instant now;
    private final Problems problems = new Problems();
    // Domains that still have documents, computed only when a file is gone
    private final Supplier<Set<String>> speakers;
    private final Map<String, FilePolicies> shelved = new LinkedHashMap<>();
    private final ImmutableList.Builder<Closure> closures = ImmutableList.builder();

    /**
     * @param folders in which of them nothing counts
     * @param platform what the platform wants to be there
     */
    PolicyShelf(List<DescriptorFile> files, DomainFolders folders, Optional<Platform> platform, Optional<Generation> previous, DescriptorChecks checks, Duration lastGoodTtl, Instant now)
    {
        this.folders = requireNonNull(folders, "folders is null");
        this.previous = requireNonNull(previous, "previous is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.lastGoodTtl = requireNonNull(lastGoodTtl, "lastGoodTtl is null");
        this.now = requireNonNull(now, "now is null");
        this.speakers = Suppliers.memoize(() -> speakers(files));
        files.forEach(file -> add(new PolicyFile(file)));
        Optional<List<RequiredPolicy>> required = platform.flatMap(Platform::requiredPolicies);
        Set<String> names = files.stream().map(DescriptorFile::path).collect(toImmutableSet());
        previous.map(Generation::policies)
                .map(before -> new AbsentPolicies(before, shelved, required).lost(names))
                .ifPresent(lost -> lost.forEach(file -> keep(new PolicyFile(new DescriptorFile(file, ImmutableList.of(), ImmutableList.of())), true)));
        required.ifPresent(this::require);
    }

    /**
     * By file, for the next generation.
     */
    Map<String, FilePolicies> shelved()
    {
        return ImmutableMap.copyOf(shelved);
    }

    List<PolicyDocument> policies()
    {
        return shelved.values().stream().filter(file -> file.counts(now)).flatMap(file -> file.policies().stream()).collect(toImmutableList());
    }

    /**
     * A domain that is described twice has the rules of both documents, so that neither removes the rules of the other.
     */
    DomainRules domainRules(String domain)
    {
        return shelved.values().stream()
                .filter(file -> file.counts(now))
                .flatMap(file -> Optional.ofNullable(file.domains().get(domain)).stream())
                .reduce(DomainRules::and)
                .orElse(DomainRules.NONE);
    }

    List<Closure> closures()
    {
        return closures.build();
    }

    List<Problem> problems()
    {
        return problems.toList();
    }

    private static Set<String> speakers(List<DescriptorFile> files)
    {
        return Stream.concat(
                        files.stream().flatMap(file -> DomainFolder.domain(Position.startOf(file.path()), Optional.empty()).stream()),
                        files.stream()
                                .flatMap(file -> file.descriptors().stream())
                                .flatMap(descriptor -> descriptor instanceof ProductDescriptor product ? DomainFolder.domain(product.position(), product.metadata().domain()).stream() : Stream.of()))
                .collect(toImmutableSet());
    }

    private void add(PolicyFile file)
    {
        // As for most files, which describe products
        if (file.saysNothing() && !folders.hasNameCollision(file.path())) {
            return;
        }
        // A file whose rules cause a fault in the mesh counts as broken
        Optional<FilePolicies> good = Fault.contain("the rules of this file cannot be checked", Position.startOf(file.path()), () -> read(file), fault -> {
            report(fault, DomainFolder.domain(fault.position(), Optional.empty()), Optional.empty());
            return Optional.empty();
        });
        if (good.isEmpty()) {
            keep(file, false);
        }
        else if (!good.get().isEmpty()) {
            shelved.put(file.path(), good.get());
        }
    }

    /**
     * @return nothing when what the file says is broken
     */
    private Optional<FilePolicies> read(PolicyFile file)
    {
        ImmutableList.Builder<PolicyDocument> policies = ImmutableList.builder();
        Map<String, DomainRules> domains = new LinkedHashMap<>();
        boolean collides = folders.hasNameCollision(file.path());
        boolean broken = (file.hasErrors() || collides) && (isKnown(file) || file.mayHoldPolicies()) ||
                (collides && !(file.policies().isEmpty() && file.domains().isEmpty()));
        for (PolicyDescriptor descriptor : file.policies()) {
            List<Problem> found = ImmutableList.<Problem>builder().addAll(descriptor.problems()).addAll(checks.check(descriptor.rules())).build();
            Optional<String> domain = DomainFolder.domain(descriptor.position(), Optional.empty());
            found.forEach(problem -> report(problem, domain, descriptor.owner()));
            if (file.path().startsWith("domains/") && domain.isEmpty()) {
                // Otherwise a folder that belongs to no domain would speak for the whole mesh
                problems.error(descriptor.position(), "this policy is in a folder below domains/ that belongs to no domain", "move it below governance/, or below domains/<domain>/");
                continue;
            }
            if (!file.isInFolderOfPolicies()) {
                // In another folder, a file that can no longer be read would not be recognized as a policy
                report(Problem.error(descriptor.position(), "a policy is read from a folder 'governance' only", "move it to governance/, or to domains/<domain>/governance/ for the products of one domain"), domain, descriptor.owner());
                broken = true;
            }
            if (found.stream().anyMatch(Problem::isError)) {
                broken = true;
            }
            if (!broken) {
                policies.add(new PolicyDocument(descriptor, domain));
            }
        }
        for (DomainDescriptor descriptor : file.domains()) {
            Optional<String> domain = descriptor.name().flatMap(name -> SqlNames.of(name.value()));
            List<Problem> found = checks.check(descriptor.rules());
            found.forEach(problem -> report(problem, domain, descriptor.owner()));
            // A wrong name is no better than wrong rules: it would take them from the domain that they are meant for
            boolean misnamed = domain.isEmpty() || DomainFolder.check(descriptor.position(), descriptor.name(), "name").isPresent();
            if (misnamed && (file.isInFolderOfNobody() || (saysNothing(descriptor) && !isKnown(file)))) {
                continue;
            }
            if (misnamed || found.stream().anyMatch(Problem::isError) || descriptor.problems().stream().anyMatch(Problem::isError)) {
                broken = true;
            }
            else {
                domains.merge(domain.get(), new DomainRules(descriptor.classification(), ImmutableSet.copyOf(descriptor.tags()), descriptor.rules()), DomainRules::and);
            }
        }
        return broken ? Optional.empty() : Optional.of(new FilePolicies(policies.build(), domains, Optional.empty()));
    }

    /**
     * A file that is broken or gone counts as it was when it was last read, for a time.
     */
    private void keep(PolicyFile file, boolean gone)
    {
        FilePolicies before = previous.flatMap(present -> Optional.ofNullable(present.policies().get(file.path()))).orElse(FilePolicies.NONE);
        Set<Optional<String>> domains = file.speaksFor(Optional.of(before));
        Optional<String> about = domains.size() == 1 ? domains.iterator().next() : Optional.empty();
        Instant until = before.until().orElseGet(() -> isKnown(file) || domains.stream().anyMatch(this::wasServed) ? now.plus(lastGoodTtl) : now);
        // Also when that time is over: it must not begin again with the next generation
        shelved.put(file.path(), before.until(until));
        if (gone && domains.stream().allMatch(domain -> domain.filter(name -> !speakers.get().contains(name)).isPresent())) {
            // The whole domain is gone, so no problem is reported; if the domain comes back without the file, it is closed
            closures.addAll(until.isAfter(now) ? ImmutableList.of() : domains.stream().map(domain -> new Closure(domain, Position.startOf(file.path()))).collect(toImmutableList()));
            return;
        }
        String remedy = gone ? "restore the file; to withdraw its policies, leave a file with only a comment" : "correct the errors of the file";
        if (until.isAfter(now)) {
            String broken = before.isEmpty()
                    ? "this file may hold policies and cannot be read; from %s on, the products that its policies may be about are not served"
                    : "the policies of this file are broken; their last valid version counts until %s";
            report(Problem.warning(
                    Position.startOf(file.path()),
                    (gone ? "this file is gone; the last valid version of its policies counts until %s" : broken).formatted(until),
                    remedy), about, Optional.empty());
            return;
        }
        for (Optional<String> domain : domains) {
            closures.add(new Closure(domain, Position.startOf(file.path())));
            report(Problem.error(
                    Position.startOf(file.path()),
                    "%s, so %s is served".formatted(gone ? "this file is gone with its policies" : "the policies of this file cannot be read", whatIsClosed(domain)),
                    remedy), domain, Optional.empty());
        }
    }

    /**
     * Closes the domains that the platform does not want to serve without their required policies.
     */
    private void require(List<RequiredPolicy> required)
    {
        for (RequiredPolicy entry : required) {
            boolean there = shelved.entrySet().stream().anyMatch(file -> entry.covers(file.getKey()) && file.getValue().counts(now) && !file.getValue().saysNothing());
            if (!there) {
                closures.add(new Closure(entry.domain(), entry.position()));
                report(Problem.error(
                        entry.position(),
                        "no policy can be read from '%s', which is required, so %s is served".formatted(entry.path(), whatIsClosed(entry.domain())),
                        "restore it, or take it out of requiredPolicies"), entry.domain(), Optional.empty());
            }
        }
        shelved.keySet().stream()
                .filter(file -> PlaceNames.isInPolicyFolder(file) && DomainFolder.of(Position.startOf(file)).isEmpty())
                .filter(file -> required.stream().noneMatch(entry -> entry.covers(file)))
                .forEach(file -> problems.warning(Position.startOf(file), "requiredPolicies does not name this file, so nobody notices if it disappears", "add '%s' to requiredPolicies in the Mesh document".formatted(file)));
    }

    private static String whatIsClosed(Optional<String> domain)
    {
        return domain.map(name -> "no product of domain '" + name + "'").orElse("no product");
    }

    /**
     * Whether something that the closure would remove was served before. Otherwise the closure takes effect at once.
     */
    private boolean wasServed(Optional<String> domain)
    {
        return previous.stream()
                .flatMap(Generation::products)
                .anyMatch(product -> domain.isEmpty() || domain.get().equals(product.domain()));
    }

    private void report(Problem problem, Optional<String> domain, Optional<String> owner)
    {
        Problem located = domain.map(problem::about).orElse(problem);
        problems.add(owner.map(located::ownedBy).orElse(located));
    }

    private boolean isKnown(PolicyFile file)
    {
        return previous.filter(present -> present.policies().containsKey(file.path())).isPresent();
    }

    private static boolean saysNothing(DomainDescriptor descriptor)
    {
        return descriptor.rules().isEmpty() && descriptor.classification().isEmpty() && descriptor.tags().isEmpty() && descriptor.problems().stream().noneMatch(Problem::isError);
    }
}
