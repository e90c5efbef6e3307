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

import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.groupingBy;

/**
 * The tables that listings show to a requester. The current version of a product with several has a second name, with its version, to tell
 * it from the others: it is only listed for those who may know that there is another one.
 */
final class ListedTables
{
    private final GovernedMesh mesh;
    private final Set<String> readable;
    private final Map<String, List<DataProduct>> versions;

    private ListedTables(GovernedMesh mesh, String schema)
    {
        this.mesh = mesh;
        this.readable = mesh.readableNames(schema);
        this.versions = mesh.mesh().domain(schema).stream()
                .flatMap(domain -> domain.products().stream())
                .collect(groupingBy(DataProduct::sqlName));
    }

    /**
     * In order of name.
     */
    static List<MeshTable> of(GovernedMesh mesh, String schema)
    {
        ListedTables listed = new ListedTables(mesh, schema);
        return mesh.mesh().tables(schema).stream()
                .filter(table -> table.listed() && listed.readable.contains(table.name()) && (!listed.isSecondName(table) || listed.knowsAnotherVersion(table.product())))
                .collect(toImmutableList());
    }

    private boolean isSecondName(MeshTable table)
    {
        return mesh.mesh().table(table.id()).filter(shortest -> !shortest.name().equals(table.name())).isPresent();
    }

    private boolean knowsAnotherVersion(DataProduct product)
    {
        return versions.get(product.sqlName()).stream().anyMatch(other -> !other.id().equals(product.id()) && mesh.decide(other).isDiscoverable());
    }
}
