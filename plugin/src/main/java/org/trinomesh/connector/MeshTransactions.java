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

import io.trino.plugin.iceberg.IcebergMetadata;
import io.trino.plugin.iceberg.IcebergTransactionManager;
import io.trino.plugin.iceberg.catalog.TrinoCatalog;
import io.trino.plugin.iceberg.catalog.TrinoCatalogFactory;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.security.ConnectorIdentity;
import org.trinomesh.cache.TableCaches;
import org.trinomesh.storage.ColumnBindings;
import org.trinomesh.storage.LoadObserver;
import org.trinomesh.storage.StorageReads;
import org.trinomesh.storage.Storages;
import org.trinomesh.storage.TransactionTables;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/**
 * The tables that each open transaction has pinned, shared between our metadata and the catalog under Iceberg's.
 */
public final class MeshTransactions
{
    // Iceberg makes its catalog for an identity and does not say for which transaction: this tells the factory, within
    // the one call that makes it
    private static final ScopedValue<TransactionTables> BEGINNING = ScopedValue.newInstance();

    private final Storages storages;
    private final TableCaches caches;
    private final StorageReads reads;
    private final ColumnBindings bindings;
    private final LoadObserver observer;
    private final QueryMeshes meshes;
    private final ConcurrentMap<ConnectorTransactionHandle, TransactionTables> open = new ConcurrentHashMap<>();

    public MeshTransactions(Storages storages, TableCaches caches, StorageReads reads, ColumnBindings bindings, LoadObserver observer, QueryMeshes meshes)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.caches = requireNonNull(caches, "caches is null");
        this.reads = requireNonNull(reads, "reads is null");
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.observer = requireNonNull(observer, "observer is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
    }

    /**
     * The factory of catalogs for the serving engine.
     */
    public TrinoCatalogFactory catalogs()
    {
        return this::createCatalog;
    }

    private TrinoCatalog createCatalog(ConnectorIdentity identity)
    {
        checkState(BEGINNING.isBound(), "Metadata of the mesh was asked for outside of its transaction");
        return new MeshCatalog(meshes, BEGINNING.get());
    }

    void begin(ConnectorTransactionHandle transaction)
    {
        checkState(open.put(transaction, new TransactionTables(storages, caches, reads, bindings, observer)) == null, "Transaction is open already: %s", transaction);
    }

    TransactionTables tables(ConnectorTransactionHandle transaction)
    {
        TransactionTables tables = open.get(transaction);
        checkState(tables != null, "No such transaction: %s", transaction);
        return tables;
    }

    IcebergMetadata metadata(ConnectorTransactionHandle transaction, IcebergTransactionManager iceberg, ConnectorIdentity identity)
    {
        return ScopedValue.where(BEGINNING, tables(transaction)).call(() -> iceberg.get(transaction, identity));
    }

    void end(ConnectorTransactionHandle transaction)
    {
        open.remove(transaction);
    }
}
