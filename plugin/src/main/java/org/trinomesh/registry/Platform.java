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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.Located;
import org.trinomesh.descriptor.MeshDescriptor;
import org.trinomesh.descriptor.MeshDescriptor.GrantDescriptor;
import org.trinomesh.descriptor.PrincipalDescriptor;
import org.trinomesh.descriptor.Problems;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * What the Mesh document says, validated.
 *
 * @param file the file of the document
 */
record Platform(String file, Set<Principal> stewards, Set<Principal> discoverers, List<Grant> grants)
{
    Platform
    {
        requireNonNull(file, "file is null");
        stewards = ImmutableSet.copyOf(requireNonNull(stewards, "stewards is null"));
        discoverers = ImmutableSet.copyOf(requireNonNull(discoverers, "discoverers is null"));
        grants = ImmutableList.copyOf(requireNonNull(grants, "grants is null"));
    }

    static Platform of(MeshDescriptor descriptor, Problems problems)
    {
        return new Platform(
                descriptor.position().file(),
                principals(descriptor.stewards()),
                principals(descriptor.discovery()),
                descriptor.grants().stream()
                        .flatMap(grant -> grant(grant, problems).stream())
                        .collect(toImmutableList()));
    }

    /**
     * Whether the platform lets a domain bind to a table.
     */
    boolean grants(String domain, PhysicalTable table)
    {
        return grants.stream().anyMatch(grant -> grant.domain().equals(domain) && grant.covers(table));
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
        Optional<String> domain = descriptor.domain().flatMap(name -> {
            Optional<String> sqlName = SqlNames.of(name.value());
            if (sqlName.isEmpty()) {
                problems.error(name.position(), "'%s' cannot be the name of a domain".formatted(name), SqlNames.NAME_REMEDY);
            }
            return sqlName;
        });
        if (domain.isEmpty() || descriptor.storage().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Grant(domain.get(), descriptor.storage().get().value(), values(descriptor.namespaces()), values(descriptor.locations())));
    }

    private static List<String> values(List<Located<String>> texts)
    {
        return texts.stream().map(Located::value).collect(toImmutableList());
    }
}
