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
import com.google.common.collect.Sets;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.mask.Mask;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.product.Permission;
import org.trinomesh.rule.RuleDescriptor;
import org.trinomesh.rule.SubjectDescriptor;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * A parsed and validated rule.
 *
 * @param domain whose products it may speak of; empty for all
 */
public record Rule(RuleName name, Level level, Optional<String> domain, Effect effect, Scope scope, List<SubjectDescriptor> principals, List<SubjectDescriptor> except, Validity validity, Optional<String> description, Position position)
{
    /**
     * The effect of a rule on those to whom it applies.
     */
    public sealed interface Effect
    {
        /**
         * @param replacesKnown whether only this rule and what products say today counts for the columns, not what they said before
         */
        record Classify(Optional<String> classification, Set<String> tags, boolean replacesKnown)
                implements Effect
        {
            public Classify
            {
                requireNonNull(classification, "classification is null");
                tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
            }

            @Override
            public String toString()
            {
                return classification.map(word -> "classification " + word).orElse("") + (tags.isEmpty() ? "" : " tags " + tags);
            }
        }

        record MaskColumns(Mask mask)
                implements Effect
        {
            public MaskColumns
            {
                requireNonNull(mask, "mask is null");
            }

            @Override
            public String toString()
            {
                return mask.toString();
            }
        }

        record HideColumns()
                implements Effect
        {
            @Override
            public String toString()
            {
                return "hidden";
            }
        }

        record FilterRows(RowFilter filter)
                implements Effect
        {
            public FilterRows
            {
                requireNonNull(filter, "filter is null");
            }

            @Override
            public String toString()
            {
                return filter.toString();
            }
        }

        record Deny()
                implements Effect
        {
            @Override
            public String toString()
            {
                return "denied";
            }
        }

        /**
         * Named columns of queries inherit nothing, as long as they come from nothing but these columns.
         *
         * @param from as queries name them, {@code sales.customer_360.email}
         * @param unchanged whether they may show values of these columns as they are
         */
        record Declassify(List<Located<String>> from, boolean unchanged)
                implements Effect
        {
            public Declassify
            {
                from = List.copyOf(requireNonNull(from, "from is null"));
            }

            @Override
            public String toString()
            {
                return "declassified";
            }
        }

        record Allow(Set<Permission> permissions)
                implements Effect
        {
            public Allow
            {
                permissions = Sets.immutableEnumSet(requireNonNull(permissions, "permissions is null"));
            }

            @Override
            public String toString()
            {
                return permissions.toString().toLowerCase(java.util.Locale.ENGLISH);
            }
        }
    }

    public Rule
    {
        requireNonNull(name, "name is null");
        requireNonNull(level, "level is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(scope, "scope is null");
        principals = List.copyOf(requireNonNull(principals, "principals is null"));
        except = List.copyOf(requireNonNull(except, "except is null"));
        requireNonNull(validity, "validity is null");
        requireNonNull(description, "description is null");
        requireNonNull(position, "position is null");
    }

    static Rule of(String policy, Level level, Optional<String> domain, RuleDescriptor descriptor, Effect effect)
    {
        return new Rule(
                new RuleName.Written(policy, descriptor.id().orElseThrow().value()),
                level,
                domain,
                effect,
                new Scope(descriptor.scope()),
                descriptor.principals(),
                descriptor.except(),
                new Validity(descriptor.validFrom(), descriptor.validUntil()),
                descriptor.description(),
                descriptor.position());
    }

    /**
     * The same rule with another text for people.
     */
    public Rule withDescription(String text)
    {
        return new Rule(name, level, domain, effect, scope, principals, except, validity, Optional.of(text), position);
    }

    /**
     * The kind of the rule, as documents call it.
     */
    public String kind()
    {
        return switch (effect) {
            case Effect.Classify _ -> RuleDescriptor.Kind.CLASSIFICATION.key();
            case Effect.MaskColumns _ -> RuleDescriptor.Kind.MASK.key();
            case Effect.HideColumns _ -> RuleDescriptor.Kind.HIDDEN_COLUMN.key();
            case Effect.FilterRows _ -> RuleDescriptor.Kind.ROW_FILTER.key();
            case Effect.Deny _ -> RuleDescriptor.Kind.DENIAL.key();
            case Effect.Allow _ -> RuleDescriptor.Kind.GRANT.key();
            case Effect.Declassify _ -> RuleDescriptor.Kind.DECLASSIFICATION.key();
        };
    }

    /**
     * Whether what products said before no longer counts for what the rule matches. Only the whole mesh can say that.
     */
    boolean replacesKnown()
    {
        return level == Level.GLOBAL && effect instanceof Effect.Classify(Optional<String> _, Set<String> _, boolean replacesKnown) && replacesKnown;
    }

    public Reason reason(String text)
    {
        return Reason.of(text, position);
    }
}
