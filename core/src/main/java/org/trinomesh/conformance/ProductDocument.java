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
package org.trinomesh.conformance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import org.trinomesh.product.AccessRule;
import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnField;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.OutputPort;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.SupportChannel;
import org.trinomesh.text.Words;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Locale.ENGLISH;

/**
 * A data product as the expressions of checks see it: maps, lists, texts and truth values. Every field always exists; a
 * field that nobody wrote is the empty text, the empty list or false. So {@code product.metadata.owner != ''} never fails.
 */
public final class ProductDocument
{
    static final String PII_TAG = "pii";

    private static final Map<String, Set<String>> FIELDS = ImmutableMap.<String, Set<String>>builder()
            .put("product", ImmutableSet.of("metadata", "description", "classification", "inputPorts", "outputPorts", "columns", "schema", "slos", "governance", "accessControl", "contract", "support"))
            .put("product.metadata", ImmutableSet.of("name", "domain", "owner", "version", "status", "tags", "qualifiedName"))
            .put("product.classification", ImmutableSet.of("type", "tier", "pii", "containsPii", "confidentiality"))
            .put("product.schema", ImmutableSet.of("registered"))
            .put("product.governance", ImmutableSet.of("dataClassification", "retentionPeriod", "gdprCompliant", "encryption"))
            .put("product.contract", ImmutableSet.of("name", "version", "owner"))
            .buildOrThrow();

    private ProductDocument() {}

    /**
     * The fields of an object of the document; empty for what is no object or has fields that the product names.
     *
     * @param path {@code product.metadata}
     */
    static Optional<Set<String>> fields(String path)
    {
        return Optional.ofNullable(FIELDS.get(path));
    }

    /**
     * @param domain the domain of the product, for what products inherit from it
     * @param context what policies make of the product's columns
     */
    public static Map<String, Object> of(DataProduct product, Optional<Domain> domain, ConformanceContext context)
    {
        List<Map<String, Object>> columns = product.tables().stream()
                .flatMap(table -> table.columns().stream().map(column -> column(table, column, context)))
                .collect(toImmutableList());
        boolean containsPii = product.pii() || columns.stream().anyMatch(column -> column.get(PII_TAG).equals(true));
        String confidentiality = text(product.classification().or(() -> domain.flatMap(inherited -> inherited.rules().classification())));
        return ImmutableMap.<String, Object>builder()
                .put("metadata", metadata(product, domain))
                .put("description", product.description())
                .put("classification", ImmutableMap.of(
                        "type", text(product.archetype()),
                        "tier", text(product.tier()),
                        "pii", product.pii(),
                        "containsPii", containsPii,
                        "confidentiality", confidentiality))
                .put("inputPorts", list(product.inputPorts(), ProductDocument::inputPort))
                .put("outputPorts", list(product.outputPorts(), ProductDocument::outputPort))
                .put("columns", columns)
                .put("schema", ImmutableMap.of("registered", !columns.isEmpty()))
                // The name of an objective may be written twice
                .put("slos", product.objectives().stream().collect(toImmutableMap(ServiceLevelObjective::name, ServiceLevelObjective::target, (first, _) -> first)))
                .put("governance", ImmutableMap.of(
                        "dataClassification", confidentiality,
                        "retentionPeriod", text(product.governance().handling().retention()),
                        "gdprCompliant", product.governance().handling().gdprCompliant(),
                        "encryption", text(product.governance().handling().encryption().or(context::encryption))))
                .put("accessControl", list(product.accessRules(), ProductDocument::accessRule))
                .put("contract", ImmutableMap.of(
                        "name", text(product.contract().map(Contract::name)),
                        "version", text(product.contract().map(Contract::version)),
                        "owner", text(product.contract().map(Contract::owner))))
                .put("support", list(product.support(), ProductDocument::support))
                .buildOrThrow();
    }

    /**
     * A hash of the content of the document.
     */
    static HashCode fingerprint(Map<String, Object> document)
    {
        StringBuilder content = new StringBuilder(2_000);
        append(content, document);
        // In an encoding, all halves of surrogate pairs would be the same
        ByteBuffer bytes = ByteBuffer.allocate(content.length() * Character.BYTES);
        bytes.asCharBuffer().append(content);
        return Hashing.sha256().hashBytes(bytes);
    }

    /**
     * Every value begins with its kind and its length, so that no text can be taken for another structure.
     */
    private static void append(StringBuilder content, Object value)
    {
        switch (value) {
            case Map<?, ?> map -> {
                content.append('m').append(map.size()).append(':');
                map.forEach((key, inner) -> {
                    append(content, key);
                    append(content, inner);
                });
            }
            case List<?> list -> {
                content.append('l').append(list.size()).append(':');
                list.forEach(inner -> append(content, inner));
            }
            case String text -> content.append('s').append(text.length()).append(':').append(text);
            case Boolean flag -> content.append(flag ? 't' : 'f');
            case Number number -> content.append('n').append(number).append(':');
            default -> throw new IllegalArgumentException("Not a value of a document: " + value.getClass().getName());
        }
    }

    private static Map<String, Object> metadata(DataProduct product, Optional<Domain> domain)
    {
        Set<String> inherited = domain.map(parent -> parent.rules().tags()).orElse(ImmutableSet.of());
        return ImmutableMap.<String, Object>builder()
                .put("name", product.name())
                .put("domain", product.domain())
                .put("owner", product.owner())
                .put("version", product.version().toString())
                .put("status", product.status().name().toLowerCase(ENGLISH))
                .put("tags", ImmutableList.copyOf(Sets.union(product.tags(), inherited)))
                // A product has only the SQL name of its domain, and names are usually written with dashes
                .put("qualifiedName", "%s.%s.v%s".formatted(product.domain().replace('_', '-'), product.name(), product.version().major()))
                .buildOrThrow();
    }

    private static Map<String, Object> column(ProductTable table, Column column, ConformanceContext context)
    {
        String qualifiedName = table.name() + "." + column.name();
        Set<String> tags = context.columnTags().getOrDefault(qualifiedName, column.tags());
        boolean looksLikePii = !context.declassifiedColumns().contains(qualifiedName) && (PiiNames.looksLikePii(column.name()) || column.details().physicalName().filter(PiiNames::looksLikePii).isPresent());
        return ImmutableMap.<String, Object>builder()
                .put("table", table.name())
                .put("name", column.name())
                .put("type", column.type().sql())
                .put("nullable", column.nullable())
                .put("classification", Optional.ofNullable(context.columnClassifications().get(qualifiedName)).or(column::classification).orElse(""))
                .put("tags", ImmutableList.copyOf(tags))
                .put("identifier", text(column.identifier()))
                .put("looksLikePii", looksLikePii)
                .put(PII_TAG, looksLikePii || isPii(tags) || fields(column.fields()).anyMatch(field -> isPii(field.tags())))
                .put("protected", context.protectedColumns().contains(qualifiedName))
                .buildOrThrow();
    }

    private static boolean isPii(Set<String> tags)
    {
        return tags.stream().anyMatch(tag -> Words.isSame(tag, PII_TAG));
    }

    private static Stream<ColumnField> fields(List<ColumnField> fields)
    {
        return fields.stream().flatMap(field -> Stream.concat(Stream.of(field), fields(field.fields())));
    }

    private static Map<String, Object> inputPort(InputPort port)
    {
        return ImmutableMap.of("name", port.name(), "type", port.type(), "source", text(port.source()), "format", text(port.format()), "schedule", text(port.schedule()));
    }

    private static Map<String, Object> outputPort(OutputPort port)
    {
        return ImmutableMap.of("name", port.name(), "type", port.type(), "address", port.address(), "format", text(port.format()), "authentication", text(port.authentication()));
    }

    private static Map<String, Object> accessRule(AccessRule rule)
    {
        return ImmutableMap.of(
                "principal", rule.principal().toString(),
                "permissions", list(rule.permissions(), permission -> permission.name().toLowerCase(ENGLISH)));
    }

    private static Map<String, Object> support(SupportChannel channel)
    {
        return ImmutableMap.of("channel", channel.channel(), "url", text(channel.url()), "description", text(channel.description()));
    }

    private static <T, R> List<R> list(Iterable<T> values, Function<T, R> function)
    {
        ImmutableList.Builder<R> list = ImmutableList.builder();
        values.forEach(value -> list.add(function.apply(value)));
        return list.build();
    }

    private static String text(Optional<String> value)
    {
        return value.orElse("");
    }
}
