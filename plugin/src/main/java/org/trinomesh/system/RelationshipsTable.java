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
package org.trinomesh.system;

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.problem.Located;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Relationship;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.RelationshipTarget;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * A relationship is shown to those who see every column on both of its sides; one that leads out of the mesh, or to something
 * that cannot be found in it, is shown with its target to stewards only.
 */
final class RelationshipsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("relationships", "Which tables of the data products you may discover belong together, by which columns")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("table_name", "Table of the product")
            .texts("column_names", "Its columns")
            .text("type", "foreignKey")
            .text("to_domain", "Schema of the other table; NULL when it is not in the mesh, or not for you to know")
            .text("to_table", "The other table")
            .texts("to_columns", "Its columns, in the order of column_names")
            .texts("target", "The other columns as the contract writes them; NULL for those who are no stewards of the product")
            .build();

    private record Target(MeshTable table, List<String> columns) {}

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return mesh.discoverable().stream()
                .flatMap(product -> product.contracts().stream()
                        .flatMap(contract -> contract.relationships().stream())
                        .flatMap(relationship -> row(mesh, product, relationship).stream()));
    }

    private static Optional<Object[]> row(GovernedMesh mesh, DataProduct product, Relationship relationship)
    {
        Optional<MeshTable> table = table(mesh, product, relationship.table()).filter(found -> sees(mesh, found, relationship.columns()));
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<Target> target = target(mesh, product, relationship);
        boolean visible = target.filter(found -> mesh.decide(found.table().product()).isDiscoverable() && sees(mesh, found.table(), found.columns())).isPresent();
        boolean steward = mesh.isStewardOf(product);
        if (!visible && !steward) {
            return Optional.empty();
        }
        Optional<Target> shown = target.filter(_ -> visible);
        return Optional.of(new Object[] {
                product.domain(),
                product.sqlName(),
                product.version().toString(),
                table.get().name(),
                SystemTableSchema.array(relationship.columns()),
                relationship.type(),
                shown.map(found -> found.table().schema()).orElse(null),
                shown.map(found -> found.table().name()).orElse(null),
                shown.map(found -> SystemTableSchema.array(found.columns())).orElse(null),
                // A steward of this product need not see what is hidden in another
                steward && (visible || target.isEmpty()) ? SystemTableSchema.array(relationship.to().stream().map(Located::value).toList()) : null,
        });
    }

    /**
     * Another table of the product, or a table of the mesh that is called as the contract writes it.
     */
    private static Optional<Target> target(GovernedMesh mesh, DataProduct product, Relationship relationship)
    {
        if (relationship.toTable().isPresent()) {
            return table(mesh, product, relationship.toTable().get()).map(table -> new Target(table, relationship.toColumns()));
        }
        return RelationshipTarget.find(mesh.mesh(), product, relationship)
                // Which other domains have is nobody's to find out by writing it
                .filter(target -> target.table().schema().equals(product.domain()) || mesh.decide(target.table().product()).isDiscoverable())
                // Contracts may pin a version, or use an alias
                .map(target -> new Target(mesh.mesh().table(target.table().id()).orElse(target.table()), target.columns().stream().map(Located::value).collect(toImmutableList())));
    }

    private static Optional<MeshTable> table(GovernedMesh mesh, DataProduct product, String name)
    {
        return mesh.mesh().table(new TableId(product.id(), name));
    }

    /**
     * Whether the requester sees all of these columns, which the table must have.
     */
    private static boolean sees(GovernedMesh mesh, MeshTable table, List<String> columns)
    {
        TableAccess access = mesh.columns(table);
        return columns.stream().allMatch(name -> table.table().columns().stream().anyMatch(column -> column.name().equals(name)) && !access.isHidden(name));
    }
}
