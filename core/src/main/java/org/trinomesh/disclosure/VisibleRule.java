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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableList;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.Scope;
import org.trinomesh.policy.Validity;
import org.trinomesh.problem.Position;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A rule or a conformance check, as far as one requester may know it.
 *
 * @param name how people are told of it: the policy's name and the rule's id
 * @param policy the document that says it; empty for a consumer of a contract
 * @param kind the key of its list in documents: {@code masks}, {@code rowFilters}, {@code checks}
 * @param scope without products and domains that the requester may not know of
 * @param principals to whom it applies; empty for everybody. Whoever does not oversee the rule is told only what of these it is
 * @param except to whom it does not apply; nothing when there are some and they are not the requester's to know
 * @param position empty for what every mesh has
 */
public record VisibleRule(
        String name,
        Optional<String> policy,
        String kind,
        Level level,
        Optional<String> domain,
        String effect,
        Scope scope,
        List<String> principals,
        Optional<List<String>> except,
        Validity validity,
        Optional<String> description,
        Optional<Position> position)
        implements Fact
{
    public VisibleRule
    {
        requireNonNull(name, "name is null");
        requireNonNull(policy, "policy is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(level, "level is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(scope, "scope is null");
        principals = ImmutableList.copyOf(requireNonNull(principals, "principals is null"));
        except = except.map(ImmutableList::copyOf);
        requireNonNull(validity, "validity is null");
        requireNonNull(description, "description is null");
        requireNonNull(position, "position is null");
    }

    @Override
    public Set<Closeness> closeness()
    {
        return Closeness.DISCOVERERS;
    }
}
