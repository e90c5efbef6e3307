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
package org.trinomesh.tests.bench;

import com.google.common.collect.ImmutableList;
import org.trinomesh.tests.MeshDirectory;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import static java.util.stream.Collectors.joining;

/**
 * A thousand products in ten domains, each with a descriptor and a contract, as a large organisation has them. The first
 * table of the first domain has the columns of all.
 */
final class GeneratedMesh
{
    static final int DOMAINS = 10;
    static final int PRODUCTS_PER_DOMAIN = 100;
    static final int PRODUCTS = DOMAINS * PRODUCTS_PER_DOMAIN;
    static final String READER = "ana";

    private static final List<String> AVRO_TYPES = ImmutableList.of(
            "\"long\"",
            "[\"null\", \"string\"]",
            "[\"null\", {\"type\": \"int\", \"logicalType\": \"date\"}]",
            "[\"null\", \"double\"]");
    private static final List<String> SQL_TYPES = ImmutableList.of("bigint", "varchar", "date", "double");
    private static final int COLUMNS = 12;

    private GeneratedMesh() {}

    static String domain(int domain)
    {
        return "domain_%02d".formatted(domain);
    }

    static String product(int product)
    {
        return "product_%03d".formatted(product);
    }

    /**
     * The columns of every product's table in a CREATE TABLE.
     */
    static String columns()
    {
        return IntStream.range(0, COLUMNS)
                .mapToObj(column -> "column_%02d %s".formatted(column, SQL_TYPES.get(column % SQL_TYPES.size())))
                .collect(joining(", "));
    }

    static void write(MeshDirectory directory, String storage, String... grants)
            throws IOException
    {
        write(directory, storage, DOMAINS, grants);
    }

    /**
     * @param domains how many domains of a hundred products there are
     */
    static void write(MeshDirectory directory, String storage, int domains, String... grants)
            throws IOException
    {
        StringBuilder mesh = new StringBuilder(
                """
                apiVersion: datamesh/v1
                kind: Mesh
                metadata: {name: benchmark, owner: platform}
                spec:
                  conformance: {interoperability: off, pii-handling: off}
                  grants:
                """);
        for (String grant : grants) {
            mesh.append("    - ").append(grant).append('\n');
        }
        for (int domain = 0; domain < domains; domain++) {
            mesh.append("    - {domain: %1$s, storage: %2$s, namespaces: [%1$s]}\n".formatted(domain(domain), storage));
            for (int product = 0; product < PRODUCTS_PER_DOMAIN; product++) {
                directory.write(file(domain, product, "data-product"), descriptor(domain, product, storage, "As generated"));
                directory.write(file(domain, product, "data-contract"), contract(domain, product));
            }
        }
        directory.write("mesh.yaml", mesh.toString());
    }

    static void describe(MeshDirectory directory, String storage, int product, String description)
            throws IOException
    {
        directory.write(file(0, product, "data-product"), descriptor(0, product, storage, description));
    }

    /**
     * Writes the products again so that the domains may publish what their queries compute.
     *
     * @param queries whether a query over two others computes every fifth product
     */
    static void writeShared(MeshDirectory directory, String storage, int domains, boolean queries)
            throws IOException
    {
        for (int domain = 0; domain < domains; domain++) {
            for (int product = 0; product < PRODUCTS_PER_DOMAIN; product++) {
                String shared = descriptor(domain, product, storage, "As generated").replace("accessControl:\n", "accessControl:\n    - {domain: %s, permissions: [read, share]}\n".formatted(domain(domain)));
                directory.write(file(domain, product, "data-product"), queries && product % 5 == 4 ? computed(shared, product) : shared);
            }
        }
    }

    private static String computed(String descriptor, int product)
    {
        String columns = IntStream.range(0, COLUMNS)
                .mapToObj(column -> "%s.column_%02d".formatted(column % 2 == 0 ? "a" : "b", column))
                .collect(joining(", "));
        return descriptor.replaceFirst(
                "catalog: [^}]*[}]",
                "query: {sql: \"SELECT %s FROM %s a JOIN %s b ON b.column_00 = a.column_00 WHERE a.column_01 IS NOT NULL\"}}".formatted(columns, product(product - 1), product(product - 2)));
    }

    private static String file(int domain, int product, String kind)
    {
        return "domains/%s/%s/%s.yaml".formatted(domain(domain), product(product), kind);
    }

    private static String descriptor(int domain, int product, String storage, String description)
    {
        return """
               apiVersion: datamesh/v1
               kind: DataProduct
               metadata:
                 name: %2$s
                 domain: %1$s
                 owner: team-%1$s
                 version: 1.2.0
                 status: active
                 tags: [generated, benchmark]
               spec:
                 description: %4$s
                 classification: {type: aggregate, tier: gold, pii: false}
                 inputPorts:
                   - {name: source, type: batch, source: erp, format: csv, schedule: "0 4 * * *"}
                 outputPorts:
                   - {name: sql, type: sql, engine: trino, catalog: %3$s, schema: %1$s, table: %2$s}
                 slos:
                   freshness: {target: 24h, measurement: last_updated_timestamp}
                   completeness: {target: 99%%, measurement: non_null_ratio}
                 governance: {dataClassification: internal, retentionPeriod: 2y, gdprCompliant: true}
                 accessControl:
                   - {user: %5$s, permissions: [read]}
                   - {group: team-%1$s, permissions: [read, write, admin]}
               """.formatted(domain(domain), product(product), storage, description, READER);
    }

    private static String contract(int domain, int product)
    {
        String fields = IntStream.range(0, COLUMNS)
                .mapToObj(column -> "        {\"name\": \"column_%02d\", \"type\": %s, \"doc\": \"Column %s\"}".formatted(column, AVRO_TYPES.get(column % AVRO_TYPES.size()), column))
                .collect(joining(",\n"));
        return """
               apiVersion: datacontract/v1
               kind: DataContract
               metadata: {name: %2$s-contract, version: 1.2.0, owner: team-%1$s}
               producer: {domain: %1$s, dataProduct: %2$s, team: team-%1$s, contact: %1$s@example.com}
               schema:
                 type: avro
                 specification: |
                   {"type": "record", "name": "Row", "namespace": "com.example", "fields": [
               %3$s
                   ]}
               quality:
                 rules:
                   - {column: column_00, check: unique}
               """.formatted(domain(domain), product(product), fields);
    }
}
