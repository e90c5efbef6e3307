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
 * What was found out about one objective of a data product.
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
     * The one to tell of several: what is broken before what is not known, and the one that is further from its target.
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
     * Nothing is known, for a reason that tells nothing of the data.
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
     * What those may know who must not know the value.
     *
     * @param statusToo whether the status would tell it, too
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
                // Of several tables it is that of the worst, and which one that is tells of values, too
                statusToo ? OptionalLong.empty() : snapshot,
                measuredAt);
    }
}
