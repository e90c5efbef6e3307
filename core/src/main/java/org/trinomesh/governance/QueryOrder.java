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
package org.trinomesh.governance;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import org.trinomesh.problem.Located;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.registry.Mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The products that queries compute, each after those that its queries read.
 */
final class QueryOrder
{
    private final Mesh mesh;
    private final Set<DataProduct> entered = Sets.newIdentityHashSet();
    private final List<DataProduct> products = new ArrayList<>();

    QueryOrder(Mesh mesh)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
    }

    List<DataProduct> products()
    {
        mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .filter(DataProduct::isComputed)
                .forEach(this::add);
        return ImmutableList.copyOf(products);
    }

    private void add(DataProduct product)
    {
        // Of products that read each other, as after a reload in which one of them broke, one is not ready for the other, which is then closed
        if (!entered.add(product)) {
            return;
        }
        product.tables().stream()
                .flatMap(table -> table.query().stream())
                .flatMap(query -> query.sources().stream())
                .map(Located::value)
                .flatMap(source -> mesh.table(source.domain(), source.table()).stream())
                .map(MeshTable::product)
                .filter(DataProduct::isComputed)
                .forEach(this::add);
        products.add(product);
    }
}
