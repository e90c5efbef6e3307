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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Logger;
import io.trino.plugin.iceberg.catalog.TrinoCatalog;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.trinomesh.cache.MetadataCache;
import org.trinomesh.cache.StoredFile;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.PhysicalTable.LocatedTable;
import org.trinomesh.product.ProductTable;

import java.util.Optional;
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
    private static final Logger log = Logger.get(TableOpener.class);

    private final Storages storages;
    private final MetadataCache metadata;
    // Made outside of the map, in which a storage that does not answer would hold up others
    private final ConcurrentMap<String, Supplier<TrinoCatalog>> catalogs = new ConcurrentHashMap<>();

    TableOpener(Storages storages, MetadataCache metadata)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
    }

    /**
     * @throws TableRefusedException when the catalog file has no such storage
     */
    Storage storage(MeshTable table)
    {
        return storages.find(table.table().physical().orElseThrow().storage())
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
        return switch (table.physical().orElseThrow()) {
            case CatalogTable catalogTable -> kept(session, storage, folders, catalogTable)
                    .orElseGet(() -> load(session, storage, folders, catalogTable));
            // Its file system has the granted folders only
            case LocatedTable located -> new LocatedTables(storage, folders).load(session.getIdentity(), located);
        };
    }

    private BaseTable load(ConnectorSession session, Storage storage, GrantedFolders folders, CatalogTable table)
    {
        BaseTable loaded = catalogs
                .computeIfAbsent(storage.name(), _ -> memoize(() -> storage.catalogs().create(session.getIdentity())))
                .get()
                .loadTable(session, new SchemaTableName(table.namespace(), table.table()));
        folders.check(loaded.operations().current().metadataFileLocation());
        return loaded;
    }

    /**
     * The table by its pointer, where the catalog can be asked for that alone. Empty when the catalog itself has to load the table, and also
     * when that way fails: what the catalog says of a failure is what its users know.
     */
    private Optional<BaseTable> kept(ConnectorSession session, Storage storage, GrantedFolders folders, CatalogTable table)
    {
        if (storage.pointers().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> location = Optional.ofNullable(storage.pointers().get().metadataLocations(ImmutableList.of(table)).get(table));
        return location.flatMap(pointer -> {
            folders.check(pointer);
            FileIO io = storage.fileIos().create(storage.fileSystems().create(session.getIdentity(), ImmutableMap.of()));
            try {
                TableMetadata current = metadata.get(new StoredFile(storage.name(), folders.folders(), pointer), () -> TableMetadataParser.read(io, pointer));
                // Only the catalog knows how to decrypt the manifests of an encrypted table
                return current.encryptionKeys().isEmpty()
                        ? Optional.of(new BaseTable(new ServedTableOperations(current, io, PlaintextEncryptionManager.instance()), table.table()))
                        : Optional.empty();
            }
            catch (RuntimeException e) {
                log.debug(e, "The metadata of %s could not be read by its pointer", table);
                return Optional.empty();
            }
        });
    }
}
