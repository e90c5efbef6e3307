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
package org.trinomesh.system;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;

final class TestColumnsTable
{
    private static final String PRODUCT = TestingMesh.PRODUCT.replace("  columns:\n    - name: order_id\n      type: bigint\n", "") +
            """
                - {group: keepers, permissions: [read, admin]}
              hiddenColumns: [{id: places, match: {columns: [country]}, except: [{group: keepers}]}]
            """;
    private static final String CONTRACT =
            """
            apiVersion: v3.0.2
            kind: DataContract
            id: orders-contract
            name: Orders
            version: 1.0.0
            status: active
            domain: sales
            dataProduct: orders
            schema:
              - name: orders
                properties:
                  - {name: country, logicalType: string, physicalType: varchar, primaryKey: true, primaryKeyPosition: 1}
                  - {name: order_id, logicalType: integer, physicalType: bigint, primaryKey: true, primaryKeyPosition: 2}
                  - {name: amount, logicalType: integer, physicalType: bigint}
            """;

    /**
     * The second place of a key would tell of the first.
     */
    @Test
    void testPartOfAKeyHasNoPlace()
    {
        Mesh mesh = TestingMesh.mesh(ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", CONTRACT));
        assertThat(TestingMesh.problems(mesh)).isEmpty();
        assertThat(places(mesh, "keepers")).containsExactly("country 1", "order_id 2", "amount null");
        assertThat(places(mesh, "employees")).containsExactly("order_id null", "amount null");
        assertThat(places(TestingMesh.mesh(ImmutableMap.of("orders.yaml", PRODUCT.replace("[country]", "[amount]"), "contract.yaml", CONTRACT)), "employees")).containsExactly("country 1", "order_id 2");
    }

    private static List<String> places(Mesh mesh, String group)
    {
        ColumnsTable table = new ColumnsTable(_ -> ImmutableMap.of());
        List<String> names = table.schema().columns().stream().map(SystemColumn::name).toList();
        GovernedMesh governed = new GovernedMesh(Governance.of(mesh), new Requester("somebody", Set.of(group), Set.of()), mesh.loadedAt());
        return table.rows(new SystemRequest(governed, Set.of(), ImmutableMap.of()))
                .map(table.schema()::row)
                .map(row -> row[names.indexOf("column_name")] + " " + row[names.indexOf("primary_key_position")])
                .collect(toImmutableList());
    }
}
