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

import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trinomesh.connector.TestMeshTableHandle.iceberg;

final class TestMeshPageSourceProvider
{
    private static final MeshPageSourceProvider PAGES = new MeshPageSourceProvider(new ConnectorPageSourceProvider() {});

    @Test
    void testNothingIsReadPastTheMesh()
    {
        for (ConnectorTableHandle table : List.of(iceberg(1), new ConnectorTableHandle() {})) {
            assertThatThrownBy(() -> read(table)).isInstanceOf(IllegalStateException.class).hasMessageStartingWith("Not a table of the mesh: class ");
        }
    }

    @Test
    void testNothingIsReadWhereNoRowIsVisible()
    {
        MeshTableHandle orders = MeshTableHandle.onWorker(new SchemaTableName("sales", "orders"), iceberg(1), false, TupleDomain.none());
        assertThat(read(orders).isFinished()).isTrue();
    }

    private static ConnectorPageSource read(ConnectorTableHandle table)
    {
        return PAGES.createPageSource(null, null, null, table, Optional.empty(), List.of(), DynamicFilter.EMPTY, null);
    }
}
