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

import com.google.common.collect.ImmutableList;
import io.trino.plugin.iceberg.system.files.FilesTableSplit;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.ConnectorPageSourceProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.DynamicFilter;
import io.trino.spi.connector.EmptyPageSource;
import io.trino.spi.connector.MemoryContext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * Hands Iceberg's reader its own table handle.
 */
final class MeshPageSourceProvider
        implements ConnectorPageSourceProvider
{
    private final ConnectorPageSourceProvider delegate;

    MeshPageSourceProvider(ConnectorPageSourceProvider delegate)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
    }

    @Override
    public ConnectorPageSource createPageSource(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorSplit split,
            ConnectorTableHandle table,
            Optional<ConnectorTableCredentials> tableCredentials,
            List<ColumnHandle> columns,
            DynamicFilter dynamicFilter,
            MemoryContext memoryContext)
    {
        if (!(table instanceof MeshTableHandle handle)) {
            // The metadata tables of a product's stewards come with a handle of the engine's. Nothing else is read past ours
            checkState(split instanceof FilesTableSplit, "Not a table of the mesh: %s", table.getClass());
            return delegate.createPageSource(transaction, session, split, table, tableCredentials, columns, dynamicFilter, memoryContext);
        }
        DynamicFilter allowed = handle.dynamicFilters() ? dynamicFilter : DynamicFilter.EMPTY;
        if (handle.visibleRows().isAll()) {
            return delegate.createPageSource(transaction, session, split, handle.iceberg(), tableCredentials, columns, allowed, memoryContext);
        }
        if (handle.visibleRows().isNone()) {
            return new EmptyPageSource();
        }
        List<ColumnHandle> readColumns = new ArrayList<>(columns);
        ImmutableList.Builder<VisibleRows.Channel> filtered = ImmutableList.builder();
        handle.visibleRows().getDomains().orElseThrow().forEach((column, domain) -> {
            if (!readColumns.contains(column)) {
                readColumns.add(column);
            }
            filtered.add(new VisibleRows.Channel(readColumns.indexOf(column), domain));
        });
        ConnectorPageSource pages = delegate.createPageSource(transaction, session, split, handle.iceberg(), tableCredentials, readColumns, allowed, memoryContext);
        return new VisibleRows(pages, columns.size(), filtered.build());
    }

    @Override
    public long getMemoryUsage()
    {
        return delegate.getMemoryUsage();
    }
}
