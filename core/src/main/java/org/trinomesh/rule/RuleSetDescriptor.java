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
package org.trinomesh.rule;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.rule.RuleDescriptor.Kind;
import org.trinomesh.yaml.ObjectReader;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The rules of one document.
 */
public record RuleSetDescriptor(List<RuleDescriptor> rules, List<CheckDescriptor> checks)
{
    public static final RuleSetDescriptor NONE = new RuleSetDescriptor(ImmutableList.of(), ImmutableList.of());

    public RuleSetDescriptor
    {
        rules = ImmutableList.copyOf(requireNonNull(rules, "rules is null"));
        checks = ImmutableList.copyOf(requireNonNull(checks, "checks is null"));
    }

    public boolean isEmpty()
    {
        return rules.isEmpty() && checks.isEmpty();
    }

    public static RuleSetDescriptor read(ObjectReader reader, Kind... kinds)
    {
        List<RuleDescriptor> rules = Arrays.stream(kinds)
                .flatMap(kind -> RuleDescriptor.readAll(reader, kind).stream())
                .collect(toImmutableList());
        List<CheckDescriptor> checks = reader.knows("checks") ? CheckDescriptor.readAll(reader) : ImmutableList.of();
        Set<String> seen = new HashSet<>();
        rules.forEach(rule -> rule.id().ifPresent(id -> checkId(id, seen, reader.problems())));
        checks.forEach(check -> check.id().ifPresent(id -> checkId(id, seen, reader.problems())));
        return new RuleSetDescriptor(rules, checks);
    }

    private static void checkId(Located<String> id, Set<String> seen, Problems problems)
    {
        if (!id.value().matches("[a-z0-9][a-z0-9_./-]*")) {
            problems.error(id.position(), "'%s' cannot be the id of a rule".formatted(id), "write lower-case letters, digits and '-': mask-email");
        }
        else if (!seen.add(id.value())) {
            problems.error(id.position(), "two rules have the id '%s'".formatted(id), "give each rule of a document its own id: messages show it");
        }
    }
}
