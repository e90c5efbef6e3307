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
package org.trinomesh.descriptor.odcs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.descriptor.ContextReader;
import org.trinomesh.descriptor.ContextReader.Context;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.ContractDescriptor.Metadata;
import org.trinomesh.descriptor.ContractDescriptor.Producer;
import org.trinomesh.descriptor.ContractTableDescriptor;
import org.trinomesh.descriptor.DocumentFormat;
import org.trinomesh.descriptor.RoleDescriptor;
import org.trinomesh.descriptor.ServerDescriptor;
import org.trinomesh.descriptor.StandardBlocks;
import org.trinomesh.descriptor.StandardNames;
import org.trinomesh.descriptor.SupportDescriptor;
import org.trinomesh.descriptor.TeamReader;
import org.trinomesh.descriptor.TeamReader.Team;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.Terms;
import org.trinomesh.product.Terms.Price;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;
import org.trinomesh.yaml.YamlParser.YamlDocument;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * Reads a contract of the Open Data Contract Standard.
 */
public final class OdcsContract
{
    /**
     * By the {@code apiVersion} and {@code kind} that a document of the standard begins with.
     */
    public static final Map<String, DocumentFormat> FORMATS = Stream.of("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0", "v3.2.0")
            .collect(toImmutableMap(version -> version + " DataContract", _ -> OdcsContract::read));

    static final ObjectShape SHAPE = ObjectShape.of("a DataContract document")
            .required("apiVersion", "kind", "id", "version")
            .optional(
                    "status",
                    "name",
                    "tenant",
                    "domain",
                    "dataProduct",
                    "tags",
                    "description",
                    "servers",
                    "schema",
                    "support",
                    "price",
                    "team",
                    "roles",
                    "slaDefaultElement",
                    "slaProperties",
                    "authoritativeDefinitions",
                    "customProperties",
                    "contractCreatedTs",
                    "context",
                    "synonyms");
    static final ObjectShape PRICE = ObjectShape.of("price").optional("id", "priceAmount", "priceCurrency", "priceUnit");

    private static final Set<String> OPEN_VERSIONS = ImmutableSet.of("v3.0.0", "v3.0.1", "v3.0.2");

    private final DescriptorNode.Fields document;
    private final YamlDocument source;
    private final Problems problems;
    private final String standard;
    private final StandardBlocks blocks;

    private OdcsContract(DescriptorNode.Fields document, YamlDocument source, Problems problems)
    {
        this.document = requireNonNull(document, "document is null");
        this.source = requireNonNull(source, "source is null");
        this.problems = requireNonNull(problems, "problems is null");
        this.standard = ((DescriptorNode.Text) document.fields().get("apiVersion").value()).value();
        this.blocks = new StandardBlocks(problems, OPEN_VERSIONS.contains(standard));
    }

    static ContractDescriptor read(DescriptorNode.Fields document, YamlDocument source, Problems problems)
    {
        return new OdcsContract(document, source, problems).read();
    }

    private ContractDescriptor read()
    {
        ObjectReader root = ObjectReader.of(document, blocks.shape(SHAPE), problems).orElseThrow();
        Optional<Located<String>> id = root.text("id");
        Optional<Located<String>> version = root.text("version");
        Optional<Located<String>> name = root.text("name");
        Optional<Located<String>> dataProduct = root.text("dataProduct");
        Optional<String> status = root.text("status").map(Located::value);
        Team team = new TeamReader(blocks).read(root);
        Context context = new ContextReader(blocks).read(root);
        OdcsSchema schema = new OdcsSchema(blocks);
        List<ContractTableDescriptor> tables = schema.read(root);
        OdcsObjectives objectives = new OdcsObjectives(root, tables, blocks);
        List<RoleDescriptor> roles = blocks.objects(root, "roles", RoleDescriptor.SHAPE).stream()
                .map(role -> {
                    blocks.checkCustom(role);
                    return RoleDescriptor.read(role);
                })
                .collect(toImmutableList());
        Terms terms = new Terms(
                id,
                standard,
                status,
                blocks.description(root),
                blocks.tags(root),
                team.name(),
                team.members(),
                root.object("price", blocks.shape(PRICE)).map(OdcsContract::price),
                blocks.rootDefinitions(root),
                ImmutableList.of(),
                context.instructions(),
                blocks.custom(root),
                source.text());
        List<ServerDescriptor> servers = new OdcsServers(blocks).read(root);
        List<SupportDescriptor> support = blocks.support(root);
        Discovery discovery = new Discovery(blocks.synonyms(root), context.queries());
        blocks.ignore(root, "", "tenant", "contractCreatedTs");
        blocks.reportUninterpreted(document.position());
        return new ContractDescriptor(
                document.position(),
                source.fingerprint(),
                new Metadata(name.or(() -> dataProduct).or(() -> id).map(Located::value), version.map(Located::value), team.name()),
                new Producer(root.text("domain").map(StandardNames::product), dataProduct.map(StandardNames::product), Optional.empty()),
                ImmutableList.of(),
                tables,
                objectives.objectives(),
                schema.quality(),
                servers,
                roles,
                support,
                objectives.deprecation(),
                discovery,
                terms,
                // Types and fields are read from the same keys
                problems.toList().stream().distinct().collect(toImmutableList()));
    }

    private static Price price(ObjectReader reader)
    {
        return new Price(
                reader.text("priceAmount").map(Located::value),
                reader.text("priceCurrency").map(Located::value),
                reader.text("priceUnit").map(Located::value));
    }
}
