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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A contract lists values that are valid or mean that there is none. Sam, the steward, counts rows that have them, whatever the
 * type of the column and however he spelled them.
 */
final class TestQualityValues
        extends AbstractTestQueryFramework
{
    private static final String PRODUCT =
            """
            apiVersion: v1.1.0
            kind: DataProduct
            id: measures-product
            name: Measures
            version: 1.0.0
            status: active
            domain: sales
            description: {purpose: Measures of every type}
            outputPorts:
              - {name: measures, type: tables, version: 1.0.0, contractId: measures}
            team: {name: sales-data-team}
            """;

    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: measures
            name: measures-contract
            version: 1.0.0
            status: active
            domain: sales
            description: {purpose: Measures of every type}
            servers:
              - {server: lake, type: trino, host: trino.example, port: 443, catalog: lake, schema: sales}
            schema:
              - name: measures
                physicalName: measures
                properties:
                  - {name: price, logicalType: number, physicalType: "decimal(12,2)", quality: [
                      {name: price-valid, metric: invalidValues, arguments: {validValues: [1, 2.5, 1e1]}, mustBe: 0},
                      {name: price-missing, metric: missingValues, arguments: {missingValues: [-1, 0, null]}, mustBe: 0},
                      {name: price-wrong, metric: missingValues, arguments: {missingValues: [0, N/A]}, mustBe: 0}]}
                  - {name: rate, logicalType: number, physicalType: double, quality: [
                      {name: rate-valid, metric: invalidValues, arguments: {validValues: [0, 0.5, 1]}, mustBe: 0},
                      {name: rate-missing, metric: missingValues, arguments: {missingValues: [-1, NaN]}, mustBe: 0}]}
                  - {name: taken, logicalType: timestamp, physicalType: "timestamp(6)", quality: [
                      {name: taken-valid, metric: invalidValues, arguments: {validValues: ["2026-01-01T00:00:00", "2026-01-02 10:00"]}, mustBe: 0}]}
                  - {name: sent, logicalType: timestamp, physicalType: "timestamp(6) with time zone", quality: [
                      {name: sent-missing, metric: missingValues, arguments: {missingValues: ["1970-01-01T01:00:00+01:00"]}, mustBe: 0}]}
                  - {name: flag, logicalType: boolean, quality: [
                      {name: flag-valid, metric: invalidValues, arguments: {validValues: [True]}, mustBe: 0}]}
                  - {name: day, logicalType: date, quality: [
                      {name: day-missing, metric: missingValues, arguments: {missingValues: [9999-12-31]}, mustBe: 0}]}
                  - {name: pieces, logicalType: integer, physicalType: integer, enum: [{value: 1}, {value: "2.0"}]}
                  - {name: word, logicalType: string, quality: [
                      {name: word-valid, metric: invalidValues, arguments: {validValues: ["1", "it's"]}, mustBe: 0},
                      {name: word-missing, metric: missingValues, arguments: {missingValues: ["", "N/A"]}, mustBe: 0}]}
            roles:
              - {role: sales-data-team, access: "read, admin"}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MeshDocument.granting("sales"))
                .write("domains/sales/measures.odps.yaml", PRODUCT)
                .write("domains/sales/measures.odcs.yaml", CONTRACT)
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline(
                """
                CREATE TABLE lake.sales.measures AS SELECT price, rate, taken, sent, flag, day, pieces, CAST(word AS varchar) word FROM (VALUES
                    (CAST(1 AS decimal(12,2)), DOUBLE '0', TIMESTAMP '2026-01-01 00:00:00.000000', TIMESTAMP '2026-01-01 00:00:00.000000 UTC', true, DATE '2026-01-01', 1, '1'),
                    (DECIMAL '2.50', DOUBLE '0.5', TIMESTAMP '2026-01-02 10:00:00.000000', TIMESTAMP '1970-01-01 00:00:00.000000 UTC', false, DATE '9999-12-31', 2, 'it''s'),
                    (DECIMAL '-1.00', DOUBLE '-1', TIMESTAMP '2026-01-02 10:00:00.000001', NULL, true, DATE '2026-01-02', 3, 'N/A'),
                    (NULL, nan(), NULL, NULL, NULL, NULL, NULL, NULL)) AS t(price, rate, taken, sent, flag, day, pieces, word)
                """);
        return mesh.runner();
    }

    @Test
    void testValuesAreComparedAsValues()
    {
        assertThat(mesh.rows("sam", "SELECT rule, rows_checked, failed, passed, note FROM mesh.quality.sales__measures ORDER BY rule")).containsExactly(
                "day-missing, 4, 2, false, null",
                "flag-valid, 3, 1, false, null",
                "pieces-values, 3, 1, false, null",
                "price-missing, 4, 2, false, null",
                "price-valid, 3, 1, false, null",
                "rate-missing, 4, 2, false, null",
                "rate-valid, 4, 2, false, null",
                "sent-missing, 4, 3, false, null",
                "taken-valid, 3, 1, false, null",
                "word-missing, 4, 2, false, null",
                "word-valid, 3, 1, false, null");
    }

    @Test
    void testWhatIsNoValueOfTheTypeIsAProblem()
    {
        assertThat(mesh.rows("sam", "SELECT severity, line, \"column\", message, remedy FROM mesh.system.problems WHERE message LIKE '%N/A%'")).containsExactly(
                "warning, 18, 85, 'N/A' is not a value of column 'price', which is of type decimal(12,2), " +
                        "write a number of at most 12 digits, 2 of them after the point; until then the rule 'price-wrong' is not checked");
    }
}
