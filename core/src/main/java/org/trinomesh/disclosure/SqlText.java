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
package org.trinomesh.disclosure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Locale.ENGLISH;

/**
 * The names in a query that somebody wrote down. It is not a parser: it finds too many names rather than too few, and
 * callers treat an unknown name as one that must not be shown.
 *
 * @param words everything that may be a name, also inside comments and texts
 * @param tables the dotted names that stand where tables stand, without those that the query defines itself
 * @param query whether it begins as a query does
 */
record SqlText(Set<String> words, Set<List<String>> tables, boolean query)
{
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern TOKEN = Pattern.compile("--[^\\n]*|/\\*.*?\\*/|'[^']*+(?:''[^']*+)*+'|\"[^\"]*+(?:\"\"[^\"]*+)*+\"|[\\p{L}_][\\p{L}\\p{N}_]*|\\S", Pattern.DOTALL);
    private static final Set<String> BEGINNINGS = ImmutableSet.of("select", "with", "table", "values", "describe", "show", "explain", "(");
    private static final Set<String> BEFORE_TABLES = ImmutableSet.of("from", "join", "table", "describe", "into", "update");
    private static final Set<String> BEFORE_SHOWN = ImmutableSet.of("for", "in");
    private static final Set<String> AFTER_TABLES = ImmutableSet.of("select", "where", "group", "order", "having", "limit", "offset", "fetch", "union", "intersect", "except", "window");
    private static final Set<String> CONDITIONS = ImmutableSet.of("on", "using");

    SqlText
    {
        words = ImmutableSet.copyOf(words);
        tables = ImmutableSet.copyOf(tables);
    }

    static SqlText of(String sql)
    {
        Set<String> words = WORD.matcher(sql.toLowerCase(ENGLISH)).results().map(MatchResult::group).collect(toImmutableSet());
        List<String> tokens = TOKEN.matcher(sql).results()
                .map(MatchResult::group)
                .filter(token -> !token.startsWith("--") && !token.startsWith("/*"))
                .collect(toImmutableList());
        return new SqlText(words, tables(tokens), !tokens.isEmpty() && BEGINNINGS.contains(tokens.getFirst().toLowerCase(ENGLISH)));
    }

    private static Set<List<String>> tables(List<String> tokens)
    {
        ImmutableSet.Builder<List<String>> tables = ImmutableSet.builder();
        // For each parenthesis that is open, whether tables are listed in it
        List<Boolean> listing = new ArrayList<>(List.of(false));
        boolean expected = false;
        boolean shows = !tokens.isEmpty() && tokens.getFirst().equalsIgnoreCase("show");
        for (int index = 0; index < tokens.size(); index++) {
            String token = tokens.get(index).toLowerCase(ENGLISH);
            if (BEFORE_TABLES.contains(token) || (shows && BEFORE_SHOWN.contains(token))) {
                expected = true;
                listing.set(listing.size() - 1, true);
            }
            else if (CONDITIONS.contains(token)) {
                // A comma after it begins the next table
                expected = false;
            }
            else if (AFTER_TABLES.contains(token)) {
                expected = false;
                listing.set(listing.size() - 1, false);
            }
            else if (token.equals("(")) {
                // Tables joined in parentheses, or a query, which says so
                listing.add(expected);
            }
            else if (token.equals(")")) {
                if (listing.size() > 1) {
                    listing.removeLast();
                }
                expected = false;
            }
            else if (token.equals(",")) {
                expected = listing.getLast();
            }
            else if (isName(token)) {
                int end = index;
                ImmutableList.Builder<String> name = ImmutableList.<String>builder().add(name(token));
                while (end + 2 < tokens.size() && tokens.get(end + 1).equals(".") && isName(tokens.get(end + 2))) {
                    end += 2;
                    name.add(name(tokens.get(end)));
                }
                index = end;
                boolean function = end + 1 < tokens.size() && tokens.get(end + 1).equals("(");
                List<String> parts = name.build();
                if (expected && !function && !(parts.size() == 1 && isDefined(tokens, parts.getFirst()))) {
                    tables.add(parts);
                }
                expected = false;
            }
        }
        return tables.build();
    }

    /**
     * Whether the query gives a query of its own this name: {@code WITH name AS (}.
     */
    private static boolean isDefined(List<String> tokens, String name)
    {
        for (int index = 1; index + 2 < tokens.size(); index++) {
            String before = tokens.get(index - 1);
            if (isName(tokens.get(index)) && name(tokens.get(index)).equals(name) && (before.equalsIgnoreCase("with") || before.equalsIgnoreCase("recursive") || before.equals(",")) &&
                    (tokens.get(index + 1).equals("(") || (tokens.get(index + 1).equalsIgnoreCase("as") && tokens.get(index + 2).equals("(")))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(String token)
    {
        return token.startsWith("\"") || WORD.matcher(token).matches();
    }

    private static String name(String token)
    {
        String written = token.startsWith("\"") ? token.substring(1, token.length() - 1).replace("\"\"", "\"") : token;
        return written.toLowerCase(ENGLISH);
    }
}
