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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trino.Session;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Sam owns tables that became slow. He finds out why, does what he is told, and finds that it helped. Who only reads them finds nothing.
 */
final class TestTableHealth
        extends AbstractTestQueryFramework
{
    private static final String MEGABYTES_100 = "100000000";

    private EmbeddedMesh mesh;
    private LakeTables tables;

    private static String product(String name)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Test product
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales}
                 columns:
                   - {name: id, type: bigint}
                   - {name: name, type: varchar}
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                   - {user: kim, permissions: [read, admin]}
               """.formatted(name);
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MeshDocument.granting("sales").with("stewards", "[{user: gus}]"));
        for (String name : List.of("customers", "orders", "visits", "returns", "calls", "audits", "torn", "nowhere")) {
            builder.write("sales/" + name + ".yaml", product(name));
        }
        mesh = closeAfterClass(builder.start());
        tables = new LakeTables(mesh.lake());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.customers AS SELECT BIGINT '1' id, VARCHAR 'Ada' name");
        return mesh.runner();
    }

    @Test
    void testATableThatIsWell()
    {
        assertThat(mesh.rows("sam", "SELECT domain, product, version, table_name, problems, advice, snapshots, manifests, data_files, small_files, delete_files, partition_specs, last_compaction, error FROM mesh.system.table_health WHERE product = 'customers'"))
                .containsExactly("sales, customers, 1.0.0, customers, [], [], 1, 1, 1, 1, 0, 1, null, null");
        assertThat(mesh.rows("sam", "SELECT snapshot_id, metadata_bytes, manifest_bytes, average_file_bytes FROM mesh.system.table_health WHERE product = 'customers'"))
                .isEqualTo(mesh.rows("pat",
                        """
                        SELECT snapshot_id, size, (SELECT sum(length) FROM lake.sales."customers$manifests"), (SELECT sum(file_size_in_bytes) FROM lake.sales."customers$files")
                        FROM lake.sales."customers$snapshots", (VALUES %s) AS metadata(size)
                        """.formatted(metadataBytes("customers"))));
    }

    @Test
    void testManySmallFiles()
    {
        // Each row in a file of its own
        mesh.runPipeline("CREATE TABLE lake.sales.orders (id bigint, name varchar) WITH (partitioning = ARRAY['id'])");
        insertFiles("orders", 1, 60);
        insertFiles("orders", 61, 120);
        mesh.runPipeline("ALTER TABLE lake.sales.orders SET PROPERTIES partitioning = ARRAY[]");
        mesh.runPipeline("INSERT INTO lake.sales.orders VALUES (121, 'x')");
        assertThat(mesh.rows("sam", "SELECT data_files, small_files, partition_specs, last_compaction FROM mesh.system.table_health WHERE product = 'orders'")).containsExactly("121, 121, 2, null");
        assertThat(problems("orders")).singleElement().asString()
                .matches("121 data files of \\d+B on average, at least 121 of them smaller than 32MB: queries open more files than they need");
        assertThat(advice("orders")).containsExactly("ALTER TABLE \"sales\".\"orders\" EXECUTE optimize");
        follow("orders");
        assertThat(problems("orders")).isEmpty();
        assertThat(mesh.rows("sam", "SELECT data_files < 20, partition_specs, last_compaction > current_timestamp - INTERVAL '1' HOUR FROM mesh.system.table_health WHERE product = 'orders'")).containsExactly("true, 1, true");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.sales.orders")).containsExactly("121");
    }

    @Test
    void testPartitionsThatAreTooSmall()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.visits (id bigint, name varchar) WITH (partitioning = ARRAY['id'])");
        insertFiles("visits", 1, 60);
        insertFiles("visits", 61, 120);
        insertFiles("visits", 1, 3);
        assertThat(problems("visits")).singleElement().asString().endsWith("queries open more files than they need, or the partitions are too small if optimize leaves it so");
        follow("visits");
        assertThat(mesh.rows("sam", "SELECT data_files FROM mesh.system.table_health WHERE product = 'visits'")).containsExactly("120");
        assertThat(advice("visits")).singleElement().asString()
                .startsWith("Write larger partitions")
                .contains("left 120 of", "ALTER TABLE \"sales\".\"visits\" SET PROPERTIES partitioning = ARRAY[...], then run ALTER TABLE \"sales\".\"visits\" EXECUTE optimize");
        mesh.runPipeline("ALTER TABLE lake.sales.visits SET PROPERTIES partitioning = ARRAY['bucket(id, 2)']");
        mesh.runPipeline("ALTER TABLE lake.sales.visits EXECUTE optimize");
        assertThat(problems("visits")).isEmpty();
    }

    @Test
    void testManyDeleteFiles()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.returns (id bigint, name varchar) WITH (partitioning = ARRAY['id'])");
        mesh.runPipeline("INSERT INTO lake.sales.returns SELECT id, name FROM UNNEST(sequence(1, 12)) AS t(id), (VALUES 'sent', 'kept') AS v(name)");
        assertThat(problems("returns")).isEmpty();
        mesh.runPipeline("DELETE FROM lake.sales.returns WHERE name = 'sent'");
        assertThat(mesh.rows("sam", "SELECT data_files, delete_files, manifests FROM mesh.system.table_health WHERE product = 'returns'")).containsExactly("12, 12, 2");
        assertThat(problems("returns")).containsExactly("12 delete files beside 12 data files: queries apply them to the rows that they read");
        assertThat(advice("returns")).containsExactly("ALTER TABLE \"sales\".\"returns\" EXECUTE optimize");
        follow("returns");
        assertThat(problems("returns")).isEmpty();
        assertThat(mesh.rows("sam", "SELECT delete_files FROM mesh.system.table_health WHERE product = 'returns'")).containsExactly("0");
    }

    @Test
    void testManyManifests()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.calls (id bigint, name varchar)");
        // As a stream writes them: it never merges manifests
        BaseTable calls = new BaseTable(tables.operations("sales", "calls"), "calls");
        for (int commit = 1; commit <= 101; commit++) {
            calls.newFastAppend().appendFile(DataFiles.builder(calls.spec())
                    .withPath("%s/data/%s.parquet".formatted(calls.location(), commit))
                    .withFileSizeInBytes(Long.parseLong(MEGABYTES_100))
                    .withMetrics(new Metrics(1L))
                    .build()).commit();
        }
        assertThat(mesh.rows("sam", "SELECT data_files, average_file_bytes, small_files, manifests FROM mesh.system.table_health WHERE product = 'calls'")).containsExactly("101, " + MEGABYTES_100 + ", 0, 101");
        assertThat(problems("calls")).singleElement().asString().matches("101 manifests of [0-9.]+kB on average: planning opens more of them than it needs");
        assertThat(advice("calls")).containsExactly("ALTER TABLE \"sales\".\"calls\" EXECUTE optimize_manifests");
        follow("calls");
        assertThat(problems("calls")).isEmpty();
        // Manifests written anew are no compaction
        assertThat(mesh.rows("sam", "SELECT data_files, manifests, last_compaction FROM mesh.system.table_health WHERE product = 'calls'")).containsExactly("101, 1, null");
    }

    @Test
    void testManySnapshots()
            throws Exception
    {
        mesh.runPipeline("CREATE TABLE lake.sales.audits AS SELECT BIGINT '1' id, VARCHAR 'Ada' name");
        addSnapshots("audits", 1_000);
        assertThat(problems("audits")).singleElement().asString().matches("1,001 snapshots, 0 of them older than 7 days, in a metadata file of [0-9.]+kB: engines read it to plan a query");
        assertThat(advice("audits")).singleElement().asString().startsWith("Commit less often, in larger batches");
        tables.age("sales", "audits", Duration.ofDays(8));
        assertThat(problems("audits")).singleElement().asString().startsWith("1,001 snapshots, 1,000 of them older than 7 days");
        assertThat(advice("audits")).containsExactly("ALTER TABLE \"sales\".\"audits\" EXECUTE expire_snapshots(retention_threshold => '7d')");
        follow("audits");
        assertThat(problems("audits")).isEmpty();
        assertThat(mesh.rows("sam", "SELECT snapshots FROM mesh.system.table_health WHERE product = 'audits'")).containsExactly("1");
        assertThat(mesh.rows("ana", "SELECT name FROM mesh.sales.audits")).containsExactly("Ada");
    }

    @Test
    void testATableThatCannotBeReadIsAnError()
    {
        assertThat(mesh.rows("sam", "SELECT product, snapshots, problems, error, measured_at IS NULL FROM mesh.system.table_health WHERE product IN ('customers', 'nowhere') ORDER BY 1")).containsExactly(
                "customers, 1, [], null, false",
                "nowhere, null, null, its table does not exist in storage 'lake', false");
    }

    @Test
    void testATableThatMissesAFileIsNotTakenForADroppedOne()
            throws Exception
    {
        mesh.runPipeline("CREATE TABLE lake.sales.torn AS SELECT BIGINT '1' id, VARCHAR 'Ada' name");
        Files.delete(tables.file(tables.metadataLocation("sales", "torn")));
        assertThat(mesh.rows("sam", "SELECT error FROM mesh.system.table_health WHERE product = 'torn'")).containsExactly("storage 'lake' could not read its table");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.torn")).contains("storage 'lake' could not read its table");
    }

    /**
     * The same people see it who see the problems of a product.
     */
    @Test
    void testOnlyThoseWhoAnswerForAProductSeeIt()
    {
        for (String user : List.of("sam", "kim", "gus")) {
            assertThat(mesh.rows(user, "SELECT product, snapshots FROM mesh.system.table_health WHERE product = 'customers'")).as(user).containsExactly("customers, 1");
        }
        assertThat(mesh.rows("ana", "SELECT name FROM mesh.sales.customers")).containsExactly("Ada");
        for (String user : List.of("ana", "mia", "eve")) {
            assertThat(mesh.rows(user, "SELECT * FROM mesh.system.table_health")).as(user).isEmpty();
        }
    }

    private void insertFiles(String table, int first, int last)
    {
        mesh.runPipeline("INSERT INTO lake.sales.%s SELECT id, 'x' FROM UNNEST(sequence(%s, %s)) AS t(id)".formatted(table, first, last));
    }

    /**
     * Adds snapshots beside the current one, each with a manifest list of its own.
     */
    private void addSnapshots(String table, int count)
            throws Exception
    {
        tables.rewrite("sales", table, metadata -> {
            ArrayNode snapshots = (ArrayNode) metadata.get("snapshots");
            ObjectNode current = (ObjectNode) snapshots.get(0);
            String list = current.get("manifest-list").asText();
            for (int number = 1; number <= count; number++) {
                String copy = list.replaceFirst("\\.avro$", "-" + number + ".avro");
                try {
                    Files.copy(tables.file(list), tables.file(copy));
                }
                catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                snapshots.add(current.deepCopy().put("snapshot-id", number).put("manifest-list", copy));
            }
        });
    }

    private long metadataBytes(String table)
    {
        try {
            return Files.size(tables.file(tables.metadataLocation("sales", table)));
        }
        catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> problems(String product)
    {
        return mesh.rows("sam", "SELECT problem FROM mesh.system.table_health CROSS JOIN UNNEST(problems) AS t(problem) WHERE product = '%s'".formatted(product));
    }

    private List<String> advice(String product)
    {
        return mesh.rows("sam", "SELECT advised FROM mesh.system.table_health CROSS JOIN UNNEST(advice) AS t(advised) WHERE product = '%s'".formatted(product));
    }

    /**
     * Runs the statements as they are advised, in the catalog of the owner.
     */
    private void follow(String product)
    {
        Session owner = Session.builder(pipeline()).setCatalog("lake").build();
        assertThat(advice(product)).isNotEmpty().allSatisfy(statement -> mesh.runner().execute(owner, statement));
    }
}
