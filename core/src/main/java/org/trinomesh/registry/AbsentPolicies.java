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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.platform.RequiredPolicy;
import org.trinomesh.problem.Position;
import org.trinomesh.product.DomainRules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Finds the policies that are missing because their files are gone. A missing file does not withdraw a policy: it may have been
 * renamed, its folder may have been moved, or a deployment may be in progress.
 */
final class AbsentPolicies
{
    private final Map<String, FilePolicies> before;
    private final Map<String, FilePolicies> now;
    private final Optional<List<RequiredPolicy>> required;

    /**
     * @param before what counted, by file
     * @param now what can be read, by file
     * @param required what the platform wants to be there
     */
    AbsentPolicies(Map<String, FilePolicies> before, Map<String, FilePolicies> now, Optional<List<RequiredPolicy>> required)
    {
        this.before = ImmutableMap.copyOf(requireNonNull(before, "before is null"));
        this.now = ImmutableMap.copyOf(requireNonNull(now, "now is null"));
        this.required = requireNonNull(required, "required is null");
    }

    /**
     * @param files that are there, whether they can be read or not
     */
    List<String> lost(Set<String> files)
    {
        return before.keySet().stream()
                // Other names are links or folders that could not be read; they never held rules themselves
                .filter(file -> !files.contains(file) && PlaceNames.isDescriptor(file))
                .filter(file -> !before.get(file).saysNothing() || !before.get(file).isGood())
                .filter(file -> !isWithdrawn(file) && !isMoved(file, before.get(file)))
                .sorted()
                .collect(toImmutableList());
    }

    /**
     * If the platform lists the required policies of the whole mesh, other policies of the whole mesh may disappear. A list with
     * files of domains only does not say anything about policies of the whole mesh.
     */
    private boolean isWithdrawn(String file)
    {
        List<RequiredPolicy> global = required.stream().flatMap(List::stream).filter(entry -> entry.domain().isEmpty()).collect(toImmutableList());
        return DomainFolder.of(Position.startOf(file)).isEmpty() && !global.isEmpty() && global.stream().noneMatch(entry -> entry.covers(file));
    }

    private boolean isMoved(String file, FilePolicies policies)
    {
        if (policies.isEmpty()) {
            // It could never be read, so it cannot be compared with what takes its place
            return now.entrySet().stream().anyMatch(entry -> entry.getValue().isGood() && !before.containsKey(entry.getKey()) && isSamePlace(entry.getKey(), file));
        }
        return policies.policies().stream().allMatch(policy -> isThere((other, own) -> own.repeats(policy) || (own.has(policy) && !knew(other, known -> known.has(policy))))) &&
                policies.domains().entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(DomainRules.NONE))
                        .allMatch(entry -> isThere((other, own) -> own.domains().containsKey(entry.getKey()) && !knew(other, known -> known.domains().containsKey(entry.getKey()))));
    }

    private boolean isThere(BiPredicate<String, FilePolicies> test)
    {
        return now.entrySet().stream().anyMatch(entry -> entry.getValue().isGood() && test.test(entry.getKey(), entry.getValue()));
    }

    private boolean knew(String file, Predicate<FilePolicies> test)
    {
        return Optional.ofNullable(before.get(file)).filter(test).isPresent();
    }

    private static boolean isSamePlace(String file, String other)
    {
        return DomainFolder.of(Position.startOf(file)).equals(DomainFolder.of(Position.startOf(other)));
    }
}
