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

import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorSecurityContext;
import io.trino.spi.connector.SchemaRoutineName;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.AccessDeniedException;
import io.trino.spi.security.TrinoPrincipal;
import org.trinomesh.connector.Denials;
import org.trinomesh.connector.MeshSchema;
import org.trinomesh.connector.QueryMeshes;
import org.trinomesh.disclosure.GovernedMesh;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.trino.spi.security.AccessDeniedException.denyAddColumn;
import static io.trino.spi.security.AccessDeniedException.denyAlterColumn;
import static io.trino.spi.security.AccessDeniedException.denyCommentColumn;
import static io.trino.spi.security.AccessDeniedException.denyCommentTable;
import static io.trino.spi.security.AccessDeniedException.denyCreateFunction;
import static io.trino.spi.security.AccessDeniedException.denyCreateMaterializedView;
import static io.trino.spi.security.AccessDeniedException.denyCreateSchema;
import static io.trino.spi.security.AccessDeniedException.denyCreateTable;
import static io.trino.spi.security.AccessDeniedException.denyCreateView;
import static io.trino.spi.security.AccessDeniedException.denyDeleteTable;
import static io.trino.spi.security.AccessDeniedException.denyDropColumn;
import static io.trino.spi.security.AccessDeniedException.denyDropSchema;
import static io.trino.spi.security.AccessDeniedException.denyDropTable;
import static io.trino.spi.security.AccessDeniedException.denyInsertTable;
import static io.trino.spi.security.AccessDeniedException.denyRenameColumn;
import static io.trino.spi.security.AccessDeniedException.denyRenameSchema;
import static io.trino.spi.security.AccessDeniedException.denyRenameTable;
import static io.trino.spi.security.AccessDeniedException.denySetTableAuthorization;
import static io.trino.spi.security.AccessDeniedException.denySetTableProperties;
import static io.trino.spi.security.AccessDeniedException.denyTruncateTable;
import static io.trino.spi.security.AccessDeniedException.denyUpdateTableColumns;
import static java.util.Objects.requireNonNull;

/**
 * The part of the access control that refuses every change, and says who makes such changes and how. What is not overridden here is
 * refused as well, by the interface's defaults and without a reason.
 */
abstract class ReadOnlyAccessControl
        implements ConnectorAccessControl
{
    private final QueryMeshes meshes;

    ReadOnlyAccessControl(QueryMeshes meshes)
    {
        this.meshes = requireNonNull(meshes, "meshes is null");
    }

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
        denyCreateFunction(function.toString(), "a domain publishes data products, not functions; create it in a catalog that supports functions");
        throw unreachable();
    }

    private String readOnly(ConnectorSecurityContext context, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(context);
        return Denials.readOnly(mesh, meshes.relation(context, name));
    }

    private static String declaredBy(String schemaName)
    {
        return Denials.madeByTheMesh(MeshSchema.of(schemaName)).orElse("a domain is declared by a file in the mesh directory");
    }

    /**
     * Thrown after a deny method, so that no change of that method can turn a denial into a permission.
     */
    static AccessDeniedException unreachable()
    {
        return new AccessDeniedException("Access to the mesh is denied");
    }
}
