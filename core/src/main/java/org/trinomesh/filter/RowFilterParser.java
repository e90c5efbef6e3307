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
package org.trinomesh.filter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.filter.RowFilter.Comparison;
import org.trinomesh.filter.RowFilter.Operator;
import org.trinomesh.filter.RowFilter.Value;
import org.trinomesh.filter.RowFilterTokens.Kind;
import org.trinomesh.filter.RowFilterTokens.Token;

import java.util.List;
import java.util.Set;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * Parses row filters: comparisons of columns with constants, joined by AND. Everything else that SQL allows is refused with
 * what to write instead, because the engine may evaluate it after a reader's own conditions.
 */
public final class RowFilterParser
{
    private static final Set<String> TYPED = ImmutableSet.of("DATE", "TIME", "TIMESTAMP", "DECIMAL", "UUID", "REAL", "DOUBLE");
    private static final String CONJUNCTION = "join comparisons with AND; a choice between columns needs a column of its own in the table";
    private static final String FORMS = "write comparisons such as region IN ('WEST', 'SOUTH') AND amount >= 10, joined by AND";

    private final RowFilterTokens tokens;

    private RowFilterParser(RowFilterTokens tokens)
    {
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    public static RowFilter parse(String text)
            throws RefusedFilterException
    {
        return new RowFilterParser(new RowFilterTokens(text)).filter();
    }

    private RowFilter filter()
            throws RefusedFilterException
    {
        ImmutableList.Builder<Comparison> comparisons = ImmutableList.builder();
        comparisons.add(comparison());
        while (tokens.takeIf("AND")) {
            comparisons.add(comparison());
        }
        if (tokens.peek().is("OR")) {
            throw new RefusedFilterException("OR is not allowed in a row filter", "write IN (...) for several values of one column; " + CONJUNCTION);
        }
        if (tokens.peek().kind() != Kind.END) {
            throw new RefusedFilterException("'%s' is not expected here in a row filter".formatted(tokens.peek().text()), FORMS);
        }
        return new RowFilter(comparisons.build());
    }

    private Comparison comparison()
            throws RefusedFilterException
    {
        String column = column();
        Token operator = tokens.take();
        if (operator.is("IS")) {
            boolean negated = tokens.takeIf("NOT");
            expect("NULL");
            return new Comparison(column, negated ? Operator.IS_NOT_NULL : Operator.IS_NULL, ImmutableList.of());
        }
        if (operator.is("IN")) {
            return new Comparison(column, Operator.IN, values());
        }
        if (operator.is("BETWEEN")) {
            Value from = value();
            expect("AND");
            return new Comparison(column, Operator.BETWEEN, ImmutableList.of(from, value()));
        }
        if (operator.is("NOT")) {
            throw new RefusedFilterException("NOT %s is not allowed in a row filter".formatted(tokens.peek().text()), "list the values that may be seen: %s IN (...). EXPLAIN would show readers a list of the values that may not be seen".formatted(column));
        }
        if (operator.is("LIKE")) {
            throw new RefusedFilterException("LIKE is not allowed in a row filter", "compare with >= and <, or list the values with IN");
        }
        return new Comparison(column, operator(operator), ImmutableList.of(value()));
    }

    private String column()
            throws RefusedFilterException
    {
        Token token = tokens.take();
        if (token.is("NOT") || token.is("EXISTS") || token.is("(")) {
            throw new RefusedFilterException("'%s' is not allowed here in a row filter".formatted(token.text()), FORMS);
        }
        if ((token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) || token.text().equals("\"\"")) {
            throw new RefusedFilterException("a row filter begins a comparison with a column, not with %s".formatted(token.text()), FORMS);
        }
        if (tokens.peek().is("(")) {
            throw new RefusedFilterException("functions such as %s are not allowed in a row filter".formatted(token.text()), "compare the column itself, or put the result into a column of the table");
        }
        if (tokens.peek().is(".")) {
            throw new RefusedFilterException("fields inside a column are not allowed in a row filter", "compare top-level columns only");
        }
        String name = token.kind() == Kind.QUOTED ? token.text().substring(1, token.text().length() - 1).replace("\"\"", "\"") : token.text();
        return name.toLowerCase(ENGLISH);
    }

    private static Operator operator(Token token)
            throws RefusedFilterException
    {
        return switch (token.text()) {
            case "=" -> Operator.EQUAL;
            case "<>", "!=" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS_THAN;
            case "<=" -> Operator.AT_MOST;
            case ">" -> Operator.GREATER_THAN;
            case ">=" -> Operator.AT_LEAST;
            case "+", "-", "*", "/", "|" -> throw new RefusedFilterException("arithmetic is not allowed in a row filter", "compare the column itself with a constant");
            default -> throw new RefusedFilterException("'%s' is not a comparison".formatted(token.text()), FORMS);
        };
    }

    private List<Value> values()
            throws RefusedFilterException
    {
        expect("(");
        if (tokens.peek().is("SELECT")) {
            throw new RefusedFilterException("a subquery is not allowed in a row filter", "list the values with IN, or give people groups and write IN (${groups:region-})");
        }
        ImmutableList.Builder<Value> values = ImmutableList.builder();
        values.add(value());
        while (tokens.takeIf(",")) {
            values.add(value());
        }
        expect(")");
        return values.build();
    }

    private Value value()
            throws RefusedFilterException
    {
        Token token = tokens.take();
        Value value = switch (token.kind()) {
            case STRING -> new Value.Constant(unquoted(token.text()));
            case NUMBER -> new Value.Constant(token.text());
            case VARIABLE -> variable(token.text());
            case WORD -> word(token);
            case QUOTED -> throw new RefusedFilterException("%s is a column, and a column is compared with constants".formatted(token.text()), "write texts in single quotes");
            case SYMBOL, END -> throw new RefusedFilterException("a constant is missing before %s".formatted(token.text()), FORMS);
        };
        if (ImmutableSet.of("+", "-", "*", "/", "|").contains(tokens.peek().text())) {
            throw new RefusedFilterException("arithmetic is not allowed in a row filter", "write the result as a constant");
        }
        return value;
    }

    private Value word(Token token)
            throws RefusedFilterException
    {
        if (token.is("TRUE") || token.is("FALSE")) {
            return new Value.Constant(token.text().toLowerCase(ENGLISH));
        }
        if (TYPED.contains(token.text().toUpperCase(ENGLISH)) && tokens.peek().kind() == Kind.STRING) {
            return new Value.Constant(unquoted(tokens.take().text()));
        }
        if (token.is("NULL")) {
            throw new RefusedFilterException("a comparison with NULL is never true", "write IS NULL or IS NOT NULL");
        }
        if (token.is("CURRENT_USER")) {
            throw new RefusedFilterException("CURRENT_USER is not allowed in a row filter", "write ${user}");
        }
        if (tokens.peek().is("(")) {
            throw new RefusedFilterException("functions such as %s are not allowed in a row filter".formatted(token.text()), "write the result as a constant");
        }
        throw new RefusedFilterException("'%s' is not a constant".formatted(token.text()), "write texts in single quotes; a column is compared with constants only");
    }

    private static Value variable(String text)
            throws RefusedFilterException
    {
        String name = text.substring(2, text.length() - 1).strip();
        if (name.equals("user")) {
            return new Value.UserName();
        }
        if (name.startsWith("groups:") && name.length() > "groups:".length()) {
            return new Value.GroupSuffixes(name.substring("groups:".length()));
        }
        throw new RefusedFilterException("%s is not known".formatted(text), "write ${user} for the user's name, or ${groups:region-} for what follows region- in the names of the user's groups");
    }

    private static String unquoted(String text)
    {
        return text.substring(1, text.length() - 1).replace("''", "'");
    }

    private void expect(String word)
            throws RefusedFilterException
    {
        Token token = tokens.take();
        if (!token.is(word)) {
            throw new RefusedFilterException("'%s' is missing before %s".formatted(word, token.text()), FORMS);
        }
    }
}
