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
import com.google.common.collect.ImmutableMap;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableSchema;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.ServedTable;
import org.trinomesh.storage.TransactionTables;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Describes the columns of a table of a plan: the promised columns, bound to those of the table.
 */
final class TableDescriber
{
    private final ConnectorMetadata iceberg;
    private final TransactionTables tables;
    private final QueryMeshes meshes;
    private final ProductColumns productColumns;

    TableDescriber(ConnectorMetadata iceberg, TransactionTables tables, QueryMeshes meshes, ProductColumns productColumns)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.productColumns = requireNonNull(productColumns, "productColumns is null");
    }

    /**
     * What a statement may name. Opens the table where its promise leaves a type open, and where the table decides who sees its hidden
     * columns.
     */
    ConnectorTableSchema schema(ConnectorSession session, MeshTableHandle handle)
    {
        return new ConnectorTableMetadata(handle.name(), columns(typedColumns(session, handle), seesMetadataColumns(session, handle))).getTableSchema();
    }

    /**
     * Used to describe a table without opening it: with the types that are known, and without hidden columns if only the table
     * itself can decide about them.
     */
    ConnectorTableMetadata description(ConnectorSession session, MeshTableHandle handle)
    {
        GovernedMesh mesh = meshes.of(session);
        MeshTable table = handle.planned().table();
        return new ConnectorTableMetadata(
                handle.name(),
                columns(productColumns.described(mesh, table), isSteward(mesh, table)),
                // No physical property: location, partitioning and sort order are not part of the promise
                ImmutableMap.of(),
                Optional.of(productColumns.comment(mesh, table)));
    }

    private static List<ColumnMetadata> columns(List<ColumnMetadata> promised, boolean metadataColumns)
    {
        return metadataColumns
                ? ImmutableList.<ColumnMetadata>builder().addAll(promised).addAll(ServedColumns.metadataColumns()).build()
                : promised;
    }

    private List<ColumnMetadata> typedColumns(ConnectorSession session, MeshTableHandle handle)
    {
        MeshTable table = handle.planned().table();
        List<ColumnMetadata> promised = productColumns.of(meshes.of(session), table);
        if (table.table().openColumns().isEmpty()) {
            return promised;
        }
        Map<String, ColumnHandle> handles = columnHandles(session, handle);
        return promised.stream()
                .map(column -> handles.containsKey(column.getName()) ? typed(column, (IcebergColumnHandle) handles.get(column.getName())) : column)
                .collect(toImmutableList());
    }

    /**
     * The type that the table has, where the contract leaves it open.
     */
    private static ColumnMetadata typed(ColumnMetadata promised, IcebergColumnHandle column)
    {
        return promised.getType().equals(column.getType()) ? promised : ColumnMetadata.builderFrom(promised).setType(column.getType()).build();
    }

    Map<String, ColumnHandle> columnHandles(ConnectorSession session, MeshTableHandle handle)
    {
        Map<String, ColumnHandle> physical = iceberg.getColumnHandles(session, handle.iceberg());
        Map<String, ColumnHandle> served = ServedColumns.select(load(session, handle), physical);
        return seesMetadataColumns(session, handle) ? ServedColumns.withMetadataColumns(served, physical) : served;
    }

    ColumnMetadata column(ConnectorSession session, MeshTableHandle handle, IcebergColumnHandle column)
    {
        if (!column.isBaseColumn()) {
            return iceberg.getColumnMetadata(session, handle.iceberg(), column);
        }
        MeshTable table = handle.planned().table();
        return load(session, handle).columnName(column.getId())
                .flatMap(name -> productColumns.of(meshes.of(session), table).stream()
                        .filter(promised -> promised.getName().equals(name))
                        .findFirst()
                        .map(promised -> typed(promised, column)))
                .orElseGet(() -> iceberg.getColumnMetadata(session, handle.iceberg(), column));
    }

    private ServedTable load(ConnectorSession session, MeshTableHandle handle)
    {
        return handle.planned().reading(() -> tables.load(session, handle.planned().table()));
    }

    private boolean seesMetadataColumns(ConnectorSession session, MeshTableHandle handle)
    {
        GovernedMesh mesh = meshes.of(session);
        MeshTable table = handle.planned().table();
        // Paths and partitions reveal the values of partition columns
        return isSteward(mesh, table) || (mesh.seesFiles(table) && load(session, handle).promisesPartitions());
    }

    private static boolean isSteward(GovernedMesh mesh, MeshTable table)
    {
        return mesh.decide(table.product()).isUnrestrictedSteward();
    }
}
