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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.DescriptorReader;
import org.trinomesh.registry.MeshBuilder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;

/**
 * Two worlds: in one domain hr has a hidden product, in the other it has none. Ana writes references to it, and reads the same in
 * both.
 */
final class TestHiddenReferences
{
    private static final String PLATFORM = MESH.replace("pii-handling: off", "pii-handling: strict") + "    - {domain: hr, storage: lake, namespaces: [hr, sales]}\n";
    private static final String PAY =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: pay, domain: hr, owner: hr-team, version: 1.0.0}
            spec:
              description: Pay
              discoverable: false
              governance: {encryption: at-rest}
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: hr}]
              columns:
                - {name: person, type: varchar, classification: restricted, tags: [pii]}
                - {name: salary, type: bigint, classification: restricted}
              accessControl: [{group: hr, permissions: [read]}]
            """;
    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: orders, domain: sales, owner: ana, version: 1.0.0, status: deprecated}
            spec:
              description: Orders
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              inputPorts: [{name: pay, type: data-product, source: hr.pay}]
              deprecation: {replacedBy: hr.pay}
              columns:
                - {name: buyer, type: varchar, derivedFrom: [hr.pay.person, sales.people.mail]}
                - {name: amount, type: bigint, derivedFrom: [hr.pay.salary]}
              accessControl: [{group: analysts, permissions: [read]}, {user: ana, permissions: [read, admin]}]
            """;
    private static final String PEOPLE =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: people, domain: sales, owner: sales-team, version: 1.0.0}
            spec:
              description: People
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns: [{name: mail, type: varchar, classification: restricted, tags: [pii]}]
              accessControl: [{group: analysts, permissions: [read]}, {user: ana, permissions: [discover]}]
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
                  - {name: buyer, logicalType: string, relationships: [{to: hr.pay.person}, {to: hr.pay.nobody}, {to: hr.nosuch.person}]}
            """;
    private static final String TESTS =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: own, owner: ana}
            spec:
              tests:
                - {user: ben, groups: [hr], product: hr.pay, expect: {access: hidden}}
                - {user: ben, groups: [hr], product: hr.pay, expect: {access: readable, columns: {salary: "null", nobody: clear}}}
                - {user: ben, groups: [hr], product: hr.payy, expect: {access: hidden}}
            """;

    private final Map<String, String> files = new HashMap<>(ImmutableMap.of("mesh.yaml", PLATFORM, "domains/sales/orders.yaml", ORDERS, "domains/sales/people.yaml", PEOPLE));

    @Test
    void testSuccessor()
    {
        assertThat(rows(true, "ana")).isEqualTo(rows(false, "ana")).anyMatch(row -> row.contains("the successor 'hr.pay' of 'sales.orders' does not exist, or you may not discover it"));
        assertThat(rows(true, "carl", "hr")).noneMatch(row -> row.contains("successor"));
        // Who oversees the mesh sees it only where it is true
        assertThat(rows(true, "gus", "governance")).noneMatch(row -> row.contains("successor"));
        assertThat(rows(false, "gus", "governance")).anyMatch(row -> row.contains("successor"));
    }

    @Test
    void testBrokenSuccessor()
    {
        String broken = PAY.replace("type: bigint", "type: smallint");
        assertThat(rows(world(broken), "ana")).isEqualTo(rows(false, "ana"));
        assertThat(rows(world(broken), "gus", "governance")).noneMatch(row -> row.contains("successor"));
        assertThat(rows(world(broken), "hr-team")).noneMatch(row -> row.contains("successor"));
    }

    @Test
    void testDerivedColumns()
    {
        assertThat(rows(true, "ana")).isEqualTo(rows(false, "ana")).anyMatch(row -> row.contains("orders.buyer is derived from sales.people.mail")).noneMatch(row -> row.contains("hr.pay."));
        assertThat(violations(true, "ana")).isEqualTo(violations(false, "ana")).isNotEmpty();
        assertThat(rows(true, "gus", "governance")).anyMatch(row -> row.contains("orders.buyer is derived from hr.pay.person")).anyMatch(row -> row.contains("orders.amount is derived from hr.pay.salary"));
    }

    @Test
    void testRelationships()
    {
        files.put("domains/sales/contract.yaml", CONTRACT);
        assertThat(rows(true, "ana")).isEqualTo(rows(false, "ana"));
    }

    @Test
    void testTestsOfADomainsPolicy()
    {
        files.put("domains/sales/governance/own.yaml", TESTS);
        assertThat(rows(true, "ana")).isEqualTo(rows(false, "ana")).filteredOn(row -> row.contains("test '")).hasSize(3)
                .allMatch(row -> row.contains("is expected to be one of domain sales, but is none; write a data product of the domain that the policy belongs to"));
        // Governance may test everything
        files.remove("domains/sales/governance/own.yaml");
        files.put("governance/own.yaml", TESTS);
        assertThat(rows(true, "gus", "governance")).anyMatch(row -> row.contains("access is expected to be hidden, but is discoverable")).anyMatch(row -> row.contains("write 'hr.pay'"));
    }

    @Test
    void testTableOfAHiddenProduct()
    {
        // Both domains may use the namespace: something must be said, and it is not whose the table is
        Governance governance = world(PAY.replace("schema: hr}", "schema: sales, table: orders}"));
        assertThat(rows(governance, "ana")).anyMatch(row -> row.contains("table lake.sales.orders cannot back a data product of 'ana' of domain 'sales'")).noneMatch(row -> row.contains("hr-team") || row.contains("pay.yaml"));
        assertThat(rows(governance, "gus", "governance")).anyMatch(row -> row.contains("backs data products of several owners: hr.pay of 'hr-team' (domains/hr/pay.yaml), sales.orders of 'ana'"));
    }

    private Governance world(String pay)
    {
        Map<String, String> all = new HashMap<>(files);
        if (!pay.isEmpty()) {
            all.put("domains/hr/pay.yaml", pay);
        }
        return Governance.of(MeshBuilder.build(
                all.entrySet().stream()
                        .map(file -> DescriptorReader.read(file.getKey(), file.getValue().getBytes(UTF_8)))
                        .toList(),
                new VocabularyChecks()));
    }

    private List<String> rows(boolean hidden, String user, String... groups)
    {
        return rows(world(hidden ? PAY : ""), user, groups);
    }

    private static List<String> rows(Governance governance, String user, String... groups)
    {
        return mesh(governance, user, groups).visible(governance.problems()).stream().map(Problem::toString).toList();
    }

    private List<String> violations(boolean hidden, String user)
    {
        return Stream.of(mesh(world(hidden ? PAY : ""), user)).flatMap(mesh -> mesh.visibleViolations().stream()).map(VisibleViolation::toString).toList();
    }

    private static GovernedMesh mesh(Governance governance, String user, String... groups)
    {
        return new GovernedMesh(governance, new Requester(user, Set.of(groups), Set.of()), governance.mesh().loadedAt());
    }
}
