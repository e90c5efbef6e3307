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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Column;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.QualityRule;
import org.trinomesh.product.Relationship;
import org.trinomesh.product.SupportChannel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.product.QualityRule.Origin.WRITTEN;
import static org.trinomesh.registry.TestingMesh.meshOf;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.product;

/**
 * Documents of the open standards with all of their blocks, from the file to what is served.
 */
final class TestStandards
{
    private static final String MESH =
            """
            apiVersion: datamesh/v1
            kind: Mesh
            metadata: {name: standards}
            spec:
              environment: prod
              conformance: {interoperability: off, pii-handling: off}
              grants:
                - {domain: sales, storage: lake, namespaces: [sales]}
                - {domain: sales, storage: files, locations: ["s3://bucket/sales/"]}
                - {domain: logistics, storage: lake, namespaces: [logistics]}
            """;

    @Test
    void testAQueryInACustomProperty()
    {
        String product =
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: heavy-parcels
                name: heavy-parcels
                domain: logistics
                version: 1.0.0
                status: active
                outputPorts:
                  - name: heavy
                    version: 1.0.0
                    contractId: heavy-contract
                    customProperties:
                      - {property: trinoQuery, value: "SELECT parcel_number, weigth FROM parcel_shipments WHERE current_user = 'x'"}
                """;
        String contract =
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: heavy-contract
                version: 1.0.0
                status: active
                schema:
                  - name: heavy
                    properties:
                      - {name: parcel_number, logicalType: string}
                      - {name: weight, logicalType: number, physicalType: "decimal(9,3)"}
                roles:
                  - {role: planner, access: read}
                """;
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", MESH, "heavy.yaml", product, "contract.yaml", contract))))
                .contains("heavy.yaml:13:97: error: the query depends on who reads it; remove it: a product has the same rows for everybody, and policies decide who sees which of them");
        String correct = product.replace("weigth", "weight").replace(" WHERE current_user = 'x'", "");
        for (String written : List.of(correct, correct.replaceFirst("trinoQuery, value: .*", "trinoQueryFile, value: heavy.sql}"))) {
            Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", MESH, "domains/logistics/heavy.yaml", written, "domains/logistics/contract.yaml", contract, "domains/logistics/heavy.sql", "SELECT parcel_number, weight FROM parcel_shipments"));
            assertThat(problems(mesh)).isEmpty();
            ProductTable heavy = product(mesh, "logistics", "heavy_parcels").tables().getFirst();
            assertThat(heavy.query().orElseThrow().sources()).extracting(Object::toString).containsExactly("logistics.parcel_shipments");
            assertThat(heavy.columns()).extracting(column -> column.name() + " " + column.type()).containsExactly("parcel_number varchar", "weight decimal(9,3)");
        }
    }

    @Test
    void testContractOfVersion30()
    {
        Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", MESH, "odps.yaml", resource("odps-v1.0.0.yaml"), "odcs.yaml", resource("odcs-v3.0.2.yaml")));
        assertThat(problems(mesh)).containsExactly(
                "odcs.yaml:20:3: warning: key 'reviewedBy' is not known in description; remove it, or move it under customProperties",
                "odcs.yaml:75:13: warning: the quality rule does not say what the number must be; write exactly one of mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween",
                "odps.yaml:27:17: warning: no contract of the domain has the id 'feed-contract'; correct the contractId, or add the contract");
        assertThat(mesh.problems()).filteredOn(problem -> problem.severity() == Problem.Severity.INFO).extracting(Problem::message).containsExactly(
                "not interpreted: customProperties below the root, quality[].schedule, quality[].scheduler, schema[].properties[].partitioned, schema[].properties[].partitionKeyPosition, quality[].method, quality[].engine, quality[].implementation, " +
                        "schema[].physicalType, schema[].businessName, schema[].dataGranularityDescription, schema[].authoritativeDefinitions, slaProperties[].valueExt, servers[].roles, tenant, contractCreatedTs",
                "not interpreted: tenant, productCreatedTs");
        DataProduct product = product(mesh, "logistics", "parcel_shipments");
        assertThat(product.name()).isEqualTo("parcel-shipments");
        assertThat(product.version()).hasToString("1.2.0");
        assertThat(product.owner()).isEqualTo("logistics-team");
        assertThat(product.description()).isEqualTo("Where parcels are.");
        assertThat(product.tags()).containsExactly("parcels");
        assertThat(product.discovery().synonyms()).containsExactly("Parcel Shipments");
        assertThat(product.tables()).singleElement().satisfies(table -> {
            assertThat(table.name()).isEqualTo("parcel_shipments");
            assertThat(table.source()).isEqualTo(new PhysicalTable.CatalogTable("lake", "logistics", "shipments"));
            assertThat(table.columns()).extracting(column -> column.name() + " " + column.type()).containsExactly(
                    "parcel_number varchar",
                    "handed_over timestamp(6)",
                    "receiver row(\"street\" varchar, \"country\" varchar)",
                    "scans array(row(\"place\" varchar, \"at\" date))",
                    "weight decimal(9,3)");
            Column number = table.columns().getFirst();
            assertThat(number.nullable()).isFalse();
            assertThat(number.classification()).contains("internal");
            assertThat(number.tags()).containsExactly("operations");
            assertThat(number.details().physicalName()).contains("parcel_no");
            assertThat(number.details().businessName()).contains("parcel number");
            assertThat(number.details().unique()).isTrue();
            assertThat(number.details().critical()).isTrue();
            assertThat(number.details().primaryKeyPosition()).contains(1);
            Column handedOver = table.columns().get(1);
            assertThat(handedOver.nullable()).isTrue();
            assertThat(handedOver.details().primaryKeyPosition()).isEmpty();
            assertThat(handedOver.details().examples()).containsExactly("2025-03-01", "2025-03-02");
            assertThat(handedOver.details().sources()).extracting(Object::toString).containsExactly("scans", "labels");
            assertThat(handedOver.details().transformation()).contains("The first scan: min(scanned_at)");
            assertThat(table.columns().get(2).tags()).containsExactly("operations", "pii");
            assertThat(table.columns().get(2).fields()).extracting(field -> field.name() + " " + field.classification().orElse("-")).containsExactly("street -", "country public");
            assertThat(table.columns().get(4).details().encryptedName()).contains("weight_encrypted");
        });
        assertThat(product.accessRules()).extracting(rule -> rule.principal() + " " + rule.permissions()).containsExactly("role:planner [READ]", "role:shipper [WRITE]");
        assertThat(product.objectives()).extracting(objective -> objective.name() + " = " + objective.target() + " by " + objective.measurement().orElse("-")).containsExactly(
                "latency = 4h by handed_over",
                "generalAvailability = 2022-05-12T09:30:10-08:00 by handed_over",
                "retention = 3y by handed_over",
                "frequency = 1d by handed_over",
                "timeOfAvailability = 09:00-08:00 by handed_over",
                "timeOfAvailability (analytics) = 08:00-08:00 by handed_over");
        assertThat(product.deprecation()).contains(new Deprecation(Optional.of(LocalDate.of(2032, 5, 12)), Optional.of(LocalDate.of(2042, 5, 12)), Optional.empty()));
        assertThat(product.qualityRules()).filteredOn(rule -> rule.origin() == WRITTEN).extracting(TestStandards::check).containsExactly(
                "parcel_shipments.parcel_number duplicateValues must be less than 1",
                "parcel_shipments.parcel_number invalidValues must be 0",
                "parcel_shipments. rowCount must be greater than 1000",
                "parcel_shipments. text must be 0",
                "parcel_shipments. sql must be 0",
                "parcel_shipments. custom must be 0");
        assertThat(product.qualityRules().get(4).condition().words()).isEqualTo("SELECT count(*) FROM ${table} WHERE ${column} IS NULL");
        assertThat(product.qualityRules().get(1).condition().words()).isEqualTo("parcel_number is none of 'a', 'b'");
        assertThat(product.support()).extracting(SupportChannel::toString).containsExactly(
                "Parcel chat (https://northwind.example/chat)",
                "#parcels (https://northwind.example/chat)",
                "parcels-announce (mailto:parcels@northwind.example)");
        assertThat(product.inputPorts()).containsExactly(new InputPort("scans", "contract", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("1.0.0"), Optional.of("scans-v1")));
        assertThat(product.outputPorts()).extracting(port -> port.name() + " " + port.type() + " " + port.address()).containsExactly("shipments sql [logistics.parcel_shipments]", "feed kafka []");
        Contract contract = product.contract().orElseThrow();
        assertThat(contract.name() + " " + contract.version()).isEqualTo("Shipments 1.4.0");
        assertThat(contract.owner()).isEmpty();
        assertThat(contract.approvers()).containsExactly("Head of Logistics");
        assertThat(contract.terms().standard()).isEqualTo("v3.0.2");
        assertThat(contract.terms().description().limitations()).contains("Without returns");
        assertThat(contract.terms().members()).extracting(Object::toString).containsExactly("lena (Data Scientist)", "omar (Owner)");
        assertThat(contract.terms().price().orElseThrow().currency()).contains("EUR");
        assertThat(contract.terms().definitions()).extracting(Object::toString).containsExactly("canonicalUrl: https://northwind.example/contracts/shipments", "privacy-statement: https://northwind.example/privacy");
        assertThat(contract.terms().customProperties()).containsExactly(Map.entry("refRulesetName", "parcels.rules"));
        assertThat(contract.terms().document()).isEqualTo(resource("odcs-v3.0.2.yaml"));
        assertThat(product.terms().orElseThrow().managementPorts()).singleElement().satisfies(port -> assertThat(port.address()).contains("dict.updates"));
    }

    @Test
    void testProductWithSeveralContracts()
    {
        Mesh mesh = meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "odps.yaml", resource("odps-v1.1.0.yaml"),
                "orders.yaml", resource("odcs-v3.1.0.yaml"),
                "articles.yaml", resource("odcs-v3.2.0.yaml").replace("dataProduct: articles\n", "")));
        assertThat(problems(mesh)).containsExactly(
                "odps.yaml:30:17: warning: no contract of the domain has the id 'retail-orders-old'; correct the contractId, or add the contract",
                "orders.yaml:110:17: warning: the relationship is not understood: neither the contract nor domain 'sales' has a table 'countries', or none that you may discover; write a table of the contract, or the address of a document for one outside of the mesh",
                "orders.yaml:125:5: warning: role 'sales-data-team' is not in every contract of the data product, so it gives no access; add it to the other contracts, or split the data product in two");
        DataProduct product = product(mesh, "sales", "web_shop");
        assertThat(product.archetype()).contains("consumer-aligned");
        assertThat(product.inputPorts()).extracting(port -> port.name() + " " + port.type() + " " + port.contractId().orElse("-")).containsExactly("erp external -", "scans-v1 contract scans-v1");
        assertThat(product.tables()).extracting(table -> table.name() + " <- " + table.source()).containsExactly(
                "web_shop__orders <- lake.sales.orders",
                "web_shop__customers <- lake.sales.customers_master",
                "web_shop__articles <- lake.sales.articles");
        assertThat(product.outputPorts()).extracting(port -> port.name() + " " + port.type() + " " + port.address()).containsExactly(
                "orders tables []",
                "orders sql [sales.web_shop__orders, sales.web_shop__customers]",
                "articles sql [sales.web_shop__articles]");
        assertThat(product.tables().get(0).columns()).extracting(column -> column.name() + " " + column.type()).containsExactly(
                "order_id bigint",
                "customer_id varchar",
                "country varchar",
                "placed_at timestamp(6) with time zone",
                "slot time(6)",
                "email varchar");
        assertThat(product.tables().get(2).columns()).extracting(column -> column.name() + " " + column.type()).containsExactly(
                "sku varchar",
                "colour varchar",
                "labels map(varchar, varchar)",
                "embedding array(real)",
                "price decimal(10,2)",
                "old_price double");
        assertThat(product.tables().get(2).columns().getLast().details().deprecated()).isTrue();
        // Only what every contract gives: the product is read as a whole
        assertThat(product.accessRules()).extracting(rule -> rule.principal() + " " + rule.permissions()).containsExactly("role:analysts [READ]");
        assertThat(product.contracts()).extracting(Contract::name).containsExactly("retail-orders-contract", "articles");
        assertThat(product.contract().orElseThrow().relationships()).extracting(TestStandards::words).containsExactly(
                "web_shop__orders[customer_id, country] -> web_shop__customers[id, country], written [customers.id, customers.country]",
                "web_shop__orders[customer_id] -> web_shop__customers[id], written [customers.id]",
                "web_shop__customers[country] -> -[], written [countries.code]");
        assertThat(product.discovery().synonyms()).containsExactly("Web Shop", "e-commerce");
        assertThat(product.discovery().sampleQueries()).extracting(query -> query.title() + ": " + query.sql()).containsExactly("What are the dearest articles?: SELECT sku FROM articles ORDER BY price DESC LIMIT 10");
        assertThat(product.contracts().get(1).terms().instructions()).containsExactly("Prices are without tax.", "Never show names of suppliers.");
        assertThat(product.objectives()).extracting(objective -> objective.name() + " = " + objective.target() + " by " + objective.measurement().orElse("-")).containsExactly(
                "latency = 4d by orders.placed_at",
                "frequency = 1d by -");
        assertThat(product.qualityRules()).filteredOn(rule -> rule.origin() == WRITTEN).extracting(rule -> rule.name() + ": " + check(rule)).containsExactly(
                "known_countries: web_shop__orders.country invalidValues must be at most 0.5%",
                "country-pattern: web_shop__orders.country invalidValues must be 0",
                "web_shop__orders-email-missingValues: web_shop__orders.email missingValues must be 0",
                "web_shop__orders-email-invalidValues: web_shop__orders.email invalidValues must be 0",
                "web_shop__orders-rowCount: web_shop__orders. rowCount must be from 100 to 100000",
                "web_shop__orders-order_id-country-duplicateValues: web_shop__orders.order_id,country duplicateValues must be 0",
                "positive: web_shop__orders. sql must be 0",
                "colour-values: web_shop__articles.colour invalidValues must be 0");
        assertThat(product.qualityRules()).filteredOn(rule -> rule.origin() == WRITTEN).extracting(rule -> rule.condition().words()).containsExactly(
                "country does not match ^[A-Z]{2}$",
                "country does not match ^[A-Z]{2}$",
                "email is NULL or one of '', 'N/A'",
                "email does not match .+@.+",
                "rows",
                "order_id, country is in another row already",
                "SELECT count(*) FROM {object} WHERE {property} < 0",
                "colour is none of 'red', '0'");
        assertThat(product.howToAsk()).isEqualTo("sales-data-team via sales-help");
    }

    @Test
    void testProductOfTheMeshFindsItsContractByName()
    {
        Mesh mesh = meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "articles.yaml", resource("odcs-v3.2.0.yaml"),
                "product.yaml",
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: articles, domain: sales, version: 1.0.0}
                spec:
                  description: Articles
                  outputPorts: [{name: sql, type: sql, catalog: lake, schema: sales}]
                  columns: [{name: sku, description: Number, mask: show-first-4}]
                """));
        assertThat(problems(mesh)).isEmpty();
        DataProduct product = product(mesh, "sales", "articles");
        assertThat(product.tables().getFirst().columns()).extracting(Column::name).containsExactly("sku", "colour", "labels", "embedding", "price", "old_price");
        assertThat(product.tables().getFirst().columns().getFirst().mask()).isPresent();
        assertThat(product.tables().getFirst().columns().getFirst().details().synonyms()).containsExactly("article number");
        assertThat(product.accessRules()).extracting(rule -> rule.principal().toString()).containsExactly("role:analysts");
        assertThat(product.howToAsk()).isEqualTo("nobody");
    }

    @Test
    void testTablesOfAProductOfTheMeshHaveTheColumnsOfTheirOwnPromise()
    {
        Mesh mesh = meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "contract.yaml",
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: people-contract
                version: 1.0.0
                schema:
                  - {name: people, physicalName: people_2, properties: [{name: id, logicalType: string}, {name: phone, logicalType: string}]}
                  - {name: contacts, physicalName: people, properties: [{name: id, logicalType: string}, {name: mail, logicalType: string, classification: confidential}]}
                """,
                "product.yaml",
                """
                apiVersion: datamesh/v1
                kind: DataProduct
                metadata: {name: people, domain: sales, version: 1.0.0}
                spec:
                  description: People
                  outputPorts:
                    - {name: sql, type: sql, catalog: lake, schema: sales, contractId: people-contract, tables: [{table: people, name: contacts}, {table: people_2, main: true}]}
                  accessControl: [{role: analysts, permissions: [read]}]
                """));
        assertThat(problems(mesh)).isEmpty();
        assertThat(product(mesh, "sales", "people").tables())
                .extracting(table -> table.name() + " <- " + table.source() + " " + table.columns().stream().map(column -> column.name() + " " + column.classification().orElse("-")).toList())
                .containsExactly(
                        "people__contacts <- lake.sales.people [id -, mail confidential]",
                        "people <- lake.sales.people_2 [id -, phone -]");
    }

    @Test
    void testApproversAreNamedWhereNoChannelIs()
    {
        String contract = resource("odcs-v3.1.0.yaml").replace("support:\n  - channel: sales-help\n    scope: issues\n", "");
        Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", MESH, "odps.yaml", resource("odps-v1.1.0.yaml"), "orders.yaml", contract));
        assertThat(product(mesh, "sales", "web_shop").howToAsk()).isEqualTo("sales-data-team, approved by Sales Director, then Data Office");
    }

    @Test
    void testServers()
    {
        assertThat(served("{server: lake, type: trino, catalog: lake, schema: sales}")).isEqualTo("lake.sales.orders");
        assertThat(served("{server: lake, type: hive, host: h, database: sales}")).isEqualTo("lake.sales.orders");
        assertThat(served("{server: g, type: glue, account: '1', database: sales, customProperties: [{property: storage, value: lake}]}")).isEqualTo("lake.sales.orders");
        assertThat(served("{server: files, type: s3, location: 's3://bucket/sales/orders/', format: iceberg}")).isEqualTo("files:s3://bucket/sales/orders");
        assertThat(served("{server: files, type: s3, location: 's3://bucket/sales/{model}'}")).isEqualTo("files:s3://bucket/sales/orders");
        assertThat(served("{server: files, type: s3, location: 's3://bucket/sales/orders/', format: parquet}")).isEqualTo("announced as tables []");
        assertThat(served("{server: db, type: postgres, host: h, database: d, schema: s}")).isEqualTo("announced as tables []");
        assertThat(served("{server: a, type: api, location: 'https://api.example/orders'}")).isEqualTo("announced as tables [https://api.example/orders]");
        // The surer kind of two
        assertThat(served("{server: files, type: s3, location: 's3://bucket/sales/x'}, {server: l, type: iceberg, catalog: lake, catalogUrl: u, namespace: sales}")).isEqualTo("lake.sales.orders");
        // This mesh is prod
        assertThat(served("{server: files, type: s3, environment: PROD, location: 's3://bucket/sales/x'}, {server: l, type: iceberg, environment: test, catalog: lake, catalogUrl: u, namespace: sales}"))
                .isEqualTo("files:s3://bucket/sales/x");
    }

    @Test
    void testServersThatAreNotServed()
    {
        String two = "{server: p, type: trino, environment: prod, catalog: lake, schema: sales}, {server: t, type: trino, environment: test, catalog: lake, schema: test}";
        assertThat(problems(shop(MESH.replace("  environment: prod\n", ""), two))).containsExactly(
                "domains/sales/orders.yaml:8:11: error: the contract has servers for prod and test, and the mesh does not say which environment it is; add 'environment: prod' to the spec of the Mesh document");
        assertThat(problems(shop(MESH.replace("environment: prod", "environment: dev"), two))).containsExactly(
                "domains/sales/orders.yaml:8:11: error: the contract has no server for the environment 'dev' of this mesh; add one, or write 'environment: dev' at the right one");
        assertThat(problems(shop(MESH, ""))).containsExactly("domains/sales/shop.yaml:8:4: warning: the contract of the port names no server, so the port is announced and not served; add 'servers:' to the contract");
        assertThat(problems(shop(MESH, "{server: l, type: trino, catalog: lake, schema: \"${SCHEMA}\"}"))).containsExactly(
                "domains/sales/orders.yaml:8:11: error: the server has a variable that is not known here; write the value itself");
        assertThat(problems(shop(MESH, "{server: l, type: trino, catalog: lake, schema: people}"))).containsExactly(
                "domains/sales/orders.yaml:8:45: error: domain 'sales' may not use namespace 'people' of storage 'lake'; ask the platform for a grant in the Mesh document: {domain: sales, storage: lake, namespaces: [people]}");
    }

    @Test
    void testAContractSpeaksForItsOwnDomainAlone()
    {
        String contract = contract("{server: l, type: trino, catalog: lake, schema: sales}");
        // Another domain takes the id of the contract
        Mesh mesh = meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "domains/sales/shop.yaml", SHOP,
                "domains/sales/orders.yaml", contract,
                "domains/marketing/orders.yaml", contract.replace("role: analysts", "role: everybody")));
        assertThat(problems(mesh)).containsExactly(
                "domains/marketing/orders.yaml:1:1: warning: no data product refers to the contract 'orders-contract'; write its id as the contractId of an output port");
        assertThat(product(mesh, "sales", "shop").accessRules()).extracting(rule -> rule.principal().toString()).containsExactly("role:analysts");
        // And says that it is the other domain
        assertThat(problems(meshOf(ImmutableMap.of(
                "mesh.yaml", MESH,
                "domains/sales/shop.yaml", SHOP,
                "domains/marketing/orders.yaml", contract.replace("version: 1.0.0", "version: 1.0.0\ndomain: sales"))))).contains(
                "domains/marketing/orders.yaml:5:9: error: this file is in the folder of domain 'marketing' and names domain 'sales'; move it below domains/sales, or write 'domain: marketing'",
                "domains/sales/shop.yaml:8:26: warning: no contract of the domain has the id 'orders-contract'; correct the contractId, or add the contract");
        // In the same domain it is a conflict
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", MESH, "domains/sales/a.yaml", contract, "domains/sales/b.yaml", contract, "domains/sales/shop.yaml", SHOP)))).containsExactly(
                "domains/sales/b.yaml:1:1: error: the data product has a second contract, beside the one in domains/sales/a.yaml:1:1; keep one contract for a product");
    }

    private static final String SHOP =
            """
            apiVersion: v1.1.0
            kind: DataProduct
            id: shop
            version: 1.0.0
            domain: sales
            team: {name: sales-team}
            outputPorts:
             - {name: o, contractId: orders-contract, type: tables}
            """;

    private static String contract(String servers)
    {
        return """
               apiVersion: v3.1.0
               kind: DataContract
               id: orders-contract
               version: 1.0.0
               schema: [{name: orders, properties: [{name: id, logicalType: string}]}]
               roles: [{role: analysts, access: read}]
               servers:
               """ + (servers.isEmpty() ? "" : "         [" + servers + "]\n");
    }

    private static Mesh shop(String mesh, String servers)
    {
        return meshOf(ImmutableMap.of("mesh.yaml", mesh, "domains/sales/shop.yaml", SHOP, "domains/sales/orders.yaml", contract(servers)));
    }

    private static String served(String servers)
    {
        Mesh mesh = shop(MESH, servers);
        assertThat(problems(mesh)).isEmpty();
        DataProduct shop = product(mesh, "sales", "shop");
        return shop.tables().isEmpty()
                ? "announced as " + shop.outputPorts().getFirst().type() + " " + shop.outputPorts().getFirst().address()
                : shop.tables().getFirst().source().toString();
    }

    @Test
    void testOwnerOfATeamWithoutName()
    {
        String product = resource("odps-v1.0.0.yaml");
        assertThat(owner(product)).isEqualTo("logistics-team");
        String unnamed = product.replace("  name: logistics-team\n", "");
        assertThat(owner(unnamed)).isEqualTo("lena@northwind.example");
        assertThat(owner(unnamed.replace("role: owner", "role: Owner"))).isEqualTo("lena@northwind.example");
        assertThat(owner(unnamed.replace("role: owner", "role: owner\n      dateOut: \"2025-01-01\""))).isEmpty();
        assertThat(owner(unnamed.replace("role: owner", "role: analyst"))).isEmpty();
        // The old form: the members alone
        assertThat(owner(unnamed.replaceAll("(?s)team:.*", "team:\n  - {username: omar, role: analyst}\n  - {username: lena, role: owner}\n  - {username: mia, role: owner}\n"))).isEqualTo("lena");
    }

    private static String owner(String document)
    {
        return product(meshOf(ImmutableMap.of("mesh.yaml", MESH, "odps.yaml", document, "odcs.yaml", resource("odcs-v3.0.2.yaml"))), "logistics", "parcel_shipments").owner();
    }

    private static String words(Relationship relationship)
    {
        return "%s%s -> %s%s, written %s".formatted(relationship.table(), relationship.columns(), relationship.toTable().orElse("-"), relationship.toColumns(), relationship.to());
    }

    private static String check(QualityRule rule)
    {
        return rule.table() + "." + String.join(",", rule.columns()) + " " + rule.check() + " " + rule.threshold();
    }

    private static String resource(String name)
    {
        try {
            return Resources.toString(Resources.getResource("standards/" + name), UTF_8);
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
