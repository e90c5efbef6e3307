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

import com.google.common.collect.ImmutableMap;
import io.trino.Session;
import io.trino.plugin.hive.HivePlugin;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.io.MoreFiles.deleteRecursively;
import static com.google.common.io.RecursiveDeleteOption.ALLOW_INSECURE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * Products over tables of other connectors: finance publishes what an ERP has in PostgreSQL, what a lake of Hive has, and what is in the
 * memory of the engine. Ana has no right on any of these catalogs.
 */
final class TestForeignCatalogs
        extends AbstractTestQueryFramework
{
    private static final Pattern COLUMN_LIST = Pattern.compile("(?<=SELECT )\"\\w+\"(, \"\\w+\")+(?= FROM)");

    private static final MeshDocument MESH = MeshDocument.of(
                    "{domain: sales, storage: lake, namespaces: [sales]}",
                    "{domain: finance, storage: lake, namespaces: [finance]}",
                    "{domain: finance, trinoCatalog: erp, schemas: [public], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: erp_cached, schemas: [public], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: memory, schemas: [default], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: hive, schemas: [raw], runAs: mesh-source-finance}")
            .with("stewards", "[{group: governance}]");

    private static final String ACCESS_RULES =
            """
            {
              "catalogs": [
                {"user": "pipeline|mesh-source-finance", "allow": "all"},
                {"catalog": "mesh|system", "allow": "all"}
              ]
            }
            """;

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: contact, match: {tags: [email]}, mask: email-domain, except: [{role: financial-reporting}, {domain: finance}]}
              hiddenColumns:
                - {id: restricted, match: {classifications: [restricted]}, except: [{role: financial-reporting}, {domain: finance}]}
            """;

    private static final String SEGMENTS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: segments, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Customers and their segments
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: segments}
              columns:
                - {name: customer_id, type: bigint}
                - {name: email, type: varchar, tags: [email]}
                - {name: segment, type: varchar}
                - {name: ssn, type: varchar, classification: restricted}
              accessControl:
                - {domain: finance, permissions: [read, share]}
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    private static final String ORDERS = product(
            "orders",
            "trinoCatalog: erp, schema: public, table: orders",
            "{name: order_id, type: bigint}",
            "{name: customer_id, type: bigint}",
            "{name: buyer, type: varchar, tags: [email]}",
            "{name: status, type: varchar}",
            "{name: amount, type: 'decimal(12,2)'}",
            "{name: weight, type: double}",
            "{name: placed, type: date}",
            "{name: paid, type: boolean}",
            "{name: iban, type: varchar, classification: restricted}");

    private static final String CUSTOMERS = product(
            "customers",
            "trinoCatalog: erp, schema: public, table: kna1",
            "{name: customer_id, type: bigint, physicalName: kunnr}",
            "{name: country, type: varchar, physicalName: land1}",
            "{name: postcode, type: varchar, physicalName: pstlz}",
            "{name: score, type: integer}");

    /**
     * Orders with their customers, as a query of the same catalog.
     */
    private static final String ERP_JOIN = "SELECT o.order_id, o.buyer, o.status, o.amount, c.land1 AS country FROM erp.public.orders o JOIN erp.public.kna1 c ON c.kunnr = o.customer_id";

    private static final String SHIPMENTS = product(
            "shipments",
            "query: {sql: '%s'}".formatted(ERP_JOIN),
            "{name: order_id, type: bigint}",
            "{name: buyer, type: varchar, tags: [email]}",
            "{name: status, type: varchar}",
            "{name: amount, type: 'decimal(12,2)'}",
            "{name: country, type: varchar}");

    private static final String RATES = product(
            "rates",
            "trinoCatalog: memory, schema: default, table: rates",
            "{name: status, type: varchar}",
            "{name: rate, type: integer}");

    private static final String LOST = product(
            "lost",
            "trinoCatalog: memory, schema: default, table: lost",
            "{name: order_id, type: bigint}",
            "{name: buyer, type: varchar, tags: [email]}");

    private static final String CLICKS = product(
            "clicks",
            "trinoCatalog: hive, schema: raw, table: clicks",
            "{name: click_id, type: bigint}",
            "{name: visitor, type: varchar, tags: [email]}",
            "{name: day, type: varchar, physicalName: ds}");

    private static final String VISITS = product(
            "visits",
            "query: {sql: 'SELECT c.visitor, count(DISTINCT c.click_id) AS clicks, count(DISTINCT c.ds) AS days FROM hive.raw.clicks c GROUP BY c.visitor'}",
            "{name: visitor, type: varchar, tags: [email]}",
            "{name: clicks, type: bigint}",
            "{name: days, type: bigint}");

    private static final String REVENUE = product(
            "revenue",
            "query: {sql: 'SELECT o.order_id, s.email, s.segment, s.ssn, o.iban, o.amount * r.rate AS revenue FROM erp.public.orders o JOIN memory.default.rates r ON r.status = o.status JOIN sales.segments s ON s.customer_id = o.customer_id'}",
            "{name: order_id, type: bigint}",
            "{name: email, type: varchar}",
            "{name: segment, type: varchar}",
            "{name: ssn, type: varchar}",
            "{name: iban, type: varchar, classification: restricted}",
            "{name: revenue, type: 'decimal(38,2)'}");

    private static final String TURNOVER = product(
            "turnover",
            "query: {sql: 'SELECT status, sum(amount) AS amount FROM orders GROUP BY status', materialized: {storage: lake, schema: finance, table: turnover}}",
            "{name: status, type: varchar}",
            "{name: amount, type: 'decimal(38,2)'}");

    private final PostgresPlugin erpPlugin = new PostgresPlugin();
    private Path files;
    private PostgresServer erp;
    private EmbeddedMesh mesh;

    /**
     * A product of finance, for ana.
     *
     * @param source what its port says of the table
     */
    private static String product(String name, String source, String... columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: finance, owner: financial-reporting, version: 1.0.0}
               spec:
                 description: What finance has of other systems
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, %s}
                 columns:
               %s
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                   - {user: ops, permissions: [write]}
                   - {domain: finance, permissions: [read, share]}
                   - {role: financial-reporting, permissions: [read, admin]}
               """.formatted(name, source, List.of(columns).stream().map("    - %s"::formatted).collect(joining("\n")));
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        files = Files.createTempDirectory("mesh-foreign");
        closeAfterClass((AutoCloseable) () -> deleteRecursively(files, ALLOW_INSECURE));
        Files.createDirectory(files.resolve("hive"));
        erp = closeAfterClass(PostgresServer.start());
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .setFileAccessRules(Files.writeString(files.resolve("rules.json"), ACCESS_RULES))
                .addCatalog("erp", erpPlugin, erp.properties())
                .addCatalog("erp_cached", erpPlugin, ImmutableMap.<String, String>builder()
                        .putAll(erp.properties())
                        .put("metadata.cache-ttl", "1h")
                        .put("query.comment-format", "for $USER")
                        .buildOrThrow())
                .addCatalog("memory", new MemoryPlugin(), ImmutableMap.of())
                .addCatalog("hive", new HivePlugin(), ImmutableMap.of(
                        "hive.metastore", "file",
                        "hive.metastore.catalog.dir", "local:///hive",
                        "fs.local.enabled", "true",
                        "local.location", files.toString()))
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/segments.yaml", SEGMENTS)
                .write("domains/finance/orders.yaml", ORDERS)
                .write("domains/finance/customers.yaml", CUSTOMERS)
                .write("domains/finance/shipments.yaml", SHIPMENTS)
                .write("domains/finance/rates.yaml", RATES)
                .write("domains/finance/lost.yaml", LOST)
                .write("domains/finance/clicks.yaml", CLICKS)
                .write("domains/finance/revenue.yaml", REVENUE)
                .start());
        erp.execute(
                """
                CREATE TABLE orders (order_id bigint, customer_id bigint, buyer text, status text, amount numeric(12,2), weight double precision, placed date, paid boolean, iban text, internal_code text);
                INSERT INTO orders VALUES
                    (1, 10, 'ann@example.com', 'open', 10.50, 1.5, '2026-01-01', true, 'DE01', 'x'),
                    (2, 10, 'ann@example.com', 'paid', 20.00, 2.5, '2026-01-02', false, 'DE01', 'y'),
                    (3, 20, 'bob@example.org', 'open', 5.25, 0.5, '2026-02-01', true, 'DE02', 'z');
                CREATE TABLE kna1 (kunnr bigint, land1 text, pstlz varchar(10), score integer);
                INSERT INTO kna1 VALUES (10, 'DE', '10115', 5), (20, 'FR', '75001', 7);
                """);
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE SCHEMA lake.finance");
        mesh.runPipeline("CREATE TABLE lake.sales.segments AS SELECT * FROM (VALUES (BIGINT '10', 'ann@example.com', 'gold', '111'), (20, 'bob@example.org', 'new', '222')) AS segments (customer_id, email, segment, ssn)");
        mesh.runPipeline("CREATE TABLE memory.default.rates AS SELECT * FROM (VALUES ('open', 0), ('paid', 1)) AS rates (status, rate)");
        mesh.runPipeline("CREATE VIEW memory.default.lost AS SELECT order_id, buyer FROM erp.public.orders WHERE placed < DATE '2026-01-02'");
        mesh.runPipeline("CREATE SCHEMA hive.raw");
        mesh.runPipeline("CREATE TABLE hive.raw.clicks WITH (format = 'ORC', partitioned_by = ARRAY['ds']) AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'ann@example.com', VARCHAR '2026-01-01'), (2, 'bob@example.org', '2026-01-02')) AS clicks (click_id, visitor, ds)");
        return mesh.runner();
    }

    @Test
    void testAnaReadsTablesOfOtherConnectors()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.orders WHERE order_id = 1")).containsExactly("1, 10, ****@example.com, open, 10.50, 1.5, 2026-01-01, true");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.customers ORDER BY score")).containsExactly("10, DE, 10115, 5", "20, FR, 75001, 7");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.rates ORDER BY rate")).containsExactly("open, 0", "paid, 1");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.clicks ORDER BY click_id")).containsExactly("1, ****@example.com, 2026-01-01", "2, ****@example.org, 2026-01-02");
        // A view of another catalog, which reads a third one
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.lost")).containsExactly("1, ****@example.com");
        assertThat(mesh.rows("finn", "SELECT order_id, buyer, iban FROM mesh.finance.orders WHERE order_id = 3")).containsExactly("3, bob@example.org, DE02");
        assertThat(mesh.failure("ana", "SELECT iban FROM mesh.finance.orders")).contains("Column 'iban' cannot be resolved");
        assertThat(mesh.failure("ana", "SELECT internal_code FROM mesh.finance.orders")).contains("Column 'internal_code' cannot be resolved");
        for (String table : List.of("erp.public.orders", "memory.default.rates", "memory.default.lost", "hive.raw.clicks")) {
            assertThat(mesh.failure("ana", "SELECT * FROM " + table)).contains("Access Denied");
        }
        for (String name : List.of("orders", "customers", "rates", "clicks", "lost", "revenue", "shipments")) {
            assertThat(mesh.failure("eve", "SELECT * FROM mesh.finance." + name)).isEqualTo("line 1:15: Schema 'finance' does not exist");
        }
    }

    /**
     * The engine may divide the aggregation of a table that allows it, and join the parts by what the query groups by.
     */
    @Test
    void testPlansShowNoMaskedValuesByWhichAQueryGroups()
    {
        mesh.publish("domains/finance/visits.yaml", VISITS);
        try {
            String sql = "SELECT * FROM mesh.finance.visits ORDER BY visitor";
            Session ana = Session.builder(MeshQueryRunner.as("ana")).setSystemProperty("distinct_aggregations_strategy", "split_to_subqueries").build();
            assertThat(mesh.rows(ana, sql)).containsExactly("****@example.com, 1, 1", "****@example.org, 1, 1");
            assertThat(mesh.rows(ana, "EXPLAIN ANALYZE " + sql).toString()).doesNotContain("ann@", "bob@");
            // The table allows the division, so that the test would see the values
            Session finn = Session.builder(MeshQueryRunner.as("finn")).setSystemProperty("distinct_aggregations_strategy", "split_to_subqueries").build();
            assertThat(mesh.rows(finn, "EXPLAIN ANALYZE " + sql).toString()).contains("Join", "ann@example.com");
        }
        finally {
            mesh.withdraw("domains/finance/visits.yaml");
        }
    }

    @Test
    void testAQueryJoinsForeignTablesWithAProduct()
    {
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.revenue ORDER BY order_id")).containsExactly("1, ****@example.com, gold, 0.00", "2, ****@example.com, gold, 20.00", "3, ****@example.org, new, 0.00");
        assertThat(mesh.rows("finn", "SELECT order_id, email, ssn, iban FROM mesh.finance.revenue WHERE order_id = 3")).containsExactly("3, bob@example.org, 222, DE02");
        assertThat(mesh.failure("ana", "SELECT ssn FROM mesh.finance.revenue")).contains("Column 'ssn' cannot be resolved");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.segments")).contains("does not exist");
        assertThat(mesh.rows("gus", "SELECT from_name, to_name FROM mesh.system.lineage WHERE to_name = 'finance.revenue'")).containsExactly("sales.segments, finance.revenue");
        // Two domains decide: what is no longer shared takes the product out of service
        mesh.publish("domains/sales/segments.yaml", SEGMENTS.replace("[read, share]", "[read]"));
        try {
            assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.revenue")).contains("may discover finance.revenue; it is out of service: its domain may not publish what its query reads");
            assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.orders")).containsExactly("3");
        }
        finally {
            mesh.publish("domains/sales/segments.yaml", SEGMENTS);
        }
    }

    @Test
    void testStatementsReachTheDatabaseAsWithoutTheMesh()
    {
        assertPushedDown(
                "orders",
                "erp.public.orders",
                "SELECT order_id, amount FROM t WHERE status = 'open'",
                "SELECT order_id FROM t WHERE amount > 7 AND placed BETWEEN DATE '2026-01-01' AND DATE '2026-01-31'",
                "SELECT order_id FROM t WHERE status IN ('open', 'lost') AND paid",
                "SELECT order_id FROM t WHERE status LIKE 'op%'",
                "SELECT order_id FROM t WHERE status = 'open' OR amount > 7",
                "SELECT order_id FROM t WHERE customer_id <> order_id",
                "SELECT order_id FROM t LIMIT 2",
                "SELECT order_id, status FROM t ORDER BY amount DESC LIMIT 2",
                "SELECT count(*) FROM t",
                "SELECT DISTINCT status FROM t",
                "SELECT status, count(*), sum(amount), min(placed), max(status), avg(weight), avg(order_id), avg(amount), count(paid) FROM t GROUP BY status",
                "SELECT a.order_id, b.status FROM t a JOIN t b ON a.order_id = b.customer_id",
                "SELECT a.status, count(*) FROM t a LEFT JOIN t b ON a.customer_id = b.order_id WHERE a.paid GROUP BY a.status",
                // The rows of another catalog narrow what is read
                "SELECT o.order_id FROM t o JOIN memory.default.rates r ON r.status = o.status WHERE r.rate = 1",
                // A column that ana sees masked stands beside others
                "SELECT order_id, buyer FROM t WHERE status = 'open'",
                "SELECT order_id, buyer FROM t LIMIT 1");
        assertPushedDown(
                "shipments",
                "(" + ERP_JOIN + ")",
                "SELECT order_id, country FROM t",
                "SELECT order_id, country FROM t WHERE status = 'open' AND country = 'DE'",
                "SELECT order_id FROM t ORDER BY amount DESC LIMIT 1",
                "SELECT order_id FROM t LIMIT 1",
                "SELECT country, sum(amount), count(*) FROM t GROUP BY country");
        assertPushedDown(
                "customers",
                "(SELECT kunnr AS customer_id, land1 AS country, score FROM erp.public.kna1)",
                "SELECT country, sum(score), count(*) FROM t WHERE customer_id > 5 GROUP BY country",
                "SELECT customer_id FROM t WHERE score = 5 ORDER BY country LIMIT 1");
        // Two products, joined by the reader
        List<String> direct = sent("pipeline", "SELECT o.order_id, c.land1 FROM erp.public.orders o JOIN erp.public.kna1 c ON c.kunnr = o.customer_id WHERE c.score > 5");
        assertThat(sent("ana", "SELECT o.order_id, c.country FROM mesh.finance.orders o JOIN mesh.finance.customers c ON c.customer_id = o.customer_id WHERE c.score > 5")).isEqualTo(direct).singleElement().asString().contains("INNER JOIN");
    }

    /**
     * Each statement sends the same SQL to the database for ana, who sees columns masked, as for whoever may read the catalog.
     *
     * @param direct what has the same columns in the catalog
     */
    private void assertPushedDown(String product, String direct, String... statements)
    {
        // All of them, so that one run tells every statement that differs
        assertSoftly(assertions -> {
            for (String sql : statements) {
                List<String> expected = sent("pipeline", sql.replaceAll("\\bt\\b", direct));
                assertions.assertThat(expected).as(sql).isNotEmpty();
                assertions.assertThat(sent("ana", sql.replaceAll("\\bt\\b", "mesh.finance." + product).replace("memory.default.rates", "mesh.finance.rates"))).as(sql).isEqualTo(expected);
            }
        });
    }

    /**
     * The SQL that the database gets for a statement. The engine names the columns of a list in any order.
     */
    private List<String> sent(String user, @Language("SQL") String sql)
    {
        erpPlugin.takeStatements();
        mesh.rows(user, sql);
        return erpPlugin.takeStatements().stream()
                .map(statement -> COLUMN_LIST.matcher(statement).replaceAll(list -> Stream.of(list.group().split(", ")).sorted().collect(joining(", "))))
                .toList();
    }

    @Test
    void testWhatNeedsValuesThatAReaderSeesMaskedStaysInTrino()
    {
        assertThat(sent("ana", "SELECT order_id FROM mesh.finance.orders WHERE buyer = 'ann@example.com' AND paid"))
                .containsExactly("SELECT \"buyer\", \"order_id\" FROM \"postgres\".\"public\".\"orders\" WHERE \"paid\" = ('TRUE'::boolean)");
        assertThat(sent("ana", "SELECT order_id FROM mesh.finance.orders ORDER BY buyer LIMIT 1"))
                .containsExactly("SELECT \"buyer\", \"order_id\" FROM \"postgres\".\"public\".\"orders\"");
        assertThat(sent("ana", "SELECT buyer, count(*) FROM mesh.finance.orders GROUP BY buyer"))
                .containsExactly("SELECT \"buyer\" FROM \"postgres\".\"public\".\"orders\"");
        // The column by which the database sorts is read as well
        assertThat(sent("ana", "SELECT order_id, buyer FROM mesh.finance.orders ORDER BY amount LIMIT 1"))
                .containsExactly("SELECT \"amount\", \"buyer\", \"order_id\" FROM \"postgres\".\"public\".\"orders\" ORDER BY \"amount\" ASC NULLS LAST OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY");
        // A join is pushed down if it shows no masked column
        String join = "SELECT c.country, o.%s FROM mesh.finance.orders o JOIN mesh.finance.customers c ON c.customer_id = o.customer_id";
        assertThat(sent("ana", join.formatted("status"))).singleElement().asString().contains("INNER JOIN");
        assertThat(sent("finn", join.formatted("buyer"))).singleElement().asString().contains("INNER JOIN");
        assertThat(sent("ana", join.formatted("buyer"))).hasSize(2).noneMatch(sql -> sql.contains("JOIN"));
        // Hidden columns are not read at all
        assertThat(sent("ana", "SELECT * FROM mesh.finance.orders").toString()).doesNotContain("iban", "internal_code");
        assertThat(sent("finn", "SELECT * FROM mesh.finance.orders").toString()).contains("iban").doesNotContain("internal_code");
    }

    /**
     * The mesh promises a {@code varchar(10)} as a varchar, because it has no types with a length. The engine casts it.
     */
    @Test
    void testColumnsThatArePromisedWider()
    {
        assertPushedDown(
                "customers",
                "(SELECT pstlz AS postcode, score FROM erp.public.kna1)",
                "SELECT score FROM t WHERE postcode = '10115'",
                "SELECT score FROM t WHERE postcode IN ('10115', '75001', 'longer than the column is')",
                "SELECT score FROM t WHERE postcode > '2'",
                "SELECT postcode FROM t LIMIT 1");
        assertThat(sent("finn", "SELECT postcode, count(*) FROM mesh.finance.customers GROUP BY postcode")).containsExactly("SELECT \"pstlz\" FROM \"postgres\".\"public\".\"kna1\"");
        assertThat(sent("finn", "SELECT score FROM mesh.finance.customers ORDER BY postcode LIMIT 1")).containsExactly("SELECT \"pstlz\", \"score\" FROM \"postgres\".\"public\".\"kna1\"");
        assertThat(sent("finn", "SELECT max(score) FROM mesh.finance.customers")).singleElement().asString().contains("max(\"score\")");
        mesh.publish("domains/finance/scores.yaml", CUSTOMERS.replace("name: customers,", "name: scores,").replace("score, type: integer", "score, type: bigint"));
        try {
            assertThat(sent("finn", "SELECT country FROM mesh.finance.scores WHERE score = 5")).containsExactly("SELECT \"land1\" FROM \"postgres\".\"public\".\"kna1\" WHERE \"score\" = ('5'::int4)");
            assertThat(sent("finn", "SELECT max(score) FROM mesh.finance.scores")).containsExactly("SELECT \"score\" FROM \"postgres\".\"public\".\"kna1\"");
        }
        finally {
            mesh.withdraw("domains/finance/scores.yaml");
        }
    }

    @Test
    void testPartitionsOfHive()
    {
        assertThat(mesh.rows("ana", "SELECT click_id FROM mesh.finance.clicks WHERE day = '2026-01-02'")).containsExactly("2");
        assertThat(mesh.rows("ana", "EXPLAIN SELECT click_id FROM mesh.finance.clicks WHERE day = '2026-01-02'").toString())
                .contains("ds:string:PARTITION_KEY")
                .contains(":: [[2026-01-02]]")
                .doesNotContain("Filter");
    }

    @Test
    void testACatalogThatIsDown()
    {
        String outOfService = "Data product finance.%s is out of service: what its query reads cannot be read now; the log of the server says why. Ask financial-reporting";
        erp.stop();
        try {
            assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).containsExactly("clicks", "customers", "lost", "orders", "rates", "revenue", "shipments");
            assertThat(mesh.rows("ana", "SELECT table_name FROM mesh.information_schema.tables WHERE table_schema = 'finance'")).hasSize(7);
            assertThat(mesh.rows("ana", "SELECT column_name FROM mesh.information_schema.columns WHERE table_schema = 'finance' AND table_name = 'customers'")).containsExactly("customer_id", "country", "postcode", "score");
            assertThat(mesh.rows("ana", "SELECT column_name FROM system.jdbc.columns WHERE table_cat = 'mesh' AND table_schem = 'finance' AND table_name = 'customers'")).containsExactly("customer_id", "country", "postcode", "score");
            assertThat(mesh.rows("ana", "DESCRIBE mesh.finance.orders")).hasSize(8);
            assertThat(mesh.rows("ana", "SELECT product FROM mesh.system.data_products WHERE domain = 'finance'")).hasSize(7);
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.rates ORDER BY rate")).containsExactly("open, 0", "paid, 1");
            assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.clicks")).containsExactly("2");
            for (String product : List.of("orders", "shipments", "revenue")) {
                for (String user : List.of("ana", "finn")) {
                    assertThat(mesh.failure(user, "SELECT * FROM mesh.finance." + product)).endsWith(outOfService.formatted(product)).satisfies(this::namesNothingForeign);
                }
            }
            assertThat(mesh.failure("eve", "SELECT * FROM mesh.finance.orders")).isEqualTo("line 1:15: Schema 'finance' does not exist");
        }
        finally {
            erp.restart();
        }
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.orders")).containsExactly("3");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.revenue")).containsExactly("3");
    }

    private void namesNothingForeign(String message)
    {
        assertThat(message).doesNotContain("erp", "public", "kna1", "postgres", "localhost", String.valueOf(erp.port()), "mesh-source-finance", "mesh-domain-");
    }

    /**
     * What a catalog keeps of its tables lets a statement begin that its database then does not answer. The connector says so, in its words:
     * the mesh is not asked any longer.
     */
    @Test
    void testACatalogThatKeepsItsMetadata()
    {
        mesh.publish("domains/finance/cached.yaml", ORDERS.replace("name: orders, domain", "name: cached, domain").replace("trinoCatalog: erp,", "trinoCatalog: erp_cached,"));
        try {
            // Whoever reads is the user for the database as well: runAs decides only what Trino allows
            assertThat(sent("ana", "SELECT order_id FROM mesh.finance.cached")).singleElement().asString().endsWith("/*for ana*/");
            erp.stop();
            try {
                assertThat(mesh.failure("ana", "SELECT order_id FROM mesh.finance.cached")).contains("Connection to localhost:" + erp.port() + " refused");
            }
            finally {
                erp.restart();
            }
            assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.cached")).containsExactly("3");
        }
        finally {
            mesh.withdraw("domains/finance/cached.yaml");
        }
    }

    @Test
    void testATableThatIsNotAsPromised()
    {
        String drift = "Data product finance.customers is out of service: its table does not have all promised columns, or has them with types that cannot be read; the log of the server says which. Ask financial-reporting";
        for (String change : List.of("RENAME COLUMN land1 TO land", "DROP COLUMN land1", "ALTER COLUMN land1 TYPE bytea USING ''::bytea")) {
            changed("kna1", "ALTER TABLE kna1 " + change, () ->
                    assertThat(mesh.failure("ana", "SELECT score FROM mesh.finance.customers")).endsWith(drift).doesNotContain("land").satisfies(this::namesNothingForeign));
        }
        changed("kna1", "ALTER TABLE kna1 ALTER COLUMN land1 TYPE integer USING 1", () ->
                assertThat(mesh.failure("ana", "SELECT score FROM mesh.finance.customers"))
                        .contains("column [country] of type integer projected from query view at position 1 cannot be coerced to column [country] of type varchar")
                        .doesNotContain("land")
                        .satisfies(this::namesNothingForeign));
        changed("kna1", "ALTER TABLE kna1 ALTER COLUMN land1 TYPE json USING '1'", () ->
                assertThat(mesh.failure("ana", "SELECT score FROM mesh.finance.customers")).contains("Data product finance.customers is out of service: what its query reads cannot be read now").satisfies(this::namesNothingForeign));
        // More columns, and wider ones, do no harm
        changed("kna1", "ALTER TABLE kna1 ADD COLUMN more text, ALTER COLUMN pstlz TYPE text", () ->
                assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.customers ORDER BY score")).containsExactly("10, DE, 10115, 5", "20, FR, 75001, 7"));
        changed("kna1", "DROP TABLE kna1", () ->
                assertThat(mesh.failure("ana", "SELECT score FROM mesh.finance.customers")).contains("Data product finance.customers is out of service: what its query reads cannot be read now").satisfies(this::namesNothingForeign));
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.customers")).containsExactly("2");
    }

    /**
     * While a table of the database is changed, all products but those over it are served.
     */
    private void changed(String table, String change, Runnable check)
    {
        erp.execute("CREATE TABLE kept AS TABLE " + table);
        erp.execute(change);
        try {
            check.run();
            assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.orders")).containsExactly("3");
            assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).hasSize(7);
        }
        finally {
            erp.execute("DROP TABLE IF EXISTS %1$s; ALTER TABLE kept RENAME TO %1$s".formatted(table));
        }
    }

    @Test
    void testAStoreOfHiveThatCannotBeRead()
            throws IOException
    {
        Path definition = files.resolve("hive/raw/clicks/.trinoSchema");
        String content = Files.readString(definition);
        for (String broken : List.of("no JSON", "{}")) {
            Files.writeString(definition, broken);
            try {
                assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.clicks"))
                        .endsWith("Data product finance.clicks is out of service: what its query reads cannot be read now; the log of the server says why. Ask financial-reporting")
                        .doesNotContain("hive", "raw", "trinoSchema", files.toString());
                assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.finance")).hasSize(7);
            }
            finally {
                Files.writeString(definition, content);
            }
        }
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.finance.clicks")).containsExactly("2");
    }

    @Test
    void testStoredRowsOfAForeignTable()
    {
        mesh.publish("domains/finance/turnover.yaml", TURNOVER);
        try {
            mesh.runner().execute(as("ops"), "REFRESH MATERIALIZED VIEW mesh.finance.turnover");
            assertThat(mesh.rows("pipeline", "SELECT * FROM lake.finance.turnover ORDER BY 1")).containsExactly("open, 15.75", "paid, 20.00");
            // Nobody knows whether the ERP has other rows by now
            assertThat(sent("ana", "SELECT amount FROM mesh.finance.turnover WHERE status = 'paid'")).singleElement().asString().contains("sum(\"amount\")", "WHERE \"status\" = ('paid')");
            mesh.publish("domains/finance/turnover.yaml", TURNOVER.replace("table: turnover}", "table: turnover, gracePeriod: 4h}"));
            erp.stop();
            try {
                assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.turnover ORDER BY 1")).containsExactly("open, 15.75", "paid, 20.00");
                assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.orders")).contains("Data product finance.orders is out of service");
                assertThat(mesh.failure("ops", "REFRESH MATERIALIZED VIEW mesh.finance.turnover")).contains("is out of service").satisfies(this::namesNothingForeign);
                assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.turnover ORDER BY 1")).as("a refresh that failed changes nothing").containsExactly("open, 15.75", "paid, 20.00");
                mesh.publish("domains/finance/turnover.yaml", TURNOVER);
                assertThat(mesh.failure("ana", "SELECT * FROM mesh.finance.turnover")).contains("is out of service").satisfies(this::namesNothingForeign);
            }
            finally {
                erp.restart();
            }
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.finance.turnover ORDER BY 1")).containsExactly("open, 15.75", "paid, 20.00");
        }
        finally {
            mesh.withdraw("domains/finance/turnover.yaml");
            mesh.runPipeline("DROP TABLE IF EXISTS lake.finance.turnover");
        }
    }
}
