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
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

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
    private static final List<String> SCHEMAS = List.of("mesh", "domain", "data-product", "data-contract");

    private static final String PRODUCT = resource("good/data-product.yaml");
    private static final String MESH = resource("good/mesh.yaml");

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
    }

    @Test
    void testSchemasHaveTheKeysOfTheReaders()
    {
        Map<String, Map<String, ObjectShape>> shapes = ImmutableMap.of(
                "mesh", ImmutableMap.of(
                        "", MeshDescriptor.SHAPE,
                        "properties/metadata", MeshDescriptor.METADATA,
                        "properties/spec", MeshDescriptor.SPEC,
                        "$defs/principal", PrincipalDescriptor.SHAPE,
                        "$defs/grant", MeshDescriptor.GrantDescriptor.SHAPE),
                "domain", ImmutableMap.of(
                        "", DomainDescriptor.SHAPE,
                        "properties/metadata", DomainDescriptor.METADATA,
                        "properties/spec", DomainDescriptor.SPEC,
                        "$defs/channel", SupportDescriptor.SHAPE),
                "data-product", ImmutableMap.<String, ObjectShape>builder()
                        .put("", ProductReader.SHAPE)
                        .put("properties/metadata", ProductReader.METADATA)
                        .put("properties/spec", ProductReader.SPEC)
                        .put("properties/spec/properties/classification", ProductReader.CLASSIFICATION)
                        .put("properties/spec/properties/schema", ProductReader.SCHEMA)
                        .put("properties/spec/properties/governance", ProductReader.GOVERNANCE)
                        .put("properties/spec/properties/deprecation", ProductReader.DEPRECATION)
                        .put("$defs/access", AccessDescriptor.SHAPE)
                        .put("$defs/channel", SupportDescriptor.SHAPE)
                        .put("$defs/column", ColumnDescriptor.SHAPE)
                        .put("$defs/inputPort", InputPortDescriptor.SHAPE)
                        .put("$defs/outputPort", OutputPortDescriptor.SHAPE)
                        .put("$defs/slo", ObjectiveDescriptor.SHAPE)
                        .put("$defs/table", TableDescriptor.SHAPE)
                        .buildOrThrow(),
                "data-contract", ImmutableMap.of(
                        "", ContractDescriptor.SHAPE,
                        "properties/metadata", ContractDescriptor.METADATA,
                        "properties/producer", ContractDescriptor.PRODUCER,
                        "properties/schema", ContractDescriptor.SCHEMA,
                        "properties/quality", ContractDescriptor.QUALITY,
                        "$defs/consumer", ContractDescriptor.ConsumerDescriptor.SHAPE,
                        "$defs/slo", ObjectiveDescriptor.SHAPE));
        shapes.forEach((schema, places) -> places.forEach((place, shape) -> {
            Map<?, ?> object = (Map<?, ?>) at(load(resource("org/trinomesh/schema/" + schema + ".schema.json")), place);
            assertThat(keys(object.get("properties"))).as(schema + " " + place)
                    .isEqualTo(Sets.union(ImmutableSet.of("customProperties"), Sets.union(shape.required(), shape.optional())));
            assertThat(object.containsKey("required") ? ImmutableSet.copyOf((Collection<?>) object.get("required")) : ImmutableSet.of())
                    .as(schema + " " + place)
                    .isEqualTo(shape.required());
            assertThat(object.get("additionalProperties")).as(schema + " " + place).isEqualTo(false);
        }));
        shapes.forEach((schema, places) -> assertThat(places.keySet()).as(schema)
                .containsAll(keys(((Map<?, ?>) load(resource("org/trinomesh/schema/" + schema + ".schema.json"))).get("$defs")).stream().map(name -> "$defs/" + name).toList()));
    }

    @Test
    void testEveryPropertyIsDescribed()
    {
        SCHEMAS.forEach(schema -> checkDescribed(schema, load(resource("org/trinomesh/schema/" + schema + ".schema.json"))));
    }

    private static void checkDescribed(String place, Object node)
    {
        if (node instanceof Map<?, ?> object) {
            if (object.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((name, property) -> assertThat(keys(property)).as(place + "/" + name).contains("title", "description"));
            }
            object.forEach((name, child) -> checkDescribed(place + "/" + name, child));
        }
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
        JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(resource("org/trinomesh/schema/" + schema + ".schema.json"));
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
