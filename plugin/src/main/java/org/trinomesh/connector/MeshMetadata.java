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

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterators;
import com.google.common.collect.Maps;
import io.trino.plugin.base.classloader.ClassLoaderSafeIterator;
import io.trino.plugin.iceberg.CorruptedIcebergTableHandle;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergMetadata;
import io.trino.plugin.iceberg.IcebergTableCredentials;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorMaterializedViewDefinition;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.ConnectorTableSchema;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.PointerType;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SchemaTablePrefix;
import io.trino.spi.connector.TableColumnsMetadata;
import io.trino.spi.connector.TableNotFoundException;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.function.BoundSignature;
import io.trino.spi.function.FunctionDependencyDeclaration;
import io.trino.spi.function.FunctionId;
import io.trino.spi.function.FunctionMetadata;
import io.trino.spi.function.SchemaFunctionName;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.security.GrantInfo;
import io.trino.spi.security.TrinoPrincipal;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.type.Type;
import org.trinomesh.connector.MeshRelation.InformationSchemaTable;
import org.trinomesh.connector.MeshRelation.MetadataTable;
import org.trinomesh.connector.MeshRelation.ProductTable;
import org.trinomesh.connector.MeshRelation.QualityView;
import org.trinomesh.connector.MeshRelation.SystemTable;
import org.trinomesh.connector.MeshRelation.Unknown;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.GovernedMesh;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.TransactionTables;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static org.trinomesh.connector.Denials.discoverableOnly;

/**
 * What the engine may know of the mesh: listings from the registry, tables from Iceberg's metadata narrowed to what the
 * product promises. Whom a call is for is asked of each call's session, since one transaction serves several identities.
 */
public final class MeshMetadata
        extends ReadOnlyMetadata
{
    private final TransactionTables tables;
    private final QueryMeshes meshes;
    private final ProductColumns productColumns;
    private final RestrictedPushdown restrictedPushdown;
    private final QualityViews qualityViews;
    private final List<FunctionMetadata> functions;

    public MeshMetadata(IcebergMetadata iceberg, TransactionTables tables, QueryMeshes meshes, ProductColumns productColumns, RestrictedPushdown restrictedPushdown, QualityViews qualityViews, List<FunctionMetadata> functions)
    {
        super(iceberg, MeshMetadata.class.getClassLoader());
        this.tables = requireNonNull(tables, "tables is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.productColumns = requireNonNull(productColumns, "productColumns is null");
        this.restrictedPushdown = requireNonNull(restrictedPushdown, "restrictedPushdown is null");
        this.qualityViews = requireNonNull(qualityViews, "qualityViews is null");
        this.functions = ImmutableList.copyOf(requireNonNull(functions, "functions is null"));
    }

    // Tables

    @Override
    public ConnectorTableHandle getTableHandle(ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> startVersion, Optional<ConnectorTableVersion> endVersion)
    {
        GovernedMesh governed = meshes.of(session);
        return switch (MeshRelation.of(governed.mesh(), name)) {
            case ProductTable(MeshTable table) -> productTable(session, governed, name, table, startVersion, endVersion);
            case MetadataTable(MeshTable table) -> {
                requireSteward(governed, table.product());
                // The engine asks for metadata tables as system tables
                yield null;
            }
            case QualityView _, SystemTable _, InformationSchemaTable _, Unknown _ -> null;
        };
    }

    private MeshTableHandle productTable(ConnectorSession session, GovernedMesh governed, SchemaTableName name, MeshTable table, Optional<ConnectorTableVersion> startVersion, Optional<ConnectorTableVersion> endVersion)
    {
        Decision decision = governed.decide(table.product());
        if (decision.isDiscoverable() && startVersion.isPresent()) {
            throw new TrinoException(NOT_SUPPORTED, "A data product is read as of one version: FOR VERSION AS OF or FOR TIMESTAMP AS OF");
        }
        return switch (decision) {
            case Decision.Hidden _ -> null;
            // A handle that never opens: a listing asks for one too, and must come out empty rather than fail
            case Decision.Discoverable denied -> MeshTableHandle.of(name, table, ScanAccess.OPEN, () -> {
                throw discoverableOnly(table.product(), denied);
            }, TupleDomain::none);
            case Decision.Readable _ -> readable(session, governed, name, table, endVersion, decision.isSteward());
        };
    }

    private MeshTableHandle readable(ConnectorSession session, GovernedMesh governed, SchemaTableName name, MeshTable table, Optional<ConnectorTableVersion> endVersion, boolean steward)
    {
        ScanAccess access = ScanAccess.of(governed.access(table).orElseThrow(), restrictedPushdown);
        Supplier<IcebergTableHandle> opened = Suppliers.memoize(() -> open(session, table, endVersion, steward));
        return MeshTableHandle.of(name, table, access, opened::get, () -> access.someRows() ? visibleRows(session, table, access, opened.get()) : TupleDomain.all());
    }

    private TupleDomain<IcebergColumnHandle> visibleRows(ConnectorSession session, MeshTable table, ScanAccess access, IcebergTableHandle opened)
    {
        return new NarrowedScan(access, tables.load(session, table)).filter(super.getColumnHandles(session, opened).values()).transformKeys(IcebergColumnHandle.class::cast);
    }

    private IcebergTableHandle open(ConnectorSession session, MeshTable table, Optional<ConnectorTableVersion> endVersion, boolean steward)
    {
        SchemaTableName name = new SchemaTableName(table.schema(), table.name());
        return switch (handle(session, name, endVersion, steward)) {
            case IcebergTableHandle opened -> endVersion.map(version -> TimeTravel.onto(opened, tables.load(session, table), version, steward)).orElse(opened);
            case CorruptedIcebergTableHandle corrupted -> throw corrupted.createException();
            case null -> throw new TableNotFoundException(name);
            case ConnectorTableHandle handle -> throw new IllegalStateException("Unexpected table handle: " + handle);
        };
    }

    private ConnectorTableHandle handle(ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> endVersion, boolean steward)
    {
        try {
            return super.getTableHandle(session, name, Optional.empty(), endVersion);
        }
        catch (TrinoException e) {
            boolean named = endVersion.filter(version -> version.getPointerType() == PointerType.TARGET_ID).isPresent();
            if (named && !steward && e.getErrorCode().equals(INVALID_ARGUMENTS.toErrorCode())) {
                throw TimeTravel.unpublished(name, endVersion.orElseThrow());
            }
            throw e;
        }
    }

    /**
     * The reader's own handle, for what it is asked about the table.
     */
    private static IcebergTableHandle iceberg(ConnectorTableHandle handle)
    {
        return ((MeshTableHandle) handle).iceberg();
    }

    private static ConnectorTableHandle with(ConnectorTableHandle before, ConnectorTableHandle changed)
    {
        return ((MeshTableHandle) before).with((IcebergTableHandle) changed);
    }

    @Override
    public SchemaTableName getTableName(ConnectorSession session, ConnectorTableHandle table)
    {
        return ((MeshTableHandle) table).name();
    }

    @Override
    public ConnectorTableSchema getTableSchema(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = (MeshTableHandle) table;
        return new ConnectorTableMetadata(handle.name(), columns(typedColumns(session, handle), seesMetadataColumns(session, handle))).getTableSchema();
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle table)
    {
        MeshTableHandle handle = (MeshTableHandle) table;
        // Asked to describe a table, which must not open it: with the types that are known, without the hidden columns of those for whom
        // the table decides about them.
        // No physical property: location, partitioning and sort order are not part of the promise
        return new ConnectorTableMetadata(handle.name(), columns(productColumns.described(meshes.of(session), handle.meshTable()), isSteward(session, handle)), ImmutableMap.of(), Optional.of(productColumns.comment(meshes.of(session), handle.meshTable())));
    }

    private static List<ColumnMetadata> columns(List<ColumnMetadata> promised, boolean metadataColumns)
    {
        return metadataColumns
                ? ImmutableList.<ColumnMetadata>builder().addAll(promised).addAll(ServedColumns.metadataColumns()).build()
                : promised;
    }

    private List<ColumnMetadata> typedColumns(ConnectorSession session, MeshTableHandle handle)
    {
        List<ColumnMetadata> promised = productColumns.of(meshes.of(session), handle.meshTable());
        if (handle.meshTable().table().openColumns().isEmpty()) {
            return promised;
        }
        Map<String, ColumnHandle> handles = getColumnHandles(session, handle);
        return promised.stream()
                .map(column -> handles.containsKey(column.getName()) ? typed(column, (IcebergColumnHandle) handles.get(column.getName())) : column)
                .collect(toImmutableList());
    }

    private boolean seesMetadataColumns(ConnectorSession session, MeshTableHandle handle)
    {
        // Paths and partitions tell the values of partition columns
        return isSteward(session, handle) || (meshes.of(session).seesFiles(handle.meshTable()) && tables.load(session, handle.meshTable()).promisesPartitions());
    }

    /**
     * The type that the table has, where the contract leaves it open.
     */
    private static ColumnMetadata typed(ColumnMetadata promised, IcebergColumnHandle column)
    {
        return promised.getType().equals(column.getType()) ? promised : ColumnMetadata.builderFrom(promised).setType(column.getType()).build();
    }

    private boolean isSteward(ConnectorSession session, MeshTableHandle handle)
    {
        return meshes.of(session).decide(handle.meshTable().product()).isSteward();
    }

    @Override
    public Map<String, ColumnHandle> getColumnHandles(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        MeshTableHandle handle = (MeshTableHandle) tableHandle;
        Map<String, ColumnHandle> physical = super.getColumnHandles(session, handle.iceberg());
        Map<String, ColumnHandle> served = ServedColumns.select(tables.load(session, handle.meshTable()), physical);
        return seesMetadataColumns(session, handle) ? ServedColumns.withMetadataColumns(served, physical) : served;
    }

    @Override
    public ColumnMetadata getColumnMetadata(ConnectorSession session, ConnectorTableHandle tableHandle, ColumnHandle columnHandle)
    {
        MeshTableHandle handle = (MeshTableHandle) tableHandle;
        IcebergColumnHandle column = (IcebergColumnHandle) columnHandle;
        if (!column.isBaseColumn()) {
            return super.getColumnMetadata(session, handle.iceberg(), columnHandle);
        }
        return ServedColumns.nameOf(tables.load(session, handle.meshTable()), column)
                .flatMap(name -> productColumns.of(meshes.of(session), handle.meshTable()).stream()
                        .filter(promised -> promised.getName().equals(name))
                        .findFirst()
                        .map(promised -> typed(promised, column)))
                .orElseGet(() -> super.getColumnMetadata(session, handle.iceberg(), columnHandle));
    }

    @Override
    public ConnectorTableProperties getTableProperties(ConnectorSession session, ConnectorTableHandle table)
    {
        ConnectorTableProperties properties = super.getTableProperties(session, iceberg(table));
        if (!((MeshTableHandle) table).access().restricted()) {
            return properties;
        }
        // Without the values of partitions, which may be those of hidden rows
        return new ConnectorTableProperties(properties.getPredicate(), properties.getTablePartitioning(), Optional.empty(), properties.getLocalProperties());
    }

    @Override
    public TableStatistics getTableStatistics(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        MeshTableHandle handle = (MeshTableHandle) tableHandle;
        TableStatistics statistics = super.getTableStatistics(session, withProjectedColumns(session, handle));
        return handle.access().restricted() ? narrowed(session, handle).statistics(statistics) : statistics;
    }

    /**
     * A statement that uses all columns projects none, and Iceberg's reader tells statistics of projected columns only.
     */
    private IcebergTableHandle withProjectedColumns(ConnectorSession session, MeshTableHandle handle)
    {
        if (!handle.iceberg().getProjectedColumns().isEmpty()) {
            return handle.iceberg();
        }
        Map<String, ColumnHandle> physical = super.getColumnHandles(session, handle.iceberg());
        return handle.iceberg().withProjectedColumns(ServedColumns.select(tables.load(session, handle.meshTable()), physical).values().stream()
                .map(IcebergColumnHandle.class::cast)
                .collect(toImmutableSet()));
    }

    @Override
    public Optional<Object> getInfo(ConnectorSession session, ConnectorTableHandle table)
    {
        // Names the physical partition columns and counts all rows
        return isSteward(session, (MeshTableHandle) table) ? super.getInfo(session, iceberg(table)) : Optional.empty();
    }

    @Override
    public void validateScan(ConnectorSession session, ConnectorTableHandle handle)
    {
        try {
            super.validateScan(session, iceberg(handle));
        }
        catch (TrinoException e) {
            // Iceberg's message lists the physical partition columns, promised or not
            throw new TrinoException(e::getErrorCode, "A filter on a partition column of " + ((MeshTableHandle) handle).name() + " is required here");
        }
    }

    @Override
    public boolean allowSplittingReadIntoMultipleSubQueries(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        return super.allowSplittingReadIntoMultipleSubQueries(session, iceberg(tableHandle));
    }

    @Override
    public Optional<ConnectorTableCredentials> getTableCredentials(ConnectorSession session, ConnectorTableHandle tableHandle)
    {
        // Not Iceberg's, which keeps them by name for the transaction: the name may mean another table by now
        return Optional.of(IcebergTableCredentials.forFileIO(tables.load(session, ((MeshTableHandle) tableHandle).meshTable()).io()));
    }

    @Override
    public Optional<ConnectorTableCredentials> getTableCredentials(ConnectorSession session, ConnectorTableFunctionHandle tableFunctionHandle)
    {
        // The mesh's own functions read no storage
        return Optional.empty();
    }

    // Pushdown

    @Override
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(ConnectorSession session, ConnectorTableHandle table, Constraint constraint)
    {
        MeshTableHandle handle = (MeshTableHandle) table;
        NarrowedScan narrowed = narrowed(session, handle);
        Collection<ColumnHandle> filtering = handle.access().someRows() ? super.getColumnHandles(session, handle.iceberg()).values() : ImmutableList.of();
        return super.applyFilter(session, handle.iceberg(), narrowed.pushed(constraint, filtering))
                .map(result -> narrowed.withKept(result.transform(IcebergTableHandle.class::cast), constraint).transform(changed -> with(table, changed)));
    }

    private NarrowedScan narrowed(ConnectorSession session, MeshTableHandle handle)
    {
        return new NarrowedScan(handle.access(), tables.load(session, handle.meshTable()));
    }

    @Override
    public Optional<ProjectionApplicationResult<ConnectorTableHandle>> applyProjection(
            ConnectorSession session,
            ConnectorTableHandle table,
            List<ConnectorExpression> projections,
            Map<String, ColumnHandle> assignments)
    {
        return super.applyProjection(session, iceberg(table), projections, assignments)
                .map(result -> new ProjectionApplicationResult<>(
                        with(table, result.getHandle()),
                        result.getProjections(),
                        result.getAssignments(),
                        result.isPrecalculateStatistics()));
    }

    @Override
    public Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(ConnectorSession session, ConnectorTableHandle table, long limit)
    {
        return super.applyLimit(session, iceberg(table), limit)
                .map(result -> new LimitApplicationResult<>(with(table, result.getHandle()), result.isLimitGuaranteed(), result.isPrecalculateStatistics()));
    }

    @Override
    public Optional<ConnectorTableHandle> applyPartitioning(
            ConnectorSession session,
            ConnectorTableHandle table,
            Optional<ConnectorPartitioningHandle> partitioningHandle,
            List<ColumnHandle> columns)
    {
        return super.applyPartitioning(session, iceberg(table), partitioningHandle, columns)
                .map(changed -> with(table, changed));
    }

    // Listings: from the registry, filtered for the requester, without opening a table

    @Override
    public boolean schemaExists(ConnectorSession session, String schemaName)
    {
        GovernedMesh governed = meshes.of(session);
        return switch (MeshSchema.of(schemaName)) {
            case QUALITY -> QualityViews.isAny(governed);
            case DOMAIN -> governed.mayKnowOf(schemaName);
            // The engine answers for these
            case SYSTEM, INFORMATION_SCHEMA -> false;
        };
    }

    @Override
    public List<String> listSchemaNames(ConnectorSession session)
    {
        GovernedMesh governed = meshes.of(session);
        List<String> domains = governed.schemas();
        return QualityViews.isAny(governed) ? ImmutableList.<String>builder().addAll(domains).add(MeshSchema.QUALITY.schemaName()).build() : domains;
    }

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableList.<SchemaTableName>builder()
                .addAll(listing(session, schemaName).tables().keySet())
                .addAll(views(session, schemaName).keySet())
                .build();
    }

    @Override
    public Map<SchemaTableName, RelationType> getRelationTypes(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableMap.<SchemaTableName, RelationType>builder()
                .putAll(listing(session, schemaName).relationTypes())
                .putAll(Maps.transformValues(views(session, schemaName), _ -> RelationType.VIEW))
                .buildOrThrow();
    }

    @Override
    public ClassLoaderSafeIterator<RelationColumnsMetadata> streamRelationColumns(ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        return safe(Iterators.concat(
                listing(session, schemaName).filter(relationFilter).relationColumns(productColumns),
                relationFilter.apply(views(session, schemaName).keySet()).stream()
                        .map(view -> RelationColumnsMetadata.forView(view, QualityViews.columns()))
                        .iterator()));
    }

    @Override
    public ClassLoaderSafeIterator<RelationCommentMetadata> streamRelationComments(ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter)
    {
        Map<SchemaTableName, QualityViews.View> views = views(session, schemaName);
        return safe(Iterators.concat(
                listing(session, schemaName).filter(relationFilter).relationComments(productColumns),
                relationFilter.apply(views.keySet()).stream()
                        .map(view -> RelationCommentMetadata.forRelation(view, Optional.of(views.get(view).comment())))
                        .iterator()));
    }

    @Override
    public ClassLoaderSafeIterator<TableColumnsMetadata> streamTableColumns(ConnectorSession session, SchemaTablePrefix prefix)
    {
        return safe(listing(session, prefix).tableColumns(productColumns));
    }

    @Override
    public Map<SchemaTableName, List<ColumnMetadata>> listTableColumns(ConnectorSession session, SchemaTablePrefix prefix)
    {
        return listing(session, prefix).columns(productColumns);
    }

    /**
     * The quality views of the requester, if they are among what is listed.
     */
    private Map<SchemaTableName, QualityViews.View> views(ConnectorSession session, Optional<String> schemaName)
    {
        return schemaName.filter(schema -> MeshSchema.of(schema) != MeshSchema.QUALITY).isPresent() ? ImmutableMap.of() : QualityViews.of(meshes.of(session));
    }

    private static <T> ClassLoaderSafeIterator<T> safe(Iterator<T> iterator)
    {
        return new ClassLoaderSafeIterator<>(iterator, MeshMetadata.class.getClassLoader());
    }

    private Listing listing(ConnectorSession session, Optional<String> schemaName)
    {
        return Listing.of(meshes.of(session), schemaName);
    }

    private Listing listing(ConnectorSession session, SchemaTablePrefix prefix)
    {
        Listing listing = listing(session, prefix.getSchema());
        return prefix.getTable().isPresent() ? listing.only(prefix.toSchemaTableName()) : listing;
    }

    @Override
    public Map<String, Object> getSchemaProperties(ConnectorSession session, String schemaName)
    {
        return ImmutableMap.of();
    }

    @Override
    public Optional<TrinoPrincipal> getSchemaOwner(ConnectorSession session, String schemaName)
    {
        return Optional.empty();
    }

    // Metadata tables: for the product's stewards only

    @Override
    public Optional<io.trino.spi.connector.SystemTable> getSystemTable(ConnectorSession session, SchemaTableName tableName)
    {
        GovernedMesh governed = meshes.of(session);
        return switch (MeshRelation.of(governed.mesh(), tableName)) {
            case MetadataTable(MeshTable table) -> governed.decide(table.product()).isSteward() ? super.getSystemTable(session, tableName) : Optional.empty();
            // The system tables of the mesh are not made by its metadata
            case ProductTable _, QualityView _, SystemTable _, InformationSchemaTable _, Unknown _ -> Optional.empty();
        };
    }

    @Override
    public boolean isView(ConnectorSession session, SchemaTableName viewName)
    {
        return getView(session, viewName).isPresent();
    }

    @Override
    public Optional<ConnectorViewDefinition> getView(ConnectorSession session, SchemaTableName viewName)
    {
        GovernedMesh governed = meshes.of(session);
        return switch (MeshRelation.of(governed.mesh(), viewName)) {
            case QualityView view -> qualityViews.definition(governed, view);
            // Iceberg makes some of them of others
            case MetadataTable(MeshTable table) -> governed.decide(table.product()).isSteward() ? super.getView(session, viewName) : Optional.empty();
            case ProductTable _, SystemTable _, InformationSchemaTable _, Unknown _ -> Optional.empty();
        };
    }

    private static void requireSteward(GovernedMesh governed, DataProduct product)
    {
        Decision decision = governed.decide(product);
        if (decision.isReadable() && !decision.isSteward()) {
            throw Denials.stewardsOnly(product);
        }
    }

    // The quality views of a product, for its stewards only

    @Override
    public Map<SchemaTableName, ConnectorViewDefinition> getViews(ConnectorSession session, Optional<String> schemaName)
    {
        return views(session, schemaName).keySet().stream()
                .collect(toImmutableMap(identity(), view -> getView(session, view).orElseThrow()));
    }

    @Override
    public List<SchemaTableName> listViews(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableList.copyOf(views(session, schemaName).keySet());
    }

    // Nothing of these exists here, and nobody else may be asked

    @Override
    public Map<SchemaTableName, ConnectorMaterializedViewDefinition> getMaterializedViews(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableMap.of();
    }

    @Override
    public List<SchemaTableName> listMaterializedViews(ConnectorSession session, Optional<String> schemaName)
    {
        return ImmutableList.of();
    }

    @Override
    public Optional<ConnectorMaterializedViewDefinition> getMaterializedView(ConnectorSession session, SchemaTableName viewName)
    {
        return Optional.empty();
    }

    @Override
    public Optional<CatalogSchemaTableName> redirectTable(ConnectorSession session, SchemaTableName tableName)
    {
        return Optional.empty();
    }

    @Override
    public Collection<FunctionMetadata> listFunctions(ConnectorSession session, String schemaName)
    {
        // They are for masks, and nobody may call them
        return ImmutableList.of();
    }

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

    @Override
    public Optional<Type> getSupportedType(ConnectorSession session, Map<String, Object> tableProperties, Type type)
    {
        // Asked before a CREATE TABLE is refused: the access control then says why
        return Optional.empty();
    }

    @Override
    public List<GrantInfo> listTablePrivileges(ConnectorSession session, SchemaTablePrefix prefix)
    {
        return ImmutableList.of();
    }

    @Override
    public void cleanupQuery(ConnectorSession session)
    {
        meshes.finished(session);
        super.cleanupQuery(session);
    }
}
