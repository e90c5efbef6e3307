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

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaRoutineName;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.function.SchemaFunctionName;
import io.trino.spi.security.ViewExpression;
import org.trinomesh.connector.Denials;
import org.trinomesh.connector.MeshRelation;
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
import org.trinomesh.connector.MeshSchema;
import org.trinomesh.connector.QualityViews;
import org.trinomesh.connector.QueryMesh;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.function.MaskFunctions;
import org.trinomesh.governance.Decision;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.TrinoTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.security.AccessDeniedException.denyCreateViewWithSelect;
import static io.trino.spi.security.AccessDeniedException.denyRefreshMaterializedView;
import static io.trino.spi.security.AccessDeniedException.denySelectColumns;
import static io.trino.spi.security.AccessDeniedException.denySelectTable;
import static io.trino.spi.security.AccessDeniedException.denySetCatalogSessionProperty;
import static io.trino.spi.security.AccessDeniedException.denyShowColumns;
import static io.trino.spi.security.AccessDeniedException.denyShowCreateSchema;
import static io.trino.spi.security.AccessDeniedException.denyShowCreateTable;
import static io.trino.spi.security.AccessDeniedException.denyShowTables;
import static java.util.Objects.requireNonNull;

/**
 * Translates governance's decisions for the engine, and holds no rule itself. What is not overridden here is denied or
 * empty by the interface's defaults; the two methods whose default is "no restriction" are overridden.
 *
 * <p>Changes are all refused, with whom to ask, except refreshes of stored rows. Views that run as their owner are refused as well, unless
 * the owner has the permission {@code share}: everybody who may read such a view sees what its owner sees.
 */
public final class MeshAccessControl
        extends ReadOnlyAccessControl
{
    private static final Set<String> FUNCTIONS_FOR_ALL = ImmutableSet.of("lineage", "impact", "search");
    private static final Set<String> FUNCTIONS_FOR_MESH_STEWARDS = ImmutableSet.of("access_of");
    private static final Set<String> FUNCTIONS_OF_MASKS = ImmutableSet.of(MaskFunctions.TOKENIZE, MaskFunctions.QUERY_LOCAL_HASH);
    private static final String SHARES_SYSTEM_TABLE = "a view that runs as its owner would show everybody what this table shows to the owner; create it with SECURITY INVOKER";
    private static final String SHARES_PRODUCT = "a view that runs as its owner passes the data product on to others, which needs the permission 'share'; create it with SECURITY INVOKER";
    private static final String SHARES_METADATA = "metadata tables are only for the stewards of a data product, and a view that runs as its owner would show this one to others; create it with SECURITY INVOKER";
    private static final String SHARES_QUALITY = "quality views are only for the stewards of a data product, and a view that runs as its owner would show this one to others; create it with SECURITY INVOKER";

    private final QueryMeshes meshes;
    private final RuleIdentity ruleIdentity = new RuleIdentity();
    private final RuleExpressions expressions;

    /**
     * @param catalog the name of the catalog, by which masks call their functions
     */
    public MeshAccessControl(QueryMeshes meshes, String catalog, MaskSql masks)
    {
        super(meshes);
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.expressions = new RuleExpressions(catalog, masks, ruleIdentity);
    }

    private VisibleRelations relations(ConnectorSecurityContext context)
    {
        return new VisibleRelations(meshes.of(context), meshes.relations(context));
    }

    // Listings: allowed, and empty of what the requester may not see

    @Override
    public void checkCanShowSchemas(ConnectorSecurityContext context) {}

    @Override
    public Set<String> filterSchemas(ConnectorSecurityContext context, Set<String> schemaNames)
    {
        GovernedMesh mesh = meshes.of(context);
        return schemaNames.stream()
                .filter(schema -> switch (MeshSchema.of(schema)) {
                    case SYSTEM, INFORMATION_SCHEMA -> true;
                    case QUALITY -> QualityViews.isAny(mesh);
                    case DOMAIN -> mesh.hasSchema(schema);
                })
                .collect(toImmutableSet());
    }

    @Override
    public void checkCanShowTables(ConnectorSecurityContext context, String schemaName)
    {
        Optional<String> denial = switch (MeshSchema.of(schemaName)) {
            case SYSTEM, INFORMATION_SCHEMA, QUALITY -> Optional.empty();
            case DOMAIN -> nothingReadable(meshes.of(context), schemaName);
        };
        if (denial.isPresent()) {
            denyShowTables(schemaName, denial.get());
            throw unreachable();
        }
    }

    /**
     * A requester who may discover data products of the domain and read none of them gets the reason that a SELECT would give.
     */
    private static Optional<String> nothingReadable(GovernedMesh mesh, String domain)
    {
        if (mesh.hasSchema(domain)) {
            return Optional.empty();
        }
        return mesh.discoverable(domain)
                .map(product -> "you may read none of its data products; mesh.system.data_products lists those that you may discover. About %s: %s".formatted(
                        product.qualifiedName(),
                        mesh.decide(product).reason().text()));
    }

    @Override
    public Set<SchemaTableName> filterTables(ConnectorSecurityContext context, Set<SchemaTableName> tableNames)
    {
        return relations(context).visible(tableNames);
    }

    @Override
    public void checkCanShowColumns(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        VisibleRelations relations = relations(context);
        MeshRelation relation = relations.relation(tableName);
        if (!relations.isVisible(relation)) {
            denyShowColumns(tableName.toString(), relations.denial(relation));
            throw unreachable();
        }
    }

    @Override
    public Map<SchemaTableName, Set<String>> filterColumns(ConnectorSecurityContext context, Map<SchemaTableName, Set<String>> tableColumns)
    {
        VisibleRelations relations = relations(context);
        return tableColumns.entrySet().stream()
                .collect(toImmutableMap(Map.Entry::getKey, entry -> relations.columns(relations.relation(entry.getKey()), entry.getValue())));
    }

    /**
     * Allowed for those who may use DESCRIBE: both show the same promise.
     */
    @Override
    public void checkCanShowCreateTable(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        VisibleRelations relations = relations(context);
        MeshRelation relation = relations.relation(tableName);
        if (!relations.isVisible(relation)) {
            denyShowCreateTable(tableName.toString(), relations.denial(relation));
            throw unreachable();
        }
    }

    @Override
    public void checkCanShowCreateSchema(ConnectorSecurityContext context, String schemaName)
    {
        MeshSchema schema = MeshSchema.of(schemaName);
        Optional<String> denial = switch (schema) {
            case SYSTEM, INFORMATION_SCHEMA -> Optional.empty();
            case QUALITY -> Denials.madeByTheMesh(schema);
            case DOMAIN -> Optional.of("a domain is declared by a file in the mesh directory; mesh.system.domains shows what it says");
        };
        if (denial.isPresent()) {
            denyShowCreateSchema(schemaName, denial.get());
            throw unreachable();
        }
    }

    // Reading

    @Override
    public void checkCanSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        VisibleRelations relations = relations(context);
        MeshRelation relation = relations.relation(tableName);
        switch (relation) {
            // Their content is filtered, by the engine through us or by the system tables
            case SystemRelation _, InformationSchemaRelation _ -> {}
            case QueryRelation(MeshTable table) -> {
                if (!meshes.query(context).identities().is(context.getIdentity(), table) && !meshes.query(context).isRefreshing(table, context.getIdentity())) {
                    denySelectTable(tableName.toString());
                    throw unreachable();
                }
            }
            case CatalogRelation(TrinoTable table) -> {
                if (ruleIdentity.is(context)) {
                    checkRuleReads(context, tableName, columnNames);
                }
                else if (meshes.query(context).identities().user(context.getIdentity(), table).isEmpty()) {
                    denySelectTable(tableName.toString());
                    throw unreachable();
                }
            }
            case ProductRelation _, SqlRelation _, MaterializedRelation _, StorageRelation _, MetadataRelation _, QualityRelation _, Unknown _ -> {
                if (ruleIdentity.is(context)) {
                    checkRuleReads(context, tableName, columnNames);
                }
                else {
                    checkReads(relations, relation, tableName, columnNames);
                    relations.readable(relation).ifPresent(table -> meshes.reads(context, table.product()));
                }
            }
        }
    }

    private static void checkReads(VisibleRelations relations, MeshRelation relation, SchemaTableName name, Set<String> columns)
    {
        // Asked with no columns for count(*): then it still means "may read the table at all"
        if (!relations.isVisible(relation)) {
            denySelectTable(name.toString(), relations.denial(relation));
            throw unreachable();
        }
        Set<String> visible = relations.columns(relation, columns);
        if (!visible.containsAll(columns)) {
            Set<String> denied = columns.stream().filter(column -> !visible.contains(column)).collect(toImmutableSet());
            denySelectColumns(name.toString(), denied, relations.hidden(relation, denied).orElse(null));
            throw unreachable();
        }
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
     * Everything else in the statement is allowed from here on: the query runs with the rights of its domain, whoever refreshes it.
     */
    @Override
    public void checkCanRefreshMaterializedView(ConnectorSecurityContext context, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(context);
        if (!(meshes.relation(context, name) instanceof MaterializedRelation(MeshTable table)) || !mesh.decide(table.product()).isDiscoverable()) {
            super.checkCanRefreshMaterializedView(context, name);
            throw unreachable();
        }
        Optional<String> refusal = mesh.writeRefusal(table.product());
        if (refusal.isPresent()) {
            denyRefreshMaterializedView(name.toString(), refusal.get());
            throw unreachable();
        }
        meshes.query(context).markRefreshing(table, context.getIdentity());
    }

    @Override
    public List<ViewExpression> getRowFilters(ConnectorSecurityContext context, SchemaTableName tableName)
    {
        return ruled(context, tableName)
                // A view may lack the column that a filter compares. Rows of a query are left out where it reads them.
                .filter(table -> table.table().physical().isPresent())
                .flatMap(table -> meshes.query(context).access(meshes.of(context), context.getIdentity(), table)
                        .map(access -> expressions.rowFilters(context, meshes.query(context), tableName, table, access)))
                .orElse(ImmutableList.of());
    }

    @Override
    public Map<ColumnSchema, ViewExpression> getColumnMasks(ConnectorSecurityContext context, SchemaTableName tableName, List<ColumnSchema> columns)
    {
        QueryMesh query = meshes.query(context);
        Map<ColumnSchema, ViewExpression> masks = ruled(context, tableName)
                .flatMap(table -> query.access(meshes.of(context), context.getIdentity(), table)
                        .map(access -> expressions.columnMasks(context, query, tableName, table, access, columns)))
                .orElse(ImmutableMap.of());
        return expressions.concealed(context, query, tableName, columns, masks);
    }

    /**
     * The table whose rules apply. Empty for an expression of a rule, which sees the values that the rule is about, and for
     * a relation that the requester cannot read, which is denied elsewhere.
     */
    private Optional<MeshTable> ruled(ConnectorSecurityContext context, SchemaTableName name)
    {
        VisibleRelations relations = relations(context);
        return ruleIdentity.is(context) ? Optional.empty() : relations.readable(relations.relation(name));
    }

    @Override
    public void checkCanCreateViewWithSelectFromColumns(ConnectorSecurityContext context, SchemaTableName tableName, Optional<String> branch, Set<String> columnNames)
    {
        if (ruleIdentity.is(context)) {
            checkRuleReads(context, tableName, columnNames);
            return;
        }
        MeshRelation relation = relations(context).relation(tableName);
        Optional<String> refusal = relation instanceof QueryRelation || relation instanceof CatalogRelation ? Optional.empty() : sharingRefusal(meshes.of(context), relation);
        if (refusal.isPresent()) {
            denyCreateViewWithSelect(tableName.toString(), context.getIdentity(), refusal.get());
            throw unreachable();
        }
        checkCanSelectFromColumns(context, tableName, branch, columnNames);
    }

    private static Optional<String> sharingRefusal(GovernedMesh mesh, MeshRelation relation)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> sharingRefusal(mesh, table);
            case SqlRelation(MeshTable table) -> sharingRefusal(mesh, table);
            case MaterializedRelation(MeshTable table) -> sharingRefusal(mesh, table);
            // The name of a hidden product gets the same words as a name that nothing has
            case MetadataRelation(MeshTable table) -> Optional.of(mesh.decide(table.product()).isDiscoverable() ? SHARES_METADATA : SHARES_PRODUCT);
            case QualityRelation _ -> Optional.of(SHARES_QUALITY);
            case SystemRelation _, InformationSchemaRelation _ -> Optional.of(SHARES_SYSTEM_TABLE);
            case QueryRelation _, StorageRelation _, CatalogRelation _, Unknown _ -> Optional.of(SHARES_PRODUCT);
        };
    }

    private static Optional<String> sharingRefusal(GovernedMesh mesh, MeshTable table)
    {
        return mesh.decide(table.product()) instanceof Decision.Readable readable && readable.share() ? Optional.empty() : Optional.of(SHARES_PRODUCT);
    }

    // Functions and session properties

    @Override
    public boolean canExecuteFunction(ConnectorSecurityContext context, SchemaRoutineName function)
    {
        String name = function.getRoutineName();
        return switch (MeshSchema.of(function.getSchemaName())) {
            // A reader who could call the functions of masks could try values until one of them gives a known pseudonym
            case SYSTEM -> (FUNCTIONS_OF_MASKS.contains(name) && ruleIdentity.is(context)) ||
                    // Each answers from what the requester may discover
                    FUNCTIONS_FOR_ALL.contains(name) ||
                    (FUNCTIONS_FOR_MESH_STEWARDS.contains(name) && meshes.of(context).isMeshSteward());
            case INFORMATION_SCHEMA, QUALITY, DOMAIN -> false;
        };
    }

    @Override
    public boolean canCreateViewWithExecuteFunction(ConnectorSecurityContext context, SchemaRoutineName function)
    {
        return switch (MeshSchema.of(function.getSchemaName())) {
            case SYSTEM -> FUNCTIONS_OF_MASKS.contains(function.getRoutineName()) && ruleIdentity.is(context);
            case INFORMATION_SCHEMA, QUALITY, DOMAIN -> false;
        };
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
        if (!ReadingProperties.contains(propertyName)) {
            denySetCatalogSessionProperty(propertyName);
            throw unreachable();
        }
    }
}
