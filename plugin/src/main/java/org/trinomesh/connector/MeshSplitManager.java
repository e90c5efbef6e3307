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
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Hands Iceberg's split manager its own table handle. The table functions are the mesh's own, and Iceberg is not asked.
 */
final class MeshSplitManager
        implements ConnectorSplitManager
{
    /**
     * The key that the JSON of a partition spec has for each of its fields.
     */
    private static final String PARTITION_FIELD = "\"source-id\"";

    private final ConnectorSplitManager delegate;
    private final FunctionSplits functionSplits;

    MeshSplitManager(ConnectorSplitManager delegate, FunctionSplits functionSplits)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.functionSplits = requireNonNull(functionSplits, "functionSplits is null");
    }

    @Override
    public ConnectorSplitSource getSplits(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorTableHandle table,
            Set<ColumnHandle> dynamicFilterColumns,
            Constraint constraint)
    {
        MeshTableHandle handle = (MeshTableHandle) table;
        if (handle.dynamicFilters()) {
            ConnectorSplitSource splits = delegate.getSplits(transaction, session, handle.iceberg(), dynamicFilterColumns, constraint);
            boolean partitioned = handle.iceberg().getPartitionSpecJsons().values().stream().anyMatch(spec -> spec.contains(PARTITION_FIELD));
            return partitioned && !dynamicFilterColumns.isEmpty() ? new FilteredSplits(splits) : splits;
        }
        // Only the table handle decides what is read, because readers see how much was read
        return delegate.getSplits(transaction, session, handle.iceberg(), ImmutableSet.of(), Constraint.alwaysTrue());
    }

    @Override
    public ConnectorSplitSource getSplits(ConnectorTransactionHandle transaction, ConnectorSession session, ConnectorTableFunctionHandle function)
    {
        return functionSplits.splits(session, function);
    }
}
