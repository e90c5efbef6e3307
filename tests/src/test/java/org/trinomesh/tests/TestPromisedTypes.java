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

import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contracts whose words leave open how the table stores a column, and names inside of rows.
 */
final class TestPromisedTypes
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales").with("stewards", "[{group: governance}]");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: streets, match: {tags: [address]}, mask: {action: row-fields, fields: {zip: clear}}, except: [{role: sales-data-team}]}
                - {id: salaries, match: {tags: [salary]}, mask: mask-to-fixed-value, except: [{role: sales-data-team}]}
              rowFilters:
                - {id: dear, match: {products: [sales.items]}, filter: "id > 1", except: [{role: sales-data-team}]}
                - {id: offers, match: {products: [sales.offers]}, filter: "price > 1.5", except: [{role: sales-data-team}]}
            """;

    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: %1$s-contract
            version: 1.0.0
            domain: sales
            dataProduct: %1$s
            schema:
              - name: %1$s
                properties:
            %2$s
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH).write("governance/privacy.yaml", POLICY).start());
        for (@Language("SQL") String sql : List.of(
                "CREATE SCHEMA lake.sales",
                """
                CREATE TABLE lake.sales.items AS SELECT * FROM (VALUES
                    (BIGINT '1', DECIMAL '1.25', TIMESTAMP '2026-01-01 10:00:00.000000 UTC', UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59', X'00FF', CAST(12.5 AS double), VARCHAR 'x', DECIMAL '100.00'),
                    (BIGINT '2', DECIMAL '2.50', TIMESTAMP '2026-01-02 10:00:00.000000 UTC', UUID '22151fd2-7586-11e9-8f9e-2a86e4085a59', X'01', CAST(13.5 AS double), VARCHAR 'y', DECIMAL '200.00'))
                    AS t (id, price, placed_at, ref, picture, weight, code, salary)
                """,
                "CREATE TABLE lake.sales.offers AS SELECT * FROM (VALUES (BIGINT '1', DECIMAL '1.25'), (BIGINT '2', DECIMAL '2.50')) AS t (id, price)",
                "CREATE TABLE lake.sales.people (id bigint, address row(\"Street\" varchar, \"ZIP\" varchar, geo row(lat double)), stops array(row(\"City\" varchar)))",
                "INSERT INTO lake.sales.people VALUES (1, row('Main Street', '12345', row(1.5)), ARRAY[row('Bonn')])")) {
            mesh.runPipeline(sql);
        }
        return mesh.runner();
    }

    @Test
    void testTypesThatTheTableDecides()
    {
        publish("items", CONTRACT.formatted("items",
                """
                - {name: id, physicalType: BIGINT}
                - {name: price, logicalType: number, tags: [dear]}
                - {name: placed_at, logicalType: timestamp, physicalType: TIMESTAMP_LTZ}
                - {name: ref, logicalType: string, logicalTypeOptions: {format: uuid}}
                - {name: picture, physicalType: VARBINARY(16)}
                - {name: weight, logicalType: number, physicalType: NUMBER}
                - {name: code, logicalType: string, logicalTypeOptions: {format: uuid}}
                - {name: salary, logicalType: number, physicalType: DECIMAL, tags: [salary]}
                - {name: shape, physicalType: GEOGRAPHY}
                """.indent(6)));
        assertThat(mesh.rows("sam", "SELECT severity, message FROM mesh.system.problems WHERE product = 'items'"))
                .containsExactly("warning, physicalType 'GEOGRAPHY' does not clearly mean one type of Iceberg tables, so the column is not served");
        assertThat(mesh.rows("sam", "SELECT id, price, ref, to_hex(picture), weight, code, salary FROM sales.items WHERE price < 2")).containsExactly("1, 1.25, 12151fd2-7586-11e9-8f9e-2a86e4085a59, 00FF, 12.5, x, 100.00");
        assertThat(mesh.rows("sam", "SELECT typeof(price), typeof(placed_at), typeof(ref), typeof(picture), typeof(weight), typeof(code), typeof(salary) FROM sales.items LIMIT 1"))
                .containsExactly("decimal(3,2), timestamp(6) with time zone, uuid, varbinary, double, varchar, decimal(5,2)");
        // What is listed is what is read
        assertThat(mesh.rows("ana", "SELECT column_name, data_type FROM mesh.information_schema.columns WHERE table_name = 'items'")).containsExactly(
                "id, bigint", "price, decimal(3,2)", "placed_at, timestamp(6) with time zone", "ref, uuid", "picture, varbinary", "weight, double", "code, varchar", "salary, decimal(5,2)");
        assertThat(mesh.rows("ana", "SELECT id, salary, typeof(salary) FROM sales.items")).containsExactly("2, 0.00, decimal(5,2)");
        assertThat(mesh.rows("ana", "SELECT count(*) FROM sales.items WHERE price IN (DECIMAL '1.25', DECIMAL '2.50')")).containsExactly("1");
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.schema_changes WHERE source = 'table' AND product = 'items'")).isEmpty();
    }

    @Test
    void testRowFilterNeedsATypeThatIsKnown()
    {
        publish("offers", CONTRACT.formatted("offers",
                """
                - {name: id, physicalType: BIGINT}
                - {name: price, logicalType: number}
                """.indent(6)));
        assertThat(mesh.failure("ana", "SELECT * FROM sales.offers")).contains("sales.offers").doesNotContain("1.25");
        assertThat(String.join("\n", mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE product = 'offers'"))).contains("its contract does not say which type its column 'price' has");
    }

    @Test
    void testNamesInsideOfRows()
    {
        publish("people", CONTRACT.formatted("people",
                """
                - {name: id, logicalType: integer, physicalType: bigint}
                - name: address
                  tags: [address]
                  logicalType: object
                  properties:
                    - {name: street, logicalType: string}
                    - {name: zip, logicalType: string}
                    - {name: GEO, logicalType: object, properties: [{name: Lat, physicalType: double}]}
                - {name: stops, physicalType: "array<struct<city:string>>"}
                """.indent(6)));
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE product = 'people'")).isEmpty();
        assertThat(mesh.rows("sam", "SELECT address.street, address.ZIP, address.geo.lat, stops[1].city FROM sales.people WHERE address.zip = '12345' AND address.geo.lat > 1")).containsExactly("Main Street, 12345, 1.5, Bonn");
        assertThat(mesh.rows("ana", "SELECT address.street, address.zip FROM sales.people")).containsExactly("null, 12345");
        assertThat(mesh.rows("ana", "SELECT data_type FROM mesh.information_schema.columns WHERE table_name = 'people' AND column_name = 'address'"))
                .isEqualTo(mesh.rows("ana", "SELECT typeof(address) FROM sales.people"));
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.schema_changes WHERE source = 'table' AND product = 'people'")).isEmpty();
    }

    @Test
    void testVersionThatTheTableNeverHadIsNoPromise()
    {
        String wrong = CONTRACT.formatted("wrong", "      - {name: id, logicalType: string}\n      - {name: gone, logicalType: string}");
        mesh.publish("sales/wrong-contract.yaml", wrong);
        mesh.publish("sales/wrong.yaml", product("wrong").replace("table: wrong", "table: items"));
        assertThat(mesh.failure("sam", "SELECT * FROM sales.wrong")).contains("out of service");
        mesh.publish("sales/wrong-contract.yaml", CONTRACT.formatted("wrong", "      - {name: id, physicalType: bigint}\n      - {name: price, logicalType: number}"));
        assertThat(mesh.rows("sam", "SELECT id FROM sales.wrong WHERE price < 2")).containsExactly("1");

        // From now on it is one
        mesh.publish("sales/wrong-contract.yaml", CONTRACT.formatted("wrong", "      - {name: id, physicalType: bigint}"));
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE product = 'wrong' AND severity = 'error'"))
                .containsExactly("column 'wrong.price' is no longer promised, which breaks what version 1.0.0 of 'sales.wrong' promised");
        assertThat(mesh.rows("sam", "SELECT price FROM sales.wrong WHERE id = 1")).containsExactly("1.25");
    }

    private void publish(String name, String contract)
    {
        mesh.publish("sales/%s-contract.yaml".formatted(name), contract);
        mesh.publish("sales/%s.yaml".formatted(name), product(name));
    }

    private static String product(String name)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata: {name: %1$s, domain: sales, owner: sales-data-team, version: 1.0.0}
               spec:
                 description: Things
                 outputPorts: [{name: sql, type: sql, engine: trino, catalog: lake, schema: sales, table: %1$s}]
                 accessControl:
                   - {role: sales-analysts, permissions: [read]}
                   - {role: sales-data-team, permissions: [read, admin]}
               """.formatted(name);
    }
}
