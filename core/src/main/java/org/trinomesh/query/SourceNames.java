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

import com.google.common.collect.ImmutableSet;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.With;
import io.trino.sql.tree.WithQuery;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.TrinoTable;
import org.trinomesh.type.SqlLiteral;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static com.google.common.base.Verify.verify;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static org.trinomesh.query.ExpressionOrigins.lowerCase;

/**
 * The tables that a query names and that are no queries of its own WITH.
 */
final class SourceNames
{
    private static final SqlParser PARSER = new SqlParser();

    private SourceNames() {}

    /**
     * In their order.
     */
    static List<Table> tables(Query query)
    {
        List<Table> tables = new ArrayList<>();
        collect(query, ImmutableSet.of(), tables);
        return tables;
    }

    /**
     * @param with the names that WITH gives to queries where the node is
     */
    private static void collect(Node node, Set<String> with, List<Table> tables)
    {
        switch (node) {
            case Query query -> collect(query, with, tables);
            case Table table when table.getName().getParts().size() > 1 || !with.contains(table.getName().getSuffix()) -> tables.add(table);
            default -> node.getChildren().forEach(child -> collect(child, with, tables));
        }
    }

    private static void collect(Query query, Set<String> with, List<Table> tables)
    {
        Set<String> visible = new HashSet<>(with);
        query.getWith().ifPresent(clause -> collect(clause, visible, tables));
        query.getChildren().stream()
                .filter(child -> !(child instanceof With))
                .forEach(child -> collect(child, visible, tables));
    }

    private static void collect(With clause, Set<String> visible, List<Table> tables)
    {
        for (WithQuery named : clause.getQueries()) {
            if (clause.isRecursive()) {
                visible.add(lowerCase(named.getName()));
            }
            collect(named.getQuery(), ImmutableSet.copyOf(visible), tables);
            visible.add(lowerCase(named.getName()));
        }
    }

    /**
     * The query with the names by which the mesh has these tables: each with its domain, so that the engine never takes two products of
     * one name for each other, and those of other catalogs with the schema in which the mesh shows them.
     *
     * @param domain of names without one
     */
    static String replaced(String sql, String domain)
    {
        List<Table> tables = tables((Query) PARSER.createStatement(sql)).stream()
                // From the end, so that what is replaced moves nothing that is still to be found
                .sorted(comparing((Table table) -> start(sql, table)).reversed())
                .collect(toImmutableList());
        StringBuilder replaced = new StringBuilder(sql);
        for (Table table : tables) {
            replaced.replace(start(sql, table), end(sql, table), name(table.getName().getParts(), domain));
        }
        String result = replaced.toString();
        // A name that was not replaced would be read without the mesh
        Set<String> expected = tables.stream().map(table -> name(table.getName().getParts(), domain)).collect(toImmutableSet());
        Set<String> written = tables((Query) PARSER.createStatement(result)).stream().map(table -> quoted(table.getName().getParts())).collect(toImmutableSet());
        verify(written.equals(expected), "the names of the query are %s after they were replaced, and not %s", written, expected);
        return result;
    }

    private static String quoted(List<String> parts)
    {
        return parts.stream().map(SqlLiteral::identifier).collect(joining("."));
    }

    /**
     * Where its name begins, which is after the keyword in {@code TABLE customers}.
     */
    static int start(String sql, Table table)
    {
        return offset(sql, table.getName().getOriginalParts().getFirst());
    }

    static int end(String sql, Table table)
    {
        int last = offset(sql, table.getName().getOriginalParts().getLast());
        return sql.charAt(last) == '"' ? endOfQuoted(sql, last) : endOfPlain(sql, last);
    }

    private static int endOfPlain(String sql, int start)
    {
        int at = start;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_' || sql.charAt(at) == '$' || sql.charAt(at) == '@')) {
            at++;
        }
        verify(at > start, "no name begins at %s", start);
        return at;
    }

    private static int endOfQuoted(String sql, int start)
    {
        int at = sql.indexOf('"', start + 1);
        while (at + 1 < sql.length() && sql.charAt(at + 1) == '"') {
            at = sql.indexOf('"', at + 2);
        }
        return at + 1;
    }

    private static String name(List<String> parts, String domain)
    {
        return switch (parts.size()) {
            case 1 -> quoted(List.of(domain, parts.getFirst()));
            case 2 -> quoted(parts);
            default -> {
                TrinoTable table = new TrinoTable(parts.get(0), parts.get(1), parts.get(2));
                yield quoted(List.of(SqlQuery.schemaOf(table), table.table()));
            }
        };
    }

    static int offset(String sql, Node node)
    {
        NodeLocation location = node.getLocation().orElseThrow();
        int start = 0;
        for (int line = 1; line < location.getLineNumber(); line++) {
            start = sql.indexOf('\n', start) + 1;
        }
        return sql.offsetByCodePoints(start, location.getColumnNumber() - 1);
    }
}
