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
package org.trinomesh.reference;

import com.google.common.collect.ImmutableList;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SystemTable;
import org.trinomesh.disclosure.Closeness;
import org.trinomesh.system.MeshSystemTable;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;
import static java.util.Locale.ENGLISH;

/**
 * Every table of {@code mesh.system} with its columns.
 */
final class SystemTablesPage
        implements ReferencePage
{
    private final List<MeshSystemTable<?>> tables;

    SystemTablesPage(Set<SystemTable> tables)
    {
        this.tables = tables.stream()
                .<MeshSystemTable<?>>map(table -> (MeshSystemTable<?>) table)
                .sorted(comparing(SystemTablesPage::name))
                .collect(toImmutableList());
    }

    @Override
    public String file()
    {
        return "system-tables.md";
    }

    List<ConnectorTableMetadata> tables()
    {
        return tables.stream().map(SystemTable::getTableMetadata).collect(toImmutableList());
    }

    @Override
    public String text()
    {
        Markdown page = Markdown.page("System tables")
                .paragraph("The tables of `mesh.system`. Each shows only what the user who asks may discover. \"For\" tells who is told the values of a column, by how close that user stands to the data product of a row; "
                        + "everybody else sees NULL. Columns of the same name have the same values for the same thing in every table, so that tables join by `domain`, `product`, `version`, `table_name` and `column_name`. "
                        + "[Analysts](../analysts.md) and [Trust](../trust.md) show queries.")
                .table(ImmutableList.of("For", "Who that is"), Arrays.stream(Closeness.values()).map(closeness -> ImmutableList.of(audience(closeness), meaning(closeness))))
                .table(ImmutableList.of("Table", "Rows"), tables().stream()
                        .map(table -> ImmutableList.of("[%1$s](#%1$s)".formatted(table.getTable().getTableName()), table.getComment().orElse(""))));
        for (MeshSystemTable<?> table : tables) {
            page.heading(2, name(table))
                    .paragraph(table.getTableMetadata().getComment().orElse("") + ".")
                    .table(ImmutableList.of("Column", "Type", "For", "Meaning"), table.columns().stream().map(column -> ImmutableList.of(
                            Markdown.code(column.name()),
                            Markdown.code(column.type().getDisplayName()),
                            audience(column.audience()),
                            column.comment())));
        }
        return page.toString();
    }

    static List<String> row(ColumnMetadata column)
    {
        return ImmutableList.of(Markdown.code(column.getName()), Markdown.code(column.getType().getDisplayName()), column.getComment().orElse(""));
    }

    private static String name(SystemTable table)
    {
        return table.getTableMetadata().getTable().getTableName();
    }

    private static String audience(Closeness closeness)
    {
        return closeness.name().toLowerCase(ENGLISH).replace('_', ' ');
    }

    private static String meaning(Closeness closeness)
    {
        return switch (closeness) {
            case DISCOVERER -> "whoever may discover the product, so everybody who sees the row";
            case READER -> "whoever reads the product, also with masks or row filters";
            case READER_OF_EVERYTHING -> "whoever reads every column and every row as they are";
            case RESPONSIBLE -> "the owner, the stewards of the product, and the stewards of the mesh";
            case STEWARD -> "whom rules make a steward of the product";
            case UNRESTRICTED_STEWARD -> "a steward of the product who reads everything";
            case MESH_STEWARD -> "the stewards of the whole mesh";
        };
    }
}
