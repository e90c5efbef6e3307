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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Discovery.SampleQuery;
import org.trinomesh.product.MeshTable;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The sample queries of a product's team that name nothing the reader may not know.
 */
public final class VisibleSampleQueries
{
    private static final Set<String> SCHEMAS_OF_EVERYBODY = ImmutableSet.of("system", "information_schema");

    private final GovernedMesh mesh;
    private final String catalog;

    /**
     * @param catalog how the catalog of the mesh is called
     */
    public VisibleSampleQueries(GovernedMesh mesh, String catalog)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    public List<SampleQuery> of(DataProduct product)
    {
        return product.discovery().sampleQueries().stream()
                .filter(query -> isVisible(product, query))
                .collect(toImmutableList());
    }

    private boolean isVisible(DataProduct product, SampleQuery query)
    {
        SqlText text = SqlText.of(query.sql());
        Set<MeshTable> tables = new HashSet<>();
        mesh.mesh().tables(product.domain()).stream()
                .filter(table -> table.product().id().equals(product.id()))
                .forEach(tables::add);
        boolean known = text.query();
        for (List<String> name : text.tables()) {
            Optional<MeshTable> table = table(product, name);
            table.ifPresent(tables::add);
            known &= table.isPresent() || isOfEverybody(name) || isColumn(name, product);
        }
        // A table of a storage, of another catalog, one that never existed and one that is hidden from the reader are treated alike
        return (known || mesh.closeness(product).contains(Closeness.STEWARD)) && tables.stream().noneMatch(table -> namesHidden(text, query, table));
    }

    private Optional<MeshTable> table(DataProduct product, List<String> name)
    {
        Optional<MeshTable> table = switch (name.size()) {
            case 1 -> mesh.mesh().table(product.domain(), name.getFirst());
            case 2 -> mesh.mesh().table(name.getFirst(), name.getLast());
            case 3 -> name.getFirst().equals(catalog) ? mesh.mesh().table(name.get(1), name.getLast()) : Optional.empty();
            default -> Optional.empty();
        };
        return table.filter(found -> mesh.decide(found.product()).isDiscoverable());
    }

    private boolean isOfEverybody(List<String> name)
    {
        return (name.size() == 2 && SCHEMAS_OF_EVERYBODY.contains(name.getFirst())) ||
                (name.size() == 3 && name.getFirst().equals(catalog) && SCHEMAS_OF_EVERYBODY.contains(name.get(1)));
    }

    /**
     * {@code extract(year FROM birth)}
     */
    private static boolean isColumn(List<String> name, DataProduct product)
    {
        return name.size() == 1 && product.tables().stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> column.name().equals(name.getFirst()));
    }

    private boolean namesHidden(SqlText text, SampleQuery query, MeshTable table)
    {
        TableAccess access = mesh.columns(table);
        Set<String> words = Stream.concat(Stream.of(query.title()), query.description().stream())
                .map(SqlText::of)
                .flatMap(told -> told.words().stream())
                .collect(toImmutableSet());
        return table.table().columns().stream()
                .map(Column::name)
                .filter(access::isHidden)
                .anyMatch(name -> text.words().contains(name) || words.contains(name));
    }
}
