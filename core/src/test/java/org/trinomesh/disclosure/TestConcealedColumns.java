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
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.governance.Governance;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.TestingMesh;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sales publishes what it joined. Analysts read that and nothing else; auditors read the customers as well, and billers the bills.
 */
final class TestConcealedColumns
{
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final String SOURCE =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: %1$s, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Source
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: varchar}
                - {name: Partner, type: varchar}
                - {name: region, type: varchar}
              accessControl:
                - {domain: sales, permissions: [read, share]}
                - {group: %2$s, permissions: [read]}
            """;

    private static final String PUBLISHED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: published, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Published
              outputPorts: [{name: sql, type: sql, query: {sql: "%s"}}]
              columns:
                - {name: x, type: varchar}
                - {name: y, type: varchar}
              accessControl:
                - {group: analysts, permissions: [read]}
                - {group: billers, permissions: [read]}
                - {group: auditors, permissions: [read]}
            """;

    @Test
    void testKeysThatAReaderDoesNotSeeInTheSourcesAreConcealed()
    {
        String sql = "SELECT c.region AS x, b.region AS y FROM customers c JOIN bills b ON b.partner = c.id";
        for (String[] groups : new String[][] {{"analysts"}, {"auditors"}, {"billers"}}) {
            assertThat(concealed(sql, "", groups)).as(String.join(", ", groups)).containsExactlyInAnyOrder("customers.id", "bills.partner");
        }
        assertThat(concealed(sql, "", "auditors", "billers")).isEmpty();
        assertThat(concealed(sql, "  hiddenColumns:\n    - {id: h, match: {products: [sales.customers], columns: [id]}, except: [{domain: sales}]}\n", "auditors", "billers"))
                .containsExactlyInAnyOrder("customers.id", "bills.partner");
        assertThat(concealed(sql, "  masks:\n    - {id: m, match: {products: [sales.bills], columns: [partner]}, mask: replace-with-null, except: [{domain: sales}]}\n", "auditors", "billers"))
                .containsExactlyInAnyOrder("customers.id", "bills.partner");
        assertThat(concealed(sql, "  rowFilters:\n    - {id: f, match: {products: [sales.customers]}, filter: region = 'WEST', principals: [{group: auditors}]}\n", "auditors", "billers"))
                .containsExactlyInAnyOrder("customers.id", "bills.partner");
    }

    @Test
    void testTheProductShowsFewerValuesThanTheEngineJoins()
    {
        assertThat(concealed("SELECT c.id AS x, b.region AS y FROM customers c JOIN bills b ON b.partner = c.id", "", "analysts")).containsExactlyInAnyOrder("customers.id", "bills.partner");
        assertThat(concealed("SELECT c.id AS x, b.partner AS y FROM customers c JOIN bills b ON b.partner = c.id", "", "analysts")).containsExactlyInAnyOrder("customers.id", "bills.partner");
    }

    @Test
    void testAllIsConcealedWhereTheComparisonsAreNotKnown()
    {
        Governance governance = governed("WITH RECURSIVE t(a) AS (SELECT id FROM customers UNION ALL SELECT a FROM t) SELECT a AS x, a AS y FROM t", "");
        assertThat(mesh(governance, "auditors", "billers").concealed(published(governance)).all()).isTrue();
        assertThat(ConcealedColumns.fromEverybody(governance.mesh(), published(governance)).all()).isTrue();
    }

    @Test
    void testQueriesOfOneTable()
    {
        assertThat(concealed("SELECT id AS x, region AS y FROM customers WHERE id = partner", "", "analysts")).isEmpty();
    }

    @Test
    void testSomebodyOfWhomNothingIsKnown()
    {
        Governance governance = governed("SELECT c.region AS x, b.region AS y FROM customers c JOIN bills b ON b.partner = c.id", "");
        assertThat(ConcealedColumns.fromEverybody(governance.mesh(), published(governance)).columns()).hasSize(2);
    }

    private static List<String> concealed(String sql, String rules, String... groups)
    {
        Governance governance = governed(sql, rules);
        ConcealedColumns concealed = mesh(governance, groups).concealed(published(governance));
        assertThat(concealed.all()).isFalse();
        return concealed.columns().stream().map(column -> column.table().table() + "." + column.column()).toList();
    }

    private static GovernedMesh mesh(Governance governance, String... groups)
    {
        return new GovernedMesh(governance, new Requester("ana", ImmutableSet.copyOf(groups), ImmutableSet.of()), NOW);
    }

    private static MeshTable published(Governance governance)
    {
        return governance.mesh().table("sales", "published").orElseThrow();
    }

    private static Governance governed(String sql, String rules)
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder()
                .put("mesh.yaml", TestingMesh.MESH)
                .put("customers.yaml", SOURCE.formatted("customers", "auditors"))
                .put("bills.yaml", SOURCE.formatted("bills", "billers"))
                .put("published.yaml", PUBLISHED.formatted(sql));
        if (!rules.isEmpty()) {
            files.put("governance/p.yaml", "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p, owner: governance}\nspec:\n" + rules);
        }
        return Governance.of(TestingMesh.meshOf(files.buildOrThrow()));
    }
}
