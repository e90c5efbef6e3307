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
package org.trinomesh.product;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

final class TestProductId
{
    @Test
    void testIsTheNameThatSelectsThisVersion()
    {
        assertThat(new ProductId("sales", "customer_360", 2)).hasToString("sales.customer_360_v2");
    }

    @Test
    void testMinorVersionsAreOneProduct()
    {
        DataProduct orders = product(PRODUCT);
        assertThat(orders.id()).isEqualTo(new ProductId("sales", "orders", 1));
        DataProduct minor = product(PRODUCT.replace("1.0.0", "1.3.0"));
        assertThat(minor.version()).isNotEqualTo(orders.version());
        assertThat(minor.id()).isEqualTo(orders.id());
        assertThat(product(PRODUCT.replace("1.0.0", "2.0.0")).id()).isNotEqualTo(orders.id());
    }

    @Test
    void testTablesOfOneProductDiffer()
    {
        ProductId orders = new ProductId("sales", "orders", 1);
        assertThat(new TableId(orders, "orders")).isNotEqualTo(new TableId(orders, "orders__items"));
        MeshTable table = mesh(files(PRODUCT)).table("sales", "orders_v1").orElseThrow();
        assertThat(table.id()).isEqualTo(new TableId(orders, "orders"));
    }

    @Test
    void testOrderIsByDomainNameAndNumber()
    {
        ProductId two = new ProductId("sales", "orders", 2);
        ProductId ten = new ProductId("sales", "orders", 10);
        ProductId other = new ProductId("crm", "persons", 1);
        assertThat(ImmutableList.of(ten, two, other).stream().sorted()).containsExactly(other, two, ten);
    }

    @Test
    void testRefusesWhatIsNoIdentity()
    {
        assertThatThrownBy(() -> new ProductId("", "orders", 1)).hasMessage("domain is empty");
        assertThatThrownBy(() -> new ProductId("sales", "", 1)).hasMessage("name is empty");
        assertThatThrownBy(() -> new ProductId("sales", "orders", -1)).hasMessage("major is negative");
    }

    private static ImmutableMap<String, String> files(String product)
    {
        return ImmutableMap.of("orders.yaml", product);
    }

    private static DataProduct product(String document)
    {
        return mesh(files(document)).domain("sales").orElseThrow().products().getFirst();
    }
}
