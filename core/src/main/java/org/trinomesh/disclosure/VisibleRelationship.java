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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableList;
import org.trinomesh.policy.TableAccess;
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
import static java.util.Objects.requireNonNull;

/**
 * A relationship of tables. It is shown to those who see every column on both of its sides; one that leads out of the mesh, or to
 * something that cannot be found in it, is shown to stewards of the product only, with its target as the contract writes it.
 *
 * @param table the table of the product
 * @param columns its columns
 * @param type the kind of relationship, in the word of the contract
 * @param target the other table, when the requester sees it
 * @param written the other columns as the contract writes them; none when that would tell of another product
 */
public record VisibleRelationship(VisibleProduct visible, MeshTable table, List<String> columns, String type, Optional<Target> target, Optional<List<String>> written)
        implements ProductFact
{
    /**
     * A table with the columns that a relationship leads to.
     */
    public record Target(MeshTable table, List<String> columns)
    {
        public Target
        {
            requireNonNull(table, "table is null");
            columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        }
    }

    public VisibleRelationship
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(table, "table is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
        requireNonNull(type, "type is null");
        requireNonNull(target, "target is null");
        written = requireNonNull(written, "written is null").map(ImmutableList::copyOf);
    }

    public static Stream<VisibleRelationship> of(VisibleProduct visible)
    {
        return visible.product().contracts().stream()
                .flatMap(contract -> contract.relationships().stream())
                .flatMap(relationship -> of(visible, relationship).stream());
    }

    private static Optional<VisibleRelationship> of(VisibleProduct visible, Relationship relationship)
    {
        GovernedMesh mesh = visible.mesh();
        Optional<MeshTable> table = table(visible, relationship.table()).filter(found -> sees(mesh, found, relationship.columns()));
        Optional<Target> target = target(visible, relationship);
        Optional<Target> shown = target.filter(found -> mesh.decide(found.table().product()).isDiscoverable() && sees(mesh, found.table(), found.columns()));
        if (table.isEmpty() || (shown.isEmpty() && !visible.is(Closeness.STEWARD))) {
            return Optional.empty();
        }
        // A steward of this product need not see what is hidden in another
        Optional<List<String>> written = shown.isPresent() || target.isEmpty()
                ? Optional.of(relationship.to().stream().map(Located::value).collect(toImmutableList()))
                : Optional.empty();
        return Optional.of(new VisibleRelationship(visible, table.orElseThrow(), relationship.columns(), relationship.type(), shown, written));
    }

    /**
     * Another table of the product, or a table of the mesh that is called as the contract writes it.
     */
    private static Optional<Target> target(VisibleProduct visible, Relationship relationship)
    {
        if (relationship.toTable().isPresent()) {
            return table(visible, relationship.toTable().get()).map(table -> new Target(table, relationship.toColumns()));
        }
        GovernedMesh mesh = visible.mesh();
        DataProduct product = visible.product();
        return RelationshipTarget.find(mesh.mesh(), product, relationship)
                // What other domains have must not be discoverable by guessing
                .filter(target -> target.table().schema().equals(product.domain()) || mesh.decide(target.table().product()).isDiscoverable())
                // Contracts may pin a version, or use an alias
                .map(target -> new Target(mesh.mesh().table(target.table().id()).orElse(target.table()), target.columns().stream().map(Located::value).collect(toImmutableList())));
    }

    private static Optional<MeshTable> table(VisibleProduct visible, String name)
    {
        return visible.mesh().mesh().table(new TableId(visible.product().id(), name));
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
