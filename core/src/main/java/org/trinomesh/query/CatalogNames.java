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
package org.trinomesh.query;

import io.trino.sql.SqlFormatter;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Table;
import io.trino.sql.util.AstUtils;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.type.SqlLiteral;

import java.util.List;

import static com.google.common.base.Verify.verify;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Comparator.comparing;

/**
 * Replaces the names of tables of other catalogs in a query, so that the query finds them in the mesh, which lets it read them as the
 * user that the platform named.
 */
final class CatalogNames
{
    private static final SqlParser PARSER = new SqlParser();

    private CatalogNames() {}

    /**
     * @param sql as the formatter writes it
     */
    static String replaced(String sql)
    {
        Node query = PARSER.createStatement(sql);
        List<Table> tables = AstUtils.preOrder(query)
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .filter(table -> table.getName().getParts().size() == 3)
                // From the end, so that what is replaced moves nothing that is still to be found
                .sorted(comparing((Table table) -> offset(sql, table.getLocation().orElseThrow())).reversed())
                .collect(toImmutableList());
        StringBuilder replaced = new StringBuilder(sql);
        for (Table table : tables) {
            int start = offset(sql, table.getLocation().orElseThrow());
            String written = SqlFormatter.formatName(table.getName());
            verify(sql.startsWith(written, start), "the name %s is not where it was found", written);
            replaced.replace(start, start + written.length(), name(table.getName()));
        }
        return replaced.toString();
    }

    private static String name(QualifiedName name)
    {
        List<String> parts = name.getParts();
        TrinoTable table = new TrinoTable(parts.get(0), parts.get(1), parts.get(2));
        return SqlLiteral.identifier(SqlQuery.schemaOf(table)) + "." + SqlLiteral.identifier(table.table());
    }

    private static int offset(String sql, NodeLocation location)
    {
        int start = 0;
        for (int line = 1; line < location.getLineNumber(); line++) {
            start = sql.indexOf('\n', start) + 1;
        }
        return sql.offsetByCodePoints(start, location.getColumnNumber() - 1);
    }
}
