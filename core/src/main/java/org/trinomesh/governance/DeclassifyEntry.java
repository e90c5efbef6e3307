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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.governance.Inheritance.Inherited;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.Rule.Effect;
import org.trinomesh.policy.RuleName;
import org.trinomesh.problem.Located;
import org.trinomesh.product.Column;
import org.trinomesh.text.Words;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * An entry of declassify, with what it names. A list of names may be as long as its author likes.
 *
 * @param columns by their {@link #key}
 * @param from by the names that queries give them, as {@link OriginNames} has them
 */
record DeclassifyEntry(Rule rule, boolean unchanged, Map<String, Located<String>> columns, Map<String, Located<String>> from)
{
    private static final int MAXIMUM_REASONS = 5;

    /**
     * Why an entry cannot stop what a column inherits, for people.
     */
    record Refusal(String reason, String remedy)
    {
        Refusal
        {
            requireNonNull(reason, "reason is null");
            requireNonNull(remedy, "remedy is null");
        }
    }

    DeclassifyEntry
    {
        requireNonNull(rule, "rule is null");
        columns = ImmutableMap.copyOf(requireNonNull(columns, "columns is null"));
        from = ImmutableMap.copyOf(requireNonNull(from, "from is null"));
    }

    static DeclassifyEntry of(Rule rule, Effect.Declassify effect)
    {
        return new DeclassifyEntry(
                rule,
                effect.unchanged(),
                byKey(rule.scope().descriptor().values("columns"), Words::key),
                byKey(effect.from(), DeclassifyEntry::sourceKey));
    }

    private static Map<String, Located<String>> byKey(List<Located<String>> names, Function<String, String> key)
    {
        return names.stream().collect(toImmutableMap(name -> key.apply(name.value()), name -> name, (first, _) -> first));
    }

    static String key(Column column)
    {
        return Words.key(column.name());
    }

    private static String sourceKey(String source)
    {
        int dot = source.lastIndexOf('.') + 1;
        return Words.nameKey(source.substring(0, dot)) + Words.key(source.substring(dot));
    }

    /**
     * Where the entry names a column that it is about.
     */
    Located<String> written(Column column)
    {
        return requireNonNull(columns.get(key(column)), "the entry does not name the column");
    }

    /**
     * @param matching the rules of the whole mesh that are about the column only because of what it inherits
     * @return some of the reasons, that which weighs most at the end
     */
    List<Refusal> refusals(Inherited inherited, OriginNames sources, List<Rule> matching)
    {
        Stream<Refusal> shown = unchanged ? Stream.of() : sources.shown().stream().map(source -> new Refusal(
                "it shows %s as it is".formatted(source),
                "let the query compute something of it, or write 'unchanged: true' if its readers may see its values"));
        Stream<Refusal> unnamed = sources.all().stream().filter(source -> !from.containsKey(source)).map(source -> new Refusal(
                "it also comes from %s, which 'from' does not name".formatted(source),
                "name all columns that it comes from, or let the query show fewer"));
        Stream<Refusal> others = rule.level() == Level.GLOBAL ? Stream.of() : ofOthers(inherited, matching).map(reason -> new Refusal(
                reason,
                "ask governance for an entry in a policy below governance/; a domain may declassify only what nobody but its own rules and products says"));
        return Stream.of(shown, unnamed, others)
                .flatMap(refusals -> refusals.distinct().limit(MAXIMUM_REASONS))
                .collect(toImmutableList());
    }

    private Stream<String> ofOthers(Inherited inherited, List<Rule> matching)
    {
        Set<RuleName> told = inherited.rules().stream().map(other -> other.rule().name()).collect(toImmutableSet());
        return Stream.of(
                        inherited.rules().stream()
                                .filter(other -> isOfOthers(other.rule().level() == Level.GLOBAL ? Optional.empty() : other.rule().domain()))
                                .map(other -> "rule %s (%s) of %s says %s".formatted(
                                        other.rule().name(),
                                        other.rule().position(),
                                        other.rule().domain().map("domain '%s'"::formatted).orElse("the whole mesh"),
                                        other.rule().effect())),
                        inherited.alteredRules().stream()
                                .map(Inheritance.SourceRule::rule)
                                .filter(other -> !told.contains(other.rule().name()) && matching.stream().noneMatch(rule -> rule.name().equals(other.rule().name())))
                                .filter(other -> isOfOthers(other.rule().level() == Level.GLOBAL ? Optional.empty() : other.rule().domain()))
                                .map(other -> "rule %s (%s) of %s says %s of what it is computed from".formatted(
                                        other.rule().name(),
                                        other.rule().position(),
                                        other.rule().domain().map("domain '%s'"::formatted).orElse("the whole mesh"),
                                        other.effect())),
                        matching.stream()
                                .filter(other -> !told.contains(other.name()))
                                .map(other -> "rule %s (%s) of the whole mesh is about what it inherits".formatted(other.name(), other.position())),
                        inherited.owners().stream()
                                .filter(owner -> isOfOthers(owner.domain()))
                                .map(ClassificationOwners.Owner::says))
                .flatMap(texts -> texts);
    }

    /**
     * @param domain empty for the whole mesh
     */
    private boolean isOfOthers(Optional<String> domain)
    {
        return domain.isEmpty() || !domain.equals(rule.domain());
    }
}
