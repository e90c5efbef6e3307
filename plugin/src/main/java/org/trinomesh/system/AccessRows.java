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

import io.trino.spi.connector.ConnectorTableMetadata;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.ColumnAccess;
import org.trinomesh.governance.Decision;
import org.trinomesh.governance.Mask;
import org.trinomesh.governance.Reason;
import org.trinomesh.governance.RowAccess;
import org.trinomesh.governance.TableAccess;
import org.trinomesh.problem.Position;
import org.trinomesh.product.MeshTable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody sees of every table that it may discover, column by column. It tells of rules and never of data.
 */
final class AccessRows
        implements SystemRows
{
    private static final String RULE = "rule ";

    private static final ConnectorTableMetadata METADATA = SystemTableSchema.table("my_access", "What you see of the data products you may discover, column by column, and by which rules")
            .text("domain", "Schema of the domain")
            .text("product", "Data product in SQL")
            .text("version", "Version of the data product")
            .text("table_name", "Table of the product")
            .text("column_name", "Column")
            .text("access", "clear, masked, hidden, or none when you may not read the product")
            .text("mask", "What is shown instead of the value")
            .text("rule", "Rule that masks or hides the column; mesh.system.policies has what it says")
            .text("rule_file", "Where the rule is written, below the mesh directory")
            .number("rule_line", "Line, from 1")
            .text("row_filter", "Which rows of the table you see; NULL for all")
            .texts("row_filter_rules", "Rules that filter the rows")
            .text("reason", "Why you may read the product, or not")
            .text("how_to_ask", "Whom to ask for access or help, and where")
            .build();

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

    private static Stream<Object[]> rows(GovernedMesh mesh, MeshTable table)
    {
        Decision decision = mesh.decide(table.product());
        TableAccess access = mesh.columns(table);
        return access.columns().entrySet().stream()
                // That there is a hidden column is for those who read the others
                .filter(column -> decision.isReadable() || !access.isHidden(column.getKey()))
                .map(column -> row(table, decision, column.getKey(), column.getValue(), access.rows()));
    }

    private static Object[] row(MeshTable table, Decision decision, String column, ColumnAccess access, Optional<RowAccess> rows)
    {
        boolean readable = decision.isReadable();
        Optional<Reason> rule = rule(access).filter(_ -> readable);
        Optional<RowAccess> filter = rows.filter(_ -> readable);
        return new Object[] {
                table.schema(),
                table.product().sqlName(),
                table.product().version().toString(),
                table.name(),
                column,
                readable ? kind(access) : "none",
                mask(access).filter(_ -> readable).map(Mask::toString).orElse(null),
                rule.map(AccessRows::name).orElse(null),
                rule.flatMap(Reason::rule).map(Position::file).orElse(null),
                rule.flatMap(Reason::rule).map(position -> (long) position.line()).orElse(null),
                filter.map(found -> found.filter().toString()).orElse(null),
                SystemTableSchema.array(filter.map(RowAccess::reasons).orElse(List.of()).stream().map(AccessRows::name).toList()),
                decision.reason().text(),
                table.product().howToAsk(),
        };
    }

    private static String kind(ColumnAccess access)
    {
        return switch (access) {
            case ColumnAccess.Clear _ -> "clear";
            case ColumnAccess.Masked _ -> "masked";
            case ColumnAccess.Hidden _ -> "hidden";
        };
    }

    private static Optional<Mask> mask(ColumnAccess access)
    {
        return access instanceof ColumnAccess.Masked masked ? Optional.of(masked.mask()) : Optional.empty();
    }

    private static Optional<Reason> rule(ColumnAccess access)
    {
        return switch (access) {
            case ColumnAccess.Clear _ -> Optional.empty();
            case ColumnAccess.Masked masked -> Optional.of(masked.reason());
            case ColumnAccess.Hidden hidden -> Optional.of(hidden.reason());
        };
    }

    private static String name(Reason reason)
    {
        return reason.text().startsWith(RULE) ? reason.text().substring(RULE.length()) : reason.text();
    }
}
