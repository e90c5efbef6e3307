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
import com.google.common.collect.Sets;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A tag of a data product that a requester may discover, or of a column that it sees.
 *
 * @param table the table of the column, as SQL selects it; empty for a tag of the whole product
 * @param inheritedFrom the data product or the domain that says it, or policy; empty where it is said here
 */
public record VisibleTag(VisibleProduct visible, Optional<String> table, Optional<String> column, String tag, Optional<String> inheritedFrom)
        implements ProductFact
{
    public VisibleTag
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(inheritedFrom, "inheritedFrom is null");
    }

    public static Stream<VisibleTag> of(GovernedMesh mesh)
    {
        return Stream.concat(
                mesh.products().flatMap(VisibleTag::ofProduct),
                mesh.tables().flatMap(table -> ofColumns(mesh, table)));
    }

    private static Stream<VisibleTag> ofProduct(VisibleProduct visible)
    {
        DataProduct product = visible.product();
        return Sets.union(product.tags(), domainTags(visible.mesh(), product)).stream()
                .map(tag -> new VisibleTag(visible, Optional.empty(), Optional.empty(), tag, product.tags().contains(tag) ? Optional.empty() : Optional.of(product.domain())));
    }

    private static Stream<VisibleTag> ofColumns(GovernedMesh mesh, MeshTable table)
    {
        VisibleProduct visible = mesh.visible(table.product());
        TableAccess access = mesh.columns(table);
        List<ColumnAttributes> attributes = mesh.attributes(table);
        List<Column> columns = table.table().columns();
        Set<String> ofDomain = domainTags(mesh, table.product());
        return IntStream.range(0, columns.size())
                .filter(index -> !access.isHidden(columns.get(index).name()))
                .boxed()
                .flatMap(index -> attributes.get(index).tags().stream()
                        .map(tag -> new VisibleTag(
                                visible,
                                Optional.of(table.name()),
                                Optional.of(columns.get(index).name()),
                                tag,
                                origin(table.product(), columns.get(index), ofDomain, tag))));
    }

    /**
     * The nearest that says it.
     */
    private static Optional<String> origin(DataProduct product, Column column, Set<String> ofDomain, String tag)
    {
        if (column.tags().contains(tag)) {
            return Optional.empty();
        }
        if (product.tags().contains(tag)) {
            return Optional.of(product.qualifiedName());
        }
        return Optional.of(ofDomain.contains(tag) ? product.domain() : "policy");
    }

    private static Set<String> domainTags(GovernedMesh mesh, DataProduct product)
    {
        return mesh.mesh().domain(product.domain()).map(domain -> domain.rules().tags()).orElse(ImmutableSet.of());
    }
}
