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
import com.google.common.collect.Sets;
import org.trinomesh.governance.Governance;
import org.trinomesh.policy.ProductPolicy;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Principal;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * A principal, or a person, for whom two meshes are compared.
 *
 * @param name for people: {@code group:analysts}
 * @param requester who is that and nothing else
 * @param principal the one that the viewer stands for; empty for everybody else, and for a person with all groups
 * @param person whether the requester is a real one, so that row filters mean what they mean to it
 */
public record Viewer(String name, Requester requester, Optional<Principal> principal, boolean person)
{
    public Viewer
    {
        requireNonNull(name, "name is null");
        requireNonNull(requester, "requester is null");
        requireNonNull(principal, "principal is null");
    }

    public static Viewer person(Requester requester)
    {
        String groups = requester.groups().stream().sorted().collect(joining(", "));
        return new Viewer("user:" + requester.user() + (groups.isEmpty() ? "" : " in " + groups), requester, Optional.empty(), true);
    }

    /**
     * Every principal that a rule of either mesh names, each alone, and one viewer for everybody else.
     */
    static List<Viewer> of(Governance before, Governance after)
    {
        Set<Principal> named = Sets.union(named(before), named(after));
        // The name of an owner means a user or a role; both know the same of what they own
        Set<Principal> owners = Sets.union(owners(before.mesh()), owners(after.mesh())).stream()
                .filter(owner -> !named.contains(new Principal(Principal.Kind.USER, owner.name())))
                .collect(toImmutableSet());
        Set<Principal> all = Sets.union(named, owners);
        String nobody = nobody(all);
        ImmutableList.Builder<Viewer> viewers = ImmutableList.builder();
        viewers.add(new Viewer("everybody else", requester(nobody, Optional.empty()), Optional.empty(), false));
        all.stream()
                .sorted(comparing(Principal::toString))
                .forEach(principal -> viewers.add(new Viewer(principal.toString(), requester(nobody, Optional.of(principal)), Optional.of(principal), false)));
        return viewers.build();
    }

    private static Requester requester(String nobody, Optional<Principal> principal)
    {
        Optional<String> domain = names(principal, Principal.Kind.DOMAIN).findFirst();
        if (domain.isPresent()) {
            return Requester.ofDomain(domain.get());
        }
        return new Requester(
                names(principal, Principal.Kind.USER).findFirst().orElse(nobody),
                names(principal, Principal.Kind.GROUP).collect(toImmutableSet()),
                names(principal, Principal.Kind.ROLE).collect(toImmutableSet()));
    }

    private static Stream<String> names(Optional<Principal> principal, Principal.Kind kind)
    {
        return principal.stream().filter(candidate -> candidate.kind() == kind).map(Principal::name);
    }

    /**
     * A name that no rule speaks of.
     */
    private static String nobody(Set<Principal> principals)
    {
        String name = "nobody";
        while (principals.contains(new Principal(Principal.Kind.USER, name))) {
            name += "_";
        }
        return name;
    }

    private static Set<Principal> named(Governance governance)
    {
        Mesh mesh = governance.mesh();
        return Stream.of(
                        mesh.stewards().stream(),
                        mesh.discoverers().stream(),
                        mesh.governance().settings().members().values().stream().flatMap(Set::stream),
                        products(mesh).map(governance::policy).flatMap(Viewer::named),
                        products(mesh).flatMap(product -> product.contract().stream())
                                .flatMap(contract -> contract.consumers().stream())
                                .map(Contract.Consumer::principal)
                                .filter(consumer -> !consumer.name().isBlank()))
                .flatMap(principals -> principals)
                .collect(toImmutableSet());
    }

    private static Stream<Principal> named(ProductPolicy policy)
    {
        return Stream.concat(
                policy.grants().stream().flatMap(grant -> Stream.concat(Stream.of(grant.principal()), grant.except().stream())),
                policy.rules().flatMap(rule -> rule.audience().mentions()));
    }

    private static Set<Principal> owners(Mesh mesh)
    {
        return products(mesh)
                .map(DataProduct::owner)
                .filter(owner -> !owner.isBlank())
                .map(owner -> new Principal(Principal.Kind.ROLE, owner))
                .collect(toImmutableSet());
    }

    private static Stream<DataProduct> products(Mesh mesh)
    {
        return mesh.domains().stream().flatMap(domain -> domain.products().stream());
    }
}
