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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables whose partitioning changed after rows were written. Ana sees all rows but no secret, of the filtered products two values
 * only; gus sees everything. Whatever is asked, ana's answer is that of gus without what she may not see.
 */
final class TestPartitionEvolution
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales").with("stewards", "[{group: governance}]");

    private static final String SECRETS =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: secrets, owner: governance, description: Nobody needs them}
            spec:
              masks:
                - {id: secret, match: {columns: [secret]}, mask: replace-with-null, except: [{group: governance}]}
            """;

    /**
     * @param filter the row filter of the filtered product
     * @param values four values, of which the filter lets the first two through
     */
    private record Kind(String name, String type, String filter, List<String> values) {}

    private static final List<Kind> KINDS = ImmutableList.of(
            new Kind("texts", "varchar", "v IN ('WEST', 'SOUTH')", List.of("'WEST'", "'SOUTH'", "'EAST'", "''")),
            new Kind("numbers", "bigint", "v IN (1, -7)", List.of("BIGINT '1'", "BIGINT '-7'", "BIGINT '3'", "BIGINT '1000'")),
            new Kind("days", "date", "v IN ('2026-01-31', '1969-12-31')", List.of("DATE '2026-01-31'", "DATE '1969-12-31'", "DATE '2026-02-01'", "DATE '1970-01-01'")),
            new Kind("times", "timestamp(6)", "v IN ('2026-01-31 12:30:00', '1969-12-31 23:59:59.999999')", List.of("TIMESTAMP '2026-01-31 12:30:00'", "TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP '2026-01-31 12:30:00.000001'", "TIMESTAMP '1970-01-01 00:00:00'")),
            new Kind("amounts", "decimal(10, 2)", "v IN (1.50, -2)", List.of("DECIMAL '1.50'", "DECIMAL '-2.00'", "DECIMAL '1.49'", "DECIMAL '1.51'")),
            new Kind("rates", "double", "v IN (0, 1.5)", List.of("DOUBLE '0'", "DOUBLE '1.5'", "DOUBLE '0.5'", "DOUBLE '-1'")),
            new Kind("bytes", "varbinary", "id IN (0, 1)", List.of("X'00'", "X'6100'", "X'61'", "X''")));

    /**
     * @param before how the first half of the rows is written
     */
    private record Evolution(String name, String before, String after)
    {
        private boolean fits(Kind kind)
        {
            return switch (name) {
                case "later" -> true;
                case "days" -> kind.name().equals("times");
                default -> kind.name().equals("texts");
            };
        }
    }

    private static final List<Evolution> EVOLUTIONS = ImmutableList.of(
            new Evolution("later", "", "'v'"),
            new Evolution("no_more", "'v'", ""),
            new Evolution("buckets", "'bucket(v, 3)'", "'v'"),
            new Evolution("prefixes", "'v'", "'truncate(v, 2)'"),
            new Evolution("days", "'day(v)'", "'v'"),
            new Evolution("other", "'id'", "'v'"));

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        EmbeddedMesh.Builder builder = EmbeddedMesh.of(MESH).write("governance/secrets.yaml", SECRETS);
        for (Kind kind : KINDS) {
            for (Evolution evolution : EVOLUTIONS) {
                if (evolution.fits(kind)) {
                    builder.write("sales/" + table(kind, evolution) + ".yaml", product(table(kind, evolution), table(kind, evolution), kind.type(), ""));
                    builder.write("sales/" + table(kind, evolution) + "_filtered.yaml", product(
                            table(kind, evolution) + "_filtered",
                            table(kind, evolution),
                            kind.type(),
                            "rowFilters: [{id: some, filter: \"%s\", except: [{group: governance}]}]".formatted(kind.filter())));
                }
            }
        }
        mesh = closeAfterClass(builder.start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        for (Kind kind : KINDS) {
            for (Evolution evolution : EVOLUTIONS) {
                if (evolution.fits(kind)) {
                    create(kind, evolution);
                }
            }
        }
        return mesh.runner();
    }

    private void create(Kind kind, Evolution evolution)
    {
        String table = "lake.sales." + table(kind, evolution);
        mesh.runPipeline("CREATE TABLE %s (id bigint, v %s, secret varchar) WITH (partitioning = ARRAY[%s])".formatted(table, kind.type(), evolution.before()));
        insert(kind, table);
        mesh.runPipeline("ALTER TABLE %s SET PROPERTIES partitioning = ARRAY[%s]".formatted(table, evolution.after()));
        insert(kind, table);
    }

    private void insert(Kind kind, String table)
    {
        List<String> values = kind.values();
        mesh.runPipeline("INSERT INTO %s VALUES (0, %s, 'Leaked'), (1, %s, 'Leaked'), (2, %s, 'Leaked'), (3, %s, 'Leaked'), (4, NULL, 'Leaked')".formatted(table, values.get(0), values.get(1), values.get(2), values.get(3)));
    }

    @Test
    void testListsOfEveryTypeAndPartitioning()
    {
        for (Kind kind : KINDS) {
            List<String> values = kind.values();
            List<String> conditions = ImmutableList.of(
                    "true",
                    "v IN (%s, %s)".formatted(values.get(0), values.get(2)),
                    "v IN (%s, %s, %s) AND id > 0".formatted(values.get(0), values.get(1), values.get(3)),
                    "v = " + values.get(1),
                    "v = " + values.get(2),
                    "v IN (%s, %s) OR v IS NULL".formatted(values.get(0), values.get(3)),
                    "v NOT IN (%s, %s)".formatted(values.get(0), values.get(2)),
                    "v IN (SELECT x FROM (VALUES %s, %s) AS t(x))".formatted(values.get(0), values.get(3)),
                    "CAST(v AS varchar) IN (SELECT CAST(x AS varchar) FROM (VALUES %s, %s) AS t(x)) AND v IN (%s, %s)".formatted(values.get(0), values.get(3), values.get(0), values.get(1)));
            for (Evolution evolution : EVOLUTIONS) {
                if (!evolution.fits(kind)) {
                    continue;
                }
                String table = table(kind, evolution);
                for (String condition : conditions) {
                    if (kind.name().equals("bytes") && condition.contains("varchar")) {
                        continue;
                    }
                    String filter = kind.filter().replaceAll("'([0-9]{4}-[0-9-]*)'", "DATE '$1'").replaceAll("'([0-9]{4}-[^']* [^']*)'", "TIMESTAMP '$1'");
                    assertThat(mesh.rows("ana", "SELECT id FROM sales." + table + " WHERE " + condition + " ORDER BY id"))
                            .as("%s: %s", table, condition)
                            .isEqualTo(mesh.rows("gus", "SELECT id FROM sales." + table + " WHERE " + condition + " ORDER BY id"));
                    assertThat(mesh.rows("ana", "SELECT id FROM sales." + table + "_filtered WHERE " + condition + " ORDER BY id"))
                            .as("%s, filtered: %s", table, condition)
                            .isEqualTo(mesh.rows("gus", "SELECT id FROM sales." + table + "_filtered WHERE (" + condition + ") AND (" + filter + ") ORDER BY id"));
                }
            }
        }
    }

    @Test
    void testTheSecretStaysHidden()
    {
        assertThat(mesh.rows("ana", "SELECT DISTINCT secret FROM sales.texts_later WHERE v IN ('WEST', 'EAST')")).containsExactly("null");
        assertThat(mesh.rows("gus", "SELECT DISTINCT secret FROM sales.texts_later WHERE v IN ('WEST', 'EAST')")).containsExactly("Leaked");
    }

    /**
     * Files from before the column became a partition hold visible and hidden rows together: what skips them tells of both.
     */
    @Test
    void testCountersDoNotTellOfHiddenRowsInOlderFiles()
    {
        mesh.runPipeline("CREATE TABLE lake.sales.mixed (id bigint, v varchar, secret varchar)");
        mesh.runPipeline("INSERT INTO lake.sales.mixed VALUES (1, 'SOUTH', 'Leaked'), (2, 'ZEBRA', 'Leaked')");
        mesh.runPipeline("ALTER TABLE lake.sales.mixed SET PROPERTIES partitioning = ARRAY['v']");
        mesh.runPipeline("INSERT INTO lake.sales.mixed VALUES (3, 'SOUTH', 'Leaked')");
        mesh.publish("sales/mixed.yaml", product("mixed", "mixed", "varchar", "rowFilters: [{id: some, filter: \"v IN ('WEST', 'SOUTH', 'ARCTIC')\", except: [{group: governance}]}]"));
        assertThat(read("SELECT id FROM sales.mixed WHERE v = 'WEST'")).as("between a visible value and a hidden one")
                .isEqualTo(read("SELECT id FROM sales.mixed WHERE v = 'ARCTIC'"));
        assertThat(mesh.rows("ana", "SELECT id FROM sales.mixed WHERE v IN ('SOUTH', 'WEST') ORDER BY id")).containsExactly("1", "3");
    }

    private String read(String sql)
    {
        return QueryRecord.counters(mesh.runner(), MeshQueryRunner.as("ana"), sql);
    }

    private static String table(Kind kind, Evolution evolution)
    {
        return kind.name() + "_" + evolution.name();
    }

    private static String product(String name, String table, String type, String rowFilters)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Rows of which a part is shown
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                   - {role: governance, permissions: [read]}
                 outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %s}]
                 columns:
                   - {name: id, type: bigint}
                   - {name: v, type: "%s"}
                   - {name: secret, type: varchar}
                 %s
               """.formatted(name.replace('_', '-'), table, type, rowFilters);
    }
}
