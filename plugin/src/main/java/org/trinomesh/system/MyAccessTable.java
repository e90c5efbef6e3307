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

import com.google.common.collect.ImmutableList;
import org.trinomesh.disclosure.VisibleAccess;
import org.trinomesh.mask.Mask;
import org.trinomesh.policy.ColumnAccess;
import org.trinomesh.policy.Reason;
import org.trinomesh.policy.RowAccess;
import org.trinomesh.policy.RuleName;
import org.trinomesh.problem.Position;

import java.util.stream.Stream;

import static org.trinomesh.disclosure.Closeness.DISCOVERER;
import static org.trinomesh.disclosure.Closeness.READER;

/**
 * The table {@code my_access}: what the requester sees of the data products it may discover.
 */
final class MyAccessTable
        implements SystemRows<VisibleAccess>
{
    static final SystemTableSchema<VisibleAccess> SCHEMA = SystemTableSchema.<VisibleAccess>ofProducts("my_access", "What you see of the data products you may discover, column by column, and by which rules")
            .text("table_name", DISCOVERER, "Table of the product", row -> row.table().name())
            .text("column_name", DISCOVERER, "Column", VisibleAccess::column)
            .text("access", DISCOVERER, "clear, masked, hidden, or none when you may not read the product", MyAccessTable::access)
            .text("mask", READER, "What is shown instead of the value", row -> row.mask().map(Mask::toString))
            .text("rule", READER, "Rule that masks or hides the column; mesh.system.policies describes it", row -> row.rule().map(MyAccessTable::name))
            .text("rule_file", READER, "Where the rule is written, below the mesh directory", row -> row.rule().flatMap(Reason::rule).map(Position::file))
            .number("rule_line", READER, "Line, from 1", row -> row.rule().flatMap(Reason::rule).map(Position::line))
            .text("row_filter", READER, "Which rows of the table you see; NULL for all", row -> row.rows().map(found -> found.filter().toString()))
            // No rule for those who do not read the product, rather than NULL
            .texts("row_filter_rules", DISCOVERER, "Rules that filter the rows", row -> row.rows().map(RowAccess::reasons).orElse(ImmutableList.of()).stream().map(MyAccessTable::name).toList())
            .text("reason", DISCOVERER, "Why you may read the product, or not", row -> row.reason().text())
            .text("how_to_ask", DISCOVERER, "Whom to ask for access or help, and where", row -> row.product().howToAsk())
            .build();

    @Override
    public SystemTableSchema<VisibleAccess> schema()
    {
        return SCHEMA;
    }

    @Override
    public Stream<VisibleAccess> rows(SystemRequest request)
    {
        return VisibleAccess.of(request.mesh());
    }

    private static String access(VisibleAccess row)
    {
        if (!row.visible().isReadable()) {
            return "none";
        }
        return switch (row.access()) {
            case ColumnAccess.Clear _ -> "clear";
            case ColumnAccess.Masked _ -> "masked";
            case ColumnAccess.Hidden _ -> "hidden";
        };
    }

    private static String name(Reason reason)
    {
        return reason.name().map(RuleName::toString).orElse(reason.text());
    }
}
