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
package org.trinomesh.openlineage;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * The last result of a data quality check on a dataset, by the {@code dataQualityAssertions} facet.
 *
 * @param assertion what was checked, in the words of the tool that did
 * @param name what the tool calls this one check, beside its kind
 * @param passed how many rows passed, when the tool tells
 * @param failed how many rows failed, when the tool tells
 * @param producer the tool, as it names itself
 */
public record ObservedAssertion(
        Dataset dataset,
        String assertion,
        Optional<String> name,
        Optional<String> column,
        boolean success,
        OptionalLong passed,
        OptionalLong failed,
        Optional<String> severity,
        String job,
        String runId,
        String producer,
        Instant at)
{
    public ObservedAssertion
    {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(assertion, "assertion is null");
        requireNonNull(name, "name is null");
        requireNonNull(column, "column is null");
        requireNonNull(passed, "passed is null");
        requireNonNull(failed, "failed is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(job, "job is null");
        requireNonNull(runId, "runId is null");
        requireNonNull(producer, "producer is null");
        requireNonNull(at, "at is null");
    }

    /**
     * The same of a column that is called otherwise.
     */
    public ObservedAssertion withColumn(Optional<String> column)
    {
        return column.equals(this.column) ? this : new ObservedAssertion(dataset, assertion, name, column, success, passed, failed, severity, job, runId, producer, at);
    }
}
