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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.spi.eventlistener.ColumnLineageInfo;
import io.trino.spi.eventlistener.EventListener;
import io.trino.spi.eventlistener.QueryCompletedEvent;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.testing.assertions.Assert.assertEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * The columns of a product with a query come from the columns that the engine itself names when the query is run as a statement.
 */
final class TestSqlLineage
        extends AbstractTestQueryFramework
{
    private static final Map<String, String> QUERIES = ImmutableMap.<String, String>builder()
            .put("plain", "SELECT c.customer_id AS a, upper(c.email) AS b FROM sales.customers c")
            .put("joined", "SELECT c.region AS a, max(r.amount) AS b FROM sales.customers c JOIN receivables r ON r.customer_id = c.customer_id GROUP BY c.region")
            .put("named", "WITH owed AS (SELECT customer_id, max(amount) AS most FROM receivables GROUP BY 1) SELECT o.most AS a, c.region AS b FROM owed o JOIN sales.customers c ON c.customer_id = o.customer_id")
            .put("both", "SELECT email AS a, region AS b FROM sales.customers UNION ALL SELECT note, 'none' FROM receivables")
            .put("chosen", "SELECT CASE WHEN region = 'WEST' THEN email ELSE 'none' END AS a, coalesce(email, region) AS b FROM sales.customers")
            .put("starred", "SELECT t.customer_id AS a, t.email AS b FROM (SELECT * FROM sales.customers) t")
            .put("ranked", "SELECT region AS a, first_value(email) OVER (PARTITION BY region ORDER BY customer_id) AS b FROM sales.customers")
            .put("nested", "SELECT x.a AS a, x.b AS b FROM (SELECT y.region AS a, lower(y.email) AS b FROM (SELECT * FROM sales.customers WHERE region <> 'EAST') y) x")
            .put("renamed", "SELECT t.k AS a, t.v AS b FROM (SELECT customer_id, note FROM receivables) AS t (k, v)")
            .buildOrThrow();

    private final Map<String, List<ColumnLineageInfo>> lineages = new ConcurrentHashMap<>();
    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MeshDocument.granting("sales", "finance"))
                .write("sales/customers.yaml", stored("customers", "sales", "customer_id", "email", "region"))
                .write("finance/receivables.yaml", stored("receivables", "finance", "customer_id", "amount", "note"))
                .setEventListener(new EventListener()
                {
                    @Override
                    public void queryCompleted(QueryCompletedEvent event)
                    {
                        event.getSelectColumnsLineageInfo().ifPresent(lineage -> lineages.put(event.getMetadata().getQuery(), lineage));
                    }
                });
        QUERIES.forEach((name, sql) -> builder.write("finance/%s.yaml".formatted(name), computed(name, sql)));
        builder.write("finance/compared.yaml", computed("compared", "SELECT customer_id AS a, c.email || r.note AS b FROM sales.customers c JOIN receivables r USING (customer_id)"));
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE SCHEMA lake.finance");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT VARCHAR '1' AS customer_id, VARCHAR 'ann@example.com' AS email, VARCHAR 'WEST' AS region");
        mesh.runPipeline("CREATE TABLE lake.finance.receivables AS SELECT VARCHAR '1' AS customer_id, VARCHAR '5' AS amount, VARCHAR 'x' AS note");
        return mesh.runner();
    }

    @Test
    void testTheEngineNamesTheSameColumns()
    {
        Session session = Session.builder(as("sam")).setSchema("finance").build();
        QUERIES.forEach((name, sql) -> {
            mesh.runner().execute(session, sql);
            assertEventually(() -> assertThat(lineages).as(name).containsKey(sql));
            List<String> engine = lineages.get(sql).stream()
                    .flatMap(column -> column.sourceColumns().stream().map(source -> "%s.%s.%s to %s".formatted(source.getSchema(), source.getTable(), source.getColumnName(), column.name())))
                    .sorted()
                    .collect(toImmutableList());
            assertThat(mesh.rows("sam", "SELECT from_domain || '.' || from_product || '.' || from_column || ' to ' || to_column FROM mesh.system.column_lineage WHERE to_product = '%s' ORDER BY 1".formatted(name)))
                    .as(sql)
                    .containsExactlyElementsOf(engine);
        });
    }

    /**
     * The engine names no columns for one that USING compares.
     */
    @Test
    void testTheColumnsThatUsingCompares()
    {
        assertThat(mesh.rows("sam", "SELECT from_domain || '.' || from_product || '.' || from_column || ' to ' || to_column FROM mesh.system.column_lineage WHERE to_product = 'compared' ORDER BY 1"))
                .containsExactly("finance.receivables.customer_id to a", "finance.receivables.note to b", "sales.customers.customer_id to a", "sales.customers.email to b");
    }

    private static String stored(String name, String domain, String... columns)
    {
        return product(name, domain, "catalog: lake, schema: %s, table: %s".formatted(domain, name), ImmutableList.copyOf(columns));
    }

    private static String computed(String name, String sql)
    {
        return product(name, "finance", "query: {sql: \"%s\"}".formatted(sql), ImmutableList.of("a", "b"));
    }

    private static String product(String name, String domain, String port, List<String> columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: %s, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: A product
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, %s}
                 columns: [%s]
                 accessControl:
                   - {role: sales-data-team, permissions: [read, admin]}
                   - {domain: finance, permissions: [read, share]}
               """.formatted(name, domain, port, String.join(", ", columns.stream().map("{name: %s, type: varchar}"::formatted).toList()));
    }
}
