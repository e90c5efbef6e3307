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
package org.trinomesh.security;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaRoutineName;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.function.SchemaFunctionName;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.TrinoPrincipal;
import io.trino.spi.security.ViewExpression;
import org.trinomesh.connector.Denials;
import org.trinomesh.connector.MetadataTableName;
import org.trinomesh.connector.QualityViews;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.function.MaskFunctions;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.GovernedMesh;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.security.AccessDeniedException.denyAddColumn;
import static io.trino.spi.security.AccessDeniedException.denyAlterColumn;
import static io.trino.spi.security.AccessDeniedException.denyCommentColumn;
import static io.trino.spi.security.AccessDeniedException.denyCommentTable;
import static io.trino.spi.security.AccessDeniedException.denyCreateFunction;
import static io.trino.spi.security.AccessDeniedException.denyCreateMaterializedView;
import static io.trino.spi.security.AccessDeniedException.denyCreateSchema;
import static io.trino.spi.security.AccessDeniedException.denyCreateTable;
import static io.trino.spi.security.AccessDeniedException.denyCreateView;
import static io.trino.spi.security.AccessDeniedException.denyCreateViewWithSelect;
import static io.trino.spi.security.AccessDeniedException.denyDeleteTable;
import static io.trino.spi.security.AccessDeniedException.denyDropColumn;
import static io.trino.spi.security.AccessDeniedException.denyDropSchema;
import static io.trino.spi.security.AccessDeniedException.denyDropTable;
import static io.trino.spi.security.AccessDeniedException.denyInsertTable;
import static io.trino.spi.security.AccessDeniedException.denyRenameColumn;
import static io.trino.spi.security.AccessDeniedException.denyRenameSchema;
import static io.trino.spi.security.AccessDeniedException.denyRenameTable;
import static io.trino.spi.security.AccessDeniedException.denySelectColumns;
import static io.trino.spi.security.AccessDeniedException.denySelectTable;
import static io.trino.spi.security.AccessDeniedException.denySetCatalogSessionProperty;
import static io.trino.spi.security.AccessDeniedException.denySetTableAuthorization;
import static io.trino.spi.security.AccessDeniedException.denySetTableProperties;
import static io.trino.spi.security.AccessDeniedException.denyShowColumns;
import static io.trino.spi.security.AccessDeniedException.denyShowCreateSchema;
import static io.trino.spi.security.AccessDeniedException.denyShowCreateTable;
import static io.trino.spi.security.AccessDeniedException.denyShowTables;
import static io.trino.spi.security.AccessDeniedException.denyTruncateTable;
import static io.trino.spi.security.AccessDeniedException.denyUpdateTableColumns;
import static java.util.Objects.requireNonNull;

/**
 * Translates governance's decisions for the engine, and holds no rule itself. What is not overridden here is denied or
 * empty by the interface's defaults; the two methods whose default is "no restriction" are overridden.
 *
 * <p>Changes are all refused, with whom to ask. Definer views over a product are refused as well: they would hand on what
 * their owner may read to everybody.
 */
public final class MeshAccessControl
        implements ConnectorAccessControl
{
    private static final String SYSTEM = Denials.SYSTEM;
    private static final Set<String> FUNCTIONS_FOR_ALL = ImmutableSet.of("lineage", "impact", "search");
    private static final String ACCESS_OF = "access_of";
    /**
     * What tunes a reading; nothing here widens what may be read or sends the reader elsewhere.
     */
    private static final Set<String> SESSION_PROPERTIES = ImmutableSet.of(
            "bucket_execution_enabled",
            "dynamic_filtering_wait_timeout",
            "max_split_size",
            "minimum_assigned_split_weight",
            "orc_bloom_filters_enabled",
            "orc_lazy_read_small_ranges",
            "orc_max_buffer_size",
            "orc_max_merge_distance",
            "orc_max_read_block_size",
            "orc_nested_lazy_enabled",
            "orc_stream_buffer_size",
            "orc_tiny_stripe_threshold",
            "parquet_ignore_statistics",
            "parquet_max_read_block_row_count",
            "parquet_max_read_block_size",
            "parquet_small_file_threshold",
            "parquet_use_bloom_filter",
            "parquet_vectorized_decoding_enabled",
            "projection_pushdown_enabled",
            "statistics_enabled");

    private final QueryMeshes meshes;
    private final RuleIdentity ruleIdentity = new RuleIdentity();
    private final RuleExpressions expressions;

    /**
     * @param catalog the name of the catalog, by which masks call their functions
     */
    public MeshAccessControl(QueryMeshes meshes, String catalog, MaskSql masks)
    {
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.expressions = new RuleExpressions(catalog, masks, ruleIdentity);
    }

    // Listings: allowed, and empty of what the requester may not see

    @Override
    public void checkCanShowSchemas(ConnectorSecurityContext context) {}

    @Override
    public Set<String> filterSchemas(ConnectorSecurityContext context, Set<String> schemaNames)
    {
        GovernedMesh mesh = meshes.of(context);
        return schemaNames.stream()
                .filter(schema -> isOurs(schema) || mesh.hasSchema(schema) || (schema.equals(QualityViews.SCHEMA) && QualityViews.isAny(mesh)))
                .collect(toImmutableSet());
    }

    /**
     * Whoever may know of data products and reads none of them is told what selecting from them says.
     */
    @Override
    public void checkCanShowTables(ConnectorSecurityContext context, String schemaName)
    {
        GovernedMesh mesh = meshes.of(context);
        if (mesh.hasSchema(schemaName)) {
            return;
        }
        Optional<DataProduct> discoverable = mesh.mesh().tables(schemaName).stream()
                .map(MeshTable::product)
                .filter(product -> mesh.decide(product).isDiscoverable())
                .findFirst();
        if (discoverable.isPresent()) {
            denyShowTables(schemaName, "you may read none of its data products; mesh.system.data_products lists those that you may discover. Of %s: %s".formatted(
                    discoverable.get().qualifiedName(),
                    mesh.decide(discoverable.get()).reason().text()));
            throw unreachable();
        }
    }

    @Override
    public Set<SchemaTableName> filterTables(ConnectorSecurityContext context, Set<SchemaTableName> tableNames)
    {
        GovernedMesh mesh = meshes.of(context);
        // Listings ask for thousands of names, and an immutable copy would cost more than the decisions
        Set<SchemaTableName> visible = HashSet.newHashSet(tableNames.size());
        Supplier<Set<SchemaTableName>> views = Suppliers.memoize(() -> QualityViews.names(mesh));
        String schema = "";
        Set<String> readable = ImmutableSet.of();
        for (SchemaTableName name : tableNames) {
            // Names come schema by schema
            if (!name.getSchemaName().equals(schema)) {
                schema = name.getSchemaName();
                readable = mesh.readableNames(schema);
            }
            if (readable.contains(name.getTableName()) || (schema.equals(QualityViews.SCHEMA) ? views.get().contains(name) : isVisible(mesh, name))) {
                visible.add(name);
            }
        }
        // The same object when nothing is hidden: the engine then keeps its listing as it is
        return visible.size() == tableNames.size() ? tableNames : visible;
    }

    private static boolean isVisible(GovernedMesh mesh, SchemaTableName name)
    {
        // No product's name is also the engine's or a metadata table's
        if (mesh.readableNames(name.getSchemaName()).contains(name.getTableName()) || isOurs(name.getSchemaName())) {
            return true;
        }
        if (name.getSchemaName().equals(QualityViews.SCHEMA)) {
            return QualityViews.isVisible(mesh, name);
        }
        return MetadataTableName.parse(name)
                .filter(metadataTable -> mesh.isStewardOf(metadataTable.schema(), metadataTable.table()))
                .isPresent();
    }

    @Override
    public void checkCanShowColumns(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        GovernedMesh mesh = meshes.of(context);
        if (!isVisible(mesh, tableName)) {
            denyShowColumns(tableName.toString(), denial(mesh, tableName));
            throw unreachable();
        }
    }

    @Override
    public Map<SchemaTableName, Set<String>> filterColumns(ConnectorSecurityContext context, Map<SchemaTableName, Set<String>> tableColumns)
    {
        GovernedMesh mesh = meshes.of(context);
        return tableColumns.entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> visibleColumns(mesh, entry.getKey(), entry.getValue())));
    }

    private static Set<String> visibleColumns(GovernedMesh mesh, SchemaTableName name, Set<String> columns)
    {
        if (!isVisible(mesh, name)) {
            return ImmutableSet.of();
        }
        if (isOurs(name.getSchemaName()) || name.getSchemaName().equals(QualityViews.SCHEMA) || MetadataTableName.parse(name).isPresent()) {
            return columns;
        }
        MeshTable table = mesh.readable(name.getSchemaName(), name.getTableName()).orElseThrow();
        return columns.stream()
                .filter(column -> isServed(mesh, table, column))
                .collect(toImmutableSet());
    }

    private static boolean isServed(GovernedMesh mesh, MeshTable table, String column)
    {
        if (column.startsWith("$")) {
            return mesh.seesFiles(table);
        }
        return mesh.access(table).filter(access -> !access.isHidden(column)).isPresent();
    }

    // Reading

    @Override
    public void checkCanSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        GovernedMesh mesh = meshes.of(context);
        if (isOurs(tableName.getSchemaName())) {
            return;
        }
        if (ruleIdentity.is(context)) {
            checkRuleReads(context, tableName, columnNames);
            return;
        }
        // Asked with no columns for count(*): then it still means "may read the table at all"
        if (!isVisible(mesh, tableName)) {
            denySelectTable(tableName.toString(), denial(mesh, tableName));
            throw unreachable();
        }
        Set<String> visible = visibleColumns(mesh, tableName, columnNames);
        if (!visible.containsAll(columnNames)) {
            Set<String> denied = columnNames.stream().filter(column -> !visible.contains(column)).collect(toImmutableSet());
            denySelectColumns(tableName.toString(), denied, hidden(mesh, tableName, denied));
            throw unreachable();
        }
        mesh.readable(tableName.getSchemaName(), tableName.getTableName()).ifPresent(table -> meshes.reads(context, table.product()));
    }

    /**
     * An expression of a rule reads what rules of this query read, and nothing else.
     */
    private void checkRuleReads(ConnectorSecurityContext context, SchemaTableName tableName, Set<String> columnNames)
    {
        if (columnNames.isEmpty() || !meshes.query(context).ruleColumns(tableName).containsAll(columnNames)) {
            denySelectColumns(tableName.toString(), columnNames);
            throw unreachable();
        }
    }

    /**
     * Which rules hide columns, and whom to ask.
     */
    private static String hidden(GovernedMesh mesh, SchemaTableName name, Set<String> columns)
    {
        return mesh.readable(name.getSchemaName(), name.getTableName())
                .flatMap(table -> mesh.access(table).map(access -> Denials.hiddenColumns(table.product(), access, columns)))
                .orElse(null);
    }

    @Override
    public List<ViewExpression> getRowFilters(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return ruled(context, tableName)
                .flatMap(table -> meshes.of(context).access(table)
                        .map(access -> expressions.rowFilters(context, meshes.query(context), tableName, table, access)))
                .orElse(ImmutableList.of());
    }

    @Override
    public Map<ColumnSchema, ViewExpression> getColumnMasks(ConnectorSecurityContext context, SchemaTableName tableName, List<ColumnSchema> columns)
    {
        return ruled(context, tableName)
                .flatMap(table -> meshes.of(context).access(table)
                        .map(access -> expressions.columnMasks(context, meshes.query(context), tableName, table, access, columns)))
                .orElse(ImmutableMap.of());
    }

    /**
     * The table, when rules apply to it as a whole. Of a metadata table they do not: whoever sees one sees the whole table. An
     * expression of a rule sees what the rule is about. What may not be read at all is denied as such.
     */
    private Optional<MeshTable> ruled(ConnectorSecurityContext context, SchemaTableName name)
    {
        if (isOurs(name.getSchemaName()) || MetadataTableName.parse(name).isPresent() || ruleIdentity.is(context)) {
            return Optional.empty();
        }
        return meshes.of(context).readable(name.getSchemaName(), name.getTableName());
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        if (ruleIdentity.is(context)) {
            checkRuleReads(context, tableName, columnNames);
            return;
        }
        if (isOurs(tableName.getSchemaName()) || !mayShare(context, tableName)) {
            denyCreateViewWithSelect(tableName.toString(), context.getIdentity(), isOurs(tableName.getSchemaName())
                    ? "a view that runs as its owner would tell everybody what this table tells its owner; create it with SECURITY INVOKER"
                    : "a view that runs as its owner would hand a data product on, which needs the permission 'share'; create it with SECURITY INVOKER");
            throw unreachable();
        }
        checkCanSelectFromColumns(context, tableName, branch, columnNames);
    }

    private boolean mayShare(ConnectorSecurityContext context, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(context);
        return mesh.readable(name.getSchemaName(), name.getTableName())
                .filter(table -> mesh.decide(table.product()) instanceof Decision.Readable readable && readable.share())
                .isPresent();
    }

    @Override
    public boolean canExecuteFunction(ConnectorSecurityContext context, SchemaRoutineName function)
    {
        // Whoever could call the functions of masks could try values until one gives a pseudonym it has seen
        return (ruleIdentity.is(context) && isOfMasks(function)) || isForAll(function) || (isForMeshStewards(function) && meshes.of(context).isMeshSteward());
    }

    @Override
    public boolean canCreateViewWithExecuteFunction(ConnectorSecurityContext context, SchemaRoutineName function)
    {
        return ruleIdentity.is(context) && isOfMasks(function);
    }

    /**
     * Functions that answer each requester from what it may discover.
     */
    private static boolean isForAll(SchemaRoutineName function)
    {
        return function.getSchemaName().equals(SYSTEM) && FUNCTIONS_FOR_ALL.contains(function.getRoutineName());
    }

    private static boolean isForMeshStewards(SchemaRoutineName function)
    {
        return function.getSchemaName().equals(SYSTEM) && function.getRoutineName().equals(ACCESS_OF);
    }

    private static boolean isOfMasks(SchemaRoutineName function)
    {
        return function.getSchemaName().equals(MaskFunctions.SCHEMA) &&
                (function.getRoutineName().equals(MaskFunctions.TOKENIZE) || function.getRoutineName().equals(MaskFunctions.QUERY_LOCAL_HASH));
    }

    @Override
    public void checkCanShowFunctions(ConnectorSecurityContext context, String schemaName) {}

    @Override
    public Set<SchemaFunctionName> filterFunctions(ConnectorSecurityContext context, Set<SchemaFunctionName> functionNames)
    {
        return ImmutableSet.of();
    }

    @Override
    public void checkCanSetCatalogSessionProperty(ConnectorSecurityContext context, String propertyName)
    {
        if (!SESSION_PROPERTIES.contains(propertyName)) {
            denySetCatalogSessionProperty(propertyName);
            throw unreachable();
        }
    }

    @Override
    public void checkCanShowCreateSchema(ConnectorSecurityContext context, String schemaName)
    {
        if (isOurs(schemaName)) {
            return;
        }
        denyShowCreateSchema(schemaName, schemaName.equals(QualityViews.SCHEMA) ? Denials.madeByTheMesh(schemaName).orElseThrow() : "a domain is declared by a file in the mesh directory; mesh.system.domains has what it says");
        throw unreachable();
    }

    /**
     * For whom DESCRIBE answers: it is the same promise, written as a statement.
     */
    @Override
    public void checkCanShowCreateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        GovernedMesh mesh = meshes.of(context);
        if (!isVisible(mesh, tableName)) {
            denyShowCreateTable(tableName.toString(), denial(mesh, tableName));
            throw unreachable();
        }
    }

    // Changes: refused, with the owner's way to make them

    @Override
    public void checkCanCreateSchema(ConnectorSecurityContext context, String schemaName, Map<String, Object> properties)
    {
        denyCreateSchema(schemaName, declaredBy(schemaName));
        throw unreachable();
    }

    @Override
    public void checkCanDropSchema(ConnectorSecurityContext context, String schemaName)
    {
        denyDropSchema(schemaName, declaredBy(schemaName));
        throw unreachable();
    }

    @Override
    public void checkCanRenameSchema(ConnectorSecurityContext context, String schemaName, String newSchemaName)
    {
        denyRenameSchema(schemaName, newSchemaName, declaredBy(schemaName));
        throw unreachable();
    }

    @Override
    public void checkCanCreateTable(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Object> properties)
    {
        denyCreateTable(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanDropTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyDropTable(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanRenameTable(ConnectorSecurityContext context, SchemaTableName tableName, SchemaTableName newTableName)
    {
        denyRenameTable(tableName.toString(), newTableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanSetTableProperties(ConnectorSecurityContext context, SchemaTableName tableName, Map<String, Optional<Object>> properties)
    {
        denySetTableProperties(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanSetTableComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyCommentTable(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanSetColumnComment(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyCommentColumn(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanAddColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyAddColumn(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanAlterColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyAlterColumn(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanDropColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyDropColumn(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanRenameColumn(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyRenameColumn(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanSetTableAuthorization(ConnectorSecurityContext context, SchemaTableName tableName, TrinoPrincipal principal)
    {
        denySetTableAuthorization(tableName.toString(), principal, readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanInsertIntoTable(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch)
    {
        denyInsertTable(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanDeleteFromTable(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch)
    {
        denyDeleteTable(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanTruncateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        denyTruncateTable(tableName.toString(), readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanUpdateTableColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> updatedColumns)
    {
        denyUpdateTableColumns(tableName.toString(), updatedColumns, readOnly(context, tableName));
        throw unreachable();
    }

    @Override
    public void checkCanExecuteTableProcedure(ConnectorSecurityContext context, SchemaTableName tableName, String procedure)
    {
        throw new AccessDeniedException("Cannot execute table procedure " + procedure + " on " + tableName + ": " + readOnly(context, tableName));
    }

    @Override
    public void checkCanCreateView(ConnectorSecurityContext context, SchemaTableName viewName)
    {
        denyCreateView(viewName.toString(), readOnly(context, viewName));
        throw unreachable();
    }

    @Override
    public void checkCanCreateMaterializedView(ConnectorSecurityContext context, SchemaTableName materializedViewName, Map<String, Object> properties)
    {
        denyCreateMaterializedView(materializedViewName.toString(), readOnly(context, materializedViewName));
        throw unreachable();
    }

    @Override
    public void checkCanCreateFunction(ConnectorSecurityContext context, SchemaRoutineName function)
    {
        denyCreateFunction(function.toString(), "a domain publishes data products and no functions; create it in a catalog that keeps functions");
        throw unreachable();
    }

    private String readOnly(ConnectorSecurityContext context, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(context);
        SchemaTableName table = MetadataTableName.parse(name)
                .map(metadataTable -> new SchemaTableName(metadataTable.schema(), metadataTable.table()))
                .orElse(name);
        return Denials.madeByTheMesh(name.getSchemaName()).orElseGet(() -> mesh.mesh().table(table.getSchemaName(), table.getTableName())
                .map(MeshTable::product)
                .filter(product -> mesh.decide(product).isDiscoverable())
                .map(Denials::readOnly)
                .orElseGet(Denials::readOnly));
    }

    private static String declaredBy(String schemaName)
    {
        return Denials.madeByTheMesh(schemaName).orElse("a domain is declared by a file in the mesh directory");
    }

    /**
     * The reason, for those who may know that there is something to be denied.
     */
    private static String denial(GovernedMesh mesh, SchemaTableName name)
    {
        return mesh.mesh().table(name.getSchemaName(), name.getTableName())
                .map(table -> mesh.decide(table.product()))
                .filter(decision -> decision.isDiscoverable() && !decision.isReadable())
                .map(decision -> decision.reason().text())
                .orElse("it is not among the data products you may read");
    }

    /**
     * The engine's own schemas: their content is filtered, by the engine through us or by our system tables.
     */
    private static boolean isOurs(String schema)
    {
        return schema.equals(Denials.INFORMATION_SCHEMA) || schema.equals(SYSTEM);
    }

    /**
     * After a deny method, so that no change to it can ever turn a denial into a permission.
     */
    private static AccessDeniedException unreachable()
    {
        return new AccessDeniedException("Access to the mesh is denied");
    }
}
