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
package org.trinomesh.descriptor;

import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Problem.Severity;
import org.trinomesh.registry.DescriptorReader;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contracts and products with every combination of what the standards leave to their authors: none of them is an error.
 */
final class TestOdcsCorpus
{
    private static final List<String> VERSIONS = List.of("v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0", "v3.2.0");

    private static final List<String> BLOCKS = List.of(
            "status: active\nname: n\ntenant: t\ndomain: sales\ndataProduct: d\n",
            "tags: [a, b]\n",
            "description: {purpose: p, limitations: l, usage: u, authoritativeDefinitions: [{url: u, type: t}], customProperties: [{property: p, value: v}]}\n",
            "servers: [{server: s, type: iceberg, catalog: c, catalogUrl: u, namespace: n, warehouse: w, roles: [{role: r}], customProperties: []}]\n",
            "support: [{channel: c}, {channel: d, url: u, description: d, tool: email, scope: issues, invitationUrl: i}]\n",
            "price: {priceAmount: 1, priceCurrency: EUR, priceUnit: GB}\n",
            "team: {name: t, description: d, members: [{username: u, name: n, description: d, role: r, dateIn: '2024-01-01', dateOut: '2024-02-01', replacedByUsername: v}], tags: [], customProperties: []}\n",
            "roles: [{role: r, access: read, description: d, firstLevelApprovers: a, secondLevelApprovers: b, customProperties: []}]\n",
            "slaDefaultElement: t.c\nslaProperties: [{property: latency, value: 1, valueExt: 2, unit: d, element: t.c, driver: analytics, description: d}, {property: own, value: }]\n",
            "authoritativeDefinitions: [{url: u, type: tutorial, description: d}]\n",
            "customProperties: [{property: p, value: }, {property: q, value: {a: b}}]\ncontractCreatedTs: '2024-01-01T00:00:00Z'\n",
            "schema: [{name: t, properties: [{name: c, logicalType: string}]}]\n");

    private static final List<String> TYPES = List.of(
            "logicalType: string",
            "logicalType: string, logicalTypeOptions: {minLength: 1, maxLength: 2, pattern: a, format: uuid}",
            "logicalType: string, physicalType: uuid",
            "logicalType: string, physicalType: VARBINARY(16)",
            "logicalType: date",
            "logicalType: date, physicalType: TIMESTAMP(6)",
            "logicalType: date, logicalTypeOptions: {format: 'yyyy-MM-dd HH:mm:ss', minimum: '2020-01-01'}",
            "logicalType: timestamp",
            "logicalType: timestamp, logicalTypeOptions: {timezone: true, defaultTimezone: Etc/UTC}",
            "logicalType: timestamp, physicalType: timestamp with time zone",
            "logicalType: time",
            "logicalType: number",
            "logicalType: number, physicalType: 'decimal(10, 2)'",
            "logicalType: number, physicalType: NUMBER(5)",
            "logicalType: number, logicalTypeOptions: {format: f32}",
            "logicalType: number, logicalTypeOptions: {format: f64, multipleOf: 0.5, exclusiveMinimum: 0, exclusiveMaximum: 5}",
            "logicalType: integer",
            "logicalType: integer, physicalType: BIGINT",
            "logicalType: boolean",
            "logicalType: array, items: {logicalType: string}, logicalTypeOptions: {minItems: 1, maxItems: 2, uniqueItems: true}",
            "logicalType: object, properties: [{name: a, logicalType: string}, {name: b c, logicalType: array, items: {logicalType: object, properties: [{name: d, logicalType: date}]}}], logicalTypeOptions: {minProperties: 1, maxProperties: 2, required: [a]}",
            "logicalType: map, map: {key: {logicalType: string}, value: {logicalType: object, properties: [{name: a, logicalType: integer}]}}",
            "logicalType: vector, logicalTypeOptions: {dimensions: 3}",
            "logicalType: vector, logicalTypeOptions: {dimensions: 3, elementType: int8, distanceMetric: cosine, embeddingModel: m, normalized: true}",
            "physicalType: varchar(10)",
            "physicalType: INT",
            "physicalType: boolean",
            "physicalType: timestamptz",
            "physicalType: 'numeric(5,1)'");

    private static final List<String> SERVERS = List.of(
            "api",
            "athena",
            "azure",
            "bigquery",
            "clickhouse",
            "databricks",
            "denodo",
            "dremio",
            "duckdb",
            "exasol",
            "glue",
            "hana",
            "cloudsql",
            "db2",
            "hive",
            "iceberg",
            "impala",
            "informix",
            "kafka",
            "kinesis",
            "local",
            "mysql",
            "oracle",
            "postgresql",
            "postgres",
            "presto",
            "pubsub",
            "redshift",
            "s3",
            "sftp",
            "snowflake",
            "sqlserver",
            "synapse",
            "teradata",
            "trino",
            "vertica",
            "zen",
            "custom",
            "one-of-next-year");

    private static final List<String> PRODUCT_BLOCKS = List.of(
            "name: Shop\nstatus: draft\ntenant: t\n",
            "tags: [a]\n",
            "description: {purpose: p, limitations: l, usage: u}\n",
            "inputPorts: [{name: i, version: 1.0.0, contractId: c}, {name: j}]\n",
            "outputPorts: [{name: o, description: d, type: tables, version: 1.0.0, contractId: c, sbom: [{type: external, url: u}], inputContracts: [{id: i, version: 1.0.0}]}, {name: p}]\n",
            "managementPorts: [{name: m, content: control, type: rest, url: u, channel: c, description: d}]\n",
            "support: [{channel: c, url: u}]\n",
            "team: {name: t, members: [{username: u}]}\n",
            "customProperties: [{property: p, value: 1}]\nproductCreatedTs: '2024-01-01T00:00:00Z'\nauthoritativeDefinitions: [{url: u, type: t}]\n");

    @Test
    void testEveryCombinationOfBlocks()
    {
        for (int chosen = 0; chosen < 1 << BLOCKS.size(); chosen++) {
            String version = VERSIONS.get(chosen % VERSIONS.size());
            assertLoads("apiVersion: %s\nkind: DataContract\nid: i\nversion: 1.0.0\n".formatted(version) + blocks(BLOCKS, chosen));
        }
        for (int chosen = 0; chosen < 1 << PRODUCT_BLOCKS.size(); chosen++) {
            for (String version : List.of("v0.9.0", "v1.0.0", "v1.1.0")) {
                assertLoads("apiVersion: %s\nkind: DataProduct\nid: i\nversion: 1.0.0\ndomain: sales\n".formatted(version) + blocks(PRODUCT_BLOCKS, chosen));
            }
        }
    }

    @Test
    void testEveryTypeBecomesAColumn()
    {
        List<String> properties = new ArrayList<>(TYPES);
        List.of("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128").forEach(format -> properties.add("logicalType: integer, logicalTypeOptions: {format: %s}".formatted(format)));
        for (String version : VERSIONS) {
            for (String type : properties) {
                for (String more : List.of("", ", required: true, unique: true, primaryKey: true, primaryKeyPosition: 1, classification: c, encryptedName: e, criticalDataElement: true, examples: [1, a], transformSourceObjects: [t], transformLogic: l, transformDescription: d, partitioned: true, partitionKeyPosition: 1, tags: [t], businessName: b, description: d")) {
                    ContractDescriptor contract = (ContractDescriptor) assertLoads("apiVersion: %s\nkind: DataContract\nid: i\nversion: 1.0.0\nschema: [{name: t, properties: [{name: c, %s%s}]}]\n".formatted(version, type, more));
                    assertThat(contract.tables().getFirst().columns().getFirst().type()).as(type).isPresent();
                }
            }
        }
    }

    @Test
    void testEveryOperatorOfEveryMetric()
    {
        for (String metric : List.of(
                "metric: nullValues",
                "metric: missingValues, arguments: {missingValues: [null, '', N/A]}",
                "metric: invalidValues, arguments: {validValues: [a, b]}",
                "metric: invalidValues, arguments: {pattern: a}",
                "metric: invalidValues, pattern: a",
                "metric: duplicateValues",
                "metric: duplicateValues, arguments: {properties: [c, d]}",
                "metric: rowCount",
                "rule: rowCount",
                "type: sql, query: 'SELECT count(*) FROM {object}'")) {
            for (String operator : List.of("mustBe: 0", "mustNotBe: 0", "mustBeGreaterThan: 1", "mustBeGreaterOrEqualTo: 1.5", "mustBeLessThan: -1", "mustBeLessOrEqualTo: 1e3", "mustBeBetween: [1, 2]", "mustNotBeBetween: [0, 1]")) {
                for (String more : List.of("", ", unit: percent, dimension: accuracy, severity: error, businessImpact: operational, name: n, description: d, method: m, schedule: s, scheduler: cron, tags: [t], customProperties: [{property: a, value: }]")) {
                    String rule = "{%s, %s%s}".formatted(metric, operator, more);
                    ContractDescriptor contract = (ContractDescriptor) assertLoads("apiVersion: v3.2.0\nkind: DataContract\nid: i\nversion: 1.0.0\nschema: [{name: t, quality: [%s], properties: [{name: c, logicalType: string, quality: [%s]}]}]\n".formatted(rule, rule));
                    assertThat(contract.quality()).as(rule).hasSize(2).allSatisfy(written -> assertThat(written.threshold()).isPresent());
                }
            }
        }
    }

    @Test
    void testEveryServer()
    {
        for (String type : SERVERS) {
            ContractDescriptor contract = (ContractDescriptor) assertLoads(
                    """
                    apiVersion: v3.2.0
                    kind: DataContract
                    id: i
                    version: 1.0.0
                    servers: [{server: s, type: %s, description: d, environment: prod, account: a, catalog: c, database: d, dataset: e, delimiter: f, encoding: f, endpointUrl: g, format: iceberg, host: h, location: l, path: p, port: 1, project: p, region: r, regionName: r, schema: s, serviceName: s, stagingDir: s, stream: s, warehouse: w, workgroup: w, catalogUrl: c, namespace: n}]
                    """.formatted(type));
            assertThat(contract.servers().getFirst().type().orElseThrow().value()).isEqualTo(type);
        }
    }

    private static String blocks(List<String> blocks, int chosen)
    {
        StringBuilder text = new StringBuilder();
        for (int block = 0; block < blocks.size(); block++) {
            if ((chosen & 1 << block) != 0) {
                text.append(blocks.get(block));
            }
        }
        return text.toString();
    }

    private static Descriptor assertLoads(String text)
    {
        DescriptorFile file = DescriptorReader.read("c.yaml", text.getBytes(UTF_8));
        assertThat(file.problems()).as(text).isEmpty();
        assertThat(file.descriptors()).as(text).hasSize(1);
        assertThat(file.descriptors().getFirst().problems()).as(text).noneMatch(problem -> problem.severity() == Severity.ERROR);
        return file.descriptors().getFirst();
    }
}
