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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.platform.GovernanceSettings;
import org.trinomesh.platform.IdentifierType;
import org.trinomesh.text.Words;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The identifier types of the platform for the products of one domain: of which type a column is, and whose pseudonyms the domain
 * may make. Whoever can have chosen values masked can find out what other pseudonyms stand for. So every mask that makes pseudonyms
 * is checked here, whichever rule brought it to the column.
 *
 * @param types by name; nothing where the platform is not known
 */
public record IdentifierTypes(String domain, Optional<Map<String, IdentifierType>> types)
{
    public IdentifierTypes
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(types, "types is null");
    }

    public static IdentifierTypes of(String domain, GovernanceSettings settings)
    {
        return new IdentifierTypes(domain, Optional.of(settings.identifiers()));
    }

    /**
     * For checking a document by itself.
     */
    public static IdentifierTypes unknown(String domain)
    {
        return new IdentifierTypes(domain, Optional.empty());
    }

    /**
     * The type of a column: the one it declares, else the one that goes by its name.
     *
     * @param declared as written
     */
    public Optional<String> of(Optional<String> declared, Collection<String> names)
    {
        if (declared.isPresent()) {
            return declared.map(Words::key).filter(type -> !type.equals(IdentifierType.NO_IDENTIFIER));
        }
        if (names().isEmpty()) {
            return Optional.empty();
        }
        return types.stream()
                .flatMap(listed -> listed.entrySet().stream())
                .filter(entry -> entry.getValue().names().stream().anyMatch(pattern -> names.stream().anyMatch(name -> Scope.isName(Words.key(pattern), Words.key(name)))))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /**
     * @param name the promised name
     */
    Optional<String> of(Optional<String> declared, String name, List<String> otherNames)
    {
        return of(declared, otherNames.isEmpty() ? ImmutableList.of(name) : ImmutableList.<String>builder().add(name).addAll(otherNames).build());
    }

    /**
     * Why the domain may not make pseudonyms of a type, if it may not.
     */
    public Optional<String> refusal(String type)
    {
        if (types.isEmpty()) {
            return Optional.empty();
        }
        IdentifierType listed = types.get().get(type);
        if (listed == null) {
            return Optional.of("identifier type '%s' is not listed under identifiers of the Mesh document".formatted(type));
        }
        return listed.domains().contains(domain)
                ? Optional.empty()
                : Optional.of("domain '%s' may not make pseudonyms of identifier type '%s'".formatted(domain, type));
    }

    public boolean isListed(String type)
    {
        return types.isEmpty() || types.get().containsKey(type);
    }

    public Set<String> names()
    {
        return types.map(Map::keySet).orElse(ImmutableSet.of());
    }

    /**
     * For which values a hash is the same: those of the column's type, else those of the domain. So nobody outside can make the hash
     * of a guess.
     */
    String hashScope(Optional<String> type)
    {
        // No identifier type has a colon in its name
        return type.filter(name -> refusal(name).isEmpty()).orElse("domain:" + domain);
    }
}
