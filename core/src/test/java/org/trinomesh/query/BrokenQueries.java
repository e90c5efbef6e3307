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
package org.trinomesh.query;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

/**
 * A mesh of two stored products, eleven right queries on each other, and ten products of which each query has another mistake.
 */
public final class BrokenQueries
{
    public static final String MESH =
            """
            apiVersion: datamesh/v1
            kind: Mesh
            metadata: {name: test, owner: platform}
            spec:
              conformance: {interoperability: off, pii-handling: off}
              stewards: [{group: governance}]
              grants:
                - {domain: sales, storage: lake, namespaces: [sales]}
                - {domain: hr, storage: lake, namespaces: [hr]}
            """;

    private static final String STORED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: %1$s, domain: %2$s, owner: %2$s-team, version: 1.0.0}
            spec:
              description: A stored product
              outputPorts: [{name: sql, type: sql, catalog: lake, schema: %2$s, table: %1$s}]
              columns:
                - {name: id, type: bigint}
                - {name: region, type: varchar}
              accessControl:
                - {group: sales-analysts, permissions: [read]}
                - {domain: finance, permissions: [%3$s]}
            """;

    private static final String COMPUTED =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: %s, domain: finance, owner: financial-reporting, version: 1.0.0}
            spec:
              description: A product with a query
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  query:
            %s
              columns:
                - {name: id, type: bigint}
                - {name: region, type: varchar}
              accessControl:
                - {group: sales-analysts, permissions: [read]}
                - {domain: finance, permissions: [read, share]}
            """;

    private static final String STANDARD =
            """
            apiVersion: v1.0.0
            kind: DataProduct
            id: numbers
            name: numbers
            domain: finance
            version: 1.0.0
            status: active
            outputPorts:
              - name: numbers
                version: 1.0.0
                contractId: numbers-contract
                customProperties:
                  - property: trinoQuery
                    value: |
                      SELECT n.id, c.region
                      FROM sales.customers c
                      CROSS JOIN TABLE(sequence(1, 10)) AS n (id)
            """;

    private static final String STANDARD_CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: numbers-contract
            version: 1.0.0
            status: active
            schema:
              - name: numbers
                properties:
                  - {name: id, logicalType: integer, physicalType: bigint}
                  - {name: region, logicalType: string}
            roles:
              - {role: sales-analysts, access: read}
            """;

    /**
     * A product, and what is wrong with it.
     *
     * @param word of its file, at which the problem is
     */
    public record Broken(String name, Map<String, String> files, String problem, String word)
    {
        public Broken
        {
            files = ImmutableMap.copyOf(files);
        }
    }

    public static final List<Broken> BROKEN = ImmutableList.of(
            new Broken(
                    "clause",
                    inBlock("clause", "SELECT id, region", "FROM sales.customers", "GROUP region, id"),
                    "domains/finance/clause.yaml:14:19: error: the query is not SQL: mismatched input 'region'. Expecting: 'BY'; correct it; it is read with Trino's own parser",
                    "region, id"),
            new Broken(
                    "unknown",
                    inBlock("unknown", "SELECT c.id, c.region", "FROM sales.customers c JOIN sales.custmers d ON d.id = c.id"),
                    "domains/finance/unknown.yaml:13:41: error: the query of 'finance.unknown' reads sales.custmers, which does not exist, or which domain 'finance' may not publish; so nobody can read the product; correct the name, or ask the owner of the source for an entry of accessControl: {domain: finance, permissions: [read, share]}",
                    "sales.custmers"),
            new Broken(
                    "unshared",
                    inQuotes("unshared", "WITH s AS (TABLE hr.staff) SELECT id, region FROM s"),
                    "domains/finance/unshared.yaml:11:32: error: the query of 'finance.unshared' reads hr.staff, which does not exist, or which domain 'finance' may not publish; so nobody can read the product; correct the name, or ask the owner of the source for an entry of accessControl: {domain: finance, permissions: [read, share]}",
                    "hr.staff"),
            new Broken(
                    "cycle",
                    plain("cycle", "SELECT id, region FROM sales.customers UNION ALL SELECT id, region FROM cycle"),
                    "domains/finance/cycle.yaml:11:86: error: the query reads finance.cycle, which is this product itself; read what the product is made of",
                    "cycle\n"),
            new Broken(
                    "unnamed",
                    inBlock("unnamed", "SELECT id, upper(region) FROM sales.customers"),
                    "domains/finance/unnamed.yaml:15:7: error: column 'region' is promised, and the query of 'finance.unnamed' has no column of that name; so nobody can read the product; give a column of the query this name with AS, or remove it from the promise",
                    "{name: region"),
            new Broken(
                    "reader",
                    inQuotes("reader", "SELECT id, region FROM sales.customers WHERE region = current_user"),
                    "domains/finance/reader.yaml:11:69: error: the query depends on who reads it; remove it: a product has the same rows for everybody, and policies decide who sees which of them",
                    "current_user"),
            new Broken(
                    "numbers",
                    ImmutableMap.of("domains/finance/numbers.yaml", STANDARD, "domains/finance/numbers-contract.yaml", STANDARD_CONTRACT),
                    "domains/finance/numbers.yaml:17:28: error: the query calls the table function 'sequence'; write what it computes as SQL; UNNEST(sequence(...)) makes rows of numbers",
                    "sequence(1"),
            new Broken(
                    "catalog",
                    inBlock("catalog", "", "SELECT customers.id, customers.region", "  FROM mesh.sales.customers"),
                    "domains/finance/catalog.yaml:14:20: error: domain 'finance' may not publish tables of schema 'sales' of the Trino catalog 'mesh'; if you mean the data product, write sales.customers, without the catalog; or ask the platform for a grant in the Mesh document: {domain: finance, trinoCatalog: mesh, schemas: [sales], runAs: ...}",
                    "mesh.sales"),
            new Broken(
                    "file",
                    ImmutableMap.of(
                            "domains/finance/file.yaml", computed("file", "file: queries/file.sql"),
                            "domains/finance/queries/file.sql", "-- customers\nSELECT id, region\nFROM sales.customers\nWHERE region LIKE 'w%' ADN id > 1\n"),
                    "domains/finance/queries/file.sql:4:24: error: the query is not SQL: mismatched input 'ADN'. Expecting: '%', '*', '+', '-', '.', '/', 'AND', 'AT', 'ESCAPE', 'EXCEPT', 'FETCH', 'GROUP', 'HAVING', 'INTERSECT', 'LIMIT', 'OFFSET', 'OR', 'ORDER', 'UNION', 'WINDOW', '[', '||', <EOF>; correct it; it is read with Trino's own parser",
                    "ADN"),
            new Broken(
                    "deep",
                    plain("deep", "SELECT id, region FROM level_11"),
                    "domains/finance/deep.yaml:11:37: error: the query reads finance.level_11, which is computed through more than 10 other queries; read a product that comes before it, or store one of those between",
                    "level_11"));

    private BrokenQueries() {}

    /**
     * The documents of the products that are right, and of the mesh.
     */
    public static Map<String, String> good()
    {
        return ImmutableMap.<String, String>builder()
                .put("mesh.yaml", MESH)
                .put("domains/sales/customers.yaml", STORED.formatted("customers", "sales", "read, share"))
                .put("domains/hr/staff.yaml", STORED.formatted("staff", "hr", "read"))
                .putAll(goodNames().stream().collect(toImmutableMap(
                        "domains/finance/%s.yaml"::formatted,
                        name -> computed(name, "sql: SELECT id, region FROM " + (name.equals("level_1") ? "sales.customers" : "level_" + (Integer.parseInt(name.substring("level_".length())) - 1))))))
                .buildOrThrow();
    }

    /**
     * The names of the right products of the domain finance.
     */
    public static List<String> goodNames()
    {
        return IntStream.rangeClosed(1, 11).mapToObj("level_%s"::formatted).collect(toImmutableList());
    }

    private static Map<String, String> inBlock(String name, String... lines)
    {
        return ImmutableMap.of("domains/finance/%s.yaml".formatted(name), computed(name, "sql: |\n            " + String.join("\n            ", lines).replace("            \n", "\n")));
    }

    private static Map<String, String> inQuotes(String name, String sql)
    {
        return ImmutableMap.of("domains/finance/%s.yaml".formatted(name), computed(name, "sql: \"%s\"".formatted(sql)));
    }

    private static Map<String, String> plain(String name, String sql)
    {
        return ImmutableMap.of("domains/finance/%s.yaml".formatted(name), computed(name, "sql: " + sql));
    }

    /**
     * @param query what is written below {@code query:}, where lines are indented by 8
     */
    public static String computed(String name, String query)
    {
        return COMPUTED.formatted(name, "        " + query);
    }
}
