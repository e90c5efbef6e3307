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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Tables change under a product, by engines that know nothing of it. Each test has a product of its own.
 */
@Execution(SAME_THREAD)
final class TestServedColumns
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("stewards", "[{group: governance}]");

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH).start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        return mesh.runner();
    }

    @Test
    void testTheContractsOrderTypesAndColumnsAreServed()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.wide AS SELECT INTEGER '1' a, REAL '1.5' b, DECIMAL '12.50' c, VARCHAR 'x' d, VARCHAR 'hidden' e");
        publish("wide", "1.0.0",
                """
                - {name: d, type: varchar}
                - {name: a, type: bigint}
                - {name: b, type: double}
                - {name: c, type: "decimal(20, 2)"}
                """);
        assertThat(query("SELECT * FROM mesh.sales.wide")).matches("VALUES (VARCHAR 'x', BIGINT '1', DOUBLE '1.5', CAST(12.5 AS decimal(20,2)))");
        assertThat(query("SELECT a FROM mesh.sales.wide WHERE a = 1 AND b > 1 AND c = 12.5")).matches("VALUES BIGINT '1'");
        assertThat(query("SELECT a FROM mesh.sales.wide WHERE a = 5000000000")).returnsEmptyResult();
        assertThat(query("SELECT e FROM mesh.sales.wide")).failure().hasMessageContaining("Column 'e' cannot be resolved");
    }

    @Test
    void testWideningReachesPartitionColumnsAndStatistics()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.parts WITH (partitioning = ARRAY['p']) AS SELECT * FROM (VALUES (INTEGER '1', VARCHAR 'a'), (2, 'b'), (3, 'c')) AS t(p, v)");
        publish("parts", "1.0.0",
                """
                - {name: p, type: bigint}
                - {name: v, type: varchar}
                """);
        assertThat(query("SELECT v FROM mesh.sales.parts WHERE p = 2")).matches("VALUES VARCHAR 'b'");
        assertThat(query("SELECT count(*), min(p), max(p) FROM mesh.sales.parts WHERE p BETWEEN 2 AND 9")).matches("VALUES (BIGINT '2', BIGINT '2', BIGINT '3')");
        assertThat(query("SELECT DISTINCT p FROM mesh.sales.parts")).matches("VALUES BIGINT '1', BIGINT '2', BIGINT '3'");
    }

    @Test
    void testStatisticsDoNotDependOnHowManyColumnsAreUsed()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.small WITH (partitioning = ARRAY['p']) AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'a', DATE '2026-01-01'), (2, 'b', NULL), (3, 'b', NULL)) AS t(id, p, d)");
        mesh.runPipeline("CREATE TABLE lake.sales.large AS SELECT n id, VARCHAR 'x' v FROM UNNEST(sequence(1, 500)) AS t(n)");
        publish("small", "1.0.0", "- {name: id, type: bigint}\n- {name: p, type: varchar}\n- {name: d, type: date}\n");
        publish("large", "1.0.0", "- {name: id, type: bigint}\n- {name: v, type: varchar}\n");
        for (String user : List.of("ana", "sam")) {
            assertThat(mesh.rows(user, "SHOW STATS FOR mesh.sales.small")).as(user).isEqualTo(mesh.rows("pipeline", "SHOW STATS FOR lake.sales.small"));
            assertThat(mesh.rows(user, "SHOW STATS FOR (SELECT * FROM mesh.sales.small WHERE p = 'b')")).as(user).isEqualTo(mesh.rows("pipeline", "SHOW STATS FOR (SELECT * FROM lake.sales.small WHERE p = 'b')"));
            assertThat(mesh.rows(user, "SHOW STATS FOR (SELECT p, d FROM mesh.sales.small)")).as(user).isEqualTo(mesh.rows("pipeline", "SHOW STATS FOR (SELECT p, d FROM lake.sales.small)"));
            String join = "EXPLAIN SELECT * FROM %1$s.sales.large l JOIN %1$s.sales.small s ON l.id = s.id";
            assertThat(estimates(user, join.formatted("mesh"))).as(user).isEqualTo(estimates("pipeline", join.formatted("lake"))).noneMatch(estimate -> estimate.contains("rows: ?"));
        }
    }

    private List<String> estimates(String user, String explain)
    {
        return Pattern.compile("Estimates: \\{rows: [^ ]+").matcher(mesh.rows(user, explain).getFirst()).results().map(MatchResult::group).toList();
    }

    @Test
    void testAColumnRenamedByAnotherEngineTakesTheProductOut()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.renamed AS SELECT VARCHAR 'ada@example.com' email, BIGINT '1' id");
        publish("renamed", "1.0.0",
                """
                - {name: email, type: varchar}
                """);
        assertThat(query("SELECT * FROM mesh.sales.renamed")).matches("VALUES VARCHAR 'ada@example.com'");

        mesh.runPipeline("ALTER TABLE lake.sales.renamed RENAME COLUMN email TO mail");
        assertThatThrownBy(() -> computeActual("SELECT * FROM mesh.sales.renamed"))
                .hasMessageContaining("Data product sales.renamed is out of service: column email (field id 1) is promised and was renamed to mail in the table. Ask sales-data-team");
        assertThat(query(as("sam"), "SELECT product, file, line, message, remedy FROM mesh.system.problems WHERE product = 'renamed' AND severity = 'error'")).skippingTypesCheck()
                .matches("VALUES ('renamed', 'sales/renamed-1.0.0.yaml', BIGINT '11', 'column email (field id 1) is promised and was renamed to mail in the table', 'write fieldId: 1 to serve it still as email, or rename it back')");

        // Another column takes the name: its values must not appear under the promise
        mesh.runPipeline("ALTER TABLE lake.sales.renamed ADD COLUMN email varchar");
        mesh.runPipeline("UPDATE lake.sales.renamed SET email = 'somebody else'");
        assertThatThrownBy(() -> computeActual("SELECT * FROM mesh.sales.renamed")).hasMessageContaining("was renamed to mail");

        publish("renamed", "1.0.0",
                """
                - {name: email, type: varchar, fieldId: 1}
                """);
        assertThat(query("SELECT email FROM mesh.sales.renamed WHERE email LIKE 'ada%'")).matches("VALUES VARCHAR 'ada@example.com'");
        assertThat(query(as("sam"), "SELECT message FROM mesh.system.problems WHERE product = 'renamed' AND severity = 'warning'")).skippingTypesCheck()
                .matches("VALUES 'column email (field id 1) is called mail in the table'");
    }

    @Test
    void testAMissingColumnAndANarrowerPromiseAreNamedTogether()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.drifted AS SELECT BIGINT '1' a");
        publish("drifted", "1.0.0",
                """
                - {name: a, type: integer}
                - {name: b, type: varchar}
                """);
        assertThatThrownBy(() -> computeActual("SELECT a FROM mesh.sales.drifted"))
                .hasMessageContaining("column a is promised as integer and the table has bigint; column b is promised and the table has no column of that name");
        // Listings do not depend on it
        assertThat(computeActual("DESCRIBE mesh.sales.drifted").getRowCount()).isEqualTo(2);
        assertThatThrownBy(() -> {
            publish("no-table", "1.0.0", "- {name: a, type: integer}\n");
            computeActual("SELECT a FROM mesh.sales.no_table");
        }).hasMessageContaining("Data product sales.no_table is out of service: its table does not exist in storage 'lake'");
    }

    @Test
    void testAColumnThatTakesTheNameOfADroppedOneIsNotTakenForIt()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.dropped AS SELECT VARCHAR 'ada@example.com' email, VARCHAR '9000' salary, BIGINT '1' id");
        publish("dropped", "1.0.0", "- {name: email, type: varchar}\n");
        assertThat(query("SELECT * FROM mesh.sales.dropped")).matches("VALUES VARCHAR 'ada@example.com'");

        mesh.runPipeline("ALTER TABLE lake.sales.dropped DROP COLUMN email");
        assertThatThrownBy(() -> computeActual("SELECT * FROM mesh.sales.dropped")).hasMessageContaining("column email (field id 1) is promised and was dropped from the table");
        mesh.runPipeline("ALTER TABLE lake.sales.dropped RENAME COLUMN salary TO email");
        assertThatThrownBy(() -> computeActual("SELECT * FROM mesh.sales.dropped")).hasMessageContaining("column email (field id 1) is promised and was dropped from the table");
        mesh.runPipeline("ALTER TABLE lake.sales.dropped ADD COLUMN more varchar");
        assertThatThrownBy(() -> computeActual("SELECT * FROM mesh.sales.dropped")).hasMessageContaining("column email (field id 1) is promised and was dropped from the table");
    }

    @Test
    void testAColumnOfTheTableIsPromisedOnce()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.twice AS SELECT VARCHAR 'x' a");
        publish("twice", "1.0.0",
                """
                - {name: a, type: varchar}
                - {name: b, type: varchar, fieldId: 1}
                """);
        assertThatThrownBy(() -> computeActual("SELECT * FROM mesh.sales.twice")).hasMessageContaining("column b is bound to field id 1, which another column is bound to already");
    }

    @Test
    void testWhatWasRolledBackIsForStewards()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.rolled AS SELECT BIGINT '1' id");
        long first = (long) computeScalar(pipeline(), "SELECT snapshot_id FROM lake.sales.\"rolled$snapshots\"");
        mesh.runPipeline("INSERT INTO lake.sales.rolled VALUES 2");
        long second = (long) computeScalar(pipeline(), "SELECT snapshot_id FROM lake.sales.\"rolled$snapshots\" WHERE snapshot_id <> " + first);
        mesh.runPipeline("ALTER TABLE lake.sales.rolled EXECUTE rollback_to_snapshot(" + first + ")");
        publish("rolled", "1.0.0", "- {name: id, type: bigint}\n");
        assertThat(query("SELECT * FROM mesh.sales.rolled FOR VERSION AS OF " + first)).matches("VALUES BIGINT '1'");
        assertThat(query("SELECT * FROM mesh.sales.rolled FOR VERSION AS OF " + second)).failure()
                .hasMessageContaining("is not in the history of sales.rolled; only stewards of the product may read branches and versions that were rolled back");
        assertThat(query(as("sam"), "SELECT * FROM mesh.sales.rolled FOR VERSION AS OF " + second)).matches("VALUES BIGINT '1', BIGINT '2'");

        BaseTable table = new BaseTable(new LakeTableOperations(new LakeTables(mesh.lake()), "sales", "rolled"), "rolled");
        table.manageSnapshots().createBranch("audit", second).createTag("first", first).commit();
        for (String branch : List.of("audit", "nosuch")) {
            assertThat(query("SELECT * FROM mesh.sales.rolled FOR VERSION AS OF '" + branch + "'")).failure()
                    .hasMessageContaining("Version '" + branch + "' is not in the history of sales.rolled; only stewards of the product may read branches and versions that were rolled back")
                    .hasMessageNotContaining(Long.toString(second));
        }
        assertThat(query("SELECT * FROM mesh.sales.rolled FOR VERSION AS OF 'first'")).matches("VALUES BIGINT '1'");
        assertThat(query(as("sam"), "SELECT * FROM mesh.sales.rolled FOR VERSION AS OF 'audit'")).matches("VALUES BIGINT '1', BIGINT '2'");
    }

    @Test
    void testReadersAreNotToldOfEachLoad()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.seen AS SELECT BIGINT '1' id");
        publish("seen", "1.0.0", "- {name: id, type: bigint}\n");
        assertThat(mesh.rows("ana", "SELECT generation, loaded_at, load_millis, files FROM mesh.system.registry")).containsExactly("null, null, null, null");
        assertThat(mesh.rows("gus", "SELECT count(generation), count(load_millis) FROM mesh.system.registry")).containsExactly("1, 1");
    }

    @Test
    void testDeletesAndPartitionsOfTheirTimeAreRead()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.layout WITH (partitioning = ARRAY['p']) AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'a'), (2, 'b'), (3, 'c')) AS t(id, p)");
        mesh.runPipeline("DELETE FROM lake.sales.layout WHERE id = 2");
        long before = (long) computeScalar(pipeline(), "SELECT snapshot_id FROM lake.sales.\"layout$snapshots\" ORDER BY committed_at DESC LIMIT 1");
        mesh.runPipeline("ALTER TABLE lake.sales.layout SET PROPERTIES partitioning = ARRAY[]");
        mesh.runPipeline("INSERT INTO lake.sales.layout VALUES (4, 'd')");
        publish("layout", "1.0.0", "- {name: id, type: bigint}\n");
        assertThat(query("SELECT * FROM mesh.sales.layout")).matches("VALUES BIGINT '1', BIGINT '3', BIGINT '4'");
        assertThat(query("SELECT * FROM mesh.sales.layout FOR VERSION AS OF " + before)).matches("VALUES BIGINT '1', BIGINT '3'");
    }

    @Test
    void testTimeTravelShowsTodaysColumnsOnly()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.history AS SELECT BIGINT '1' id, VARCHAR 'tax-1' tax_no, VARCHAR 'old' note");
        mesh.runPipeline("ALTER TABLE lake.sales.history DROP COLUMN note");
        mesh.runPipeline("ALTER TABLE lake.sales.history RENAME COLUMN tax_no TO reference");
        mesh.runPipeline("ALTER TABLE lake.sales.history ADD COLUMN region varchar");
        mesh.runPipeline("INSERT INTO lake.sales.history VALUES (2, 'tax-2', 'EU')");
        publish("history", "1.0.0",
                """
                - {name: id, type: bigint}
                - {name: reference, type: varchar}
                - {name: region, type: varchar}
                """);
        long first = (long) computeScalar(pipeline(), "SELECT snapshot_id FROM lake.sales.\"history$snapshots\" ORDER BY committed_at LIMIT 1");
        // A column of today that was not there yet has no value
        assertThat(query("SELECT * FROM mesh.sales.history FOR VERSION AS OF " + first)).matches("VALUES (BIGINT '1', VARCHAR 'tax-1', CAST(NULL AS varchar))");
        assertThat(query("SELECT region FROM mesh.sales.history FOR VERSION AS OF " + first + " WHERE region IS NULL")).matches("VALUES CAST(NULL AS varchar)");
        assertThat(query("SELECT id FROM mesh.sales.history FOR VERSION AS OF " + first + " WHERE region = 'EU' OR region IN ('UK', 'US')")).returnsEmptyResult();
        assertThat(query("SELECT id, reference FROM mesh.sales.history FOR VERSION AS OF " + first + " WHERE reference = 'tax-1'")).matches("VALUES (BIGINT '1', VARCHAR 'tax-1')");
        for (String gone : new String[] {"tax_no", "note"}) {
            assertThat(query("SELECT " + gone + " FROM mesh.sales.history FOR VERSION AS OF " + first)).failure()
                    .hasMessageContaining("Column '" + gone + "' cannot be resolved");
        }
        String last = (String) computeScalar(pipeline(), "SELECT CAST(max(committed_at) AS varchar) FROM lake.sales.\"history$snapshots\"");
        assertThat(query("SELECT count(*) FROM mesh.sales.history FOR TIMESTAMP AS OF TIMESTAMP '" + last + "'")).matches("VALUES BIGINT '2'");
        assertThat(query("SELECT * FROM mesh.sales.history FOR VERSION AS OF BIGINT '4711'")).failure().hasMessageContaining("4711");
        assertThat(query("SELECT * FROM mesh.sales.history FOR TIMESTAMP AS OF TIMESTAMP '1999-01-01 00:00:00'")).failure().hasMessageContaining("No version history");
    }

    @Test
    void testARowFilterOnALaterColumnShowsNoRowOfBefore()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.filtered AS SELECT BIGINT '1' id");
        mesh.runPipeline("ALTER TABLE lake.sales.filtered ADD COLUMN region varchar");
        mesh.runPipeline("INSERT INTO lake.sales.filtered VALUES (2, 'WEST'), (3, 'EAST')");
        mesh.runPipeline("ALTER TABLE lake.sales.filtered SET PROPERTIES partitioning = ARRAY['region']");
        mesh.runPipeline("INSERT INTO lake.sales.filtered VALUES (4, 'WEST'), (5, 'EAST'), (6, NULL)");
        publish("filtered", "1.0.0", "filtered", "- {name: id, type: bigint}\n- {name: region, type: varchar}\n", "  rowFilters: [{id: west, filter: \"region IN ('WEST', 'SOUTH')\"}]\n");
        List<Long> snapshots = mesh.rows("pipeline", "SELECT snapshot_id FROM lake.sales.\"filtered$snapshots\" ORDER BY committed_at").stream().map(Long::valueOf).toList();
        assertThat(query("SELECT * FROM mesh.sales.filtered FOR VERSION AS OF " + snapshots.get(0))).returnsEmptyResult();
        assertThat(query("SELECT count(*) FROM mesh.sales.filtered FOR VERSION AS OF " + snapshots.get(0))).matches("VALUES BIGINT '0'");
        assertThat(query("SELECT id FROM mesh.sales.filtered FOR VERSION AS OF " + snapshots.get(1))).matches("VALUES BIGINT '2'");
        assertThat(query("SELECT id FROM mesh.sales.filtered")).matches("VALUES BIGINT '2', BIGINT '4'");
    }

    @Test
    void testATagStaysWhenWhatConnectsItIsExpired()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.tagged AS SELECT BIGINT '1' id");
        BaseTable table = new BaseTable(new LakeTableOperations(new LakeTables(mesh.lake()), "sales", "tagged"), "tagged");
        long first = table.currentSnapshot().snapshotId();
        table.manageSnapshots().createTag("v1.0", first).commit();
        mesh.runPipeline("INSERT INTO lake.sales.tagged VALUES 666");
        table.refresh();
        table.manageSnapshots().createTag("mistake", table.currentSnapshot().snapshotId()).commit();
        mesh.runPipeline("ALTER TABLE lake.sales.tagged EXECUTE rollback_to_snapshot(" + first + ")");
        mesh.runPipeline("INSERT INTO lake.sales.tagged VALUES 2");
        mesh.runPipeline("INSERT INTO lake.sales.tagged VALUES 3");
        publish("tagged", "1.0.0", "- {name: id, type: bigint}\n");
        assertThat(query("SELECT * FROM mesh.sales.tagged FOR VERSION AS OF 'v1.0'")).matches("VALUES BIGINT '1'");
        table.refresh();
        table.expireSnapshots().expireOlderThan(System.currentTimeMillis()).retainLast(1).cleanExpiredFiles(false).commit();
        assertThat(mesh.rows("pipeline", "SELECT * FROM lake.sales.\"tagged$snapshots\"")).hasSize(3);
        for (String version : List.of("'v1.0'", String.valueOf(first))) {
            assertThat(query("SELECT * FROM mesh.sales.tagged FOR VERSION AS OF " + version)).as(version).matches("VALUES BIGINT '1'");
        }
        assertThat(query("SELECT * FROM mesh.sales.tagged FOR VERSION AS OF 'mistake'")).failure()
                .hasMessageContaining("Version 'mistake' is not in the history of sales.tagged; only stewards of the product may read branches and versions that were rolled back");
        assertThat(query(as("sam"), "SELECT * FROM mesh.sales.tagged FOR VERSION AS OF 'mistake'")).matches("VALUES BIGINT '1', BIGINT '666'");
    }

    @Test
    void testWhatNobodyPromisedMayBeOfAnyType()
            throws Exception
    {
        mesh.runPipeline("CREATE TABLE lake.sales.odd (id bigint, p varchar) WITH (format_version = 3, partitioning = ARRAY['p'])");
        mesh.runPipeline("INSERT INTO lake.sales.odd VALUES (1, 'a'), (2, 'b')");
        long before = (long) computeScalar(pipeline(), "SELECT snapshot_id FROM lake.sales.\"odd$snapshots\" ORDER BY committed_at DESC LIMIT 1");
        new LakeTables(mesh.lake()).rewrite("sales", "odd", metadata -> metadata.get("schemas").forEach(schema -> {
            ArrayNode fields = (ArrayNode) schema.get("fields");
            fields.addObject().put("id", 11).put("name", "u").put("required", false).put("type", "unknown");
            fields.addObject().put("id", 12).put("name", "g").put("required", false).put("type", "geometry");
            ObjectNode row = fields.addObject().put("id", 13).put("name", "r").put("required", false).putObject("type").put("type", "struct");
            row.putArray("fields").addObject().put("id", 14).put("name", "x").put("required", false).put("type", "unknown");
        }));
        publish("odd", "1.0.0", "- {name: id, type: bigint}\n- {name: p, type: varchar}\n");
        assertThat(query("SELECT * FROM mesh.sales.odd")).matches("VALUES (BIGINT '1', VARCHAR 'a'), (BIGINT '2', VARCHAR 'b')");
        assertThat(query("SELECT id FROM mesh.sales.odd WHERE p IN ('a', 'c')")).matches("VALUES BIGINT '1'");
        assertThat(query("SELECT id FROM mesh.sales.odd FOR VERSION AS OF " + before)).matches("VALUES BIGINT '1', BIGINT '2'");
        assertThat(computeActual("SHOW STATS FOR mesh.sales.odd").getRowCount()).isEqualTo(3);
        assertThat(query("SELECT u FROM mesh.sales.odd")).failure().hasMessageContaining("Column 'u' cannot be resolved");
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE product = 'odd' AND severity = 'error'")).isEmpty();
        assertThat(mesh.rows("sam", "SELECT path FROM mesh.system.schema_changes WHERE product = 'odd' ORDER BY 1")).containsExactly("odd.g", "odd.r", "odd.u");

        publish("odd-promise", "1.0.0", "odd", "- {name: id, type: bigint}\n- {name: u, type: varchar}\n");
        assertThat(query("SELECT id FROM mesh.sales.odd_promise")).failure()
                .hasMessageContaining("Data product sales.odd_promise is out of service: column u is promised as varchar and the table has unknown, which this engine does not read. Ask sales-data-team");
    }

    @Test
    void testTypesOfFormatVersionThree()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.modern (id bigint, t timestamp(9), z timestamp(9) with time zone, v variant) WITH (format_version = 3)");
        mesh.runPipeline("INSERT INTO lake.sales.modern VALUES (1, TIMESTAMP '2026-01-31 12:30:00.123456789', TIMESTAMP '2026-01-31 12:30:00.123456789 UTC', CAST(JSON '{\"a\": 7}' AS variant))");
        publish("modern", "1.0.0",
                """
                - {name: id, type: bigint}
                - {name: t, type: timestamp(9)}
                - {name: z, type: timestamp(9) with time zone}
                - {name: v, type: variant}
                """);
        assertThat(query("SELECT id, t, z, CAST(v AS json) FROM mesh.sales.modern WHERE t > TIMESTAMP '2026-01-31 12:30:00.123456788'"))
                .matches("VALUES (BIGINT '1', TIMESTAMP '2026-01-31 12:30:00.123456789', TIMESTAMP '2026-01-31 12:30:00.123456789 UTC', JSON '{\"a\":7}')");
        publish("modern", "1.0.0", "modern", "- {name: id, type: bigint}\n- {name: t, type: timestamp(9)}\n", "  rowFilters: [{id: early, filter: \"t < '2026-01-31 12:30:00.123456789'\"}]\n");
        assertThat(query("SELECT id FROM mesh.sales.modern")).returnsEmptyResult();
    }

    @Test
    void testWhoSeesAllOfATableMaySeeWhereItsRowsAre()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.placed WITH (partitioning = ARRAY['p']) AS SELECT * FROM (VALUES (BIGINT '1', VARCHAR 'a'), (2, 'b')) AS t(id, p)");
        publish("placed", "1.0.0", "- {name: id, type: bigint}\n- {name: p, type: varchar}\n");
        for (String user : List.of("ana", "sam")) {
            assertThat(mesh.rows(user, "SELECT id, \"$path\", \"$partition\" FROM mesh.sales.placed ORDER BY id")).as(user)
                    .isEqualTo(mesh.rows("pipeline", "SELECT id, \"$path\", \"$partition\" FROM lake.sales.placed ORDER BY id"));
            assertThat(mesh.rows(user, "SELECT id FROM mesh.sales.placed WHERE \"$partition\" = 'p=b' AND \"$file_modified_time\" > TIMESTAMP '2020-01-01 00:00:00 UTC'")).as(user).containsExactly("2");
            assertThat(mesh.rows(user, "DESCRIBE mesh.sales.placed")).as(user).hasSize(2);
            assertThat(mesh.rows(user, "SELECT * FROM mesh.sales.placed WHERE id = 1")).as(user).containsExactly("1, a");
        }
        // The partition would tell of a column that nobody promised
        publish("half", "1.0.0", "placed", "- {name: id, type: bigint}\n");
        assertThat(query("SELECT \"$path\" FROM mesh.sales.half")).failure().hasMessageContaining("Column '$path' cannot be resolved");
        assertThat(mesh.rows("sam", "SELECT \"$partition\" FROM mesh.sales.half WHERE id = 1")).containsExactly("p=a");

        publish("placed", "1.0.0", "placed", "- {name: id, type: bigint}\n- {name: p, type: varchar}\n", "  rowFilters: [{id: some, filter: \"p = 'a'\", except: [{role: sales-data-team}]}]\n");
        assertThat(query("SELECT \"$path\" FROM mesh.sales.placed")).failure().hasMessageContaining("Column '$path' cannot be resolved");
        assertThat(mesh.rows("sam", "SELECT count(DISTINCT \"$path\") FROM mesh.sales.placed")).containsExactly("2");
    }

    @Test
    void testMajorsStandSideBySide()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.segments_one AS SELECT VARCHAR 'one' v");
        mesh.runPipeline("CREATE TABLE lake.sales.segments_two AS SELECT VARCHAR 'two' v");
        publish("segments", "1.4.0", "segments_one", "- {name: v, type: varchar}\n");
        assertThat(query("SELECT * FROM mesh.sales.segments")).matches("VALUES VARCHAR 'one'");
        assertThat(query("SELECT * FROM mesh.sales.segments_v1")).matches("VALUES VARCHAR 'one'");
        publish("segments", "2.0.0", "segments_two", "- {name: v, type: varchar}\n");
        assertThat(query("SELECT * FROM mesh.sales.segments")).matches("VALUES VARCHAR 'two'");
        assertThat(query("SELECT * FROM mesh.sales.segments_v1")).matches("VALUES VARCHAR 'one'");
        assertThat(query("SELECT * FROM mesh.sales.segments_v2")).matches("VALUES VARCHAR 'two'");
        assertThat(query("SHOW TABLES FROM mesh.sales LIKE 'segments%'")).skippingTypesCheck()
                .matches("VALUES 'segments', 'segments_v1', 'segments_v2'");
    }

    private void publish(String name, String version, String columns)
    {
        publish(name, version, name.replace('-', '_'), columns);
    }

    private void publish(String name, String version, String table, String columns)
    {
        publish(name, version, table, columns, "");
    }

    private void publish(String name, String version, String table, String columns, String rowFilters)
    {
        String descriptor =
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: %s, domain: sales, owner: sales-data-team, version: %s}
                spec:
                  description: A product whose table changes
                  accessControl:
                    - {role: sales-analysts, permissions: [read]}
                    - {role: sales-data-team, permissions: [read, admin]}
                  outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %s}]
                  columns:
                %s""".formatted(name, version, table, columns.indent(4)) + rowFilters;
        mesh.publish("sales/" + name + "-" + version + ".yaml", descriptor);
    }
}
