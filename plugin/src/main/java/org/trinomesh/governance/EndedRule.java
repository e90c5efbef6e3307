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

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A rule of the whole mesh that no longer applies to a product, or to one of its columns.
 *
 * @param rule its name
 * @param effect what it did
 */
public record EndedRule(String rule, String effect, String product, Optional<String> column)
{
    public EndedRule
    {
        requireNonNull(rule, "rule is null");
        requireNonNull(effect, "effect is null");
        requireNonNull(product, "product is null");
        requireNonNull(column, "column is null");
    }

    static EndedRule of(AppliedRule rule, String product, Optional<String> column)
    {
        return new EndedRule(rule.rule().name(), rule.effect().toString(), product, column);
    }

    @Override
    public String toString()
    {
        return "rule %s (%s) no longer applies to %s%s".formatted(rule, effect, product, column.map(name -> "." + name).orElse(""));
    }
}
