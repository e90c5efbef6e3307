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

import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.MeshTable;

import java.util.Optional;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What a requester sees of one column of a table that it may discover, and by which rules.
 */
public record VisibleAccess(VisibleProduct visible, MeshTable table, String column, ColumnAccess access, Optional<RowAccess> rows)
        implements ProductFact
{
    public VisibleAccess
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(access, "access is null");
        requireNonNull(rows, "rows is null");
    }

    /**
     * Every column of every table of which the requester may know.
     */
    public static Stream<VisibleAccess> of(GovernedMesh mesh)
    {
        return mesh.tables().flatMap(table -> of(mesh, table));
    }

    private static Stream<VisibleAccess> of(GovernedMesh mesh, MeshTable table)
    {
        VisibleProduct visible = mesh.visible(table.product());
        TableAccess access = mesh.columns(table);
        // That there is a hidden column, and how rows are filtered, is for those who read the others
        boolean readable = visible.isReadable();
        Optional<RowAccess> rows = access.rows().filter(_ -> readable);
        return access.columns().entrySet().stream()
                .filter(column -> readable || !access.isHidden(column.getKey()))
                .map(column -> new VisibleAccess(visible, table, column.getKey(), column.getValue(), rows));
    }

    /**
     * Why the requester may read the product, or not.
     */
    public Reason reason()
    {
        return visible.mesh().decide(product()).reason();
    }

    public Optional<Mask> mask()
    {
        return access instanceof ColumnAccess.Masked masked ? Optional.of(masked.mask()) : Optional.empty();
    }

    /**
     * The rule that masks or hides the column.
     */
    public Optional<Reason> rule()
    {
        return switch (access) {
            case ColumnAccess.Clear _ -> Optional.empty();
            case ColumnAccess.Masked masked -> Optional.of(masked.reason());
            case ColumnAccess.Hidden hidden -> Optional.of(hidden.reason());
        };
    }
}
