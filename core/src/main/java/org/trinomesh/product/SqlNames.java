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
package org.trinomesh.product;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import org.trinomesh.text.RepeatedText;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import static java.util.Locale.ENGLISH;

/**
 * How names that people write become names in SQL.
 */
public final class SqlNames
{
    public static final String NAME_REMEDY = "write lower case letters, digits, '-' and '_', a letter first: customer-360";
    public static final Set<String> RESERVED_DOMAINS = ImmutableSet.of("system", "information_schema", "quality");

    // A refresh asks for the names of everything
    private static final CharMatcher NAME_START = CharMatcher.inRange('a', 'z');
    private static final CharMatcher NAME_PART = NAME_START.or(CharMatcher.inRange('0', '9')).or(CharMatcher.anyOf("_-")).precomputed();
    private static final Pattern COLUMN = Pattern.compile("[a-z_][a-z0-9_]*");

    private SqlNames() {}

    /**
     * The SQL name of a domain, a data product or a table, or nothing when it may not be called so.
     */
    public static Optional<String> of(String written)
    {
        return !written.isEmpty() && NAME_START.matches(written.charAt(0)) && NAME_PART.matchesAllOf(written) ? Optional.of(RepeatedText.of(written.replace('-', '_'))) : Optional.empty();
    }

    /**
     * Why a reserved name cannot be a domain's.
     */
    public static String reserved(String written)
    {
        return "'%s' is a schema that every %s has and cannot be a domain".formatted(written, written.equals("quality") ? "mesh" : "catalog");
    }

    public static Optional<String> ofColumn(String written)
    {
        String lower = written.toLowerCase(ENGLISH);
        return COLUMN.matcher(lower).matches() ? Optional.of(RepeatedText.of(lower)) : Optional.empty();
    }
}
