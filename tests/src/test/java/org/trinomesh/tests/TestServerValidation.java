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
import com.sun.net.httpserver.HttpServer;
import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.trinomesh.cli.MeshCommand;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

/**
 * {@code validate --server}: a domain team lets a running Trino check the queries of its working copy, which nobody serves yet. Carl may
 * read nothing at all.
 */
@Execution(SAME_THREAD)
final class TestServerValidation
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of(
                    "{domain: sales, storage: lake, namespaces: [sales]}",
                    "{domain: finance, trinoCatalog: erp, schemas: [default, absent], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: nowhere, schemas: [default], runAs: mesh-source-finance}",
                    "{domain: finance, trinoCatalog: erp, schemas: [secret], runAs: nobody}",
                    "{domain: finance, trinoCatalog: mesh, schemas: [sales], runAs: mesh-source-finance}")
            .with("stewards", "[{group: governance}]");

    private static final String ACCESS_RULES =
            """
            {
              "catalogs": [
                {"user": "pipeline|mesh-source-finance|reader", "allow": "all"},
                {"catalog": "mesh|system", "allow": "all"}
              ],
              "impersonation": [{"original_user": "pipeline", "new_user": ".*"}]
            }
            """;

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: contact, match: {columns: [email]}, mask: email-domain}
              hiddenColumns:
                - {id: ssn, match: {columns: [ssn]}, except: [{role: sales-data-team}]}
            """;

    private static final String CUSTOMERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: customers, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Customers
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: customers}
              columns:
                - {name: customer_id, type: bigint}
                - {name: email, type: varchar}
                - {name: ssn, type: varchar}
                - {name: billed, type: "decimal(18,2)"}
                - {name: address, type: 'row(city varchar, "post code" varchar)'}
                - {name: weight, type: double or decimal}
              accessControl:
                - {domain: finance, permissions: [read, share]}
                - {role: sales-data-team, permissions: [read, admin]}
            """;

    /**
     * What the query gives as x, and the type that is promised for it.
     */
    private static final Map<String, List<String>> FITTING = ImmutableMap.<String, List<String>>builder()
            .put("exact", List.of("sum(billed)", "decimal(38,2)"))
            .put("wider", List.of("CAST(max(customer_id) AS integer)", "bigint"))
            .put("text", List.of("'abc'", "varchar"))
            .put("unknown", List.of("NULL", "date"))
            .put("masked", List.of("max(email)", "varchar"))
            .put("other_fields", List.of("ROW(max(customer_id), 'x')", "row(id bigint, name varchar)"))
            .put("nested", List.of("array_agg(address)", "array(row(city varchar, \"post code\" varchar))"))
            .build();

    private static final Map<String, List<String>> NARROWED = ImmutableMap.of(
            "rounded", List.of("avg(CAST(customer_id AS double))", "bigint"),
            "shorter", List.of("sum(billed)", "decimal(18,2)"),
            "precise", List.of("CAST(NULL AS timestamp(9))", "timestamp(6)"),
            "inside", List.of("ROW(max(CAST(customer_id AS double)))", "row(id integer)"));

    private static final Map<String, List<String>> WRONG = ImmutableMap.of(
            "number", List.of("max(email)", "bigint"),
            "string", List.of("max(customer_id)", "varchar"),
            "day", List.of("max(billed)", "date"),
            "fields", List.of("ROW(1, 2)", "row(id bigint)"),
            "bytes", List.of("INTERVAL '1' DAY", "varbinary"));

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        Path rules = Files.createTempFile("rules", ".json");
        closeAfterClass((AutoCloseable) () -> Files.delete(rules));
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MESH)
                .setFileAccessRules(Files.writeString(rules, ACCESS_RULES))
                .addCatalog("erp", new MemoryPlugin(), ImmutableMap.of())
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/customers.yaml", CUSTOMERS);
        for (Map<String, List<String>> products : List.of(FITTING, NARROWED, WRONG)) {
            products.forEach((name, column) -> builder.write("domains/finance/" + name + ".yaml", oneColumn(name, column)));
        }
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' AS customer_id, VARCHAR 'a@example.com' AS email, VARCHAR '1-2' AS ssn, DECIMAL '0000000000000001.50' AS billed, CAST(ROW('Ulm', '89073') AS row(city varchar, \"post code\" varchar)) AS address, CAST(2.5 AS decimal(10,3)) AS weight");
        mesh.runPipeline("CREATE TABLE erp.default.limits AS SELECT BIGINT '1' AS customer_id, CAST(ROW(5) AS row(\"credit limit\" decimal(10,2))) AS terms");
        mesh.runPipeline("CREATE SCHEMA erp.secret");
        mesh.runPipeline("CREATE TABLE erp.secret.limits AS SELECT 1 AS x");
        return mesh.runner();
    }

    private static String oneColumn(String name, List<String> column)
    {
        return product(name, "query: {sql: %s}".formatted(quoted("SELECT %s AS x FROM sales.customers".formatted(column.getFirst()))), "{name: x, type: %s}".formatted(quoted(column.getLast())));
    }

    private static String quoted(String text)
    {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String product(String name, String source, String... columns)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: finance, owner: financial-reporting, version: 1.0.0}
               spec:
                 description: What finance computes
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, %s}
                 columns:
               %s
                 accessControl:
                   - {domain: finance, permissions: [read, share]}
                   - {role: financial-reporting, permissions: [read, admin]}
               """.formatted(name.replace('_', '-'), source, List.of(columns).stream().map("    - %s"::formatted).collect(joining("\n")));
    }

    @Test
    void testTypesAsTheServerItselfJudgesThem()
    {
        assertThat(validate("carl", mesh.descriptors().path(), "--format", "json")).isEqualTo(1);
        List<String> problems = out.toString().lines().filter(line -> !line.contains("\"info\"")).toList();
        for (String name : FITTING.keySet()) {
            assertThat(problems).as(name).noneMatch(line -> line.contains("finance." + name + "'"));
            assertThat(mesh.rows("finn", "SELECT * FROM mesh.finance." + name)).as(name).hasSize(1);
        }
        for (String name : NARROWED.keySet()) {
            assertThat(problems).as(name).anyMatch(line -> line.contains("finance." + name + "'") && line.contains("\"severity\":\"warning\"") && line.contains("of which not all values fit; so reads round or cut values, or fail"));
            assertThat(mesh.rows("finn", "SELECT * FROM mesh.finance." + name)).as(name).hasSize(1);
        }
        for (String name : WRONG.keySet()) {
            assertThat(problems).as(name).anyMatch(line -> line.contains("finance." + name + "'") && line.contains("\"severity\":\"error\"") && line.contains("so nobody can read the product"));
            assertThat(mesh.failure("finn", "SELECT * FROM mesh.finance." + name)).as(name).contains("cannot be coerced to column [x]");
        }
        assertThat(problems).hasSize(NARROWED.size() + WRONG.size());
        assertThat(err.toString()).contains(", %s queries checked by the server".formatted(FITTING.size() + NARROWED.size() + WRONG.size()));
    }

    @Test
    void testWhatToWriteInstead()
            throws IOException
    {
        write("shorter.yaml", oneColumn("shorter", NARROWED.get("shorter")));
        write("number.yaml", oneColumn("number", WRONG.get("number")));
        write("bytes.yaml", oneColumn("bytes", WRONG.get("bytes")));
        assertProblems(
                "bytes.yaml:9:7: error: column 'x' is promised as varbinary, and the query of 'finance.bytes' has it as interval day to second; so nobody can read the product; CAST the column to varbinary in the query",
                "number.yaml:9:7: error: column 'x' is promised as bigint, and the query of 'finance.number' has it as varchar; so nobody can read the product; write type: \"varchar\" in the promise, or CAST the column to bigint in the query",
                "shorter.yaml:9:7: warning: column 'x' is promised as decimal(18,2), and the query of 'finance.shorter' has it as decimal(38,2), of which not all values fit; so reads round or cut values, or fail; write type: \"decimal(38,2)\" in the promise, or CAST the column to decimal(18,2) in the query");
    }

    @Test
    void testAWorkingCopyThatNobodyServes()
            throws IOException
    {
        write("totals.yaml", product("totals", "query: {sql: 'SELECT sales.customers.address, finance.limits.credit_limit FROM limits JOIN sales.customers ON limits.customer_id = customers.customer_id'}", "{name: address, type: 'row(city varchar, \"post code\" varchar)'}", "{name: credit_limit, type: 'decimal(10,2)'}"));
        write("limits.yaml", product("limits", "query: {sql: 'SELECT customer_id, terms.\"credit limit\" AS credit_limit FROM erp.default.limits'}", "{name: customer_id, type: bigint}", "{name: credit_limit, type: 'decimal(10,2)'}"));
        write("stored.yaml", product("stored", "trinoCatalog: erp, schema: default, table: limits", "{name: customer, type: bigint, physicalName: customer_id}", "{name: terms, type: 'row(credit_limit decimal(10,2))'}"));
        assertProblems();
        assertThat(err.toString().lines().filter(line -> line.startsWith("["))).hasSize(3)
                .allMatch(line -> line.matches("\\[[123]/3] finance\\.(limits|stored|totals) 1\\.0\\.0 {2}fits {2}[0-9.]+ s"));
        assertThat(err.toString()).contains("4 products in 2 domains").contains("0 errors, 0 warnings, 3 queries checked by the server");
    }

    @Test
    void testPlacesInFiles()
            throws IOException
    {
        write("value.sql",
                """
                -- what customers are worth
                SELECT c.customer_id, sum(c.email) AS billed
                FROM sales.customers c
                GROUP BY 1
                """);
        write("value.yaml", product("value", "query: {file: value.sql}", "{name: customer_id, type: bigint}", "{name: billed, type: 'decimal(38,2)'}"));
        write("worth.sql",
                """
                SELECT customers.customer_id, customers.email || 'x' AS "e mail",
                       geo_distance(customers.address) AS far
                FROM sales.customers, erp.default.limits WHERE lower(ssn) = 'x'
                """);
        write("worth.yaml", product("worth", "query: {file: worth.sql}", "{name: customer_id, type: bigint}", "{name: far, type: double}"));
        write("none.sql",
                """
                SELECT c.customer_id
                FROM sales.customers c, erp.default.limits l WHERE c.customer_id = l.customer
                """);
        write("none.yaml", product("none", "query: {file: none.sql}", "{name: customer_id, type: bigint}"));
        write("same.sql",
                """
                SELECT *
                FROM sales.customers c JOIN erp.default.limits l ON l.customer_id = c.customer_id
                """);
        write("same.yaml", product("same", "query: {file: same.sql}", "{name: customer_id, type: bigint}"));
        assertProblems(
                "none.sql:2:68: error: Trino refuses the query of 'finance.none': Column 'l.customer' cannot be resolved; write a column that the table has; a product has those that domain 'finance' sees",
                "same.yaml:9:7: error: column 'customer_id' is promised, and the query of 'finance.same' has several columns of that name; so nobody can read the product; give one column of the query this name with AS, or remove it from the promise",
                "value.sql:2:23: error: Trino refuses the query of 'finance.value': Unexpected parameters (varchar) for function sum. Expected: sum(bigint), sum(decimal(p,s)), sum(double), sum(interval day to second), sum(interval year to month), sum(number), sum(real); CAST the arguments to types that the function takes",
                // What is hidden from the domain is not there
                "worth.sql:3:54: error: Trino refuses the query of 'finance.worth': Column 'ssn' cannot be resolved; write a column that the table has; a product has those that domain 'finance' sees");
        write("worth.sql", "SELECT customers.customer_id, customers.email || 'x' AS \"e mail\",\n       geo_distance(customers.address) AS far\nFROM sales.customers, erp.default.limits");
        assertThat(validate("carl", directory)).isEqualTo(1);
        assertThat(out.toString()).contains("worth.sql:2:8: error: Trino refuses the query of 'finance.worth': Function 'geo_distance' not registered; write a function that the server has: SHOW FUNCTIONS lists them");
    }

    @Test
    void testTablesOfOtherCatalogs()
            throws IOException
    {
        write("absent.sql", "SELECT 1 AS x\n  FROM erp.default.absent");
        write("absent.yaml", product("absent", "query: {file: absent.sql}", "{name: x, type: integer}"));
        write("lost.yaml", product("lost", "trinoCatalog: nowhere, schema: default, table: limits", "{name: x, type: integer}"));
        write("missing.yaml", product("missing", "trinoCatalog: erp, schema: default, table: limits", "{name: customer_id, type: bigint}", "{name: score, type: integer}"));
        write("own.yaml", product("own", "query: {sql: 'SELECT c.customer_id FROM mesh.sales.customers c'}", "{name: customer_id, type: bigint}"));
        write("secret.yaml", product("secret", "query: {sql: 'SELECT l.x FROM erp.secret.limits l'}", "{name: x, type: integer}"));
        assertProblems(
                "absent.sql:2:8: error: the query of 'finance.absent' reads erp.default.absent, which the server does not have: Table 'erp.default.absent' does not exist; correct the name",
                "lost.yaml:7:59: error: the query of 'finance.lost' reads nowhere.default.limits, which the server does not have: Catalog 'nowhere' not found; correct the name",
                "missing.yaml:10:7: error: column 'score' is promised, and erp.default.limits has no column 'score'; so nobody can read the product; write physicalName: with one that it has (customer_id, terms), or remove the column from the promise",
                "own.yaml:7:85: error: the query of 'finance.own' reads mesh.sales.customers, which is a table of the mesh itself; write domain.product, without the catalog",
                "secret.yaml:7:75: error: the query of 'finance.secret' reads erp.secret.limits, which 'nobody' may not read: Access Denied: Cannot access catalog erp; ask the platform to let 'nobody', as whom Trino reads the table, select from it");
    }

    /**
     * A server with logins lets users be others only where its rules say so.
     */
    @Test
    void testImpersonation()
            throws IOException
    {
        write("limits.yaml", product("limits", "trinoCatalog: erp, schema: default, table: limits", "{name: customer_id, type: bigint}"));
        write("more.yaml", product("more", "trinoCatalog: erp, schema: default, table: limits", "{name: customer_id, type: bigint}"));
        HttpServer login = logins();
        try {
            String address = "http://127.0.0.1:" + login.getAddress().getPort();
            String lookedUp = "'reader' may not impersonate 'mesh-source-finance', as whom Trino reads tables of other catalogs; they are looked up as 'reader'";
            assertThat(run("validate", "--server", address, "--user", "reader", directory.toString())).as(out.toString()).isZero();
            assertThat(err.toString()).containsOnlyOnce(lookedUp);
            assertThat(run("validate", "--server", address, "--user", "pipeline", directory.toString())).as(out.toString()).isZero();
            assertThat(err.toString()).doesNotContain("impersonate");
            assertThat(run("validate", "--server", address, "--user", "carl", directory.toString())).isEqualTo(1);
            assertThat(out.toString()).contains("limits.yaml:7:59: error: the query of 'finance.limits' reads erp.default.limits, which 'carl' may not read: Access Denied: Cannot access catalog erp; choose a --user who may read the table, or impersonate 'mesh-source-finance', as whom Trino reads it");
        }
        finally {
            login.stop(0);
        }
    }

    /**
     * Tells the server who the user was that the connection began with, as a server with logins knows it.
     */
    private HttpServer logins()
            throws IOException
    {
        URI trino = getDistributedQueryRunner().getCoordinator().getBaseUrl();
        Set<String> users = Set.of("carl", "reader", "pipeline");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpClient client = HttpClient.newHttpClient();
        String[] caller = {"carl"};
        server.createContext("/", exchange -> {
            String user = exchange.getRequestHeaders().getFirst("X-Trino-User");
            caller[0] = users.contains(user) ? user : caller[0];
            HttpRequest.Builder request = HttpRequest.newBuilder(trino.resolve(exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (name.toLowerCase(ENGLISH).startsWith("x-trino-")) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            request.setHeader("X-Trino-Original-User", caller[0]);
            try {
                byte[] body = client.send(request.build(), BodyHandlers.ofByteArray()).body();
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void testTypesThatAStoredTableDecides()
            throws IOException
    {
        write("weights.yaml", product("weights", "query: {sql: SELECT sum(weight) AS weight FROM sales.customers}", "{name: weight, type: 'decimal(38,3)'}"));
        // Sam reads the table
        assertThat(validate("sam", directory)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(validate("carl", directory)).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines(place("weights.yaml:9:7: warning: column 'weight' is promised as decimal(38,3), and the query of 'finance.weights' has it as double, of which not all values fit; so reads round or cut values, or fail; write type: \"double\" in the promise, or CAST the column to decimal(38,3) in the query; it may be right nevertheless, because no contract gives an exact type to sales.customers.weight"));
    }

    @Test
    void testWhatIsWrongWithoutAServerIsNotSent()
            throws IOException
    {
        write("wrong.yaml", product("wrong", "query: {sql: 'SELECT foo(customer_id) AS x FROM sales.custmers'}", "{name: x, type: bigint}"));
        write("unnamed.yaml", product("unnamed", "query: {sql: 'SELECT foo(customer_id) AS y FROM sales.customers'}", "{name: x, type: bigint}"));
        write("right.yaml", product("right", "query: {sql: 'SELECT customer_id AS x FROM sales.customers'}", "{name: x, type: bigint}"));
        assertThat(validate("carl", directory)).isEqualTo(1);
        assertThat(out.toString()).contains("reads sales.custmers, which does not exist", "the query of 'finance.unnamed' has no column of that name").doesNotContain("Trino refuses");
        assertThat(err.toString()).contains("finance.wrong 1.0.0  is not sent, because of its other errors").contains("1 query checked by the server and 2 not");
    }

    @Test
    void testServersThatCannotBeAsked()
            throws IOException
    {
        write("wrong.yaml", product("wrong", "query: {sql: 'SELECT x FROM sales.custmers'}", "{name: x, type: bigint}"));
        assertThat(run("validate", "--server", "http://127.0.0.1:1", "--user", "carl", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("The server at http://127.0.0.1:1 cannot be asked: nothing answers at 127.0.0.1:1").doesNotContain("Usage");
        // What is known without it
        assertThat(out.toString()).contains("wrong.yaml:7:73: error: the query of 'finance.wrong' reads sales.custmers");
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            assertThat(run("validate", "--server", "http://127.0.0.1:" + other.getAddress().getPort(), "--user", "carl", directory.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("cannot be asked: ").contains("404");
        }
        finally {
            other.stop(0);
        }
        assertThat(run("validate", "--server", "http://127.0.0.1:1", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Option --server needs --user: say who asks the server");
    }

    private void write(String file, String content)
            throws IOException
    {
        Files.createDirectories(directory.resolve("domains/finance"));
        Files.createDirectories(directory.resolve("domains/sales"));
        Files.createDirectories(directory.resolve("governance"));
        Files.writeString(directory.resolve("mesh.yaml"), MESH.yaml());
        Files.writeString(directory.resolve("governance/privacy.yaml"), POLICY);
        Files.writeString(directory.resolve("domains/sales/customers.yaml"), CUSTOMERS);
        Files.writeString(directory.resolve("domains/finance").resolve(file), content);
    }

    private void assertProblems(String... expected)
    {
        assertThat(validate("carl", directory)).as(err.toString()).isEqualTo(expected.length == 0 ? 0 : 1);
        assertThat(out.toString().lines()).containsExactlyElementsOf(List.of(expected).stream().map(this::place).toList());
    }

    private String place(String problem)
    {
        return directory.resolve("domains/finance") + "/" + problem;
    }

    private int validate(String user, Path mesh, String... more)
    {
        return run(ImmutableList.<String>builder()
                .add("validate", "--server", getDistributedQueryRunner().getCoordinator().getBaseUrl().toString(), "--user", user, mesh.toString())
                .add(more)
                .build()
                .toArray(String[]::new));
    }

    private int run(String... arguments)
    {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return MeshCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
