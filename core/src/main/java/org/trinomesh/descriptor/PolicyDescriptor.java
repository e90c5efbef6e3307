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
package org.trinomesh.descriptor;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.rule.RuleDescriptor.Kind;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.rule.WaiverDescriptor;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A GovernancePolicy document. Below the folder of a domain it speaks for that domain, elsewhere for the whole mesh.
 */
public record PolicyDescriptor(
        Position position,
        String fingerprint,
        Optional<Located<String>> name,
        Optional<String> owner,
        Optional<String> description,
        RuleSetDescriptor rules,
        List<WaiverDescriptor> waivers,
        List<PolicyTestDescriptor> tests,
        List<Problem> problems)
        implements Descriptor
{
    static final ObjectShape SHAPE = ObjectShape.of("a GovernancePolicy document").required("apiVersion", "kind", "metadata", "spec");
    static final ObjectShape METADATA = ObjectShape.of("metadata").required("name").optional("description", "owner");
    static final ObjectShape SPEC = ObjectShape.of("spec")
            .optional("checks", "classifications", "declassify", "denials", "grants", "hiddenColumns", "masks", "rowFilters", "tests", "waivers");

    public PolicyDescriptor
    {
        requireNonNull(position, "position is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        requireNonNull(rules, "rules is null");
        waivers = ImmutableList.copyOf(requireNonNull(waivers, "waivers is null"));
        tests = ImmutableList.copyOf(requireNonNull(tests, "tests is null"));
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    public static PolicyDescriptor read(DescriptorNode.Fields document, String fingerprint, Problems problems)
    {
        Optional<ObjectReader> root = ObjectReader.of(document, SHAPE, problems);
        Optional<ObjectReader> metadata = root.flatMap(reader -> reader.object("metadata", METADATA));
        Optional<ObjectReader> spec = root.flatMap(reader -> reader.object("spec", SPEC));
        Optional<Located<String>> name = metadata.flatMap(reader -> reader.text("name"));
        Optional<String> owner = metadata.flatMap(reader -> reader.text("owner")).map(Located::value);
        Optional<String> description = metadata.flatMap(reader -> reader.text("description")).map(Located::value);
        RuleSetDescriptor rules = spec.map(reader -> RuleSetDescriptor.read(reader, Kind.values())).orElse(RuleSetDescriptor.NONE);
        List<WaiverDescriptor> waivers = spec.map(WaiverDescriptor::readAll).orElse(ImmutableList.of());
        List<PolicyTestDescriptor> tests = spec.map(PolicyTestDescriptor::readAll).orElse(ImmutableList.of());
        return new PolicyDescriptor(document.position(), fingerprint, name, owner, description, rules, waivers, tests, problems.toList());
    }
}
