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

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Sets;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.SchemaChange;
import org.trinomesh.product.TableId;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The changes of contracts as one requester may know them. The owner and the stewards of a product know all of them. Others
 * who may discover it know the changes that are served and are not about columns hidden from them. A column whose policies
 * are no longer known counts as hidden.
 */
public final class VisibleChanges
{
    private final GovernedMesh mesh;
    private final ListMultimap<ProductId, MeshTable> tables = ArrayListMultimap.create();

    private VisibleChanges(GovernedMesh mesh)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        mesh.mesh().domains().stream()
                .flatMap(domain -> mesh.mesh().tables(domain.name()).stream())
                .forEach(table -> tables.put(table.product().id(), table));
    }

    /**
     * @param wanted the products that are asked for, as they were
     */
    public static List<VisibleChange> of(GovernedMesh mesh, Predicate<DataProduct> wanted)
    {
        VisibleChanges visible = new VisibleChanges(mesh);
        return mesh.mesh().changes().stream()
                .filter(change -> wanted.test(change.before()))
                .flatMap(change -> visible.of(change).stream())
                .collect(toImmutableList());
    }

    private List<VisibleChange> of(ProductChange change)
    {
        // An owner whom only the refused document names is not responsible for the product yet
        DataProduct counting = change.refused() ? change.before() : change.after();
        Optional<DataProduct> served = served(counting);
        Set<Closeness> closeness = closeness(counting, served);
        if (closeness.contains(Closeness.RESPONSIBLE)) {
            return change.changes().stream().map(part -> visible(change, part, closeness)).collect(toImmutableList());
        }
        if (change.refused() || served.filter(product -> mesh.decide(product).isDiscoverable()).isEmpty()) {
            return ImmutableList.of();
        }
        List<MeshTable> promising = ImmutableList.<MeshTable>builder()
                .addAll(tables.get(counting.id()))
                .addAll(served(change.before()).filter(product -> mesh.decide(product).isDiscoverable()).map(product -> tables.get(product.id())).orElse(ImmutableList.of()))
                .build();
        return change.changes().stream()
                .filter(part -> isVisible(part, promising))
                .map(part -> visible(change, part, closeness))
                .collect(toImmutableList());
    }

    /**
     * A change is the business of the owner in the document that counts, and of the owner of the product as it is served
     * now.
     */
    private Set<Closeness> closeness(DataProduct counting, Optional<DataProduct> served)
    {
        return Sets.union(mesh.closeness(served, counting.owner()), served.map(mesh::closeness).orElse(ImmutableSet.of())).immutableCopy();
    }

    /**
     * Where it is written is for those who answer for the product.
     */
    private VisibleChange visible(ProductChange change, SchemaChange part, Set<Closeness> closeness)
    {
        DataProduct product = served(change.after()).or(() -> served(change.before())).orElse(change.after());
        return new VisibleChange(
                product,
                change.after().version(),
                part,
                change.refused(),
                part.table().flatMap(table -> mesh.mesh().table(new TableId(product.id(), table))).map(MeshTable::name),
                Optional.of(change.position(part)).filter(_ -> closeness.contains(Closeness.RESPONSIBLE)),
                closeness);
    }

    private boolean isVisible(SchemaChange change, List<MeshTable> tables)
    {
        return change.columns().stream().allMatch(column -> {
            List<MeshTable> promising = tables.stream()
                    .filter(table -> table.table().columns().stream().anyMatch(promised -> promised.name().equals(column)))
                    .collect(toImmutableList());
            return !promising.isEmpty() && promising.stream().noneMatch(table -> mesh.columns(table).isHidden(column));
        });
    }

    private Optional<DataProduct> served(DataProduct product)
    {
        return mesh.mesh().product(product.id());
    }
}
