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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * One Iceberg REST catalog over one object store, configured three times: with the right key, with a wrong one, and with
 * none, for the catalog to hand out.
 */
final class TestRestS3Storage
        extends AbstractTestQueryFramework
{
    private static final String WRONG_SECRET = "wrong-and-secret";

    private static final MeshDocument MESH = MeshDocument.of(
            "{domain: sales, storage: cloud, namespaces: [sales]}",
            "{domain: sales, storage: cloud_wrong_key, namespaces: [sales]}",
            "{domain: sales, storage: cloud_no_key, namespaces: [sales]}",
            "{domain: sales, storage: cloud_of_template, namespaces: [sales]}");

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        S3Server store = closeAfterClass(S3Server.start());
        RestCatalogServer catalog = closeAfterClass(RestCatalogServer.start(store));
        MeshDirectory mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", MESH.yaml())
                .write("sales/orders.yaml", product("orders", "cloud", "orders"))
                .write("sales/stock.yaml", product("stock", "cloud", "stock"))
                .write("sales/orders-wrong-key.yaml", product("orders-wrong-key", "cloud_wrong_key", "orders"))
                .write("sales/orders-no-key.yaml", product("orders-no-key", "cloud_no_key", "orders"))
                .write("sales/orders-of-template.yaml", product("orders-of-template", "cloud_of_template", "orders"));
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("cloud", storage(catalog, store.properties(S3Server.SECRET_KEY)))
                .addStorage("cloud_wrong_key", storage(catalog, store.properties(WRONG_SECRET)))
                .addStorage("cloud_no_key", ImmutableMap.<String, String>builder()
                        .putAll(storage(catalog, store.address()))
                        .put("iceberg.rest-catalog.vended-credentials-enabled", "true")
                        .buildOrThrow())
                .addStorage("cloud_of_template", template(ImmutableMap.of(
                        "LAKE_CATALOG_URI", catalog.properties().get("iceberg.rest-catalog.uri"),
                        "LAKE_S3_ACCESS_KEY", S3Server.ACCESS_KEY,
                        "LAKE_S3_SECRET_KEY", S3Server.SECRET_KEY,
                        "LAKE_S3_ENDPOINT", store.endpoint())))
                .build();
        runner.execute(pipeline(), "CREATE SCHEMA cloud.sales");
        runner.execute(pipeline(), "CREATE TABLE cloud.sales.orders AS SELECT BIGINT '1' id, VARCHAR 'bolt' name");
        runner.execute(pipeline(), "CREATE TABLE cloud.sales.stock AS SELECT orderkey AS id, clerk AS name FROM tpch.tiny.orders");
        return runner;
    }

    @Test
    void testTheNextQuerySeesTheLastCommit()
    {
        assertThat(query("SELECT count(*), sum(id) FROM sales.stock")).matches("SELECT count(*), sum(orderkey) FROM tpch.tiny.orders");
        computeActual(pipeline(), "DELETE FROM cloud.sales.stock WHERE id % 2 = 0");
        assertThat(query("SELECT count(*), sum(id) FROM sales.stock")).matches("SELECT count(*), sum(orderkey) FROM tpch.tiny.orders WHERE orderkey % 2 = 1");
        computeActual(pipeline(), "INSERT INTO cloud.sales.stock VALUES (0, 'nut')");
        assertThat(query("SELECT name FROM sales.stock WHERE id = 0")).matches("VALUES VARCHAR 'nut'");
    }

    @Test
    void testEveryStorageUsesItsOwnKey()
    {
        assertThat(query("SELECT * FROM sales.orders")).matches("VALUES (BIGINT '1', VARCHAR 'bolt')");
        String failure = Answers.ofFailure(getQueryRunner(), getSession(), "SELECT * FROM sales.orders_wrong_key");
        assertThat(failure)
                .as("everything the reader is told")
                .contains("A file of the table could not be read from storage 'cloud_wrong_key'")
                .doesNotContain("s3://")
                .doesNotContain(WRONG_SECRET)
                .doesNotContain(S3Server.SECRET_KEY);
        assertThat(query("SELECT * FROM sales.orders")).matches("VALUES (BIGINT '1', VARCHAR 'bolt')");
    }

    @Test
    void testTheCatalogHandsOutTheKey()
    {
        assertThat(query("SELECT * FROM sales.orders_no_key")).matches("VALUES (BIGINT '1', VARCHAR 'bolt')");
    }

    @Test
    void testTheTemplateIsAStorage()
    {
        assertThat(query("SELECT * FROM sales.orders_of_template")).matches("VALUES (BIGINT '1', VARCHAR 'bolt')");
    }

    /**
     * The storage of the template that operators copy, with these variables.
     */
    private static Map<String, String> template(Map<String, String> environment)
            throws IOException
    {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(ProjectFiles.root().resolve("etc/storages/rest-s3.properties"))) {
            properties.load(reader);
        }
        ImmutableMap.Builder<String, String> storage = ImmutableMap.builder();
        for (String name : properties.stringPropertyNames()) {
            assertThat(name).startsWith("storage.lake.");
            String value = properties.getProperty(name);
            storage.put(name.substring("storage.lake.".length()), value.startsWith("${ENV:") ? environment.get(value.substring("${ENV:".length(), value.length() - 1)) : value);
        }
        return storage.buildOrThrow();
    }

    private static Map<String, String> storage(RestCatalogServer catalog, Map<String, String> store)
    {
        return ImmutableMap.<String, String>builder()
                .putAll(catalog.properties())
                .putAll(store)
                .buildOrThrow();
    }

    private static String product(String name, String storage, String table)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: A product in an object store
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: %s, schema: sales, table: %s}
                 columns:
                   - {name: id, type: bigint}
                   - {name: name, type: varchar}
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
               """.formatted(name, storage, table);
    }
}
