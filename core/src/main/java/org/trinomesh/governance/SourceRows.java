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

import org.trinomesh.policy.RowAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.TableId;
import org.trinomesh.registry.Mesh;
import org.trinomesh.registry.QueryOrigins.Origin;

import static com.google.common.collect.MoreCollectors.onlyElement;
import static java.util.Objects.requireNonNull;

/**
 * The rows of the only table that a query reads of which a reader may see what the query makes of them. The engine may evaluate a
 * condition of the reader before a condition on the result, so that rows are left out where they are read.
 */
public record SourceRows(TableId source, RowAccess rows)
{
    public SourceRows
    {
        requireNonNull(source, "source is null");
        requireNonNull(rows, "rows is null");
    }

    /**
     * @param table which a query computes
     * @param rows those of it that the reader sees
     */
    public static SourceRows of(Mesh mesh, MeshTable table, RowAccess rows)
    {
        TableId source = rows.filter().comparisons().stream()
                .map(comparison -> origin(mesh, table, comparison.column()).table().id())
                .distinct()
                .collect(onlyElement());
        return new SourceRows(source, new RowAccess(rows.filter().renamed(column -> origin(mesh, table, column).column().name()), rows.reasons()));
    }

    private static Origin origin(Mesh mesh, MeshTable table, String name)
    {
        Column column = table.table().columns().stream().filter(candidate -> candidate.name().equals(name)).collect(onlyElement());
        return mesh.origins().scannedColumn(table.product(), table.table(), column)
                .filter(origin -> origin.table().table().query().isEmpty() && origin.column().type().equals(column.type()))
                .orElseThrow(() -> new IllegalStateException("Rows of %s cannot be filtered by '%s'".formatted(table.product().qualifiedName(), name)));
    }
}
