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

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * A result of a quality check that a requester may know of. It always contains the numbers of rows, which only readers of
 * everything may see.
 *
 * @param rule the product's own rule that was checked
 * @param assertion what was checked, as far as the requester may read it
 * @param table the table of the rule, as SQL selects it
 * @param column the promised column that it is about; empty for none or several
 * @param path the column, field inside a column, or columns that it is about
 * @param success empty where it would tell of rows or values that are kept from the requester
 * @param severity how bad a failure is, as far as the requester may read it
 */
public record VisibleQualityResult(
        VisibleProduct visible,
        Optional<String> rule,
        Optional<String> assertion,
        Optional<String> table,
        Optional<String> column,
        Optional<String> path,
        OptionalLong passed,
        OptionalLong failed,
        Optional<Boolean> success,
        Optional<String> severity,
        Optional<String> runId,
        Optional<String> job,
        String producer,
        Instant at)
        implements ProductFact
{
    public VisibleQualityResult
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(assertion, "assertion is null");
        requireNonNull(table, "table is null");
        requireNonNull(column, "column is null");
        requireNonNull(path, "path is null");
        requireNonNull(passed, "passed is null");
        requireNonNull(failed, "failed is null");
        requireNonNull(success, "success is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(job, "job is null");
        requireNonNull(producer, "producer is null");
        requireNonNull(at, "at is null");
    }

    /**
     * The share of the rows that passed.
     */
    public Optional<Double> ratio()
    {
        if (passed.isEmpty() || failed.isEmpty()) {
            return Optional.empty();
        }
        double checked = (double) passed.getAsLong() + failed.getAsLong();
        return checked > 0 ? Optional.of(passed.getAsLong() / checked) : Optional.empty();
    }
}
