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
import org.trinomesh.openlineage.Dataset;
import org.trinomesh.registry.Mesh;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.lineage.TestingProducts.lake;

final class TestDatasetNames
{
    private static final String ID = "- {name: id, type: bigint}";

    private final Mesh mesh = new TestingProducts()
            .add("sales", "customer-360", lake("sales", "c360_v7"), ID)
            .add("sales", "profiles", lake("sales", "c360_v7"), ID)
            .add("sales", "files", "catalog: files, location: \"s3://bucket/sales/files/\"", ID)
            .add("marketing", "c360_v7", lake("marketing", "c360_v7"), ID)
            .mesh();
    private final DatasetNames names = new DatasetNames(mesh, ImmutableMap.of(
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
        return names.find(new Dataset(namespace, name)).stream().map(table -> table.product().sqlName()).toList();
    }
}
