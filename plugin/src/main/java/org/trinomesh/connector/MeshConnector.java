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
import com.google.common.collect.ImmutableSet;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorAccessControl;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorMetadata;
import io.trino.plugin.base.util.AutoCloseableCloser;
import io.trino.plugin.iceberg.IcebergConnector;
import io.trino.plugin.iceberg.IcebergTransactionManager;
import io.trino.spi.connector.Connector;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPageSinkProvider;
import io.trino.spi.connector.ConnectorPageSourceProviderFactory;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplitManager;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.function.FunctionMetadata;
import io.trino.spi.function.FunctionProvider;
import io.trino.spi.function.table.ConnectorTableFunction;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.transaction.IsolationLevel;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The mesh catalog: Iceberg's reader under our names and our access control. Procedures, table procedures, table functions
 * and scalar functions of Iceberg's connector are not bound at all, because each of them would bypass the promise: the
 * interface's defaults say "none". Only the mesh's own functions are bound: those of masks and the table functions.
 */
public final class MeshConnector
        implements Connector
{
    private final IcebergConnector iceberg;
    private final IcebergTransactionManager icebergTransactions;
    private final MeshTransactions transactions;
    private final StatisticsCache statistics;
    private final QueryMeshes meshes;
    private final ProductColumns productColumns;
    private final RestrictedPushdown restrictedPushdown;
    private final SqlViews sqlViews;
    private final QualityViews qualityViews;
    private final ConnectorAccessControl accessControl;
    private final Set<SystemTable> systemTables;
    private final List<FunctionMetadata> functions;
    private final FunctionProvider functionProvider;
    private final Set<ConnectorTableFunction> tableFunctions;
    private final FunctionSplits functionSplits;
    private final AutoCloseableCloser parts;

    public MeshConnector(
            IcebergConnector iceberg,
            MeshTransactions transactions,
            StatisticsCache statistics,
            QueryMeshes meshes,
            ProductColumns productColumns,
            RestrictedPushdown restrictedPushdown,
            SqlViews sqlViews,
            QualityViews qualityViews,
            ConnectorAccessControl accessControl,
            Set<SystemTable> systemTables,
            List<FunctionMetadata> functions,
            FunctionProvider functionProvider,
            Set<ConnectorTableFunction> tableFunctions,
            FunctionSplits functionSplits,
            AutoCloseableCloser parts)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.icebergTransactions = iceberg.getInjector().getInstance(IcebergTransactionManager.class);
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.statistics = requireNonNull(statistics, "statistics is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.productColumns = requireNonNull(productColumns, "productColumns is null");
        this.restrictedPushdown = requireNonNull(restrictedPushdown, "restrictedPushdown is null");
        this.sqlViews = requireNonNull(sqlViews, "sqlViews is null");
        this.qualityViews = requireNonNull(qualityViews, "qualityViews is null");
        // Never absent: a connector that throws or answers null here runs without any access control (ConnectorServices)
        this.accessControl = new ClassLoaderSafeConnectorAccessControl(requireNonNull(accessControl, "accessControl is null"), getClass().getClassLoader());
        this.systemTables = ImmutableSet.copyOf(requireNonNull(systemTables, "systemTables is null"));
        this.functions = ImmutableList.copyOf(requireNonNull(functions, "functions is null"));
        this.functionProvider = requireNonNull(functionProvider, "functionProvider is null");
        this.tableFunctions = ImmutableSet.copyOf(requireNonNull(tableFunctions, "tableFunctions is null"));
        this.functionSplits = requireNonNull(functionSplits, "functionSplits is null");
        this.parts = requireNonNull(parts, "parts is null");
    }

    @Override
    public ConnectorTransactionHandle beginTransaction(IsolationLevel isolationLevel, boolean readOnly, boolean autoCommit)
    {
        ConnectorTransactionHandle transaction = iceberg.beginTransaction(isolationLevel, readOnly, autoCommit);
        transactions.begin(transaction);
        return transaction;
    }

    @Override
    public ConnectorMetadata getMetadata(ConnectorSession session, ConnectorTransactionHandle transaction)
    {
        MeshMetadata metadata = new MeshMetadata(
                transactions.metadata(transaction, icebergTransactions, session.getIdentity()),
                transactions.tables(transaction),
                statistics,
                meshes,
                productColumns,
                restrictedPushdown,
                sqlViews,
                qualityViews,
                functions);
        return new ClassLoaderSafeConnectorMetadata(metadata, getClass().getClassLoader());
    }

    @Override
    public void commit(ConnectorTransactionHandle transaction)
    {
        transactions.end(transaction);
        iceberg.commit(transaction);
    }

    @Override
    public void rollback(ConnectorTransactionHandle transaction)
    {
        transactions.end(transaction);
        iceberg.rollback(transaction);
    }

    @Override
    public ConnectorSplitManager getSplitManager()
    {
        return new MeshSplitManager(iceberg.getSplitManager(), functionSplits);
    }

    @Override
    public ConnectorPageSourceProviderFactory getPageSourceProviderFactory()
    {
        ConnectorPageSourceProviderFactory factory = iceberg.getPageSourceProviderFactory();
        return () -> new MeshPageSourceProvider(factory.createPageSourceProvider());
    }

    /**
     * For refreshes of stored rows.
     */
    @Override
    public ConnectorPageSinkProvider getPageSinkProvider()
    {
        return iceberg.getPageSinkProvider();
    }

    @Override
    public boolean isSingleStatementWritesOnly()
    {
        return true;
    }

    @Override
    public ConnectorNodePartitioningProvider getNodePartitioningProvider()
    {
        return iceberg.getNodePartitioningProvider();
    }

    @Override
    public Set<SystemTable> getSystemTables()
    {
        return systemTables;
    }

    @Override
    public Set<ConnectorTableFunction> getTableFunctions()
    {
        return tableFunctions;
    }

    @Override
    public Optional<FunctionProvider> getFunctionProvider()
    {
        return Optional.of(functionProvider);
    }

    @Override
    public List<PropertyMetadata<?>> getSessionProperties()
    {
        return iceberg.getSessionProperties();
    }

    @Override
    public ConnectorAccessControl getAccessControl()
    {
        return accessControl;
    }

    @Override
    public void shutdown()
    {
        try {
            parts.close();
        }
        catch (Exception e) {
            throw new IllegalStateException("A part of the mesh catalog could not be stopped", e);
        }
    }
}
