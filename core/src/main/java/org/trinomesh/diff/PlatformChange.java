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
import org.trinomesh.conformance.Check;
import org.trinomesh.conformance.Enforcement;
import org.trinomesh.diff.AccessChange.Effect;
import org.trinomesh.platform.GovernanceSettings;
import org.trinomesh.platform.Grant;
import org.trinomesh.platform.IdentifierType;
import org.trinomesh.problem.Located;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Something that the platform now lets a domain do, or no longer lets it.
 *
 * @param text what, for people
 */
public record PlatformChange(String text, Effect effect)
{
    private static final List<String> MODES = ImmutableList.of("off", "audit", "warn", "strict");

    public PlatformChange
    {
        requireNonNull(text, "text is null");
        requireNonNull(effect, "effect is null");
    }

    /**
     * In order of what they are about: grants, then identifier types.
     */
    static List<PlatformChange> compare(GovernanceSettings before, GovernanceSettings after)
    {
        ImmutableList.Builder<PlatformChange> changes = ImmutableList.builder();
        grants(after.grants(), before.grants()).forEach(text -> changes.add(new PlatformChange(text, Effect.GAIN)));
        grants(before.grants(), after.grants()).forEach(text -> changes.add(new PlatformChange(text, Effect.LOSS)));
        identifiers(after.identifiers(), before.identifiers()).forEach(text -> changes.add(new PlatformChange(text, Effect.GAIN)));
        identifiers(before.identifiers(), after.identifiers()).forEach(text -> changes.add(new PlatformChange(text, Effect.LOSS)));
        weakened(before, after).forEach(text -> changes.add(new PlatformChange(text, Effect.GAIN)));
        weakened(after, before).forEach(text -> changes.add(new PlatformChange(text, Effect.LOSS)));
        // A column that is named like an identifier is masked like one
        names(before.identifiers(), after.identifiers()).forEach(text -> changes.add(new PlatformChange(text, Effect.GAIN)));
        names(after.identifiers(), before.identifiers()).forEach(text -> changes.add(new PlatformChange(text, Effect.LOSS)));
        return changes.build();
    }

    /**
     * The differences between two lists of grants.
     */
    private static Set<String> grants(List<Grant> grants, List<Grant> others)
    {
        Set<String> given = new TreeSet<>();
        for (Grant grant : grants) {
            List<Grant> same = others.stream().filter(other -> other.domain().equals(grant.domain()) && other.storage().equals(grant.storage())).toList();
            grant.namespaces().stream()
                    .filter(namespace -> same.stream().noneMatch(other -> other.coversNamespaces(namespace)))
                    .forEach(namespace -> given.add("domain %s may publish tables of namespace '%s' in storage %s".formatted(grant.domain(), namespace, grant.storage())));
            grant.locations().stream()
                    .filter(location -> same.stream().noneMatch(other -> other.coversLocation(location)))
                    .forEach(location -> given.add("domain %s may publish tables below '%s' in storage %s".formatted(grant.domain(), location, grant.storage())));
            // Locations confine the files of tables, also of those that a namespace grants
            boolean wasConfined = same.stream().anyMatch(other -> !other.locations().isEmpty());
            if (wasConfined && grants.stream().filter(other -> other.domain().equals(grant.domain()) && other.storage().equals(grant.storage())).allMatch(other -> other.locations().isEmpty())) {
                given.add("files of tables that domain %s publishes may lie anywhere in storage %s".formatted(grant.domain(), grant.storage()));
            }
        }
        return given;
    }

    /**
     * Requirements of the platform in the first mesh that the second one lacks or enforces less strictly.
     */
    private static Set<String> weakened(GovernanceSettings settings, GovernanceSettings others)
    {
        Set<String> gone = new TreeSet<>();
        Sets.difference(settings.requiredPolicies(), others.requiredPolicies()).forEach(path -> gone.add("policies in %s are no longer required".formatted(path)));
        if (mode(settings.conformance().interoperability()) > mode(others.conformance().interoperability())) {
            gone.add("the policy interoperability is enforced less strictly");
        }
        if (mode(settings.conformance().piiHandling()) > mode(others.conformance().piiHandling())) {
            gone.add("the policy pii-handling is enforced less strictly");
        }
        return gone;
    }

    /**
     * Strict checks of policies that no longer take products out of service.
     */
    static List<PlatformChange> checks(List<Check> before, List<Check> after)
    {
        Map<String, Enforcement> now = new HashMap<>();
        after.forEach(check -> now.put(check.id(), check.enforcement()));
        return before.stream()
                .filter(check -> check.position().isPresent() && check.enforcement() == Enforcement.STRICT && now.get(check.id()) != Enforcement.STRICT)
                .map(check -> new PlatformChange(now.containsKey(check.id())
                        ? "check %s is enforced less strictly (strict -> %s)".formatted(check.id(), now.get(check.id()).toString().toLowerCase(ENGLISH))
                        : "the strict check %s is gone".formatted(check.id()), Effect.GAIN))
                .collect(toImmutableList());
    }

    private static int mode(Optional<Located<String>> written)
    {
        return written.map(mode -> MODES.indexOf(mode.value())).orElse(MODES.size() - 1);
    }

    private static Set<String> identifiers(Map<String, IdentifierType> types, Map<String, IdentifierType> others)
    {
        Set<String> given = new TreeSet<>();
        types.forEach((name, type) -> Sets.difference(type.domains(), Optional.ofNullable(others.get(name)).map(IdentifierType::domains).orElse(Set.of()))
                .forEach(domain -> given.add("domain %s may make pseudonyms of identifier type %s".formatted(domain, name))));
        return given;
    }

    private static Set<String> names(Map<String, IdentifierType> types, Map<String, IdentifierType> others)
    {
        Set<String> gone = new TreeSet<>();
        types.forEach((name, type) -> type.names().stream()
                .filter(pattern -> Optional.ofNullable(others.get(name)).filter(other -> other.names().contains(pattern)).isEmpty())
                .forEach(pattern -> gone.add("columns named '%s' count as identifier type %s only when they declare it".formatted(pattern, name))));
        return gone;
    }
}
