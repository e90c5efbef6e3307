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
package org.trinomesh.system;

import com.google.common.collect.ImmutableMap;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.type.Type;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.ColumnAttributes;
import org.trinomesh.governance.TableAccess;
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

final class ColumnsTable
        implements SystemRows
{
    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("columns", "What the data products you may discover promise, column by column")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("table_name", "Table of the product")
            .text("column_name", "Column")
            .number("ordinal_position", "Place in the table, from 1")
            .text("data_type", "SQL type")
            .flag("is_nullable", "Whether it may be NULL")
            .text("description", "What it means")
            .text("classification", "How confidential it is: its own word, else that of the product or the domain, and never weaker than policies say")
            .texts("tags", "Its tags, and those of the product, the domain and of policies")
            .text("identifier", "Identifier type: columns of one type join across the mesh")
            .text("business_name", "How people call it")
            .texts("synonyms", "Other words for it")
            .number("primary_key_position", "Place in the primary key, from 1; NULL when it is not in it, or you do not see all of the key")
            .flag("is_unique", "Whether no two rows have the same value, by its author's word")
            .flag("is_critical", "Whether the business depends on it, by its author's word")
            .flag("is_deprecated", "Whether new uses should do without it")
            .text("encrypted_column", "The column of the table that holds the same values encrypted")
            .build();

    // The types of open columns, of tables that were read before
    private final Function<MeshTable, Map<String, Type>> openTypes;

    ColumnsTable()
    {
        this(_ -> ImmutableMap.of());
    }

    ColumnsTable(Function<MeshTable, Map<String, Type>> openTypes)
    {
        this.openTypes = requireNonNull(openTypes, "openTypes is null");
    }

    @Override
    public ConnectorTableMetadata metadata()
    {
        return METADATA;
    }

    @Override
    public Stream<Object[]> rows(GovernedMesh mesh)
    {
        return mesh.tables().flatMap(table -> rows(mesh, table));
    }

    private Stream<Object[]> rows(GovernedMesh mesh, MeshTable table)
    {
        // As DESCRIBE has them; what a table has is for those who read it
        Map<String, Type> types = !table.table().openColumns().isEmpty() && mesh.decide(table.product()).isReadable() ? openTypes.apply(table) : ImmutableMap.of();
        TableAccess access = mesh.columns(table);
        List<ColumnAttributes> attributes = mesh.attributes(table);
        List<Column> columns = table.table().columns();
        List<Integer> visible = IntStream.range(0, columns.size())
                .filter(index -> !access.isHidden(columns.get(index).name()))
                .boxed()
                .collect(toImmutableList());
        // Of a part of the key, its places would tell of the rest
        boolean key = columns.stream().noneMatch(column -> column.details().primaryKeyPosition().isPresent() && access.isHidden(column.name()));
        return IntStream.range(0, visible.size())
                .mapToObj(place -> row(table, columns.get(visible.get(place)), types, attributes.get(visible.get(place)), place + 1, access, key));
    }

    private static Object[] row(MeshTable table, Column column, Map<String, Type> types, ColumnAttributes attributes, long position, TableAccess access, boolean key)
    {
        return new Object[] {
                table.schema(),
                table.product().sqlName(),
                table.product().version().toString(),
                table.name(),
                column.name(),
                position,
                types.containsKey(column.name()) ? types.get(column.name()).getDisplayName() : column.type().sql(),
                column.nullable(),
                column.description().orElse(null),
                attributes.classification().orElse(null),
                SystemTableSchema.array(attributes.tags()),
                column.identifier().orElse(null),
                column.details().businessName().orElse(null),
                SystemTableSchema.array(column.details().synonyms()),
                column.details().primaryKeyPosition().filter(_ -> key).map(Integer::longValue).orElse(null),
                column.details().unique(),
                column.details().critical(),
                column.details().deprecated(),
                encryptedColumn(table, column, access).orElse(null),
        };
    }

    /**
     * Only a column that is served and that the requester sees: the word is the author's, and may name any column.
     */
    private static Optional<String> encryptedColumn(MeshTable table, Column column, TableAccess access)
    {
        return column.details().encryptedName()
                .flatMap(written -> table.table().columns().stream().map(Column::name).filter(name -> name.equalsIgnoreCase(written)).findFirst())
                .filter(name -> !access.isHidden(name));
    }
}
