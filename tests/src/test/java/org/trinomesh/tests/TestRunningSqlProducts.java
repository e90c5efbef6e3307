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

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.trino.testing.assertions.Assert.assertEventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example's products that queries compute, in the running server: each answer is that of a query over the lake, which pat wrote by hand.
 */
final class TestRunningSqlProducts
{
    private static final RunningMesh MESH = RunningMesh.get();
    private static final String BILLS = "(SELECT customer_id, sum(CAST(floor(billed / 100) * 100 AS decimal(18,2))) AS billed FROM lake.finance.receivables GROUP BY 1)";
    private static final String VALUES = "lake.sales.customer_360 c JOIN lake.marketing.customer_segments_v2 s ON s.customer_id = c.customer_id JOIN " + BILLS + " b ON b.customer_id = c.customer_id";

    @Test
    void testAViewOverThreeDomains()
            throws SQLException
    {
        String sql = "SELECT customer_id, region, segment, orders, billed FROM mesh.marketing.customer_value ORDER BY 1";
        List<String> expected = MESH.rows("pat", "SELECT c.customer_id, c.region, s.segment, c.orders, b.billed FROM " + VALUES + " ORDER BY 1");
        assertThat(MESH.rows("mia", sql)).isEqualTo(expected).isNotEmpty();
        // Dora joins by the pseudonyms that she has everywhere
        assertThat(MESH.rows("dora", "SELECT v.region, v.segment, v.orders, v.billed FROM mesh.marketing.customer_value v JOIN mesh.sales.customer_360 c ON c.customer_id = v.customer_id ORDER BY 4, 3, 2, 1"))
                .isEqualTo(MESH.rows("pat", "SELECT c.region, s.segment, c.orders, b.billed FROM " + VALUES + " ORDER BY 4, 3, 2, 1"));
        assertThat(MESH.rows("dora", "SELECT count(*) FROM mesh.marketing.customer_value WHERE customer_id LIKE 'CUS-%'")).containsExactly("0");
        assertThat(MESH.failure("ana", sql)).contains("ask marketing-analytics");
    }

    @Test
    void testAProductOnAQuery()
            throws SQLException
    {
        List<String> expected = MESH.rows("pat", "SELECT s.segment, c.region, count(*), sum(b.billed) FROM " + VALUES + " GROUP BY 1, 2 ORDER BY 1, 2");
        for (String user : List.of("ana", "mia")) {
            assertThat(MESH.rows(user, "SELECT segment, region, customers, billed FROM mesh.marketing.segment_value ORDER BY 1, 2")).as(user).isEqualTo(expected).isNotEmpty();
        }
    }

    @Test
    void testStoredRows()
            throws SQLException
    {
        String sql = "SELECT region, month, customers, invoices, billed FROM mesh.finance.billing_by_region ORDER BY 1, 2";
        String computed = "SELECT c.region, r.month, count(DISTINCT r.customer_id), sum(r.invoices), sum(r.billed) FROM lake.finance.receivables r JOIN lake.sales.customer_360 c ON c.customer_id = r.customer_id %s GROUP BY 1, 2 ORDER BY 1, 2";
        List<String> expected = MESH.rows("pat", computed.formatted(""));
        for (String user : List.of("ana", "dora", "finn")) {
            assertThat(MESH.rows(user, sql)).as(user).isEqualTo(expected).isNotEmpty();
            assertThat(MESH.rows(user, "EXPLAIN " + sql).toString()).as(user).contains("finance.billing_by_region").doesNotContain("customer_360", "receivables");
        }
        assertThat(MESH.rows("wes", sql)).isEqualTo(MESH.rows("pat", computed.formatted("WHERE c.region = 'WEST'"))).isNotEmpty();
        assertThat(MESH.failure("ana", "REFRESH MATERIALIZED VIEW mesh.finance.billing_by_region")).contains("it needs the permission 'write' on finance.billing_by_region");
    }

    @Test
    void testAnotherCatalogJoinedWithAProduct()
            throws SQLException
    {
        String computed = "SELECT %s FROM erp.accounts.credit_limits l JOIN lake.finance.receivables r ON r.customer_id = l.customer_id GROUP BY l.customer_id, l.credit_limit ORDER BY l.customer_id";
        assertThat(MESH.rows("finn", "SELECT customer_id, credit_limit, billed, is_exceeded FROM mesh.finance.credit_exposure ORDER BY 1"))
                .isEqualTo(MESH.rows("pat", computed.formatted("l.customer_id, l.credit_limit, max_by(r.billed, r.month), max_by(r.billed, r.month) > l.credit_limit")))
                .isNotEmpty();
        // The rule of the receivables follows the amount, and pseudonyms are those of all products
        assertThat(MESH.rows("dora", "SELECT c.credit_limit, c.billed FROM mesh.finance.credit_exposure c JOIN mesh.sales.customer_360 p ON p.customer_id = c.customer_id ORDER BY 2, 1"))
                .isEqualTo(MESH.rows("pat", "SELECT credit_limit, CAST(floor(billed / 100) * 100 AS decimal(18,2)) FROM (%s) ORDER BY 2, 1".formatted(computed.formatted("l.customer_id, l.credit_limit, max_by(r.billed, r.month) AS billed"))));
        assertThat(MESH.failure("finn", "SELECT * FROM erp.accounts.credit_limits")).contains("Access Denied");
        assertThat(MESH.failure("finn", "SELECT * FROM mesh.\"erp$accounts\".credit_limits")).contains("does not exist");
    }

    /**
     * In the project's own files, and in those of somebody who has not published them yet.
     */
    @Test
    void testTrinoChecksTheQueriesOfFiles()
    {
        MeshLauncher.Output right = MESH.launcher().run("validate", "--server", ProjectFiles.root().resolve("etc/mesh").toString());
        assertThat(right.text()).contains("finance.credit_exposure 1.0.0  fits", ", 4 queries checked by the server").doesNotContain("impersonate");
        assertThat(right.exitCode()).isZero();
        MeshLauncher.Output wrong = MESH.launcher().script(
                """
                copy=$(mktemp -d)
                cp -r '%s/.' "$copy"
                cd "$copy"
                sed -i 's/accounts.credit_limits/accounts.limits/' domains/finance/credit-exposure/data-product.yaml
                sed -i 's/count(\\*) AS customers/count_all(1) AS customers/' domains/marketing/segment-value/data-product.yaml
                "$0" validate --user eve --server . || echo "exit code $?"
                rm -r "$copy"
                """.formatted(ProjectFiles.root().resolve("etc/mesh")));
        assertThat(wrong.text())
                .contains("domains/finance/credit-exposure/data-product.yaml:32:16: error: the query of 'finance.credit_exposure' reads erp.accounts.limits, which the server does not have: Table 'erp.accounts.limits' does not exist; correct the name")
                .contains("domains/marketing/segment-value/data-product.yaml:26:35: error: Trino refuses the query of 'marketing.segment_value': Function 'count_all' not registered")
                .contains("exit code 1");
    }

    @Test
    void testEveIsRefused()
    {
        for (String product : List.of("marketing.customer_value", "marketing.segment_value", "finance.billing_by_region", "finance.credit_exposure")) {
            String domain = product.substring(0, product.indexOf('.'));
            assertThat(MESH.failure("eve", "SELECT * FROM mesh." + product)).contains("Schema '" + domain + "' does not exist");
            assertThat(MESH.failure("eve", "REFRESH MATERIALIZED VIEW mesh." + product)).contains("does not exist");
        }
    }

    /**
     * A refresh that takes some seconds loses nothing when its server is killed meanwhile.
     */
    @Test
    void testARefreshWhoseServerIsKilled()
            throws Exception
    {
        Path file = MESH.descriptors().resolve("domains/finance/slow/data-product.yaml");
        String slow = "(SELECT count(*) FROM receivables a CROSS JOIN receivables b CROSS JOIN UNNEST(sequence(1, 2)) t (i) WHERE a.billed * t.i < b.billed)";
        String product = Files.readString(MESH.descriptors().resolve("domains/finance/billing-by-region/data-product.yaml"))
                .replace("billing-by-region", "slow")
                .replace("table: billing_by_region", "table: slow")
                .replace("sum(r.invoices) AS invoices", "sum(r.invoices) + 0 * " + slow + " AS invoices");
        Files.createDirectories(file.getParent());
        Files.writeString(file, product);
        try {
            String refresh = "REFRESH MATERIALIZED VIEW mesh.finance.slow";
            assertEventually(new Duration(60, SECONDS), () -> assertThat(MESH.rows("pat", "SELECT count(*) FROM mesh.system.data_products WHERE product = 'slow'")).containsExactly("1"));
            execute("pipeline", refresh);
            String sql = "SELECT region, month, customers, invoices, billed FROM mesh.finance.slow ORDER BY 1, 2";
            List<String> before = MESH.rows("finn", sql);
            assertThat(before).isEqualTo(MESH.rows("finn", sql.replace("finance.slow", "finance.billing_by_region"))).isNotEmpty();
            String versions = "SELECT count(*) FROM lake.finance.\"slow$snapshots\"";
            List<String> stored = MESH.rows("pat", versions);

            // Other rows and the same again, so that there is something to refresh
            execute("pipeline", "INSERT INTO lake.finance.receivables VALUES ('nobody', DATE '2001-01-01', 1, 1)");
            execute("pipeline", "DELETE FROM lake.finance.receivables WHERE customer_id = 'nobody'");
            try (ExecutorService background = Executors.newSingleThreadExecutor()) {
                Future<String> killed = background.submit(() -> MESH.failure("pipeline", refresh));
                assertEventually(new Duration(30, SECONDS), () -> assertThat(MESH.rows("pat", "SELECT count(*) FROM system.runtime.tasks t JOIN system.runtime.queries q ON q.query_id = t.query_id WHERE q.query LIKE 'REFRESH%' AND q.state = 'RUNNING' AND t.splits > 0")).doesNotContain("0"));
                MESH.killCoordinator();
                assertThat(killed.get()).isNotEmpty();
            }
            assertEventually(new Duration(60, SECONDS), () -> assertThat(MESH.rows("finn", sql)).isEqualTo(before));
            assertThat(MESH.rows("finn", "EXPLAIN " + sql).toString()).contains("finance.slow").doesNotContain("receivables");
            assertThat(MESH.rows("pat", versions)).isEqualTo(stored);
            execute("pipeline", refresh);
            assertThat(MESH.rows("finn", sql)).isEqualTo(before);
        }
        finally {
            Files.delete(file);
            execute("pipeline", "DROP TABLE IF EXISTS lake.finance.slow");
        }
    }

    private static void execute(String user, @Language("SQL") String sql)
            throws SQLException
    {
        try (Connection connection = MESH.connect(user);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
