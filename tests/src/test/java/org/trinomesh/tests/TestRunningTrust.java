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

import io.airlift.units.Duration;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the example mesh tells of SLOs, quality, contracts, lineage and search, in a real server with the plugin as users deploy it.
 */
final class TestRunningTrust
{
    private static final RunningMesh MESH = RunningMesh.get();
    private static final Duration REFRESH = new Duration(30, SECONDS);

    @Test
    void testObjectivesAreMeasured()
            throws SQLException
    {
        assertThat(MESH.rows("sam", "SELECT objective, status, confidence FROM mesh.system.slos WHERE product = 'customer_360' AND objective IN ('completeness', 'freshness') ORDER BY 1"))
                .containsExactly("completeness | breached | exact", "freshness | met | exact");
        // 98% of what the CRM has cannot be told from the table alone
        assertThat(MESH.rows("sam", "SELECT status FROM mesh.system.slos WHERE product = 'sales_pipeline' AND objective = 'completeness'")).containsExactly("unknown");
        assertThat(MESH.rows("sam", "SELECT actual FROM mesh.system.slos WHERE product = 'customer_360' AND objective = 'completeness'"))
                .isEqualTo(MESH.rows("sam", "SELECT format('%s%%', CAST(count(email) * 100.0 / count(*) AS decimal(4,1))) FROM mesh.sales.customer_360"));
        assertThat(MESH.rows("sam", "SELECT DISTINCT status FROM mesh.system.slos")).contains("met", "breached", "unknown");
    }

    @Test
    void testChecksAreWrittenAndRead()
            throws SQLException, IOException
    {
        String results = "SELECT rule, success FROM mesh.system.quality_results WHERE product = 'revenue_analytics' AND producer <> 'manifests' ORDER BY 1";
        assertThat(MESH.rows("sam", results)).isEmpty();
        // What manifests answer is known before anybody checks
        assertThat(MESH.rows("sam", "SELECT status, split_part(evidence, ', at ', 1) FROM mesh.system.slos WHERE product = 'revenue_analytics' AND objective = 'accuracy'")).containsExactly("met | rows of 10 checks, counted from manifests");

        MeshLauncher.Output check = MESH.launcher().run("check", "--product", "sales.revenue_analytics");
        assertThat(check.exitCode()).as(check.text()).isEqualTo(0);
        assertThat(check.text()).contains("10 rules passed, 0 failed, 0 not checked");
        assertThat(MESH.rows("sam", results)).hasSize(10).contains("net_revenue-not_null | true", "month-not_null | true");
        assertThat(MESH.rows("sam", "SELECT status, actual FROM mesh.system.slos WHERE product = 'revenue_analytics' AND objective = 'accuracy'")).containsExactly("met | 100%");

        // A tool that knows the table by its own name, and counts no rows
        Path events = MESH.state().resolve("results/other-tool.jsonl");
        Files.writeString(events,
                """
                {"eventType": "COMPLETE", "eventTime": "2026-05-04T06:00:00Z", "producer": "https://checks.example.com/1.0", "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent", \
                "run": {"runId": "4f0c4a1e-6a0b-4c57-9d3b-6d3b0a7a6f01"}, "job": {"namespace": "checks", "name": "revenue"}, "outputs": [], \
                "inputs": [{"namespace": "trino://warehouse:8080", "name": "lake.sales.revenue_analytics", "inputFacets": {"dataQualityAssertions": {"_producer": "https://checks.example.com/1.0", \
                "_schemaURL": "https://openlineage.io/spec/facets/1-0-1/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet", \
                "assertions": [{"assertion": "values_between", "success": false, "column": "units"}]}}}]}
                """);
        assertThat(MESH.rows("sam", "SELECT assertion, column_name, success FROM mesh.system.quality_results WHERE producer = 'https://checks.example.com/1.0'")).containsExactly("values_between | units | false");
        assertThat(MESH.rows("eve", "SELECT * FROM mesh.system.quality_results")).isEmpty();
        Files.delete(events);
        assertThat(MESH.rows("sam", "SELECT * FROM mesh.system.quality_results WHERE producer = 'https://checks.example.com/1.0'")).isEmpty();
    }

    @Test
    void testRunsOfOtherToolsAreLineage()
            throws SQLException, IOException
    {
        String edge = "SELECT kind FROM mesh.system.lineage WHERE from_name = 'sales.customer_transactions' AND to_name = 'finance.receivables' ORDER BY 1";
        assertThat(MESH.rows("dora", edge)).containsExactly("declared");
        Path events = MESH.state().resolve("results/spark.jsonl");
        Files.writeString(events,
                """
                {"eventType": "COMPLETE", "eventTime": "2026-05-04T06:00:00Z", "producer": "https://spark.example.com", "schemaURL": "https://openlineage.io/spec/1-0-5/OpenLineage.json#/$defs/RunEvent", \
                "run": {"runId": "4f0c4a1e-6a0b-4c57-9d3b-6d3b0a7a6f02"}, "job": {"namespace": "nightly", "name": "bills.append_data"}, \
                "inputs": [{"namespace": "file", "name": "/lake/data/warehouse/sales/customer_transactions", "facets": {}}], \
                "outputs": [{"namespace": "file", "name": "/lake/data/warehouse/finance/receivables", "facets": {"columnLineage": {"fields": {"billed": {"inputFields": \
                [{"namespace": "file", "name": "/lake/data/warehouse/sales/customer_transactions", "field": "amount", "transformations": [{"type": "DIRECT", "subtype": "AGGREGATION"}]}]}}}}}]}
                """);
        assertThat(MESH.rows("dora", edge)).containsExactly("declared", "observed");
        assertThat(MESH.rows("dora", "SELECT from_column, kind FROM mesh.system.column_lineage WHERE to_product = 'receivables' AND to_column = 'billed' ORDER BY 2"))
                .containsExactly("amount | declared", "amount | observed");
        // What ran, and where the files are, is for those who answer for the product
        assertThat(MESH.rows("dora", "SELECT * FROM mesh.system.lineage")).noneMatch(row -> row.contains("nightly") || row.contains("/lake/data"));
        Files.delete(events);
    }

    @Test
    void testABreakingChangeNeedsANewMajor()
            throws SQLException, IOException
    {
        Path folder = MESH.descriptors().resolve("domains/sales/customer-360");
        Path contract = folder.resolve("data-contract.yaml");
        String written = Files.readString(contract);
        String broken = written.replaceFirst("(?s)\\{\"name\": \"preferred_customer\".*?},\\s*", "");
        assertThat(broken).isNotEqualTo(written);
        Path next = folder.resolveSibling("customer-360-v3");
        try {
            Files.writeString(contract, broken);
            assertEventually(REFRESH, () -> assertThat(MESH.rows("sam", "SELECT message FROM mesh.system.problems WHERE product = 'customer_360' AND severity = 'error'"))
                    .containsExactly("column 'customer_360.preferred_customer' is no longer promised, which breaks what version 2.1.0 of 'sales.customer_360' promised"));
            assertThat(MESH.rows("ana", "SELECT count(preferred_customer) > 0 FROM mesh.sales.customer_360")).containsExactly("true");
            assertThat(MESH.rows("sam", "SELECT severity, required_bump, refused FROM mesh.system.schema_changes WHERE product = 'customer_360' AND source = 'contract'")).containsExactly("breaking | major | true");

            Files.writeString(contract, written);
            Files.createDirectories(next);
            Files.writeString(next.resolve("data-contract.yaml"), broken.replace("version: 2.1.0", "version: 3.0.0"));
            Files.writeString(next.resolve("data-product.yaml"), Files.readString(folder.resolve("data-product.yaml")).replace("version: 2.1.0", "version: 3.0.0").replace("id: sales-customer-360", "id: sales-customer-360-3"));
            assertEventually(REFRESH, () -> assertThat(MESH.rows("ana", "SHOW TABLES FROM mesh.sales LIKE 'customer!_360%' ESCAPE '!'")).containsExactly("customer_360", "customer_360_v2", "customer_360_v3"));
            assertThat(MESH.rows("ana", "SHOW COLUMNS FROM mesh.sales.customer_360_v2")).anyMatch(column -> column.startsWith("preferred_customer"));
            assertThat(MESH.rows("ana", "SHOW COLUMNS FROM mesh.sales.customer_360_v3")).noneMatch(column -> column.startsWith("preferred_customer"));
            assertThat(MESH.rows("ana", "SHOW COLUMNS FROM mesh.sales.customer_360")).noneMatch(column -> column.startsWith("preferred_customer"));
        }
        finally {
            Files.writeString(contract, written);
            Files.deleteIfExists(next.resolve("data-contract.yaml"));
            Files.deleteIfExists(next.resolve("data-product.yaml"));
            Files.deleteIfExists(next);
        }
        assertEventually(REFRESH, () -> assertThat(MESH.rows("ana", "SHOW TABLES FROM mesh.sales LIKE 'customer!_360%' ESCAPE '!'")).containsExactly("customer_360"));
    }

    @Test
    void testEveFindsNothingAndMiaWhatSheMayDiscover()
            throws SQLException
    {
        for (String table : MESH.rows("gus", "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema = 'system'")) {
            assertThat(MESH.rows("eve", "SELECT * FROM mesh.system." + table)).as(table).isEmpty();
        }
        assertThat(MESH.rows("eve", "SELECT * FROM TABLE(mesh.system.search('customer'))")).isEmpty();
        assertThat(MESH.rows("eve", "SHOW SCHEMAS FROM mesh LIKE 'quality'")).isEmpty();
        List<String> known = MESH.rows("mia", "SELECT domain || '.' || product FROM mesh.system.data_products");
        assertThat(MESH.rows("mia", "SELECT domain || '.' || product FROM TABLE(mesh.system.search('customer'))")).isNotEmpty().allMatch(known::contains);
        assertThat(MESH.rows("sam", "SHOW TABLES FROM mesh.quality")).contains("sales__customer_360");
        assertThat(MESH.rows("mia", "SHOW SCHEMAS FROM mesh LIKE 'quality'")).containsExactlyElementsOf(MESH.rows("mia", "SELECT DISTINCT table_schema FROM mesh.information_schema.tables WHERE table_schema = 'quality'"));
    }

    /**
     * Whoever may read what a query is about gets rows; who is shown it because he may discover a table of it is told whom to ask.
     */
    @Test
    void testSampleQueriesGiveRows()
            throws SQLException
    {
        Set<String> answered = new TreeSet<>();
        Set<String> told = new TreeSet<>();
        Set<String> products = new TreeSet<>();
        for (String user : List.of("ana", "sam", "mia", "finn", "dora", "gus", "pat")) {
            products.addAll(MESH.rows(user, "SELECT domain || '.' || product || ' ' || version FROM mesh.system.output_ports WHERE type = 'sql'"));
            for (String query : MESH.rows(user, "SELECT domain || '.' || product || ' ' || version || '=' || sql FROM mesh.system.sample_queries")) {
                told.add(query);
                @Language("SQL") String sql = query.substring(query.indexOf('=') + 1);
                try {
                    assertThat(MESH.rows(user, sql)).as("%s: %s", user, sql).isNotEmpty();
                    answered.add(query);
                }
                catch (SQLException e) {
                    assertThat(e.getMessage()).as("%s: %s", user, sql).contains("Access Denied: Cannot ", ": ask ");
                }
            }
        }
        assertThat(answered).as("every query has somebody to run it").isEqualTo(told);
        assertThat(told.stream().map(query -> query.substring(0, query.indexOf('='))).collect(toSet())).as("every product that SQL reads has one").containsAll(products);
    }

    @Test
    void testRelationshipsJoin()
            throws SQLException
    {
        List<String> relationships = MESH.rows("dora", "SELECT domain || '.' || table_name, column_names[1], to_domain || '.' || to_table, to_columns[1] FROM mesh.system.relationships ORDER BY 1, 2, 3");
        assertThat(relationships).contains(
                "finance.receivables | customer_id | marketing.customer_segments | customer_id",
                "marketing.attribution | customer_id | marketing.customer_segments | customer_id",
                "finance.receivables | customer_id | sales.customer_360 | customer_id",
                "supply_chain.logistics | carrier_id | supply_chain.logistics__carriers | carrier_id",
                "supply_chain.logistics | warehouse_id | supply_chain.logistics__warehouses | warehouse_id");
        List<String> tables = MESH.rows("dora", "SELECT table_schema || '.' || table_name FROM mesh.information_schema.tables");
        for (String relationship : relationships) {
            String[] sides = relationship.split(" [|] ", -1);
            // She may read only one side, or neither
            if (tables.containsAll(List.of(sides[0], sides[2]))) {
                assertThat(MESH.rows("dora", "SELECT count(*) > 0 FROM mesh.%s a JOIN mesh.%s b ON b.%s = a.%s".formatted(sides[0], sides[2], sides[3], sides[1]))).as(relationship).containsExactly("true");
            }
        }
    }
}
