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
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What a domain says about itself.
 */
public record DomainDescriptor(
        Position position,
        String fingerprint,
        Optional<Located<String>> name,
        Optional<String> owner,
        Optional<String> description,
        List<SupportDescriptor> contacts,
        Optional<String> classification,
        List<String> tags,
        RuleSetDescriptor rules,
        List<Problem> problems)
        implements Descriptor
{
    static final ObjectShape SHAPE = ObjectShape.of("a Domain document").required("apiVersion", "kind", "metadata").optional("spec");
    static final ObjectShape METADATA = ObjectShape.of("metadata").required("name").optional("owner", "description");
    static final ObjectShape SPEC = ObjectShape.of("spec").optional("checks", "classification", "contacts", "denials", "hiddenColumns", "masks", "rowFilters", "tags");

    public DomainDescriptor
    {
        requireNonNull(position, "position is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(description, "description is null");
        contacts = ImmutableList.copyOf(requireNonNull(contacts, "contacts is null"));
        requireNonNull(classification, "classification is null");
        tags = ImmutableList.copyOf(requireNonNull(tags, "tags is null"));
        requireNonNull(rules, "rules is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    public static DomainDescriptor read(DescriptorNode.Fields document, String fingerprint, Problems problems)
    {
        Optional<ObjectReader> root = ObjectReader.of(document, SHAPE, problems);
        Optional<ObjectReader> metadata = root.flatMap(reader -> reader.object("metadata", METADATA));
        Optional<ObjectReader> spec = root.flatMap(reader -> reader.object("spec", SPEC));
        return new DomainDescriptor(
                document.position(),
                fingerprint,
                metadata.flatMap(reader -> reader.text("name")),
                metadata.flatMap(reader -> reader.text("owner")).map(Located::value),
                metadata.flatMap(reader -> reader.text("description")).map(Located::value),
                spec.map(reader -> SupportDescriptor.readAll(reader, "contacts")).orElse(ImmutableList.of()),
                spec.flatMap(reader -> reader.text("classification")).map(Located::value),
                spec.map(reader -> reader.texts("tags")).orElse(ImmutableList.of()).stream().map(Located::value).collect(toImmutableList()),
                spec.map(reader -> RuleSetDescriptor.read(reader, Kind.MASK, Kind.HIDDEN_COLUMN, Kind.ROW_FILTER, Kind.DENIAL)).orElse(RuleSetDescriptor.NONE),
                problems.toList());
    }
}
