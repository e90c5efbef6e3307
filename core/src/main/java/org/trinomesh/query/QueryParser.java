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
import io.trino.sql.SqlFormatter;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.AtLocal;
import io.trino.sql.tree.CurrentCatalog;
import io.trino.sql.tree.CurrentDate;
import io.trino.sql.tree.CurrentPath;
import io.trino.sql.tree.CurrentSchema;
import io.trino.sql.tree.CurrentTime;
import io.trino.sql.tree.CurrentTimestamp;
import io.trino.sql.tree.CurrentUser;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.LocalTime;
import io.trino.sql.tree.LocalTimestamp;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NodeLocation;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Statement;
import io.trino.sql.tree.Table;
import io.trino.sql.tree.TableFunctionInvocation;
import org.trinomesh.problem.Located;
import org.trinomesh.problem.LocatedText;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problems;
import org.trinomesh.product.SqlQuery;
import org.trinomesh.product.SqlQuery.Source;
import org.trinomesh.product.TrinoTable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Reads the query of a product with Trino's own parser, so that it means here what it means where it runs. Refuses what would make
 * its rows depend on the reader, and what would reach beyond data products.
 */
public final class QueryParser
{
    private static final int MAX_LENGTH = 100_000;
    private static final int MAX_PARENTHESES = 200;
    private static final SqlParser PARSER = new SqlParser();
    private static final Set<String> FUNCTIONS_OF_READER = ImmutableSet.of("current_groups", "current_timezone");
    private static final Set<String> RANDOM_FUNCTIONS = ImmutableSet.of("rand", "random", "shuffle", "uuid");
    private static final Set<String> FUNCTIONS_OF_TIME = ImmutableSet.of("now");
    private static final String WRITE_PRODUCT = "write domain.product, or the name alone for a product of your own domain";

    private final LocatedText text;
    private final String domain;
    private final Function<TrinoTable, Optional<String>> users;
    private final Problems problems = new Problems();
    private final Map<Source, Position> sources = new LinkedHashMap<>();
    private final Map<TrinoTable, String> catalogTables = new LinkedHashMap<>();
    private boolean deterministic = true;

    private QueryParser(LocatedText text, String domain, Function<TrinoTable, Optional<String>> users)
    {
        this.text = requireNonNull(text, "text is null");
        this.domain = requireNonNull(domain, "domain is null");
        this.users = requireNonNull(users, "users is null");
    }

    /**
     * @param domain of the product, for names without a domain
     * @param users the user as whom Trino reads a table of another catalog for the domain; empty when the domain may not publish it
     * @return nothing when there are errors
     */
    public static Optional<SqlQuery> parse(LocatedText text, String domain, Function<TrinoTable, Optional<String>> users, Problems problems)
    {
        QueryParser parser = new QueryParser(text, domain, users);
        Optional<SqlQuery> query;
        try {
            query = parser.parse();
        }
        catch (StackOverflowError _) {
            problems.error(text.start(), "the query is nested too deeply", "write a flat query, or divide it with WITH");
            return Optional.empty();
        }
        problems.addAll(parser.problems.toList());
        return query.filter(_ -> !parser.problems.hasErrors());
    }

    private Optional<SqlQuery> parse()
    {
        // A reload waits for the parser, which takes seconds for deep parentheses
        if (text.text().length() > MAX_LENGTH || depth(text.text()) > MAX_PARENTHESES) {
            problems.error(text.start(), "the query is longer than %,d characters, or has more than %s parentheses inside of each other".formatted(MAX_LENGTH, MAX_PARENTHESES), "divide it, with WITH or into several products");
            return Optional.empty();
        }
        if (text.text().isBlank()) {
            problems.error(text.start(), "the query is empty", "write one SELECT");
            return Optional.empty();
        }
        Statement statement;
        try {
            statement = PARSER.createStatement(text.text());
        }
        catch (ParsingException e) {
            Position position = text.at(e.getLineNumber(), e.getColumnNumber());
            if (e.getErrorMessage().startsWith("mismatched input ';'")) {
                problems.error(position, "the query has a ';'", "remove it: the query is one statement, without an end");
            }
            else {
                // Where a statement could begin, the parser expects some sixty words
                int expected = e.getErrorMessage().contains("'ALTER', ") ? e.getErrorMessage().indexOf(". Expecting: ") : -1;
                problems.error(
                        position,
                        "the query is not SQL: " + (expected < 0 ? e.getErrorMessage() : e.getErrorMessage().substring(0, expected)),
                        expected < 0 ? "correct it; it is read with Trino's own parser" : "begin with SELECT or WITH; it is read with Trino's own parser");
            }
            return Optional.empty();
        }
        if (!(statement instanceof Query query)) {
            problems.error(text.start(), "the query is not a query but another statement", "write one SELECT");
            return Optional.empty();
        }
        check(query);
        SourceNames.tables(query).forEach(this::addSource);
        if (sources.isEmpty() && catalogTables.isEmpty() && !problems.hasErrors()) {
            problems.error(text.start(), "the query reads no data product", "name at least one in its FROM: " + WRITE_PRODUCT);
        }
        List<Located<Source>> located = sources.entrySet().stream().map(source -> new Located<>(source.getKey(), source.getValue())).collect(toImmutableList());
        return problems.hasErrors() ? Optional.empty() : Optional.of(new SqlQuery(text, SourceNames.replaced(withoutComments(query), domain), located, catalogTables, ImmutableSet.of(), deterministic, Optional.empty()));
    }

    private static int depth(String sql)
    {
        int deepest = 0;
        int depth = 0;
        for (int index = 0; index < sql.length(); index++) {
            char character = sql.charAt(index);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /**
     * The query as Trino itself stores the one of a view. What the formatter would change stays as it is written.
     */
    private String withoutComments(Query query)
    {
        try {
            String formatted = SqlFormatter.formatSql(query);
            return PARSER.createStatement(formatted).equals(query) ? formatted : text.text();
        }
        // The formatter does not know all that the parser reads
        catch (RuntimeException _) {
            return text.text();
        }
    }

    private void check(Node node)
    {
        switch (node) {
            case Query query -> checkQuery(query);
            case TableFunctionInvocation function -> refuse(function, "the query calls the table function '%s'".formatted(function.getName()), "write what it computes as SQL; UNNEST(sequence(...)) makes rows of numbers");
            case CurrentUser _, CurrentCatalog _, CurrentSchema _, CurrentPath _ -> refuse(node, "the query depends on who reads it", "remove it: a product has the same rows for everybody, and policies decide who sees which of them");
            case AtLocal _, CurrentDate _, CurrentTime _, LocalTime _, LocalTimestamp _ -> {
                deterministic = false;
                problems.warning(position(node), "the query depends on the time zone of who reads it", "write current_timestamp AT TIME ZONE 'UTC', and take the date or the time of that");
            }
            case CurrentTimestamp _ -> deterministic = false;
            case Parameter _ -> refuse(node, "the query has a parameter", "write the value");
            case FunctionCall call -> checkFunction(call);
            default -> {}
        }
        node.getChildren().forEach(this::check);
    }

    private void checkQuery(Query query)
    {
        if (!query.getFunctions().isEmpty()) {
            refuse(query.getFunctions().getFirst(), "the query declares a function", "write what it computes where it is called");
        }
        if (!query.getSessionProperties().isEmpty()) {
            refuse(query.getSessionProperties().getFirst(), "the query sets a session property", "remove it: the session is the reader's");
        }
    }

    private void addSource(Table table)
    {
        List<String> parts = table.getName().getParts();
        if (table.getBranch().isPresent()) {
            problems.error(name(table), "the query reads a branch of '%s'".formatted(table.getName()), "read the product itself");
        }
        switch (parts.size()) {
            case 1 -> sources.putIfAbsent(new Source(domain, parts.getFirst()), name(table));
            case 2 -> sources.putIfAbsent(new Source(parts.getFirst(), parts.getLast()), name(table));
            case 3 -> addCatalogTable(table, new TrinoTable(parts.get(0), parts.get(1), parts.get(2)));
            default -> problems.error(name(table), "'%s' is not the name of a table".formatted(table.getName()), WRITE_PRODUCT);
        }
    }

    private void addCatalogTable(Table table, TrinoTable name)
    {
        Optional<String> user = users.apply(name);
        if (user.isEmpty()) {
            problems.error(
                    name(table),
                    "domain '%s' may not publish tables of schema '%s' of the Trino catalog '%s'".formatted(domain, name.schema(), name.catalog()),
                    // Whether there is such a product is told to nobody who may not know of it
                    "if you mean the data product, write %s.%s, without the catalog; or ask the platform for a grant in the Mesh document: {domain: %s, trinoCatalog: %s, schemas: [%s], runAs: ...}".formatted(name.schema(), name.table(), domain, name.catalog(), name.schema()));
            return;
        }
        catalogTables.put(name, user.get());
    }

    private void checkFunction(FunctionCall call)
    {
        List<String> parts = call.getName().getParts();
        if (parts.size() > 1) {
            refuse(call, "the query calls '%s', a function of a catalog".formatted(call.getName()), "call functions of the engine, which have one word as their name");
        }
        else if (FUNCTIONS_OF_READER.contains(parts.getFirst())) {
            refuse(call, "the query depends on who reads it", "remove " + parts.getFirst() + ": a product has the same rows for everybody");
        }
        else if (FUNCTIONS_OF_TIME.contains(parts.getFirst())) {
            deterministic = false;
        }
        else if (RANDOM_FUNCTIONS.contains(parts.getFirst())) {
            deterministic = false;
            problems.warning(position(call), "the query calls %s, so every reader gets other rows".formatted(parts.getFirst()), "compute the value from columns");
        }
    }

    /**
     * Where its name is, which is after the keyword in {@code TABLE customers}.
     */
    private Position name(Table table)
    {
        return table.getName().getOriginalParts().getFirst().getLocation().map(this::position).orElseGet(() -> position(table));
    }

    private void refuse(Node node, String message, String remedy)
    {
        problems.error(position(node), message, remedy);
    }

    private Position position(Node node)
    {
        return node.getLocation().map(this::position).orElse(text.start());
    }

    private Position position(NodeLocation location)
    {
        return text.at(location.getLineNumber(), location.getColumnNumber());
    }
}
