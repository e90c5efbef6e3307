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

import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.trinomesh.disclosure.ObservedReader;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Requester;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

final class TestProductReaders
{
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ProductReaders readers = new ProductReaders();

    @Test
    void testReadersAreCountedByProductAndVersion()
    {
        DataProduct orders = product(PRODUCT);
        DataProduct next = product(PRODUCT.replace("1.0.0", "2.0.0"));
        readers.add(orders, reader("ben", "analysts"), NOW);
        readers.add(orders, reader("ana", "analysts"), NOW);
        readers.add(orders, reader("ana", "analysts", "interns"), NOW.plusSeconds(1));
        readers.add(next, reader("ana"), NOW);
        assertThat(readers.byProduct().apply(orders)).containsExactly(
                new ObservedReader("ana", ImmutableSet.of("analysts", "interns"), 2, NOW.plusSeconds(1)),
                new ObservedReader("ben", ImmutableSet.of("analysts"), 1, NOW));
        assertThat(readers.byProduct().apply(next)).extracting(ObservedReader::statements).containsExactly(1L);
        // Another patch is the same promise
        assertThat(readers.byProduct().apply(product(PRODUCT.replace("1.0.0", "1.3.0")))).hasSize(2);
    }

    @Test
    void testMemoryIsBounded()
    {
        DataProduct orders = product(PRODUCT);
        for (int user = 0; user < 2 * ProductReaders.MAX_READERS; user++) {
            readers.add(orders, reader("user" + user), NOW);
        }
        assertThat(readers.byProduct().apply(orders)).hasSizeLessThanOrEqualTo(ProductReaders.MAX_READERS);
    }

    private static Requester reader(String user, String... groups)
    {
        return new Requester(user, ImmutableSet.copyOf(groups), ImmutableSet.of());
    }

    private static DataProduct product(String text)
    {
        return mesh("orders.yaml", text).domain("sales").orElseThrow().products().iterator().next();
    }
}
