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
import org.trinomesh.connector.MeshRelation.InformationSchemaRelation;
import org.trinomesh.connector.MeshRelation.MetadataRelation;
import org.trinomesh.connector.MeshRelation.ProductRelation;
import org.trinomesh.connector.MeshRelation.QualityRelation;
import org.trinomesh.connector.MeshRelation.SystemRelation;
import org.trinomesh.connector.MeshRelation.Unknown;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.product.MeshTable;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Resolves the relations that have no table handle: views, and the metadata tables of a product for its stewards.
 */
final class ViewResolver
{
    private final ConnectorMetadata iceberg;
    private final QueryMeshes meshes;
    private final QualityViews qualityViews;

    ViewResolver(ConnectorMetadata iceberg, QueryMeshes meshes, QualityViews qualityViews)
    {
        this.iceberg = requireNonNull(iceberg, "iceberg is null");
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.qualityViews = requireNonNull(qualityViews, "qualityViews is null");
    }

    Optional<io.trino.spi.connector.SystemTable> metadataTable(ConnectorSession session, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(session);
        return switch (meshes.relation(session, name)) {
            case MetadataRelation(MeshTable table) -> mesh.decide(table.product()).isUnrestrictedSteward() ? iceberg.getSystemTable(session, name) : Optional.empty();
            // The engine has those of the schema system from the connector itself
            case ProductRelation _, QualityRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> Optional.empty();
        };
    }

    Optional<ConnectorViewDefinition> view(ConnectorSession session, SchemaTableName name)
    {
        GovernedMesh mesh = meshes.of(session);
        return switch (meshes.relation(session, name)) {
            case QualityRelation view -> qualityViews.definition(mesh, view);
            // Some metadata tables are views of others
            case MetadataRelation(MeshTable table) -> mesh.decide(table.product()).isUnrestrictedSteward() ? iceberg.getView(session, name) : Optional.empty();
            case ProductRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> Optional.empty();
        };
    }
}
