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

import com.google.common.base.Suppliers;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.OutputPort;
import org.trinomesh.product.ProductTable;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TableId;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;

/**
 * A data product as seen by a requester who may discover it. The closeness is computed once, when it is first needed.
 */
public final class VisibleProduct
        implements ProductFact
{
    private final GovernedMesh mesh;
    private final DataProduct product;
    private final Supplier<Set<Closeness>> closeness;
    private final Supplier<ProductAccess> access;

    VisibleProduct(GovernedMesh mesh, DataProduct product)
    {
        this.mesh = requireNonNull(mesh, "mesh is null");
        this.product = requireNonNull(product, "product is null");
        this.closeness = Suppliers.memoize(() -> mesh.closeness(product));
        this.access = Suppliers.memoize(this::findAccess);
    }

    private ProductAccess findAccess()
    {
        return new ProductAccess(closeness(), product.tables().stream().collect(toImmutableMap(ProductTable::name, table -> mesh.columns(product, table))));
    }

    GovernedMesh mesh()
    {
        return mesh;
    }

    @Override
    public VisibleProduct visible()
    {
        return this;
    }

    @Override
    public DataProduct product()
    {
        return product;
    }

    @Override
    public Set<Closeness> closeness()
    {
        return closeness.get();
    }

    public boolean is(Closeness wanted)
    {
        return closeness().contains(wanted);
    }

    /**
     * How much of the data the requester may be told.
     */
    public ProductAccess access()
    {
        return access.get();
    }

    public boolean isReadable()
    {
        return mesh.decide(product).isReadable();
    }

    /**
     * The tables, each by the shortest name that selects this very version; empty when nobody can select from the product.
     */
    public Stream<MeshTable> tables()
    {
        return mesh.mesh().tablesOf(product);
    }

    /**
     * The name of a table as SQL selects it; empty when nobody selects from it.
     */
    public Optional<String> tableName(String table)
    {
        return mesh.mesh().table(new TableId(product.id(), table)).map(MeshTable::name);
    }

    /**
     * The name of the main table, when the product has one.
     */
    public Optional<String> mainTable()
    {
        return tables()
                .filter(table -> table.table().main())
                .map(MeshTable::name)
                .findFirst();
    }

    /**
     * What to use instead, as far as the requester may know of that.
     */
    public Optional<String> successor()
    {
        return mesh.successor(product);
    }

    /**
     * Parts of the product that everybody who may discover it may know.
     */
    public <T> Stream<ProductPart<T>> parts(Collection<T> parts)
    {
        return parts.stream().map(part -> new ProductPart<>(this, part));
    }

    /**
     * The query that computes what an output port serves, with the names that the mesh gives to its sources. For stewards of the
     * product.
     */
    public Optional<String> query(OutputPort port)
    {
        return mesh.mesh().tablesOf(product)
                .filter(table -> port.address().contains(table.schema() + "." + table.name()))
                .flatMap(table -> table.table().query().stream())
                .map(SqlQuery::sql)
                .findFirst();
    }
}
