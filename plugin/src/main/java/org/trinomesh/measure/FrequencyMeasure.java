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

import org.trinomesh.product.ObjectiveTarget.Span;
import org.trinomesh.product.ServiceLevelObjective;
import org.trinomesh.slo.Disclosure;
import org.trinomesh.slo.Measurement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Measures frequency: the time between the last two commits that changed data, or since the last one if that is longer.
 */
final class FrequencyMeasure
        implements ObjectiveMeasure
{
    private static final Optional<String> METHOD = Optional.of("snapshot");

    @Override
    public Measurement measure(ServiceLevelObjective objective, MeasuredTable table, Instant now)
    {
        List<Commit> commits = table.history().dataCommits();
        if (commits.isEmpty()) {
            return Measurement.unknown(objective, METHOD, "no commit has changed data yet", now);
        }
        Duration since = Duration.between(commits.getFirst().at(), now);
        Duration longest = since.isNegative() ? Duration.ZERO : since;
        boolean alone = commits.size() == 1;
        if (!alone) {
            Duration between = Duration.between(commits.get(1).at(), commits.getFirst().at());
            longest = between.compareTo(longest) > 0 ? between : longest;
        }
        // The snapshot before may have expired
        boolean known = !alone || !table.history().isTruncated();
        Range range = known ? Range.exactly(Quantity.millis(longest)) : Range.atLeast(Quantity.millis(longest));
        BigDecimal target = Quantity.millis(((Span) objective.value().orElseThrow()).duration());
        return new Measurement(
                objective,
                METHOD,
                Optional.of(range.text(Quantity::time)),
                range.ratio(target),
                range.whenAtMost(target),
                range.confidence(),
                "data was last changed at " + commits.getFirst().at() + (alone ? "" : ", and before that at " + commits.get(1).at()),
                new Disclosure.Times(),
                table.snapshot(),
                now);
    }
}
