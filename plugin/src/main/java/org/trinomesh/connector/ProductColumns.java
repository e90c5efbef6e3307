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
import io.trino.spi.type.TypeManager;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.registry.Column;
import org.trinomesh.registry.DataProduct;
import org.trinomesh.registry.Deprecation;
import org.trinomesh.registry.MeshTable;
import org.trinomesh.registry.ProductTable;
import org.trinomesh.registry.Status;

import java.util.List;
import java.util.concurrent.ConcurrentMap;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What a product promises, in the words of the SPI. Made once per promise: a listing of the whole mesh hands out the same
 * objects again.
 */
public final class ProductColumns
{
    private final TypeManager typeManager;
    // By identity, and gone with the generation that holds the key
    private final ConcurrentMap<ProductTable, List<ColumnMetadata>> columns = new MapMaker().weakKeys().makeMap();

    public ProductColumns(TypeManager typeManager)
    {
        this.typeManager = requireNonNull(typeManager, "typeManager is null");
    }

    public List<ColumnMetadata> of(MeshTable table)
    {
        return columns.computeIfAbsent(table.table(), promised -> promised.columns().stream()
                .map(this::toMetadata)
                .collect(toImmutableList()));
    }

    /**
     * The same as one requester sees it. A hidden column is there for row filters that read it; it is listed nowhere, and naming it
     * is denied.
     */
    public List<ColumnMetadata> of(MeshTable table, TableAccess access)
    {
        List<ColumnMetadata> promised = of(table);
        if (promised.stream().noneMatch(column -> access.isHidden(column.getName()))) {
            return promised;
        }
        return promised.stream()
                .map(column -> access.isHidden(column.getName()) ? ColumnMetadata.builderFrom(column).setHidden(true).build() : column)
                .collect(toImmutableList());
    }

    /**
     * What one requester is shown of the promise in listings.
     */
    public List<ColumnMetadata> listed(MeshTable table, TableAccess access)
    {
        List<ColumnMetadata> columns = of(table, access);
        return columns.stream().noneMatch(ColumnMetadata::isHidden) ? columns : columns.stream().filter(column -> !column.isHidden()).collect(toImmutableList());
    }

    private ColumnMetadata toMetadata(Column column)
    {
        return ColumnMetadata.builder()
                .setName(column.name())
                .setType(typeManager.fromSqlType(column.type().sql()))
                .setNullable(column.nullable())
                .setComment(column.description())
                .build();
    }

    /**
     * The comment of a table: what the product is, preceded by a warning when it is on its way out.
     */
    public static String comment(MeshTable table)
    {
        DataProduct product = table.product();
        String description = table.table().description().orElse(product.description()).strip().replaceAll("\\s+", " ");
        if (product.status() == Status.DEPRECATED || product.deprecation().isPresent()) {
            return product.deprecation().map(ProductColumns::notice).orElse("DEPRECATED") + ". " + description;
        }
        return description;
    }

    private static String notice(Deprecation deprecation)
    {
        ImmutableList.Builder<String> notice = ImmutableList.builder();
        notice.add("DEPRECATED");
        deprecation.endOfLife().ifPresent(date -> notice.add("until " + date));
        deprecation.replacedBy().ifPresent(successor -> notice.add("use " + successor));
        return String.join(", ", notice.build());
    }
}
