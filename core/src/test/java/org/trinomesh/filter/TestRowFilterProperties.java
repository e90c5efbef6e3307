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

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands in a filter is understood or refused, and what is understood can be written down and understood again.
 */
final class TestRowFilterProperties
{
    @Property
    void testTextOfAFilterMeansTheSame(@ForAll("filters") String text)
            throws RefusedFilterException
    {
        RowFilter filter = RowFilterParser.parse(text);
        assertThat(RowFilterParser.parse(filter.toString())).isEqualTo(filter);
    }

    @Property
    void testEverythingElseIsRefused(@ForAll("garbage") String text)
    {
        assertUnderstoodOrRefused(text);
    }

    @Property
    void testAnyTextIsUnderstoodOrRefused(@ForAll String text)
    {
        assertUnderstoodOrRefused(text);
    }

    private static void assertUnderstoodOrRefused(String text)
    {
        try {
            RowFilter filter = RowFilterParser.parse(text);
            assertThat(RowFilterParser.parse(filter.toString())).isEqualTo(filter);
        }
        catch (RefusedFilterException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.remedy()).isNotBlank();
        }
    }

    @Provide
    static Arbitrary<String> filters()
    {
        return comparisons().list().ofMinSize(1).ofMaxSize(4).map(comparisons -> String.join(" and ", comparisons));
    }

    private static Arbitrary<String> comparisons()
    {
        return Arbitraries.oneOf(
                Combinators.combine(columns(), Arbitraries.of("=", "<>", "!=", "<", "<=", ">", ">="), values()).as("%s %s %s"::formatted),
                Combinators.combine(columns(), Arbitraries.of("IS NULL", "is not null")).as("%s %s"::formatted),
                Combinators.combine(columns(), values(), values()).as("%s BETWEEN %s AND %s"::formatted),
                Combinators.combine(columns(), values().list().ofMinSize(1).ofMaxSize(3)).as((column, values) -> values.stream().collect(joining(", ", column + " IN (", ")"))));
    }

    private static Arbitrary<String> columns()
    {
        Arbitrary<String> quoted = Arbitraries.strings().withChars("aB_ .\"'(=*").ofMinLength(1).ofMaxLength(5).map(name -> "\"" + name.replace("\"", "\"\"") + "\"");
        return Arbitraries.oneOf(Arbitraries.of("region", "Price", "_x", "order_id", "and", "\"not\"", "\"Select\""), quoted);
    }

    private static Arbitrary<String> values()
    {
        Arbitrary<String> texts = Arbitraries.strings().withChars("aZ0 '\"\\${}%é\n").ofMaxLength(6).map(text -> "'" + text.replace("'", "''") + "'");
        return Arbitraries.oneOf(
                Arbitraries.of("1", "-2.50", "+3e10", "TRUE", "false", "DATE '2026-01-31'", "timestamp '2026-01-31 12:00:00'", "${user}", "${ groups:region- }"),
                texts);
    }

    @Provide
    static Arbitrary<String> garbage()
    {
        List<String> tokens = List.of(
                "region",
                "\"",
                "\"a\"",
                "'",
                "''",
                "'x'",
                "1",
                "-",
                "+",
                "*",
                "/",
                "|",
                "||",
                "(",
                ")",
                ",",
                ".",
                "=",
                "<>",
                "!=",
                "<",
                ">=",
                " ",
                "\n",
                ";",
                "--",
                "AND",
                "OR",
                "NOT",
                "IN",
                "BETWEEN",
                "IS",
                "NULL",
                "LIKE",
                "EXISTS",
                "SELECT",
                "CURRENT_USER",
                "DATE",
                "TRUE",
                "lower",
                "CASE",
                "${user}",
                "${groups:",
                "${groups:r-}",
                "${",
                "}",
                "$",
                "\u0000",
                "é",
                "\uD83D");
        return Arbitraries.of(tokens).list().ofMaxSize(12).map(chosen -> String.join(chosen.size() % 2 == 0 ? " " : "", chosen));
    }
}
