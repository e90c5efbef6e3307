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
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.OutputPort;
import org.trinomesh.product.ProductTable;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;

/**
 * Gives the tables of products that are served their names, with and without the version.
 */
final class MeshTables
{
    // Order of the majors for the name without a version, unless a document chooses one: the highest active, else deprecated, else not yet released
    private static final Comparator<DataProduct> PREFERENCE = comparingInt(MeshTables::rank)
            .thenComparing(comparing(DataProduct::version).reversed());

    private MeshTables() {}

    /**
     * @param products valid products, with their SQL addresses in any form
     */
    static List<DataProduct> addressed(Collection<DataProduct> products)
    {
        return groups(products).stream()
                .flatMap(majors -> majors.stream().map(product -> address(product, !product.equals(majors.getFirst()))))
                .collect(ImmutableList.toImmutableList());
    }

    static Collection<MeshTable> of(Collection<DataProduct> products)
    {
        Map<String, MeshTable> tables = new LinkedHashMap<>();
        for (List<DataProduct> majors : groups(products)) {
            long served = majors.stream().filter(product -> !product.tables().isEmpty()).count();
            majors.stream()
                    .filter(product -> !product.tables().isEmpty())
                    .findFirst()
                    .ifPresent(product -> product.tables().forEach(table -> add(tables, product, table, table.name(), true)));
            for (DataProduct product : majors) {
                product.tables().forEach(table -> add(tables, product, table, versioned(product, table.name()), served > 1));
            }
            for (DataProduct product : majors) {
                product.tables().stream()
                        .filter(ProductTable::main)
                        .forEach(table -> product.aliases().forEach(alias -> add(tables, product, table, alias, false)));
            }
        }
        return tables.values();
    }

    private static List<List<DataProduct>> groups(Collection<DataProduct> products)
    {
        return products.stream()
                .filter(product -> product.status().isServed())
                .sorted(PREFERENCE)
                .collect(groupingBy(DataProduct::qualifiedName, LinkedHashMap::new, ImmutableList.<DataProduct>toImmutableList()))
                .values().stream()
                .map(MeshTables::currentFirst)
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * The team decides when consumers of the name without a version move. If several documents decide it, the newest counts.
     */
    private static List<DataProduct> currentFirst(List<DataProduct> majors)
    {
        Optional<Integer> current = majors.stream()
                .sorted(comparing(DataProduct::version).reversed())
                .flatMap(product -> product.currentMajor().stream())
                .map(Located::value)
                .findFirst();
        return majors.stream()
                .sorted(comparing(product -> !current.equals(Optional.of(product.version().major()))))
                .collect(ImmutableList.toImmutableList());
    }

    private static void add(Map<String, MeshTable> tables, DataProduct product, ProductTable table, String name, boolean listed)
    {
        tables.putIfAbsent(product.domain() + "." + name, new MeshTable(product.domain(), name, product, table, listed));
    }

    private static int rank(DataProduct product)
    {
        return switch (product.status()) {
            case ACTIVE -> 0;
            case DEPRECATED -> 1;
            case PROPOSED, DRAFT -> 2;
            case RETIRED -> 3;
        };
    }

    /**
     * A name of a product with its major version.
     */
    static String versioned(DataProduct product, String name)
    {
        return product.sqlName() + "_v" + product.version().major() + name.substring(product.sqlName().length());
    }

    private static DataProduct address(DataProduct product, boolean versioned)
    {
        return product.withOutputPorts(product.outputPorts().stream()
                .map(port -> port.type().equals("sql") ? address(product, port, versioned) : port)
                .collect(ImmutableList.toImmutableList()));
    }

    private static OutputPort address(DataProduct product, OutputPort port, boolean versioned)
    {
        List<String> address = port.address().stream()
                .map(name -> product.tables().stream()
                        .map(ProductTable::name)
                        .filter(table -> name.equals(product.domain() + "." + table) || name.equals(product.domain() + "." + versioned(product, table)))
                        .findFirst()
                        .map(table -> product.domain() + "." + (versioned ? versioned(product, table) : table))
                        .orElse(name))
                .collect(ImmutableList.toImmutableList());
        return new OutputPort(port.name(), port.type(), address, port.format(), port.authentication());
    }
}
