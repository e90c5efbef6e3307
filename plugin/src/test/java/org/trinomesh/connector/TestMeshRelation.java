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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.SchemaTableName;
import org.junit.jupiter.api.Test;
import org.trinomesh.connector.MeshRelation.InformationSchemaRelation;
import org.trinomesh.connector.MeshRelation.MaterializedRelation;
import org.trinomesh.connector.MeshRelation.MetadataRelation;
import org.trinomesh.connector.MeshRelation.ProductRelation;
import org.trinomesh.connector.MeshRelation.QualityRelation;
import org.trinomesh.connector.MeshRelation.QueryRelation;
import org.trinomesh.connector.MeshRelation.StorageRelation;
import org.trinomesh.connector.MeshRelation.SystemRelation;
import org.trinomesh.connector.MeshRelation.Unknown;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.Mesh;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.MESH;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.meshOf;

/**
 * The sales domain publishes the orders.
 */
final class TestMeshRelation
{
    private static final Mesh SALES = meshOf(ImmutableMap.of("mesh.yaml", MESH, "orders.yaml", PRODUCT));

    @Test
    void testNamesOfAProduct()
    {
        assertThat(relation("sales", "orders")).isInstanceOf(ProductRelation.class);
        assertThat(relation("sales", "orders_v1")).isInstanceOf(ProductRelation.class);
        assertThat(relation("sales", "orders_v2")).isEqualTo(new Unknown());
        assertThat(relation("sales", "returns")).isEqualTo(new Unknown());
        assertThat(relation("hr", "orders")).isEqualTo(new Unknown());
    }

    @Test
    void testNothingWithASuffixPassesAsTheProduct()
    {
        for (String suffix : List.of("$files", "$snapshots", "$data", "$never_was", "$", "@", "@x$files", "$files$files")) {
            assertThat(relation("sales", "orders" + suffix)).as(suffix).isEqualTo(new MetadataRelation(((ProductRelation) relation("sales", "orders")).table()));
            assertThat(relation("sales", "returns" + suffix)).as(suffix).isEqualTo(new Unknown());
            assertThat(relation("sales", suffix)).as(suffix).isEqualTo(new Unknown());
        }
    }

    @Test
    void testReservedSchemasBelongToNoDomain()
    {
        for (String name : List.of("orders", "orders$files", "sales__orders", "tables")) {
            assertThat(relation("system", name)).isEqualTo(new SystemRelation());
            assertThat(relation("information_schema", name)).isEqualTo(new InformationSchemaRelation());
            assertThat(relation("quality", name)).isEqualTo(new QualityRelation(name));
        }
        assertThat(Arrays.stream(MeshSchema.values()).filter(schema -> schema != MeshSchema.DOMAIN)).isNotEmpty().allSatisfy(schema -> {
            assertThat(MeshSchema.of(schema.schemaName())).isEqualTo(schema);
            Mesh mesh = meshOf(ImmutableMap.of(
                    "mesh.yaml", MESH.replace("domain: sales", "domain: " + schema.schemaName()),
                    "orders.yaml", PRODUCT.replace("domain: sales", "domain: " + schema.schemaName())));
            assertThat(mesh.domain(schema.schemaName())).isEmpty();
            assertThat(mesh.problems()).asString().contains("'%s' is a schema that every".formatted(schema.schemaName()));
        });
    }

    @Test
    void testNamesOfAStoredQuery()
    {
        String stored = PRODUCT.replace("name: orders", "name: stored").replaceFirst("(?s)catalog: lake.*?columns:", "query: {sql: SELECT order_id FROM orders, materialized: {storage: lake, schema: sales, table: stored}}\n  columns:");
        Mesh mesh = meshOf(ImmutableMap.of("mesh.yaml", MESH, "orders.yaml", PRODUCT, "stored.yaml", stored));
        MeshTable table = mesh.table("sales", "stored").orElseThrow();
        assertThat(MeshRelation.of(mesh, new SchemaTableName("sales", "stored"))).isEqualTo(new MaterializedRelation(table));
        assertThat(MeshRelation.of(mesh, new SchemaTableName("sales", "stored$query"))).isEqualTo(new QueryRelation(table));
        assertThat(MeshRelation.of(mesh, new SchemaTableName("sales", "stored$files"))).isEqualTo(new MetadataRelation(table));
        assertThat(MeshRelation.of(mesh, StorageRelation.name(table))).isEqualTo(new StorageRelation(table));
        // Only where the rows of a query are stored
        assertThat(MeshRelation.of(mesh, new SchemaTableName("$stored$sales", "orders"))).isEqualTo(new Unknown());
        assertThat(MeshRelation.of(mesh, new SchemaTableName("$stored$", "stored"))).isEqualTo(new Unknown());
        assertThat(MeshRelation.of(mesh, new SchemaTableName("$stored$hr", "stored"))).isEqualTo(new Unknown());
    }

    private static MeshRelation relation(String schema, String name)
    {
        return MeshRelation.of(SALES, new SchemaTableName(schema, name));
    }
}
