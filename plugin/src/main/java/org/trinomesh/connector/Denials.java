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

import com.google.common.collect.ImmutableSet;
import io.trino.spi.TrinoException;
import io.trino.spi.security.AccessDeniedException;
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
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.Optional;
import java.util.Set;

import static io.trino.spi.StandardErrorCode.NOT_FOUND;
import static io.trino.spi.StandardErrorCode.VIEW_IS_STALE;
import static java.util.stream.Collectors.joining;

/**
 * The messages of refusals for people who may know of a product: they name the product, the rule, the owner and how to ask.
 * They are never used for a product that is hidden from the reader.
 */
public final class Denials
{
    private static final String MADE_OF_FILES = "the mesh makes the schema system and its tables from the files of the mesh directory and from its own measurements; nobody can write them";
    private static final String MADE_BY_THE_ENGINE = "Trino makes information_schema; nobody can write it";
    private static final String MADE_OF_RULES = "the mesh makes the schema quality and its views from the quality rules of data products; to change a rule, change the contract of the product";
    private static final String STORED_BY_REFRESHES = "the rows of this data product are those of its query; REFRESH MATERIALIZED VIEW stores them, with the permission 'write'";
    /**
     * The message for a name that is not a product the requester may know of.
     */
    private static final String READ_ONLY = "data products are read only in this catalog. A domain publishes one by a descriptor in the mesh directory, and its own pipeline writes the table";

    private Denials() {}

    static AccessDeniedException discoverableOnly(MeshTable table, Decision.Discoverable decision)
    {
        DataProduct product = table.product();
        // The name that was asked for: whoever may not read one major version may well read another
        String name = table.table().main() ? table.schema() + "." + table.name() : product.qualifiedName();
        return new AccessDeniedException("Cannot read data product " + name + ": " + decision.reason().text());
    }

    /**
     * Says why the stored rows of a product cannot be read, and why its query does not run instead.
     */
    static TrinoException staleRows(MeshTable table, String why, TableAccess access)
    {
        String instead = access.rows().isPresent() ? ", and you may read only some of its rows, for which only stored rows can be filtered" : "";
        return new TrinoException(
                VIEW_IS_STALE,
                "The stored rows of data product %s cannot be read now%s: %s. REFRESH MATERIALIZED VIEW stores new ones, with the permission 'write'; ask %s".formatted(table.product().qualifiedName(), instead, why, table.product().howToAsk()));
    }

    /**
     * An error of type "not found", so that clients that probe every table for metadata tables continue without them.
     */
    static TrinoException stewardsOnly(DataProduct product)
    {
        return new TrinoException(
                NOT_FOUND,
                "The metadata tables of data product " + product.qualifiedName() + " are only for its stewards, because they show where and how it is stored. "
                        + "mesh.system.data_products and mesh.system.columns show what it promises. Ask " + product.howToAsk());
    }

    /**
     * Says which rules hide columns from a reader of the product.
     */
    public static String hiddenColumns(DataProduct product, TableAccess access, Set<String> columns)
    {
        // What a view shows whose columns are all hidden: it has at least one
        if (columns.equals(ImmutableSet.of(SqlViews.NO_COLUMN)) && access.columns().values().stream().allMatch(ColumnAccess.Hidden.class::isInstance)) {
            return "all columns of it are hidden from you; ask " + product.howToAsk();
        }
        return columns.stream()
                .sorted()
                .map(column -> column + " is " + access.column(column)
                        .filter(ColumnAccess.Hidden.class::isInstance)
                        .map(hidden -> "hidden from you by " + ((ColumnAccess.Hidden) hidden).reason().text())
                        .orElse("not a column that you may read"))
                .collect(joining(", ")) + "; ask " + product.howToAsk();
    }

    /**
     * Says why a schema that belongs to no domain cannot be changed, and where its content comes from.
     */
    public static Optional<String> madeByTheMesh(MeshSchema schema)
    {
        return switch (schema) {
            case SYSTEM -> Optional.of(MADE_OF_FILES);
            case INFORMATION_SCHEMA -> Optional.of(MADE_BY_THE_ENGINE);
            case QUALITY -> Optional.of(MADE_OF_RULES);
            case DOMAIN -> Optional.empty();
        };
    }

    /**
     * Says why a relation cannot be written through this catalog, and who writes it.
     */
    public static String readOnly(GovernedMesh mesh, MeshRelation relation)
    {
        return switch (relation) {
            case ProductRelation(MeshTable table) -> readOnly(mesh, table.product());
            case SqlRelation(MeshTable table) -> readOnly(mesh, table.product());
            case MaterializedRelation(MeshTable table) -> mesh.decide(table.product()).isDiscoverable() ? STORED_BY_REFRESHES : READ_ONLY;
            case QueryRelation _, StorageRelation _, CatalogRelation _ -> READ_ONLY;
            case MetadataRelation(MeshTable table) -> readOnly(mesh, table.product());
            case QualityRelation _ -> MADE_OF_RULES;
            case SystemRelation _ -> MADE_OF_FILES;
            case InformationSchemaRelation _ -> MADE_BY_THE_ENGINE;
            case Unknown _ -> READ_ONLY;
        };
    }

    private static String readOnly(GovernedMesh mesh, DataProduct product)
    {
        return mesh.decide(product).isDiscoverable() ? writtenByItsDomain(product) : READ_ONLY;
    }

    private static String writtenByItsDomain(DataProduct product)
    {
        return "data products are read only in this catalog. " + product.qualifiedName() + " is written by the pipeline of " + product.ownerOrNobody() + "; ask " + product.howToAsk();
    }
}
