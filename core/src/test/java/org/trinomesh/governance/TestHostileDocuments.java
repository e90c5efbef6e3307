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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents that somebody writes to stop the mesh. Each costs a moment at most, and nobody else's product.
 */
final class TestHostileDocuments
{
    private static final String OTHER = TestingMesh.PRODUCT.replace("name: orders", "name: segments").replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing");

    @Test
    @Timeout(300)
    void testNoDocumentStopsTheMesh()
    {
        for (Map.Entry<String, String> hostile : hostile().entrySet()) {
            long start = System.nanoTime();
            Mesh mesh = TestingMesh.mesh(ImmutableMap.of("domains/sales/hostile.yaml", hostile.getValue(), "domains/marketing/segments.yaml", OTHER));
            Governance governance = Governance.of(mesh);
            assertThat(governance.problems()).as(hostile.getKey()).isNotNull();
            assertThat(mesh.table("marketing", "segments")).as(hostile.getKey()).isPresent();
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertThat(Duration.ofMillis(millis)).as(hostile.getKey()).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static Map<String, String> hostile()
    {
        String product = TestingMesh.PRODUCT;
        return ImmutableMap.<String, String>builder()
                .put("deep flow", product + "  x: " + "[".repeat(500_000))
                .put("deep maps", product + "  x: " + "{a: ".repeat(200_000))
                .put("deep block", IntStream.range(0, 1_200).mapToObj(i -> " ".repeat(i) + "a:\n").collect(joining()))
                .put("one line", product.replace("description: Orders", "description: " + "x".repeat(1_000_000)))
                .put("laughs", "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c]\n")
                .put("many keys", product + IntStream.range(0, 90_000).mapToObj(i -> "  k" + i + ": 1\n").collect(joining()))
                .put("equal keys", product + "  a: 1\n".repeat(120_000))
                .put("many columns", product.replace("    - name: order_id\n      type: bigint\n", IntStream.range(0, 20_000).mapToObj(i -> "    - {name: c" + i + ", type: varchar}\n").collect(joining())))
                .put("many masks", product.replace("    - name: order_id\n      type: bigint\n", IntStream.range(0, 8_000).mapToObj(i -> "    - {name: c" + i + ", type: varchar, mask: replace-with-null}\n").collect(joining()))
                        + "  masks:\n" + IntStream.range(0, 8_000).mapToObj(i -> "    - {id: m" + i + ", match: {columns: ['c*']}, mask: replace-with-null}\n").collect(joining()))
                .put("derived", product.replace("    - name: order_id\n      type: bigint\n", IntStream.range(0, 12_000).mapToObj(i -> "    - {name: c" + i + ", type: varchar, derivedFrom: [orders.c0]}\n").collect(joining())))
                .put("deep type", product.replace("type: bigint", "type: '" + "array(".repeat(100_000) + "bigint" + ")".repeat(100_000) + "'"))
                .put("wide type", product.replace("type: bigint", "type: 'row(" + IntStream.range(0, 60_000).mapToObj(i -> "f" + i + " bigint").collect(joining(", ")) + ")'"))
                .put("long type", product.replace("type: bigint", "type: 'decimal(" + "9".repeat(500_000) + ")'"))
                .put("long version", product.replace("version: 1.0.0", "version: " + "9".repeat(500_000) + ".0.0"))
                .put("long name", product.replace("name: orders", "name: " + "o".repeat(900_000)))
                .put("dashes", product.replace("name: orders", "name: " + "o-".repeat(450_000)))
                .put("long date", product + "  deprecation: {deprecatedOn: 999999999-12-31, endOfLife: +999999999-12-31, replacedBy: " + "s.".repeat(200_000) + "}\n")
                .put("long duration", product + "  slos: {freshness: {target: " + "9".repeat(300_000) + "h}, availability: " + "9".repeat(300_000) + "%, retention: P999999999Y}\n")
                .put("durations", product + "  slos: {freshness: P999999999999D, throughput: 1e999999999, completeness: 1e-999999999}\n")
                .put("long filter", product + "  rowFilters: [{id: f, filter: \"order_id IN (" + IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(joining(",")) + ")\"}]\n")
                .put("filters", product + "  rowFilters: [{id: f, filter: \"" + "order_id = 1 AND ".repeat(50_000) + "order_id = 1\"}]\n")
                .put("number in a filter", product + "  rowFilters: [{id: f, filter: \"order_id = " + "9".repeat(900_000) + "\"}]\n")
                .put("quote in a filter", product + "  rowFilters: [{id: f, filter: \"order_id = '" + "''".repeat(400_000) + "\"}]\n")
                .put("stars", product + "  masks: [{id: m, match: {columns: ['" + "*a".repeat(300_000) + "']}, mask: replace-with-null}]\n")
                .put("many grants", product + IntStream.range(0, 25_000).mapToObj(i -> "    - {group: g" + i + ", permissions: [read]}\n").collect(joining()))
                .put("field ids", product.replace("type: bigint", "type: bigint\n      fieldId: 99999999999999999999999"))
                .put("sources", product + "  inputPorts:\n" + IntStream.range(0, 15_000).mapToObj(i -> "    - {name: i" + i + ", type: batch, source: sales.orders}\n").collect(joining()))
                .put("avro", TestingMesh.CONTRACT.replaceAll("(?s)specification: \\|.*", "specification: '" + "{\"type\":\"array\",\"items\":".repeat(30_000) + "'\n"))
                .put("avro that is deep", TestingMesh.CONTRACT.replaceAll("(?s)specification: \\|.*", "specification: '{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":" + "{\"type\":\"array\",\"items\":".repeat(30_000) + "\"int\"" + "}".repeat(30_000) + "}]}'\n"))
                .put("domain checks", "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: sales, owner: o}\nspec:\n  checks:\n" + IntStream.range(0, 4_000).mapToObj(i -> "    - {id: c" + i + ", expression: \"" + "(".repeat(40) + "true" + ")".repeat(40) + "\"}\n").collect(joining()))
                .buildOrThrow();
    }
}
