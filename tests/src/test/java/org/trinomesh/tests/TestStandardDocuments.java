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
 * A domain that writes the documents of the open standards and nothing else. Ana has the contract's reading role, sam is the
 * steward of the product by it, gus oversees the mesh, and eve is nobody. A policy of the mesh masks what the contract
 * classifies as confidential, and hides what it classifies as restricted.
 */
final class TestStandardDocuments
        extends AbstractTestQueryFramework
{
    private static final MeshDocument MESH = MeshDocument.granting("sales")
            .with("environment", "prod")
            .with("stewards", "[{group: governance}]")
            .with("conformance", "{interoperability: audit, pii-handling: off}");

    private static final String POLICY =
            """
            apiVersion: datamesh/v1
            kind: GovernancePolicy
            metadata: {name: privacy, owner: governance}
            spec:
              masks:
                - id: confidential-mails
                  match: {classifications: [confidential]}
                  mask: email-domain
                  except: [{role: sales-data-team}]
              hiddenColumns:
                - id: restricted
                  match: {classifications: [restricted]}
            """;

    private static final String PRODUCT =
            """
            apiVersion: v1.1.0
            kind: DataProduct
            id: shop-orders-product
            name: Shop Orders
            version: 2.0.0
            status: active
            domain: sales
            type: sourceAligned
            tags: [shop]
            description: {purpose: Orders of the shop}
            outputPorts:
              - {name: orders, type: tables, version: 1.0.0, contractId: shop-orders}
            managementPorts:
              - {name: health, content: observability, url: "https://shop.example/health"}
            team: {name: sales-data-team}
            """;

    private static final String CONTRACT =
            """
            apiVersion: v3.1.0
            kind: DataContract
            id: shop-orders
            name: shop-orders-contract
            version: 1.2.0
            status: active
            domain: sales
            description: {purpose: Every order once, limitations: No returns}
            servers:
              - {server: prod-lake, type: trino, environment: prod, host: trino.example, port: 443, catalog: lake, schema: sales}
              - {server: test-lake, type: trino, environment: test, host: trino.example, port: 443, catalog: lake_test, schema: sales}
            schema:
              - name: shop_orders
                physicalName: orders_tbl
                tags: [finance]
                properties:
                  - {name: order_id, logicalType: integer, logicalTypeOptions: {format: i64}, required: true, primaryKey: true, primaryKeyPosition: 1}
                  - name: email
                    physicalName: mail
                    businessName: e-mail address
                    encryptedName: ssn
                    logicalType: string
                    classification: confidential
                    tags: [pii]
                  - name: ssn
                    logicalType: string
                    classification: restricted
                    relationships: [{to: buyers.ssn}]
                  - name: buyer
                    logicalType: string
                    relationships: [{to: buyers.buyer_id}]
                  - {name: placed_at, logicalType: timestamp, relationships: [{to: buyrs.id}]}
              - name: buyers
                physicalName: buyers_tbl
                properties:
                  - {name: buyer_id, logicalType: string, required: true}
                  - {name: ssn, logicalType: string, classification: restricted}
            price: {priceAmount: 1.5, priceCurrency: EUR, priceUnit: month}
            team:
              name: sales-data-team
              members:
                - {username: sam, role: owner, dateIn: "2024-01-01"}
                - {username: old, role: owner, dateIn: "2020-01-01", dateOut: "2024-01-01"}
            roles:
              - {role: sales-analysts, access: read, firstLevelApprovers: Head of Sales}
              - {role: sales-data-team, access: "read, admin"}
            support:
              - {channel: shop-help, tool: slack, scope: issues, url: "https://chat.example/shop"}
            authoritativeDefinitions:
              - {type: canonicalUrl, url: "https://docs.example/orders"}
              - {type: implementation, url: "https://lake.example/orders"}
            customProperties:
              - {property: cluster, value: lake-7}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("governance/privacy.yaml", POLICY)
                .write("domains/sales/shop.odps.yaml", PRODUCT)
                .write("domains/sales/shop.odcs.yaml", CONTRACT)
                .start());
        for (@Language("SQL") String sql : List.of(
                "CREATE SCHEMA lake.sales",
                "CREATE TABLE lake.sales.orders_tbl AS SELECT BIGINT '1' order_id, VARCHAR 'ada@example.org' mail, VARCHAR '078-05-1120' ssn, VARCHAR 'b1' buyer, TIMESTAMP '2026-01-01 10:00:00.000000' placed_at, VARCHAR 'x' not_promised",
                "CREATE TABLE lake.sales.buyers_tbl AS SELECT VARCHAR 'b1' buyer_id, VARCHAR '078-05-1120' ssn")) {
            mesh.runPipeline(sql);
        }
        return mesh.runner();
    }

    @Test
    void testTheContractSaysWhatIsServed()
    {
        assertThat(mesh.rows("sam", "SELECT severity, file, line, \"column\", message, remedy FROM mesh.system.problems")).containsExactly(
                "warning, domains/sales/shop.odcs.yaml, 32, 72, the relationship is not understood: neither the contract nor domain 'sales' has a table 'buyrs', or none that you may discover, write 'buyers.id'");
        assertThat(mesh.rows("ana", "SELECT message FROM mesh.system.problems")).isEmpty();
        assertThat(mesh.rows("eve", "SELECT message FROM mesh.system.problems")).isEmpty();
        assertThat(mesh.rows("ana", "SHOW TABLES FROM mesh.sales")).containsExactly("shop_orders", "shop_orders__buyers");
        assertThat(mesh.rows("ana", "DESCRIBE mesh.sales.shop_orders")).extracting(row -> row.substring(0, row.indexOf(", ", row.indexOf(',') + 1)))
                .containsExactly("order_id, bigint", "email, varchar", "buyer, varchar", "placed_at, timestamp(6)");
        assertThat(mesh.rows("ana", "SELECT * FROM mesh.sales.shop_orders JOIN mesh.sales.shop_orders__buyers ON buyer = buyer_id"))
                .containsExactly("1, ****@example.org, b1, 2026-01-01T10:00, b1");
        assertThat(mesh.rows("sam", "SELECT email FROM mesh.sales.shop_orders")).containsExactly("ada@example.org");
        assertThat(mesh.failure("eve", "SELECT * FROM mesh.sales.shop_orders")).contains("does not exist");
        assertThat(mesh.rows("ana", "SELECT name, display_name, owner, version, archetype, contract, contract_version, how_to_ask FROM mesh.system.data_products"))
                .containsExactly("shop_orders, Shop Orders, sales-data-team, 2.0.0, source-aligned, shop-orders-contract, 1.2.0, sales-data-team via shop-help (https://chat.example/shop)");
    }

    @Test
    void testWhatTheContractSaysIsListed()
    {
        assertThat(mesh.rows("ana", "SELECT version, contract, id, contract_version, standard, status, owner, description, limitations, team, approvers, price_amount, definitions, custom_properties, document FROM mesh.system.contracts"))
                .containsExactly("2.0.0, shop-orders-contract, shop-orders, 1.2.0, v3.1.0, active, sales-data-team, Every order once, No returns, [sam (owner)], [Head of Sales], 1.5, [canonicalUrl: https://docs.example/orders], null, null");
        // The document names the restricted column, which the policy hides from everybody
        assertThat(mesh.rows("sam", "SELECT definitions, custom_properties, document FROM mesh.system.contracts"))
                .containsExactly("[canonicalUrl: https://docs.example/orders, implementation: https://lake.example/orders], [cluster: lake-7], null");
        assertThat(mesh.rows("ana", "SELECT channel, tool, scope, url FROM mesh.system.support_channels")).containsExactly("shop-help, slack, issues, https://chat.example/shop");
        assertThat(mesh.rows("ana", "SELECT port, content, type, address FROM mesh.system.management_ports")).containsExactly("health, observability, rest, https://shop.example/health");
        assertThat(mesh.rows("ana", "SELECT table_name, column_names, to_domain, to_table, to_columns, target FROM mesh.system.relationships"))
                .containsExactly("shop_orders, [buyer], sales, shop_orders__buyers, [buyer_id], null");
        assertThat(mesh.rows("sam", "SELECT column_names, target FROM mesh.system.relationships")).containsExactly("[buyer], [buyers.buyer_id]", "[placed_at], [buyrs.id]");
        assertThat(mesh.rows("ana", "SELECT table_name, column_name, tag, inherited_from FROM mesh.system.tags ORDER BY 1 NULLS FIRST, 2, 3")).containsExactly(
                "null, null, shop, null",
                "shop_orders, buyer, finance, null",
                "shop_orders, buyer, shop, sales.shop_orders",
                "shop_orders, email, finance, null",
                "shop_orders, email, pii, null",
                "shop_orders, email, shop, sales.shop_orders",
                "shop_orders, order_id, finance, null",
                "shop_orders, order_id, shop, sales.shop_orders",
                "shop_orders, placed_at, finance, null",
                "shop_orders, placed_at, shop, sales.shop_orders",
                "shop_orders__buyers, buyer_id, shop, sales.shop_orders");
        assertThat(mesh.rows("ana", "SELECT column_name, business_name, primary_key_position, is_unique, encrypted_column FROM mesh.system.columns WHERE table_name = 'shop_orders'")).containsExactly(
                "order_id, null, 1, false, null",
                "email, e-mail address, null, false, null",
                "buyer, null, null, false, null",
                "placed_at, null, null, false, null");
        for (String table : List.of("columns", "contracts", "relationships", "support_channels", "management_ports", "tags")) {
            assertThat(mesh.rows("eve", "SELECT * FROM mesh.system." + table)).as(table).isEmpty();
            assertThat(mesh.rows("ana", "SELECT * FROM mesh.system." + table)).as(table).noneMatch(row -> row.contains("ssn") || row.contains("_tbl") || row.contains("lake"));
            assertThat(mesh.rows("sam", "SELECT * FROM mesh.system." + table)).as(table).noneMatch(row -> row.contains("ssn"));
        }
    }
}
