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
import io.airlift.slice.Slice;
import io.trino.plugin.base.classloader.ClassLoaderSafeConnectorMetadata;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.RefreshType;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAnalyzeMetadata;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMaterializedViewDefinition;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.ConnectorTableSchema;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.MaterializedViewFreshness;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SchemaTablePrefix;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.connector.WriterScalingOptions;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.expression.Constant;
import io.trino.spi.function.BoundSignature;
import io.trino.spi.function.FunctionDependencyDeclaration;
import io.trino.spi.function.FunctionId;
import io.trino.spi.function.FunctionMetadata;
import io.trino.spi.function.SchemaFunctionName;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.statistics.TableStatisticsMetadata;
import org.trinomesh.storage.TransactionTables;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

/**
 * The metadata of the mesh for the engine: listings from the registry, and tables from Iceberg's metadata, narrowed to what
 * the product promises. Each call takes the requester from its own session, since one transaction serves several identities.
 *
 * <p>Nothing is forwarded to Iceberg that is not written here. Of the methods that are not, the interface's defaults refuse changes and
 * answer that there is nothing of the kind; each was decided on, and the test of this class says why.
 */
final class MeshMetadata
        implements ConnectorMetadata
{
    private final QueryMeshes meshes;
    private final RelationLister listings;
    private final TableHandleResolver handles;
    private final TableDescriber descriptions;
    private final ScanPlanner scans;
    private final ViewResolver views;
    private final StoredRowsRefresher refreshes;
    private final List<FunctionMetadata> functions;

    /**
     * @param icebergMetadata that of Iceberg's connector over {@link MeshCatalog}
     */
    MeshMetadata(ConnectorMetadata icebergMetadata, TransactionTables tables, StatisticsCache statistics, QueryMeshes meshes, ProductColumns productColumns, RestrictedPushdown restrictedPushdown, SqlViews sqlViews, QualityViews qualityViews, List<FunctionMetadata> functions)
    {
        // Class-loader safe by itself, because handles also open their table outside of calls of the metadata
        ConnectorMetadata iceberg = new ClassLoaderSafeConnectorMetadata(icebergMetadata, getClass().getClassLoader());
        Function<ConnectorSession, StoredRowsResolver> storedRows = session -> new StoredRowsResolver(meshes.query(session), table -> tables.loadStored(session, table));
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.listings = new RelationLister(meshes, productColumns);
        this.handles = new TableHandleResolver(iceberg, tables, meshes, restrictedPushdown, storedRows);
        this.descriptions = new TableDescriber(iceberg, tables, meshes, productColumns);
        this.scans = new ScanPlanner(iceberg, tables, statistics, meshes);
        this.views = new ViewResolver(iceberg, meshes, sqlViews, qualityViews, storedRows, new QuerySources(tables, meshes, sqlViews, storedRows));
        this.refreshes = new StoredRowsRefresher(iceberg, tables, meshes, productColumns, sqlViews, storedRows);
        this.functions = ImmutableList.copyOf(requireNonNull(functions, "functions is null"));
    }

    @Override
    public void cleanupQuery(ConnectorSession session)
    {
        meshes.finished(session);
    }

    // Listings

    @Override
    public boolean schemaExists(ConnectorSession session, String schemaName)
    {
        return listings.schemaExists(session, schemaName);
    }

    @Override
    public List<String> listSchemaNames(ConnectorSession session)
    {
        return listings.schemas(session);
    }

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schemaName)
    {
        return listings.names(session, schemaName);
    }

    @Override
    public List<SchemaTableName> listViews(ConnectorSession session, Optional<String> schemaName)
    {
        return listings.views(session, schemaName);
    }

    @Override
    public Map<SchemaTableName, RelationType> getRelationTypes(ConnectorSession session, Optional<String> schemaName)
    {
        return listings.types(session, schemaName);
    }

    @Override
    public Iterator<RelationColumnsMetadata> streamRelationColumns(ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        return listings.columns(session, schemaName, relationFilter);
    }

    @Override
    public Iterator<RelationCommentMetadata> streamRelationComments(ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        return listings.comments(session, schemaName, relationFilter);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Map<SchemaTableName, List<ColumnMetadata>> listTableColumns(ConnectorSession session, SchemaTablePrefix prefix)
    {
        return listings.tableColumns(session, prefix);
    }

    // Tables, metadata tables and views

    @Override
    public ConnectorTableHandle getTableHandle(ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> startVersion, Optional<ConnectorTableVersion> endVersion)
    {
        return refreshes.handle(session, name)
                .or(() -> handles.find(session, name, startVersion, endVersion))
                .orElse(null);
    }

    @Override
    public SchemaTableName getTableName(ConnectorSession session, ConnectorTableHandle table)
    {
        return table instanceof RefreshTargetHandle storage ? storage.name() : handle(table).name();
    }

    @Override
    public ConnectorTableSchema getTableSchema(ConnectorSession session, ConnectorTableHandle table)
    {
        return table instanceof RefreshTargetHandle target ? refreshes.description(session, target).getTableSchema() : descriptions.schema(session, handle(table));
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle table)
    {
        return table instanceof RefreshTargetHandle storage ? refreshes.description(session, storage) : descriptions.description(session, handle(table));
    }

    @Override
    public Map<String, ColumnHandle> getColumnHandles(ConnectorSession session, ConnectorTableHandle table)
    {
        return table instanceof RefreshTargetHandle storage ? refreshes.columns(session, storage) : descriptions.columnHandles(session, handle(table));
    }

    @Override
    public ColumnMetadata getColumnMetadata(ConnectorSession session, ConnectorTableHandle table, ColumnHandle column)
    {
        return descriptions.column(session, handle(table), (IcebergColumnHandle) column);
    }

    @Override
    public Optional<SystemTable> getSystemTable(ConnectorSession session, SchemaTableName name)
    {
        return views.metadataTable(session, name);
    }

    @Override
    public Optional<ConnectorViewDefinition> getView(ConnectorSession session, SchemaTableName name)
    {
        return views.view(session, name);
    }

    // Scans

    @Override
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(ConnectorSession session, ConnectorTableHandle table, Constraint constraint)
    {
        return scans.filter(session, handle(table), constraint);
    }

    @Override
    public Optional<ProjectionApplicationResult<ConnectorTableHandle>> applyProjection(ConnectorSession session, ConnectorTableHandle table, List<ConnectorExpression> projections, Map<String, ColumnHandle> assignments)
    {
        return scans.projection(session, handle(table), projections, assignments);
    }

    @Override
    public Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(ConnectorSession session, ConnectorTableHandle table, long limit)
    {
        return scans.limit(session, handle(table), limit);
    }

    @Override
    public Optional<ConnectorTableHandle> applyPartitioning(ConnectorSession session, ConnectorTableHandle table, Optional<ConnectorPartitioningHandle> partitioning, List<ColumnHandle> columns)
    {
        return scans.partitioning(session, handle(table), partitioning, columns);
    }

    @Override
    public void validateScan(ConnectorSession session, ConnectorTableHandle table)
    {
        scans.validate(session, handle(table));
    }

    @Override
    public boolean allowSplittingReadIntoMultipleSubQueries(ConnectorSession session, ConnectorTableHandle table)
    {
        return scans.allowsSplitting(session, handle(table));
    }

    @Override
    public ConnectorTableProperties getTableProperties(ConnectorSession session, ConnectorTableHandle table)
    {
        return scans.properties(session, handle(table));
    }

    @Override
    public TableStatistics getTableStatistics(ConnectorSession session, ConnectorTableHandle table)
    {
        return scans.statistics(session, handle(table));
    }

    @Override
    public Optional<Object> getInfo(ConnectorSession session, ConnectorTableHandle table)
    {
        return scans.info(session, handle(table));
    }

    @Override
    public Optional<ConnectorTableCredentials> getTableCredentials(ConnectorSession session, ConnectorTableHandle table)
    {
        return table instanceof RefreshTargetHandle storage ? refreshes.credentials(session, storage) : Optional.of(scans.credentials(session, handle(table)));
    }

    private static MeshTableHandle handle(ConnectorTableHandle table)
    {
        return (MeshTableHandle) table;
    }

    // Refreshes of stored rows, the only change there is

    @Override
    public Optional<ConnectorMaterializedViewDefinition> getMaterializedView(ConnectorSession session, SchemaTableName name)
    {
        return refreshes.definition(session, name);
    }

    @Override
    public MaterializedViewFreshness getMaterializedViewFreshness(ConnectorSession session, SchemaTableName name, boolean considerGracePeriod)
    {
        return refreshes.freshness(session, name);
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean delegateMaterializedViewRefreshToConnector(ConnectorSession session, SchemaTableName name)
    {
        return false;
    }

    @Override
    public WriterScalingOptions getInsertWriterScalingOptions(ConnectorSession session, ConnectorTableHandle table)
    {
        return WriterScalingOptions.ENABLED;
    }

    @Override
    public ConnectorInsertTableHandle beginRefreshMaterializedView(ConnectorSession session, ConnectorTableHandle table, List<ConnectorTableHandle> sources, boolean hasForeignSources, RetryMode retryMode, RefreshType refreshType)
    {
        return refreshes.begin(session, (RefreshTargetHandle) table, sources, hasForeignSources, retryMode, refreshType);
    }

    @Override
    public Optional<ConnectorOutputMetadata> finishRefreshMaterializedView(
            ConnectorSession session,
            ConnectorTableHandle table,
            ConnectorInsertTableHandle insert,
            Collection<Slice> fragments,
            Collection<ComputedStatistics> statistics,
            List<ConnectorTableHandle> sources,
            boolean hasForeignSources,
            boolean hasTableFunctions,
            boolean hasNonDeterministicFunctions)
    {
        return refreshes.finish(session, (RefreshTargetHandle) table, insert, fragments, statistics, sources, hasForeignSources, hasTableFunctions, hasNonDeterministicFunctions);
    }

    // Functions: those of masks, which are listed nowhere and which nobody may call but a mask

    @Override
    public Collection<FunctionMetadata> getFunctions(ConnectorSession session, SchemaFunctionName name)
    {
        return switch (MeshSchema.of(name.schemaName())) {
            case SYSTEM -> functions.stream()
                    .filter(function -> function.getCanonicalName().equals(name.functionName()))
                    .toList();
            case INFORMATION_SCHEMA, QUALITY, DOMAIN -> ImmutableList.of();
        };
    }

    @Override
    public FunctionMetadata getFunctionMetadata(ConnectorSession session, FunctionId functionId)
    {
        return functions.stream()
                .filter(function -> function.getFunctionId().equals(functionId))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public FunctionDependencyDeclaration getFunctionDependencies(ConnectorSession session, FunctionId functionId, BoundSignature boundSignature)
    {
        return FunctionDependencyDeclaration.NO_DEPENDENCIES;
    }

    // Changes that the interface's defaults would not refuse. The access control refuses all of them earlier, except ANALYZE

    @Override
    public ConnectorAnalyzeMetadata getStatisticsCollectionMetadata(ConnectorSession session, ConnectorTableHandle table, Map<String, Object> analyzeProperties)
    {
        throw refused();
    }

    @Override
    public TableStatisticsMetadata getStatisticsCollectionMetadataForWrite(ConnectorSession session, ConnectorTableMetadata table, boolean replace)
    {
        if (refreshes.handle(session, table.getTable()).isEmpty()) {
            throw refused();
        }
        return TableStatisticsMetadata.empty();
    }

    @Override
    public Optional<ConnectorTableLayout> getNewTableLayout(ConnectorSession session, ConnectorTableMetadata table)
    {
        throw refused();
    }

    @Override
    public Optional<ConnectorTableLayout> getInsertLayout(ConnectorSession session, ConnectorTableHandle table)
    {
        if (!(table instanceof RefreshTargetHandle storage)) {
            throw refused();
        }
        return refreshes.layout(session, storage);
    }

    @Override
    public Optional<ConnectorPartitioningHandle> getUpdateLayout(ConnectorSession session, ConnectorTableHandle table)
    {
        throw refused();
    }

    @Override
    public Set<ColumnHandle> getColumnHandlesForTableExecute(ConnectorSession session, ConnectorTableHandle table, ConnectorTableExecuteHandle execute)
    {
        throw refused();
    }

    @Override
    public Optional<ConnectorTableLayout> getLayoutForTableExecute(ConnectorSession session, ConnectorTableExecuteHandle execute)
    {
        throw refused();
    }

    @Override
    public Optional<ConnectorTableHandle> applyUpdate(ConnectorSession session, ConnectorTableHandle table, Map<ColumnHandle, Constant> assignments)
    {
        throw refused();
    }

    @Override
    public Optional<ConnectorTableHandle> applyDelete(ConnectorSession session, ConnectorTableHandle table)
    {
        throw refused();
    }

    private static TrinoException refused()
    {
        return new TrinoException(NOT_SUPPORTED, "Data products are read only in this catalog: they are written by their domain's own pipeline, and declared in the mesh's descriptors");
    }
}
