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
import io.opentelemetry.api.common.AttributeKey;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.trinomesh.tests.MeshQueryRunner.as;

/**
 * What the mesh says of promises, compared with what the tables were made to be. Ana reads everything, ben the rows of the
 * west, cleo masked addresses, dan may only know of the products, eve may not even that, and sam is their steward.
 */
@Execution(SAME_THREAD)
final class TestSlos
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("discovery", "[{user: dan}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: email, match: {columns: [email]}, mask: email-domain, principals: [{user: cleo}]}
              hiddenColumns:
                - {id: seen, match: {columns: [seen_at]}, principals: [{user: cleo}]}
              rowFilters:
                - {id: west, match: {domains: [sales]}, filter: "region = 'WEST'", principals: [{user: ben}]}
            """;

    private EmbeddedMesh mesh;
    private LakeTables tables;

    private static String product(String name, String table, String slos)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-team, version: 1.0.0}
               spec:
                 description: Test product
                 slos: {%s}
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %s}
                 columns:
                   - {name: id, type: bigint, nullable: false}
                   - {name: email, type: varchar}
                   - {name: region, type: varchar}
                   - {name: seen_at, type: timestamp(6) with time zone}
                   - {name: day, type: date}
                 accessControl:
                   - {user: ana, permissions: [read]}
                   - {user: ben, permissions: [read]}
                   - {user: cleo, permissions: [read]}
                   - {user: sam, permissions: [read, admin]}
               """.formatted(name, slos, table);
    }

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .countStatements();
        write(builder, "fresh", "people", "freshness: {target: 4h, measurement: last_updated_timestamp}");
        write(builder, "impatient", "people", "freshness: {target: 1ms}");
        write(builder, "by_column", "people", "freshness: {target: 365d, measurement: column(seen_at)}, latency: {target: 10y, measurement: 'column:seen_at'}");
        write(builder, "by_day", "people", "freshness: {target: 36500d, measurement: column(day)}");
        write(builder, "by_name", "people", "freshness: {target: 4h, measurement: column(email)}");
        write(builder, "stale", "old_people", "freshness: {target: 4h}, frequency: {target: 1h}, throughput: {target: 3 rows/h}");
        write(builder, "optimized", "optimized_people", "freshness: {target: 1h}, volume: {target: 2 rows}");
        write(builder, "complete", "people", "completeness: {target: 100%}");
        write(builder, "incomplete", "people", "completeness: {target: 75.01%, measurement: column(email)}");
        write(builder, "nearly", "people", "completeness: {target: 75%, measurement: column(email)}");
        write(builder, "captured", "people", "completeness: {target: 75%, measurement: captured_vs_source_count}");
        write(builder, "volumes", "people", "volume: {target: 4 rows}, rowCount: {target: 5}, throughput: {target: 4 rows/h}, numberOfRows: {target: many}");
        write(builder, "cut_met", "cut_people", "completeness: {target: 77%, measurement: column(email)}, volume: {target: 9}");
        write(builder, "cut_open", "cut_people", "completeness: {target: 80%, measurement: column(email)}, volume: {target: 10}, freshness: {target: 3650d, measurement: column(seen_at)}");
        write(builder, "cut_broken", "cut_people", "completeness: {target: 89%, measurement: column(email)}, volume: {target: 11}, freshness: {target: 1d, measurement: column(seen_at)}");
        write(builder, "silent", "silent_people", "completeness: {target: 50%, measurement: column(email)}, freshness: {target: 4h, measurement: column(seen_at)}, volume: {target: 1}");
        write(builder, "kept_back", "kept_people", "retention: {target: 100d}");
        write(builder, "too_young", "kept_people", "retention: {target: 36500d, measurement: column(seen_at)}");
        write(builder, "undated", "people", "retention: {target: 100d}");
        write(builder, "overdue", "ancient_people", "schedule: {target: '06:00 Europe/Berlin'}, timeOfAvailability: {target: '06:00'}");
        write(builder, "empty", "empty_people", "freshness: {target: 4h}, completeness: {target: 50%}, volume: {target: 1}");
        write(builder, "missing", "no_people", "freshness: {target: 4h}, completeness: {target: 50%}");
        write(builder, "broken", "broken_people", "freshness: {target: 4h}");
        write(builder, "others", "people", "accuracy: {target: 99.9%}, availability: {target: 99%}, friendliness: {target: always}");
        write(builder, "beating", "beating_people", "freshness: {target: 4h, measurement: heartbeat}, latency: {target: 1d, measurement: heartbeat(other.beat)}");
        for (String table : List.of("op_a", "op_b")) {
            write(builder, table, table, "freshness: {target: 4h}, completeness: {target: 50%, measurement: column(email)}, volume: {target: 1}");
        }
        mesh = closeAfterClass(builder.start());
        tables = new LakeTables(mesh.lake());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        create("people", "");
        insert("people", 4, 1);
        create("old_people", "");
        insert("old_people", 2, 0);
        insert("old_people", 2, 0);
        tables.age("sales", "old_people", Duration.ofHours(5));
        create("ancient_people", "");
        insert("ancient_people", 1, 0);
        tables.age("sales", "ancient_people", Duration.ofDays(3));
        create("optimized_people", "");
        insert("optimized_people", 1, 0);
        insert("optimized_people", 1, 0);
        tables.age("sales", "optimized_people", Duration.ofHours(2));
        mesh.runPipeline("ALTER TABLE lake.sales.optimized_people EXECUTE optimize");
        create("cut_people", "");
        insert("cut_people", 10, 2);
        mesh.runPipeline("DELETE FROM lake.sales.cut_people WHERE id = 5");
        create("silent_people", "");
        insert("silent_people", 4, 0);
        tables.forgetMetrics("sales", "silent_people");
        create("kept_people", "WITH (partitioning = ARRAY['month(day)'])");
        insert("kept_people", 3, 0);
        create("empty_people", "");
        create("broken_people", "");
        Files.delete(tables.file(tables.metadataLocation("sales", "broken_people")));
        for (String table : List.of("op_a", "op_b")) {
            create(table, "");
            for (int commit = 0; commit < 3; commit++) {
                insert(table, 4, 1);
            }
        }
        create("beating_people", "");
        insert("beating_people", 1, 0);
        tables.rewrite("sales", "beating_people", metadata -> ((ObjectNode) metadata.get("snapshots").get(1).get("summary"))
                .put("mesh.heartbeat", String.valueOf(System.currentTimeMillis() - Duration.ofHours(5).toMillis()))
                .put("other.beat", "2999-01-01T00:00:00Z"));
        return mesh.runner();
    }

    private static void write(EmbeddedMesh.Builder builder, String name, String table, String slos)
    {
        builder.write("domains/sales/" + name + ".yaml", product(name, table, slos));
    }

    private void create(String table, String properties)
    {
        mesh.runPipeline("CREATE TABLE lake.sales.%s (id bigint, email varchar, region varchar, seen_at timestamp(6) with time zone, day date) %s".formatted(table, properties));
    }

    private void insert(String table, int rows, int nulls)
    {
        mesh.runPipeline(
                """
                INSERT INTO lake.sales.%s
                SELECT n, IF(n <= %s, NULL, 'a@b.c'), 'WEST', from_iso8601_timestamp('2025-01-01T00:00:00Z') + n * INTERVAL '1' HOUR, DATE '2025-01-01'
                FROM UNNEST(sequence(1, %s)) t(n)
                """.formatted(table, nulls, rows));
    }

    @Test
    void testFreshness()
    {
        assertThat(slos("ana", "fresh")).containsExactly("freshness, snapshot, met, exact");
        assertThat(slos("ana", "impatient")).containsExactly("freshness, snapshot, breached, exact");
        assertThat(slos("ana", "stale")).contains("freshness, snapshot, breached, exact");
        assertThat(mesh.rows("ana", "SELECT actual LIKE '5h%', evidence LIKE 'data was last changed at 20%Z', snapshot_id IS NOT NULL, measured_at > current_timestamp - INTERVAL '1' MINUTE FROM mesh.system.slos WHERE product = 'stale' AND objective = 'freshness'"))
                .containsExactly("true, true, true, true");
        assertThat(slos("ana", "empty")).containsExactly("completeness, null counts, unknown, unknown", "freshness, snapshot, unknown, unknown", "volume, snapshot summary, breached, exact");
        assertThat(mesh.rows("ana", "SELECT objective, actual, evidence FROM mesh.system.slos WHERE product = 'empty' ORDER BY objective")).containsExactly(
                "completeness, null, the table has no rows",
                "freshness, null, no commit has changed data yet",
                "volume, 0 rows, the last commit counts the rows");
    }

    @Test
    void testWhatOnlyRewritesIsNotNew()
    {
        assertThat(slos("ana", "optimized")).containsExactly("freshness, snapshot, breached, exact", "volume, snapshot summary, met, exact");
        assertThat(mesh.rows("ana", "SELECT actual LIKE '2h%', evidence LIKE '%; later commits only rewrote it' FROM mesh.system.slos WHERE product = 'optimized' AND objective = 'freshness'"))
                .containsExactly("true, true");
    }

    @Test
    void testFreshnessByColumn()
    {
        assertThat(slos("ana", "by_column")).containsExactly("freshness, column bound, breached, exact", "latency, column bound, met, exact");
        assertThat(mesh.rows("ana", "SELECT evidence FROM mesh.system.slos WHERE product = 'by_column' AND objective = 'latency'")).containsExactly("the column's highest value is 2025-01-01T04:00:00Z");
        assertThat(slos("ana", "by_day")).containsExactly("freshness, column bound, met, bound");
        assertThat(slos("ana", "by_name")).containsExactly("freshness, column bound, unknown, unknown");
        assertThat(mesh.rows("ana", "SELECT evidence FROM mesh.system.slos WHERE product = 'by_name'")).containsExactly("a column of type varchar tells no time");
    }

    @Test
    void testFreshnessByHeartbeat()
    {
        assertThat(slos("ana", "beating")).containsExactly("freshness, heartbeat, breached, exact", "latency, heartbeat, met, exact");
        assertThat(mesh.rows("ana", "SELECT actual LIKE '5h%' FROM mesh.system.slos WHERE product = 'beating' AND objective = 'freshness'")).containsExactly("true");
        assertThat(mesh.rows("ana", "SELECT actual, evidence FROM mesh.system.slos WHERE product = 'beating' AND objective = 'latency'")).containsExactly("0s, the pipeline's last heartbeat was at 2999-01-01T00:00:00Z");
    }

    @Test
    void testCompleteness()
    {
        assertThat(mesh.rows("ana", "SELECT product, actual, status, confidence, evidence FROM mesh.system.slos WHERE product IN ('complete', 'incomplete', 'nearly', 'captured') ORDER BY product")).containsExactly(
                "captured, 100%, unknown, exact, column id has 0 nulls in 4 rows; Iceberg's metadata does not say captured_vs_source_count",
                "complete, 100%, met, exact, column id has 0 nulls in 4 rows",
                "incomplete, 75%, breached, exact, column email has 1 nulls in 4 rows",
                "nearly, 75%, met, exact, column email has 1 nulls in 4 rows");
    }

    @Test
    void testVolume()
    {
        assertThat(mesh.rows("ana", "SELECT objective, actual, status, confidence, evidence FROM mesh.system.slos WHERE product = 'volumes' AND objective <> 'throughput' ORDER BY objective")).containsExactly(
                "numberOfRows, null, unknown, unknown, the target cannot be read: write the least number of rows: 1000 rows",
                "rowCount, 4 rows, breached, exact, the last commit counts the rows",
                "volume, 4 rows, met, exact, the last commit counts the rows");
        assertThat(mesh.rows("ana", "SELECT product, actual, status, confidence FROM mesh.system.slos WHERE objective IN ('throughput', 'frequency') AND product IN ('stale', 'volumes') AND objective = 'throughput' ORDER BY product")).containsExactly(
                "stale, 0 rows in 1h, breached, exact",
                "volumes, 4 rows in 1h, met, exact");
        assertThat(slos("ana", "stale")).contains("frequency, snapshot, breached, exact");
    }

    @Test
    void testDeletedRowsLeaveBounds()
    {
        // Of ten rows two have no address; one of the ten is deleted, and metadata does not say which
        assertThat(mesh.rows("ana", "SELECT product, actual, status, confidence, evidence FROM mesh.system.slos WHERE product LIKE 'cut%' AND objective = 'completeness' ORDER BY product")).containsExactly(
                "cut_broken, 77.7777% to 88.8888%, breached, bound, column email has 2 nulls in 10 rows; delete files remove up to 1 of them",
                "cut_met, 77.7777% to 88.8888%, met, bound, column email has 2 nulls in 10 rows; delete files remove up to 1 of them",
                "cut_open, 77.7777% to 88.8888%, unknown, bound, column email has 2 nulls in 10 rows; delete files remove up to 1 of them");
        assertThat(mesh.rows("ana", "SELECT product, actual, status, confidence, evidence FROM mesh.system.slos WHERE product LIKE 'cut%' AND objective = 'volume' ORDER BY product")).containsExactly(
                "cut_broken, 9 rows to 10 rows, breached, bound, the row count of the last commit includes rows that delete files remove",
                "cut_met, 9 rows to 10 rows, met, bound, the row count of the last commit includes rows that delete files remove",
                "cut_open, 9 rows to 10 rows, unknown, bound, the row count of the last commit includes rows that delete files remove");
        // The newest row may be the deleted one: data is at least so old
        assertThat(mesh.rows("ana", "SELECT product, actual LIKE 'at least %d%', status, confidence, evidence FROM mesh.system.slos WHERE product LIKE 'cut%' AND objective = 'freshness' ORDER BY product")).containsExactly(
                "cut_broken, true, breached, bound, the column's highest value is 2025-01-01T10:00:00Z; rows with it may be deleted",
                "cut_open, true, unknown, bound, the column's highest value is 2025-01-01T10:00:00Z; rows with it may be deleted");
    }

    @Test
    void testFilesWithoutMetrics()
    {
        assertThat(mesh.rows("ana", "SELECT objective, actual, status, confidence, evidence FROM mesh.system.slos WHERE product = 'silent' ORDER BY objective")).containsExactly(
                "completeness, null, unknown, unknown, the data files do not count the nulls of column email",
                "freshness, null, unknown, unknown, the data files do not say what the column's highest value is",
                "volume, 4 rows, met, exact, the last commit counts the rows");
    }

    @Test
    void testSchedule()
    {
        assertThat(mesh.rows("ana", "SELECT objective, method, status, confidence, regexp_replace(evidence, '20[-0-9T:.]*Z?', 'WHEN') FROM mesh.system.slos WHERE product = 'overdue' ORDER BY objective")).containsExactly(
                "schedule, snapshot, breached, exact, no data of WHEN came; data was last changed at WHEN",
                "timeOfAvailability, null, unknown, unknown, the target cannot be read: write the time of day and its zone: 06:00 Europe/Berlin");
    }

    @Test
    void testRetention()
    {
        assertThat(mesh.rows("ana", "SELECT product, status, confidence, evidence FROM mesh.system.slos WHERE objective = 'retention' ORDER BY product")).containsExactly(
                "kept_back, met, exact, the lowest value of column day is 2025-01-01T00:00:00Z",
                "too_young, unknown, exact, the lowest value of column seen_at is 2025-01-01T01:00:00Z; nothing says whether older data was ever there",
                "undated, unknown, unknown, the table is not partitioned by a promised date or timestamp; name a column: 'measurement: column(created_at)'");
        assertThat(mesh.rows("cleo", "SELECT actual, status, evidence FROM mesh.system.slos WHERE product = 'too_young'")).containsExactly(
                "null, unknown, only readers of the unmasked columns see this, because it would reveal something about their values");
    }

    @Test
    void testABrokenTableIsARow()
    {
        assertThat(mesh.rows("ana", "SELECT product, objective, status, evidence, snapshot_id FROM mesh.system.slos WHERE product IN ('missing', 'broken') ORDER BY 1, 2")).containsExactly(
                "broken, freshness, unknown, its table is out of service, so readers get no data, null",
                "missing, completeness, unknown, its table is out of service, so readers get no data, null",
                "missing, freshness, unknown, its table is out of service, so readers get no data, null");
    }

    @Test
    void testWhatMetadataDoesNotSay()
    {
        assertThat(mesh.rows("ana", "SELECT objective, method, status, regexp_replace(evidence, '20[-0-9T:.]*Z?', 'WHEN') FROM mesh.system.slos WHERE product = 'others' AND objective <> 'availability' ORDER BY objective")).containsExactly(
                "accuracy, quality results, met, rows of 1 check, counted from manifests, at WHEN",
                "friendliness, null, unknown, nothing measures objectives of this name");
        @Language("SQL") String availability = "SELECT actual, status, confidence, evidence FROM mesh.system.slos WHERE product = 'others' AND objective = 'availability'";
        assertThat(mesh.rows("ana", availability)).containsExactly("null, unknown, unknown, nothing has opened it in the last 24 hours");
        mesh.rows("ana", "SELECT id FROM mesh.sales.others");
        mesh.rows("ana", "SELECT id FROM mesh.sales.others");
        assertThat(mesh.rows("ana", availability)).containsExactly("100%, met, exact, it was served 2 of the 2 times that queries or the mesh itself opened it in the last 24 hours");
    }

    @Test
    void testWhoDoesNotSeeAllRowsIsToldNoNumbersOfThem()
    {
        @Language("SQL") String sql = "SELECT product, objective, actual, status, confidence, evidence FROM mesh.system.slos WHERE product IN ('nearly', 'incomplete', 'volumes', 'by_column') AND objective IN ('completeness', 'volume', 'freshness') ORDER BY product";
        assertThat(mesh.rows("ben", sql)).containsExactly(
                "by_column, freshness, null, unknown, unknown, only readers of all rows see this, because it would reveal something about hidden rows",
                "incomplete, completeness, null, unknown, unknown, only readers of all rows see this, because it would reveal something about hidden rows",
                "nearly, completeness, null, unknown, unknown, only readers of all rows see this, because it would reveal something about hidden rows",
                "volumes, volume, null, unknown, unknown, only readers of all rows see this, because it would reveal something about hidden rows");
        // Addresses are masked for cleo, and seen_at is hidden from her; rows she may count
        assertThat(mesh.rows("cleo", sql)).containsExactly(
                "by_column, freshness, null, unknown, unknown, only readers of the unmasked columns see this, because it would reveal something about their values",
                "incomplete, completeness, null, unknown, unknown, only readers of the unmasked columns see this, because it would reveal something about their values",
                "nearly, completeness, null, unknown, unknown, only readers of the unmasked columns see this, because it would reveal something about their values",
                "volumes, volume, 4 rows, met, exact, the last commit counts the rows");
        // Dan knows whether promises are kept, and reads nothing
        assertThat(mesh.rows("dan", sql)).containsExactly(
                "by_column, freshness, null, breached, exact, only readers of the product see the value",
                "incomplete, completeness, null, breached, exact, only readers of the product see the value",
                "nearly, completeness, null, met, exact, only readers of the product see the value",
                "volumes, volume, null, met, exact, only readers of the product see the value");
        // When data was committed tells nothing of what is in it
        for (String user : List.of("ana", "ben", "cleo", "dan", "sam")) {
            assertThat(slos(user, "fresh")).as(user).containsExactly("freshness, snapshot, met, exact");
            assertThat(mesh.rows(user, "SELECT actual IS NOT NULL FROM mesh.system.slos WHERE product = 'fresh'")).as(user).containsExactly("true");
        }
        assertThat(mesh.rows("eve", "SELECT * FROM mesh.system.slos")).isEmpty();
    }

    @Test
    void testHistory()
    {
        @Language("SQL") String sql = "SELECT table_name, gap_seconds IS NULL, freshness_target, freshness_status, row_count, volume_target, volume_status FROM mesh.system.slo_history WHERE product = 'optimized' ORDER BY committed_at";
        // Neither the empty commit of CREATE TABLE nor the one of OPTIMIZE changed data
        assertThat(mesh.rows("ana", sql)).containsExactly(
                "optimized, true, 1h, unknown, 1, 2 rows, breached",
                "optimized, false, 1h, met, 2, 2 rows, met");
        assertThat(mesh.rows("ben", sql)).containsExactly(
                "optimized, true, 1h, unknown, null, 2 rows, unknown",
                "optimized, false, 1h, met, null, 2 rows, unknown");
        assertThat(mesh.rows("dan", sql)).containsExactly(
                "optimized, true, 1h, unknown, null, 2 rows, breached",
                "optimized, false, 1h, met, null, 2 rows, met");
        assertThat(mesh.rows("eve", sql)).isEmpty();
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.system.slo_history WHERE product = 'broken'")).isEmpty();
    }

    @Test
    void testColumnsThatAreHiddenAreNotNamed()
    {
        @Language("SQL") String sql = "SELECT * FROM mesh.system.slos WHERE product = 'by_column'";
        assertThat(mesh.rows("cleo", sql)).hasSize(2).noneMatch(row -> row.contains("seen_at"));
        assertThat(mesh.rows("ana", sql)).hasSize(2).allMatch(row -> row.contains("seen_at"));
    }

    @Test
    void testOnlyWhatIsAskedForIsOpened()
    {
        // Promises are in memory
        assertThat(operations("SELECT domain, product, objective, target, unit, measurement FROM mesh.system.slos")).isEqualTo(new Operations(0, 0, 0, 0));
        assertThat(operations("SELECT count(*) FROM mesh.system.slos")).isEqualTo(new Operations(0, 0, 0, 0));
        // Freshness by snapshot asks for pointers in one question, reads metadata files once and never a manifest
        @Language("SQL") String freshness = "SELECT product, actual FROM mesh.system.slos WHERE objective = 'freshness' AND product IN ('op_a', 'op_b')";
        assertThat(operations(freshness)).isEqualTo(new Operations(1, 2, 0, 0));
        assertThat(operations(freshness)).isEqualTo(new Operations(1, 0, 0, 0));
        // Completeness reads the manifests of one product
        @Language("SQL") String completeness = "SELECT actual FROM mesh.system.slos WHERE objective = 'completeness' AND product = 'op_a'";
        assertThat(operations(completeness)).isEqualTo(new Operations(1, 0, 1, 3));
        assertThat(operations(completeness)).isEqualTo(new Operations(1, 0, 0, 0));
        insert("op_a", 1, 0);
        // An append costs its own manifest, and is seen at once
        assertThat(operations(completeness)).isEqualTo(new Operations(1, 1, 1, 1));
        assertThat(mesh.rows("ana", "SELECT actual FROM mesh.system.slos WHERE objective = 'volume' AND product = 'op_a'")).containsExactly("13 rows");
    }

    private Operations operations(@Language("SQL") String sql)
    {
        CountingDriver.reset();
        mesh.runner().execute(as("ana"), sql);
        List<String> opened = mesh.runner().getSpans().stream()
                .filter(span -> span.getName().equals("InputFile.newStream") || span.getName().equals("InputFile.newInput"))
                .map(span -> span.getAttributes().get(AttributeKey.stringKey("trino.file.location")))
                .toList();
        return new Operations(
                CountingDriver.statements().size(),
                opened.stream().filter(location -> location.endsWith(".metadata.json")).count(),
                opened.stream().filter(location -> location.contains("/snap-")).count(),
                opened.stream().filter(location -> location.endsWith(".avro") && !location.contains("/snap-")).count());
    }

    private record Operations(long catalogStatements, long metadataFiles, long manifestLists, long manifests) {}

    private List<String> slos(String user, String product)
    {
        return mesh.rows(user, "SELECT objective, method, status, confidence FROM mesh.system.slos WHERE domain = 'sales' AND product = '%s' ORDER BY objective".formatted(product));
    }
}
