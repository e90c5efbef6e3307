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
import org.trinomesh.filter.RefusedFilterException;
import org.trinomesh.filter.RowFilter;
import org.trinomesh.filter.RowFilterParser;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Permission;
import org.trinomesh.rule.RuleDescriptor;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.rule.ScopeDescriptor;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Reads rules as documents write them.
 */
public final class RuleReader
{
    /**
     * Stands for the identifier type of the column that the rule is applied to.
     */
    public static final String COLUMN_IDENTIFIER = "*";

    private final Problems problems;

    public RuleReader(Problems problems)
    {
        this.problems = requireNonNull(problems, "problems is null");
    }

    /**
     * The rules that can be understood, in the order in which they are written.
     *
     * @param source how people call the document
     */
    public List<Rule> read(RuleSetDescriptor rules, String source, Level level, Optional<String> domain)
    {
        return rules.rules().stream()
                .filter(descriptor -> descriptor.id().isPresent())
                .flatMap(descriptor -> effect(descriptor).stream().map(effect -> Rule.of(source, level, domain, descriptor, effect)))
                .collect(toImmutableList());
    }

    private Optional<Effect> effect(RuleDescriptor rule)
    {
        boolean ofColumns = switch (rule.kind()) {
            case CLASSIFICATION, MASK, HIDDEN_COLUMN -> true;
            // A declassification cannot be written without columns
            case ROW_FILTER, DENIAL, GRANT, DECLASSIFICATION -> false;
        };
        if (ofColumns && !new Scope(rule.scope()).namesColumns()) {
            problems.error(
                    rule.scope().position(),
                    "rule '%s' does not say which columns it means".formatted(rule.id().orElseThrow()),
                    "add columns, tags, classifications, identifiers or types to match; columns: [\"*\"] means all");
        }
        return switch (rule.kind()) {
            case CLASSIFICATION -> classification(rule);
            case MASK -> rule.mask()
                    .flatMap(mask -> new MaskReader(problems).read(mask, Optional.of(COLUMN_IDENTIFIER)))
                    .map(Effect.MaskColumns::new);
            case HIDDEN_COLUMN -> Optional.of(new Effect.HideColumns());
            case ROW_FILTER -> rule.filter().flatMap(this::filter).map(Effect.FilterRows::new);
            case DENIAL -> Optional.of(new Effect.Deny());
            case GRANT -> permissions(rule).map(Effect.Allow::new);
            case DECLASSIFICATION -> rule.description().map(_ -> new Effect.Declassify(rule.from(), rule.unchanged()));
        };
    }

    private Optional<Effect> classification(RuleDescriptor rule)
    {
        if (rule.classification().isEmpty() && rule.tags().isEmpty() && !rule.replacesEarlier()) {
            problems.error(rule.position(), "rule '%s' gives neither a classification nor tags".formatted(rule.id().orElseThrow()), "add 'classification: restricted' or 'tags: [pii]'");
            return Optional.empty();
        }
        if (rule.replacesEarlier() && ScopeDescriptor.COLUMN_KEYS.stream().anyMatch(key -> !key.equals("columns") && rule.scope().criteria().containsKey(key))) {
            problems.error(rule.scope().position(), "rule '%s' has replacesEarlier and matches by the words of authors".formatted(rule.id().orElseThrow()), "match by columns, as the table calls them");
            return Optional.empty();
        }
        return Optional.of(new Effect.Classify(
                rule.classification().map(Located::value),
                rule.tags().stream().map(Located::value).collect(toImmutableSet()),
                rule.replacesEarlier()));
    }

    private Optional<RowFilter> filter(Located<String> text)
    {
        try {
            return Optional.of(RowFilterParser.parse(text.value()));
        }
        catch (RefusedFilterException e) {
            problems.error(text.position(), e.getMessage(), e.remedy());
            return Optional.empty();
        }
    }

    private Optional<Set<Permission>> permissions(RuleDescriptor rule)
    {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (Located<String> written : rule.permissions()) {
            Arrays.stream(Permission.values())
                    .filter(permission -> permission.name().toLowerCase(ENGLISH).equals(written.value()))
                    .findFirst()
                    .ifPresentOrElse(
                            permissions::add,
                            () -> problems.error(written.position(), "permission '%s' is not known".formatted(written), "write discover, read, share, write or admin"));
        }
        return permissions.isEmpty() ? Optional.empty() : Optional.of(ImmutableSet.copyOf(permissions));
    }
}
