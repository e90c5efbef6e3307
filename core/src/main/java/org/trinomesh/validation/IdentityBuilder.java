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
package org.trinomesh.validation;

import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.ProductDescriptor.DeprecationDescriptor;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.SemanticVersion;
import org.trinomesh.product.SqlNames;
import org.trinomesh.product.Status;
import org.trinomesh.validation.ProductCandidate.Identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Reads the names, the version and the status of a data product from its document, and reports names that no product can have.
 */
final class IdentityBuilder
{
    private final ProductDescriptor descriptor;
    private final Problems problems;

    IdentityBuilder(ProductDescriptor descriptor, Problems problems)
    {
        this.descriptor = requireNonNull(descriptor, "descriptor is null");
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * The names in a document, without reporting problems. A document in the folder of another domain has no name there, so
     * that it cannot take any from others.
     */
    static Optional<Identity> identify(ProductDescriptor descriptor)
    {
        ProductDescriptor.Metadata metadata = descriptor.metadata();
        Optional<String> domain = metadata.domain().flatMap(name -> SqlNames.of(name.value())).filter(name -> !SqlNames.RESERVED_DOMAINS.contains(name));
        Optional<String> sqlName = metadata.name().flatMap(name -> SqlNames.of(name.value()));
        if (domain.isEmpty() || sqlName.isEmpty() || DomainFolder.check(descriptor.position(), metadata.domain(), "domain").isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Identity(
                metadata.domain().orElseThrow().value(),
                domain.get(),
                metadata.name().orElseThrow().value(),
                sqlName.get(),
                metadata.version().flatMap(version -> SemanticVersion.parse(version.value())).map(version -> OptionalInt.of(version.major())).orElseGet(OptionalInt::empty),
                metadata.status().flatMap(status -> status(status.value())).orElse(Status.ACTIVE)));
    }

    void checkNames()
    {
        descriptor.metadata().domain().ifPresent(domain -> {
            Optional<String> sqlName = SqlNames.of(domain.value());
            if (sqlName.isEmpty()) {
                problems.error(domain.position(), "'%s' cannot be the name of a domain".formatted(domain), SqlNames.NAME_REMEDY);
            }
            else if (SqlNames.RESERVED_DOMAINS.contains(sqlName.get())) {
                problems.error(domain.position(), SqlNames.reserved(domain.value()), "give the domain another name");
            }
        });
        DomainFolder.check(descriptor.position(), descriptor.metadata().domain(), "domain").ifPresent(problems::add);
        descriptor.metadata().name().ifPresent(name -> {
            if (SqlNames.of(name.value()).isEmpty()) {
                problems.error(name.position(), "'%s' cannot be the name of a data product".formatted(name), SqlNames.NAME_REMEDY);
            }
        });
    }

    Optional<SemanticVersion> version()
    {
        return descriptor.metadata().version().flatMap(text -> {
            Optional<SemanticVersion> version = SemanticVersion.parse(text.value());
            if (version.isEmpty()) {
                problems.error(text.position(), "version '%s' is not major.minor.patch".formatted(text), "write three numbers: 2.1.0");
            }
            return version;
        });
    }

    void checkStatus()
    {
        descriptor.metadata().status().ifPresent(text -> {
            if (status(text.value()).isEmpty()) {
                problems.error(text.position(), "status '%s' is not known".formatted(text), "write one of proposed, draft, active, deprecated, retired");
            }
        });
    }

    /**
     * Consumers of a deprecated product need to know when it ends, and what to use instead.
     *
     * @param end what is said of it in the product or its contracts
     */
    void checkDeprecation(Optional<DeprecationDescriptor> end)
    {
        descriptor.metadata().status()
                .filter(text -> status(text.value()).equals(Optional.of(Status.DEPRECATED)))
                .filter(_ -> end.flatMap(DeprecationDescriptor::endOfLife).isEmpty() && end.flatMap(DeprecationDescriptor::replacedBy).isEmpty())
                .ifPresent(text -> problems.warning(
                        text.position(),
                        "the product is deprecated, but neither its end of life nor its successor is announced",
                        descriptor.terms().isPresent()
                                ? "add slaProperties with property: endOfLife to its contract"
                                : "add 'deprecation: {deprecatedOn: 2026-03-31, endOfLife: 2026-09-30, replacedBy: the-successor}' under spec"));
    }

    private static Optional<Status> status(String text)
    {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().toLowerCase(ENGLISH).equals(text))
                .findFirst();
    }
}
