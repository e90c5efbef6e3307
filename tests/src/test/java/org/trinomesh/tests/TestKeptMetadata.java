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
import io.trino.Session;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

import javax.management.JMException;
import javax.management.ObjectName;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * What is kept of a table between queries is kept by the file that it was read from: whatever happens to the table, the next query sees it.
 * Ana reads {@code mesh}, which keeps metadata, and Ben a part of it.
 */
// The counter is shared
@Execution(SAME_THREAD)
final class TestKeptMetadata
        extends AbstractTestQueryFramework
{
    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: parts, owner: governance}
            spec:
              rowFilters:
                - {id: ben-sees-a-part, match: {domains: [sales]}, filter: "id >= 100", principals: [{user: ben}]}
            """;

    private EmbeddedMesh mesh;

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
                 accessControl:
                   - {user: ana, permissions: [read]}
                   - {user: ben, permissions: [read]}
               """.formatted(name);
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MeshDocument.granting("sales")).write("governance/parts.yaml", POLICY)
                // Measuring reads metadata, too
                .addMeshProperty("mesh.slo-interval", "0s");
        for (String table : List.of("written", "rolled_back", "replaced", "expired", "made_again", "counted", "shared")) {
            builder.write("sales/" + table + ".yaml", product(table));
        }
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        return mesh.runner();
    }

    @Test
    void testEachCommitOfAnotherEngineIsSeenByTheNextQuery()
            throws Exception
    {
        mesh.runPipeline("CREATE TABLE lake.sales.written AS SELECT BIGINT '1' id");
        BaseTable table = new BaseTable(new LakeTables(mesh.lake()).operations("sales", "written"), "written");
        DataFile one = onlyFile(table);
        mesh.runPipeline("DELETE FROM lake.sales.written");
        mesh.runPipeline("INSERT INTO lake.sales.written VALUES 2");
        table.refresh();
        DataFile two = onlyFile(table);
        for (int commit = 1; commit <= 100; commit++) {
            // The files take turns, so that an answer of the version before is another one
            boolean odd = commit % 2 == 1;
            table.newOverwrite().deleteFile(odd ? two : one).addFile(odd ? one : two).commit();
            assertThat(mesh.rows("ana", "SELECT id FROM mesh.sales.written")).as("after commit %s", commit).containsExactly(odd ? "1" : "2");
        }
        assertThat(mesh.rows("ben", "SELECT count(*) FROM mesh.sales.written")).containsExactly("0");
    }

    private static DataFile onlyFile(BaseTable table)
            throws IOException
    {
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            return files.iterator().next().file().copy();
        }
    }

    @Test
    void testRollback()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.rolled_back AS SELECT BIGINT '1' id");
        long first = (long) mesh.runner().execute(pipeline(), "SELECT snapshot_id FROM lake.sales.\"rolled_back$snapshots\"").getOnlyValue();
        mesh.runPipeline("INSERT INTO lake.sales.rolled_back VALUES 2");
        assertThat(mesh.rows("ana", "SELECT sum(id) FROM mesh.sales.rolled_back")).containsExactly("3");
        mesh.runPipeline("ALTER TABLE lake.sales.rolled_back EXECUTE rollback_to_snapshot(snapshot_id => %s)".formatted(first));
        assertThat(mesh.rows("ana", "SELECT sum(id) FROM mesh.sales.rolled_back")).containsExactly("1");
        mesh.runPipeline("INSERT INTO lake.sales.rolled_back VALUES 4");
        assertThat(mesh.rows("ana", "SELECT sum(id) FROM mesh.sales.rolled_back")).containsExactly("5");
    }

    @Test
    void testReplacedTable()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.replaced AS SELECT BIGINT '1' id");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.replaced")).containsExactly("1");
        mesh.runPipeline("CREATE OR REPLACE TABLE lake.sales.replaced AS SELECT BIGINT '2' id, VARCHAR 'more' note");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.replaced")).containsExactly("2");
    }

    @Test
    void testExpiredSnapshots()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.expired AS SELECT BIGINT '1' id");
        long first = (long) mesh.runner().execute(pipeline(), "SELECT snapshot_id FROM lake.sales.\"expired$snapshots\"").getOnlyValue();
        mesh.runPipeline("INSERT INTO lake.sales.expired VALUES 2");
        String then = "SELECT sum(id) FROM mesh.sales.expired FOR VERSION AS OF " + first;
        assertThat(mesh.rows("ana", then)).containsExactly("1");
        mesh.runner().execute(
                Session.builder(pipeline()).setCatalogSessionProperty("lake", "expire_snapshots_min_retention", "0s").build(),
                "ALTER TABLE lake.sales.expired EXECUTE expire_snapshots(retention_threshold => '0s')");
        assertThat(mesh.failure("ana", then)).contains(String.valueOf(first));
        assertThat(mesh.rows("ana", "SELECT sum(id) FROM mesh.sales.expired")).containsExactly("3");
    }

    @Test
    void testTableThatIsDroppedAndCreatedAgain()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.made_again AS SELECT BIGINT '1' id");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.made_again")).containsExactly("1");
        mesh.runPipeline("DROP TABLE lake.sales.made_again");
        assertThat(mesh.failure("ana", "SELECT * FROM mesh.sales.made_again")).contains("its table does not exist");
        mesh.runPipeline("CREATE TABLE lake.sales.made_again AS SELECT BIGINT '7' id");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.made_again")).containsExactly("7");
    }

    /**
     * What one reader asked decides neither what another is told nor what the plan of another says.
     */
    @Test
    void testNothingCrossesFromOneReaderToAnother()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.shared AS SELECT * FROM UNNEST(sequence(1, 1000)) AS t (id)");
        String statistics = "SHOW STATS FOR mesh.sales.shared";
        List<String> ofBen = mesh.rows("ben", statistics);
        String plan = "EXPLAIN SELECT id FROM mesh.sales.shared WHERE id = 7";
        List<String> planOfBen = mesh.rows("ben", plan);
        List<String> ofAna = mesh.rows("ana", statistics);
        assertThat(ofAna).isNotEqualTo(ofBen);
        mesh.rows("ana", plan);
        mesh.rows("ana", "SELECT id FROM mesh.sales.shared WHERE id = 7");
        assertThat(mesh.rows("ben", statistics)).isEqualTo(ofBen);
        assertThat(mesh.rows("ben", plan)).isEqualTo(planOfBen);
        assertThat(mesh.rows("ana", statistics)).isEqualTo(ofAna);
        assertThat(mesh.rows("ben", "SELECT count(*) FROM mesh.sales.shared")).containsExactly("901");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.sales.shared")).containsExactly("1000");
    }

    @Test
    void testManyQueriesAfterACommitReadItOnce()
            throws Exception
    {
        mesh.runPipeline("CREATE TABLE lake.sales.counted AS SELECT BIGINT '1' id");
        mesh.rows("ana", "SELECT * FROM mesh.sales.counted");
        mesh.runPipeline("INSERT INTO lake.sales.counted VALUES 2");
        long before = read();
        assertThat(Concurrently.call(64, () -> mesh.rows("ana", "SELECT sum(id) FROM mesh.sales.counted"))).containsOnly(ImmutableList.of("3"));
        assertThat(read() - before).isEqualTo(1);
    }

    /**
     * How many metadata files were read until now, by the bean that operators watch.
     */
    private static long read()
            throws JMException
    {
        return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName("org.trinomesh:type=Cache,name=mesh_metadata,catalog=mesh,kept=metadata"), "LoadCount");
    }
}
