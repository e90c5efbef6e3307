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

import org.trinomesh.problem.Position;

import java.util.List;
import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A data quality rule of a product, after validation.
 *
 * @param name its name, which is unique within the product
 * @param check the word its author used: {@code unique}, {@code regex}, {@code nullValues}, ...
 * @param table the table of the product it is about, by the name of {@link ProductTable}
 * @param condition what is counted
 * @param threshold what the counted number must be
 */
public record QualityRule(
        String name,
        String check,
        Optional<String> description,
        String table,
        QualityCondition condition,
        QualityThreshold threshold,
        Optional<String> dimension,
        Optional<String> severity,
        Origin origin,
        Position position)
{
    public enum Origin
    {
        /**
         * Somebody wrote the rule.
         */
        WRITTEN,
        /**
         * It follows from what is promised of a column: that it is never empty, or that no two rows have the same value.
         */
        GENERATED;

        @Override
        public String toString()
        {
            return name().toLowerCase(ENGLISH);
        }
    }

    public QualityRule
    {
        requireNonNull(name, "name is null");
        requireNonNull(check, "check is null");
        requireNonNull(description, "description is null");
        requireNonNull(table, "table is null");
        requireNonNull(condition, "condition is null");
        requireNonNull(threshold, "threshold is null");
        requireNonNull(dimension, "dimension is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(position, "position is null");
    }

    /**
     * The columns it reads; none for a rule that only counts rows, or whose query is not known.
     */
    public List<String> columns()
    {
        return condition.columns();
    }
}
