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

import com.google.common.collect.ImmutableMap;
import io.trino.plugin.iceberg.catalog.TrinoCatalog;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable.CatalogTable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * Opens the storage tables of queries for refreshes, by the catalogs of their storages. The first refresh creates its table, and a
 * later one changes its columns when others are promised, each in one commit with the rows: the engine begins a refresh for EXPLAIN, too.
 */
final class RefreshTargetOpener
{
    private static final Map<String, String> PROPERTIES = ImmutableMap.of(
            TableProperties.FORMAT_VERSION, "2",
            TableProperties.DEFAULT_FILE_FORMAT, "PARQUET");

    // Says whose rows a table stores
    private static final String PRODUCT = "trino-mesh.product";

    private final TableOpener opener;

    RefreshTargetOpener(TableOpener opener)
    {
        this.opener = requireNonNull(opener, "opener is null");
    }

    /**
     * With the identity of the mesh itself: whoever refreshes first does not own the table.
     *
     * @param promised the columns that the query computes
     * @throws TrinoException when there is such a table that has rows which no refresh of the product stored
     */
    RefreshTarget prepare(Instant now, MeshTable table, Schema promised)
    {
        Storage storage = opener.storage(table);
        ConnectorSession session = new MeshSession(now, storage.sessionDefaults());
        if (storage.byLocation()) {
            throw new TrinoException(NOT_SUPPORTED, "Storage '%s' finds tables by their location and cannot create one; store the rows of the query in a storage that has a catalog".formatted(storage.name()));
        }
        GrantedFolders folders = GrantedFolders.of(storage, table.table().folders());
        CatalogTable stored = (CatalogTable) table.table().physical().orElseThrow();
        SchemaTableName name = new SchemaTableName(stored.namespace(), stored.table());
        TrinoCatalog catalog = storage.catalogs().create(session.getIdentity());
        String product = table.product().domain() + "/" + table.product().sqlName() + "/" + table.table().name();
        Optional<BaseTable> found = find(session, catalog, name);
        found.ifPresent(existing -> checkOwned(existing, table, product));
        boolean sameColumns = found.filter(existing -> shape(existing.schema()).equals(shape(promised))).isPresent();
        Transaction transaction = found
                .map(existing -> change(existing, storage, folders, product, sameColumns ? Optional.empty() : Optional.of(promised)))
                .orElseGet(() -> create(session, catalog, name, folders, product, promised));
        return new RefreshTarget(
                transaction,
                stored.toString(),
                sameColumns,
                StorageFileIo.writing(storage.name(), folders, transaction.table().io()),
                () -> found.isEmpty() && find(session, storage.catalogs().create(session.getIdentity()), name).isPresent());
    }

    /**
     * Whoever may name a table in a descriptor could otherwise empty it.
     */
    private static void checkOwned(BaseTable existing, MeshTable table, String product)
    {
        boolean empty = existing.currentSnapshot() == null || "0".equals(existing.currentSnapshot().summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
        if (!product.equals(existing.properties().get(PRODUCT)) && !empty) {
            throw new TrinoException(NOT_SUPPORTED, "No refresh of data product %s made the table that its descriptor names, and the table has rows, so none are stored there. Name a table that does not exist, or an empty one".formatted(table.product().qualifiedName()));
        }
    }

    private static Optional<BaseTable> find(ConnectorSession session, TrinoCatalog catalog, SchemaTableName name)
    {
        try {
            return Optional.of(catalog.loadTable(session, name));
        }
        catch (TableNotFoundException | NotFoundException _) {
            return Optional.empty();
        }
    }

    private static Transaction create(ConnectorSession session, TrinoCatalog catalog, SchemaTableName name, GrantedFolders folders, String product, Schema promised)
    {
        String location = catalog.defaultTableLocation(session, name);
        folders.check(location);
        return catalog.newCreateTableTransaction(session, name, promised, PartitionSpec.unpartitioned(), SortOrder.unsorted(), Optional.of(location), ImmutableMap.<String, String>builder().putAll(PROPERTIES).put(PRODUCT, product).buildOrThrow());
    }

    /**
     * The names and types of columns, in their order, without the ids of fields.
     */
    private static List<String> shape(Schema schema)
    {
        return schema.columns().stream()
                .map(RefreshTargetOpener::shape)
                .collect(toImmutableList());
    }

    private static String shape(NestedField column)
    {
        AtomicInteger ids = new AtomicInteger();
        return column.name() + (column.isRequired() ? " required " : " ") + TypeUtil.assignFreshIds(new Schema(column), ids::incrementAndGet).columns().getFirst().type();
    }

    /**
     * Gives the table the promised columns. The refresh replaces all rows then, so none of the values has to be kept.
     */
    private static Transaction change(BaseTable table, Storage storage, GrantedFolders folders, String product, Optional<Schema> promised)
    {
        folders.check(table.location());
        folders.check(table.operations().current().metadataFileLocation());
        Transaction transaction = new BaseTable(new RefreshTargetOperations(table.operations(), storage.name(), folders), table.name()).newTransaction();
        if (!product.equals(table.properties().get(PRODUCT))) {
            transaction.updateProperties().set(PRODUCT, product).commit();
        }
        promised.ifPresent(columns -> change(table, transaction.updateSchema(), columns));
        return transaction;
    }

    private static void change(BaseTable table, UpdateSchema update, Schema promised)
    {
        List<String> wanted = shape(promised);
        List<String> found = shape(table.schema());
        table.schema().columns().stream()
                .filter(column -> !wanted.contains(shape(column)))
                .forEach(column -> update.deleteColumn(column.name()));
        String previous = null;
        for (NestedField column : promised.columns()) {
            if (!found.contains(shape(column))) {
                update.addColumn(column.name(), column.type());
            }
            if (previous == null) {
                update.moveFirst(column.name());
            }
            else {
                update.moveAfter(column.name(), previous);
            }
            previous = column.name();
        }
        update.commit();
    }
}
