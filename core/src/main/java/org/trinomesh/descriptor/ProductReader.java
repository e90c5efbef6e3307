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
import org.trinomesh.descriptor.ProductDescriptor.DeprecationDescriptor;
import org.trinomesh.descriptor.ProductDescriptor.Metadata;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataHandling;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.ProductClassification;
import org.trinomesh.rule.RuleDescriptor.Kind;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads a DataProduct document.
 */
final class ProductReader
{
    static final ObjectShape SHAPE = ObjectShape.of("a DataProduct document").required("apiVersion", "kind", "metadata", "spec");
    static final ObjectShape METADATA = ObjectShape.of("metadata")
            .required("name", "domain", "version")
            // Without an owner a product can be described; whether it may be served is for conformance to say
            .optional("id", "owner", "tags", "status", "aliases", "currentMajor");
    static final ObjectShape SPEC = ObjectShape.of("spec")
            .required("description")
            .optional("classification", "inputPorts", "outputPorts", "schema", "columns", "slos", "governance", "accessControl", "deprecation", "support", "discoverable", "synonyms", "sampleQueries", "denials", "hiddenColumns", "masks", "rowFilters");
    static final ObjectShape CLASSIFICATION = ObjectShape.of("classification").optional("type", "tier", "pii");
    static final ObjectShape SCHEMA = ObjectShape.of("schema").optional("format", "location", "partitionBy", "sortBy");
    static final ObjectShape GOVERNANCE = ObjectShape.of("governance").optional("dataClassification", "retentionPeriod", "gdprCompliant", "encryption", "accessControl");
    static final ObjectShape DEPRECATION = ObjectShape.of("deprecation").optional("deprecatedOn", "endOfLife", "replacedBy");

    private final DescriptorNode.Fields document;
    private final String fingerprint;
    private final Problems problems;
    private final Optional<ObjectReader> metadata;
    private final Optional<ObjectReader> spec;
    private final Optional<ObjectReader> schema;
    private final Optional<ObjectReader> governance;

    ProductReader(DescriptorNode.Fields document, String fingerprint, Problems problems)
    {
        this.document = requireNonNull(document, "document is null");
        this.fingerprint = requireNonNull(fingerprint, "fingerprint is null");
        this.problems = requireNonNull(problems, "problems is null");
        Optional<ObjectReader> root = ObjectReader.of(document, SHAPE, problems);
        this.metadata = root.flatMap(reader -> reader.object("metadata", METADATA));
        this.spec = root.flatMap(reader -> reader.object("spec", SPEC));
        this.schema = spec.flatMap(reader -> reader.object("schema", SCHEMA));
        this.governance = spec.flatMap(reader -> reader.object("governance", GOVERNANCE));
    }

    ProductDescriptor read()
    {
        Metadata readMetadata = readMetadata();
        ProductClassification classification = readClassification();
        List<InputPortDescriptor> inputPorts = list(spec, InputPortDescriptor::readAll);
        List<OutputPortDescriptor> outputPorts = list(spec, OutputPortDescriptor::readAll);
        List<AccessDescriptor> accessControl = ImmutableList.<AccessDescriptor>builder()
                .addAll(list(spec, AccessDescriptor::readAll))
                .addAll(list(governance, AccessDescriptor::readAll))
                .build();
        Optional<String> description = text(spec, "description").map(Located::value);
        Optional<Located<String>> location = text(schema, "location");
        Optional<Located<String>> tableFormat = text(schema, "format");
        List<ColumnDescriptor> columns = list(spec, ColumnDescriptor::readAll);
        List<ObjectiveDescriptor> objectives = list(spec, ObjectiveDescriptor::readAll);
        Optional<DeprecationDescriptor> deprecation = spec.flatMap(reader -> reader.object("deprecation", DEPRECATION)).map(ProductReader::readDeprecation);
        List<SupportDescriptor> support = list(spec, reader -> SupportDescriptor.readAll(reader, "support"));
        boolean discoverable = spec.flatMap(reader -> reader.flag("discoverable")).map(Located::value).orElse(true);
        Discovery discovery = spec.map(DiscoveryReader::read).orElse(Discovery.NONE);
        DataHandling handling = new DataHandling(
                text(governance, "retentionPeriod").map(Located::value),
                governance.flatMap(reader -> reader.flag("gdprCompliant")).map(Located::value).orElse(false),
                text(governance, "encryption").map(Located::value));
        RuleSetDescriptor rules = spec.map(reader -> RuleSetDescriptor.read(reader, Kind.MASK, Kind.HIDDEN_COLUMN, Kind.ROW_FILTER, Kind.DENIAL)).orElse(RuleSetDescriptor.NONE);
        reportNotInterpreted(inputPorts, outputPorts);
        return new ProductDescriptor(
                document.position(),
                fingerprint,
                readMetadata,
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
                Optional.empty(),
                problems.toList());
    }

    private Metadata readMetadata()
    {
        return new Metadata(
                text(metadata, "name"),
                Optional.empty(),
                text(metadata, "domain"),
                text(metadata, "owner"),
                text(metadata, "version"),
                text(metadata, "status"),
                list(metadata, reader -> reader.texts("tags")).stream().map(Located::value).collect(toImmutableList()),
                list(metadata, reader -> reader.texts("aliases")),
                metadata.flatMap(reader -> reader.number("currentMajor")));
    }

    private ProductClassification readClassification()
    {
        Optional<ObjectReader> classification = spec.flatMap(reader -> reader.object("classification", CLASSIFICATION));
        return new ProductClassification(
                text(classification, "type").map(Located::value),
                text(classification, "tier").map(Located::value),
                classification.flatMap(reader -> reader.flag("pii")).map(Located::value).orElse(false),
                text(governance, "dataClassification").map(Located::value));
    }

    private static DeprecationDescriptor readDeprecation(ObjectReader reader)
    {
        return new DeprecationDescriptor(
                reader.date("deprecatedOn").map(Located::value),
                reader.date("endOfLife").map(Located::value),
                reader.text("replacedBy"));
    }

    private void reportNotInterpreted(List<InputPortDescriptor> inputPorts, List<OutputPortDescriptor> outputPorts)
    {
        List<String> keys = new ArrayList<>();
        if (text(metadata, "id").isPresent()) {
            keys.add("metadata.id");
        }
        if (inputPorts.stream().anyMatch(port -> port.description().isPresent())) {
            keys.add("spec.inputPorts[].description");
        }
        if (outputPorts.stream().anyMatch(port -> port.description().isPresent())) {
            keys.add("spec.outputPorts[].description");
        }
        if (!list(schema, reader -> reader.texts("partitionBy")).isEmpty()) {
            keys.add("spec.schema.partitionBy");
        }
        if (!list(schema, reader -> reader.texts("sortBy")).isEmpty()) {
            keys.add("spec.schema.sortBy");
        }
        if (!keys.isEmpty()) {
            problems.info(document.position(), "not interpreted: " + String.join(", ", keys), "leave it as it is, for people who read the file");
        }
    }

    private static Optional<Located<String>> text(Optional<ObjectReader> reader, String key)
    {
        return reader.flatMap(present -> present.text(key));
    }

    private static <T> List<T> list(Optional<ObjectReader> reader, Function<ObjectReader, List<T>> read)
    {
        return reader.map(read).orElse(ImmutableList.of());
    }
}
