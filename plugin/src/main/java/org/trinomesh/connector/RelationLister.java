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
import com.google.common.collect.Maps;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SchemaTablePrefix;
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
import org.trinomesh.disclosure.VisibleQualityView;
import org.trinomesh.product.MeshTable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static com.google.common.base.Suppliers.memoize;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * The listings of the catalog, as each requester sees them. They come from the registry and open no table, so that a slow or broken
 * product cannot slow down or empty a list.
 */
final class RelationLister
{
    private final QueryMeshes meshes;
    private final ProductColumns columns;

    RelationLister(QueryMeshes meshes, ProductColumns columns)
    {
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    boolean schemaExists(ConnectorSession session, String schema)
    {
        GovernedMesh mesh = meshes.of(session);
        return switch (MeshSchema.of(schema)) {
            case DOMAIN -> mesh.mayKnowOf(schema);
            case QUALITY -> QualityViews.isAny(mesh);
            // The engine answers for these
            case SYSTEM, INFORMATION_SCHEMA -> false;
        };
    }

    List<String> schemas(ConnectorSession session)
    {
        GovernedMesh mesh = meshes.of(session);
        return Arrays.stream(MeshSchema.values())
                .flatMap(kind -> switch (kind) {
                    case DOMAIN -> mesh.schemas().stream();
                    case QUALITY -> QualityViews.isAny(mesh) ? Stream.of(kind.schemaName()) : Stream.of();
                    // The engine lists these
                    case SYSTEM, INFORMATION_SCHEMA -> Stream.of();
                })
                .collect(toImmutableList());
    }

    List<SchemaTableName> names(ConnectorSession session, Optional<String> schema)
    {
        return ImmutableList.copyOf(relations(meshes.of(session), schema).keySet());
    }

    List<SchemaTableName> views(ConnectorSession session, Optional<String> schema)
    {
        return relations(meshes.of(session), schema).entrySet().stream()
                .filter(relation -> type(relation.getValue()) == RelationType.VIEW)
                .map(Entry::getKey)
                .collect(toImmutableList());
    }

    Map<SchemaTableName, RelationType> types(ConnectorSession session, Optional<String> schema)
    {
        return Maps.transformValues(relations(meshes.of(session), schema), RelationLister::type);
    }

    Iterator<RelationColumnsMetadata> columns(ConnectorSession session, Optional<String> schema, UnaryOperator<Set<SchemaTableName>> filter)
    {
        GovernedMesh mesh = meshes.of(session);
        return filtered(relations(mesh, schema), filter).entrySet().stream()
                .map(relation -> columns(mesh, relation.getKey(), relation.getValue()))
                .iterator();
    }

    Iterator<RelationCommentMetadata> comments(ConnectorSession session, Optional<String> schema, UnaryOperator<Set<SchemaTableName>> filter)
    {
        GovernedMesh mesh = meshes.of(session);
        Supplier<Map<SchemaTableName, VisibleQualityView>> views = memoize(() -> QualityViews.of(mesh));
        return filtered(relations(mesh, schema), filter).entrySet().stream()
                .map(relation -> RelationCommentMetadata.forRelation(relation.getKey(), Optional.of(comment(mesh, relation.getKey(), relation.getValue(), views))))
                .iterator();
    }

    /**
     * The columns of tables, without those of views.
     */
    Map<SchemaTableName, List<ColumnMetadata>> tableColumns(ConnectorSession session, SchemaTablePrefix prefix)
    {
        GovernedMesh mesh = meshes.of(session);
        Map<SchemaTableName, MeshRelation> relations = relations(mesh, prefix.getSchema());
        Map<SchemaTableName, MeshRelation> asked = prefix.getTable().isPresent() ? filtered(relations, _ -> Set.of(prefix.toSchemaTableName())) : relations;
        return asked.entrySet().stream()
                .filter(relation -> type(relation.getValue()) == RelationType.TABLE)
                .collect(toImmutableMap(Entry::getKey, relation -> columns(mesh, relation.getKey(), relation.getValue()).tableColumns().orElseThrow()));
    }

    /**
     * What a listing of a schema, or of all of them, shows a requester.
     */
    private static Map<SchemaTableName, MeshRelation> relations(GovernedMesh mesh, Optional<String> schema)
    {
        Stream<MeshSchema> kinds = schema.map(name -> Stream.of(MeshSchema.of(name))).orElseGet(() -> Arrays.stream(MeshSchema.values()));
        return kinds
                .flatMap(kind -> switch (kind) {
                    case DOMAIN -> products(mesh, schema.map(List::of).orElseGet(mesh::schemas));
                    case QUALITY -> qualityViews(mesh);
                    // The engine lists these
                    case SYSTEM, INFORMATION_SCHEMA -> Stream.<Entry<SchemaTableName, MeshRelation>>of();
                })
                .collect(toImmutableMap(Entry::getKey, Entry::getValue));
    }

    private static Stream<Entry<SchemaTableName, MeshRelation>> products(GovernedMesh mesh, List<String> domains)
    {
        return domains.stream()
                .flatMap(domain -> mesh.listed(domain).stream().map(table -> Map.entry(new SchemaTableName(domain, table.name()), MeshRelation.of(table))));
    }

    private static Stream<Entry<SchemaTableName, MeshRelation>> qualityViews(GovernedMesh mesh)
    {
        return QualityViews.of(mesh).keySet().stream().map(name -> Map.entry(name, new QualityRelation(name.getTableName())));
    }

    private static Map<SchemaTableName, MeshRelation> filtered(Map<SchemaTableName, MeshRelation> relations, UnaryOperator<Set<SchemaTableName>> filter)
    {
        Set<SchemaTableName> kept = filter.apply(relations.keySet());
        return kept.equals(relations.keySet()) ? relations : Maps.filterKeys(relations, kept::contains);
    }

    private static RelationType type(MeshRelation relation)
    {
        return switch (relation) {
            // Which of both it is for a statement takes opening its storage table
            case ProductRelation _, MaterializedRelation _ -> RelationType.TABLE;
            case SqlRelation _, QualityRelation _ -> RelationType.VIEW;
            case QueryRelation _, StorageRelation _, CatalogRelation _, MetadataRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> throw notListed(relation);
        };
    }

    private RelationColumnsMetadata columns(GovernedMesh mesh, SchemaTableName name, MeshRelation relation)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> RelationColumnsMetadata.forTable(name, columns.listed(mesh, table));
            case MaterializedRelation(MeshTable table) -> RelationColumnsMetadata.forTable(name, columns.listed(mesh, table));
            case SqlRelation(MeshTable table) -> RelationColumnsMetadata.forView(name, SqlViews.columns(columns.listed(mesh, table)));
            case QualityRelation _ -> RelationColumnsMetadata.forView(name, QualityViews.columns());
            case QueryRelation _, StorageRelation _, CatalogRelation _, MetadataRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> throw notListed(relation);
        };
    }

    private String comment(GovernedMesh mesh, SchemaTableName name, MeshRelation relation, Supplier<Map<SchemaTableName, VisibleQualityView>> views)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> columns.comment(mesh, table);
            case MaterializedRelation(MeshTable table) -> columns.comment(mesh, table);
            case SqlRelation(MeshTable table) -> columns.comment(mesh, table);
            case QualityRelation _ -> views.get().get(name).comment();
            case QueryRelation _, StorageRelation _, CatalogRelation _, MetadataRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> throw notListed(relation);
        };
    }

    private static IllegalStateException notListed(MeshRelation relation)
    {
        return new IllegalStateException("The mesh lists no " + relation.getClass().getSimpleName());
    }
}
