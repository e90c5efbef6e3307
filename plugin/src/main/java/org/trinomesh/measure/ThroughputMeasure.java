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

import org.trinomesh.product.ObjectiveTarget.Rate;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Measurement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;

/**
 * Measures throughput: how many rows commits added within the last time span of the target.
 */
final class ThroughputMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> METHOD = Optional.of("snapshot summary");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        Rate rate = (Rate) objective.value().orElseThrow();
        Instant since = now.minus(rate.per());
        TableHistory history = table.history();
        List<Commit> commits = history.dataCommits().stream().filter(commit -> commit.at().isAfter(since)).collect(toImmutableList());
        BigDecimal added = BigDecimal.valueOf(commits.stream().mapToLong(commit -> commit.addedRows().orElse(0)).sum());
        boolean silent = commits.stream().anyMatch(commit -> commit.addedRows().isEmpty());
        boolean expired = history.isTruncated() && history.commits().getLast().at().isAfter(since);
        Range range = silent || expired ? Range.atLeast(added) : Range.exactly(added);
        BigDecimal target = BigDecimal.valueOf(rate.least());
        return new Measurement(
                objective,
                METHOD,
                Optional.of(range.text(Quantity::rows) + " in " + Quantity.time(Quantity.millis(rate.per()))),
                range.ratio(target),
                range.whenAtLeast(target),
                range.confidence(),
                commits.size() + " commits of data since " + since + (expired ? "; snapshots of that time have expired" : silent ? "; not all say how many rows they add" : ""),
                new Disclosure.Rows(),
                table.snapshot(),
                now);
    }
}
