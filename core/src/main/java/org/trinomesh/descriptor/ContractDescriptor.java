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
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.Discovery;
import org.trinomesh.product.Terms;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;
import org.trinomesh.yaml.YamlParser.YamlDocument;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A data contract as its producer wrote it.
 *
 * @param tables the tables it promises; none without a schema, or with one that cannot be read
 * @param servers where the data lies, for products that do not say it themselves
 * @param roles who may do what with it
 * @param support how to reach the people behind it
 * @param deprecation when it ends
 */
public record ContractDescriptor(
        Position position,
        String fingerprint,
        Metadata metadata,
        Producer producer,
        List<ConsumerDescriptor> consumers,
        List<ContractTableDescriptor> tables,
        List<ObjectiveDescriptor> objectives,
        List<QualityDescriptor> quality,
        List<ServerDescriptor> servers,
        List<RoleDescriptor> roles,
        List<SupportDescriptor> support,
        Optional<DeprecationDescriptor> deprecation,
        Discovery discovery,
        Terms terms,
        List<Problem> problems)
        implements Descriptor
{
    static final ObjectShape SHAPE = ObjectShape.of("a DataContract document")
            .required("apiVersion", "kind", "metadata", "producer")
            .optional("consumers", "schema", "slos", "quality", "relationships");
    static final ObjectShape METADATA = ObjectShape.of("metadata").required("name", "version", "owner").optional("description", "status");
    static final ObjectShape PRODUCER = ObjectShape.of("producer").required("domain", "dataProduct").optional("team", "contact");
    static final ObjectShape SCHEMA = ObjectShape.of("schema").required("type", "specification");
    static final ObjectShape QUALITY = ObjectShape.of("quality").required("rules");

    public ContractDescriptor
    {
        requireNonNull(position, "position is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(metadata, "metadata is null");
        requireNonNull(producer, "producer is null");
        consumers = ImmutableList.copyOf(requireNonNull(consumers, "consumers is null"));
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
        objectives = ImmutableList.copyOf(requireNonNull(objectives, "objectives is null"));
        quality = ImmutableList.copyOf(requireNonNull(quality, "quality is null"));
        servers = ImmutableList.copyOf(requireNonNull(servers, "servers is null"));
        roles = ImmutableList.copyOf(requireNonNull(roles, "roles is null"));
        support = ImmutableList.copyOf(requireNonNull(support, "support is null"));
        requireNonNull(deprecation, "deprecation is null");
        requireNonNull(discovery, "discovery is null");
        requireNonNull(terms, "terms is null");
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    public record Metadata(Optional<String> name, Optional<String> version, Optional<String> owner)
    {
        public Metadata
        {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(owner, "owner is null");
        }
    }

    public record Producer(Optional<Located<String>> domain, Optional<Located<String>> dataProduct, Optional<String> contact)
    {
        public Producer
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(dataProduct, "dataProduct is null");
            requireNonNull(contact, "contact is null");
        }
    }

    /**
     * @param validFrom with validFrom or validUntil, the entry lets the team read the product in that time
     */
    public record ConsumerDescriptor(Optional<String> domain, Optional<String> team, Optional<String> useCase, Optional<LocalDate> validFrom, Optional<LocalDate> validUntil, Position position)
    {
        static final ObjectShape SHAPE = ObjectShape.of("a consumer").required("domain").optional("team", "useCase", "validFrom", "validUntil");

        public ConsumerDescriptor
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(team, "team is null");
            requireNonNull(useCase, "useCase is null");
            requireNonNull(validFrom, "validFrom is null");
            requireNonNull(validUntil, "validUntil is null");
            requireNonNull(position, "position is null");
        }

        private static ConsumerDescriptor read(ObjectReader reader)
        {
            Optional<Located<LocalDate>> validFrom = reader.date("validFrom");
            Optional<Located<LocalDate>> validUntil = reader.date("validUntil");
            if (validFrom.isPresent() && validUntil.isPresent() && validUntil.get().value().isBefore(validFrom.get().value())) {
                reader.problems().error(validUntil.get().position(), "validUntil of the consumer is before validFrom", "write validUntil as the last day on which it holds");
            }
            return new ConsumerDescriptor(
                    reader.text("domain").map(Located::value),
                    reader.text("team").map(Located::value),
                    reader.text("useCase").map(Located::value),
                    validFrom.map(Located::value),
                    validUntil.map(Located::value),
                    reader.position());
        }
    }

    public static ContractDescriptor read(DescriptorNode.Fields document, YamlDocument source, Problems problems)
    {
        Optional<ObjectReader> root = ObjectReader.of(document, SHAPE, problems);
        Optional<ObjectReader> written = root.flatMap(reader -> reader.object("metadata", METADATA));
        Metadata metadata = written
                .map(ContractDescriptor::readMetadata)
                .orElseGet(() -> new Metadata(Optional.empty(), Optional.empty(), Optional.empty()));
        Producer producer = root.flatMap(reader -> reader.object("producer", PRODUCER))
                .map(ContractDescriptor::readProducer)
                .orElseGet(() -> new Producer(Optional.empty(), Optional.empty(), Optional.empty()));
        List<ConsumerDescriptor> consumers = root.map(reader -> reader.objects("consumers", ConsumerDescriptor.SHAPE)).orElse(ImmutableList.of()).stream()
                .map(ConsumerDescriptor::read)
                .collect(toImmutableList());
        List<ColumnDescriptor> columns = root.flatMap(reader -> reader.object("schema", SCHEMA))
                .map(ContractDescriptor::readColumns)
                .orElse(ImmutableList.of());
        List<ObjectiveDescriptor> objectives = root.map(ObjectiveDescriptor::readAll).orElse(ImmutableList.of());
        List<QualityDescriptor> quality = root.flatMap(reader -> reader.object("quality", QUALITY))
                .map(QualityDescriptor::readAll)
                .orElse(ImmutableList.of());
        List<RelationshipDescriptor> relationships = root.map(RelationshipDescriptor::readAll).orElse(ImmutableList.of());
        Terms terms = Terms.of(
                "datacontract/v1",
                written.flatMap(reader -> reader.text("status")).map(Located::value),
                written.flatMap(reader -> reader.text("description")).map(Located::value),
                source.text());
        return new ContractDescriptor(
                document.position(),
                source.fingerprint(),
                metadata,
                producer,
                consumers,
                columns.isEmpty() && relationships.isEmpty() ? ImmutableList.of() : ImmutableList.of(ContractTableDescriptor.unnamed(columns, relationships, document.position())),
                objectives,
                quality,
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty(),
                Discovery.NONE,
                terms,
                problems.toList());
    }

    private static Metadata readMetadata(ObjectReader reader)
    {
        return new Metadata(
                reader.text("name").map(Located::value),
                reader.text("version").map(Located::value),
                reader.text("owner").map(Located::value));
    }

    private static Producer readProducer(ObjectReader reader)
    {
        reader.text("team");
        return new Producer(reader.text("domain"), reader.text("dataProduct"), reader.text("contact").map(Located::value));
    }

    private static List<ColumnDescriptor> readColumns(ObjectReader reader)
    {
        Optional<Located<String>> type = reader.text("type");
        Optional<DescriptorNode> specification = reader.node("specification");
        if (type.isPresent() && !type.get().value().equals("avro")) {
            reader.problems().error(type.get().position(), "schema type '%s' is not supported".formatted(type.get()), "write 'type: avro' with the Avro schema as its specification");
            return ImmutableList.of();
        }
        return switch (specification.orElse(null)) {
            case null -> ImmutableList.of();
            case DescriptorNode.Text text -> new AvroColumns(text, reader.problems()).read();
            case DescriptorNode other -> {
                reader.problems().error(other.position(), "the specification is " + other.form(), "write the Avro schema as a block of text: 'specification: |'");
                yield ImmutableList.of();
            }
        };
    }
}
