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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import org.trinomesh.problem.Located;
import org.trinomesh.product.ColumnAddress;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Relationship;

import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The table of a data product that a relationship leads to from another contract.
 *
 * @param columns as the contract writes them, in SQL; the table need not have them
 */
public record RelationshipTarget(MeshTable table, List<Located<String>> columns)
{
    public RelationshipTarget
    {
        requireNonNull(table, "table is null");
        columns = ImmutableList.copyOf(requireNonNull(columns, "columns is null"));
    }

    /**
     * @param product whose contract has the relationship
     * @return empty when it leads out of the mesh, to several tables, or to one that is not there
     */
    public static Optional<RelationshipTarget> find(Mesh mesh, DataProduct product, Relationship relationship)
    {
        List<ColumnAddress> addresses = relationship.to().stream()
                .flatMap(written -> ColumnAddress.of(product.domain(), written.value()).stream())
                .collect(toImmutableList());
        if (addresses.size() != relationship.to().size() || addresses.stream().map(address -> address.schema() + "." + address.table()).distinct().count() != 1) {
            return Optional.empty();
        }
        ImmutableList.Builder<Located<String>> columns = ImmutableList.builder();
        for (int index = 0; index < addresses.size(); index++) {
            columns.add(new Located<>(addresses.get(index).column(), relationship.to().get(index).position()));
        }
        return mesh.table(addresses.getFirst().schema(), addresses.getFirst().table()).map(table -> new RelationshipTarget(table, columns.build()));
    }
}
