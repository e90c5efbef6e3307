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
package org.trinomesh.mask;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The masks that policies can name, the strictest first: the parameters that each one takes, and what it returns as the manual
 * says it.
 */
public enum MaskAction
{
    REPLACE_WITH_NULL("replace-with-null", "NULL"),
    MASK_TO_FIXED_VALUE("mask-to-fixed-value", "One constant for each type: `****`, `0`, `false`, `1970-01-01`, an empty array or map; of a row, the constant of each field"),
    SHA_256_QUERY_LOCAL("sha-256-query-local", "A keyed hash that is the same for equal values within one query only, so that joins work and later queries cannot be linked. Each domain has its own hashes, except for columns of an identifier type", "keys"),
    TOKENIZE("tokenize", "A keyed pseudonym of the identifier type: the same in every product, every query and every type, so that joins across domains work", "identifier", "keyVersion", "keys"),
    SHA_256_GLOBAL("sha-256-global", "A keyed hash that is the same for equal values in every query. Each domain has its own hashes, except for columns of an identifier type", "keys"),
    MASK_ALPHANUM("mask-alphanum", "The text with its letters and digits replaced: `Mia 7` becomes `Xxx n`"),
    EMAIL_DOMAIN("email-domain", "What follows the last `@`, as far as it is a host name: `****@example.com`"),
    SHOW_FIRST_4("show-first-4", "The first four characters of a value that is longer than eight: `1234****`; of a shorter value `****`"),
    SHOW_LAST_4("show-last-4", "The last four characters of a value that is longer than eight: `****5678`; of a shorter value `****`"),
    GENERALISE("generalise", "The group of the value: the text that `values` has for it, else `otherwise`; its first `prefix` characters; or the lower bound of its range in `ranges`", "values", "otherwise", "prefix", "ranges"),
    BUCKET("bucket", "The number, or the days of a date, rounded towards zero to a multiple of `width`: with `width: 10`, 47 becomes 40", "width"),
    TRUNCATE_TO_YEAR("truncate-to-year", "The first day or moment of the year"),
    TRUNCATE_TO_MONTH("truncate-to-month", "The first day or moment of the month"),
    TRUNCATE_TO_DAY("truncate-to-day", "The first moment of the day"),
    ROW_FIELDS("row-fields", "A row in which each field has the mask that `fields` has for it, or `clear`; a field that is not listed becomes NULL", "fields", "keys");

    private final String action;
    private final String returns;
    private final List<String> parameters;

    MaskAction(String action, String returns, String... parameters)
    {
        this.action = requireNonNull(action, "action is null");
        this.returns = requireNonNull(returns, "returns is null");
        this.parameters = ImmutableList.copyOf(parameters);
    }

    /**
     * The name by which policies call it.
     */
    public String action()
    {
        return action;
    }

    /**
     * What readers get instead of the value, in Markdown.
     */
    public String returns()
    {
        return returns;
    }

    /**
     * The keys that may stand beside {@code action}.
     */
    public List<String> parameters()
    {
        return parameters;
    }

    public static Optional<MaskAction> named(String action)
    {
        return Stream.of(values()).filter(candidate -> candidate.action.equals(action)).findFirst();
    }

    public static List<String> actions()
    {
        return Stream.of(values()).map(MaskAction::action).collect(toImmutableList());
    }
}
