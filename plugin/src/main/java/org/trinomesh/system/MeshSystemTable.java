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
package org.trinomesh.system;

import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.InMemoryRecordSet;
import io.trino.spi.connector.RecordCursor;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.TupleDomain;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.Fact;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.connector.SystemTable.Distribution.SINGLE_COORDINATOR;
import static java.util.Objects.requireNonNull;

/**
 * Serves the rows of a system table to the requester, on the coordinator: workers know no descriptors.
 */
public final class MeshSystemTable<R extends Fact>
        implements SystemTable
{
    private final QueryMeshes meshes;
    private final SystemRows<R> rows;

    MeshSystemTable(QueryMeshes meshes, SystemRows<R> rows)
    {
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.rows = requireNonNull(rows, "rows is null");
    }

    /**
     * The columns, each with its audience.
     */
    public List<SystemColumn<R>> columns()
    {
        return rows.schema().columns();
    }

    @Override
    public Distribution getDistribution()
    {
        return SINGLE_COORDINATOR;
    }

    @Override
    public ConnectorTableMetadata getTableMetadata()
    {
        return rows.schema().metadata();
    }

    @Override
    public RecordCursor cursor(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            TupleDomain<Integer> constraint,
            Set<Integer> requiredColumns,
            ConnectorSplit split,
            ConnectorAccessControl accessControl)
    {
        SystemTableSchema<R> schema = rows.schema();
        InMemoryRecordSet.Builder table = InMemoryRecordSet.builder(schema.metadata());
        // Asked for each value
        BitSet wanted = new BitSet();
        requiredColumns.forEach(wanted::set);
        constraint.getDomains().ifPresent(domains -> {
            SystemRequest request = new SystemRequest(
                    meshes.of(session),
                    requiredColumns.stream().map(column -> columns().get(column).name()).collect(toImmutableSet()),
                    domains.entrySet().stream().collect(toImmutableMap(entry -> columns().get(entry.getKey()).name(), Map.Entry::getValue)));
            rows.rows(request).forEach(row -> table.addRow(schema.row(row, wanted::get)));
        });
        return table.build().cursor();
    }
}
