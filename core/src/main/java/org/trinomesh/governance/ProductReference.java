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
import org.trinomesh.policy.Scope;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.ProductTable;
import org.trinomesh.registry.Mesh;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The product that a name such as {@code sales.customer_360} refers to, with those of its tables that the name stands for.
 *
 * @param tables all of the product's for the product's own name, the one that is named otherwise; empty for a product that is
 *         only announced
 */
public record ProductReference(DataProduct product, List<ProductTable> tables)
{
    // A longer name is not a misspelling of an existing one, and the time of a comparison grows with the product of the lengths
    private static final int MAXIMUM_LENGTH = 200;

    public ProductReference
    {
        requireNonNull(product, "product is null");
        tables = ImmutableList.copyOf(requireNonNull(tables, "tables is null"));
    }

    /**
     * @param name as in SQL or as in descriptors, with a major version or without: {@code sales.customer-360}
     */
    public static Optional<ProductReference> find(Mesh mesh, String name)
    {
        String sqlName = name.strip().replace('-', '_');
        int dot = sqlName.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        Optional<ProductReference> served = mesh.table(sqlName.substring(0, dot), sqlName.substring(dot + 1)).map(ProductReference::of);
        // Nobody selects from a product that is retired or only announced, and it still has a name
        return served.or(() -> products(mesh)
                .filter(product -> Scope.isProduct(sqlName, product))
                .max(Comparator.comparing(DataProduct::version))
                .map(product -> new ProductReference(product, product.tables())));
    }

    /**
     * The existing name that the author of an unknown one most probably meant.
     */
    public static Optional<String> nearest(Mesh mesh, String name)
    {
        String sqlName = name.strip().replace('-', '_');
        if (sqlName.length() > MAXIMUM_LENGTH) {
            return Optional.empty();
        }
        return Stream.concat(
                        products(mesh).map(DataProduct::qualifiedName),
                        mesh.domains().stream().flatMap(domain -> mesh.tables(domain.name()).stream()).map(table -> table.schema() + "." + table.name()))
                .distinct()
                .filter(known -> distance(sqlName, known) <= Math.max(1, known.length() / 3) || known.endsWith("." + sqlName))
                .min(Comparator.comparingInt(known -> known.endsWith("." + sqlName) ? 0 : distance(sqlName, known)));
    }

    private static ProductReference of(MeshTable named)
    {
        return new ProductReference(named.product(), named.table().main() ? named.product().tables() : ImmutableList.of(named.table()));
    }

    private static Stream<DataProduct> products(Mesh mesh)
    {
        return mesh.domains().stream().flatMap(domain -> domain.products().stream());
    }

    /**
     * The main table of the product, or the one that is named.
     */
    Optional<ProductTable> table()
    {
        return tables.stream().filter(ProductTable::main).findFirst().or(() -> tables.stream().findFirst());
    }

    /**
     * How many letters have to be replaced, added or removed.
     */
    private static int distance(String left, String right)
    {
        int[][] costs = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                if (row == 0 || column == 0) {
                    costs[row][column] = row + column;
                }
                else {
                    int replaced = costs[row - 1][column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                    costs[row][column] = Math.min(replaced, Math.min(costs[row - 1][column], costs[row][column - 1]) + 1);
                }
            }
        }
        return costs[left.length()][right.length()];
    }
}
