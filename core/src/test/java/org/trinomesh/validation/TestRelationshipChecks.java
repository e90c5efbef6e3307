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
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.problems;

/**
 * The contract of orders says which rows of other tables its columns find.
 */
final class TestRelationshipChecks
{
    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: orders-contract
            version: 1.0.0
            domain: sales
            dataProduct: orders
            schema:
              - id: orders_obj
                name: orders
                relationships:
                  - {from: FROM, to: TO}
                properties:
                  - {id: id_prop, name: order_id, logicalType: integer}
                  - {name: customer, logicalType: string}
              - name: customers
                properties:
                  - {name: customer_id, logicalType: string}
                  - name: address
                    logicalType: object
                    properties: [{name: country, logicalType: string}]
            """;

    @Test
    void testWhatIsThere()
    {
        assertThat(found("orders.customer", "customers.customer_id")).isEmpty();
        assertThat(found("[orders.customer, orders.order_id]", "[customers.customer_id, customers.address]")).isEmpty();
        assertThat(found("orders.customer", "Customers.CUSTOMER_ID")).isEmpty();
        assertThat(found("orders.customer", "customers.address.country")).isEmpty();
        assertThat(found("/schema/orders_obj/properties/id_prop", "'#/schema/orders_obj/properties/id_prop'")).isEmpty();
        assertThat(found("schema/orders_obj/properties/id_prop/properties/inner", "customers.customer_id")).isEmpty();
        // Another product of the domain, and another version of this one
        assertThat(found("orders.customer", "returns.order_id")).isEmpty();
        assertThat(found("orders.customer", "sales.returns.order_id")).isEmpty();
        assertThat(found("orders.customer", "returns_v1.order_id")).isEmpty();
    }

    @Test
    void testOutsideOfTheMesh()
    {
        assertThat(found("orders.customer", "'https://crm.example/contract.yaml#schema/accounts/properties/id'")).isEmpty();
        assertThat(found("orders.customer", "'crm.yaml#accounts.id'")).isEmpty();
        assertThat(found("orders.customer", "'../crm/contract.yaml#/schema/accounts/properties/id'")).isEmpty();
        // A system, or a domain of which it is not everybody's to know what it has
        assertThat(found("orders.customer", "crm.accounts.id")).isEmpty();
    }

    @Test
    void testOwnColumnThatIsNotThere()
    {
        assertThat(found("orders.custmer", "customers.customer_id")).containsExactly(
                "contract.yaml:11:16: warning: the relationship is not understood: table 'orders' has no column 'custmer'; write 'orders.customer'");
        assertThat(found("[orders.customer, orders.zip]", "[customers.customer_id, customers.address]")).containsExactly(
                "contract.yaml:11:34: warning: the relationship is not understood: table 'orders' has no column 'zip'; write one of its columns");
        assertThat(found("order.customer", "customers.customer_id")).containsExactly(
                "contract.yaml:11:16: warning: the relationship is not understood: the contract has no table 'order'; write 'orders.customer'");
        // The tables of others are not one's own
        assertThat(found("returns.order_id", "customers.customer_id")).containsExactly(
                "contract.yaml:11:16: warning: the relationship is not understood: the contract has no table 'returns'; write a table of the contract, or the address of a document for one outside of the mesh");
    }

    @Test
    void testTargetThatIsNotThere()
    {
        assertThat(found("orders.customer", "customers.custmer_id")).containsExactly(
                "contract.yaml:11:37: warning: the relationship is not understood: table 'customers' has no column 'custmer_id'; write 'customers.customer_id'");
        assertThat(found("orders.customer", "custmers.customer_id")).containsExactly(
                "contract.yaml:11:37: warning: the relationship is not understood: neither the contract nor domain 'sales' has a table 'custmers', or none that you may discover; write 'customers.customer_id'");
        // Near to a product, whose name is not everybody's to know
        assertThat(found("orders.customer", "retuns.order_id")).containsExactly(
                "contract.yaml:11:37: warning: the relationship is not understood: neither the contract nor domain 'sales' has a table 'retuns', or none that you may discover; write a table of the contract, or the address of a document for one outside of the mesh");
        // With the domain before it, the name is the second part
        assertThat(found("orders.customer", "sales.retuns.order_id")).containsExactly(
                "contract.yaml:11:37: warning: the relationship is not understood: neither the contract nor domain 'sales' has a table 'retuns', or none that you may discover; write a table of the contract, or the address of a document for one outside of the mesh");
        assertThat(found("orders.customer", "customers")).containsExactly(
                "contract.yaml:11:37: warning: the relationship is not understood: 'customers' does not say a table and a column; write table.column");
        assertThat(found("orders.customer", "schema/orders_obj/properties/nothing")).containsExactly(
                "contract.yaml:11:37: warning: the relationship is not understood: the contract has no column with the id 'schema/orders_obj/properties/nothing'; write schema/<id>/properties/<id> of a column that has them, or its name as table.column");
    }

    /**
     * A {@code datacontract/v1} is about one table, which it does not name.
     */
    @Test
    void testContractOfOneTable()
    {
        String relationship = "relationships:\n  - {from: ORDER_ID, to: returns.order_id}\n  - {from: [order_id, email], to: [crm.people.a, crm.people.b]}\n";
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", TestingMesh.CONTRACT + relationship, "returns.yaml", PRODUCT.replace("name: orders", "name: returns")));
        assertThat(problems(mesh)).isEmpty();
        assertThat(TestingMesh.product(mesh, "sales", "orders").contract().orElseThrow().relationships())
                .extracting(found -> "%s %s -> %s".formatted(found.table(), found.columns(), found.to()))
                .containsExactly("orders [order_id] -> [returns.order_id]", "orders [order_id, email] -> [crm.people.a, crm.people.b]");

        assertThat(problems(mesh(ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", TestingMesh.CONTRACT + "relationships:\n  - {from: order, to: returns.order_id}\n")))).containsExactly(
                "contract.yaml:20:12: warning: the relationship is not understood: the contract has no column 'order'; write one of its columns, without a table",
                "contract.yaml:20:23: warning: the relationship is not understood: neither the contract nor domain 'sales' has a table 'returns', or none that you may discover; write a table of the contract, or the address of a document for one outside of the mesh");
        assertThat(problems(mesh(ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", TestingMesh.CONTRACT + "relationships:\n  - {from: [order_id, email], to: crm.people.a}\n"))))
                .anyMatch(problem -> problem.contains("the relationship leads from 2 to 1 columns; write as many under 'to' as under 'from'"));
    }

    @Test
    void testBrokenTargetIsThere()
    {
        Mesh mesh = mesh(ImmutableMap.of("contract.yaml", contract("orders.customer", "returns.order_id"), "orders.yaml", orders(), "returns.yaml", returns().replace("version: 1.0.0", "version: one")));
        assertThat(problems(mesh)).containsExactly("returns.yaml:7:12: error: version 'one' is not major.minor.patch; write three numbers: 2.1.0");
    }

    private static List<String> found(String from, String to)
    {
        Mesh mesh = mesh(ImmutableMap.of("contract.yaml", contract(from, to), "orders.yaml", orders(), "returns.yaml", returns()));
        assertThat(mesh.problems()).filteredOn(problem -> problem.message().contains("relationship")).allSatisfy(problem -> {
            assertThat(problem.product()).contains("orders");
        });
        return problems(mesh);
    }

    private static String contract(String from, String to)
    {
        return CONTRACT.replace("FROM", from).replace("TO", to);
    }

    private static String orders()
    {
        return PRODUCT.replace("  columns:\n    - name: order_id\n      type: bigint\n", "").replace("      schema: sales\n", "      schema: sales\n      tables: [orders, customers]\n");
    }

    private static String returns()
    {
        return PRODUCT.replace("name: orders", "name: returns");
    }
}
