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

import com.google.common.base.Stopwatch;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Closer;
import com.sun.net.httpserver.HttpServer;
import io.trino.spi.QueryId;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryFailedException;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.Executors.newCachedThreadPool;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Object stores and REST catalogs that are away, that accept and never answer, and that answer with errors only, with the limits that a
 * storage has when its operator sets none. Ana reads products in all of them.
 */
@TestInstance(PER_CLASS)
@Timeout(value = TestStoragesThatFail.BOUND_SECONDS, unit = SECONDS, threadMode = SEPARATE_THREAD)
final class TestStoragesThatFail
{
    static final int BOUND_SECONDS = 60;

    private final Closer closer = Closer.create();
    private S3Server store;
    private RestCatalogServer catalog;
    private MeshDirectory mesh;
    private QueryRunner runner;
    private final ExecutorService readers = newCachedThreadPool();
    private Map<String, Future<Failure>> failures;

    @BeforeAll
    void start()
            throws Exception
    {
        store = S3Server.start();
        catalog = RestCatalogServer.start(store);
        int closed = ServerProcess.freePort();
        // Connections wait in the backlog, which for the client is a server that accepts
        int silent = closer.register(new ServerSocket(0, 50, InetAddress.getLoopbackAddress())).getLocalPort();
        HttpServer failing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        failing.createContext("/", exchange -> {
            byte[] answer = "{\"error\": {\"message\": \"broken at s3://lake/secret\", \"type\": \"Internal\", \"code\": 500}}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(500, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        failing.start();
        closer.register(() -> failing.stop(0));
        Map<String, Map<String, String>> storages = ImmutableMap.<String, Map<String, String>>builder()
                .put("cloud", both(catalog.properties(), store.properties(S3Server.SECRET_KEY)))
                .put("store_away", both(catalog.properties(), store(closed)))
                .put("store_silent", both(catalog.properties(), store(silent)))
                .put("store_failing", both(catalog.properties(), store(failing.getAddress().getPort())))
                .put("folder_away", both(ImmutableMap.of("iceberg.catalog.type", "location"), store(closed)))
                .put("folder_silent", both(ImmutableMap.of("iceberg.catalog.type", "location"), store(silent)))
                .put("catalog_away", both(rest(closed), store.properties(S3Server.SECRET_KEY)))
                .put("catalog_silent", both(rest(silent), store.properties(S3Server.SECRET_KEY)))
                .put("catalog_failing", both(rest(failing.getAddress().getPort()), store.properties(S3Server.SECRET_KEY)))
                .buildOrThrow();
        mesh = MeshDirectory.create().write("mesh.yaml", MeshDocument.of(storages.keySet().stream()
                .map(storage -> storage.startsWith("folder")
                        ? "{domain: sales, storage: %s, locations: [\"s3://lake/warehouse/\"]}".formatted(storage)
                        : "{domain: sales, storage: %s, namespaces: [sales]}".formatted(storage))
                .toArray(String[]::new)).yaml());
        MeshQueryRunner.Builder builder = MeshQueryRunner.builder(mesh.path());
        for (Map.Entry<String, Map<String, String>> storage : storages.entrySet()) {
            mesh.write("sales/" + storage.getKey() + ".yaml", product(storage.getKey()));
            builder.addStorage(storage.getKey(), storage.getValue());
        }
        mesh.write("sales/gone.yaml", product("cloud").replace("name: cloud,", "name: gone,").replace("table: orders", "table: gone"));
        runner = builder.build();
        runner.execute(pipeline(), "CREATE SCHEMA cloud.sales");
        runner.execute(pipeline(), "CREATE TABLE cloud.sales.orders AS SELECT BIGINT '1' id, VARCHAR 'bolt' name");
        // All at once: it is the limits that are waited for
        failures = storages.keySet().stream()
                .filter(storage -> !storage.equals("cloud"))
                .collect(toImmutableMap(storage -> storage, storage -> readers.submit(() -> failure(storage))));
    }

    @AfterAll
    void stop()
            throws Exception
    {
        try (S3Server _ = store; RestCatalogServer _ = catalog; Closer _ = closer; MeshDirectory _ = mesh) {
            readers.shutdownNow();
            runner.close();
        }
    }

    @Test
    void testObjectStoreThatIsAway()
            throws Exception
    {
        assertReaderIsTold("store_away");
    }

    @Test
    void testObjectStoreThatDoesNotAnswer()
            throws Exception
    {
        assertReaderIsTold("store_silent");
    }

    @Test
    void testObjectStoreThatFails()
            throws Exception
    {
        assertReaderIsTold("store_failing");
    }

    @Test
    void testFolderOfAStoreThatIsAway()
            throws Exception
    {
        assertReaderIsTold("folder_away");
    }

    @Test
    void testFolderOfAStoreThatDoesNotAnswer()
            throws Exception
    {
        assertReaderIsTold("folder_silent");
    }

    @Test
    void testCatalogThatIsAway()
            throws Exception
    {
        assertReaderIsTold("catalog_away");
    }

    @Test
    void testCatalogThatDoesNotAnswer()
            throws Exception
    {
        assertReaderIsTold("catalog_silent");
    }

    @Test
    void testCatalogThatFails()
            throws Exception
    {
        assertReaderIsTold("catalog_failing");
    }

    @Test
    void testFileOfATableThatIsGone()
            throws IOException
    {
        runner.execute(pipeline(), "CREATE TABLE cloud.sales.gone AS SELECT BIGINT '1' id, VARCHAR 'bolt' name");
        try (Stream<Path> objects = Files.walk(store.objects().resolve("warehouse/sales"))) {
            for (Path object : (Iterable<Path>) objects.filter(path -> path.toString().contains("/gone") && path.toString().endsWith(".parquet"))::iterator) {
                Files.delete(object);
            }
        }
        assertThat(failure("gone").text())
                .contains("A file of the table does not exist in storage 'cloud'")
                .doesNotContain("s3://")
                .doesNotContain("warehouse");
    }

    /**
     * Who asks for all tables at once gets those that answer, and for the others why they do not.
     */
    @Test
    void testHealthOfTheOthersIsTold()
    {
        Stopwatch stopwatch = Stopwatch.createStarted();
        List<MaterializedRow> rows = runner.execute(as("sam"), "SELECT product, error, snapshots, metadata_bytes > 0, problems FROM mesh.system.table_health WHERE product <> 'gone'").getMaterializedRows();
        assertThat(stopwatch.elapsed()).isLessThan(Duration.ofSeconds(BOUND_SECONDS));
        assertThat(rows).hasSize(9)
                .anySatisfy(row -> assertThat(row.getFields()).containsExactly("cloud", null, 1L, true, List.of()));
        assertThat(rows).filteredOn(row -> !row.getField(0).equals("cloud")).allSatisfy(row -> {
            assertThat(row.getFields().subList(2, 5)).containsOnlyNulls();
            assertThat((String) row.getField(1)).isNotEmpty()
                    .doesNotContain("127.0.0.1")
                    .doesNotContain("s3://")
                    .doesNotContain("warehouse");
        });
    }

    private Failure failure(String product)
    {
        Stopwatch stopwatch = Stopwatch.createStarted();
        Throwable failure = catchThrowable(() -> runner.execute(as("ana"), "SELECT * FROM mesh.sales." + product));
        Duration duration = stopwatch.elapsed();
        assertThat(failure).as("failure of " + product).isNotNull();
        QueryId query = ((QueryFailedException) failure).getQueryId();
        assertThat(runner.execute(as("ana"), "SELECT error_type FROM system.runtime.queries WHERE query_id = '%s'".formatted(query)).getOnlyValue()).isEqualTo("EXTERNAL");
        return new Failure(Throwables.getStackTraceAsString(failure), duration);
    }

    private void assertReaderIsTold(String storage)
            throws Exception
    {
        assertThat(runner.execute(as("ana"), "SELECT * FROM mesh.sales.cloud").getRowCount()).isEqualTo(1);
        Failure failure = failures.get(storage).get();
        assertThat(failure.duration()).as("how long the reader of " + storage + " waits").isLessThan(Duration.ofSeconds(BOUND_SECONDS));
        assertThat(failure.text())
                .as("everything the reader is told")
                .contains("storage '" + storage + "'")
                .doesNotContain("127.0.0.1")
                .doesNotContain("s3://")
                .doesNotContain("warehouse");
    }

    private Map<String, String> store(int port)
    {
        Map<String, String> properties = new HashMap<>(store.properties(S3Server.SECRET_KEY));
        properties.put("s3.endpoint", "http://127.0.0.1:" + port);
        return properties;
    }

    private static Map<String, String> rest(int port)
    {
        return ImmutableMap.of("iceberg.catalog.type", "rest", "iceberg.rest-catalog.uri", "http://127.0.0.1:" + port);
    }

    private static Map<String, String> both(Map<String, String> catalog, Map<String, String> store)
    {
        return ImmutableMap.<String, String>builder().putAll(catalog).putAll(store).buildOrThrow();
    }

    private static String product(String storage)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Orders
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: %s, %s}
                 columns:
                   - {name: id, type: bigint}
                   - {name: name, type: varchar}
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
               """.formatted(storage.replace('_', '-'), storage, storage.startsWith("folder") ? "location: \"s3://lake/warehouse/sales/orders\"" : "schema: sales, table: orders");
    }

    private record Failure(String text, Duration duration) {}
}
