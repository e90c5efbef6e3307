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
package org.trinomesh.connector;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.MapMaker;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeManager;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.disclosure.ProductComments;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.ColumnBindings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Converts the promised columns of a product into the types of the SPI. Computed once per promise: listings of the whole
 * mesh use the same objects again.
 */
public final class ProductColumns
{
    private final TypeManager typeManager;
    private final ProductComments comments;
    private final ColumnBindings bindings;
    // By what counts as said of a table's first column: by identity, and gone with the policies that say it
    private final ConcurrentMap<ColumnAttributes, Promise> promises = new MapMaker().weakKeys().makeMap();

    /**
     * The columns of a table, and the same as they are for those who see no value of them as it is.
     */
    private record Promise(List<ColumnMetadata> clear, List<ColumnMetadata> masked)
    {
        Promise
        {
            clear = ImmutableList.copyOf(requireNonNull(clear, "clear is null"));
            masked = ImmutableList.copyOf(requireNonNull(masked, "masked is null"));
        }
    }

    public ProductColumns(TypeManager typeManager, ProductComments comments, ColumnBindings bindings)
    {
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
        this.comments = requireNonNull(comments, "comments is null");
    }

    /**
     * The columns as one requester sees them. A hidden column is there for row filters that read it; it is listed nowhere, and
     * naming it is denied.
     */
    public List<ColumnMetadata> of(GovernedMesh mesh, MeshTable table)
    {
        Promise promise = promise(mesh, table);
        TableAccess access = mesh.columns(table);
        if (access.columns().values().stream().allMatch(ColumnAccess.Clear.class::isInstance)) {
            return promise.clear();
        }
        return IntStream.range(0, promise.clear().size())
                .mapToObj(index -> shown(promise, index, access))
                // Hidden columns come last: for exclude_columns the engine computes positions without the hidden columns, and then uses them among
                // all columns
                .sorted(comparing(ColumnMetadata::isHidden))
                .collect(toImmutableList());
    }

    /**
     * All columns as the product promises them, for the query that computes them.
     */
    List<ColumnMetadata> promised(GovernedMesh mesh, MeshTable table)
    {
        return promise(mesh, table).clear();
    }

    /**
     * The columns that one requester sees in listings.
     */
    public List<ColumnMetadata> listed(GovernedMesh mesh, MeshTable table)
    {
        List<ColumnMetadata> columns = described(mesh, table);
        return columns.stream().noneMatch(ColumnMetadata::isHidden) ? columns : columns.stream().filter(column -> !column.isHidden()).collect(toImmutableList());
    }

    /**
     * The promise with the types that are known where it leaves them open. Opens no table; of those that were read before it is known
     * what they have.
     */
    public List<ColumnMetadata> described(GovernedMesh mesh, MeshTable table)
    {
        List<ColumnMetadata> columns = of(mesh, table);
        if (table.table().openColumns().isEmpty()) {
            return columns;
        }
        Map<String, Type> known = bindings.openTypes(table);
        return columns.stream()
                .map(column -> known.containsKey(column.getName()) ? ColumnMetadata.builderFrom(column).setType(known.get(column.getName())).build() : column)
                .collect(toImmutableList());
    }

    public String comment(GovernedMesh mesh, MeshTable table)
    {
        return comments.table(mesh, table);
    }

    private Promise promise(GovernedMesh mesh, MeshTable table)
    {
        List<ColumnAttributes> attributes = mesh.attributes(table);
        return promises.computeIfAbsent(attributes.getFirst(), _ -> promise(table.table().columns(), attributes));
    }

    private Promise promise(List<Column> columns, List<ColumnAttributes> attributes)
    {
        return new Promise(
                IntStream.range(0, columns.size()).mapToObj(index -> toMetadata(columns.get(index), attributes.get(index), false)).collect(toImmutableList()),
                IntStream.range(0, columns.size()).mapToObj(index -> toMetadata(columns.get(index), attributes.get(index), true)).collect(toImmutableList()));
    }

    private static ColumnMetadata shown(Promise promise, int index, TableAccess access)
    {
        ColumnMetadata column = promise.clear().get(index);
        Optional<ColumnAccess> seen = access.column(column.getName());
        if (seen.isEmpty() || seen.get() instanceof ColumnAccess.Hidden) {
            return ColumnMetadata.builderFrom(column).setHidden(true).build();
        }
        return seen.get() instanceof ColumnAccess.Masked ? promise.masked().get(index) : column;
    }

    private ColumnMetadata toMetadata(Column column, ColumnAttributes attributes, boolean masked)
    {
        return ColumnMetadata.builder()
                .setName(column.name())
                .setType(typeManager.fromSqlType(column.type().sql()))
                .setNullable(column.nullable())
                .setComment(ProductComments.column(column, attributes, masked))
                .build();
    }
}
