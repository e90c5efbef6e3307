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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.platform.GovernanceSettings;
import org.trinomesh.product.Principal;
import org.trinomesh.rule.SubjectDescriptor;
import org.trinomesh.text.Words;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * To whom a rule applies, once it is known to which product.
 *
 * @param everybody whether it applies to all but the exceptions
 * @param exceptStewards whether the product's stewards are exempt
 */
public record Audience(boolean everybody, Set<Principal> principals, Set<Principal> except, boolean exceptStewards)
{
    /**
     * The audience of a product's own {@code mask:} at a column.
     */
    static final Audience ALL_BUT_STEWARDS = new Audience(true, ImmutableSet.of(), ImmutableSet.of(), true);

    public Audience
    {
        principals = ImmutableSet.copyOf(requireNonNull(principals, "principals is null"));
        except = ImmutableSet.copyOf(requireNonNull(except, "except is null"));
    }

    /**
     * @param domain the domain that owns the product
     */
    public static Audience of(List<SubjectDescriptor> principals, List<SubjectDescriptor> except, String domain, GovernanceSettings settings)
    {
        return new Audience(principals.isEmpty(), resolve(principals, domain, settings), resolve(except, domain, settings), false);
    }

    private static Set<Principal> resolve(List<SubjectDescriptor> subjects, String domain, GovernanceSettings settings)
    {
        return subjects.stream()
                .flatMap(subject -> resolve(subject, domain, settings))
                .collect(toImmutableSet());
    }

    private static Stream<Principal> resolve(SubjectDescriptor subject, String domain, GovernanceSettings settings)
    {
        String name = subject.name().value();
        return switch (subject.kind()) {
            case "user" -> Stream.of(new Principal(Principal.Kind.USER, name));
            case "group" -> Stream.of(new Principal(Principal.Kind.GROUP, name));
            case "role" -> Stream.of(new Principal(Principal.Kind.ROLE, name));
            case "domain" -> Stream.of(new Principal(Principal.Kind.DOMAIN, Words.nameKey(name)));
            case "members" -> members(name.equals(SubjectDescriptor.OWNING_DOMAIN) ? domain : Words.nameKey(name), settings);
            default -> throw new IllegalArgumentException("Unknown kind of principal: " + subject.kind());
        };
    }

    /**
     * The people of a domain, and the queries of its products: what they show of this to others is masked there.
     */
    private static Stream<Principal> members(String domain, GovernanceSettings settings)
    {
        return Stream.concat(settings.membersOf(domain).stream(), Stream.of(new Principal(Principal.Kind.DOMAIN, domain)));
    }

    /**
     * @param matched every principal of those that rules name that the requester is
     */
    boolean includes(Set<Principal> matched, boolean steward)
    {
        return (everybody || principals.stream().anyMatch(matched::contains)) &&
                except.stream().noneMatch(matched::contains) &&
                !(exceptStewards && steward);
    }

    /**
     * Whether this audience includes the other one, as far as names can tell.
     */
    public boolean covers(Audience other)
    {
        return coversReaders(other) && (!exceptStewards || other.exceptStewards);
    }

    /**
     * The same, whatever holds for the stewards of a product.
     */
    public boolean coversReaders(Audience other)
    {
        boolean to = everybody || (!other.everybody && principals.containsAll(other.principals));
        return to && other.except.containsAll(except);
    }

    /**
     * Whether it includes a requester that is this principal and no other, and no steward.
     */
    public boolean includes(Principal principal)
    {
        return includes(ImmutableSet.of(principal), false);
    }

    /**
     * The same without an exception for the stewards of the product.
     */
    public Audience includingStewards()
    {
        return new Audience(everybody, principals, except, false);
    }

    public boolean names(Principal principal)
    {
        return everybody || principals.contains(principal);
    }

    public Stream<Principal> mentions()
    {
        return Stream.concat(principals.stream(), except.stream());
    }

    /**
     * For people: {@code group:analysts, user:ana except group:governance}.
     */
    public Optional<String> exceptions()
    {
        Set<String> all = Stream.concat(except.stream().map(Principal::toString), exceptStewards ? Stream.of("the product's stewards") : Stream.of()).collect(toImmutableSet());
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }
}
