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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.conformance.ConformanceBook;
import org.trinomesh.mask.MaskKeyVersions;
import org.trinomesh.policy.Level;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.RuleIndex;
import org.trinomesh.policy.RuleReader;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Domain;
import org.trinomesh.product.DomainRules;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.MeshGovernance;
import org.trinomesh.registry.PolicyDocument;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The rules and checks of all policies and domains, parsed and validated.
 */
record PolicyBook(RuleIndex rules, ConformanceBook conformance, MeshGovernance governance, Set<DomainText> domains, MaskKeyVersions keys, List<Problem> problems)
{
    /**
     * The rules of one domain, used to detect changes.
     */
    record DomainText(String name, DomainRules rules)
    {
        DomainText
        {
            requireNonNull(name, "name is null");
            requireNonNull(rules, "rules is null");
        }
    }

    PolicyBook
    {
        requireNonNull(rules, "rules is null");
        requireNonNull(conformance, "conformance is null");
        requireNonNull(governance, "governance is null");
        domains = ImmutableSet.copyOf(requireNonNull(domains, "domains is null"));
        requireNonNull(keys, "keys is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    /**
     * @param previous what is in force: returned unchanged when the documents say the same, because checks are costly to
     *         compile
     */
    static PolicyBook of(Mesh mesh, MaskKeyVersions keys, Optional<PolicyBook> previous)
    {
        Set<DomainText> domains = mesh.domains().stream().map(domain -> new DomainText(domain.name(), domain.rules())).collect(toImmutableSet());
        return previous.filter(before -> before.governance().equals(mesh.governance()) && before.domains().equals(domains) && before.keys().equals(keys))
                .orElseGet(() -> read(mesh, domains, keys));
    }

    private static PolicyBook read(Mesh mesh, Set<DomainText> domains, MaskKeyVersions keys)
    {
        Problems problems = new Problems();
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        Map<String, PolicyDocument> names = new HashMap<>();
        // Mistakes in a single rule were found when its file was read
        RuleReader reader = new RuleReader(new Problems());
        for (PolicyDocument policy : mesh.governance().policies()) {
            PolicyDocument first = names.putIfAbsent(policy.name(), policy);
            if (first != null) {
                problems.warning(
                        policy.descriptor().position(),
                        "two policies are called '%s', this one and the one in %s".formatted(policy.name(), first.descriptor().position()),
                        "give it another name: messages show the name of the policy with the rule");
            }
            List<Rule> read = reader.read(policy.descriptor().rules(), policy.name(), policy.domain().isPresent() ? Level.DOMAIN : Level.GLOBAL, policy.domain());
            read.forEach(rule -> checkReplacing(rule, problems));
            rules.addAll(read);
        }
        for (Domain domain : mesh.domains()) {
            rules.addAll(reader.read(domain.rules().rules(), domain.name(), Level.DOMAIN, Optional.of(domain.name())));
        }
        ConformanceBook conformance = ConformanceBook.of(mesh);
        problems.addAll(conformance.problems());
        return new PolicyBook(new RuleIndex(rules.build()), conformance, mesh.governance(), domains, keys, problems.toList());
    }

    private static void checkReplacing(Rule rule, Problems problems)
    {
        if (rule.level() != Level.GLOBAL && rule.effect() instanceof Rule.Effect.Classify classify && classify.replacesKnown()) {
            problems.add(Problem.error(
                    rule.position(),
                    "rule %s: a domain cannot replace what was said of a column".formatted(rule.name()),
                    "ask governance for it: the rule belongs below governance/").about(rule.domain().orElseThrow()));
        }
    }
}
