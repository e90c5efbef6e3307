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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.rule.CheckDescriptor;
import org.trinomesh.rule.RuleDescriptor;
import org.trinomesh.rule.RuleSetDescriptor;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a Domain document says about every product of the domain.
 *
 * @param classification what products and columns inherit that have none of their own
 */
public record DomainRules(Optional<String> classification, Set<String> tags, RuleSetDescriptor rules)
{
    public static final DomainRules NONE = new DomainRules(Optional.empty(), ImmutableSet.of(), RuleSetDescriptor.NONE);

    public DomainRules
    {
        requireNonNull(classification, "classification is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(rules, "rules is null");
    }

    /**
     * The rules of both. The classification is that of this one, where it has one.
     */
    public DomainRules and(DomainRules other)
    {
        return new DomainRules(
                classification.or(other::classification),
                Sets.union(tags, other.tags()),
                new RuleSetDescriptor(
                        ImmutableList.<RuleDescriptor>builder().addAll(rules.rules()).addAll(other.rules().rules()).build(),
                        ImmutableList.<CheckDescriptor>builder().addAll(rules.checks()).addAll(other.rules().checks()).build()));
    }
}
