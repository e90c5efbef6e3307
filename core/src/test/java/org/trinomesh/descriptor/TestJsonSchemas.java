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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.io.Resources;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.rule.CheckDescriptor;
import org.trinomesh.rule.MaskDescriptor;
import org.trinomesh.rule.PrincipalDescriptor;
import org.trinomesh.rule.RuleDescriptor.Kind;
import org.trinomesh.rule.ScopeDescriptor;
import org.trinomesh.rule.SubjectDescriptor;
import org.trinomesh.rule.WaiverDescriptor;
import org.trinomesh.yaml.ObjectShape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

final class TestJsonSchemas
{
    private static final List<String> SCHEMAS = List.of("mesh", "domain", "data-product", "data-contract", "governance-policy");
    // What the others refer to
    private static final String PARTS = "common";

    private static final String PRODUCT = resource("good/data-product.yaml");
    private static final String MESH = resource("good/mesh.yaml");
    private static final String DOMAIN = resource("good/domain.yaml");
    private static final String CONTRACT = resource("good/data-contract.yaml");
    private static final String POLICY = resource("good/governance-policy.yaml");

    private static final Map<String, ObjectShape> RULES = ImmutableMap.<String, ObjectShape>builder()
            .put("$defs/check", CheckDescriptor.SHAPE)
            .put("$defs/columnMatch", ScopeDescriptor.SHAPE)
            .put("$defs/denialRule", Kind.DENIAL.shape())
            .put("$defs/hiddenColumnRule", Kind.HIDDEN_COLUMN.shape())
            .put("$defs/maskAction", MaskDescriptor.SHAPE)
            .put("$defs/maskRule", Kind.MASK.shape())
            .put("$defs/productMatch", ScopeDescriptor.PRODUCT_SHAPE)
            .put("$defs/rowFilterRule", Kind.ROW_FILTER.shape())
            .put("$defs/subject", SubjectDescriptor.SHAPE)
            .buildOrThrow();

    @Test
    void testSeedFilesAreValid()
    {
        assertThat(validate("data-product", resource("seed/data-product.yaml"))).isEmpty();
        assertThat(validate("data-contract", resource("seed/data-contract.yaml"))).isEmpty();
    }

    @Test
    void testGoodDocumentsAreValid()
    {
        SCHEMAS.forEach(schema -> assertThat(validate(schema, resource("good/" + schema + ".yaml"))).as(schema).isEmpty());
        SCHEMAS.forEach(schema -> assertThat(DescriptorReader.read(schema, resource("good/" + schema + ".yaml").getBytes(UTF_8)).descriptors().getFirst().problems()).as(schema)
                .noneMatch(Problem::isError));
        assertThat(validate("data-product", PRODUCT
                .replace("schema: sales", "schema: sales\n      tables: [orders, {table: lines, name: order-lines, main: true, columns: [{name: a, type: bigint, fieldId: 3}]}]")
                .replace("spec:", "spec:\n  discoverable: false\n  support: [{channel: chat}]\n  deprecation: {endOfLife: 2026-12-31, replacedBy: sales.other}"))).isEmpty();
    }

    @Test
    void testBadDocumentsAreNot()
    {
        assertThat(validate("data-product", PRODUCT.replace("owner:", "ownr:"))).isNotEmpty();
        assertThat(validate("data-product", PRODUCT.replace("[read]", "[reed]"))).isNotEmpty();
        assertThat(validate("data-product", PRODUCT.replace("role: analysts", "role: analysts\n      user: ana"))).isNotEmpty();
        assertThat(validate("mesh", MESH.replace("kind: Mesh", "kind: Domain"))).isNotEmpty();
        assertThat(validate("data-contract", CONTRACT + "quality: {rules: [{column: order_id, check: uniqe}]}\n")).isNotEmpty();
        assertThat(validate("data-contract", CONTRACT + "quality: {rules: [{column: order_id}]}\n")).isNotEmpty();
    }

    @Test
    void testWhatGovernanceAddsToDocumentsIsValid()
    {
        assertGood("mesh", MESH +
                """
                  members: [{domain: sales, principals: [{group: sales-analysts}]}]
                  identifiers: [{type: customer_id, domains: [sales, marketing]}]
                  conformance: {interoperability: strict, pii-handling: "off", qualifiedName: "[a-z]+[.][a-z_]+[.]v[0-9]+"}
                  encryption: at-rest
                """);
        assertGood("domain", DOMAIN +
                """
                  classification: internal
                  masks: [{id: m, match: {tags: [pii]}, mask: replace-with-null}]
                  hiddenColumns: [{id: h, match: {columns: [ssn]}}]
                  rowFilters: [{id: r, filter: "region = 'WEST'"}]
                  denials: [{id: d, principals: [{group: interns}]}]
                  checks: [{id: c, expression: "true", enforcement: warn}]
                """);
        assertGood("data-product", PRODUCT.replace("type: bigint", "type: bigint\n      mask: {action: bucket, width: 10}\n      hidden: true")
                .replace("[read]", "[read, share]")
                .replace("  columns:\n",
                        """
                          governance: {encryption: at-rest}
                          masks: [{id: m, match: {tags: [pii]}, mask: replace-with-null}]
                          hiddenColumns: [{id: h, match: {columns: [ssn]}}]
                          rowFilters: [{id: r, filter: "region = 'WEST'"}]
                          denials: [{id: d, principals: [{group: interns}]}]
                          columns:
                            - name: address
                              type: row(city varchar, geo row(lat double))
                              fields: [{name: city, mask: show-first-4, tags: [pii]}, {name: geo, fields: [{name: lat, classification: restricted}]}]
                        """));
        assertGood("data-product", PRODUCT.replace("spec:\n", "spec:\n  synonyms: [purchases]\n  sampleQueries: [{title: How many, sql: SELECT count(*) FROM sales.orders, description: All of them}]\n")
                .replace("type: bigint", "type: bigint\n      synonyms: [number]\n      derivedFrom: [erp.orders.id]\n      transformation: as it is\n      unique: true"));
        assertGood("data-contract", CONTRACT + "consumers: [{domain: marketing, team: campaigns, validFrom: 2026-01-01, validUntil: 2026-12-31}]\n");
        assertGood("data-contract", CONTRACT + "quality: {rules: [{name: n, description: d, table: orders, column: order_id, check: regex, pattern: \"^a$\", dimension: conformity, severity: error, x-team: a}]}\n");
    }

    @Test
    void testWrongPoliciesAreNotValid()
    {
        assertBad("name: pii", "nam: pii");
        assertBad("rowFilters:", "rowFilter:");
        assertBad("description: Only", "comment: Only");
        assertBad("id: mask-email", "id: Mask Email");
        assertBad("mask: email-domain", "mask: email-domian");
        assertBad("mask: email-domain", "mask: clear");
        assertBad("mask: email-domain", "mask: bucket");
        assertBad("mask: email-domain", "mask: {action: email-domain, width: 10}");
        assertBad("width: 0.5", "prefix: 3");
        assertBad("width: 0.5", "width: 0");
        assertBad("{de: eu, fr: eu}, otherwise: other", "{de: eu, fr: eu}");
        assertBad("ranges: [0, 18, 65]", "ranges: [0, 18, 65], prefix: 2");
        assertBad("city: clear", "city: cleer");
        assertBad("keyVersion: 2", "keyVersion: 0");
        assertBad("match: {columns: [ssn]}", "match: {}");
        assertBad("match: {columns: [ssn]}", "match: {columns: []}");
        assertBad("match: {columns: [ssn]}", "match: {domains: [sales]}");
        assertBad("match: {tiers: [gold]}", "match: {columns: [a]}");
        assertBad("principals: [{group: west}]", "principals: []");
        assertBad("principals: [{group: west}]", "principals: [{group: west, user: ana}]");
        assertBad("principals: [{group: west}]", "principals: [{}]");
        assertBad("permissions: [discover, read, share]", "permissions: [discover, reed]");
        assertBad("permissions: [discover, read, share]", "permissions: []");
        assertBad("enforcement: strict", "enforcement: hard");
        assertBad("columns: [mail_domain]}\n      from", "tags: [email]}\n      from");
        assertBad("from: [sales.customer_360.email]", "from: []");
        assertBad("from: [sales.customer_360.email]", "from: [email]");
        assertBad("reason: A domain", "description: A domain");
        assertBad("reason: The", "reasons: The");
        assertBad("access: readable", "access: readible");
        assertBad("classification: restricted\n      tags: [pii, email]", "description: nothing");
    }

    @Test
    void testSchemasHaveTheKeysOfTheReaders()
    {
        Map<String, Map<String, ObjectShape>> shapes = ImmutableMap.of(
                PARTS, ImmutableMap.<String, ObjectShape>builder()
                        .put("$defs/channel", SupportDescriptor.SHAPE)
                        .put("$defs/slo", ObjectiveDescriptor.SHAPE)
                        .putAll(RULES)
                        .buildOrThrow(),
                "mesh", ImmutableMap.of(
                        "", MeshDescriptor.SHAPE,
                        "properties/metadata", MeshDescriptor.METADATA,
                        "properties/spec", MeshDescriptor.SPEC,
                        "properties/spec/properties/conformance", MeshDescriptor.CONFORMANCE,
                        "$defs/principal", PrincipalDescriptor.SHAPE,
                        "$defs/grant", MeshDescriptor.GrantDescriptor.SHAPE,
                        "$defs/members", MeshDescriptor.MembersDescriptor.SHAPE,
                        "$defs/identifier", MeshDescriptor.IdentifierDescriptor.SHAPE),
                "domain", ImmutableMap.of(
                        "", DomainDescriptor.SHAPE,
                        "properties/metadata", DomainDescriptor.METADATA,
                        "properties/spec", DomainDescriptor.SPEC),
                "data-product", ImmutableMap.<String, ObjectShape>builder()
                        .put("", ProductReader.SHAPE)
                        .put("properties/metadata", ProductReader.METADATA)
                        .put("properties/spec", ProductReader.SPEC)
                        .put("properties/spec/properties/classification", ProductReader.CLASSIFICATION)
                        .put("properties/spec/properties/schema", ProductReader.SCHEMA)
                        .put("properties/spec/properties/governance", ProductReader.GOVERNANCE)
                        .put("properties/spec/properties/deprecation", ProductReader.DEPRECATION)
                        .put("$defs/access", AccessDescriptor.SHAPE)
                        .put("$defs/column", ColumnDescriptor.SHAPE)
                        .put("$defs/inputPort", InputPortDescriptor.SHAPE)
                        .put("$defs/outputPort", OutputPortDescriptor.SHAPE)
                        .put("$defs/query", QueryDescriptor.SHAPE)
                        .put("$defs/materialized", MaterializedDescriptor.SHAPE)
                        .put("$defs/sampleQuery", DiscoveryReader.SAMPLE_QUERY)
                        .put("$defs/table", TableDescriptor.SHAPE)
                        .put("$defs/field", FieldDescriptor.SHAPE)
                        .buildOrThrow(),
                "data-contract", ImmutableMap.of(
                        "", ContractDescriptor.SHAPE,
                        "properties/metadata", ContractDescriptor.METADATA,
                        "properties/producer", ContractDescriptor.PRODUCER,
                        "properties/schema", ContractDescriptor.SCHEMA,
                        "properties/quality", ContractDescriptor.QUALITY,
                        "$defs/consumer", ContractDescriptor.ConsumerDescriptor.SHAPE,
                        "$defs/qualityRule", QualityDescriptor.SHAPE),
                "governance-policy", ImmutableMap.<String, ObjectShape>builder()
                        .put("", PolicyDescriptor.SHAPE)
                        .put("properties/metadata", PolicyDescriptor.METADATA)
                        .put("properties/spec", PolicyDescriptor.SPEC)
                        .put("$defs/classificationRule", Kind.CLASSIFICATION.shape())
                        .put("$defs/grantRule", Kind.GRANT.shape())
                        .put("$defs/declassification", Kind.DECLASSIFICATION.shape())
                        .put("$defs/namedColumns", ScopeDescriptor.NAMED_COLUMNS_SHAPE)
                        .put("$defs/waiver", WaiverDescriptor.SHAPE)
                        .put("$defs/test", PolicyTestDescriptor.SHAPE)
                        .put("$defs/expectation", PolicyTestDescriptor.EXPECT)
                        .buildOrThrow());
        shapes.forEach((schema, places) -> places.forEach((place, shape) -> {
            Map<?, ?> object = (Map<?, ?>) at(load(resource("org/trinomesh/schema/" + schema + ".schema.json")), place);
            assertThat(keys(object.get("properties"))).as(schema + " " + place)
                    .isEqualTo(Sets.union(ImmutableSet.of("customProperties"), Sets.union(shape.required(), shape.optional())));
            assertThat(object.containsKey("required") ? ImmutableSet.copyOf((Collection<?>) object.get("required")) : ImmutableSet.of())
                    .as(schema + " " + place)
                    .isEqualTo(shape.required());
            assertThat(object.get("additionalProperties")).as(schema + " " + place).isEqualTo(false);
        }));
        assertThat(shapes.keySet()).containsExactlyInAnyOrderElementsOf(Sets.union(ImmutableSet.of(PARTS), ImmutableSet.copyOf(SCHEMAS)));
        // A mask may also be its name alone
        shapes.forEach((schema, places) -> assertThat(places.keySet()).as(schema)
                .containsAll(definitions(schema).stream()
                        .filter(name -> !name.equals("mask"))
                        .map(name -> "$defs/" + name)
                        .toList()));
    }

    @Test
    void testEveryPropertyIsDescribed()
    {
        Sets.union(ImmutableSet.of(PARTS), ImmutableSet.copyOf(SCHEMAS)).forEach(schema -> checkDescribed(schema, load(resource("org/trinomesh/schema/" + schema + ".schema.json"))));
    }

    private static void assertGood(String schema, String yaml)
    {
        assertThat(validate(schema, yaml)).as(schema).isEmpty();
        DescriptorFile file = DescriptorReader.read(schema, yaml.getBytes(UTF_8));
        assertThat(file.problems()).as(schema).isEmpty();
        assertThat(file.descriptors().getFirst().problems()).as(schema).noneMatch(Problem::isError);
    }

    private static void assertBad(String correct, String wrong)
    {
        assertThat(POLICY).contains(correct);
        assertThat(validate("governance-policy", POLICY.replace(correct, wrong))).as(wrong).isNotEmpty();
    }

    private static void checkDescribed(String place, Object node)
    {
        if (node instanceof Map<?, ?> object) {
            if (object.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((name, property) -> assertThat(keys(property)).as(place + "/" + name).contains("title", "description"));
            }
            // A condition has no readers
            object.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals("if"))
                    .forEach(entry -> checkDescribed(place + "/" + entry.getKey(), entry.getValue()));
        }
    }

    private static Set<String> definitions(String schema)
    {
        Object definitions = ((Map<?, ?>) load(resource("org/trinomesh/schema/" + schema + ".schema.json"))).get("$defs");
        return definitions == null ? ImmutableSet.of() : keys(definitions);
    }

    private static Set<String> keys(Object object)
    {
        return ((Map<?, ?>) object).keySet().stream().map(String::valueOf).collect(toImmutableSet());
    }

    private static Object at(Object node, String place)
    {
        for (String step : place.isEmpty() ? new String[0] : place.split("/", -1)) {
            node = ((Map<?, ?>) node).get(step);
        }
        return node;
    }

    private static Set<ValidationMessage> validate(String schema, String yaml)
    {
        JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SchemaLocation.of("classpath:org/trinomesh/schema/" + schema + ".schema.json"));
        return compiled.validate(json(load(yaml)), InputFormat.JSON);
    }

    private static Object load(String yaml)
    {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static String json(Object value)
    {
        return switch (value) {
            case Map<?, ?> map -> map.entrySet().stream().map(entry -> json(entry.getKey()) + ":" + json(entry.getValue())).collect(joining(",", "{", "}"));
            case Collection<?> items -> items.stream().map(TestJsonSchemas::json).collect(joining(",", "[", "]"));
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
            default -> String.valueOf(value);
        };
    }

    private static String resource(String name)
    {
        try {
            return Resources.toString(Resources.getResource(name), UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
