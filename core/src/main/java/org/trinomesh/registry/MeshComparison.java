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
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.Deprecation;
import org.trinomesh.product.ProductChange;
import org.trinomesh.product.SchemaComparison;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

/**
 * Compares the promises of another mesh directory with those of this one: the changes that a reload would find, or refuse.
 */
public final class MeshComparison
{
    private MeshComparison() {}

    /**
     * In order of name. A new major version is compared with the highest one below it.
     */
    public static List<ProductChange> compare(Mesh before, Mesh after)
    {
        ListMultimap<String, DataProduct> promised = Multimaps.index(products(before), DataProduct::qualifiedName);
        ImmutableList.Builder<ProductChange> changes = ImmutableList.builder();
        for (DataProduct product : products(after)) {
            // The same major, or else the one before it
            Optional<DataProduct> older = promised.get(product.qualifiedName()).stream()
                    .filter(other -> other.version().major() <= product.version().major())
                    .max(comparingInt(other -> other.version().major()));
            older.map(found -> new ProductChange(found, product, product.position(), false, SchemaComparison.compare(found, product)))
                    .filter(change -> !change.changes().isEmpty())
                    .ifPresent(changes::add);
        }
        return changes.build();
    }

    /**
     * The products whose promise ends without a newer major version and without an announcement.
     *
     * @param day the day of the comparison, in UTC
     */
    public static List<EndedProduct> ended(Mesh before, Mesh after, LocalDate day)
    {
        ListMultimap<String, DataProduct> products = Multimaps.index(products(after), DataProduct::qualifiedName);
        ImmutableList.Builder<EndedProduct> ended = ImmutableList.builder();
        for (DataProduct product : products(before)) {
            boolean announced = product.deprecation().flatMap(Deprecation::endOfLife).filter(end -> !end.isAfter(day)).isPresent();
            List<DataProduct> same = products.get(product.qualifiedName());
            boolean goesOn = same.stream().anyMatch(other -> ProductChange.isPromise(other) && other.version().major() >= product.version().major());
            if (ProductChange.isPromise(product) && !announced && !goesOn) {
                ended.add(new EndedProduct(product, same.stream().filter(other -> other.id().equals(product.id())).findFirst()));
            }
        }
        return ended.build();
    }

    private static List<DataProduct> products(Mesh mesh)
    {
        return mesh.domains().stream()
                .flatMap(domain -> domain.products().stream())
                .sorted(comparing(DataProduct::qualifiedName).thenComparing(DataProduct::version))
                .collect(toImmutableList());
    }
}
