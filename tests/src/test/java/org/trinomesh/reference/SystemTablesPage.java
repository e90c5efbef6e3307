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

import java.util.List;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * Every table of {@code mesh.system} with its columns.
 */
final class SystemTablesPage
        implements ReferencePage
{
    private final List<ConnectorTableMetadata> tables;

    SystemTablesPage(Set<SystemTable> tables)
    {
        this.tables = tables.stream()
                .map(SystemTable::getTableMetadata)
                .sorted(comparing(table -> table.getTable().getTableName()))
                .collect(toImmutableList());
    }

    @Override
    public String file()
    {
        return "system-tables.md";
    }

    List<ConnectorTableMetadata> tables()
    {
        return tables;
    }

    @Override
    public String text()
    {
        Markdown page = Markdown.page("System tables")
                .paragraph("The tables of `mesh.system`. Each shows only what the user who asks may discover; where a value is for fewer people than that, the meaning of its column says so, "
                        + "and everybody else sees NULL. Columns of the same name have the same values for the same thing in every table, so that tables join by `domain`, `product`, `version`, `table_name` and `column_name`. "
                        + "[Analysts](../analysts.md) and [Trust](../trust.md) show queries.")
                .table(ImmutableList.of("Table", "Rows"), tables.stream()
                        .map(table -> ImmutableList.of("[%1$s](#%1$s)".formatted(table.getTable().getTableName()), table.getComment().orElse(""))));
        for (ConnectorTableMetadata table : tables) {
            page.heading(2, table.getTable().getTableName())
                    .paragraph(table.getComment().orElse("") + ".")
                    .table(ImmutableList.of("Column", "Type", "Meaning"), table.getColumns().stream().map(SystemTablesPage::row));
        }
        return page.toString();
    }

    static List<String> row(ColumnMetadata column)
    {
        return ImmutableList.of(Markdown.code(column.getName()), Markdown.code(column.getType().getDisplayName()), column.getComment().orElse(""));
    }
}
