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
package org.trinomesh.lineage;

import com.google.common.collect.ImmutableMap;
import org.trinomesh.product.DataProduct;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mesh of small products, written as {@code name < input, input}.
 */
final class TestingGraph
{
    private final ImmutableMap.Builder<String, String> files = ImmutableMap.builder();
    private String platform = TestingMesh.MESH;

    /**
     * @param inputs lines of input ports: {@code type source}
     */
    TestingGraph add(String domain, String name, String table, String columns, String... inputs)
    {
        return addVersion(domain, name, "1.0.0", "active", table, columns, inputs);
    }

    TestingGraph addVersion(String domain, String name, String version, String status, String table, String columns, String... inputs)
    {
        String ports = List.of(inputs).stream()
                .map(input -> "    - {name: %s, type: %s, source: %s}\n".formatted("in-" + input.split(" ")[1].replaceAll("[^a-z0-9]", "-"), input.split(" ")[0], input.split(" ")[1]))
                .collect(joining());
        files.put("%s-%s-%s.yaml".formatted(domain, name, version),
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: %2$s, domain: %1$s, owner: %1$s-team, version: %3$s, status: %4$s}
                spec:
                  description: Small
                %7$s  outputPorts:
                    - {name: sql, type: sql, %5$s}
                  columns:
                %6$s
                  accessControl:
                    - {role: analysts, permissions: [read]}
                """.formatted(domain, name, version, status, table, columns.indent(4).stripTrailing(), (status.equals("deprecated") ? "  deprecation: {endOfLife: 2199-12-31}\n" : "") + (ports.isEmpty() ? "" : "  inputPorts:\n" + ports)));
        return this;
    }

    /**
     * @param grants besides those of {@link TestingMesh#MESH}
     */
    TestingGraph granting(String... grants)
    {
        platform = TestingMesh.MESH + Stream.of(grants).map("    - {%s}\n"::formatted).collect(joining());
        return this;
    }

    Mesh mesh()
    {
        Mesh mesh = TestingMesh.meshOf(files.put("mesh.yaml", platform).buildOrThrow());
        assertThat(TestingMesh.problems(mesh)).isEmpty();
        return mesh;
    }

    static String lake(String namespace, String table)
    {
        return "catalog: lake, schema: %s, table: %s".formatted(namespace, table);
    }

    static DataProduct product(Mesh mesh, String name)
    {
        return mesh.table(name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1)).orElseThrow().product();
    }
}
