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
package org.trinomesh.lineage;

import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.product.DataProduct;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.TestingMesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.lineage.TestingGraph.lake;

final class TestDatasetNames
{
    private static final String ID = "- {name: id, type: bigint}";

    private final Mesh mesh = new TestingGraph()
            .add("sales", "customer-360", lake("sales", "c360_v7"), ID)
            .add("sales", "profiles", lake("sales", "c360_v7"), ID)
            .add("sales", "files", "catalog: files, location: \"s3://bucket/sales/files/\"", ID)
            .add("marketing", "c360_v7", lake("marketing", "c360_v7"), ID)
            .mesh();
    private final DatasetNames names = new DatasetNames(mesh, StorageNames.UNKNOWN, ImmutableMap.of(
            new Dataset("s3://other", "some/folder"), Set.of(new Dataset("s3://other/warehouse", "sales.c360_v7")),
            new Dataset("s3://other", "another/folder"), Set.of(new Dataset("s3://other/warehouse", "nothing"))));

    @Test
    void testTheMesh()
    {
        assertThat(find("mesh", "mesh.sales.customer_360")).containsExactly("customer_360");
        assertThat(find("mesh", "datamesh.sales.customer_360_v1")).containsExactly("customer_360");
        // The mesh names products, not what is behind them
        assertThat(find("mesh", "mesh.sales.c360_v7")).isEmpty();
        assertThat(find("mesh", "customer_360")).isEmpty();
    }

    @Test
    void testTrino()
    {
        assertThat(find("trino://host:8080", "lake.sales.c360_v7")).containsExactly("customer_360", "profiles");
        assertThat(find("trino://host:8080", "LAKE.Sales.C360_V7")).containsExactly("customer_360", "profiles");
        assertThat(find("trino://host:8080", "sales.c360_v7")).containsExactly("customer_360", "profiles");
        // Through the mesh
        assertThat(find("trino://host:8080", "mesh.sales.customer_360")).containsExactly("customer_360");
        assertThat(find("trino://host:8080", "mesh.marketing.c360_v7")).containsExactly("c360_v7");
        assertThat(find("trino://host:8080", "mesh.sales.nothing")).isEmpty();
    }

    @Test
    void testLocations()
    {
        assertThat(find("s3://bucket", "sales/files")).containsExactly("files");
        assertThat(find("s3a://bucket", "/sales/files/")).containsExactly("files");
        assertThat(find("s3://bucket", "warehouse/sales/c360_v7")).containsExactly("customer_360", "profiles");
        assertThat(find("file", "/var/warehouse/sales.db/c360_v7-0123456789abcdef0123456789abcdef")).containsExactly("customer_360", "profiles");
        assertThat(find("s3://bucket", "sales/files/data")).isEmpty();
        assertThat(find("s3://elsewhere", "sales/files")).isEmpty();
    }

    @Test
    void testQuotedNames()
    {
        assertThat(find("trino://host:8080", "\"lake\".\"sales\".\"c360_v7\"")).containsExactly("customer_360", "profiles");
        assertThat(find("trino://host:8080", "\"LAKE\".sales.\"C360_v7\"")).containsExactly("customer_360", "profiles");
        assertThat(find("spark_catalog", "`lake`.`sales`.`c360_v7`")).containsExactly("customer_360", "profiles");
        assertThat(find("trino://host:8080", "\"mesh\".\"sales\".\"customer_360\"")).containsExactly("customer_360");
        assertThat(find("mesh", "\"mesh\".\"sales\".\"customer_360\"")).containsExactly("customer_360");
        // A slash inside quotes is no location
        assertThat(find("trino://host:8080", "lake.\"sales\".\"c360_v7/x\"")).isEmpty();
        assertThat(QuotedNames.split("\"a.b\".c.\"d\"\"e\"")).containsExactly("a.b", "c", "d\"e");
        // What is no quoted name is taken as it is
        assertThat(QuotedNames.split("a\"b.c\"d.\"e")).containsExactly("a\"b", "c\"d", "\"e");
        assertThat(QuotedNames.split("")).isEmpty();
    }

    @Test
    void testFoldersOfTools()
    {
        // Spark writes a table with its whole name into the folder of its database
        assertThat(find("s3://b", "/wh/sales.db/sales.c360_v7")).containsExactly("customer_360", "profiles");
        assertThat(find("s3://b", "wh/sales.c360_v7")).containsExactly("customer_360", "profiles");
        assertThat(find("arn:aws:glue:eu-central-1:123", "table/sales/c360_v7")).containsExactly("customer_360", "profiles");
        Mesh nested = new TestingGraph().granting("domain: sales, storage: lake, namespaces: [eu.sales]", "domain: sales, storage: files, locations: [\"file:///data/\"]").add("sales", "deep", lake("eu.sales", "orders"), ID).add("sales", "local", "catalog: files, location: \"file:///data/local\"", ID).mesh();
        DatasetNames names = new DatasetNames(nested, StorageNames.UNKNOWN, ImmutableMap.of());
        assertThat(names.find(new Dataset("s3://b", "wh/eu/sales/orders"))).hasSize(1);
        assertThat(names.find(new Dataset("trino://host:8080", "lake.\"eu.sales\".orders"))).hasSize(1);
        assertThat(names.find(new Dataset("s3://b", "wh/us/sales/orders"))).isEmpty();
        assertThat(names.find(new Dataset("file", "/data/local"))).hasSize(1);
    }

    @Test
    void testStorages()
    {
        Mesh two = new TestingGraph()
                .granting("domain: sales, storage: lake2, namespaces: [sales]", "domain: sales, storage: files2, locations: [\"s3a://bucket/\"]")
                .add("sales", "orders", lake("sales", "orders"), ID)
                .add("sales", "copies", "catalog: lake2, schema: sales, table: orders", ID)
                .add("sales", "files", "catalog: files, location: \"s3://bucket/sales/files/\"", ID)
                .add("sales", "more_files", "catalog: files2, location: \"s3a://bucket/sales/files\"", ID)
                .mesh();
        Dataset sparks = new Dataset("s3://bucket", "wh/sales.db/orders");
        Dataset trinos = new Dataset("trino://host:8080", "lake.sales.orders");
        Dataset files = new Dataset("s3://bucket", "sales/files");
        // Two catalogs may each have a table of that name
        DatasetNames apart = new DatasetNames(two, new StorageNames(Map.of("lake", "lake", "lake2", "lake2", "files", "files", "files2", "files2")), ImmutableMap.of());
        assertThat(find(apart, sparks)).isEmpty();
        assertThat(find(apart, trinos)).containsExactly("orders");
        assertThat(find(apart, files)).isEmpty();
        assertThat(apart.unresolved(sparks)).get().extracting(UnresolvedDataset::reason).isEqualTo("it may be a table of any of the storages lake, lake2");
        // One catalog is known under two names
        DatasetNames same = new DatasetNames(two, new StorageNames(Map.of("lake", "lake", "lake2", "lake", "files", "files", "files2", "files")), ImmutableMap.of());
        assertThat(find(same, sparks)).containsExactlyInAnyOrder("orders", "copies");
        assertThat(find(same, trinos)).containsExactlyInAnyOrder("orders", "copies");
        assertThat(find(same, new Dataset("trino://host:8080", "lake2.sales.orders"))).containsExactlyInAnyOrder("orders", "copies");
        assertThat(find(same, files)).containsExactlyInAnyOrder("files", "more_files");
        // A storage without products has tables of its own
        DatasetNames third = new DatasetNames(mesh, new StorageNames(Map.of("lake", "lake", "archive", "archive")), ImmutableMap.of());
        assertThat(find(third, new Dataset("trino://host:8080", "archive.sales.c360_v7"))).isEmpty();
        assertThat(find(third, new Dataset("trino://host:8080", "iceberg.sales.c360_v7"))).containsExactly("customer_360", "profiles");
    }

    @Test
    void testTableOfAStorageIsNoProductOfThatName()
    {
        // The raw table is called as the product, which is read from another one
        assertThat(find("trino://host:8080", "lake.sales.customer_360")).isEmpty();
    }

    @Test
    void testWhatLooksLikeTheMesh()
    {
        assertThat(unresolved("mesh", "mesh.sales.nothing")).contains("WARNING: the mesh has no such data product");
        assertThat(unresolved("s3://bucket", "sales/files/data/part-0.parquet")).contains("WARNING: it is a folder or a file inside a table of a data product");
        assertThat(unresolved("trino://host:8080", "lake.sales.custmers")).contains("INFO: no data product is read from this table");
        assertThat(unresolved("lake", "sales.custmers")).contains("INFO: no data product is read from this table");
        // Of the mesh
        assertThat(unresolved("trino://host:8080", "lake.sales.c360_v7")).isEmpty();
        assertThat(unresolved("s3://other", "some/folder")).isEmpty();
        // Outside of it
        assertThat(unresolved("trino://host:8080", "lake.staging.customers")).isEmpty();
        assertThat(unresolved("trino://host:8080", "hive.sales.custmers")).isEmpty();
        assertThat(unresolved("postgres://host", "shop.public.orders")).isEmpty();
        assertThat(unresolved("s3://bucket", "exports/of/customers")).isEmpty();
        assertThat(unresolved("s3://bucket", "sales/files2")).isEmpty();
        assertThat(unresolved("", ".")).isEmpty();
    }

    @Test
    void testFoldersInsideTables()
    {
        Mesh files = new TestingGraph()
                .add("sales", "outer", "catalog: files, location: \"s3://bucket/sales/a\"", ID)
                .add("sales", "beside", "catalog: files, location: \"s3://bucket/sales/a-b\"", ID)
                .add("sales", "inner", "catalog: files, location: \"s3://bucket/sales/a/b\"", ID)
                .add("sales", "later", "catalog: files, location: \"s3://bucket/sales/b\"", ID)
                .mesh();
        DatasetNames names = new DatasetNames(files, StorageNames.UNKNOWN, ImmutableMap.of());
        // Also where the names of other tables come between in the order of texts
        for (String inside : List.of("sales/a/0", "sales/a/b/c", "sales/a/c", "sales/a-b/x", "sales/b/x/y")) {
            assertThat(names.unresolved(new Dataset("s3://bucket", inside))).as(inside).map(UnresolvedDataset::reason).contains("it is a folder or a file inside a table of a data product");
        }
        for (String outside : List.of("sales/a-c/x", "sales/0", "sales/c/x", "sales", "a/0")) {
            assertThat(names.unresolved(new Dataset("s3://bucket", outside))).as(outside).isEmpty();
        }
    }

    @Test
    void testFilesOfTables()
    {
        DatasetNames names = new DatasetNames(new TestingGraph().add("sales", "orders", "catalog: lake, schema: sales", ID).mesh(), StorageNames.UNKNOWN, ImmutableMap.of());
        for (String inside : List.of("/warehouse/sales/orders-0123456789abcdef0123456789abcdef/data/part-1.parquet", "/warehouse/sales/orders/metadata/v1.metadata.json", "/warehouse/sales/orders/data")) {
            assertThat(names.unresolved(new Dataset("local:", inside))).as(inside).map(UnresolvedDataset::reason).contains("it is a folder or a file inside a table of a data product");
        }
        assertThat(names.unresolved(new Dataset("local:", "/warehouse/others/things/data/part-1.parquet"))).isEmpty();
    }

    @Test
    void testTrinoNamesOfTheMesh()
    {
        DatasetNames names = new DatasetNames(new TestingGraph().add("sales", "orders", "catalog: lake, schema: sales", ID).mesh(), StorageNames.UNKNOWN, ImmutableMap.of());
        for (String name : List.of("mesh.sales.order", "\"mesh\".\"sales\".\"order\"", "MESH.sales.order")) {
            assertThat(names.unresolved(new Dataset("trino://coordinator", name))).as(name).map(UnresolvedDataset::reason).contains("the mesh has no such data product");
        }
        assertThat(names.unresolved(new Dataset("trino://coordinator", "tpch.tiny.orders"))).isEmpty();
    }

    @Test
    @Timeout(10)
    void testNamesLongerThanAnyTablesAreOfNoTable()
    {
        // Each of a thousand events may hold a megabyte
        String folders = "a/".repeat(500_000);
        String parts = "a.".repeat(500_000);
        for (int event = 0; event < 20; event++) {
            for (String name : List.of(folders + event, folders + "sales/c360_v7", parts + event, parts + "sales.c360_v7")) {
                assertThat(find("s3://bucket", name)).isEmpty();
                assertThat(unresolved("s3://bucket", name)).isEmpty();
            }
        }
        // Deep, and yet a table
        assertThat(find("s3://bucket", "a/".repeat(1_000) + "sales/c360_v7")).containsExactly("customer_360", "profiles");
        assertThat(find("hive", "a.".repeat(1_000) + "sales.c360_v7")).containsExactly("customer_360", "profiles");
    }

    @Test
    void testColumnsOfAProductThatPublishesTheDatasetTwice()
    {
        Mesh twice = TestingMesh.mesh("a.yaml", TestingMesh.PRODUCT.replace("schema: sales\n", "schema: sales\n      tables: [{table: orders, main: true}, {table: orders, name: mails, columns: [{name: mail, type: varchar, physicalName: email}]}]\n"));
        Map<DataProduct, Function<String, Optional<String>>> columns = new DatasetNames(twice, StorageNames.UNKNOWN, ImmutableMap.of()).findColumns(new Dataset("trino://host:8080", "lake.sales.orders"));
        assertThat(columns.keySet()).extracting(DataProduct::sqlName).containsExactly("orders");
        Function<String, Optional<String>> names = columns.values().iterator().next();
        assertThat(names.apply("ORDER_ID")).contains("order_id");
        // Of the second one
        assertThat(names.apply("Email")).contains("mail");
        assertThat(names.apply("mail")).isEmpty();
    }

    @Test
    void testOtherNames()
    {
        assertThat(find("s3://other", "some/folder")).containsExactly("customer_360", "profiles");
        assertThat(find("s3://other", "another/folder")).isEmpty();
    }

    @Test
    void testUnknown()
    {
        assertThat(find("postgres://host", "shop.public.orders")).isEmpty();
        assertThat(find("postgres://host", "c360_v7")).isEmpty();
        assertThat(find("", ".")).isEmpty();
        assertThat(find("s3://bucket", "/")).isEmpty();
    }

    private List<String> find(String namespace, String name)
    {
        return find(names, new Dataset(namespace, name));
    }

    private static List<String> find(DatasetNames names, Dataset dataset)
    {
        return names.find(dataset).stream().map(table -> table.product().sqlName()).toList();
    }

    private Optional<String> unresolved(String namespace, String name)
    {
        Dataset dataset = new Dataset(namespace, name);
        return names.find(dataset).isEmpty() ? names.unresolved(dataset).map(found -> found.severity() + ": " + found.reason()) : Optional.empty();
    }
}
