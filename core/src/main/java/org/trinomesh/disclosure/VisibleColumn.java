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

import com.google.common.collect.ImmutableMap;
import org.trinomesh.policy.ColumnAttributes;
import org.trinomesh.policy.Rule;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.Column;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A column of a table that a requester may discover and that is not hidden from it.
 *
 * @param position place among the columns that the requester sees, from 1
 * @param type SQL type; what a table has where its contract leaves it open is for those who read it
 * @param keyPosition place in the primary key; empty when the requester does not see all of the key, since the places of a part tell of the rest
 * @param encryptedColumn a column that the requester sees; empty otherwise, because the author may have named any column
 * @param declassified the rule that keeps a column of a query from inheriting; empty for those who do not answer for the product
 */
public record VisibleColumn(VisibleProduct visible, MeshTable table, Column column, ColumnAttributes attributes, int position, String type, Optional<Integer> keyPosition, Optional<String> encryptedColumn, Optional<Rule> declassified)
        implements ProductFact
{
    public VisibleColumn
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(attributes, "attributes is null");
        requireNonNull(type, "type is null");
        requireNonNull(keyPosition, "keyPosition is null");
        requireNonNull(encryptedColumn, "encryptedColumn is null");
        requireNonNull(declassified, "declassified is null");
    }

    /**
     * @param openTypes the types that tables were found to have where contracts leave them open
     */
    public static Stream<VisibleColumn> of(GovernedMesh mesh, Function<MeshTable, Map<String, String>> openTypes)
    {
        return mesh.tables().flatMap(table -> of(mesh, table, openTypes));
    }

    private static Stream<VisibleColumn> of(GovernedMesh mesh, MeshTable table, Function<MeshTable, Map<String, String>> openTypes)
    {
        VisibleProduct visible = mesh.visible(table.product());
        // As DESCRIBE has them
        Map<String, String> types = !table.table().openColumns().isEmpty() && visible.isReadable() ? openTypes.apply(table) : ImmutableMap.of();
        TableAccess access = mesh.columns(table);
        List<ColumnAttributes> attributes = mesh.attributes(table);
        Map<String, Rule> declassified = mesh.declassified(table);
        List<Column> columns = table.table().columns();
        List<Integer> seen = IntStream.range(0, columns.size())
                .filter(index -> !access.isHidden(columns.get(index).name()))
                .boxed()
                .collect(toImmutableList());
        boolean key = columns.stream().noneMatch(column -> column.details().primaryKeyPosition().isPresent() && access.isHidden(column.name()));
        return IntStream.range(0, seen.size())
                .mapToObj(place -> {
                    Column column = columns.get(seen.get(place));
                    return new VisibleColumn(
                            visible,
                            table,
                            column,
                            attributes.get(seen.get(place)),
                            place + 1,
                            types.getOrDefault(column.name(), column.type().sql()),
                            column.details().primaryKeyPosition().filter(_ -> key),
                            encryptedColumn(columns, column, access),
                            Optional.ofNullable(declassified.get(column.name())));
                });
    }

    private static Optional<String> encryptedColumn(List<Column> columns, Column column, TableAccess access)
    {
        return column.details().encryptedName()
                .flatMap(written -> columns.stream().map(Column::name).filter(name -> name.equalsIgnoreCase(written)).findFirst())
                .filter(name -> !access.isHidden(name));
    }
}
