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

import org.trinomesh.problem.Position;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Why a decision is as it is: one sentence, and the rule that decided when there is one.
 *
 * @param name of the rule, when the sentence says nothing else
 * @param rule where the rule is written
 */
public record Reason(String text, Optional<RuleName> name, Optional<Position> rule)
{
    public Reason
    {
        requireNonNull(text, "text is null");
        requireNonNull(name, "name is null");
        requireNonNull(rule, "rule is null");
    }

    public static Reason of(String text)
    {
        return new Reason(text, Optional.empty(), Optional.empty());
    }

    public static Reason of(String text, Position rule)
    {
        return new Reason(text, Optional.empty(), Optional.of(rule));
    }

    /**
     * Why a column of a query does not inherit what its sources say.
     */
    public static Reason ofDeclassification(Rule rule)
    {
        return rule.reason("declassified by rule %s%s".formatted(rule.name(), rule.description().map(why -> ": " + why).orElse("")));
    }

    /**
     * The reason of a rule that decides simply because it applies.
     */
    public static Reason of(Rule rule)
    {
        return new Reason("rule " + rule.name(), Optional.of(rule.name()), Optional.of(rule.position()));
    }
}
