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
package org.trinomesh.slo;

import org.trinomesh.product.ServiceLevelObjective;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * The measurement of one objective of a data product.
 *
 * @param method by what it was measured: {@code snapshot}, {@code column bound}; empty when nothing measures it
 * @param actual the value for people; empty when it is not known
 * @param ratio the value in parts of the target, where both are numbers
 * @param evidence in plain words, without any place where data lies
 * @param snapshot the version of the table that was measured
 */
public record Measurement(
        ServiceLevelObjective objective,
        Optional<String> method,
        Optional<String> actual,
        OptionalDouble ratio,
        SloStatus status,
        Confidence confidence,
        String evidence,
        Disclosure disclosure,
        OptionalLong snapshot,
        Instant measuredAt)
{
    /**
     * The measurement to show of several: a breached one before an unknown one, and the one that is further from its target.
     */
    public static final Comparator<Measurement> WORST_LAST = comparing((Measurement measurement) -> switch (measurement.status()) {
        case MET -> 0;
        case UNKNOWN -> 1;
        case BREACHED -> 2;
    });

    public Measurement
    {
        requireNonNull(objective, "objective is null");
        requireNonNull(method, "method is null");
        requireNonNull(actual, "actual is null");
        requireNonNull(ratio, "ratio is null");
        requireNonNull(status, "status is null");
        requireNonNull(confidence, "confidence is null");
        requireNonNull(evidence, "evidence is null");
        requireNonNull(disclosure, "disclosure is null");
        requireNonNull(snapshot, "snapshot is null");
        requireNonNull(measuredAt, "measuredAt is null");
    }

    /**
     * An unknown value, for a reason that reveals nothing about the data.
     */
    public static Measurement unknown(ServiceLevelObjective objective, Optional<String> method, String evidence, Instant now)
    {
        return new Measurement(
                objective,
                method,
                Optional.empty(),
                OptionalDouble.empty(),
                SloStatus.UNKNOWN,
                Confidence.UNKNOWN,
                evidence,
                new Disclosure.Times(),
                OptionalLong.empty(),
                now);
    }

    public Measurement disclosing(Disclosure disclosure)
    {
        return new Measurement(objective, method, actual, ratio, status, confidence, evidence, disclosure, snapshot, measuredAt);
    }

    public Measurement withEvidence(String evidence)
    {
        return new Measurement(objective, method, actual, ratio, status, confidence, evidence, disclosure, snapshot, measuredAt);
    }

    /**
     * The same, with a value that does not say whether the promise is kept.
     */
    public Measurement undecided(String evidence)
    {
        return new Measurement(objective, method, actual, OptionalDouble.empty(), SloStatus.UNKNOWN, confidence, evidence, disclosure, snapshot, measuredAt);
    }

    /**
     * The measurement for those who must not know the value.
     *
     * @param statusToo whether the status would reveal the value, too
     */
    public Measurement withheld(boolean statusToo, String evidence)
    {
        return new Measurement(
                objective,
                method,
                Optional.empty(),
                OptionalDouble.empty(),
                statusToo ? SloStatus.UNKNOWN : status,
                statusToo ? Confidence.UNKNOWN : confidence,
                evidence,
                disclosure,
                // With several tables this is the one of the worst, and which table is the worst also reveals something about its values
                statusToo ? OptionalLong.empty() : snapshot,
                measuredAt);
    }
}
