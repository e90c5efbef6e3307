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

import com.google.common.collect.Sets;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AliasedRelation;
import io.trino.sql.tree.AllColumns;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.QuerySpecification;
import io.trino.sql.tree.Table;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.type.SqlLiteral;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.query.ExpressionOrigins.lowerCase;

/**
 * Replaces the tables of a query as it is written by relations of other names. What the query calls them stays, so that its other
 * words mean the same.
 */
final class TableEdits
{
    private static final SqlParser PARSER = new SqlParser();
    // Longer than every version of a table that somebody writes
    private static final int LONGEST_PERIOD = 1_000;

    private final String sql;
    private final Function<Table, String> names;
    private final Set<Node> aliased = Sets.newIdentityHashSet();
    private final Set<Source> withoutAlias;
    private final List<Edit> edits = new ArrayList<>();

    /**
     * @param end behind the last character that is replaced
     */
    record Edit(int start, int end, String replacement) {}

    private TableEdits(String sql, Query query, String domain, Function<Table, String> names)
    {
        this.sql = requireNonNull(sql, "sql is null");
        this.names = requireNonNull(names, "names is null");
        List<Table> tables = SourceNames.tables(query);
        collectAliased(query);
        this.withoutAlias = tables.stream()
                .filter(table -> !aliased.contains(table))
                .map(Table::getName)
                .filter(name -> name.getParts().size() <= 2)
                .map(name -> new Source(name.getPrefix().map(QualifiedName::getSuffix).orElse(domain), name.getSuffix()))
                .collect(toImmutableSet());
        tables.forEach(this::replace);
        shortenReferences(query);
    }

    /**
     * @param domain of names without one
     * @param names the quoted name of the relation that stands for a table
     * @return in the order of the text
     */
    static List<Edit> of(String sql, Query query, String domain, Function<Table, String> names)
    {
        return new TableEdits(sql, query, domain, names).edits.stream()
                .sorted(comparing(Edit::start))
                .toList();
    }

    private void collectAliased(Node node)
    {
        if (node instanceof AliasedRelation relation) {
            aliased.add(relation.getRelation());
        }
        node.getChildren().forEach(this::collectAliased);
    }

    private void replace(Table table)
    {
        int start = SourceNames.start(sql, table);
        int end = SourceNames.end(sql, table);
        String name = names.apply(table);
        String alias = " AS " + SqlLiteral.identifier(table.getName().getSuffix());
        int keyword = SourceNames.offset(sql, table);
        if (keyword < start) {
            // TABLE customers, which takes no alias
            edits.add(new Edit(keyword, end, "SELECT * FROM " + name + alias));
        }
        else if (aliased.contains(table)) {
            edits.add(new Edit(start, end, name));
        }
        else if (table.getQueryPeriod().isEmpty()) {
            edits.add(new Edit(start, end, name + alias));
        }
        else {
            edits.add(new Edit(start, end, name));
            int behind = endWithPeriod(table, start, end);
            edits.add(new Edit(behind, behind, alias));
        }
    }

    /**
     * The parser does not tell where a part ends, so this looks for the first end with which the part means the same.
     */
    private int endWithPeriod(Table table, int start, int end)
    {
        int last = Math.min(sql.length(), end + LONGEST_PERIOD);
        for (int behind = end + 1; behind <= last; behind++) {
            try {
                Query part = (Query) PARSER.createStatement("SELECT * FROM " + sql.substring(start, behind));
                if (part.getQueryBody() instanceof QuerySpecification body &&
                        body.getFrom().orElseThrow() instanceof Table found &&
                        found.getQueryPeriod().equals(table.getQueryPeriod())) {
                    return behind;
                }
            }
            catch (ParsingException _) {
                // More of the text belongs to it
            }
        }
        return end;
    }

    /**
     * A table without an alias is also known by its domain and name, and its replacement is not. Blanks keep the places of the
     * other words.
     */
    private void shortenReferences(Node node)
    {
        switch (node) {
            case DereferenceExpression dereference when dereference.getBase() instanceof DereferenceExpression base -> shorten(base);
            case AllColumns all when all.getTarget().orElse(null) instanceof DereferenceExpression target -> shorten(target);
            default -> {}
        }
        node.getChildren().forEach(this::shortenReferences);
    }

    private void shorten(DereferenceExpression reference)
    {
        if (reference.getBase() instanceof Identifier domain &&
                reference.getField().isPresent() &&
                withoutAlias.contains(new Source(lowerCase(domain), lowerCase(reference.getField().get())))) {
            int start = SourceNames.offset(sql, domain);
            int end = SourceNames.offset(sql, reference.getField().get());
            edits.add(new Edit(start, end, sql.substring(start, end).replaceAll("[^\\n]", " ")));
        }
    }
}
