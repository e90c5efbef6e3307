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
package org.trinomesh.measure;

import org.junit.jupiter.api.Test;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.TestingMesh;
import org.trinomesh.storage.TableRefusedException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.trinomesh.error.MeshErrorCode.MESH_PRODUCT_DRIFT;
import static org.trinomesh.error.MeshErrorCode.MESH_TABLE_MISSING;

final class TestObservedAvailability
{
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T12:00:00Z"));
    private final ObservedAvailability availability = new ObservedAvailability(((InstantSource) now::get).withZone(UTC));
    private final MeshTable orders = TestingMesh.mesh("orders.yaml", TestingMesh.PRODUCT).table("sales", "orders").orElseThrow();

    private final Optional<TableRefusedException> missing = Optional.of(new TableRefusedException(MESH_TABLE_MISSING, orders, "its table does not exist"));
    private final Optional<TableRefusedException> drifted = Optional.of(new TableRefusedException(MESH_PRODUCT_DRIFT, orders, "it lacks a column"));

    @Test
    void testNobodyKnowsBeforeTheFirstRead()
    {
        assertThat(availability.count(orders.product())).isEmpty();
    }

    @Test
    void testCountsADay()
    {
        availability.observed(orders, Optional.empty());
        after(Duration.ofHours(12));
        availability.observed(orders, missing);
        availability.observed(orders, Optional.empty());
        assertThat(availability.count(orders.product())).contains(new ObservedAvailability.Count(2, 3));
        after(Duration.ofHours(11));
        assertThat(availability.count(orders.product())).contains(new ObservedAvailability.Count(2, 3));
        after(Duration.ofHours(2));
        assertThat(availability.count(orders.product())).contains(new ObservedAvailability.Count(1, 2));
        after(Duration.ofDays(30));
        assertThat(availability.count(orders.product())).isEmpty();
        availability.observed(orders, missing);
        assertThat(availability.count(orders.product())).contains(new ObservedAvailability.Count(0, 1));
    }

    @Test
    void testLooksOfTheMeshCount()
    {
        // Waits for its first load
        availability.checked(orders, missing, false);
        assertThat(availability.count(orders.product())).isEmpty();
        availability.checked(orders, Optional.empty(), false);
        availability.checked(orders, drifted, false);
        // Nobody may read it
        availability.checked(orders, Optional.empty(), true);
        availability.checked(orders, missing, false);
        assertThat(availability.count(orders.product())).contains(new ObservedAvailability.Count(1, 4));
    }

    @Test
    void testATableThatIsNotAsPromisedCountsFromTheStart()
    {
        availability.checked(orders, drifted, false);
        assertThat(availability.count(orders.product())).contains(new ObservedAvailability.Count(0, 1));
    }

    private void after(Duration duration)
    {
        now.updateAndGet(instant -> instant.plus(duration));
    }
}
