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

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Sets;
import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.QueryRunner;
import org.intellij.lang.annotations.Language;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableListMultimap.toImmutableListMultimap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sam is the steward of every product and of the mesh, so that he sees whatever could be joined. Orders are served in two major
 * versions of two tables each, their domain and the calls are written with other letters than SQL has, and one
 * document breaks its promise, so that it is refused.
 */
final class TestJoinKeys
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.of(
                    "{domain: web-shop, storage: lake, namespaces: [shop]}",
                    "{domain: customer-care, storage: lake, namespaces: [care]}")
            .with("stewards", "[{user: sam}, {group: governance}]")
            .with("conformance", "{interoperability: audit, pii-handling: off}");

    private static final String DOMAIN =
            """
            apiVersion: datamesh/v1
            kind: Domain
            metadata: {name: web-shop, owner: sales-data-team, description: The shop}
            """;

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - {id: mask-email, match: {columns: [email]}, mask: email-domain, principals: [{group: sales-analysts}]}
            """;

    private static final String SHOP_POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: shop, owner: sales-data-team}
            spec:
              masks:
                - {id: mask-address, match: {columns: [address]}, mask: replace-with-null, principals: [{group: sales-analysts}]}
            """;

    private static final String ORDERS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: web-orders, domain: web-shop, owner: sales-data-team, version: 2.0.0, aliases: [orders], tags: [orders]}
            spec:
              description: Orders
              slos: {freshness: {target: 4h}}
              sampleQueries:
                - {title: All, sql: SELECT * FROM mesh.web_shop.web_orders}
              inputPorts:
                - {name: calls, type: data-product, source: customer-care.call-log}
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  catalog: lake
                  schema: shop
                  tables:
                    - {table: orders, main: true}
                    - {table: lines, name: order-lines, columns: [{name: order_id, type: varchar}, {name: item, type: varchar, nullable: false, tags: [goods]}]}
              columns:
                - {name: order_id, type: varchar, nullable: false, unique: true, derivedFrom: [customer-care.call-log.call_id]}
                - {name: email, type: varchar}
                - {name: address, type: "row(street varchar)"}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
                - {user: sam, permissions: [read, admin]}
                - {domain: web-shop, permissions: [read, share]}
              support:
                - {channel: "#orders"}
            """;

    private static final String OLD_ORDERS = ORDERS
            .replace("version: 2.0.0, aliases: [orders]", "version: 1.4.0, status: deprecated")
            .replace("slos: {freshness: {target: 4h}}", "slos: {freshness: {target: 4h}, volume: {target: 1 row}}\n  deprecation: {deprecatedOn: 2026-03-31, endOfLife: 2999-09-30}")
            .replace("table: orders", "table: orders_1")
            .replace("table: lines", "table: lines_1");

    private static final String ITEMS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: ordered-items, domain: web-shop, owner: sales-data-team, version: 1.0.0}
            spec:
              description: How many orders have an item
              outputPorts:
                - name: sql
                  type: sql
                  engine: trino
                  query:
                    sql: SELECT order_id, count(*) AS orders FROM web_shop.web_orders GROUP BY order_id
                    materialized: {storage: lake, schema: shop, table: ordered_items}
              columns:
                - {name: order_id, type: varchar}
                - {name: orders, type: bigint}
              accessControl:
                - {user: sam, permissions: [read, admin]}
            """;

    private static final String ORDERS_CONTRACT =
            """
            apiVersion: datacontract/v1
            kind: DataContract
            metadata: {name: orders-contract, version: 7.1.0, owner: sales-data-team}
            producer: {domain: web-shop, dataProduct: web-orders}
            consumers:
              - {domain: marketing, team: marketing-analytics, useCase: Segments}
            quality:
              rules:
                - {name: mail, column: email, check: regex, pattern: "@", severity: warning}
            """;

    private static final String CALLS =
            """
            apiVersion: v1.1.0
            kind: DataProduct
            id: call-log-product
            name: Call Log
            version: 3.2.1
            status: active
            domain: customer-care
            tags: [calls]
            description: {purpose: Who called}
            outputPorts:
              - {name: calls, type: tables, version: 1.0.0, contractId: calls}
            managementPorts:
              - {name: health, content: observability, url: "https://shop.example/health"}
            team: {name: care-team}
            """;

    private static final String CALLS_CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: calls
            name: calls-contract
            version: 1.2.0
            status: active
            domain: customer-care
            description: {purpose: Every call once}
            servers:
              - {server: prod, type: trino, environment: prod, host: trino.example, port: 443, catalog: lake, schema: care}
            schema:
              - name: call_log
                physicalName: calls
                properties:
                  - {name: call_id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
                  - {name: order_id, logicalType: string, tags: [link], relationships: [{to: web-shop.web-orders_v1.order_id}]}
                  - {name: latest, logicalType: string, relationships: [{to: web-shop.web-orders_v2.order_id}]}
            team: {name: care-team}
            roles:
              - {role: sales-data-team, access: "read, admin"}
              - {role: sales-analysts, access: read}
            support:
              - {channel: help, tool: slack, scope: issues, url: "https://chat.example/help"}
            """;

    private static final String EVENTS =
            """
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"soda","run":{"runId":"1"},"job":{"namespace":"soda","name":"scan"},"inputs":[{"namespace":"mesh","name":"mesh.web_shop.web_orders_v1","inputFacets":{"dataQualityAssertions":{"assertions":[{"assertion":"not_null","column":"order_id","success":true},{"assertion":"mail","column":"email","success":false},{"assertion":"not_null","column":"address.street","success":true},{"assertion":"row_count","success":true},{"assertion":"not_null","column":"nowhere","success":true}]}}}]}
            {"eventType":"COMPLETE","eventTime":"2026-05-01T06:00:00Z","producer":"trino","run":{"runId":"2"},"job":{"namespace":"trino://host:8080","name":"pipeline"},"inputs":[{"namespace":"trino://host:8080","name":"lake.care.calls"}],"outputs":[{"namespace":"trino://host:8080","name":"lake.shop.lines_1","facets":{"columnLineage":{"fields":{"item":{"inputFields":[{"namespace":"trino://host:8080","name":"lake.care.calls","field":"order_id"}]}}}}}]}
            """;

    /**
     * What identifies something, from the widest to the narrowest.
     */
    private static final List<String> KEYS = ImmutableList.of("domain", "product", "version", "table_name", "column_name");

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();

    private EmbeddedMesh mesh;
    private ImmutableListMultimap<String, String> columns;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        MeshDirectory results = closeAfterClass(MeshDirectory.create()).write("runs/events.jsonl", EVENTS);
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/web-shop/domain.yaml", DOMAIN)
                .write("domains/web-shop/governance/shop.yaml", SHOP_POLICY)
                .write("domains/web-shop/orders-2/product.yaml", ORDERS)
                .write("domains/web-shop/orders-1/product.yaml", OLD_ORDERS)
                .write("domains/web-shop/orders-1/contract.yaml", ORDERS_CONTRACT)
                .write("domains/web-shop/orders-2/contract.yaml", ORDERS_CONTRACT)
                .write("domains/web-shop/ordered-items/product.yaml", ITEMS)
                .write("domains/customer-care/calls.odps.yaml", CALLS)
                .write("domains/customer-care/calls.odcs.yaml", CALLS_CONTRACT)
                .addMeshProperty("mesh.results", results.path().toString())
                .start());
        for (@Language("SQL") String sql : List.of(
                "CREATE SCHEMA lake.shop",
                "CREATE SCHEMA lake.care",
                "CREATE TABLE lake.shop.orders AS SELECT '1' order_id, 'a@b' email, CAST(ROW('here') AS row(street varchar)) address, '' note",
                "CREATE TABLE lake.shop.orders_1 AS SELECT '1' order_id, 'a@b' email, CAST(ROW('here') AS row(street varchar)) address",
                // The table lacks a column, and differs from its promise
                "CREATE TABLE lake.shop.lines_1 AS SELECT '1' order_id",
                "CREATE TABLE lake.shop.lines AS SELECT '1' order_id, 'cup' item",
                "CREATE TABLE lake.care.calls AS SELECT '1' call_id, '1' order_id, '1' latest")) {
            mesh.runPipeline(sql);
        }
        String changed = ORDERS.replace("version: 2.0.0", "version: 2.1.0").replace("    - {name: email,", "    - {name: note, type: varchar}\n    - {name: email,");
        mesh.publish("domains/web-shop/orders-2/product.yaml", changed);
        mesh.publish("domains/web-shop/orders-2/product.yaml", changed.replace("version: 2.1.0", "version: 2.1.1").replace("description: Orders", "description: All orders"));
        mesh.publish("domains/web-shop/orders-1/product.yaml", OLD_ORDERS.replace("version: 1.4.0", "version: 1.5.0").replace("    - {name: address, type: \"row(street varchar)\"}\n", ""));
        assertThat(mesh.rows("sam", "SELECT order_id FROM mesh.web_shop.web_orders_v1")).containsExactly("1");
        assertThat(mesh.failure("sam", "SELECT * FROM mesh.web_shop.web_orders_v1__order_lines")).contains("is out of service");
        columns = mesh.rows("sam", "SELECT table_name, column_name FROM mesh.information_schema.columns WHERE table_schema = 'system'").stream()
                .map(row -> Splitter.on(", ").splitToList(row))
                .collect(toImmutableListMultimap(List::getFirst, List::getLast));
        return mesh.runner();
    }

    @Test
    void testTheMeshHasSomethingToJoin()
    {
        assertThat(mesh.rows("sam", "SELECT message FROM mesh.system.problems WHERE severity = 'error' ORDER BY 1")).containsExactly(
                "column 'web_orders.address' is no longer promised, which breaks what version 1.4.0 of 'web_shop.web_orders' promised",
                "column item is promised and the table has no column of that name");
        assertThat(mesh.rows("sam", "SELECT name, domain, product, version, display_name, table_name, contract, contract_version FROM mesh.system.data_products ORDER BY 2, 3, 4")).containsExactly(
                "call_log, customer_care, call_log, 3.2.1, Call Log, call_log, calls-contract, 1.2.0",
                "ordered_items, web_shop, ordered_items, 1.0.0, ordered-items, ordered_items, null, null",
                "web_orders, web_shop, web_orders, 1.4.0, web-orders, web_orders_v1, orders-contract, 7.1.0",
                "web_orders, web_shop, web_orders, 2.1.1, web-orders, web_orders, orders-contract, 7.1.0");
        assertThat(mesh.rows("sam", "SELECT name, domain, display_name FROM mesh.system.domains ORDER BY 1")).containsExactly(
                "customer_care, customer_care, customer-care",
                "web_shop, web_shop, web-shop");
        assertThat(mesh.rows("sam", "SELECT version, changed_version, table_name, kind FROM mesh.system.schema_changes WHERE source = 'contract' ORDER BY 1")).containsExactly(
                // What is refused is not the version that is served
                "1.4.0, 1.5.0, web_orders_v1, column_removed",
                "2.1.1, 2.1.1, web_orders, column_added");
        // Without a row a table could not be wrong
        assertThat(columns.keySet().stream().flatMap(table -> keys(table).stream().filter(key -> values(table, ImmutableList.of(key)).isEmpty()).map(key -> table + "." + key))).isEmpty();
        assertThat(mesh.rows("sam", "SELECT generation FROM mesh.system.registry")).hasSize(1);
    }

    @Test
    void testEveryKeyIsKnown()
    {
        for (String table : columns.keySet()) {
            List<String> keys = keys(table);
            if (keys.contains("domain")) {
                assertThat(orphans(table, ImmutableList.of("domain"), "mesh.system.domains")).as(table).isEmpty();
            }
            if (keys.contains("product")) {
                assertThat(keys).as(table).contains("domain");
                assertThat(orphans(table, keys.stream().filter(List.of("domain", "product", "version")::contains).toList(), "mesh.system.data_products")).as(table).isEmpty();
            }
            if (keys.contains("table_name")) {
                assertThat(orphans(table, ImmutableList.of("domain", "table_name"), "(SELECT table_schema AS domain, table_name FROM mesh.information_schema.tables)")).as(table).isEmpty();
                assertThat(orphans(table, ImmutableList.of("domain", "product", "version", "table_name"), "mesh.system.columns")).as(table).isEmpty();
            }
            if (keys.contains("column_name")) {
                assertThat(orphans(table, keys, "mesh.system.columns")).as(table).isEmpty();
                assertThat(orphans(table, keys.stream().filter(key -> !key.equals("table_name")).toList(), "mesh.system.columns")).as(table).isEmpty();
            }
            if (columns.get(table).contains("contract_version")) {
                assertThat(orphans(table, ImmutableList.of("domain", "product", "version", "contract", "contract_version"), "mesh.system.contracts")).as(table).isEmpty();
            }
        }
    }

    @Test
    void testBothEndsOfRelationshipsAndOfLineageAreKnown()
    {
        for (String end : List.of("from", "to")) {
            @Language("SQL") String products = "SELECT %1$s_product FROM mesh.system.%2$s WHERE %1$s_product IS NOT NULL AND (%1$s_domain, %1$s_product, %1$s_version) NOT IN (SELECT domain, product, version FROM mesh.system.data_products)";
            assertThat(mesh.rows("sam", products.formatted(end, "lineage"))).isEmpty();
            assertThat(mesh.rows("sam", products.formatted(end, "column_lineage"))).isEmpty();
            assertThat(mesh.rows("sam",
                    """
                    SELECT %1$s_table FROM mesh.system.column_lineage
                    WHERE %1$s_product IS NOT NULL AND %1$s_column <> '*'
                    AND (%1$s_domain, %1$s_product, %1$s_version, %1$s_table, split_part(%1$s_column, '.', 1)) NOT IN (SELECT domain, product, version, table_name, column_name FROM mesh.system.columns)
                    """.formatted(end))).isEmpty();
        }
        assertThat(mesh.rows("sam", "SELECT from_version, from_table, to_version, to_table FROM mesh.system.column_lineage WHERE kind = 'observed'")).containsExactly("3.2.1, call_log, 1.4.0, web_orders_v1__order_lines");
        // The current version has one name, whatever the contract calls it
        assertThat(mesh.rows("sam", "SELECT to_domain, to_table FROM mesh.system.relationships ORDER BY 2")).containsExactly("web_shop, web_orders", "web_shop, web_orders_v1");
        assertThat(mesh.rows("sam", "SELECT name, domain, product, version FROM TABLE(mesh.system.impact('customer_care', 'call_log')) WHERE kind = 'product' ORDER BY 1")).containsExactly(
                "web_shop.ordered_items, web_shop, ordered_items, 1.0.0",
                "web_shop.web_orders, web_shop, web_orders, 2.1.1",
                "web_shop.web_orders_v1, web_shop, web_orders, 1.4.0");
        assertThat(mesh.rows("sam", "SELECT DISTINCT to_domain, to_product, to_version FROM TABLE(mesh.system.lineage('customer_care', 'call_log', 'downstream', 1)) WHERE to_kind = 'product' ORDER BY 3")).containsExactly(
                "web_shop, web_orders, 1.4.0",
                "web_shop, web_orders, 2.1.1");
        assertThat(mesh.rows("sam", "SELECT domain, product, version, table_name FROM TABLE(mesh.system.search('orders')) ORDER BY 3")).contains(
                "web_shop, web_orders, 1.4.0, web_orders_v1",
                "web_shop, web_orders, 2.1.1, web_orders");
    }

    @Test
    void testNothingIsThereTwice()
    {
        for (String table : columns.keySet()) {
            String name = "mesh.system." + table;
            assertThat(mesh.rows("sam", "SELECT count(*) FROM " + name)).as(table).isEqualTo(mesh.rows("sam", "SELECT count(*) FROM (SELECT DISTINCT * FROM " + name + ")"));
        }
        // Each table by one name
        for (String table : columns.keySet().stream().filter(table -> keys(table).contains("table_name")).toList()) {
            assertThat(mesh.rows("sam", "SELECT product, version, count(DISTINCT table_name) FROM mesh.system.%s GROUP BY 1, 2".formatted(table))).as(table)
                    .isSubsetOf("call_log, 3.2.1, 1", "ordered_items, 1.0.0, 0", "ordered_items, 1.0.0, 1", "web_orders, 1.4.0, 1", "web_orders, 1.4.0, 2", "web_orders, 2.1.1, 0", "web_orders, 2.1.1, 1", "web_orders, 2.1.1, 2");
        }
        for (String table : List.of("columns", "my_access")) {
            assertThat(mesh.rows("sam", "SELECT DISTINCT domain, table_name FROM mesh.system.%s ORDER BY 1, 2".formatted(table))).as(table).containsExactly(
                    "customer_care, call_log",
                    "web_shop, ordered_items",
                    "web_shop, web_orders",
                    "web_shop, web_orders__order_lines",
                    "web_shop, web_orders_v1",
                    "web_shop, web_orders_v1__order_lines");
            assertThat(mesh.rows("sam", "SELECT domain, table_name, column_name FROM mesh.system.%s GROUP BY 1, 2, 3 HAVING count(*) > 1".formatted(table))).as(table).isEmpty();
        }
        assertThat(mesh.rows("sam", "SELECT domain, product, version FROM mesh.system.data_products GROUP BY 1, 2, 3 HAVING count(*) > 1")).isEmpty();
        assertThat(mesh.rows("sam", "SELECT domain FROM mesh.system.domains GROUP BY 1 HAVING count(*) > 1")).isEmpty();
    }

    /**
     * Who spells a key in another way than another table finds less there than who does not mind the spelling.
     */
    @Test
    void testEveryPairJoins()
    {
        List<String> tables = columns.keySet().stream().filter(table -> keys(table).contains("product")).sorted().collect(toImmutableList());
        assertThat(tables).hasSizeGreaterThan(15);
        for (int left = 0; left < tables.size(); left++) {
            for (String right : tables.subList(left + 1, tables.size())) {
                List<String> shared = keys(tables.get(left)).stream().filter(keys(right)::contains).collect(toImmutableList());
                Set<List<String>> leftValues = values(tables.get(left), shared);
                Set<List<String>> rightValues = values(right, shared);
                assertThat(loose(Sets.intersection(leftValues, rightValues))).as("%s and %s by %s", tables.get(left), right, shared)
                        .isEqualTo(Sets.intersection(loose(leftValues), loose(rightValues)));
            }
        }
    }

    private static Set<List<String>> loose(Set<List<String>> values)
    {
        return values.stream()
                .map(row -> row.stream().map(value -> value.toLowerCase(ENGLISH).replaceAll("[- ]", "_").replaceAll("^[a-z_]+[.]|_v[0-9]+(?=$|__)|[.].*", "")).collect(toImmutableList()))
                .collect(toImmutableSet());
    }

    private List<String> orphans(String table, List<String> keys, String known)
    {
        return mesh.rows("sam", "SELECT DISTINCT %1$s FROM mesh.system.%2$s WHERE %3$s EXCEPT SELECT %1$s FROM %4$s".formatted(
                String.join(", ", keys),
                table,
                keys.stream().map("%s IS NOT NULL"::formatted).collect(joining(" AND ")),
                known));
    }

    /**
     * The values that a table has of all of these keys.
     */
    private Set<List<String>> values(String table, List<String> keys)
    {
        List<String> all = keys(table);
        return known.computeIfAbsent(table, _ -> mesh.rows("sam", "SELECT DISTINCT %s FROM mesh.system.%s".formatted(String.join(", ", all), table))).stream()
                .map(row -> Splitter.on(", ").splitToList(row))
                .map(row -> keys.stream().map(key -> row.get(all.indexOf(key))).collect(toImmutableList()))
                .filter(row -> !row.contains("null"))
                .collect(toImmutableSet());
    }

    private List<String> keys(String table)
    {
        return KEYS.stream().filter(columns.get(table)::contains).collect(toImmutableList());
    }
}
