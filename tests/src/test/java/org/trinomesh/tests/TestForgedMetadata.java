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

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * The sales domain may publish what lies in one folder, and whoever writes there writes metadata that names files in others.
 */
final class TestForgedMetadata
        extends AbstractTestQueryFramework
{
    private static final String REFUSED = "its metadata names a file that is not below a folder which the platform granted to its domain";
    private static final List<String> FORGED = ImmutableList.of("list", "manifest", "climbing", "encoded", "linked_file", "linked_data", "linked_table", "deletes", "listed");

    private EmbeddedLake lake;
    private LakeTables tables;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        lake = closeAfterClass(EmbeddedLake.create());
        tables = new LakeTables(lake);
        MeshDirectory mesh = closeAfterClass(MeshDirectory.create())
                .write("mesh.yaml", MeshDocument.of(
                        "{domain: sales, storage: folders, locations: ['local:///granted/']}",
                        "{domain: sales, storage: lake, namespaces: [sales], locations: ['local:///granted/']}",
                        "{domain: hr, storage: folders, locations: ['local:///granted2/']}").yaml())
                .write("sales/honest.yaml", product("sales", "honest", "location: 'local:///granted/honest'"))
                .write("hr/salaries.yaml", product("hr", "salaries", "location: 'local:///granted2/salaries'"))
                .write("sales/catalogued.yaml", product("sales", "catalogued", "schema: sales").replace("catalog: folders", "catalog: lake"));
        for (String name : FORGED) {
            mesh.write("sales/" + name + ".yaml", product("sales", name, "location: 'local:///granted/" + name + "'"));
        }
        QueryRunner runner = MeshQueryRunner.builder(mesh.path())
                .addStorage("lake", lake.properties())
                .addStorage("folders", lake.locationProperties())
                .build();
        runner.execute(pipeline(), "CREATE SCHEMA lake.sales");
        runner.execute(pipeline(), "CREATE SCHEMA lake.hr");
        write(runner, "CREATE TABLE lake.hr.salaries WITH (location = 'local:///granted2/salaries') AS SELECT BIGINT '4711' id");
        for (String name : ImmutableList.<String>builder().addAll(FORGED).add("honest", "catalogued").build()) {
            if (!name.equals("linked_table")) {
                write(runner, "CREATE TABLE lake.sales." + name + " WITH (location = 'local:///granted/" + name + "') AS SELECT BIGINT '1' id");
            }
        }
        return runner;
    }

    @Test
    void testManifestListOfAnotherDomain()
            throws Exception
    {
        String theirs = current("hr", "salaries").currentSnapshot().manifestListLocation();
        tables.rewrite("sales", "list", metadata -> ((ObjectNode) metadata.get("snapshots").get(0)).put("manifest-list", theirs));
        assertRefused("list");
    }

    @Test
    void testManifestsOfAnotherDomainInTheMetadataItself()
            throws Exception
    {
        BaseTable theirs = current("hr", "salaries");
        String manifest = theirs.currentSnapshot().allManifests(theirs.io()).getFirst().path();
        tables.rewrite("sales", "listed", metadata -> {
            ObjectNode snapshot = (ObjectNode) metadata.get("snapshots").get(0);
            snapshot.remove("manifest-list");
            snapshot.putArray("manifests").add(manifest);
        });
        assertRefused("listed");
    }

    @Test
    void testDataFileOfAnotherDomain()
            throws IOException
    {
        append("manifest", location -> location);
        assertRefused("manifest");
    }

    @Test
    void testDataFileByAPathThatClimbs()
            throws IOException
    {
        append("climbing", location -> location.replace("local:///", "local:///granted/climbing/../../"));
        assertRefused("climbing");
        append("encoded", location -> location.replace("local:///", "local:///granted/encoded/%2e%2e/../../"));
        assertRefused("encoded");
    }

    @Test
    void testDataFileBehindALink()
            throws IOException
    {
        DataFile theirs = files("hr", "salaries").getFirst();
        Files.createSymbolicLink(tables.file("local:///granted/linked_file/theirs.parquet"), tables.file(theirs.location()));
        append("linked_file", _ -> "local:///granted/linked_file/theirs.parquet");
        assertRefused("linked_file");

        Files.createSymbolicLink(tables.file("local:///granted/linked_data/theirs"), tables.file("local:///granted2/salaries"));
        append("linked_data", location -> location.replace("local:///granted2/salaries", "local:///granted/linked_data/theirs"));
        assertRefused("linked_data");
    }

    @Test
    void testTableBehindALink()
            throws IOException
    {
        Files.createSymbolicLink(tables.file("local:///granted/linked_table"), tables.file("local:///granted2/salaries"));
        assertRefused("linked_table");
    }

    @Test
    void testDeleteFileOfAnotherDomain()
            throws IOException
    {
        write(getQueryRunner(), "CREATE TABLE lake.hr.leavers WITH (location = 'local:///granted2/leavers') AS SELECT id FROM (VALUES BIGINT '1', BIGINT '2') AS leavers(id)");
        write(getQueryRunner(), "DELETE FROM lake.hr.leavers WHERE id = 2");
        try (CloseableIterable<FileScanTask> tasks = current("hr", "leavers").newScan().planFiles()) {
            DeleteFile theirs = tasks.iterator().next().deletes().getFirst();
            BaseTable table = current("sales", "deletes");
            // Without the name of their data file, so that it is read for ours
            table.newRowDelta()
                    .addDeletes(FileMetadata.deleteFileBuilder(table.spec())
                            .ofPositionDeletes()
                            .withFormat(theirs.format())
                            .withPath(theirs.location())
                            .withFileSizeInBytes(theirs.fileSizeInBytes())
                            .withRecordCount(theirs.recordCount())
                            .build())
                    .commit();
        }
        assertRefused("deletes");
    }

    @Test
    void testCatalogTableOfAGrantThatNamesFolders()
            throws IOException
    {
        assertThat(query("SELECT * FROM sales.catalogued")).matches("VALUES BIGINT '1'");
        append("catalogued", location -> location);
        assertRefused("catalogued");
    }

    @Test
    void testFilesElsewhereInTheGrantedFolderAreRead()
            throws IOException
    {
        DataFile own = files("sales", "honest").getFirst();
        String moved = "local:///granted/shared/" + own.location().replaceFirst(".*/", "");
        Files.createDirectories(tables.file("local:///granted/shared"));
        Files.copy(tables.file(own.location()), tables.file(moved));
        BaseTable table = current("sales", "honest");
        table.newAppend().appendFile(DataFiles.builder(table.spec()).copy(own).withPath(moved.replace("local:///", "file:/")).build()).commit();
        assertThat(query("SELECT * FROM sales.honest")).matches("VALUES BIGINT '1', BIGINT '1'");
    }

    private void append(String table, UnaryOperator<String> location)
            throws IOException
    {
        BaseTable forged = current("sales", table);
        AppendFiles append = forged.newAppend();
        files("hr", "salaries").forEach(file -> append.appendFile(DataFiles.builder(forged.spec()).copy(file).withPath(location.apply(file.location())).build()));
        append.commit();
    }

    private List<DataFile> files(String namespace, String table)
            throws IOException
    {
        try (CloseableIterable<FileScanTask> tasks = current(namespace, table).newScan().planFiles()) {
            return Stream.of(tasks)
                    .flatMap(found -> ImmutableList.copyOf(found).stream())
                    .map(FileScanTask::file)
                    .collect(toImmutableList());
        }
    }

    private BaseTable current(String namespace, String table)
    {
        return new BaseTable(new LakeTableOperations(tables, namespace, table), table);
    }

    private void assertRefused(String product)
    {
        for (String sql : List.of("SELECT * FROM sales.", "SELECT max(id) FROM sales.", "SELECT count(id + 1) FROM sales.")) {
            assertThat(Answers.ofFailure(getQueryRunner(), getSession(), sql + product))
                    .contains(REFUSED)
                    .doesNotContain("granted2")
                    .doesNotContain("salaries")
                    .doesNotContain("theirs");
        }
    }

    private static void write(QueryRunner runner, @Language("SQL") String sql)
    {
        runner.execute(pipeline(), sql);
    }

    private static String product(String domain, String name, String place)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: %s, owner: data-team, version: 1.0.0}
               spec:
                 description: A product in a folder
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: folders, %s}
                 columns:
                   - {name: id, type: bigint}
                 accessControl:
                   - {role: %s, permissions: [read]}
               """.formatted(name, domain, place, domain.equals("sales") ? "sales-analysts" : "nobody");
    }
}
