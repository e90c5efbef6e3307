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
package org.trinomesh.validation;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.product.ColumnField;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.problems;

final class TestFieldBuilder
{
    private static final String ROW = "row(city varchar, geo row(lat double, lon double))";

    @Test
    void testFieldsOfRows()
    {
        for (String type : List.of(ROW, "array(" + ROW + ")", "map(varchar, " + ROW + ")", "map(varchar, array(" + ROW + "))")) {
            Mesh mesh = product(type, "[{name: City, tags: [pii], mask: show-first-4}, {name: geo, classification: restricted, fields: [{name: lat, identifier: place}]}]");
            assertThat(problems(mesh)).as(type).isEmpty();
            List<ColumnField> fields = fields(mesh);
            assertThat(paths("", fields)).as(type).containsExactly("city", "geo", "geo.lat");
            assertThat(fields.getFirst().tags()).containsExactly("pii");
            assertThat(fields.getFirst().mask().map(mask -> mask.action().value())).contains("show-first-4");
            assertThat(fields.getLast().classification()).contains("restricted");
            assertThat(fields.getLast().fields().getFirst().identifier()).contains("place");
        }
    }

    @Test
    void testMistakes()
    {
        assertMistake(ROW, "[{name: street}]", "18:23: error: 'address' has no field 'street'; write one of city, geo");
        assertMistake(ROW, "[{name: geo, fields: [{name: alt}]}]", "18:44: error: 'address.geo' has no field 'alt'; write one of lat, lon");
        assertMistake(ROW, "[{name: city}, {name: CITY}]", "18:37: error: field 'address.CITY' is listed twice; keep one of the two");
        assertMistake("varchar", "[{name: city}]", "18:16: error: 'address' is varchar and has no fields; remove 'fields', or promise a row type");
        assertMistake("array(varchar)", "[{name: city}]", "18:16: error: 'address' is array(varchar) and has no fields; remove 'fields', or promise a row type");
        assertMistake("map(row(a varchar), bigint)", "[{name: a}]", "18:16: error: 'address' is map(row(\"a\" varchar), bigint) and has no fields; remove 'fields', or promise a row type");
        assertMistake(ROW, "[{name: city, fields: [{name: a}]}]", "18:38: error: 'address.city' is varchar and has no fields; remove 'fields', or promise a row type");
        assertThat(problems(product("varchar", "[]"))).isEmpty();
    }

    @Test
    void testProductAddsToTheFieldsOfItsContract()
    {
        String contract = CONTRACT.replace(
                "{\"name\": \"order_id\", \"type\": \"long\", \"doc\": \"Number of the order\"}",
                "{\"name\": \"address\", \"type\": [\"null\", {\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"city\", \"type\": \"string\", \"tags\": [\"place\"], \"classification\": \"internal\"}, {\"name\": \"zip\", \"type\": \"string\", \"tags\": [\"postal\"]}]}]}");
        Mesh mesh = mesh(ImmutableMap.of(
                "contract.yaml", contract,
                "orders.yaml", PRODUCT.replace("- name: order_id\n      type: bigint", "- name: address\n      fields: [{name: city, tags: [pii], mask: show-first-4}]")));
        assertThat(problems(mesh)).isEmpty();
        List<ColumnField> fields = fields(mesh);
        assertThat(paths("", fields)).containsExactly("city", "zip");
        assertThat(fields.getFirst().tags()).containsExactly("place", "pii");
        assertThat(fields.getFirst().classification()).contains("internal");
        assertThat(fields.getFirst().mask().map(mask -> mask.action().value())).contains("show-first-4");
        assertThat(fields.getLast().tags()).containsExactly("postal");
    }

    private static void assertMistake(String type, String fields, String problem)
    {
        assertThat(problems(product(type, fields))).as(type + " " + fields).containsExactly("orders.yaml:" + problem);
    }

    private static Mesh product(String type, String fields)
    {
        return mesh("orders.yaml", PRODUCT.replace("- name: order_id\n      type: bigint", "- name: address\n      type: \"%s\"\n      fields: %s".formatted(type, fields)));
    }

    private static List<ColumnField> fields(Mesh mesh)
    {
        return mesh.table("sales", "orders").orElseThrow().table().columns().getFirst().fields();
    }

    private static List<String> paths(String prefix, List<ColumnField> fields)
    {
        return fields.stream()
                .flatMap(field -> Stream.concat(Stream.of(prefix + field.name()), paths(prefix + field.name() + ".", field.fields()).stream()))
                .collect(toImmutableList());
    }
}
