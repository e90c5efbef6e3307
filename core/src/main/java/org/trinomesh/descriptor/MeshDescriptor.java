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
import org.trinomesh.rule.PrincipalDescriptor;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.ObjectReader;
import org.trinomesh.yaml.ObjectShape;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What the platform says about the whole mesh: who oversees it, who may look around, and which domain may use which
 * storage.
 */
public record MeshDescriptor(
        Position position,
        String fingerprint,
        List<PrincipalDescriptor> stewards,
        List<PrincipalDescriptor> discovery,
        List<GrantDescriptor> grants,
        List<MembersDescriptor> members,
        List<IdentifierDescriptor> identifiers,
        ConformanceDescriptor conformance,
        Optional<String> encryption,
        Optional<String> environment,
        Optional<List<Located<String>>> requiredPolicies,
        List<Problem> problems)
        implements Descriptor
{
    static final ObjectShape SHAPE = ObjectShape.of("a Mesh document").required("apiVersion", "kind", "metadata", "spec");
    static final ObjectShape METADATA = ObjectShape.of("metadata").required("name").optional("owner", "description");
    static final ObjectShape SPEC = ObjectShape.of("spec").optional("stewards", "discovery", "grants", "members", "identifiers", "conformance", "encryption", "environment", "requiredPolicies");
    static final ObjectShape CONFORMANCE = ObjectShape.of("conformance").optional("interoperability", "pii-handling", "qualifiedName");

    public MeshDescriptor
    {
        requireNonNull(position, "position is null");
        requireNonNull(fingerprint, "fingerprint is null");
        stewards = ImmutableList.copyOf(requireNonNull(stewards, "stewards is null"));
        discovery = ImmutableList.copyOf(requireNonNull(discovery, "discovery is null"));
        grants = ImmutableList.copyOf(requireNonNull(grants, "grants is null"));
        members = ImmutableList.copyOf(requireNonNull(members, "members is null"));
        identifiers = ImmutableList.copyOf(requireNonNull(identifiers, "identifiers is null"));
        requireNonNull(conformance, "conformance is null");
        requireNonNull(encryption, "encryption is null");
        requireNonNull(environment, "environment is null");
        requiredPolicies = requireNonNull(requiredPolicies, "requiredPolicies is null").map(ImmutableList::copyOf);
        problems = ImmutableList.copyOf(requireNonNull(problems, "problems is null"));
    }

    /**
     * Which tables of a storage a domain may bind its products to.
     */
    public record GrantDescriptor(
            Optional<Located<String>> domain,
            Optional<Located<String>> storage,
            List<Located<String>> namespaces,
            List<Located<String>> locations,
            Optional<Located<String>> trinoCatalog,
            List<Located<String>> schemas,
            Optional<Located<String>> runAs,
            Position position)
    {
        static final ObjectShape SHAPE = ObjectShape.of("a grant").required("domain").optional("storage", "namespaces", "locations", "trinoCatalog", "schemas", "runAs");

        private static final String FORMS = "write {domain, storage, namespaces or locations}, or {domain, trinoCatalog, schemas, runAs}";

        public GrantDescriptor
        {
            requireNonNull(domain, "domain is null");
            requireNonNull(storage, "storage is null");
            namespaces = ImmutableList.copyOf(requireNonNull(namespaces, "namespaces is null"));
            locations = ImmutableList.copyOf(requireNonNull(locations, "locations is null"));
            requireNonNull(trinoCatalog, "trinoCatalog is null");
            schemas = ImmutableList.copyOf(requireNonNull(schemas, "schemas is null"));
            requireNonNull(runAs, "runAs is null");
            requireNonNull(position, "position is null");
        }

        private static GrantDescriptor read(ObjectReader reader)
        {
            if (reader.has("trinoCatalog")) {
                checkCatalog(reader);
            }
            else {
                checkStorage(reader);
            }
            return new GrantDescriptor(
                    reader.text("domain"),
                    reader.text("storage"),
                    reader.texts("namespaces"),
                    reader.texts("locations"),
                    reader.text("trinoCatalog"),
                    reader.texts("schemas"),
                    reader.text("runAs"),
                    reader.position());
        }

        private static void checkStorage(ObjectReader reader)
        {
            if (!reader.has("storage")) {
                reader.problems().error(reader.position(), "a grant has neither 'storage' nor 'trinoCatalog'", FORMS);
            }
            else if (!reader.has("namespaces") && !reader.has("locations")) {
                reader.problems().error(reader.position(), "the grant gives nothing", "add 'namespaces: [...]' or 'locations: [...]'");
            }
            if (reader.has("schemas") || reader.has("runAs")) {
                reader.problems().error(reader.position(), "the grant has keys of both kinds of grants", FORMS);
            }
        }

        private static void checkCatalog(ObjectReader reader)
        {
            if (reader.has("storage") || reader.has("namespaces") || reader.has("locations")) {
                reader.problems().error(reader.position(), "the grant has keys of both kinds of grants", FORMS);
            }
            if (!reader.has("schemas")) {
                reader.problems().error(reader.position(), "the grant gives nothing", "add 'schemas: [...]'");
            }
            if (!reader.has("runAs")) {
                reader.problems().error(reader.position(), "the grant does not say as whom Trino reads the catalog", "add 'runAs:' with a technical user that Trino's access rules let read it");
            }
        }
    }

    /**
     * The members of a domain. The platform lists them, because policies may exempt the members of the domain that owns a
     * product.
     */
    public record MembersDescriptor(Optional<Located<String>> domain, List<PrincipalDescriptor> principals)
    {
        static final ObjectShape SHAPE = ObjectShape.of("an entry of members").required("domain", "principals");

        public MembersDescriptor
        {
            requireNonNull(domain, "domain is null");
            principals = ImmutableList.copyOf(requireNonNull(principals, "principals is null"));
        }

        private static MembersDescriptor read(ObjectReader reader)
        {
            return new MembersDescriptor(reader.text("domain"), PrincipalDescriptor.readAll(reader, "principals"));
        }
    }

    /**
     * Which domains may declare columns of an identifier type. Domains that may can find out what pseudonyms of that type
     * stand for.
     *
     * @param names names of columns that are of the type unless they say otherwise
     */
    public record IdentifierDescriptor(Optional<Located<String>> type, List<Located<String>> domains, List<Located<String>> names)
    {
        static final ObjectShape SHAPE = ObjectShape.of("an identifier type").required("domains", "type").optional("names");

        public IdentifierDescriptor
        {
            requireNonNull(type, "type is null");
            domains = ImmutableList.copyOf(requireNonNull(domains, "domains is null"));
            names = ImmutableList.copyOf(requireNonNull(names, "names is null"));
        }

        private static IdentifierDescriptor read(ObjectReader reader)
        {
            return new IdentifierDescriptor(reader.text("type"), reader.texts("domains"), reader.texts("names"));
        }
    }

    /**
     * How the two built-in policies are enforced: off, audit, warn or strict.
     *
     * @param qualifiedName the pattern of {@code domain.product.vN}
     */
    public record ConformanceDescriptor(Optional<Located<String>> interoperability, Optional<Located<String>> piiHandling, Optional<Located<String>> qualifiedName)
    {
        public static final ConformanceDescriptor DEFAULT = new ConformanceDescriptor(Optional.empty(), Optional.empty(), Optional.empty());

        public ConformanceDescriptor
        {
            requireNonNull(interoperability, "interoperability is null");
            requireNonNull(piiHandling, "piiHandling is null");
            requireNonNull(qualifiedName, "qualifiedName is null");
        }

        private static ConformanceDescriptor read(ObjectReader reader)
        {
            return new ConformanceDescriptor(reader.text("interoperability"), reader.text("pii-handling"), reader.text("qualifiedName"));
        }
    }

    public static MeshDescriptor read(DescriptorNode.Fields document, String fingerprint, Problems problems)
    {
        Optional<ObjectReader> root = ObjectReader.of(document, SHAPE, problems);
        root.flatMap(reader -> reader.object("metadata", METADATA)).ifPresent(metadata -> {
            metadata.text("name");
            metadata.text("owner");
            metadata.text("description");
        });
        Optional<ObjectReader> spec = root.flatMap(reader -> reader.object("spec", SPEC));
        return new MeshDescriptor(
                document.position(),
                fingerprint,
                spec.map(reader -> PrincipalDescriptor.readAll(reader, "stewards")).orElse(ImmutableList.of()),
                spec.map(reader -> PrincipalDescriptor.readAll(reader, "discovery")).orElse(ImmutableList.of()),
                spec.map(reader -> reader.objects("grants", GrantDescriptor.SHAPE)).orElse(ImmutableList.of()).stream()
                        .map(GrantDescriptor::read)
                        .collect(toImmutableList()),
                spec.map(reader -> reader.objects("members", MembersDescriptor.SHAPE)).orElse(ImmutableList.of()).stream()
                        .map(MembersDescriptor::read)
                        .collect(toImmutableList()),
                spec.map(reader -> reader.objects("identifiers", IdentifierDescriptor.SHAPE)).orElse(ImmutableList.of()).stream()
                        .map(IdentifierDescriptor::read)
                        .collect(toImmutableList()),
                spec.flatMap(reader -> reader.object("conformance", CONFORMANCE)).map(ConformanceDescriptor::read).orElse(ConformanceDescriptor.DEFAULT),
                spec.flatMap(reader -> reader.text("encryption")).map(Located::value),
                spec.flatMap(reader -> reader.text("environment")).map(Located::value),
                spec.filter(reader -> reader.has("requiredPolicies")).map(reader -> reader.texts("requiredPolicies")),
                problems.toList());
    }
}
