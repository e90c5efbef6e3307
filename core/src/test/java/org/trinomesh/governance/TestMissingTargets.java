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
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.mesh;

/**
 * Orders of one team point to customers of another. Sam answers for orders and may discover customers, whose tax number is
 * hidden from him in one of the tests.
 */
final class TestMissingTargets
{
    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: orders-team, version: 1.0.0}
            spec:
              description: Orders
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              accessControl: [{role: keepers, permissions: [read, admin]}]
            """;

    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: orders-contract
            version: 1.0.0
            domain: sales
            dataProduct: orders
            schema:
              - name: orders
                properties:
                  - name: customer
                    logicalType: string
                    relationships: [{to: customers.TO}]
            """;

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: customers-team, version: 1.0.0}
            spec:
              description: Customers
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: customer_id, type: varchar}
                - {name: tax_number, type: varchar}
              accessControl: [{role: customers-team, permissions: [read, admin]}, {role: keepers, permissions: [discover]}]
            """;

    @Test
    void testColumnThatIsNotThere()
    {
        Governance governance = governance("custmer_id", CUSTOMERS);
        assertThat(governance.problems()).extracting(Problem::toString).containsExactly(
                "contract.yaml:12:30: warning: the relationship is not understood: table 'sales.customers' has no column 'custmer_id', or none that you may see; write column 'customer_id'");
        assertThat(seen(governance, "sam", "keepers")).hasSize(1);
        assertThat(seen(governance, "gus", "governance")).hasSize(1);
        assertThat(seen(governance, "emma", "employees")).isEmpty();
        // It is not about their product
        assertThat(seen(governance, "carl", "customers-team")).isEmpty();
        assertThat(governance("customer_id", CUSTOMERS).problems()).isEmpty();
        assertThat(governance("Customer_ID", CUSTOMERS).problems()).isEmpty();
    }

    @Test
    void testHiddenColumnIsLikeNone()
    {
        String hidden = CUSTOMERS.replace("{name: tax_number, type: varchar}", "{name: tax_number, type: varchar, hidden: true}");
        String none = CUSTOMERS.replace("    - {name: tax_number, type: varchar}\n", "");
        for (String to : List.of("tax_number", "tax_numbr", "customer_id")) {
            for (String role : List.of("keepers", "orders-team", "employees")) {
                assertThat(rows(governance(to, hidden), "sam", role)).as(to + " for " + role).isEqualTo(rows(governance(to, none), "sam", role));
            }
        }
        assertThat(seen(governance("tax_number", hidden), "sam", "keepers")).containsExactly("the relationship is not understood: table 'sales.customers' has no column 'tax_number', or none that you may see");
        assertThat(rows(governance("tax_numbr", hidden), "sam", "keepers")).singleElement().asString().endsWith("; write one of its columns");
        // Who sees everything sees what is really wrong
        assertThat(seen(governance("tax_number", hidden), "gus", "governance")).isEmpty();
        assertThat(seen(governance("tax_numbr", hidden), "gus", "governance")).hasSize(1);
    }

    @Test
    void testHiddenProductIsLikeNone()
    {
        String hidden = CUSTOMERS.replace("spec:\n", "spec:\n  discoverable: false\n").replace(", {role: keepers, permissions: [discover]}", "");
        for (String to : List.of("tax_number", "nothing")) {
            Governance without = Governance.of(mesh(ImmutableMap.of("contract.yaml", CONTRACT.replace("TO", to), "orders.yaml", ORDERS)));
            for (String role : List.of("keepers", "orders-team", "employees")) {
                assertThat(rows(governance(to, hidden), "sam", role)).as(to + " for " + role).isEqualTo(rows(without, "sam", role));
            }
            assertThat(rows(without, "olga", "orders-team")).hasSize(1);
            assertThat(seen(governance(to, hidden), "carl", "customers-team")).isEmpty();
        }
        assertThat(seen(governance("tax_number", hidden), "gus", "governance")).isEmpty();
    }

    private static List<String> rows(Governance governance, String user, String role)
    {
        Requester requester = new Requester(user, Set.of(role), Set.of(role));
        return new GovernedMesh(governance, requester, governance.mesh().loadedAt()).visible(governance.problems()).stream()
                .map(Problem::toString)
                .toList();
    }

    private static Governance governance(String to, String customers)
    {
        return Governance.of(mesh(ImmutableMap.of("contract.yaml", CONTRACT.replace("TO", to), "customers.yaml", customers, "orders.yaml", ORDERS)));
    }

    private static List<String> seen(Governance governance, String user, String role)
    {
        Requester requester = new Requester(user, Set.of(role), Set.of(role));
        return new GovernedMesh(governance, requester, governance.mesh().loadedAt()).visible(governance.problems()).stream()
                .map(Problem::message)
                .toList();
    }
}
