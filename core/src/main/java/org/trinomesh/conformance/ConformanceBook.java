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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.MeshDescriptor.ConformanceDescriptor;
import org.trinomesh.policy.Scope;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.PolicyDocument;
import org.trinomesh.rule.CheckDescriptor;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.text.Words;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * The conformance checks of the mesh, compiled, with the products they are about and the waivers from them.
 */
public record ConformanceBook(List<ScopedCheck> checks, List<Waiver> waivers, List<Problem> problems)
{
    public ConformanceBook
    {
        checks = ImmutableList.copyOf(requireNonNull(checks, "checks is null"));
        waivers = ImmutableList.copyOf(requireNonNull(waivers, "waivers is null"));
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    public static ConformanceBook of(Mesh mesh)
    {
        Problems problems = new Problems();
        ImmutableList.Builder<ScopedCheck> checks = ImmutableList.builder();
        checks.addAll(builtIn(mesh.governance().settings().conformance(), problems));
        ImmutableList.Builder<Waiver> waivers = ImmutableList.builder();
        // The checks of the whole mesh first: the checks of a domain may use up the time of the domain
        List<PolicyDocument> policies = mesh.governance().policies().stream().sorted(comparing(policy -> policy.domain().isPresent())).collect(toImmutableList());
        for (PolicyDocument policy : policies) {
            checks.addAll(read(policy.descriptor().rules(), policy.name(), policy.domain(), problems));
            if (policy.domain().isPresent() && !policy.descriptor().waivers().isEmpty()) {
                problems.error(policy.descriptor().waivers().getFirst().position(), "a domain cannot waive checks", "ask governance for the waiver: it belongs below governance/");
                continue;
            }
            policy.descriptor().waivers().stream()
                    .filter(waiver -> waiver.check().isPresent() && waiver.product().isPresent() && waiver.until().isPresent())
                    .forEach(waiver -> waivers.add(new Waiver(
                            waiver.check().get().value(),
                            Words.nameKey(waiver.product().get().value()),
                            waiver.until().get().value(),
                            waiver.reason().orElse(""),
                            waiver.approvedBy(),
                            waiver.position())));
        }
        for (Domain domain : mesh.domains()) {
            checks.addAll(read(domain.rules().rules(), domain.name(), Optional.of(domain.name()), problems));
        }
        ConformanceBook book = new ConformanceBook(checks.build(), waivers.build(), problems.toList());
        problems.addAll(book.conformance(book.checks()).uselessWaivers(mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .map(DataProduct::qualifiedName)
                .collect(toImmutableSet())));
        return new ConformanceBook(book.checks(), book.waivers(), problems.toList());
    }

    public Conformance of(DataProduct product)
    {
        return conformance(checks.stream().filter(check -> check.isAbout(product)).collect(toImmutableList()));
    }

    /**
     * The checks of one document, and what cannot be understood in them.
     */
    public static List<ScopedCheck> read(RuleSetDescriptor rules, String policy, Optional<String> domain, Problems problems)
    {
        return rules.checks().stream()
                .flatMap(check -> read(check, policy, domain, problems).stream())
                .collect(toImmutableList());
    }

    private static Optional<ScopedCheck> read(CheckDescriptor descriptor, String policy, Optional<String> domain, Problems problems)
    {
        Optional<Enforcement> enforcement = descriptor.enforcement().map(written -> enforcement(written, problems)).orElse(Optional.of(Enforcement.WARN));
        if (descriptor.id().isEmpty() || descriptor.expression().isEmpty() || enforcement.isEmpty()) {
            return Optional.empty();
        }
        String expression = descriptor.expression().get().value();
        try {
            return Optional.of(new ScopedCheck(
                    new Check(
                            policy + "/" + descriptor.id().get(),
                            policy,
                            descriptor.description().orElse(""),
                            descriptor.message().or(descriptor::description).orElseGet(() -> "this does not hold for the data product: " + expression),
                            "change the product so that this holds: " + expression,
                            enforcement.get(),
                            Optional.of(descriptor.position()),
                            CheckCompiler.compile(expression),
                            Optional.empty()),
                    new Scope(descriptor.scope()),
                    domain));
        }
        catch (InvalidCheckException e) {
            problems.error(descriptor.expression().get().position(), "check '%s': %s".formatted(descriptor.id().get(), e.getMessage()), e.remedy());
            return Optional.empty();
        }
    }

    private static List<ScopedCheck> builtIn(ConformanceDescriptor settings, Problems problems)
    {
        // Unknown words were already reported with the Mesh document, which is then not used
        Enforcement interoperability = settings.interoperability().flatMap(written -> enforcement(written, new Problems())).orElse(Enforcement.STRICT);
        Enforcement piiHandling = settings.piiHandling().flatMap(written -> enforcement(written, new Problems())).orElse(Enforcement.STRICT);
        List<Check> checks;
        try {
            checks = BuiltInChecks.of(interoperability, piiHandling, settings.qualifiedName().map(Located::value).orElse(BuiltInChecks.DEFAULT_QUALIFIED_NAME));
        }
        catch (InvalidCheckException e) {
            problems.error(settings.qualifiedName().orElseThrow().position(), e.getMessage(), e.remedy());
            checks = BuiltInChecks.of(interoperability, piiHandling, BuiltInChecks.DEFAULT_QUALIFIED_NAME);
        }
        return checks.stream()
                .map(check -> new ScopedCheck(check, Scope.EVERYTHING, Optional.empty()))
                .collect(toImmutableList());
    }

    private static Optional<Enforcement> enforcement(Located<String> written, Problems problems)
    {
        for (Enforcement enforcement : Enforcement.values()) {
            if (enforcement.name().toLowerCase(ENGLISH).equals(written.value())) {
                return Optional.of(enforcement);
            }
        }
        problems.error(written.position(), "'%s' is not a way to enforce a check".formatted(written), "write off, audit, warn or strict");
        return Optional.empty();
    }

    private Conformance conformance(List<ScopedCheck> about)
    {
        return new Conformance(about.stream().map(ScopedCheck::check).collect(toImmutableList()), waivers);
    }
}
