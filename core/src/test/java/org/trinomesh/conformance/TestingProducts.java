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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Domain;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Products for tests of conformance.
 */
final class TestingProducts
{
    /**
     * Keeps every built-in check when {@code orders.email} is masked.
     */
    static final String GOOD =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata:
              name: orders
              domain: sales
              owner: sales-team
              version: 2.1.0
              tags: [core]
            spec:
              description: Orders
              classification:
                type: aggregate
                tier: gold
                pii: true
              inputPorts:
                - {name: crm, type: batch, source: erp, format: avro, schedule: daily}
              outputPorts:
                - name: sql
                  type: sql
                  catalog: lake
                  schema: sales
              columns:
                - {name: order_id, type: bigint, nullable: false, identifier: order_id}
                - {name: email, type: varchar, classification: restricted, tags: [pii]}
              slos:
                freshness: {target: 4h}
              governance:
                dataClassification: confidential
                retentionPeriod: 7y
                gdprCompliant: true
                encryption: at-rest
              accessControl:
                - role: analysts
                  permissions: [read, admin]
            """;

    private TestingProducts() {}

    static Mesh mesh(String product)
    {
        return mesh(ImmutableMap.of("orders.yaml", product));
    }

    static Mesh mesh(Map<String, String> files)
    {
        Mesh mesh = TestingMesh.mesh(files);
        assertThat(mesh.domain("sales")).as("%s", mesh.problems()).isPresent();
        return mesh;
    }

    static DataProduct product(String product)
    {
        return product(mesh(product));
    }

    static DataProduct product(Mesh mesh)
    {
        return domain(mesh).orElseThrow().products().getFirst();
    }

    static Optional<Domain> domain(Mesh mesh)
    {
        return mesh.domain("sales");
    }

    /**
     * The product with one part of its text replaced, which has to be there.
     */
    static DataProduct without(String text, String replacement)
    {
        assertThat(GOOD).contains(text);
        return product(GOOD.replace(text, replacement));
    }
}
