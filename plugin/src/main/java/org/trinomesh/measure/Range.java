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

import org.trinomesh.slo.Confidence;
import org.trinomesh.slo.SloStatus;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.slo.SloStatus.BREACHED;
import static org.trinomesh.slo.SloStatus.MET;
import static org.trinomesh.slo.SloStatus.UNKNOWN;

/**
 * The range in which a value lies: one point if the value is known exactly. A status is only decided if all values of the
 * range lead to the same status.
 */
record Range(Optional<BigDecimal> low, Optional<BigDecimal> high)
{
    Range
    {
        requireNonNull(low, "low is null");
        requireNonNull(high, "high is null");
        checkArgument(low.isPresent() || high.isPresent(), "nothing is known");
        checkArgument(low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) <= 0, "low is above high: %s, %s", low, high);
    }

    static Range exactly(BigDecimal value)
    {
        return new Range(Optional.of(value), Optional.of(value));
    }

    static Range between(BigDecimal low, BigDecimal high)
    {
        return new Range(Optional.of(low), Optional.of(high));
    }

    static Range atLeast(BigDecimal low)
    {
        return new Range(Optional.of(low), Optional.empty());
    }

    static Range atMost(BigDecimal high)
    {
        return new Range(Optional.empty(), Optional.of(high));
    }

    boolean isExact()
    {
        return low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) == 0;
    }

    Confidence confidence()
    {
        return isExact() ? Confidence.EXACT : Confidence.BOUND;
    }

    SloStatus whenAtMost(BigDecimal target)
    {
        if (high.filter(value -> value.compareTo(target) <= 0).isPresent()) {
            return MET;
        }
        return low.filter(value -> value.compareTo(target) > 0).isPresent() ? BREACHED : UNKNOWN;
    }

    SloStatus whenAtLeast(BigDecimal target)
    {
        if (low.filter(value -> value.compareTo(target) >= 0).isPresent()) {
            return MET;
        }
        return high.filter(value -> value.compareTo(target) < 0).isPresent() ? BREACHED : UNKNOWN;
    }

    OptionalDouble ratio(BigDecimal target)
    {
        return isExact() && target.signum() > 0 ? OptionalDouble.of(low.orElseThrow().doubleValue() / target.doubleValue()) : OptionalDouble.empty();
    }

    String text(Function<BigDecimal, String> form)
    {
        if (isExact()) {
            return form.apply(low.orElseThrow());
        }
        if (low.isEmpty()) {
            return "at most " + form.apply(high.orElseThrow());
        }
        return high.map(value -> form.apply(low.orElseThrow()) + " to " + form.apply(value)).orElseGet(() -> "at least " + form.apply(low.orElseThrow()));
    }
}
