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
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Tables that are found by their folder. The lake's catalog writes them, the mesh reads the same folders without it.
 */
final class TestLocationStorage
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of("{domain: sales, storage: folders, locations: ['local:///granted/']}")
            .with("stewards", "[{group: governance}]");

    private EmbeddedLake lake;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        lake = closeAfterClass(EmbeddedLake.create());
        MeshDirectory mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", MESH.yaml())
                .write("sales/orders.yaml", product("orders", "local:///granted/orders/"))
                .write("sales/hinted.yaml", product("hinted", "local:///granted/hinted"))
                .write("sales/missing.yaml", product("missing", "local:///granted/missing"))
                .write("sales/packed.yaml", product("packed", "local:///granted/packed"))
                .write("sales/stuck.yaml", product("stuck", "local:///granted/stuck"))
                .write("sales/quick.yaml", product("quick", "local:///granted/quick"))
                .write("sales/torn.yaml", product("torn", "local:///granted/torn"))
                .write("sales/counted.yaml", product("counted", "local:///granted/counted"))
                .write("sales/climbing.yaml", product("climbing", "local:///granted/../private/salaries"))
                .write("sales/outside.yaml", product("outside", "local:///private/salaries"));
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("lake", lake.properties())
                .addStorage("folders", lake.locationProperties())
                .addMeshProperty("mesh.storage-timeout", "5s")
                .build();
        runner.execute(pipeline(), "CREATE SCHEMA lake.sales");
        write(runner, "CREATE TABLE lake.sales.orders WITH (location = 'local:///granted/orders') AS SELECT BIGINT '1' id");
        write(runner, "CREATE TABLE lake.sales.hinted WITH (location = 'local:///granted/hinted') AS SELECT BIGINT '1' id");
        write(runner, "CREATE TABLE lake.sales.packed WITH (location = 'local:///granted/packed') AS SELECT BIGINT '1' id");
        write(runner, "CREATE TABLE lake.sales.stuck WITH (location = 'local:///granted/stuck') AS SELECT BIGINT '1' id");
        write(runner, "CREATE TABLE lake.sales.quick WITH (location = 'local:///granted/quick') AS SELECT BIGINT '1' id");
        write(runner, "CREATE TABLE lake.sales.torn WITH (location = 'local:///granted/torn') AS SELECT BIGINT '1' id");
        write(runner, "CREATE TABLE lake.sales.counted (id bigint) WITH (location = 'local:///granted/counted', partitioning = ARRAY['id'])");
        write(runner, "CREATE TABLE lake.sales.salaries WITH (location = 'local:///private/salaries') AS SELECT BIGINT '4711' id");
        return runner;
    }

    @Test
    void testTheHighestVersionCounts()
    {
        assertThat(query("SELECT * FROM sales.orders")).matches("VALUES BIGINT '1'");
        write(getQueryRunner(), "INSERT INTO lake.sales.orders VALUES BIGINT '2'");
        assertThat(query("SELECT * FROM sales.orders")).matches("VALUES BIGINT '1', BIGINT '2'");
        write(getQueryRunner(), "DELETE FROM lake.sales.orders WHERE id = 1");
        assertThat(query("SELECT * FROM sales.orders")).matches("VALUES BIGINT '2'");
    }

    @Test
    void testTheVersionHintCounts()
            throws IOException
    {
        write(getQueryRunner(), "INSERT INTO lake.sales.hinted VALUES BIGINT '2'");
        List<Path> versions = nameAsFileSystemCatalog("hinted");

        hint("hinted", versions.size());
        assertThat(query("SELECT * FROM sales.hinted")).as("the hinted version").matches("VALUES BIGINT '1', BIGINT '2'");
        hint("hinted", versions.size() - 1);
        assertThat(query("SELECT * FROM sales.hinted")).as("a hint that its writer could not update").matches("VALUES BIGINT '1', BIGINT '2'");

        Path last = metadata("hinted").resolve("v" + versions.size() + ".metadata.json");
        Path uncommitted = Files.move(last, last.resolveSibling("not-yet-named.json"));
        assertThat(query("SELECT * FROM sales.hinted")).as("the version before").matches("VALUES BIGINT '1'");
        Files.move(uncommitted, last);
        assertThat(query("SELECT * FROM sales.hinted")).as("the next commit").matches("VALUES BIGINT '1', BIGINT '2'");

        hint("hinted", 4711);
        assertThat(query("SELECT * FROM sales.hinted")).as("a hint at a version that is not there").matches("VALUES BIGINT '1', BIGINT '2'");
        Files.writeString(metadata("hinted").resolve("version-hint.text"), "../../../private");
        assertThat(query("SELECT * FROM sales.hinted")).as("a hint that is no version").matches("VALUES BIGINT '1', BIGINT '2'");
    }

    @Test
    void testCompressedVersionsCount()
            throws IOException
    {
        write(getQueryRunner(), "INSERT INTO lake.sales.packed VALUES BIGINT '2'");
        List<Path> versions = nameAsFileSystemCatalog("packed");
        Path last = metadata("packed").resolve("v" + versions.size() + ".metadata.json");
        byte[] compressed = compress(Files.readAllBytes(last));
        Files.delete(last);
        for (String name : List.of("v" + versions.size() + ".gz.metadata.json", "v" + versions.size() + ".metadata.json.gz")) {
            Path packed = Files.write(metadata("packed").resolve(name), compressed);
            hint("packed", versions.size());
            assertThat(query("SELECT * FROM sales.packed")).as("hinted, " + name).matches("VALUES BIGINT '1', BIGINT '2'");
            hint("packed", versions.size() - 1);
            assertThat(query("SELECT * FROM sales.packed")).as("a hint that lags, " + name).matches("VALUES BIGINT '1', BIGINT '2'");
            Files.delete(metadata("packed").resolve("version-hint.text"));
            assertThat(query("SELECT * FROM sales.packed")).as("without a hint, " + name).matches("VALUES BIGINT '1', BIGINT '2'");
            Files.delete(packed);
        }
    }

    @Test
    void testAFileThatNeverOpensFailsInTime()
            throws Exception
    {
        Path hint = metadata("stuck").resolve("version-hint.text");
        assertThat(new ProcessBuilder("mkfifo", hint.toString()).start().waitFor()).isZero();
        try {
            assertThat(Answers.ofFailure(getQueryRunner(), getSession(), "SELECT * FROM sales.stuck"))
                    .contains("Data product sales.stuck is out of service: storage 'folders' did not open its table within 5.00s. Ask sales-data-team");
            assertThat(query("SELECT * FROM sales.quick")).matches("VALUES BIGINT '1'");
        }
        finally {
            // Lets the reader go
            Files.writeString(hint, "1");
        }
    }

    @Test
    void testAMissingTableIsSaidWithoutItsPlace()
    {
        assertThat(Answers.ofFailure(getQueryRunner(), getSession(), "SELECT * FROM sales.missing"))
                .contains("Data product sales.missing is out of service: its table does not exist in storage 'folders'. Ask sales-data-team")
                .doesNotContain("granted");
    }

    @Test
    void testAFolderThatCannotBeReadIsSaidWithoutItsPlace()
            throws IOException
    {
        for (Path version : versions("torn")) {
            Files.writeString(version, "{");
        }
        assertThat(Answers.ofFailure(getQueryRunner(), getSession(), "SELECT * FROM sales.torn"))
                .contains("Data product sales.torn is out of service: storage 'folders' could not read its table. Ask sales-data-team")
                .doesNotContain("granted");
    }

    @Test
    void testAFolderThatWasNotGrantedIsNotServed()
    {
        for (String product : List.of("climbing", "outside")) {
            assertThat(Answers.ofFailure(getQueryRunner(), getSession(), "SELECT * FROM sales." + product)).contains("Table 'mesh.sales." + product + "' does not exist");
        }
        assertThat(query(as("gus"), "SELECT product, message FROM mesh.system.problems WHERE severity = 'error' AND product IN ('climbing', 'outside')")).skippingTypesCheck()
                .matches(
                        """
                        VALUES
                            ('climbing', 'domain ''sales'' may not use location ''local:///granted/../private/salaries'' of storage ''folders'''),
                            ('outside', 'domain ''sales'' may not use location ''local:///private/salaries'' of storage ''folders''')
                        """);
    }

    /**
     * A table without a catalog has no name for a statement, and where it lies is not told either.
     */
    @Test
    void testHealthIsSaidWithoutItsPlace()
    {
        @Language("SQL") String health = "SELECT data_files, problems, advice, error FROM mesh.system.table_health WHERE product = 'counted'";
        assertThat(query(as("gus"), health)).skippingTypesCheck().matches("VALUES (BIGINT '0', CAST(ARRAY[] AS array(varchar)), CAST(ARRAY[] AS array(varchar)), CAST(NULL AS varchar))");
        for (int first : List.of(1, 61)) {
            write(getQueryRunner(), "INSERT INTO lake.sales.counted SELECT id FROM UNNEST(sequence(%s, %s)) AS t(id)".formatted(first, first + 59));
        }
        assertThat(query(as("gus"), "SELECT data_files, advice FROM mesh.system.table_health WHERE product = 'counted'")).skippingTypesCheck()
                .matches("VALUES (BIGINT '120', ARRAY[VARCHAR 'ALTER TABLE <table> EXECUTE optimize'])");
        assertThat(getQueryRunner().execute(as("gus"), "SELECT * FROM mesh.system.table_health").getMaterializedRows())
                .extracting(Object::toString)
                .isNotEmpty()
                .noneMatch(row -> row.contains("granted") || row.contains("local:") || row.contains("private"));
        assertThat(query(as("gus"), "SELECT error FROM mesh.system.table_health WHERE product = 'missing'")).matches("VALUES VARCHAR 'its table does not exist in storage ''folders'''");
    }

    @Test
    void testFileCachesAreRefused()
    {
        assertThatThrownBy(() -> getQueryRunner().createCatalog("cached", "mesh", ImmutableMap.of(
                "mesh.descriptors", lake.files().toString(),
                "storage.folders.iceberg.catalog.type", "location",
                "storage.folders.iceberg.metadata-cache.enabled", "true")))
                .hasMessageContaining("'iceberg.metadata-cache.enabled' cannot be true in a storage of type location");
    }

    private static void write(QueryRunner runner, @Language("SQL") String sql)
    {
        runner.execute(pipeline(), sql);
    }

    /**
     * Renames the versions of a table from the names of catalog services to those of file-system catalogs, oldest first.
     */
    private List<Path> nameAsFileSystemCatalog(String table)
            throws IOException
    {
        List<Path> versions = versions(table);
        for (int version = 1; version <= versions.size(); version++) {
            Files.move(versions.get(version - 1), metadata(table).resolve("v" + version + ".metadata.json"));
        }
        return versions;
    }

    private List<Path> versions(String table)
            throws IOException
    {
        try (Stream<Path> files = Files.list(metadata(table))) {
            return files.filter(file -> file.toString().endsWith(".metadata.json"))
                    .sorted()
                    .collect(toImmutableList());
        }
    }

    private static byte[] compress(byte[] content)
            throws IOException
    {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(content);
        }
        return compressed.toByteArray();
    }

    private void hint(String table, int version)
            throws IOException
    {
        Files.writeString(metadata(table).resolve("version-hint.text"), Integer.toString(version));
    }

    private Path metadata(String table)
    {
        return lake.files().resolve("granted").resolve(table).resolve("metadata");
    }

    private static String product(String name, String location)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: A product in a folder
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: folders, location: '%s'}
                 columns:
                   - {name: id, type: bigint}
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
               """.formatted(name, location);
    }
}
