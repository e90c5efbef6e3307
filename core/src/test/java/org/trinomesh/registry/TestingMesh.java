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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.problem.Problem;
import org.trinomesh.problem.Problem.Severity;
import org.trinomesh.product.DataProduct;

import java.util.List;
import java.util.Map;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Small meshes for tests: a platform that grants domain sales the storage lake, and a product of the shortest form.
 */
public final class TestingMesh
{
    public static final String MESH =
            """
            apiVersion: datamesh/v1
            kind: Mesh
            metadata:
              name: test
            spec:
              # Small products are about other things
              conformance: {interoperability: off, pii-handling: off}
              stewards:
                - group: governance
              discovery:
                - group: employees
              grants:
                - domain: sales
                  storage: lake
                  namespaces: [sales]
                - domain: marketing
                  storage: lake
                  namespaces: ["mark*"]
                - domain: sales
                  storage: files
                  locations: ["s3://bucket/sales/"]
            """;

    public static final String PRODUCT =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata:
              name: orders
              domain: sales
              owner: sales-team
              version: 1.0.0
            spec:
              description: Orders
              outputPorts:
                - name: sql
                  type: sql
                  catalog: lake
                  schema: sales
              columns:
                - name: order_id
                  type: bigint
              accessControl:
                - role: analysts
                  permissions: [read]
            """;

    public static final String CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata:
              name: orders-contract
              version: 1.0.0
              owner: sales-team
            producer:
              domain: sales
              dataProduct: orders
            schema:
              type: avro
              specification: |
                {
                  "type": "record", "name": "Order", "fields": [
                    {"name": "order_id", "type": "long", "doc": "Number of the order"},
                    {"name": "email", "type": ["null", "string"], "classification": "restricted", "tags": ["pii"], "identifier": "email"}
                  ]
                }
            """;

    private TestingMesh() {}

    /**
     * The mesh of {@link #MESH} and one file.
     */
    public static Mesh mesh(String file, String text)
    {
        return mesh(ImmutableMap.of(file, text));
    }

    /**
     * The mesh of {@link #MESH} and these files.
     */
    public static Mesh mesh(Map<String, String> files)
    {
        return meshOf(ImmutableMap.<String, String>builder().put("mesh.yaml", MESH).putAll(files).buildOrThrow());
    }

    /**
     * The mesh of exactly these files.
     */
    public static Mesh meshOf(Map<String, String> files)
    {
        return MeshBuilder.build(read(files));
    }

    public static List<DescriptorFile> read(Map<String, String> files)
    {
        return files.entrySet().stream()
                .map(file -> DescriptorReader.read(file.getKey(), file.getValue().getBytes(UTF_8)))
                .collect(toImmutableList());
    }

    public static List<String> problems(Mesh mesh)
    {
        return mesh.problems().stream()
                .filter(problem -> problem.severity() != Severity.INFO)
                .map(Problem::toString)
                .collect(toImmutableList());
    }

    public static DataProduct product(Mesh mesh, String domain, String sqlName)
    {
        return mesh.domain(domain).orElseThrow().products().stream()
                .filter(product -> product.sqlName().equals(sqlName))
                .findFirst()
                .orElseThrow();
    }

    static List<String> tableNames(Mesh mesh, String domain)
    {
        return mesh.tables(domain).stream()
                .map(table -> table.name() + (table.listed() ? "" : " (not listed)"))
                .collect(toImmutableList());
    }
}
