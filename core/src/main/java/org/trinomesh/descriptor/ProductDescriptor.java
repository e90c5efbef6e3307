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
import org.trinomesh.product.DataHandling;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.ProductClassification;
import org.trinomesh.product.Terms;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.yaml.DescriptorNode;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A data product as its team wrote it.
 *
 * @param location where the table lies, by {@code spec.schema.location}
 * @param tableFormat what {@code spec.schema.format} says
 * @param rules what the product's team adds to the policies of the mesh
 * @param terms what a product of the Open Data Product Standard says beside, which leaves its tables and who reads them to
 *         its contracts; empty for a product in the mesh's own words
 * @param accessControl the entries under {@code spec} and under {@code spec.governance} together
 */
public record ProductDescriptor(
        Position position,
        String fingerprint,
        Metadata metadata,
        Optional<String> description,
        ProductClassification classification,
        List<InputPortDescriptor> inputPorts,
        List<OutputPortDescriptor> outputPorts,
        Optional<Located<String>> location,
        Optional<Located<String>> tableFormat,
        List<ColumnDescriptor> columns,
        List<ObjectiveDescriptor> objectives,
        List<AccessDescriptor> accessControl,
        Optional<DeprecationDescriptor> deprecation,
        List<SupportDescriptor> support,
        boolean discoverable,
        Discovery discovery,
        DataHandling handling,
        RuleSetDescriptor rules,
        Optional<Terms> terms,
        List<Problem> problems)
        implements Descriptor
{
    public ProductDescriptor
    {
        requireNonNull(position, "position is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(metadata, "metadata is null");
        requireNonNull(description, "description is null");
        requireNonNull(classification, "classification is null");
        inputPorts = ImmutableList.copyOf(requireNonNull(inputPorts, "inputPorts is null"));
        outputPorts = ImmutableList.copyOf(requireNonNull(outputPorts, "outputPorts is null"));
        requireNonNull(location, "location is null");
        requireNonNull(tableFormat, "tableFormat is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        objectives = ImmutableList.copyOf(requireNonNull(objectives, "objectives is null"));
        accessControl = ImmutableList.copyOf(requireNonNull(accessControl, "accessControl is null"));
        requireNonNull(deprecation, "deprecation is null");
        support = ImmutableList.copyOf(requireNonNull(support, "support is null"));
        requireNonNull(discovery, "discovery is null");
        requireNonNull(handling, "handling is null");
        requireNonNull(rules, "rules is null");
        requireNonNull(terms, "terms is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    /**
     * The same with what its contracts say for it.
     */
    public ProductDescriptor completed(Optional<String> description, List<OutputPortDescriptor> outputPorts)
    {
        return new ProductDescriptor(
                position,
                fingerprint,
                metadata,
                description,
                classification,
                inputPorts,
                outputPorts,
                location,
                tableFormat,
                columns,
                objectives,
                accessControl,
                deprecation,
                support,
                discoverable,
                discovery,
                handling,
                rules,
                terms,
                problems);
    }

    /**
     * @param displayName the name for people, where it is written otherwise than names of SQL may be
     * @param currentMajor which major version the name without a version means
     */
    public record Metadata(
            Optional<Located<String>> name,
            Optional<String> displayName,
            Optional<Located<String>> domain,
            Optional<Located<String>> owner,
            Optional<Located<String>> version,
            Optional<Located<String>> status,
            List<String> tags,
            List<Located<String>> aliases,
            Optional<Located<Integer>> currentMajor)
    {
        public Metadata
        {
            requireNonNull(name, "name is null");
            requireNonNull(displayName, "displayName is null");
            requireNonNull(domain, "domain is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(version, "version is null");
            requireNonNull(status, "status is null");
            tags = ImmutableList.copyOf(requireNonNull(tags, "tags is null"));
            aliases = ImmutableList.copyOf(requireNonNull(aliases, "aliases is null"));
            requireNonNull(currentMajor, "currentMajor is null");
        }
    }

    public record DeprecationDescriptor(Optional<LocalDate> deprecatedOn, Optional<LocalDate> endOfLife, Optional<Located<String>> replacedBy)
    {
        public DeprecationDescriptor
        {
            requireNonNull(deprecatedOn, "deprecatedOn is null");
            requireNonNull(endOfLife, "endOfLife is null");
            requireNonNull(replacedBy, "replacedBy is null");
        }
    }

    public static ProductDescriptor read(DescriptorNode.Fields document, String fingerprint, Problems problems)
    {
        return new ProductReader(document, fingerprint, problems).read();
    }
}
