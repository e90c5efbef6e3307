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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import org.trinomesh.descriptor.ContractDescriptor;
import org.trinomesh.descriptor.Descriptor;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.descriptor.DocumentFormat;
import org.trinomesh.descriptor.DomainDescriptor;
import org.trinomesh.descriptor.MeshDescriptor;
import org.trinomesh.descriptor.PolicyDescriptor;
import org.trinomesh.descriptor.ProductDescriptor;
import org.trinomesh.descriptor.QueryFileDescriptor;
import org.trinomesh.descriptor.odcs.OdcsContract;
import org.trinomesh.descriptor.odps.OdpsProduct;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problems;
import org.trinomesh.yaml.DescriptorNode;
import org.trinomesh.yaml.YamlParser;
import org.trinomesh.yaml.YamlParser.YamlDocument;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ENGLISH;

/**
 * Reads the bytes of one file into descriptors. The {@code apiVersion} and {@code kind} of a document say what it is.
 */
public final class DescriptorReader
{
    public static final int MAX_FILE_BYTES = 1024 * 1024;

    private static final String READ_KINDS = "datamesh/v1: Mesh, Domain, DataProduct, GovernancePolicy; datacontract/v1: DataContract; v3.0.0 to v3.2.0: DataContract (ODCS); v0.9.0 to v1.1.0: DataProduct (ODPS)";

    private static final Map<String, DocumentFormat> FORMATS = ImmutableMap.<String, DocumentFormat>builder()
            .put("datamesh/v1 Mesh", (document, source, problems) -> MeshDescriptor.read(document, source.fingerprint(), problems))
            .put("datamesh/v1 Domain", (document, source, problems) -> DomainDescriptor.read(document, source.fingerprint(), problems))
            .put("datamesh/v1 DataProduct", (document, source, problems) -> ProductDescriptor.read(document, source.fingerprint(), problems))
            .put("datamesh/v1 GovernancePolicy", (document, source, problems) -> PolicyDescriptor.read(document, source.fingerprint(), problems))
            .put("datacontract/v1 DataContract", ContractDescriptor::read)
            .putAll(OdcsContract.FORMATS)
            .putAll(OdpsProduct.FORMATS)
            .buildOrThrow();

    private DescriptorReader() {}

    public static DescriptorFile read(String path, byte[] content)
    {
        Position start = Position.startOf(path);
        if (content.length > MAX_FILE_BYTES) {
            return DescriptorFile.unreadable(path, Problem.error(start, "the file is larger than 1 MiB", "split it into several files"));
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        }
        catch (CharacterCodingException _) {
            return DescriptorFile.unreadable(path, Problem.error(start, "the file is not UTF-8 text", "save it as UTF-8"));
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (PlaceNames.isQuery(path)) {
            return new DescriptorFile(path, ImmutableList.of(new QueryFileDescriptor(start, Hashing.sha256().hashBytes(content).toString(), text)), ImmutableList.of());
        }
        if (path.toLowerCase(ENGLISH).endsWith(".json")) {
            // JSON may be indented with tabs, which YAML refuses; inside JSON strings a tab is always escaped
            text = text.replace('\t', ' ');
        }
        ImmutableList.Builder<Descriptor> descriptors = ImmutableList.builder();
        Problems problems = new Problems();
        for (YamlDocument document : YamlParser.parse(path, text)) {
            read(document, descriptors, problems);
        }
        return new DescriptorFile(path, descriptors.build(), problems.toList());
    }

    private static void read(YamlDocument document, ImmutableList.Builder<Descriptor> descriptors, Problems fileProblems)
    {
        if (document.nodes().isEmpty()) {
            fileProblems.addAll(document.problems());
        }
        List<Problem> remaining = document.problems();
        for (DescriptorNode node : document.nodes()) {
            Problems problems = new Problems();
            problems.addAll(remaining);
            remaining = ImmutableList.of();
            read(node, document, problems).ifPresentOrElse(descriptors::add, () -> fileProblems.addAll(problems.toList()));
        }
    }

    private static Optional<Descriptor> read(DescriptorNode node, YamlDocument source, Problems problems)
    {
        if (node instanceof DescriptorNode.Text(String _, boolean absent, Optional<Position> _, Position _) && absent) {
            return Optional.empty();
        }
        if (!(node instanceof DescriptorNode.Fields document)) {
            problems.error(node.position(), "the document is " + node.form(), "begin it with 'apiVersion:' and 'kind:'");
            return Optional.empty();
        }
        Optional<Located<String>> apiVersion = word(document, "apiVersion", problems);
        Optional<Located<String>> kind = word(document, "kind", problems);
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        DocumentFormat reader = FORMATS.get(apiVersion.get() + " " + kind.get());
        if (reader == null) {
            problems.error(kind.get().position(), "kind %s of apiVersion %s is not supported".formatted(kind.get(), apiVersion.get()), "write one of " + READ_KINDS);
            return Optional.empty();
        }
        return Optional.of(reader.read(document, source, problems));
    }

    private static Optional<Located<String>> word(DescriptorNode.Fields document, String key, Problems problems)
    {
        DescriptorNode.Field field = document.fields().get(key);
        if (field == null) {
            problems.error(document.position(), "the document has no '%s'".formatted(key), "add it; these are supported: " + READ_KINDS);
            return Optional.empty();
        }
        if (field.value() instanceof DescriptorNode.Text(String value, boolean absent, Optional<Position> _, Position position) && !absent && !value.isBlank()) {
            return Optional.of(new Located<>(value, position));
        }
        problems.error(field.keyPosition(), "'%s' has no single value".formatted(key), "these are supported: " + READ_KINDS);
        return Optional.empty();
    }
}
