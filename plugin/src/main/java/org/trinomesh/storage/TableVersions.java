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

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import io.airlift.log.Logger;
import io.trino.filesystem.TrinoFileSystem;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.trinomesh.cache.MetadataCache;
import org.trinomesh.cache.StoredFile;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.storage.TableVersion.Contents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static org.trinomesh.storage.ConfinedFileSystem.confine;

/**
 * Opens the current versions of tables for measuring, with the identity of the mesh itself and not of a requester. Storages
 * are asked every time, so the versions are always current.
 */
public final class TableVersions
{
    private static final Refusals refusals = new Refusals(Logger.get(TableVersions.class));

    private final Storages storages;
    private final MetadataCache metadata;
    private final ColumnBindings bindings;
    private final Clock clock;

    public TableVersions(Storages storages, MetadataCache metadata, ColumnBindings bindings, Clock clock)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Opens these tables, and asks for their pointers at once where a storage can be asked so.
     */
    public Round round(Collection<PhysicalTable> tables)
    {
        return new Round(tables.stream()
                .distinct()
                .filter(CatalogTable.class::isInstance)
                .map(CatalogTable.class::cast)
                .collect(groupingBy(CatalogTable::storage)));
    }

    /**
     * Binds the columns of a version of a table, as a query does.
     *
     * @param thorough whether to read its metadata also when this version was bound before
     * @throws TableRefusedException as a query gets it
     */
    public void bind(MeshTable table, TableVersion version, boolean thorough)
    {
        ColumnBinding binding = refusals.read(table, () -> thorough ? bindings.bind(table, version.metadata()) : bindings.bind(table, version));
        Refusals.of(table, binding).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /**
     * Runs a read of a version that the catalog named. A file that is missing then is damage, and no sign that the table was dropped.
     *
     * @throws TableRefusedException when that fails, as a query gets it
     */
    public <T> T read(MeshTable table, Supplier<T> read)
    {
        return refusals.read(table, () -> {
            try {
                return read.get();
            }
            catch (NotFoundException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        });
    }

    /**
     * SQL column name to Iceberg field id, as queries see it.
     *
     * @param tableUuid of the table's metadata
     * @param schema the table's own
     */
    public Map<String, Integer> fieldIds(MeshTable table, String tableUuid, Schema schema)
    {
        return bindings.fieldIds(table, tableUuid, schema);
    }

    /**
     * Tables opened at about one moment.
     */
    public final class Round
    {
        // Asked by the first table of each storage that needs it, so that a slow storage holds up nobody else's
        private final Map<String, Supplier<Map<CatalogTable, String>>> locations;
        private final Instant start = clock.instant();
        private final TableOpener opener = new TableOpener(storages, metadata);

        private Round(Map<String, List<CatalogTable>> tables)
        {
            this.locations = tables.entrySet().stream().collect(toImmutableMap(
                    Map.Entry::getKey,
                    entry -> Suppliers.memoize(() -> locations(entry.getKey(), entry.getValue()))));
        }

        private Map<CatalogTable, String> locations(String storage, List<CatalogTable> tables)
        {
            return storages.find(storage)
                    .flatMap(Storage::pointers)
                    .map(pointers -> pointers.metadataLocations(tables))
                    .orElseGet(ImmutableMap::of);
        }

        /**
         * @throws TableRefusedException when the table is not there or cannot be read, as a query gets it
         */
        public TableVersion open(MeshTable table)
        {
            Storage storage = opener.storage(table);
            return refusals.read(table, () -> open(table.table(), storage));
        }

        private TableVersion open(ProductTable table, Storage storage)
        {
            String name = storage.name();
            GrantedFolders folders = GrantedFolders.of(storage, table.folders());
            if (table.source() instanceof CatalogTable catalogTable && locations.containsKey(name)) {
                String location = locations.get(name).get().get(catalogTable);
                if (location != null) {
                    folders.check(location);
                    return new TableVersion(name, location, () -> read(storage, folders, table, location));
                }
            }
            BaseTable loaded = load(storage, table);
            return new TableVersion(name, loaded.operations().current().metadataFileLocation(), () -> contents(storage, folders, loaded));
        }

        private Contents read(Storage storage, GrantedFolders folders, ProductTable table, String location)
        {
            TrinoFileSystem files = confine(storage.fileSystems().create(MeshSession.IDENTITY, ImmutableMap.of()), folders);
            FileIO io = storage.fileIos().create(files);
            TableMetadata current = metadata.get(new StoredFile(storage.name(), folders.folders(), location), () -> TableMetadataParser.read(io, location));
            if (!current.encryptionKeys().isEmpty()) {
                // Only the catalog knows how to decrypt the manifests. The version may be a newer one by now.
                return contents(storage, folders, load(storage, table));
            }
            return new Contents(current, io);
        }

        private BaseTable load(Storage storage, ProductTable table)
        {
            return opener.open(new MeshSession(start, storage.sessionDefaults()), storage, table);
        }

        private static Contents contents(Storage storage, GrantedFolders folders, BaseTable table)
        {
            TableMetadata metadata = table.operations().current();
            folders.check(metadata.metadataFileLocation());
            return new Contents(metadata, new StorageFileIo(storage.name(), folders, table.io()));
        }
    }
}
