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
package org.trinomesh.quality;

import org.trinomesh.product.QualityCondition;
import org.trinomesh.product.QualityRule;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * The result of a rule that the manifests of a table answer.
 *
 * @param passed rows that pass; empty for a rule about the number of rows
 */
public record ManifestResult(OptionalLong passed, OptionalLong failed, boolean success)
{
    public ManifestResult
    {
        requireNonNull(passed, "passed is null");
        requireNonNull(failed, "failed is null");
    }

    /**
     * Whether manifests count what the rule does.
     */
    public static boolean isCounted(QualityRule rule)
    {
        return rule.condition() instanceof QualityCondition.NullValues || rule.condition() instanceof QualityCondition.RowCount;
    }

    public static Optional<ManifestResult> of(QualityRule rule, TableCounts counts)
    {
        return switch (rule.condition()) {
            case QualityCondition.NullValues(String column) -> Optional.ofNullable(counts.nulls().get(column))
                    .map(nulls -> new ManifestResult(OptionalLong.of(counts.rows() - nulls), OptionalLong.of(nulls), rule.threshold().isKept(nulls, counts.rows())));
            case QualityCondition.RowCount _ -> Optional.of(new ManifestResult(OptionalLong.empty(), OptionalLong.empty(), rule.threshold().isKept(counts.rows(), counts.rows())));
            case QualityCondition.MissingValues _, QualityCondition.InvalidValues _, QualityCondition.DuplicateValues _, QualityCondition.Query _, QualityCondition.Elsewhere _ -> Optional.empty();
        };
    }
}
