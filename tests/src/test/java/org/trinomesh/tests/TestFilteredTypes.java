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
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Whatever type a row filter compares, the engine counts no row that the reader may not see.
 */
final class TestFilteredTypes
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales").with("stewards", "[{group: governance}]");
    private static final Pattern INPUT = Pattern.compile("Input: ([0-9]+) rows?");

    /**
     * @param visible values that the filter lets through
     * @param hidden others
     */
    private record Filtered(String name, String type, String filter, List<String> visible, List<String> hidden) {}

    private static final List<Filtered> FILTERS = ImmutableList.of(
            new Filtered("a_boolean", "boolean", "v = true", List.of("true"), List.of("false", "NULL")),
            new Filtered("an_integer", "integer", "v <= 5", List.of("5", "-7"), List.of("6", "NULL")),
            new Filtered("a_bigint", "bigint", "v BETWEEN 2 AND 4", List.of("2", "4"), List.of("1", "5", "NULL")),
            new Filtered("a_real", "real", "v >= 0", List.of("REAL '0.0'", "REAL '-0.0'", "REAL '1.5'"), List.of("REAL '-1'", "nan()", "NULL")),
            new Filtered("a_double", "double", "v > 0", List.of("DOUBLE '0.5'", "infinity()"), List.of("DOUBLE '0.0'", "DOUBLE '-0.0'", "nan()", "NULL")),
            new Filtered("zeros", "double", "v = 0", List.of("DOUBLE '0.0'", "DOUBLE '-0.0'"), List.of("DOUBLE '0.5'", "nan()", "NULL")),
            new Filtered("some_doubles", "double", "v IN (0, 1.5)", List.of("DOUBLE '-0.0'", "DOUBLE '1.5'"), List.of("DOUBLE '1'", "nan()", "NULL")),
            new Filtered("below_zero", "real", "v < 0", List.of("REAL '-1'", "-infinity()"), List.of("REAL '-0.0'", "REAL '0.0'", "nan()", "NULL")),
            new Filtered("known_doubles", "double", "v IS NOT NULL", List.of("nan()", "DOUBLE '1'"), List.of("NULL")),
            new Filtered("a_short_decimal", "decimal(10, 2)", "v < 1.5", List.of("DECIMAL '1.49'"), List.of("DECIMAL '1.50'", "NULL")),
            new Filtered("a_long_decimal", "decimal(30, 2)", "v <> 1.5", List.of("DECIMAL '1.49'"), List.of("DECIMAL '1.50'", "NULL")),
            new Filtered("a_text", "varchar", "v IN ('a', 'b')", List.of("'a'", "'b'"), List.of("'A'", "''", "NULL")),
            new Filtered("a_date", "date", "v > '2026-01-31'", List.of("DATE '2026-02-01'"), List.of("DATE '2026-01-31'", "NULL")),
            new Filtered("a_time", "time(6)", "v < '12:30'", List.of("TIME '12:29:59.999999'"), List.of("TIME '12:30:00'", "NULL")),
            new Filtered("a_timestamp", "timestamp(6)", "v >= '2026-01-31 12:30:00.000001'", List.of("TIMESTAMP '2026-01-31 12:30:00.000001'"), List.of("TIMESTAMP '2026-01-31 12:30:00'", "TIMESTAMP '1969-12-31 23:59:59.999999'", "NULL")),
            new Filtered("before_the_epoch", "timestamp(6)", "v = '1969-12-31 23:59:59.999999'", List.of("TIMESTAMP '1969-12-31 23:59:59.999999'"), List.of("TIMESTAMP '1970-01-01 00:00:00'", "NULL")),
            new Filtered("a_moment", "timestamp(6) with time zone", "v < '2026-01-31 12:30:00 +01:00'", List.of("TIMESTAMP '2026-01-31 11:29:59.999999 UTC'", "TIMESTAMP '1969-12-31 23:59:59.999999 UTC'"), List.of("TIMESTAMP '2026-01-31 11:30:00 UTC'", "NULL")),
            new Filtered("a_uuid", "uuid", "v = '12151fd2-7586-11e9-8f9e-2a86e4085a59'", List.of("UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59'"), List.of("UUID '92151fd2-7586-11e9-8f9e-2a86e4085a59'", "NULL")),
            new Filtered("a_great_uuid", "uuid", "v > '7fffffff-7586-11e9-8f9e-2a86e4085a59'", List.of("UUID '92151fd2-7586-11e9-8f9e-2a86e4085a59'"), List.of("UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59'", "NULL")));

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MESH);
        for (Filtered filtered : FILTERS) {
            builder.write("sales/" + filtered.name() + ".yaml", product(filtered));
        }
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        for (Filtered filtered : FILTERS) {
            mesh.runPipeline("CREATE TABLE lake.sales.%s (id bigint, v %s)".formatted(filtered.name(), filtered.type()));
            insert(filtered.name(), filtered.type(), filtered.visible());
            insert(filtered.name(), filtered.type(), filtered.hidden());
        }
        return mesh.runner();
    }

    @Test
    void testTheReaderShowsWhatTheFilterLetsThrough()
    {
        for (Filtered filtered : FILTERS) {
            assertThat(mesh.rows("ana", "SELECT id FROM mesh.sales." + filtered.name())).as(filtered.name()).hasSize(filtered.visible().size());
            assertThat(mesh.rows("ana", "SELECT v FROM mesh.sales." + filtered.name()))
                    .as(filtered.name())
                    .containsExactlyInAnyOrderElementsOf(mesh.rows("ana", "SELECT CAST(v AS %s) v FROM (VALUES %s) AS t(v)".formatted(filtered.type(), String.join(", ", filtered.visible()))));
        }
    }

    @Test
    void testTheEngineCountsNoHiddenRow()
    {
        for (Filtered filtered : FILTERS) {
            for (String sql : List.of("SELECT * FROM ", "SELECT id FROM ", "SELECT count(*) FROM ")) {
                String plan = mesh.rows("ana", "EXPLAIN ANALYZE " + sql + "mesh.sales." + filtered.name()).getFirst();
                // The last one is that of the scan
                assertThat(INPUT.matcher(plan).results().map(input -> input.group(1)).reduce((_, last) -> last))
                        .as(filtered.name() + ": " + sql)
                        .contains(Integer.toString(filtered.visible().size()));
            }
        }
    }

    /**
     * A condition of the reader that fails on rows with NULL, which each of the filters hides, and prints that it did.
     */
    @Test
    void testNoConditionOfTheReaderMeetsAHiddenRow()
    {
        for (Filtered filtered : FILTERS) {
            for (String condition : List.of(
                    "CAST(IF(v IS NULL, 'LEAKED', '1') AS bigint) = 1",
                    "CAST(IF(v IS NULL OR random() > 2, 'LEAKED', '1') AS bigint) = 1",
                    "random() < 2 AND CAST(IF(v IS NULL OR random() > 2, 'LEAKED', '1') AS bigint) = 1",
                    "CAST(coalesce(CAST(nullif(CAST(v AS varchar), CAST(v AS varchar)) AS varchar), IF(v IS NULL, 'LEAKED', '1')) AS bigint) = 1")) {
                assertThat(mesh.rows("ana", "SELECT count(*) FROM mesh.sales.%s WHERE %s".formatted(filtered.name(), condition)))
                        .as("%s: %s", filtered.name(), condition)
                        .containsExactly(Integer.toString(filtered.visible().size()));
            }
        }
        // Unfiltered, the same conditions print what they met
        assertThat(mesh.runner().execute(pipeline(), "SELECT count(*) FROM lake.sales.a_text WHERE v IS NULL").getOnlyValue()).isEqualTo(1L);
        assertThatThrownBy(() -> mesh.runner().execute(pipeline(), "SELECT count(*) FROM lake.sales.a_text WHERE CAST(IF(v IS NULL, 'LEAKED', '1') AS bigint) = 1"))
                .hasMessageContaining("LEAKED");
    }

    private void insert(String table, String type, List<String> values)
    {
        int id = 0;
        for (String value : values) {
            mesh.runPipeline("INSERT INTO lake.sales.%s SELECT %s, CAST(%s AS %s)".formatted(table, id++, value, type));
        }
    }

    private static String product(Filtered filtered)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Rows of which a part is shown
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                 outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %s}]
                 columns:
                   - {name: id, type: bigint}
                   - {name: v, type: "%s"}
                 rowFilters:
                   - {id: some, filter: "%s"}
               """.formatted(filtered.name().replace('_', '-'), filtered.name(), filtered.type(), filtered.filter());
    }
}
