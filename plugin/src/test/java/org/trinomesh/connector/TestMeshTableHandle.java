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
import com.google.common.collect.ImmutableSet;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.plugin.iceberg.TableType;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.trinomesh.product.MeshTable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.registry.TestingMesh.PRODUCT;
import static org.trinomesh.registry.TestingMesh.mesh;

final class TestMeshTableHandle
{
    private static final SchemaTableName NAME = new SchemaTableName("sales", "orders");
    private static final MeshTable ORDERS = mesh("orders.yaml", PRODUCT).table("sales", "orders").orElseThrow();
    private static final ScanAccess ACCESS = new ScanAccess(true, ImmutableSet.of("order_id"), Optional.empty(), RestrictedPushdown.SAFE);

    @Test
    void testComparingAndPrintingOpenNothing()
    {
        MeshTableHandle handle = unopened();
        MeshTableHandle other = unopened();
        assertThat(handle.equals(handle)).isTrue();
        assertThat(handle).isNotEqualTo(other).hasSameHashCodeAs(other);
        // One that is open cannot tell either whether it is the same
        assertThat(handle).isNotEqualTo(handle.with(iceberg(1)));
        assertThat(handle.with(iceberg(1))).isNotEqualTo(handle);
        assertThat(handle).hasToString("sales.orders");
        assertThatThrownBy(handle::iceberg).isInstanceOf(AssertionError.class);
    }

    @Test
    void testHandlesOfOneVersionAreTheSame()
    {
        MeshTableHandle handle = unopened().with(iceberg(1));
        assertThat(handle).isEqualTo(unopened().with(iceberg(1))).hasSameHashCodeAs(unopened().with(iceberg(1)));
        assertThat(handle).isNotEqualTo(unopened().with(iceberg(2)));
        // What the scan may show is decided by reader
        assertThat(handle).isNotEqualTo(handle(new ScanAccess(true, ImmutableSet.of(), Optional.empty(), RestrictedPushdown.SAFE)).with(iceberg(1)));
    }

    @Test
    void testWhoeverMayOnlyKnowOfATableOpensNothing()
    {
        MeshTableHandle handle = new MeshTableHandle(NAME, PlannedTable.denied(ORDERS, () -> new AccessDeniedException("ask the owner"), Optional.empty()));
        assertThat(handle.planned().table()).isEqualTo(ORDERS);
        assertThatThrownBy(handle::iceberg).hasMessage("Access Denied: ask the owner");
        assertThat(handle.visibleRows().isNone()).isTrue();
        assertThat(handle.planned().access().mayNarrow(Optional.of("order_id"), true)).isFalse();
    }

    @Test
    void testWorkersKnowNoDecision()
    {
        MeshTableHandle sent = MeshTableHandle.onWorker(NAME, iceberg(1), false, TupleDomain.all());
        assertThatThrownBy(sent::planned).isInstanceOf(IllegalStateException.class).hasMessage("A worker asked for the descriptor of sales.orders");
        assertThat(sent).isEqualTo(MeshTableHandle.onWorker(NAME, iceberg(1), false, TupleDomain.all()));
        assertThat(sent).isNotEqualTo(MeshTableHandle.onWorker(NAME, iceberg(1), true, TupleDomain.all()));
        assertThat(sent).isNotEqualTo(MeshTableHandle.onWorker(NAME, iceberg(1), false, TupleDomain.none()));
        assertThatThrownBy(() -> MeshTableHandle.onWorker(NAME, iceberg(1), false, null)).hasMessage("visibleRows is null");
    }

    private static MeshTableHandle unopened()
    {
        return handle(ACCESS);
    }

    private static MeshTableHandle handle(ScanAccess access)
    {
        return new MeshTableHandle(NAME, new PlannedTable(
                ORDERS,
                access,
                () -> {
                    throw new AssertionError("The table was opened");
                },
                () -> {
                    throw new AssertionError("The rows were asked for");
                },
                Optional.empty()));
    }

    static IcebergTableHandle iceberg(long snapshot)
    {
        return new IcebergTableHandle(
                NAME.getSchemaName(),
                NAME.getTableName(),
                TableType.DATA,
                OptionalLong.of(snapshot),
                "{}",
                OptionalInt.empty(),
                ImmutableMap.of(),
                2,
                TupleDomain.all(),
                TupleDomain.all(),
                OptionalLong.empty(),
                Set.of(),
                Optional.empty(),
                "memory:///orders",
                ImmutableMap.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                ImmutableSet.of(),
                Optional.empty());
    }
}
