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
package org.trinomesh.descriptor.odps;

import com.google.common.collect.ImmutableList;
import org.trinomesh.descriptor.ContextReader;
import org.trinomesh.descriptor.ContextReader.Context;
import org.trinomesh.descriptor.DocumentFormat;
import org.trinomesh.descriptor.InputPortDescriptor;
import org.trinomesh.descriptor.OutputPortDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.ProductDescriptor.Metadata;
import org.trinomesh.descriptor.QueryDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.descriptor.StandardNames;
import org.trinomesh.descriptor.SupportDescriptor;
import org.trinomesh.descriptor.TeamReader;
import org.trinomesh.descriptor.TeamReader.Team;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.DataHandling;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.ProductClassification;
import org.trinomesh.product.Terms;
import org.trinomesh.product.Terms.ManagementPort;
import org.trinomesh.rule.RuleSetDescriptor;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;
import org.trinomesh.yaml.YamlParser.YamlDocument;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Reads a product of the Open Data Product Standard. Its contracts say where its tables lie and who may read them.
 */
public final class OdpsProduct
{
    /**
     * By the {@code apiVersion} and {@code kind} that a document of the standard begins with.
     */
    public static final Map<String, DocumentFormat> FORMATS = Stream.of("v0.9.0", "v1.0.0", "v1.1.0")
            .collect(toImmutableMap(version -> version + " DataProduct", _ -> OdpsProduct::read));

    private static final Pattern DOMAIN_FOLDER = Pattern.compile("domains/([^/]+)/.+");

    static final ObjectShape SHAPE = ObjectShape.of("a DataProduct document")
            .required("apiVersion", "kind", "id")
            .optional(
                    "name",
                    "version",
                    "status",
                    "domain",
                    "tenant",
                    "type",
                    "deprecated",
                    "synonyms",
                    "context",
                    "authoritativeDefinitions",
                    "description",
                    "customProperties",
                    "tags",
                    "inputPorts",
                    "outputPorts",
                    "managementPorts",
                    "support",
                    "team",
                    "productCreatedTs");
    static final ObjectShape INPUT_PORT = ObjectShape.of("an input port")
            .required("name")
            .optional("id", "version", "contractId", "deprecated", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape OUTPUT_PORT = ObjectShape.of("an output port")
            .required("name")
            .optional("id", "description", "type", "version", "contractId", "sbom", "inputContracts", "deprecated", "synonyms", "context", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape MANAGEMENT_PORT = ObjectShape.of("a management port")
            .required("name", "content")
            .optional("id", "type", "url", "channel", "description", "deprecated", "tags", "customProperties", "authoritativeDefinitions");
    static final ObjectShape INPUT_CONTRACT = ObjectShape.of("an input contract").required("id", "version");

    private final DescriptorNode.Fields document;
    private final YamlDocument source;
    private final Problems problems;
    private final String standard;
    private final StandardBlocks blocks;

    private OdpsProduct(DescriptorNode.Fields document, YamlDocument source, Problems problems)
    {
        this.document = requireNonNull(document, "document is null");
        this.source = requireNonNull(source, "source is null");
        this.problems = requireNonNull(problems, "problems is null");
        this.standard = ((DescriptorNode.Text) document.fields().get("apiVersion").value()).value();
        this.blocks = new StandardBlocks(problems, standard.equals("v0.9.0"));
    }

    static ProductDescriptor read(DescriptorNode.Fields document, YamlDocument source, Problems problems)
    {
        return new OdpsProduct(document, source, problems).read();
    }

    private ProductDescriptor read()
    {
        ObjectReader root = ObjectReader.of(document, blocks.shape(SHAPE), problems).orElseThrow();
        Optional<Located<String>> id = root.text("id");
        Optional<Located<String>> name = root.text("name");
        Team team = new TeamReader(blocks).read(root);
        Context context = new ContextReader(blocks).read(root);
        Terms.Description description = blocks.description(root);
        Metadata metadata = metadata(root, name.or(() -> id), team);
        Terms terms = new Terms(
                id,
                standard,
                root.text("status").map(Located::value),
                description,
                ImmutableList.of(),
                team.name(),
                team.members(),
                Optional.empty(),
                blocks.rootDefinitions(root),
                managementPorts(root),
                context.instructions(),
                blocks.custom(root),
                source.text());
        ImmutableList.Builder<String> synonyms = ImmutableList.builder();
        // The name as people write it, which SQL does not admit
        name.map(Located::value).filter(written -> !written.equals(metadata.name().orElseThrow().value())).ifPresent(synonyms::add);
        synonyms.addAll(blocks.synonyms(root));
        List<InputPortDescriptor> inputPorts = inputPorts(root);
        List<OutputPortDescriptor> outputPorts = outputPorts(root);
        List<SupportDescriptor> support = blocks.support(root);
        blocks.ignore(root, "", "tenant", "productCreatedTs");
        blocks.reportUninterpreted(document.position());
        return new ProductDescriptor(
                document.position(),
                source.fingerprint(),
                metadata,
                description.purpose(),
                ProductClassification.ofArchetype(root.text("type").map(Located::value).map(OdpsProduct::archetype)),
                inputPorts,
                outputPorts,
                Optional.empty(),
                Optional.empty(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty(),
                support,
                true,
                new Discovery(synonyms.build(), context.queries()),
                DataHandling.UNDECLARED,
                RuleSetDescriptor.NONE,
                Optional.of(terms),
                problems.toList().stream().distinct().collect(toImmutableList()));
    }

    private Metadata metadata(ObjectReader root, Optional<Located<String>> name, Team team)
    {
        Optional<Located<String>> domain = root.text("domain").or(this::folder);
        if (domain.isEmpty() && !root.has("domain")) {
            problems.error(document.position(), "the data product does not name a domain", "add 'domain:' with the domain that owns it, or move the file below domains/<domain>");
        }
        Optional<Located<String>> version = root.text("version");
        if (!root.has("version")) {
            problems.warning(document.position(), "the data product has no version, so it counts as 0.0.0", "add 'version: 1.0.0'");
        }
        Optional<Located<String>> status = root.text("status").map(text -> new Located<>(text.value().toLowerCase(ENGLISH), text.position()));
        boolean deprecated = root.flag("deprecated").map(Located::value).orElse(false);
        return new Metadata(
                name.map(StandardNames::product),
                name.map(written -> written.value().strip()),
                domain.map(StandardNames::product),
                team.owner().map(owner -> new Located<>(owner, root.position())),
                Optional.of(version.map(StandardNames::version).orElseGet(() -> new Located<>("0.0.0", document.position()))),
                deprecated && status.filter(text -> !text.value().equals("active")).isEmpty() ? Optional.of(new Located<>("deprecated", root.position())) : status,
                blocks.tags(root),
                ImmutableList.of(),
                Optional.empty());
    }

    /**
     * The domain in whose folder the document is: the standard does not ask for the word.
     */
    private Optional<Located<String>> folder()
    {
        Matcher folder = DOMAIN_FOLDER.matcher(document.position().file());
        return folder.matches() ? Optional.of(new Located<>(folder.group(1), document.position())) : Optional.empty();
    }

    /**
     * The standard's values in the form of datamesh/v1.
     */
    private static String archetype(String type)
    {
        return switch (type) {
            case "sourceAligned" -> "source-aligned";
            case "consumerAligned" -> "consumer-aligned";
            default -> type;
        };
    }

    private List<InputPortDescriptor> inputPorts(ObjectReader root)
    {
        return blocks.objects(root, "inputPorts", INPUT_PORT).stream()
                .map(port -> {
                    blocks.checkCustom(port);
                    blocks.ignore(port, "inputPorts[].", "tags", "deprecated", "authoritativeDefinitions");
                    Optional<String> contract = port.text("contractId").map(Located::value);
                    return new InputPortDescriptor(
                            port.text("name"),
                            Optional.of(contract.isPresent() ? "contract" : "external"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            port.text("version").map(Located::value),
                            contract);
                })
                .collect(toImmutableList());
    }

    private List<OutputPortDescriptor> outputPorts(ObjectReader root)
    {
        return blocks.objects(root, "outputPorts", OUTPUT_PORT).stream()
                .map(port -> {
                    Optional<QueryDescriptor> query = blocks.query(port);
                    if (query.isEmpty()) {
                        blocks.checkCustom(port);
                    }
                    blocks.ignore(port, "outputPorts[].", "sbom", "tags", "deprecated", "synonyms", "context", "authoritativeDefinitions");
                    return new OutputPortDescriptor(
                            port.text("name"),
                            port.text("type"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            query,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            port.text("description").map(Located::value),
                            port.text("version").map(Located::value),
                            port.text("contractId"),
                            blocks.objects(port, "inputContracts", INPUT_CONTRACT).stream()
                                    .flatMap(input -> input.text("id").stream())
                                    .map(Located::value)
                                    .collect(toImmutableList()),
                            port.position());
                })
                .collect(toImmutableList());
    }

    private List<ManagementPort> managementPorts(ObjectReader root)
    {
        return blocks.objects(root, "managementPorts", MANAGEMENT_PORT).stream()
                .flatMap(port -> {
                    blocks.checkCustom(port);
                    blocks.ignore(port, "managementPorts[].", "tags", "deprecated", "authoritativeDefinitions");
                    Optional<Located<String>> name = port.text("name");
                    Optional<Located<String>> content = port.text("content");
                    String type = port.text("type").map(Located::value).orElse("rest");
                    Optional<String> address = port.text("url").or(() -> port.text("channel")).map(Located::value);
                    Optional<String> description = port.text("description").map(Located::value);
                    return name.flatMap(written -> content.map(purpose -> new ManagementPort(written.value(), purpose.value(), type, address, description))).stream();
                })
                .collect(toImmutableList());
    }
}
