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

import io.airlift.slice.Slice;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.RefreshType;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMaterializedViewDefinition;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.MaterializedViewFreshness;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.statistics.ComputedStatistics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.types.Types.NestedField;
import org.trinomesh.connector.MeshRelation.MaterializedRelation;
import org.trinomesh.connector.MeshRelation.StorageRelation;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.materialized.RefreshRecord;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.RefreshFailures;
import org.trinomesh.storage.RefreshTarget;
import org.trinomesh.storage.TableRefusedException;
import org.trinomesh.storage.TransactionTables;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static io.trino.plugin.iceberg.IcebergUtil.schemaFromMetadata;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.connector.MaterializedViewFreshness.Freshness.FRESH;
import static io.trino.spi.connector.MaterializedViewFreshness.Freshness.STALE;
import static java.util.Objects.requireNonNull;

/**
 * Stores the rows of queries, for REFRESH MATERIALIZED VIEW. Iceberg's connector writes them as it does for its own materialized
 * views; what is added here is with whose rights the query runs, and what is recorded of the rows.
 */
final class StoredRowsRefresher
{
    // The key of Iceberg's connector for the tables that a refresh has read
    private static final String DEPENDS_ON_TABLES = "dependsOnTables";

    private final ConnectorMetadata iceberg;
    private final TransactionTables tables;
    private final QueryMeshes meshes;
    private final ProductColumns columns;
    private final SqlViews views;
    private final Function<ConnectorSession, StoredRowsResolver> storedRows;

    private record StorageColumnHandle(String name)
            implements ColumnHandle
    {
        private StorageColumnHandle
        {
            requireNonNull(name, "name is null");
        }
    }

    StoredRowsRefresher(ConnectorMetadata iceberg, TransactionTables tables, QueryMeshes meshes, ProductColumns columns, SqlViews views, Function<ConnectorSession, StoredRowsResolver> storedRows)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.views = requireNonNull(views, "views is null");
        this.storedRows = requireNonNull(storedRows, "storedRows is null");
    }

    /**
     * What a refresh computes, for a requester who may know of the product; the access control decides who may refresh it.
     */
    Optional<ConnectorMaterializedViewDefinition> definition(ConnectorSession session, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(session);
        return meshes.relation(session, name) instanceof MaterializedRelation(MeshTable table) && AnalyzedStatement.refreshes() && mesh.decide(table.product()).isDiscoverable()
                ? Optional.of(views.refresh(mesh, name, table, meshes.query(session).identities().of(table, Optional.empty())))
                : Optional.empty();
    }

    /**
     * Whether a refresh would store the same rows again.
     */
    MaterializedViewFreshness freshness(ConnectorSession session, SchemaTableName name)
    {
        boolean fresh = meshes.relation(session, name) instanceof MaterializedRelation(MeshTable table) && storedRows.apply(session).isFresh(table);
        return new MaterializedViewFreshness(fresh ? FRESH : STALE, Optional.empty());
    }

    /**
     * The table that the statement refreshes; empty for every other name.
     */
    Optional<ConnectorTableHandle> handle(ConnectorSession session, SchemaTableName name)
    {
        return meshes.relation(session, name) instanceof StorageRelation(MeshTable table) && meshes.query(session).isRefreshing(table, session.getIdentity())
                ? Optional.of(new RefreshTargetHandle(name))
                : Optional.empty();
    }

    ConnectorTableMetadata description(ConnectorSession session, RefreshTargetHandle handle)
    {
        return new ConnectorTableMetadata(handle.name(), promised(session, table(session, handle)));
    }

    private List<ColumnMetadata> promised(ConnectorSession session, MeshTable table)
    {
        return columns.promised(meshes.of(session), table);
    }

    private MeshTable table(ConnectorSession session, RefreshTargetHandle handle)
    {
        if (meshes.relation(session, handle.name()) instanceof StorageRelation(MeshTable table)) {
            return table;
        }
        throw new IllegalStateException("Not a storage table: " + handle.name());
    }

    Map<String, ColumnHandle> columns(ConnectorSession session, RefreshTargetHandle handle)
    {
        return promised(session, table(session, handle)).stream()
                .collect(toImmutableMap(ColumnMetadata::getName, column -> new StorageColumnHandle(column.getName())));
    }

    /**
     * How rows are distributed to the writers of a table that its owner has partitioned.
     */
    Optional<ConnectorTableLayout> layout(ConnectorSession session, RefreshTargetHandle handle)
    {
        MeshTable table = table(session, handle);
        try {
            tables.loadStored(session, table);
        }
        catch (TableRefusedException _) {
            // To be created, or changed
            return Optional.empty();
        }
        return RefreshFailures.storing(table, () -> iceberg.getInsertLayout(session, iceberg.getTableHandle(session, new SchemaTableName(table.schema(), table.name()), Optional.empty(), Optional.empty())));
    }

    Optional<ConnectorTableCredentials> credentials(ConnectorSession session, RefreshTargetHandle handle)
    {
        return iceberg.getTableCredentials(session, opened(session, handle));
    }

    ConnectorInsertTableHandle begin(ConnectorSession session, RefreshTargetHandle handle, List<ConnectorTableHandle> sources, boolean foreignSources, RetryMode retryMode, RefreshType type)
    {
        MeshTable table = table(session, handle);
        Schema schema = schema(table, promised(session, table));
        List<ConnectorTableHandle> read = ofIceberg(sources);
        return RefreshFailures.storing(table, () -> {
            RefreshTarget target = tables.prepare(meshes.query(session).start(), table, schema);
            RefreshType possible = continues(session, table, target, read) ? type : RefreshType.FULL;
            // What the rows are computed with, whatever is so at the end
            StoredRowsResolver resolver = storedRows.apply(session);
            target.record(new RefreshRecord(meshes.query(session).start(), resolver.definition(table), resolver.snapshots(table)).summary());
            return iceberg.beginRefreshMaterializedView(session, opened(session, handle), read, foreignSources, retryMode, possible);
        });
    }

    private static Schema schema(MeshTable table, List<ColumnMetadata> promised)
    {
        try {
            // The engine checks what is promised of NULL, and a promise may change
            return new Schema(schemaFromMetadata(promised).columns().stream().map(column -> NestedField.from(column).asOptional().build()).toList());
        }
        catch (TrinoException e) {
            throw new TrinoException(NOT_SUPPORTED, "The rows of data product %s cannot be stored: %s. Promise a type that Iceberg has".formatted(table.product().qualifiedName(), e.getMessage()));
        }
    }

    /**
     * Whether new rows of the source may be added to those that are stored: these are of the same query, with the same rights, over the same
     * table.
     */
    private boolean continues(ConnectorSession session, MeshTable table, RefreshTarget target, List<ConnectorTableHandle> sources)
    {
        Snapshot current = target.currentSnapshot();
        if (!target.keepsRows() || current == null || sources.size() != 1) {
            return false;
        }
        IcebergTableHandle source = (IcebergTableHandle) sources.getFirst();
        StoredRowsResolver resolver = storedRows.apply(session);
        return RefreshRecord.read(current.summary()).filter(record -> record.definition().equals(resolver.definition(table))).isPresent() &&
                // As Iceberg's connector reads it, which needs the one table and a version of it
                current.summary().getOrDefault(DEPENDS_ON_TABLES, "").matches(Pattern.quote(source.getSchemaTableName() + "=") + "[0-9]+") &&
                // Not an older version that the query names
                resolver.readsOnly(table, source.getSnapshotId());
    }

    Optional<ConnectorOutputMetadata> finish(
            ConnectorSession session,
            RefreshTargetHandle handle,
            ConnectorInsertTableHandle insert,
            Collection<Slice> fragments,
            Collection<ComputedStatistics> statistics,
            List<ConnectorTableHandle> sources,
            boolean foreignSources,
            boolean tableFunctions,
            boolean nonDeterministicFunctions)
    {
        MeshTable table = table(session, handle);
        return RefreshFailures.storing(table, () -> iceberg.finishRefreshMaterializedView(session, opened(session, handle), insert, fragments, statistics, ofIceberg(sources), foreignSources, tableFunctions, nonDeterministicFunctions));
    }

    private ConnectorTableHandle opened(ConnectorSession session, RefreshTargetHandle handle)
    {
        return iceberg.getTableHandle(session, handle.name(), Optional.empty(), Optional.empty());
    }

    private static List<ConnectorTableHandle> ofIceberg(List<ConnectorTableHandle> handles)
    {
        return handles.stream().map(handle -> ((MeshTableHandle) handle).iceberg()).collect(toImmutableList());
    }
}
