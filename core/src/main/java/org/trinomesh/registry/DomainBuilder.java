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
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.product.SqlNames;
import org.trinomesh.validation.ProductBuilder;
import org.trinomesh.validation.ProductCandidate;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * The domains that documents describe, and those that only products name.
 */
final class DomainBuilder
{
    private final Map<String, DomainDescriptor> described = new LinkedHashMap<>();
    private final SetMultimap<String, String> spellings = LinkedHashMultimap.create();
    private final SetMultimap<String, String> written = LinkedHashMultimap.create();
    private final Problems problems = new Problems();

    DomainBuilder(List<DomainDescriptor> descriptors)
    {
        descriptors.forEach(descriptor -> Fault.guard(
                "this domain cannot be checked",
                descriptor.position(),
                () -> add(descriptor),
                fault -> problems.add(DomainFolder.domain(descriptor.position(), Optional.empty()).map(fault::about).orElse(fault))));
    }

    List<Problem> problems()
    {
        return problems.toList();
    }

    /**
     * Two spellings of one schema would be two domains with one name. Those that a Domain document spells so are right.
     */
    void checkSpelling(List<ProductCandidate> candidates)
    {
        written.putAll(spellings);
        candidates.stream()
                .flatMap(candidate -> candidate.identity().stream())
                .filter(identity -> spellings.get(identity.domain()).isEmpty())
                .forEach(identity -> written.put(identity.domain(), identity.writtenDomain()));
        for (ProductCandidate candidate : candidates) {
            candidate.identity().ifPresent(identity -> {
                Set<String> allowed = written.get(identity.domain());
                if (allowed.size() > 1 || !allowed.contains(identity.writtenDomain())) {
                    candidate.error(
                            "domain '%s' is also written %s, and both would be the schema '%s'".formatted(identity.writtenDomain(), quotedOthers(allowed, identity.writtenDomain()), identity.domain()),
                            "write the domain's name the same everywhere");
                }
            });
        }
    }

    List<Domain> build(Collection<DataProduct> products, PolicyShelf policies)
    {
        Map<String, ImmutableList.Builder<DataProduct>> byDomain = new HashMap<>();
        described.keySet().forEach(name -> byDomain.put(name, ImmutableList.builder()));
        products.stream()
                .sorted(comparing(DataProduct::qualifiedName).thenComparing(DataProduct::version))
                .forEach(product -> byDomain.computeIfAbsent(product.domain(), _ -> ImmutableList.builder()).add(product));
        return byDomain.entrySet().stream()
                .map(entry -> domain(entry.getKey(), written.get(entry.getKey()).stream().findFirst().orElse(entry.getKey()), Optional.ofNullable(described.get(entry.getKey())), policies.domainRules(entry.getKey()), entry.getValue().build()))
                .collect(toImmutableList());
    }

    private void add(DomainDescriptor descriptor)
    {
        Optional<String> sqlName = descriptor.name().flatMap(name -> SqlNames.of(name.value()));
        Optional<String> ownDomain = DomainFolder.domain(descriptor.position(), descriptor.name());
        descriptor.problems().forEach(problem -> problems.add(ownDomain.map(problem::about).orElse(problem)));
        if (descriptor.name().isEmpty()) {
            return;
        }
        Optional<Problem> foreign = DomainFolder.check(descriptor.position(), descriptor.name(), "name");
        if (foreign.isPresent()) {
            problems.add(ownDomain.map(foreign.get()::about).orElse(foreign.get()));
            return;
        }
        String written = descriptor.name().get().value();
        if (sqlName.isEmpty()) {
            problems.error(descriptor.name().get().position(), "'%s' cannot be the name of a domain".formatted(written), SqlNames.NAME_REMEDY);
            return;
        }
        if (SqlNames.RESERVED_DOMAINS.contains(sqlName.get())) {
            problems.error(descriptor.name().get().position(), SqlNames.reserved(written), "give the domain another name");
            return;
        }
        spellings.put(sqlName.get(), written);
        DomainDescriptor first = described.putIfAbsent(sqlName.get(), descriptor);
        if (first != null) {
            problems.add(Problem.error(
                    descriptor.name().get().position(),
                    "domain '%s' is described twice, first in %s".formatted(written, first.position()),
                    "keep one Domain document for it").about(sqlName.get()));
        }
    }

    private static Domain domain(String name, String displayName, Optional<DomainDescriptor> descriptor, DomainRules rules, List<DataProduct> products)
    {
        return new Domain(
                name,
                displayName,
                descriptor.flatMap(DomainDescriptor::owner),
                descriptor.flatMap(DomainDescriptor::description),
                descriptor.map(DomainDescriptor::contacts).orElse(ImmutableList.of()).stream()
                        .flatMap(channel -> ProductBuilder.support(channel).stream())
                        .collect(toImmutableList()),
                rules,
                products);
    }

    private static String quotedOthers(Set<String> spellings, String own)
    {
        return spellings.stream()
                .filter(spelling -> !spelling.equals(own))
                .map(spelling -> "'" + spelling + "'")
                .reduce((left, right) -> left + " and " + right)
                .orElse("otherwise");
    }
}
