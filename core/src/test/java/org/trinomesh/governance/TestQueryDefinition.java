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
import org.trinomesh.product.Materialization;
import org.trinomesh.product.Materialization.WhenStale;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.problems;

/**
 * The domain sales stores the rows of a query over its own customers.
 */
final class TestQueryDefinition
{
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Customers
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
              columns:
                - {name: id, type: bigint}
                - {name: email, type: varchar}
              accessControl:
                - {domain: sales, permissions: [read, share]}
            """;

    private static final String STORED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: stored, domain: sales, owner: sellers, version: 1.0.0}
            spec:
              description: Stored
              outputPorts:
                - name: sql
                  type: sql
                  query:
                    sql: SELECT id, email FROM customers
                    materialized: {storage: lake, schema: sales, table: stored, gracePeriod: 4h, whenStale: fail}
              columns:
                - {name: id, type: bigint}
                - {name: email, type: varchar}
              accessControl:
                - {group: analysts, permissions: [read]}
            """;

    @Test
    void testWhatIsWritten()
    {
        assertThat(materialization(STORED)).contains(new Materialization(new CatalogTable("lake", "sales", "stored"), Duration.ofHours(4), WhenStale.FAIL));
        assertThat(materialization(STORED.replace(", gracePeriod: 4h, whenStale: fail", ""))).contains(new Materialization(new CatalogTable("lake", "sales", "stored"), Duration.ZERO, WhenStale.INLINE));
        assertThat(mesh(STORED).table("sales", "stored").orElseThrow().product().isStored()).isTrue();
    }

    @Test
    void testWhatIsWrongIsToldWhereItIs()
    {
        assertProblem("gracePeriod: 4h", "gracePeriod: soon", "stored.yaml:11:82: error: 'soon' is not a period; write how long stored rows may be read after a refresh, such as 4h or 1d; leave it out when they may not be read once a source has changed");
        assertProblem("whenStale: fail", "whenStale: never", "stored.yaml:11:97: error: 'never' is not a value of whenStale; write 'inline' to run the query when stored rows are too old, or 'fail' to refuse the statement");
        assertProblem("schema: sales, table", "schema: hr, table", "stored.yaml:11:33: error: domain 'sales' may not use namespace 'hr' of storage 'lake'; ask the platform for a grant in the Mesh document: {domain: sales, storage: lake, namespaces: [hr]}");
        assertProblem(", table: stored", "", "stored.yaml:11:23: error: the storage of a query has no 'table'");
        // Whoever reads the customers would read the rows of the query
        assertProblem("table: stored", "table: customers", "table lake.sales.customers stores the rows of a query, and another output port names it, too: sales.customers, sales.stored");
    }

    private static void assertProblem(String correct, String wrong, String problem)
    {
        Mesh mesh = mesh(STORED.replace(correct, wrong));
        assertThat(problems(mesh)).anySatisfy(line -> assertThat(line).contains(problem));
        assertThat(mesh.table("sales", "stored")).isEmpty();
    }

    @Test
    void testWhatChangesTheRowsChangesTheDefinition()
    {
        Optional<String> before = definition(STORED, CUSTOMERS, "");
        assertThat(before).isPresent();
        assertThat(definition(STORED.replace("SELECT id, email", "SELECT  id,\temail /* as before */"), CUSTOMERS.replace("Customers", "Our customers"), "")).isEqualTo(before);
        assertThat(definition(STORED.replace("gracePeriod: 4h", "gracePeriod: 5h"), CUSTOMERS, "")).isEqualTo(before);
        assertThat(definition(STORED, CUSTOMERS, mask("{group: analysts}"))).isEqualTo(before);
        assertThat(definition(STORED.replace("SELECT id", "SELECT 1 + id AS id"), CUSTOMERS, "")).isPresent().isNotEqualTo(before);
        assertThat(definition(STORED.replace("{name: id, type: bigint}", "{name: id, type: \"decimal(38,0)\"}"), CUSTOMERS, "")).isPresent().isNotEqualTo(before);
        assertThat(definition(STORED, CUSTOMERS, mask("{domain: sales}"))).isPresent().isNotEqualTo(before);
        assertThat(definition(STORED, CUSTOMERS, mask("{domain: sales}"))).isNotEqualTo(definition(STORED, CUSTOMERS, mask("{domain: sales}").replace("replace-with-null", "show-last-4")));
        assertThat(definition(STORED, CUSTOMERS, filter("1"))).isPresent().isNotEqualTo(before);
        // The same table means something else
        assertThat(definition(STORED, CUSTOMERS.replace("{name: email, type: varchar}", "{name: email, type: varchar, physicalName: mail}"), "")).isPresent().isNotEqualTo(before);
        assertThat(definition(STORED, CUSTOMERS.replace("schema: sales}", "schema: sales, table: people}"), "")).isPresent().isNotEqualTo(before);
        assertThat(definition(STORED, CUSTOMERS, filter("1"))).isNotEqualTo(definition(STORED, CUSTOMERS, filter("2")));
    }

    @Test
    void testThereIsNoneWithoutTheRights()
    {
        assertThat(definition(STORED, CUSTOMERS.replace("read, share", "read"), "")).isEmpty();
        String through = CUSTOMERS.replace("name: customers", "name: people").replace("{name: sql, type: sql, catalog: lake, schema: sales}", "{name: sql, type: sql, query: {sql: \"SELECT id, email FROM customers\"}}");
        assertThat(definition(STORED.replace("FROM customers", "FROM people"), CUSTOMERS, "", through)).isPresent();
        assertThat(definition(STORED.replace("FROM customers", "FROM people"), CUSTOMERS.replace("read, share", "read"), "", through)).isEmpty();
    }

    private static Mesh mesh(String stored)
    {
        return TestingMesh.mesh(ImmutableMap.of("stored.yaml", stored, "customers.yaml", CUSTOMERS));
    }

    private static Optional<Materialization> materialization(String stored)
    {
        return mesh(stored).table("sales", "stored").orElseThrow().table().query().flatMap(SqlQuery::materialized);
    }

    private static Optional<String> definition(String stored, String customers, String policy, String... further)
    {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder().put("mesh.yaml", TestingMesh.MESH).put("stored.yaml", stored).put("customers.yaml", customers);
        if (!policy.isEmpty()) {
            files.put("governance/p.yaml", policy);
        }
        for (int number = 0; number < further.length; number++) {
            files.put("further%s.yaml".formatted(number), further[number]);
        }
        Governance governance = Governance.of(TestingMesh.meshOf(files.buildOrThrow()));
        MeshTable table = governance.mesh().table("sales", "stored").orElseThrow();
        return QueryDefinition.of(governance, table, NOW, _ -> "key");
    }

    private static String mask(String principal)
    {
        return policy("masks", "{id: email, match: {columns: [email]}, mask: replace-with-null, principals: [%s]}".formatted(principal));
    }

    private static String filter(String id)
    {
        return policy("rowFilters", "{id: one, match: {products: [sales.customers]}, filter: \"id = %s\", principals: [{domain: sales}]}".formatted(id));
    }

    private static String policy(String kind, String rule)
    {
        return "apiVersion: datamesh/v1\nkind: GovernancePolicy\nmetadata: {name: p, owner: governance}\nspec:\n  %s:\n    - %s\n".formatted(kind, rule);
    }
}
