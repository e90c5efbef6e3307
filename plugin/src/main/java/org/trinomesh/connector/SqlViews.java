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
import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.CatalogSchemaTableName;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnSchema;
import io.trino.spi.connector.ConnectorMaterializedViewDefinition;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorViewDefinition.ViewColumn;
import io.trino.spi.connector.MetadataProvider;
import io.trino.spi.connector.SchemaTableName;
import org.trinomesh.connector.MeshRelation.QueryRelation;
import org.trinomesh.connector.MeshRelation.StorageRelation;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.storage.TableRefusedException;
import org.trinomesh.type.SqlLiteral;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.TABLE_NOT_FOUND;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/**
 * The tables of products that a query computes, as views for the engine. The engine shows the text of a view to everybody who may
 * see it, so that there are two: the view that readers name selects the promised columns from another one, which has the query and
 * exists only for the identity as which the query runs.
 */
public final class SqlViews
{
    private static final Logger log = Logger.get(SqlViews.class);

    /**
     * The column of a view from whose reader all columns are hidden: a view has at least one.
     */
    static final String NO_COLUMN = "hidden";

    private final String catalog;
    private final ProductColumns columns;
    private final MetadataProvider catalogs;

    /**
     * @param catalog the catalog of the mesh
     * @param catalogs tells the columns of tables of other catalogs
     */
    public SqlViews(String catalog, ProductColumns columns, MetadataProvider catalogs)
    {
        this.catalog = requireNonNull(catalog, "catalog is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    /**
     * What a reader names: the promised columns that the reader sees.
     *
     * @param name by which the reader names it
     * @param identity as which the query runs
     */
    ConnectorViewDefinition product(GovernedMesh mesh, SchemaTableName name, MeshTable table, String identity)
    {
        List<ColumnMetadata> shown = columns.listed(mesh, table);
        if (shown.isEmpty()) {
            return withoutColumns(mesh, table);
        }
        return view(mesh, table, selection(name, shown), shown, Optional.of(identity));
    }

    /**
     * What a refresh stores: all promised columns, whatever the refreshing user sees of them.
     */
    ConnectorMaterializedViewDefinition refresh(GovernedMesh mesh, SchemaTableName name, MeshTable table, String identity)
    {
        List<ColumnMetadata> promised = columns.promised(mesh, table);
        return new ConnectorMaterializedViewDefinition(
                selection(name, promised),
                Optional.of(new CatalogSchemaTableName(catalog, StorageRelation.name(table))),
                Optional.of(catalog),
                Optional.of(table.schema()),
                promised.stream().map(column -> new ConnectorMaterializedViewDefinition.Column(column.getName(), column.getType().getTypeId(), Optional.empty())).collect(toImmutableList()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(identity),
                List.of());
    }

    private String selection(SchemaTableName name, List<ColumnMetadata> selected)
    {
        return "SELECT %s FROM %s.%s.%s".formatted(
                selected.stream().map(column -> SqlLiteral.identifier(column.getName())).collect(joining(", ")),
                SqlLiteral.identifier(catalog),
                SqlLiteral.identifier(name.getSchemaName()),
                SqlLiteral.identifier(name.getTableName() + QueryRelation.SUFFIX));
    }

    /**
     * For a requester from whom all columns are hidden: a view has at least one.
     */
    private ConnectorViewDefinition withoutColumns(GovernedMesh mesh, MeshTable table)
    {
        return view(mesh, table, "SELECT false AS %s WHERE false".formatted(NO_COLUMN), ImmutableList.of(new ColumnMetadata(NO_COLUMN, BOOLEAN)), Optional.empty());
    }

    /**
     * The view of a product that the requester may know of and not read. It has no rows, and the access control denies it.
     */
    ConnectorViewDefinition denied(GovernedMesh mesh, MeshTable table)
    {
        List<ColumnMetadata> promised = columns.listed(mesh, table);
        if (promised.isEmpty()) {
            return withoutColumns(mesh, table);
        }
        String sql = promised.stream()
                .map(column -> "CAST(NULL AS %s) AS %s".formatted(column.getType().getDisplayName(), SqlLiteral.identifier(column.getName())))
                .collect(joining(", ", "SELECT ", " WHERE false"));
        return view(mesh, table, sql, promised, Optional.empty());
    }

    /**
     * The query itself, with the promised columns in their order. The engine widens their types to the promised ones, and refuses a
     * query whose columns do not fit.
     *
     * @param domain the mesh as the publishing domain sees it
     * @param identity as which the query runs
     */
    ConnectorViewDefinition query(GovernedMesh domain, MeshTable table, String identity)
    {
        SqlQuery query = table.table().query().orElseThrow();
        if (!domain.mayPublish(query)) {
            throw TableRefusedException.unpublished(table);
        }
        List<Column> promised = table.table().columns();
        String sql = "SELECT %s FROM (\n%s\n)".formatted(promised.stream().map(column -> SqlLiteral.identifier(column.name())).collect(joining(", ")), query.sql());
        return view(domain, table, sql, columns.promised(domain, table), Optional.of(identity));
    }

    /**
     * A table of another catalog, for the query of a product: the engine checks with its own access control that the user may read it.
     *
     * @param reader the table whose query reads it
     * @param user as whom Trino reads it
     */
    ConnectorViewDefinition catalogTable(ConnectorSession session, MeshTable reader, TrinoTable table, String user)
    {
        List<ColumnSchema> found = columns(session, reader, table);
        String sql = "SELECT %s FROM %s.%s.%s".formatted(
                found.stream().map(column -> SqlLiteral.identifier(column.getName())).collect(joining(", ")),
                SqlLiteral.identifier(table.catalog()),
                SqlLiteral.identifier(table.schema()),
                SqlLiteral.identifier(table.table()));
        return new ConnectorViewDefinition(
                sql,
                Optional.of(catalog),
                Optional.of(reader.schema()),
                found.stream().map(column -> new ViewColumn(column.getName(), column.getType().getTypeId(), Optional.empty())).collect(toImmutableList()),
                Optional.empty(),
                Optional.of(user),
                false,
                List.of());
    }

    private List<ColumnSchema> columns(ConnectorSession session, MeshTable reader, TrinoTable table)
    {
        // A table of the mesh would be read with the rights of the technical user
        if (table.catalog().equals(catalog)) {
            throw TableRefusedException.ofSource(reader, new TrinoException(NOT_SUPPORTED, "The catalog is that of the mesh itself"));
        }
        List<ColumnSchema> columns;
        try {
            columns = catalogs.getRelationMetadata(session, new CatalogSchemaTableName(table.catalog(), table.schema(), table.table()))
                    .orElseThrow(() -> new TrinoException(TABLE_NOT_FOUND, "The table does not exist"))
                    .getColumns().stream()
                    .filter(column -> !column.isHidden())
                    .collect(toImmutableList());
        }
        // Connectors also fail with exceptions of their drivers, which name hosts
        catch (RuntimeException e) {
            log.warn(e, "The query of data product %s cannot read %s", reader.product().qualifiedName(), table);
            throw TableRefusedException.ofSource(reader, e);
        }
        checkColumns(reader, table, columns);
        return columns;
    }

    /**
     * The engine would name the column that it cannot find, and nobody to ask.
     */
    private static void checkColumns(MeshTable reader, TrinoTable table, List<ColumnSchema> columns)
    {
        Set<String> found = columns.stream().map(column -> column.getName().toLowerCase(ENGLISH)).collect(toImmutableSet());
        Set<String> missing = reader.table().query().orElseThrow().tableColumns().stream()
                .filter(column -> !found.contains(column.toLowerCase(ENGLISH)))
                .collect(toImmutableSet());
        if (!missing.isEmpty()) {
            log.warn("%s has no columns %s, which data product %s promises", table, missing, reader.product().qualifiedName());
            throw TableRefusedException.withoutColumns(reader);
        }
    }

    private ConnectorViewDefinition view(GovernedMesh mesh, MeshTable table, String sql, List<ColumnMetadata> shown, Optional<String> owner)
    {
        return new ConnectorViewDefinition(
                sql,
                Optional.of(catalog),
                Optional.of(table.schema()),
                columns(shown),
                Optional.of(columns.comment(mesh, table)),
                owner,
                owner.isEmpty(),
                List.of());
    }

    static List<ViewColumn> columns(List<ColumnMetadata> columns)
    {
        return columns.stream()
                .map(column -> new ViewColumn(column.getName(), column.getType().getTypeId(), column.getComment()))
                .collect(toImmutableList());
    }
}
