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
package org.trinomesh.storage;

import io.trino.plugin.iceberg.catalog.TrinoCatalog;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import org.apache.iceberg.BaseTable;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.product.ProductTable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static java.util.Objects.requireNonNull;

/**
 * Opens the tables behind data products as they are now. It keeps the catalogs that it asked, and is itself kept for one transaction or one
 * round of measurements only.
 */
final class TableOpener
{
    private final Storages storages;
    // Made outside of the map, in which a storage that does not answer would hold up others
    private final ConcurrentMap<String, Supplier<TrinoCatalog>> catalogs = new ConcurrentHashMap<>();

    TableOpener(Storages storages)
    {
        this.storages = requireNonNull(storages, "storages is null");
    }

    /**
     * @throws TableRefusedException when the catalog file has no such storage
     */
    Storage storage(MeshTable table)
    {
        return storages.find(table.table().source().storage())
                .orElseThrow(() -> Refusals.unknownStorage(table));
    }

    /**
     * The current version of a table, whose metadata lies in the folders that its domain was granted.
     *
     * @param storage that of the table
     */
    BaseTable open(ConnectorSession session, Storage storage, ProductTable table)
    {
        GrantedFolders folders = GrantedFolders.of(storage, table.folders());
        return switch (table.source()) {
            case CatalogTable(String _, String namespace, String name) -> {
                BaseTable loaded = catalogs
                        .computeIfAbsent(storage.name(), _ -> memoize(() -> storage.catalogs().create(session.getIdentity())))
                        .get()
                        .loadTable(session, new SchemaTableName(namespace, name));
                folders.check(loaded.operations().current().metadataFileLocation());
                yield loaded;
            }
            // Its file system has the granted folders only
            case LocatedTable located -> new LocatedTables(storage, folders).load(session.getIdentity(), located);
        };
    }
}
