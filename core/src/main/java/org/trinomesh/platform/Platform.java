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
package org.trinomesh.platform;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.descriptor.MeshDescriptor;
import org.trinomesh.descriptor.MeshDescriptor.ConformanceDescriptor;
import org.trinomesh.descriptor.MeshDescriptor.GrantDescriptor;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.Principal;
import org.trinomesh.product.Principals;
import org.trinomesh.product.SqlNames;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.rule.PrincipalDescriptor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

/**
 * What the Mesh document says, validated.
 *
 * @param file the file of the document
 * @param catalogGrants what domains may publish of other Trino catalogs
 * @param environment which of a contract's servers hold the data here
 * @param requiredPolicies what must hold policies; empty where the document says nothing of it
 */
public record Platform(String file, Set<Principal> stewards, Set<Principal> discoverers, List<Grant> grants, List<CatalogGrant> catalogGrants, GovernanceSettings governance, Optional<String> environment, Optional<List<RequiredPolicy>> requiredPolicies)
{
    private static final Set<String> ENFORCEMENTS = ImmutableSet.of("off", "audit", "warn", "strict");

    public Platform
    {
        requireNonNull(file, "file is null");
        stewards = ImmutableSet.copyOf(requireNonNull(stewards, "stewards is null"));
        discoverers = ImmutableSet.copyOf(requireNonNull(discoverers, "discoverers is null"));
        grants = ImmutableList.copyOf(requireNonNull(grants, "grants is null"));
        catalogGrants = ImmutableList.copyOf(requireNonNull(catalogGrants, "catalogGrants is null"));
        requireNonNull(governance, "governance is null");
        requireNonNull(environment, "environment is null");
        requiredPolicies = requireNonNull(requiredPolicies, "requiredPolicies is null").map(ImmutableList::copyOf);
    }

    public static Platform of(MeshDescriptor descriptor, Problems problems)
    {
        List<Grant> grants = descriptor.grants().stream()
                .flatMap(grant -> grant(grant, problems).stream())
                .collect(toImmutableList());
        return new Platform(
                descriptor.position().file(),
                principals(descriptor.stewards()),
                principals(descriptor.discovery()),
                grants,
                descriptor.grants().stream().flatMap(grant -> catalogGrant(grant).stream()).collect(toImmutableList()),
                governance(descriptor, grants, problems),
                descriptor.environment(),
                descriptor.requiredPolicies().map(required -> required(descriptor, required, problems)));
    }

    private static List<RequiredPolicy> required(MeshDescriptor descriptor, List<Located<String>> required, Problems problems)
    {
        if (required.isEmpty()) {
            problems.error(descriptor.position(), "requiredPolicies is empty", "list what must be there, or remove the key");
        }
        return required.stream()
                .flatMap(written -> RequiredPolicy.of(written, problems).stream())
                .collect(toImmutableList());
    }

    private static GovernanceSettings governance(MeshDescriptor descriptor, List<Grant> grants, Problems problems)
    {
        Map<String, Set<Principal>> members = new HashMap<>();
        descriptor.members().forEach(entry -> domain(entry.domain(), problems)
                .ifPresent(domain -> members.merge(domain, principals(entry.principals()), (left, right) -> Sets.union(left, right).immutableCopy())));
        Map<String, IdentifierType> identifiers = new HashMap<>();
        descriptor.identifiers().forEach(entry -> entry.type().ifPresent(type -> {
            if (!type.value().matches("[a-z][a-z0-9_]*") || type.value().equals(IdentifierType.NO_IDENTIFIER)) {
                problems.error(type.position(), "'%s' cannot be an identifier type".formatted(type), "write lower-case letters, digits and '_': customer_id");
            }
            Set<String> domains = entry.domains().stream().flatMap(name -> domain(Optional.of(name), problems).stream()).collect(toImmutableSet());
            if (identifiers.putIfAbsent(type.value(), new IdentifierType(domains, values(entry.names()))) != null) {
                problems.error(type.position(), "identifier type '%s' is listed twice".formatted(type), "keep one entry with all of its domains");
            }
        }));
        checkConformance(descriptor.conformance(), problems);
        return new GovernanceSettings(members, identifiers, descriptor.conformance(), descriptor.encryption(), grants, descriptor.requiredPolicies().stream().flatMap(List::stream).map(Located::value).collect(toImmutableSet()));
    }

    private static void checkConformance(ConformanceDescriptor conformance, Problems problems)
    {
        Stream.of(conformance.interoperability(), conformance.piiHandling())
                .flatMap(Optional::stream)
                .filter(mode -> !ENFORCEMENTS.contains(mode.value()))
                .forEach(mode -> problems.error(mode.position(), "'%s' is not a way to enforce a policy".formatted(mode), "write one of " + String.join(", ", ENFORCEMENTS)));
        conformance.qualifiedName().ifPresent(pattern -> {
            try {
                Pattern.compile(pattern.value());
            }
            catch (PatternSyntaxException e) {
                problems.error(pattern.position(), "qualifiedName is not a regular expression: " + e.getDescription(), "write a pattern of domain.product.vN");
            }
        });
    }

    private static Optional<String> domain(Optional<Located<String>> written, Problems problems)
    {
        return written.flatMap(name -> {
            Optional<String> sqlName = SqlNames.of(name.value());
            if (sqlName.isEmpty()) {
                problems.error(name.position(), "'%s' cannot be the name of a domain".formatted(name), SqlNames.NAME_REMEDY);
            }
            return sqlName;
        });
    }

    /**
     * Whether the platform lets a domain bind to a table.
     */
    public boolean grants(String domain, PhysicalTable table)
    {
        return grants.stream().anyMatch(grant -> grant.domain().equals(domain) && grant.covers(table));
    }

    /**
     * The user as whom Trino reads a table of another catalog for a domain; empty when the platform does not let the domain publish it.
     */
    public Optional<String> runAs(String domain, TrinoTable table)
    {
        return catalogGrants.stream()
                .filter(grant -> grant.domain().equals(domain) && grant.covers(table))
                .map(CatalogGrant::runAs)
                .findFirst();
    }

    /**
     * The storages of which a domain may use a part, in order of name.
     */
    public Set<String> storages(String domain)
    {
        return grants.stream()
                .filter(grant -> grant.domain().equals(domain))
                .map(Grant::storage)
                .collect(toCollection(TreeSet::new));
    }

    /**
     * The folders that all files of a table have to lie in, whatever its metadata says. Empty where the catalog service alone says
     * what belongs to the table.
     */
    public Set<String> folders(String domain, PhysicalTable table)
    {
        List<Grant> given = grants.stream()
                .filter(grant -> grant.domain().equals(domain) && grant.storage().equals(table.storage()))
                .collect(toImmutableList());
        if (table instanceof PhysicalTable.CatalogTable && given.stream().anyMatch(grant -> grant.covers(table) && grant.locations().isEmpty())) {
            return ImmutableSet.of();
        }
        return given.stream()
                .flatMap(grant -> grant.locations().stream())
                .collect(toImmutableSet());
    }

    private static Set<Principal> principals(List<PrincipalDescriptor> descriptors)
    {
        return descriptors.stream().map(Principals::of).collect(toImmutableSet());
    }

    private static Optional<Grant> grant(GrantDescriptor descriptor, Problems problems)
    {
        for (Located<String> namespace : descriptor.namespaces()) {
            int star = namespace.value().indexOf('*');
            if (star >= 0 && star < namespace.value().length() - 1) {
                problems.error(namespace.position(), "namespace '%s' has a star that is not at its end".formatted(namespace), "write the exact namespace, or its beginning and a star");
            }
        }
        for (Located<String> location : descriptor.locations()) {
            if (!Grant.isPlainLocation(location.value())) {
                problems.error(location.position(), "location '%s' is not a plain folder".formatted(location), "write a scheme and a path without '..', '%', '*' and blanks: s3://bucket/folder/");
            }
        }
        Optional<String> domain = domain(descriptor.domain(), problems);
        if (domain.isEmpty() || descriptor.storage().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Grant(domain.get(), descriptor.storage().get().value(), values(descriptor.namespaces()), values(descriptor.locations())));
    }

    /**
     * What is wrong with the domain is reported for all grants alike.
     */
    private static Optional<CatalogGrant> catalogGrant(GrantDescriptor descriptor)
    {
        Optional<String> domain = descriptor.domain().flatMap(name -> SqlNames.of(name.value()));
        if (domain.isEmpty() || descriptor.trinoCatalog().isEmpty() || descriptor.runAs().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CatalogGrant(
                domain.get(),
                descriptor.trinoCatalog().get().value().toLowerCase(ENGLISH),
                descriptor.schemas().stream().map(schema -> schema.value().toLowerCase(ENGLISH)).collect(toImmutableSet()),
                descriptor.runAs().get().value()));
    }

    private static List<String> values(List<Located<String>> texts)
    {
        return texts.stream().map(Located::value).collect(toImmutableList());
    }
}
