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
import org.junit.jupiter.api.Test;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.AccessRule;
import org.trinomesh.product.Column;
import org.trinomesh.product.ColumnDetails;
import org.trinomesh.product.Contract;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.Domain;
import org.trinomesh.product.InputPort;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ObjectiveKind;
import org.trinomesh.product.ObjectiveTarget;
import org.trinomesh.product.OutputPort;
import org.trinomesh.product.Permission;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.product.Principal;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.product.Status;
import org.trinomesh.product.SupportChannel;
import org.trinomesh.type.DataType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.CONTRACT;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;
import static org.trinomesh.registry.TestingMesh.meshOf;
import static org.trinomesh.registry.TestingMesh.problems;
import static org.trinomesh.registry.TestingMesh.product;
import static org.trinomesh.registry.TestingMesh.tableNames;

final class TestMeshBuilder
{
    @Test
    void testSmallestProductIsServed()
    {
        Mesh mesh = mesh("orders.yaml", PRODUCT);
        assertThat(problems(mesh)).isEmpty();
        assertThat(mesh.generation()).isEqualTo(1);
        assertThat(mesh.files()).isEqualTo(2);
        MeshTable table = mesh.table("sales", "orders").orElseThrow();
        assertThat(table.table()).isEqualTo(new ProductTable(
                "orders",
                true,
                new CatalogTable("lake", "sales", "orders"),
                Set.of(),
                List.of(new Column("order_id", new DataType.Scalar("bigint"), true, Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), OptionalInt.empty(), Optional.empty(), false, List.of(), ColumnDetails.NONE, new Position("orders.yaml", 16, 7))),
                Optional.empty()));
        assertThat(table.product().accessRules()).containsExactly(AccessRule.of(new Principal(Principal.Kind.ROLE, "analysts"), new Position("orders.yaml", 19, 7), Permission.READ));
        assertThat(table.product().outputPorts().getFirst().address()).containsExactly("sales.orders");
        assertThat(table.product().sources()).containsExactly("orders.yaml");
        assertThat(mesh.stewards()).containsExactly(new Principal(Principal.Kind.GROUP, "governance"));
        assertThat(mesh.discoverers()).containsExactly(new Principal(Principal.Kind.GROUP, "employees"));
    }

    @Test
    void testEverythingAProductSays()
    {
        Mesh mesh = mesh("orders.yaml", PRODUCT
                .replace("version: 1.0.0", "version: 1.2.3\n  status: deprecated\n  tags: [core]\n  id: o-1")
                .replace("spec:\n", "spec:\n  classification: {type: aggregate, tier: gold, pii: true}\n  discoverable: false\n  governance: {dataClassification: confidential, accessControl: [{user: bo, permissions: [discover, write]}]}\n")
                .replace("  outputPorts:\n", "  support: [{channel: chat, url: \"https://chat\"}]\n  slos: {freshness: {target: 4h, measurement: updated_at}}\n  deprecation: {deprecatedOn: 2026-01-01, endOfLife: 2026-12-31, replacedBy: orders}\n  inputPorts: [{name: shop, type: batch, source: erp}]\n  outputPorts:\n    - {name: api, type: rest, endpoint: /api, authentication: oauth2}\n    - {name: events, type: kafka, topic: orders.events, format: avro}\n"));
        assertThat(problems(mesh)).isEmpty();
        DataProduct product = product(mesh, "sales", "orders");
        assertThat(product.version()).hasToString("1.2.3");
        assertThat(product.status()).isEqualTo(Status.DEPRECATED);
        assertThat(product.archetype()).contains("aggregate");
        assertThat(product.tier()).contains("gold");
        assertThat(product.pii()).isTrue();
        assertThat(product.classification()).contains("confidential");
        assertThat(product.tags()).containsExactly("core");
        assertThat(product.findable()).isFalse();
        assertThat(product.inputPorts()).containsExactly(new InputPort("shop", "batch", Optional.of("erp"), Optional.empty(), Optional.empty()));
        assertThat(product.outputPorts()).extracting(OutputPort::address)
                .containsExactly(List.of("/api"), List.of("orders.events"), List.of("sales.orders"));
        assertThat(product.objectives()).containsExactly(new ServiceLevelObjective(
                "freshness",
                ObjectiveKind.FRESHNESS,
                "4h",
                Optional.of(new ObjectiveTarget.Span(Duration.ofHours(4))),
                Optional.empty(),
                Optional.of("updated_at"),
                new ServiceLevelObjective.Basis.Usual(),
                Optional.empty()));
        assertThat(product.accessRules()).extracting(rule -> rule.principal().toString()).containsExactly("role:analysts", "user:bo");
        assertThat(product.howToAsk()).isEqualTo("sales-team via chat (https://chat)");
        assertThat(product.deprecation()).contains(new Deprecation(Optional.of(LocalDate.of(2026, 1, 1)), Optional.of(LocalDate.of(2026, 12, 31)), Optional.of("sales.orders")));
        assertThat(mesh.problems()).hasSize(1);
        assertThat(mesh.problems().getFirst().toString()).startsWith("orders.yaml:1:1: info: not interpreted: metadata.id; ");
    }

    @Test
    void testProblemsOfOneProduct()
    {
        assertBroken("version: 1.0.0", "version: 1.0", "orders.yaml:7:12: error: version '1.0' is not major.minor.patch; write three numbers: 2.1.0");
        assertBroken("version: 1.0.0", "version: 1.0.0\n  status: live", "orders.yaml:8:11: error: status 'live' is not known; write one of proposed, draft, active, deprecated, retired");
        assertBroken("  description: Orders\n", "", "orders.yaml:9:3: error: spec has no 'description'; add the key 'description'");
        assertBroken("[read]", "[reed]", "orders.yaml:20:21: error: permission 'reed' is not known; write discover, read, share, write or admin");
        assertBroken("[read]", "[]", "orders.yaml:20:20: error: permissions is empty; write at least one of discover, read, write, admin");
        assertBroken(
                "role: analysts",
                "roles: analysts",
                "orders.yaml:19:7: error: key 'roles' is not known in an entry of accessControl; write 'role'",
                "orders.yaml:19:7: error: the entry names nobody; write exactly one of group, role, user or domain in each entry");
        assertBroken("type: bigint", "type: smallint", "orders.yaml:17:13: error: type 'smallint' does not exist in Iceberg tables; write integer");
        assertBroken("      type: bigint\n", "", "orders.yaml:16:7: error: column 'order_id' has no type; add 'type:', for example varchar");
        assertBroken("name: order_id", "name: order id", "orders.yaml:16:13: error: 'order id' cannot be the name of a column; write letters, digits and '_', no digit first");
        assertBroken("      type: bigint\n", "      type: bigint\n    - {name: ORDER_ID, type: date}\n", "orders.yaml:18:14: error: column 'ORDER_ID' is listed twice; keep one of the two; case does not distinguish columns");
        assertBroken("      catalog: lake\n", "", "orders.yaml:11:7: error: the SQL port does not say which storage its table is in; add 'catalog:' with the name of a storage");
        assertBroken("      schema: sales\n", "", "orders.yaml:13:16: error: the SQL port names neither a namespace nor a location in storage 'lake'; add 'schema:' with the namespace of the table, or 'location:'");
        assertBroken("  columns:\n", "  schema: {format: delta}\n  columns:\n", "orders.yaml:15:20: error: tables of format 'delta' are not supported; write 'format: iceberg'");
        assertBroken("  columns:\n", "  deprecation: {endOfLife: soon}\n  columns:\n", "orders.yaml:15:28: error: 'endOfLife' is 'soon'; write a date as year-month-day: 2026-03-31");
        assertBroken("  columns:\n", "  discoverable: maybe\n  columns:\n", "orders.yaml:15:17: error: 'discoverable' is 'maybe'; write true or false");
        assertBroken("      type: bigint\n", "      type: bigint\n      fieldId: zero\n", "orders.yaml:18:16: error: 'fieldId' is 'zero'; write a whole number of at least 1");
        assertBroken("  columns:\n", "  slos: {freshness: {}}\n  columns:\n", "orders.yaml:15:21: error: an SLO has no 'target'; add the key 'target'");
    }

    @Test
    void testNamesThatSqlCannotHave()
    {
        assertBroken("name: orders", "name: Orders", "orders.yaml:4:9: error: 'Orders' cannot be the name of a data product; write lower case letters, digits, '-' and '_', a letter first: customer-360");
        for (String name : new String[] {"orders$files", "a.b", "a@b", "'a\"b'", "1a"}) {
            assertThat(problems(mesh("orders.yaml", PRODUCT.replace("name: orders", "name: " + name)))).as(name)
                    .singleElement().asString().contains("cannot be the name of a data product");
        }
        assertBroken("domain: sales", "domain: information-schema", "orders.yaml:5:11: error: 'information-schema' is a schema that every catalog has and cannot be a domain; give the domain another name");
        assertBroken("domain: sales", "domain: system", "orders.yaml:5:11: error: 'system' is a schema that every catalog has and cannot be a domain; give the domain another name");
        assertBroken("version: 1.0.0", "version: 1.0.0\n  aliases: [\"a.b\"]", "orders.yaml:8:13: error: 'a.b' cannot be an alias; write lower case letters, digits, '-' and '_', a letter first: customer-360");
    }

    @Test
    void testDeprecationWithoutAnEnd()
    {
        String deprecated = PRODUCT.replace("version: 1.0.0", "version: 1.0.0\n  status: deprecated");
        assertThat(problems(mesh("orders.yaml", deprecated))).containsExactly(
                "orders.yaml:8:11: warning: the product is deprecated, but neither its end of life nor its successor is announced; add 'deprecation: {deprecatedOn: 2026-03-31, endOfLife: 2026-09-30, replacedBy: the-successor}' under spec");
        assertThat(problems(mesh("orders.yaml", deprecated.replace("  outputPorts:\n", "  deprecation: {deprecatedOn: 2026-01-01}\n  outputPorts:\n")))).hasSize(1);
        assertThat(problems(mesh("orders.yaml", deprecated.replace("  outputPorts:\n", "  deprecation: {endOfLife: 2026-12-31}\n  outputPorts:\n")))).isEmpty();
        assertThat(problems(mesh("orders.yaml", deprecated.replace("  outputPorts:\n", "  deprecation: {replacedBy: orders}\n  outputPorts:\n")))).isEmpty();
    }

    @Test
    void testWarnings()
    {
        Mesh unread = mesh("orders.yaml", PRODUCT.replace("  accessControl:\n    - role: analysts\n      permissions: [read]\n", ""));
        Mesh granted = mesh(Map.of(
                "orders.yaml", PRODUCT.substring(0, PRODUCT.indexOf("  accessControl:")),
                "contract.yaml", CONTRACT + "consumers: [{domain: sales, team: analysts, validFrom: 2026-01-01}]\n"));
        assertThat(problems(granted)).noneMatch(problem -> problem.contains("nobody can read it"));
        Mesh undated = mesh(Map.of(
                "orders.yaml", PRODUCT.substring(0, PRODUCT.indexOf("  accessControl:")),
                "contract.yaml", CONTRACT + "consumers: [{domain: sales, team: analysts}]\n"));
        assertThat(problems(undated)).contains("orders.yaml:1:1: warning: the product has no accessControl and no consumer of its contract has dates, so nobody can read it; add accessControl with a role, group or user and permissions: [read], or validFrom or validUntil to a consumer");
        assertThat(problems(unread)).containsExactly("orders.yaml:1:1: warning: the product has no accessControl, so nobody can read it; add accessControl with a role, group or user and permissions: [read]");
        assertThat(tableNames(unread, "sales")).contains("orders");

        Mesh announced = mesh("orders.yaml", PRODUCT.replace("  columns:\n    - name: order_id\n      type: bigint\n", ""));
        assertThat(problems(announced)).containsExactly("orders.yaml:11:7: warning: the product lists no columns, so it is announced and not served; add spec.columns, or a data contract with a schema");
        assertThat(announced.tables("sales")).isEmpty();
        assertThat(product(announced, "sales", "orders").tables()).isEmpty();

        assertThat(problems(mesh("orders.yaml", PRODUCT.replace("  columns:\n", "  deprecation: {replacedBy: marketing.new-orders}\n  columns:\n"))))
                .containsExactly("orders.yaml:1:1: warning: the successor 'marketing.new_orders' of 'sales.orders' does not exist, or you may not discover it; write replacedBy as domain.product of a product that exists");

        assertThat(problems(mesh("contract.yaml", CONTRACT)))
                .containsExactly("contract.yaml:9:16: warning: data product 'orders' of domain 'sales' does not exist; correct the producer, or add the product");
    }

    @Test
    void testProblemsAreOfTheirProduct()
    {
        assertThat(mesh("orders.yaml", PRODUCT.replace("[read]", "[reed]")).problems().getFirst())
                .satisfies(problem -> {
                    assertThat(problem.domain()).contains("sales");
                    assertThat(problem.product()).contains("orders");
                });
        assertThat(mesh("orders.yaml", PRODUCT.replace("name: orders", "name: Orders")).problems().getFirst())
                .satisfies(problem -> {
                    assertThat(problem.domain()).contains("sales");
                    assertThat(problem.product()).isEmpty();
                });
    }

    @Test
    void testBindsOnlyToWhatIsGranted()
    {
        assertBroken("schema: sales", "schema: finance", "orders.yaml:13:16: error: domain 'sales' may not use namespace 'finance' of storage 'lake'; ask the platform for a grant in the Mesh document: {domain: sales, storage: lake, namespaces: [finance]}");
        assertBroken("catalog: lake", "catalog: archive", "orders.yaml:13:16: error: domain 'sales' may not use namespace 'sales' of storage 'archive'; write a storage that the domain may use (files, lake), or ask the platform for a grant in the Mesh document: {domain: sales, storage: archive, namespaces: [sales]}");
        assertBroken("domain: sales", "domain: finance", "orders.yaml:13:16: error: domain 'finance' may not use namespace 'sales' of storage 'lake'; ask the platform for a grant in the Mesh document: {domain: finance, storage: lake, namespaces: [sales]}");

        Mesh byStar = mesh("orders.yaml", PRODUCT.replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: marketing_eu"));
        assertThat(byStar.table("marketing", "orders").orElseThrow().table().source()).isEqualTo(new CatalogTable("lake", "marketing_eu", "orders"));
        assertThat(mesh("orders.yaml", PRODUCT.replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: sales_mark")).tables("marketing")).isEmpty();
    }

    @Test
    void testBindsByLocation()
    {
        String located = PRODUCT.replace("catalog: lake\n      schema: sales", "catalog: files\n      location: LOCATION");
        assertThat(mesh("orders.yaml", located.replace("LOCATION", "s3://bucket/sales/orders/")).table("sales", "orders").orElseThrow().table().source())
                .isEqualTo(new LocatedTable("files", "s3://bucket/sales/orders"));
        for (String location : new String[] {"s3://bucket/sales2/orders", "s3://bucket/sales/../finance", "s3://bucket/sales/%2e%2e/finance", "s3://bucket/sales/./x", "s3://bucket/sales//x", "s3a://bucket/sales/x", "bucket/sales/x"}) {
            assertThat(problems(mesh("orders.yaml", located.replace("LOCATION", location)))).as(location).containsExactly(
                    "orders.yaml:13:16: error: domain 'sales' may not use location '%s' of storage 'files'; ask the platform for a grant in the Mesh document: {domain: sales, storage: files, locations: [%s]}".formatted(location, location));
        }
        Mesh bySchema = mesh("orders.yaml", PRODUCT.replace("catalog: lake", "catalog: files").replace("  columns:\n", "  schema: {format: iceberg, location: \"s3://bucket/sales/orders\"}\n  columns:\n"));
        assertThat(bySchema.table("sales", "orders").orElseThrow().table().source()).isEqualTo(new LocatedTable("files", "s3://bucket/sales/orders"));
    }

    @Test
    void testATableBacksProductsOfOneOwner()
    {
        String other = PRODUCT.replace("name: orders", "name: copies").replace("schema: sales", "schema: sales\n      table: orders");
        assertThat(problems(mesh(ImmutableMap.of("a.yaml", PRODUCT, "b.yaml", other)))).isEmpty();
        Mesh mesh = mesh(ImmutableMap.of("a.yaml", PRODUCT, "b.yaml", other.replace("sales-team", "thieves")));
        assertThat(problems(mesh)).containsExactly(
                "a.yaml:1:1: error: table lake.sales.orders cannot back a data product of 'sales-team' of domain 'sales'; publish a table of your own, or ask the platform who may publish this one: a table backs the products of one domain and owner only",
                "a.yaml:1:1: warning: table lake.sales.orders backs data products of several owners: sales.orders of 'sales-team' (a.yaml), sales.copies of 'thieves' (b.yaml); let one of them publish it",
                "b.yaml:1:1: error: table lake.sales.orders cannot back a data product of 'thieves' of domain 'sales'; publish a table of your own, or ask the platform who may publish this one: a table backs the products of one domain and owner only");
        // Nobody but the stewards of the mesh learns whose it is
        assertThat(mesh.problems().get(1).owner()).isEmpty();
        assertThat(mesh.tables("sales")).isEmpty();
    }

    @Test
    void testATableBacksProductsOfOneDomain()
    {
        // Every domain can write the name of another's owner, and name the table in another case
        Mesh mesh = meshOf(ImmutableMap.of(
                "mesh.yaml", MESH.replace("[\"mark*\"]", "[SALES]"),
                "a.yaml", PRODUCT,
                "b.yaml", PRODUCT.replace("domain: sales", "domain: marketing").replace("schema: sales", "schema: Sales\n      table: ORDERS")));
        assertThat(problems(mesh)).hasSize(3);
        assertThat(problems(mesh).getLast()).startsWith("b.yaml:1:1: error: table lake.sales.orders cannot back a data product of 'sales-team' of domain 'marketing'; ");
        assertThat(mesh.tables("sales")).isEmpty();
        assertThat(mesh.tables("marketing")).isEmpty();
    }

    @Test
    void testADomainsFolderSpeaksForThatDomainOnly()
    {
        Mesh mesh = mesh(ImmutableMap.<String, String>builder()
                .put("domains/marketing/orders.yaml", PRODUCT)
                .put("domains/marketing/contract.yaml", CONTRACT)
                .put("domains/marketing/domain.yaml", "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: sales, owner: thieves}\n")
                .put("domains/sales/orders.yaml", PRODUCT)
                .buildOrThrow());
        assertThat(problems(mesh)).containsExactly(
                "domains/marketing/contract.yaml:8:11: error: this file is in the folder of domain 'marketing' and names domain 'sales'; move it below domains/sales, or write 'domain: marketing'",
                "domains/marketing/domain.yaml:3:18: error: this file is in the folder of domain 'marketing' and names domain 'sales'; move it below domains/sales, or write 'name: marketing'",
                "domains/marketing/orders.yaml:5:11: error: this file is in the folder of domain 'marketing' and names domain 'sales'; move it below domains/sales, or write 'domain: marketing'");
        assertThat(mesh.problems()).extracting(Problem::domain).containsOnly(Optional.of("marketing"));
        // Nothing of the domain that was spoken for is touched
        assertThat(product(mesh, "sales", "orders").sources()).containsExactly("domains/sales/orders.yaml");
        assertThat(mesh.table("sales", "orders")).isPresent();
        assertThat(mesh.domain("sales").orElseThrow().owner()).isEmpty();
    }

    @Test
    void testFoldersOfDomains()
    {
        String grant = MESH + "    - {domain: supply-chain, storage: lake, namespaces: [sales]}\n";
        String product = PRODUCT.replace("domain: sales", "domain: supply_chain");
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", grant, "domains/supply-chain/a/b.yaml", product)))).isEmpty();
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", grant, "products/sales/b.yaml", product)))).isEmpty();
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", grant, "domains/b.yaml", product)))).isEmpty();
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", grant, "domains/Supply Chain/b.yaml", product))))
                .containsExactly(
                        "domains/Supply Chain:1:1: error: 'Supply Chain' cannot be the name of a domain, so documents in this folder are ignored; rename the folder to domains/supply-chain",
                        "domains/Supply Chain/b.yaml:5:11: error: this file is in the folder of domain 'Supply Chain' and names domain 'supply_chain'; move it below domains/supply_chain");
    }

    @Test
    void testMeshDocument()
    {
        assertThat(problems(meshOf(ImmutableMap.of("orders.yaml", PRODUCT))))
                .containsExactly("mesh.yaml:1:1: error: there is no Mesh document, so no storage is granted and no product is served; add mesh.yaml with 'kind: Mesh' and grants");
        assertThat(meshOf(ImmutableMap.of("orders.yaml", PRODUCT)).tables("sales")).isEmpty();

        assertThat(problems(mesh("second.yaml", MESH)))
                .containsExactly("second.yaml:1:1: error: this is a second Mesh document, beside the one in mesh.yaml:1:1; keep one");
        assertThat(problems(mesh("domains/sales/mesh.yaml", MESH)))
                .containsExactly("domains/sales/mesh.yaml:1:1: error: a Mesh document in a folder is not read; write it into a file directly in the mesh directory, mesh.yaml");
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", MESH.replace("[\"mark*\"]", "[\"m*k\"]").replace("s3://bucket/sales/", "s3://bucket/../x"))))).containsExactly(
                "mesh.yaml:1:1: error: the Mesh document is broken, so no storage is granted and no product is served; correct its errors",
                "mesh.yaml:18:20: error: namespace 'm*k' has a star that is not at its end; write the exact namespace, or its beginning and a star",
                "mesh.yaml:21:19: error: location 's3://bucket/../x' is not a plain folder; write a scheme and a path without '..', '%', '*' and blanks: s3://bucket/folder/");
        assertThat(problems(meshOf(ImmutableMap.of("mesh.yaml", MESH.replace("      namespaces: [sales]\n", ""))))).contains(
                "mesh.yaml:13:7: error: the grant gives nothing; add 'namespaces: [...]' or 'locations: [...]'");
    }

    @Test
    void testDomains()
    {
        String domain = "apiVersion: datamesh/v1\nkind: Domain\nmetadata: {name: supply-chain, owner: scm, description: Goods}\nspec: {contacts: [{channel: chat}]}\n";
        Mesh mesh = mesh(ImmutableMap.of("domain.yaml", domain, "orders.yaml", PRODUCT));
        assertThat(problems(mesh)).isEmpty();
        assertThat(mesh.domains()).extracting(Domain::name).containsExactly("sales", "supply_chain");
        assertThat(mesh.domain("supply_chain").orElseThrow().description()).contains("Goods");
        assertThat(mesh.domain("supply_chain").orElseThrow().contacts()).containsExactly(new SupportChannel("chat", Optional.empty(), Optional.empty()));

        assertThat(problems(mesh(ImmutableMap.of("a.yaml", domain, "b.yaml", domain))))
                .containsExactly("b.yaml:3:18: error: domain 'supply-chain' is described twice, first in a.yaml:1:1; keep one Domain document for it");
        assertThat(problems(mesh("a.yaml", domain.replace("supply-chain", "system"))))
                .containsExactly("a.yaml:3:18: error: 'system' is a schema that every catalog has and cannot be a domain; give the domain another name");
        assertThat(problems(mesh("a.yaml", domain.replace("supply-chain", "Supply"))))
                .containsExactly("a.yaml:3:18: error: 'Supply' cannot be the name of a domain; write lower case letters, digits, '-' and '_', a letter first: customer-360");
    }

    @Test
    void testDomainsThatAreOneSchema()
    {
        String grant = MESH + "    - {domain: supply-chain, storage: lake, namespaces: [scm]}\n";
        String first = PRODUCT.replace("domain: sales", "domain: supply-chain").replace("schema: sales", "schema: scm");
        String second = first.replace("supply-chain", "supply_chain").replace("name: orders", "name: trucks");
        Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", grant, "a.yaml", first, "b.yaml", second));
        assertThat(problems(mesh)).containsExactly(
                "a.yaml:1:1: error: domain 'supply-chain' is also written 'supply_chain', and both would be the schema 'supply_chain'; write the domain's name the same everywhere",
                "b.yaml:1:1: error: domain 'supply_chain' is also written 'supply-chain', and both would be the schema 'supply_chain'; write the domain's name the same everywhere");

        String domain = "{apiVersion: datamesh/v1, kind: Domain, metadata: {name: supply-chain}}";
        Mesh described = meshOf(ImmutableMap.of("mesh.yaml", grant, "a.yaml", first, "b.yaml", second, "domain.yaml", domain));
        assertThat(problems(described)).containsExactly(
                "b.yaml:1:1: error: domain 'supply_chain' is also written 'supply-chain', and both would be the schema 'supply_chain'; write the domain's name the same everywhere");
        assertThat(described.table("supply_chain", "orders")).isPresent();
    }

    @Test
    void testContractSaysTheColumns()
    {
        String product = PRODUCT.replace("    - name: order_id\n      type: bigint\n", "    - name: EMAIL\n      description: E-mail address\n      fieldId: 7\n");
        Mesh mesh = mesh(ImmutableMap.of("orders/product.yaml", product, "orders/contract.yaml", CONTRACT));
        assertThat(problems(mesh)).isEmpty();
        assertThat(mesh.table("sales", "orders").orElseThrow().table().columns()).containsExactly(
                new Column("order_id", new DataType.Scalar("bigint"), false, Optional.of("Number of the order"), Optional.empty(), Set.of(), Optional.empty(), OptionalInt.empty(), Optional.empty(), false, List.of(), ColumnDetails.NONE, new Position("orders/contract.yaml", 15, 1)),
                new Column("email", new DataType.Scalar("varchar"), true, Optional.of("E-mail address"), Optional.of("restricted"), Set.of("pii"), Optional.of("email"), OptionalInt.of(7), Optional.empty(), false, List.of(), ColumnDetails.NONE, new Position("orders/contract.yaml", 16, 1)));
        DataProduct orders = product(mesh, "sales", "orders");
        Contract contract = orders.contract().orElseThrow();
        assertThat(contract.name() + " " + contract.version() + " " + contract.owner()).isEqualTo("orders-contract 1.0.0 sales-team");
        assertThat(contract.terms().standard()).isEqualTo("datacontract/v1");
        assertThat(contract.terms().document()).isEqualTo(CONTRACT);
        assertThat(orders.sources()).containsExactly("orders/product.yaml", "orders/contract.yaml");
    }

    @Test
    void testContractAndProductMustAgree()
    {
        assertThat(problems(mesh(ImmutableMap.of("orders.yaml", PRODUCT.replace("type: bigint", "type: varchar"), "contract.yaml", CONTRACT))))
                .containsExactly("orders.yaml:17:13: error: column 'order_id' is varchar here and bigint in the contract; remove 'type' here or change the contract");
        assertThat(problems(mesh(ImmutableMap.of("orders.yaml", PRODUCT.replace("type: bigint", "nullable: true"), "contract.yaml", CONTRACT))))
                .containsExactly("orders.yaml:16:7: error: column 'order_id' is nullable here and not in the contract; remove 'nullable' here or change the contract");
        assertThat(problems(mesh(ImmutableMap.of("orders.yaml", PRODUCT.replace("name: order_id", "name: order"), "contract.yaml", CONTRACT))))
                .containsExactly("orders.yaml:16:7: error: column 'order' is not in the contract's schema; add it to the contract or remove it here: the contract's columns are served");
        Mesh two = mesh(ImmutableMap.of("orders.yaml", PRODUCT, "a.yaml", CONTRACT, "b.yaml", CONTRACT));
        assertThat(problems(two)).containsExactly("b.yaml:1:1: error: the data product has a second contract, beside the one in a.yaml:1:1; keep one contract for a product");
        assertThat(two.tables("sales")).isEmpty();
    }

    @Test
    void testBrokenContractTakesItsProductOut()
    {
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", PRODUCT, "contract.yaml", CONTRACT.replace("\"long\"", "\"lng\"")));
        assertThat(problems(mesh)).singleElement().asString().startsWith("contract.yaml:12:18: error: the specification is not an Avro schema: ");
        assertThat(mesh.problems().getFirst().product()).contains("orders");
        assertThat(mesh.tables("sales")).isEmpty();
        assertThat(problems(mesh("contract.yaml", CONTRACT.replace("type: avro", "type: protobuf"))))
                .contains("contract.yaml:11:9: error: schema type 'protobuf' is not supported; write 'type: avro' with the Avro schema as its specification");
    }

    @Test
    void testContractFillsObjectives()
    {
        String slos = "slos:\n  freshness: {target: 1h}\n  accuracy: {target: 99%}\n";
        Mesh mesh = mesh(ImmutableMap.of("orders.yaml", PRODUCT.replace("  columns:\n", "  slos: {freshness: {target: 4h}}\n  columns:\n"), "contract.yaml", CONTRACT + slos));
        assertThat(problems(mesh)).isEmpty();
        assertThat(product(mesh, "sales", "orders").objectives()).extracting(objective -> objective.name() + " " + objective.target()).containsExactly("freshness 4h", "accuracy 99%");
    }

    @Test
    void testTargetsThatCannotBeRead()
    {
        Mesh mesh = mesh("orders.yaml", PRODUCT.replace("  columns:\n",
                """
                slos:
                  freshness: {target: soon}
                  completeness: {target: 99.5}
                  schedule: {target: "06:00"}
                  latency: {target: 4h, measurement: column(updated_at)}
                  friendliness: {target: always}
                  freshnes: {target: 1h}
                columns:
                """.indent(2)));
        // Still promises, and served; the last is of a kind that nobody measures
        assertThat(problems(mesh)).containsExactly(
                "orders.yaml:16:25: warning: the target 'soon' of freshness cannot be read, so nothing measures it; write an age: 15m, 4h, 1 day or PT4H",
                "orders.yaml:17:28: warning: the target '99.5' of completeness cannot be read, so nothing measures it; write a share: 99.5%",
                "orders.yaml:18:24: warning: the target '06:00' of schedule cannot be read, so nothing measures it; write the time of day and its zone: 06:00 Europe/Berlin",
                "orders.yaml:19:23: warning: latency is measured by column 'updated_at', which the product does not promise, so nothing measures it; write a column of the product",
                "orders.yaml:21:24: warning: there is no kind of objective 'freshnes', so nothing measures it; write 'freshness', or another name that is not so near to it");
        assertThat(product(mesh, "sales", "orders").objectives()).extracting(ServiceLevelObjective::kind).containsExactly(
                ObjectiveKind.FRESHNESS, ObjectiveKind.COMPLETENESS, ObjectiveKind.SCHEDULE, ObjectiveKind.FRESHNESS, ObjectiveKind.UNKNOWN, ObjectiveKind.UNKNOWN);
    }

    @Test
    void testContractOfOneOfTwoMajors()
    {
        String second = PRODUCT.replace("version: 1.0.0", "version: 2.0.0");
        Mesh mesh = mesh(ImmutableMap.of("v1/product.yaml", PRODUCT, "v2/product.yaml", second, "v2/contract.yaml", CONTRACT));
        assertThat(problems(mesh)).isEmpty();
        assertThat(mesh.table("sales", "orders_v1").orElseThrow().table().columns()).hasSize(1);
        assertThat(mesh.table("sales", "orders_v2").orElseThrow().table().columns()).hasSize(2);
        assertThat(problems(mesh(ImmutableMap.of("v1/product.yaml", PRODUCT, "v2/product.yaml", second, "contract.yaml", CONTRACT))))
                .containsExactly("contract.yaml:1:1: error: 'orders' has several major versions, and it is not clear which one keeps this contract; put the contract into the folder of its version, and each version into its own folder");
    }

    private static void assertBroken(String text, String replacement, String... problems)
    {
        assertThat(PRODUCT).contains(text);
        Mesh mesh = mesh("orders.yaml", PRODUCT.replace(text, replacement));
        assertThat(problems(mesh)).containsExactly(problems);
        assertThat(mesh.domains().stream().flatMap(domain -> mesh.tables(domain.name()).stream())).isEmpty();
    }
}
