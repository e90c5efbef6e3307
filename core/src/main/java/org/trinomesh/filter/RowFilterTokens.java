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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Locale.ENGLISH;

/**
 * The words and signs of a row filter, taken one after the other. After the last one, every further call returns the end. Not
 * safe for use by several threads.
 */
final class RowFilterTokens
{
    // Without a group that repeats, which would take stack for each character: texts end where endOfQuoted says
    private static final Pattern TOKEN = Pattern.compile(
            """
            \\s*(?:(?<variable>\\$\\{[^}]*})|(?<string>'[^']*')|(?<number>[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)\
            |(?<quoted>"[^"]*")|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<symbol><>|!=|<=|>=|[=<>(),.+*/|-]|.))""",
            Pattern.DOTALL);

    private final ImmutableList<Token> tokens;
    private int next;

    enum Kind
    {
        VARIABLE,
        STRING,
        NUMBER,
        QUOTED,
        WORD,
        SYMBOL,
        END,
    }

    record Token(Kind kind, String text)
    {
        boolean is(String word)
        {
            return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
        }
    }

    RowFilterTokens(String text)
    {
        ImmutableList.Builder<Token> tokens = ImmutableList.builder();
        String filter = text.strip();
        Matcher matcher = TOKEN.matcher(filter);
        while (matcher.lookingAt() && matcher.end() > matcher.start()) {
            int end = matcher.end();
            for (Kind kind : Kind.values()) {
                if (kind != Kind.END && matcher.group(kind.name().toLowerCase(ENGLISH)) != null) {
                    end = kind == Kind.STRING || kind == Kind.QUOTED ? endOfQuoted(filter, end) : end;
                    tokens.add(new Token(kind, filter.substring(matcher.start(kind.name().toLowerCase(ENGLISH)), end)));
                }
            }
            matcher.region(end, matcher.regionEnd());
        }
        tokens.add(new Token(Kind.END, "the end"));
        this.tokens = tokens.build();
    }

    /**
     * Two quotes in a row are one quote inside.
     *
     * @param end after the first quote that may be the last
     */
    private static int endOfQuoted(String filter, int end)
    {
        char quote = filter.charAt(end - 1);
        while (end < filter.length() && filter.charAt(end) == quote) {
            int next = filter.indexOf(quote, end + 1);
            if (next < 0) {
                break;
            }
            end = next + 1;
        }
        return end;
    }

    Token peek()
    {
        return tokens.get(next);
    }

    Token take()
    {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    boolean takeIf(String word)
    {
        if (peek().is(word)) {
            next++;
            return true;
        }
        return false;
    }
}
