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
package org.trinomesh.measure;

import org.trinomesh.product.ObjectiveTarget.Count;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Measurement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Measures volume: the number of rows, by the summary of the current snapshot.
 */
final class VolumeMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> METHOD = Optional.of("snapshot summary");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        RowCounts rows = table.rows();
        if (rows.total().isEmpty()) {
            return Measurement.unknown(objective, METHOD, "the last commit does not say how many rows there are", now);
        }
        BigDecimal target = BigDecimal.valueOf(((Count) objective.value().orElseThrow()).least());
        Range count = range(rows);
        return new Measurement(
                objective,
                METHOD,
                Optional.of(count.text(Quantity::rows)),
                count.ratio(target),
                count.whenAtLeast(target),
                count.confidence(),
                count.isExact() ? "the last commit counts the rows" : "the row count of the last commit includes rows that delete files remove",
                new Disclosure.Rows(),
                table.snapshot(),
                now);
    }

    static Range range(RowCounts rows)
    {
        BigDecimal total = BigDecimal.valueOf(rows.total().orElseThrow());
        OptionalLong deleted = rows.deletedAtMost();
        return deleted.isEmpty() ? Range.atMost(total) : Range.between(total.subtract(BigDecimal.valueOf(deleted.getAsLong())).max(BigDecimal.ZERO), total);
    }
}
