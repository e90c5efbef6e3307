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
import io.trino.plugin.iceberg.IcebergTableCredentials;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.statistics.TableStatistics;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.ServedTable;
import org.trinomesh.storage.TransactionTables;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.plugin.iceberg.IcebergSessionProperties.isStatisticsEnabled;
import static java.util.Objects.requireNonNull;

/**
 * Plans the scan of a table: which parts of a query Iceberg's reader takes over, and what the engine is told about the table
 * besides its rows.
 */
final class ScanPlanner
{
    private final ConnectorMetadata iceberg;
    private final TransactionTables tables;
    private final StatisticsCache known;
    private final QueryMeshes meshes;

    ScanPlanner(ConnectorMetadata iceberg, TransactionTables tables, StatisticsCache known, QueryMeshes meshes)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.known = requireNonNull(known, "known is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
    }

    // What the reader takes over

    Optional<ConstraintApplicationResult<ConnectorTableHandle>> filter(ConnectorSession session, MeshTableHandle handle, Constraint constraint)
    {
        NarrowedScan narrowed = narrowed(session, handle);
        Collection<ColumnHandle> filtering = handle.planned().access().someRows() ? iceberg.getColumnHandles(session, handle.iceberg()).values() : ImmutableList.of();
        return iceberg.applyFilter(session, handle.iceberg(), narrowed.pushed(constraint, filtering))
                .map(result -> narrowed.withKept(result.transform(IcebergTableHandle.class::cast), constraint).transform(changed -> with(handle, changed)));
    }

    Optional<ProjectionApplicationResult<ConnectorTableHandle>> projection(ConnectorSession session, MeshTableHandle handle, List<ConnectorExpression> projections, Map<String, ColumnHandle> assignments)
    {
        return iceberg.applyProjection(session, handle.iceberg(), projections, assignments)
                .map(result -> new ProjectionApplicationResult<>(
                        with(handle, result.getHandle()),
                        result.getProjections(),
                        result.getAssignments(),
                        result.isPrecalculateStatistics()));
    }

    Optional<LimitApplicationResult<ConnectorTableHandle>> limit(ConnectorSession session, MeshTableHandle handle, long limit)
    {
        return iceberg.applyLimit(session, handle.iceberg(), limit)
                .map(result -> new LimitApplicationResult<>(with(handle, result.getHandle()), result.isLimitGuaranteed(), result.isPrecalculateStatistics()));
    }

    Optional<ConnectorTableHandle> partitioning(ConnectorSession session, MeshTableHandle handle, Optional<ConnectorPartitioningHandle> partitioning, List<ColumnHandle> columns)
    {
        return iceberg.applyPartitioning(session, handle.iceberg(), partitioning, columns)
                .map(changed -> with(handle, changed));
    }

    private static ConnectorTableHandle with(MeshTableHandle handle, ConnectorTableHandle changed)
    {
        return handle.with((IcebergTableHandle) changed);
    }

    void validate(ConnectorSession session, MeshTableHandle handle)
    {
        try {
            iceberg.validateScan(session, handle.iceberg());
        }
        catch (TrinoException e) {
            // Iceberg's message lists the physical partition columns, promised or not
            throw new TrinoException(e::getErrorCode, "A filter on a partition column of " + handle.name() + " is required here");
        }
    }

    boolean allowsSplitting(ConnectorSession session, MeshTableHandle handle)
    {
        // The parts would be joined by the columns that the query of a product groups by, and EXPLAIN ANALYZE would print values of these
        return handle.planned().reader().isEmpty() && iceberg.allowSplittingReadIntoMultipleSubQueries(session, handle.iceberg());
    }

    // What is told of the table besides its rows

    ConnectorTableProperties properties(ConnectorSession session, MeshTableHandle handle)
    {
        ConnectorTableProperties properties = iceberg.getTableProperties(session, handle.iceberg());
        if (!handle.planned().access().restricted() && handle.planned().reader().isEmpty()) {
            return properties;
        }
        // Without the values of partitions, which may be those of hidden rows. The query of a product reads clear values, and EXPLAIN would print
        // those that the engine takes from here
        return new ConnectorTableProperties(properties.getPredicate(), properties.getTablePartitioning(), Optional.empty(), properties.getLocalProperties());
    }

    TableStatistics statistics(ConnectorSession session, MeshTableHandle handle)
    {
        TableStatistics statistics = narrowed(session, handle).statistics(() -> ofTable(session, handle));
        // The query of a product reads clear values, and the engine computes the statistics of masked columns from theirs
        return handle.planned().reader().filter(product -> !seesAll(session, product)).isEmpty() ? statistics : new TableStatistics(statistics.getRowCount(), ImmutableMap.of());
    }

    private boolean seesAll(ConnectorSession session, MeshTable product)
    {
        return meshes.of(session).access(product).filter(access -> !access.isRestricted()).isPresent();
    }

    private TableStatistics ofTable(ConnectorSession session, MeshTableHandle handle)
    {
        IcebergTableHandle scan = withProjectedColumns(session, handle);
        return served(session, handle).file()
                // A session can do without
                .filter(_ -> isStatisticsEnabled(session))
                .map(file -> known.get(file, scan, () -> iceberg.getTableStatistics(session, scan)))
                .orElseGet(() -> iceberg.getTableStatistics(session, scan));
    }

    /**
     * A statement that uses all columns projects none, and Iceberg's reader tells statistics of projected columns only.
     */
    private IcebergTableHandle withProjectedColumns(ConnectorSession session, MeshTableHandle handle)
    {
        IcebergTableHandle opened = handle.iceberg();
        if (!opened.getProjectedColumns().isEmpty()) {
            return opened;
        }
        Map<String, ColumnHandle> physical = iceberg.getColumnHandles(session, opened);
        return opened.withProjectedColumns(ServedColumns.select(served(session, handle), physical).values().stream()
                .map(IcebergColumnHandle.class::cast)
                .collect(toImmutableSet()));
    }

    Optional<Object> info(ConnectorSession session, MeshTableHandle handle)
    {
        // Names the physical partition columns and counts all rows
        boolean steward = meshes.of(session).decide(handle.planned().table().product()).isUnrestrictedSteward();
        return steward ? iceberg.getInfo(session, handle.iceberg()) : Optional.empty();
    }

    ConnectorTableCredentials credentials(ConnectorSession session, MeshTableHandle handle)
    {
        // Not Iceberg's credentials, which it keeps by name for the transaction: the name may mean another table by now
        return IcebergTableCredentials.forFileIO(served(session, handle).io());
    }

    private NarrowedScan narrowed(ConnectorSession session, MeshTableHandle handle)
    {
        return new NarrowedScan(handle.planned().access(), served(session, handle));
    }

    private ServedTable served(ConnectorSession session, MeshTableHandle handle)
    {
        PlannedTable planned = handle.planned();
        // Says why, when the table may not be opened
        planned.iceberg();
        return planned.reading(() -> tables.load(session, planned.table()));
    }
}
