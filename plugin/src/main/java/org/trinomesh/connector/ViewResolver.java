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

import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.SchemaTableName;
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
import org.trinomesh.product.Materialization.WhenStale;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;

import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Resolves the relations that have no table handle: views, and the metadata tables of a product for its stewards.
 */
final class ViewResolver
{
    private final ConnectorMetadata iceberg;
    private final QueryMeshes meshes;
    private final SqlViews sqlViews;
    private final QualityViews qualityViews;
    private final Function<ConnectorSession, StoredRowsResolver> storedRows;
    private final QuerySources querySources;

    ViewResolver(ConnectorMetadata iceberg, QueryMeshes meshes, SqlViews sqlViews, QualityViews qualityViews, Function<ConnectorSession, StoredRowsResolver> storedRows, QuerySources querySources)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.sqlViews = requireNonNull(sqlViews, "sqlViews is null");
        this.qualityViews = requireNonNull(qualityViews, "qualityViews is null");
        this.storedRows = requireNonNull(storedRows, "storedRows is null");
        this.querySources = requireNonNull(querySources, "querySources is null");
    }

    Optional<io.trino.spi.connector.SystemTable> metadataTable(ConnectorSession session, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(session);
        return switch (meshes.relation(session, name)) {
            case MetadataRelation(MeshTable table) -> mesh.decide(table.product()).isUnrestrictedSteward() ? iceberg.getSystemTable(session, name) : Optional.empty();
            // The engine has those of the schema system from the connector itself
            case ProductRelation _, SqlRelation _, MaterializedRelation _, QueryRelation _, StorageRelation _, CatalogRelation _, QualityRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> Optional.empty();
        };
    }

    private Optional<ConnectorViewDefinition> sqlView(ConnectorSession session, GovernedMesh mesh, SchemaTableName name, MeshTable table)
    {
        return switch (mesh.decide(table.product())) {
            case Decision.Hidden _ -> Optional.empty();
            // A listing asks, too, and must not fail; the access control denies it
            case Decision.Discoverable _ -> Optional.of(sqlViews.denied(mesh, table));
            case Decision.Readable _ -> Optional.of(readable(session, mesh, name, table));
        };
    }

    private ConnectorViewDefinition readable(ConnectorSession session, GovernedMesh mesh, SchemaTableName name, MeshTable table)
    {
        QueryMesh query = meshes.query(session);
        // A product inside of another is read by those who read that one
        if (query.identities().table(session.getIdentity()).isEmpty()) {
            query.runsFor(mesh, session.getIdentity());
        }
        return sqlViews.product(mesh, name, table, query.identities().of(table, mesh.sourceRows(table)));
    }

    /**
     * Whether the query runs for a reader, instead of its stored rows being read. Rows of which the requester sees some only are told apart
     * where they are stored.
     */
    private boolean isComputed(ConnectorSession session, GovernedMesh mesh, MeshTable table)
    {
        return table.table().query().flatMap(SqlQuery::materialized).orElseThrow().whenStale() == WhenStale.INLINE &&
                mesh.access(table).filter(access -> access.rows().isEmpty()).isPresent() &&
                AnalyzedStatement.reads() &&
                storedRows.apply(session).resolve(table) instanceof StoredRows.Stale;
    }

    private Optional<ConnectorViewDefinition> query(ConnectorSession session, MeshTable table)
    {
        QueryMesh query = meshes.query(session);
        boolean runs = query.identities().is(session.getIdentity(), table);
        if (!runs && !query.isRefreshing(table, session.getIdentity())) {
            return Optional.empty();
        }
        if (query.isRefreshing(table, session.getIdentity())) {
            query.runsFor(meshes.of(session), session.getIdentity());
        }
        ConnectorViewDefinition view = sqlViews.query(meshes.ofDomain(session, table.product().domain()), table, runs ? session.getUser() : query.identities().of(table, Optional.empty()));
        querySources.check(session, table);
        return Optional.of(view);
    }

    Optional<ConnectorViewDefinition> view(ConnectorSession session, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(session);
        return switch (meshes.relation(session, name)) {
            case SqlRelation(MeshTable table) -> sqlView(session, mesh, name, table);
            case MaterializedRelation(MeshTable table) -> isComputed(session, mesh, table) ? sqlView(session, mesh, name, table) : Optional.empty();
            case QueryRelation(MeshTable table) -> query(session, table);
            case CatalogRelation(TrinoTable table) -> meshes.query(session).identities().user(session.getIdentity(), table).map(user -> sqlViews.catalogTable(session, meshes.query(session).identities().table(session.getIdentity()).orElseThrow(), table, user));
            case QualityRelation view -> qualityViews.definition(mesh, view);
            // Some metadata tables are views of others
            case MetadataRelation(MeshTable table) -> mesh.decide(table.product()).isUnrestrictedSteward() ? iceberg.getView(session, name) : Optional.empty();
            case ProductRelation _, StorageRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> Optional.empty();
        };
    }
}
