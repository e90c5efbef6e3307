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

import io.trino.plugin.iceberg.CorruptedIcebergTableHandle;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.PointerType;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.predicate.TupleDomain;
import org.trinomesh.connector.MeshRelation.CatalogRelation;
import org.trinomesh.connector.MeshRelation.InformationSchemaRelation;
import org.trinomesh.connector.MeshRelation.MaterializedRelation;
import org.trinomesh.connector.MeshRelation.MetadataRelation;
import org.trinomesh.connector.MeshRelation.ProductRelation;
import org.trinomesh.connector.MeshRelation.QualityRelation;
import org.trinomesh.connector.MeshRelation.QueryRelation;
import org.trinomesh.connector.MeshRelation.SqlRelation;
import org.trinomesh.connector.MeshRelation.StorageRelation;
import org.trinomesh.connector.MeshRelation.SystemRelation;
import org.trinomesh.connector.MeshRelation.Unknown;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Decision;
import org.trinomesh.materialized.StoredRows;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.ServedTable;
import org.trinomesh.storage.TransactionTables;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * Finds the table that a name means for a requester. It opens no table, because listings and descriptions also ask for
 * handles.
 */
final class TableHandleResolver
{
    private final ConnectorMetadata iceberg;
    private final TransactionTables tables;
    private final QueryMeshes meshes;
    private final RestrictedPushdown restrictedPushdown;
    private final Function<ConnectorSession, StoredRowsResolver> storedRows;

    TableHandleResolver(ConnectorMetadata iceberg, TransactionTables tables, QueryMeshes meshes, RestrictedPushdown restrictedPushdown, Function<ConnectorSession, StoredRowsResolver> storedRows)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.restrictedPushdown = requireNonNull(restrictedPushdown, "restrictedPushdown is null");
        this.storedRows = requireNonNull(storedRows, "storedRows is null");
    }

    Optional<MeshTableHandle> find(ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> startVersion, Optional<ConnectorTableVersion> endVersion)
    {
        GovernedMesh mesh = meshes.of(session);
        return switch (meshes.relation(session, name)) {
            case ProductRelation(MeshTable table) -> planned(session, mesh, table, startVersion, endVersion).map(planned -> new MeshTableHandle(name, planned));
            // Only opened when its stored rows are read: the engine has asked for a view before
            case MaterializedRelation(MeshTable table) -> planned(session, mesh, table, startVersion, endVersion).map(planned -> new MeshTableHandle(name, planned));
            case MetadataRelation(MeshTable table) -> {
                requireSteward(mesh, table.product());
                // Stewards read them as system tables
                yield Optional.empty();
            }
            // Views have no handle, and the engine has the tables of the other schemas
            case SqlRelation _, QueryRelation _, StorageRelation _, CatalogRelation _, QualityRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> Optional.empty();
        };
    }

    private static void requireSteward(GovernedMesh mesh, DataProduct product)
    {
        Decision decision = mesh.decide(product);
        if (decision.isReadable() && !decision.isUnrestrictedSteward()) {
            throw Denials.stewardsOnly(product);
        }
    }

    private Optional<PlannedTable> planned(ConnectorSession session, GovernedMesh mesh, MeshTable table, Optional<ConnectorTableVersion> startVersion, Optional<ConnectorTableVersion> endVersion)
    {
        Decision decision = mesh.decide(table.product());
        if (decision.isDiscoverable() && startVersion.isPresent()) {
            throw new TrinoException(NOT_SUPPORTED, "A data product is read as of one version: FOR VERSION AS OF or FOR TIMESTAMP AS OF");
        }
        return switch (decision) {
            case Decision.Hidden _ -> Optional.empty();
            case Decision.Discoverable denied -> Optional.of(PlannedTable.denied(table, () -> Denials.discoverableOnly(table, denied), reader(session)));
            case Decision.Readable _ -> Optional.of(readable(session, mesh, table, endVersion, decision.isUnrestrictedSteward()));
        };
    }

    private PlannedTable readable(ConnectorSession session, GovernedMesh mesh, MeshTable table, Optional<ConnectorTableVersion> endVersion, boolean steward)
    {
        ScanAccess access = ScanAccess.of(meshes.query(session).access(mesh, session.getIdentity(), table).orElseThrow(), restrictedPushdown);
        Supplier<IcebergTableHandle> opened = memoize(() -> {
            if (table.table().query().isPresent() && endVersion.isEmpty() && storedRows.apply(session).resolve(table) instanceof StoredRows.Stale(Optional<Instant> _, String why)) {
                throw Denials.staleRows(table, why, mesh.access(table).orElseThrow());
            }
            return open(session, table, endVersion, steward);
        });
        return new PlannedTable(
                table,
                access,
                opened,
                () -> access.someRows() ? visibleRows(session, table, access, opened.get()) : TupleDomain.all(),
                reader(session));
    }

    private Optional<MeshTable> reader(ConnectorSession session)
    {
        return meshes.query(session).identities().table(session.getIdentity());
    }

    private TupleDomain<IcebergColumnHandle> visibleRows(ConnectorSession session, MeshTable table, ScanAccess access, IcebergTableHandle opened)
    {
        return new NarrowedScan(access, tables.load(session, table))
                .visibleRows(iceberg.getColumnHandles(session, opened).values())
                .transformKeys(IcebergColumnHandle.class::cast);
    }

    private IcebergTableHandle open(ConnectorSession session, MeshTable table, Optional<ConnectorTableVersion> endVersion, boolean steward)
    {
        SchemaTableName name = new SchemaTableName(table.schema(), table.name());
        return switch (open(session, name, endVersion, steward)) {
            case IcebergTableHandle opened -> endVersion.map(version -> version(session, table, opened, version, steward)).orElse(opened);
            case CorruptedIcebergTableHandle corrupted -> throw corrupted.createException();
            case null -> throw new TableNotFoundException(name);
            case ConnectorTableHandle handle -> throw new IllegalStateException("Unexpected table handle: " + handle);
        };
    }

    private IcebergTableHandle version(ConnectorSession session, MeshTable table, IcebergTableHandle opened, ConnectorTableVersion version, boolean steward)
    {
        ServedTable served = tables.load(session, table);
        IcebergTableHandle handle = TimeTravel.onto(opened, served, version, steward);
        if (table.table().query().isPresent()) {
            storedRows.apply(session).checkVersion(table, served.snapshot(handle.getSnapshotId().orElseThrow()));
        }
        return handle;
    }

    private ConnectorTableHandle open(ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> endVersion, boolean steward)
    {
        try {
            return iceberg.getTableHandle(session, name, Optional.empty(), endVersion);
        }
        catch (TrinoException e) {
            boolean named = endVersion.filter(version -> version.getPointerType() == PointerType.TARGET_ID).isPresent();
            if (named && !steward && e.getErrorCode().equals(INVALID_ARGUMENTS.toErrorCode())) {
                throw TimeTravel.unpublished(name, endVersion.orElseThrow());
            }
            throw e;
        }
    }
}
