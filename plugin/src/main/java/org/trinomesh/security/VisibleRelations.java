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

import com.google.common.collect.ImmutableSet;
import io.trino.spi.connector.SchemaTableName;
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
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Decision;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.MeshTable;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The relations that one requester sees, with the reasons for those that it does not see.
 */
final class VisibleRelations
{
    private static final String NOT_AMONG_YOURS = "it is not among the data products you may read";

    private final GovernedMesh mesh;
    private final Function<SchemaTableName, MeshRelation> relations;

    /**
     * @param relations what a name means, independent of the requester
     */
    VisibleRelations(GovernedMesh mesh, Function<SchemaTableName, MeshRelation> relations)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.relations = requireNonNull(relations, "relations is null");
    }

    MeshRelation relation(SchemaTableName name)
    {
        return relations.apply(name);
    }

    /**
     * Whether the requester may select from a relation, and be told that it is there.
     */
    boolean isVisible(MeshRelation relation)
    {
        return isVisible(relation, view -> QualityViews.isVisible(mesh, view));
    }

    private boolean isVisible(MeshRelation relation, Predicate<QualityRelation> views)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> mesh.decide(table.product()).isReadable();
            case SqlRelation(MeshTable table) -> mesh.decide(table.product()).isReadable();
            case MaterializedRelation(MeshTable table) -> mesh.decide(table.product()).isReadable();
            // Its identity alone reads it
            case QueryRelation _, StorageRelation _, CatalogRelation _ -> false;
            case MetadataRelation(MeshTable table) -> mesh.decide(table.product()).isUnrestrictedSteward();
            case QualityRelation view -> views.test(view);
            // Each shows every requester what the requester may know
            case SystemRelation _, InformationSchemaRelation _ -> true;
            case Unknown _ -> false;
        };
    }

    /**
     * Those of many names that the requester sees; the same object when it sees all, which the engine then keeps as it is.
     */
    Set<SchemaTableName> visible(Set<SchemaTableName> names)
    {
        // Listings ask for thousands of names, and an immutable copy would cost more than the decisions
        Set<SchemaTableName> visible = HashSet.newHashSet(names.size());
        Supplier<Set<QualityRelation>> views = memoize(() -> QualityViews.visible(mesh));
        String schema = "";
        Set<String> readable = ImmutableSet.of();
        boolean domain = false;
        for (SchemaTableName name : names) {
            // Names come schema by schema
            if (!name.getSchemaName().equals(schema)) {
                schema = name.getSchemaName();
                readable = mesh.readableNames(schema);
                domain = switch (MeshSchema.of(schema)) {
                    case DOMAIN -> true;
                    case QUALITY, SYSTEM, INFORMATION_SCHEMA -> false;
                };
            }
            // The readable names are known already. In a schema of a domain, only names of metadata tables still have to be resolved
            if (readable.contains(name.getTableName()) ||
                    ((!domain || MeshRelation.isOfMetadataTable(name.getTableName())) && isVisible(relation(name), view -> views.get().contains(view)))) {
                visible.add(name);
            }
        }
        return visible.size() == names.size() ? names : visible;
    }

    /**
     * Those of some columns of a relation that the requester sees.
     */
    Set<String> columns(MeshRelation relation, Set<String> columns)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> served(table, columns);
            case SqlRelation(MeshTable table) -> served(table, columns);
            case MaterializedRelation(MeshTable table) -> served(table, columns);
            // A requester who sees one of these sees all of its columns
            case MetadataRelation _, QualityRelation _, SystemRelation _, InformationSchemaRelation _ -> isVisible(relation) ? columns : ImmutableSet.of();
            case QueryRelation _, StorageRelation _, CatalogRelation _, Unknown _ -> ImmutableSet.of();
        };
    }

    private Set<String> served(MeshTable table, Set<String> columns)
    {
        return mesh.access(table).map(access -> served(table, access, columns)).orElse(ImmutableSet.of());
    }

    /**
     * The same object when all are served: listings ask for all columns of thousands of tables.
     */
    private Set<String> served(MeshTable table, TableAccess access, Set<String> columns)
    {
        return columns.stream().allMatch(column -> isServed(table, access, column))
                ? columns
                : columns.stream().filter(column -> isServed(table, access, column)).collect(toImmutableSet());
    }

    private boolean isServed(MeshTable table, TableAccess access, String column)
    {
        return column.startsWith("$") ? mesh.seesFiles(table) : !access.isHidden(column);
    }

    /**
     * The table of a product, when the requester reads it by this relation: the rules of that product apply, and its readers are counted.
     */
    Optional<MeshTable> readable(MeshRelation relation)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> Optional.of(table).filter(_ -> mesh.decide(table.product()).isReadable());
            case SqlRelation(MeshTable table) -> Optional.of(table).filter(_ -> mesh.decide(table.product()).isReadable());
            case MaterializedRelation(MeshTable table) -> Optional.of(table).filter(_ -> mesh.decide(table.product()).isReadable());
            // A requester who sees a metadata table sees the whole product, and a quality view reads the product itself
            case QueryRelation _, StorageRelation _, CatalogRelation _, MetadataRelation _, QualityRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> Optional.empty();
        };
    }

    /**
     * Why a relation is not visible, for those who may know that there is something to be denied.
     */
    String denial(MeshRelation relation)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> denial(table);
            case SqlRelation(MeshTable table) -> denial(table);
            case MaterializedRelation(MeshTable table) -> denial(table);
            case QueryRelation _, StorageRelation _, CatalogRelation _, MetadataRelation _, QualityRelation _, SystemRelation _, InformationSchemaRelation _, Unknown _ -> NOT_AMONG_YOURS;
        };
    }

    private String denial(MeshTable table)
    {
        Decision decision = mesh.decide(table.product());
        return decision.isDiscoverable() && !decision.isReadable() ? decision.reason().text() : NOT_AMONG_YOURS;
    }

    /**
     * Says which rules hide columns, and whom to ask; empty if the requester cannot read the relation.
     */
    Optional<String> hidden(MeshRelation relation, Set<String> columns)
    {
        return readable(relation).flatMap(table -> mesh.access(table).map(access -> Denials.hiddenColumns(table.product(), access, columns)));
    }
}
