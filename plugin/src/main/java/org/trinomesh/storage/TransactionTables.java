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
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.MapMaker;
import com.google.common.collect.Sets;
import io.airlift.log.Logger;
import io.trino.spi.connector.ConnectorSession;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.cache.StoredFile;
import org.trinomesh.cache.TableCaches;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable;
import org.trinomesh.product.TableId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.StandardErrorCode.GENERIC_INTERNAL_ERROR;
import static java.util.Objects.requireNonNull;

/**
 * The tables that one transaction reads. Each physical table's pointer is asked for once and then stays, so a query, and
 * every query of an open transaction, sees one version of it. Keyed by the physical table and never by the mesh's name:
 * the name may mean another table with the next statement.
 */
public final class TransactionTables
{
    private static final Logger log = Logger.get(TransactionTables.class);
    private static final Refusals refusals = new Refusals(log);

    private final TableCaches caches;
    private final TableOpener opener;
    private final StorageReads reads;
    private final ColumnBindings bindings;
    private final LoadObserver observer;
    private final ConcurrentMap<Pin, BaseTable> pinned = new ConcurrentHashMap<>();
    private final ConcurrentMap<TableId, RefreshTarget> refreshed = new ConcurrentHashMap<>();
    // By identity: a statement sees one generation of the mesh, and comparing whole products would cost more than it saves
    private final ConcurrentMap<MeshTable, ServedTable> served = new MapMaker().weakKeys().makeMap();

    public TransactionTables(Storages storages, TableCaches caches, StorageReads reads, ColumnBindings bindings, LoadObserver observer)
    {
        this.caches = requireNonNull(caches, "caches is null");
        this.opener = new TableOpener(storages, caches.metadata());
        this.reads = requireNonNull(reads, "reads is null");
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.observer = requireNonNull(observer, "observer is null");
    }

    /**
     * @throws TableRefusedException when the table is not there, cannot be read or does not keep the promise; the message is for
     *         readers and names no location
     */
    public ServedTable load(ConnectorSession session, MeshTable table)
    {
        ServedTable known = served.get(table);
        if (known != null) {
            return known;
        }
        return keep(table, observe(session, table));
    }

    private ServedTable keep(MeshTable table, ServedTable loaded)
    {
        ServedTable raced = served.putIfAbsent(table, loaded);
        return raced == null ? loaded : raced;
    }

    /**
     * The same without telling anybody how that went: the rows of a query that cannot be read from its storage table may be computed.
     *
     * @throws TableRefusedException as above
     */
    public ServedTable loadStored(ConnectorSession session, MeshTable table)
    {
        ServedTable known = served.get(table);
        return known == null ? keep(table, serve(session, table)) : known;
    }

    /**
     * Opens the storage table of a query for a refresh in this transaction. Creates it if there is none.
     *
     * @param promised the columns that the query computes
     */
    public RefreshTarget prepare(Instant now, MeshTable table, Schema promised)
    {
        return refreshed.computeIfAbsent(table.id(), _ -> new RefreshTargetOpener(opener).prepare(now, table, promised));
    }

    /**
     * The storage table that a refresh in this transaction opened.
     */
    public Optional<RefreshTarget> refreshed(MeshTable table)
    {
        return Optional.ofNullable(refreshed.get(table.id()));
    }

    /**
     * The differences between a table and its promise, whether it is served or not. They name physical columns, so only
     * stewards may see them.
     *
     * @throws TableRefusedException when the table is not there or cannot be read
     */
    public List<TableDifference> differences(ConnectorSession session, MeshTable table)
    {
        // Not pinned: other tables would wait for one that is slow
        return bindings.differences(table, read(session, opener.storage(table), table).operations().current());
    }

    private ServedTable observe(ConnectorSession session, MeshTable table)
    {
        try {
            ServedTable result = serve(session, table);
            observer.observed(table, Optional.empty());
            return result;
        }
        catch (TableRefusedException e) {
            // A cancelled query, or one that waited for others in vain, reveals nothing about the table
            if (!e.isBusy() && !Thread.currentThread().isInterrupted()) {
                observer.observed(table, Optional.of(e));
            }
            throw e;
        }
        catch (RuntimeException e) {
            log.error(e, "The table behind %s.%s could not be opened", table.schema(), table.name());
            observer.observed(table, Optional.of(new TableRefusedException(GENERIC_INTERNAL_ERROR, table, "its table could not be opened")));
            throw e;
        }
    }

    private BaseTable physical(ConnectorSession session, Storage storage, MeshTable table)
    {
        return pinned.computeIfAbsent(new Pin(table.table().physical().orElseThrow(), table.table().folders()), _ -> read(session, storage, table));
    }

    private ServedTable serve(ConnectorSession session, MeshTable table)
    {
        Storage storage = opener.storage(table);
        BaseTable physical = physical(session, storage, table);
        TableMetadata metadata = physical.operations().current();
        ColumnBinding binding = bindings.bind(table, metadata);
        Refusals.of(table, binding).ifPresent(refusal -> {
            throw refusal;
        });
        Set<Integer> unreadable = bindings.unreadable(metadata);
        return new ServedTable(
                new ServedTableOperations(
                        read(metadata, binding.widened(), unreadable),
                        new StorageFileIo(storage.name(), GrantedFolders.of(storage, table.table().folders()), physical.io()),
                        physical.operations().encryption()),
                table.schema() + "." + table.name(),
                file(storage, table, metadata),
                caches.manifests(),
                binding.fieldIds(),
                unreadable,
                table.table().openColumns());
    }

    private static Optional<StoredFile> file(Storage storage, MeshTable table, TableMetadata metadata)
    {
        return storage.byLocation()
                ? Optional.empty()
                : Optional.ofNullable(metadata.metadataFileLocation()).map(location -> new StoredFile(storage.name(), ImmutableList.copyOf(table.table().folders()), location));
    }

    private BaseTable read(ConnectorSession session, Storage storage, MeshTable table)
    {
        return refusals.read(table, () -> reads.read(storage.name(), () -> opener.open(session, storage, table.table())));
    }

    private record Pin(PhysicalTable table, Set<String> folders)
    {
        private Pin
        {
            requireNonNull(table, "table is null");
            folders = ImmutableSet.copyOf(requireNonNull(folders, "folders is null"));
        }
    }

    /**
     * The metadata with the columns as they are read.
     */
    private static TableMetadata read(TableMetadata metadata, Map<Integer, Type> widened, Set<Integer> unreadable)
    {
        Schema schema = metadata.schema();
        if (widened.isEmpty() && schema.columns().stream().noneMatch(field -> unreadable.contains(field.fieldId()))) {
            return metadata;
        }
        List<NestedField> fields = schema.columns().stream()
                .filter(field -> !unreadable.contains(field.fieldId()))
                .map(field -> widened.containsKey(field.fieldId())
                        ? NestedField.from(field).ofType(widened.get(field.fieldId())).build()
                        : field)
                .collect(toImmutableList());
        // As if the owner had changed the columns in this way; the change is only in memory
        return TableMetadata.buildFrom(metadata)
                .setCurrentSchema(new Schema(fields, Sets.difference(schema.identifierFieldIds(), unreadable)), metadata.lastColumnId())
                .discardChanges()
                .withMetadataLocation(metadata.metadataFileLocation())
                .build();
    }
}
