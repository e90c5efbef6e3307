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
package org.trinomesh.cli;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * The result of one rule, from a quality view.
 *
 * @param table the table in SQL, without its domain
 * @param columns the columns that are checked, separated by commas
 * @param passed whether the rule is kept; empty when it has no result, for which the note has the reason
 */
record RuleResult(
        CheckedProduct product,
        String table,
        String rule,
        String check,
        Optional<String> columns,
        Optional<String> severity,
        OptionalLong rows,
        OptionalLong failed,
        Optional<Double> ratio,
        Optional<String> threshold,
        Optional<Boolean> passed,
        Optional<String> note)
{
    RuleResult
    {
        requireNonNull(product, "product is null");
        requireNonNull(table, "table is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(check, "check is null");
        requireNonNull(columns, "columns is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(rows, "rows is null");
        requireNonNull(failed, "failed is null");
        requireNonNull(ratio, "ratio is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(passed, "passed is null");
        requireNonNull(note, "note is null");
    }

    boolean isFailure()
    {
        return passed.isPresent() && !passed.orElseThrow();
    }

    /**
     * In one or a few words, for people.
     */
    String words()
    {
        return passed.map(kept -> kept ? "passed" : "failed").orElseGet(() -> "not checked" + note.map(reason -> ": " + reason).orElse(""));
    }
}
