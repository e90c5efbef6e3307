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
package org.trinomesh.tests;

import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ana of the sales analysts reads customers and may know of the forecast, ben reads customers without their churn risk, and eve
 * is nobody.
 */
final class TestDiscovery
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("stewards", "[{group: governance}]")
            .with("discovery", "[{group: sales-analysts}]");

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customer-360, domain: sales, owner: sales-data-team, version: 2.1.0, tags: [crm, golden-record]}
            spec:
              description: Every customer once
              synonyms: [clients]
              classification: {tier: gold}
              sampleQueries:
                - {title: How many, sql: SELECT count(*) FROM sales.customer_360, description: By now}
                - {title: Who may leave, sql: SELECT name FROM sales.customer_360 WHERE churn_risk > 0.5}
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customers}
              columns:
                - {name: name, type: varchar, description: Full name}
                - {name: email, type: varchar, synonyms: [mailbox], classification: restricted}
                - {name: churn_risk, type: double}
              hiddenColumns: [{id: risk, match: {columns: [churn_risk]}, principals: [{user: ben}]}]
              masks: [{id: email, match: {columns: [email]}, mask: email-domain, principals: [{user: ben}]}]
              accessControl:
                - {group: sales-analysts, permissions: [read]}
                - {user: ben, permissions: [read]}
            """;

    private static final String FORECAST =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: forecast, domain: sales, owner: planning, version: 1.0.0}
            spec:
              description: What customers will buy
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: forecast}
              columns:
                - {name: amount, type: bigint}
              accessControl:
                - {group: planning, permissions: [read, admin]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("domains/sales/customers.yaml", CUSTOMERS)
                .write("domains/sales/forecast.yaml", FORECAST)
                // So that rows travel to another process
                .setWorkers(1)
                .start());
        return mesh.runner();
    }

    @Test
    void testAnaSearches()
    {
        assertThat(mesh.rows("ana", "SELECT rank, domain, product, version, table_name, description, owner, tier, tags, matched, access FROM TABLE(mesh.system.search('customer churn'))")).containsExactly(
                "1, sales, customer_360, 2.1.0, customer_360, Every customer once, sales-data-team, gold, [crm, golden-record], [name, description, column churn_risk], readable",
                "2, sales, forecast, 1.0.0, forecast, What customers will buy, planning, null, [], [description], discoverable");
        assertThat(mesh.rows("ana", "SELECT product FROM TABLE(mesh.system.search(query => 'CUSTOMERS', limit => 1)) WHERE score > 0")).containsExactly("customer_360");
        assertThat(mesh.rows("ana", "SELECT product FROM TABLE(mesh.system.search(query => 'custmer', owner => 'planning'))")).containsExactly("forecast");
        assertThat(mesh.rows("ana", "SELECT product FROM TABLE(mesh.system.search(query => 'customer', domain => 'sales', tier => 'gold', owner => 'sales-data-team', tags => ARRAY['crm'], limit => 20))")).containsExactly("customer_360");
        assertThat(mesh.rows("ana", "SELECT product FROM TABLE(mesh.system.search(query => 'customer', domain => 'marketing'))")).isEmpty();
        assertThat(mesh.rows("ana", "SELECT matched FROM TABLE(mesh.system.search('mailbox'))")).containsExactly("[column email]");
    }

    @Test
    void testBenFindsWhatHeMayKnow()
    {
        assertThat(mesh.rows("ben", "SELECT product, matched FROM TABLE(mesh.system.search('customer churn'))")).containsExactly("customer_360, [name, description]");
        assertThat(mesh.rows("ben", "SELECT * FROM TABLE(mesh.system.search('churn risk'))")).isEmpty();
        assertThat(mesh.rows("ben", "SELECT * FROM TABLE(mesh.system.search('forecast'))")).isEmpty();
        assertThat(mesh.rows("eve", "SELECT * FROM TABLE(mesh.system.search('customer'))")).isEmpty();
    }

    @Test
    void testQuestionsThatMakeNoSense()
    {
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(''))")).contains("query must be the words to look for");
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(NULL))")).contains("query must be the words to look for");
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(query => 'x', limit => 0))")).contains("limit must be from 1 to 1000");
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(query => 'x', limit => 1001))")).contains("limit must be from 1 to 1000");
        assertThat(mesh.failure("ana", "SELECT * FROM TABLE(mesh.system.search(query => 'x', tags => ARRAY[NULL]))")).contains("tags must be an array of names");
        assertThat(mesh.rows("ana", "SELECT * FROM TABLE(mesh.system.search('AND (\"~*'))")).isEmpty();
    }

    @Test
    void testSampleQueries()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.system.sample_queries ORDER BY title")).containsExactly(
                "sales, customer_360, 2.1.0, How many, By now, SELECT count(*) FROM sales.customer_360",
                "sales, customer_360, 2.1.0, Who may leave, null, SELECT name FROM sales.customer_360 WHERE churn_risk > 0.5");
        assertThat(mesh.rows("ben", "SELECT title FROM mesh.system.sample_queries WHERE product = 'customer_360'")).containsExactly("How many");
        assertThat(mesh.rows("eve", "SELECT * FROM mesh.system.sample_queries")).isEmpty();
    }

    @Test
    void testComments()
    {
        assertThat(mesh.rows("ana", "SELECT column_name, comment FROM mesh.information_schema.columns WHERE table_name = 'customer_360' ORDER BY ordinal_position")).containsExactly(
                "name, Full name",
                "email, restricted",
                "churn_risk, null");
        assertThat(mesh.rows("ben", "SELECT column_name, comment FROM mesh.information_schema.columns WHERE table_name = 'customer_360' ORDER BY ordinal_position")).containsExactly(
                "name, Full name",
                "email, restricted · masked for you");
        assertThat(mesh.rows("ben", "SELECT comment FROM system.metadata.table_comments WHERE catalog_name = 'mesh' AND schema_name = 'sales'")).containsExactly("Every customer once · Owner: sales-data-team");
    }

    @Test
    void testNewProductsAreFound()
            throws Exception
    {
        assertThat(mesh.rows("ana", "SELECT * FROM TABLE(mesh.system.search('zeppelin'))")).isEmpty();
        mesh.descriptors().write("domains/sales/airships.yaml", FORECAST.replace("name: forecast", "name: airships").replace("What customers", "Which zeppelins people"));
        assertEventually(() -> assertThat(mesh.rows("ana", "SELECT product, matched FROM TABLE(mesh.system.search('zeppelin'))")).containsExactly("airships, [description]"));
        mesh.descriptors().delete("domains/sales/airships.yaml");
        assertEventually(() -> assertThat(mesh.rows("ana", "SELECT * FROM TABLE(mesh.system.search('zeppelin'))")).isEmpty());
    }
}
