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
package org.trinomesh.validation;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks, without a grammar, whether a query that somebody wrote stays one query when it is put in parentheses.
 */
public final class QueryText
{
    private static final Pattern BEGINNING = Pattern.compile("(?is)(select|with)\\b.*");

    private final String text;
    private int at;

    private QueryText(String text)
    {
        this.text = text;
    }

    /**
     * What is wrong with it, if anything.
     */
    public static Optional<String> problem(String sql)
    {
        if (!BEGINNING.matcher(sql.strip()).matches()) {
            return Optional.of("it does not begin with SELECT");
        }
        return new QueryText(sql).problem();
    }

    private Optional<String> problem()
    {
        int depth = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            at++;
            switch (character) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ';' -> {
                    return Optional.of("it has a ';'");
                }
                case '\'', '"' -> {
                    if (!skipBehind(String.valueOf(character))) {
                        return Optional.of("a quote is not closed");
                    }
                }
                case '-', '/' -> {
                    // A comment could hide the text after the query
                    if (at < text.length() && text.charAt(at) == (character == '-' ? '-' : '*')) {
                        return Optional.of("it has a comment");
                    }
                }
                default -> {}
            }
            if (depth < 0) {
                return Optional.of("a parenthesis is closed that was not opened");
            }
        }
        return depth == 0 ? Optional.empty() : Optional.of("a parenthesis is not closed");
    }

    private boolean skipBehind(String quote)
    {
        int end = text.indexOf(quote, at);
        at = end + 1;
        return end >= 0;
    }
}
