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
package org.trinomesh.conformance;

import org.trinomesh.product.Domain;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;

/**
 * The time that the checks of a mesh may take before it is published without the unfinished ones. Each domain has a share of
 * the time, so that slow checks take only products of their own domain out of service.
 */
public final class CheckTimes
{
    // The first evaluations of a process are slow
    private static final Duration EACH_PRODUCT = Duration.ofMillis(5);

    private final Optional<Long> end;
    private final Optional<Duration> domain;
    private final boolean growing;
    private final boolean last;
    // The domains of a mesh are compiled side by side
    private final Map<String, Long> used = new ConcurrentHashMap<>();

    /**
     * @param growing whether a domain with many products has more time
     */
    private CheckTimes(Optional<Duration> all, Optional<Duration> domain, boolean growing, boolean last)
    {
        this.end = requireNonNull(all, "all is null").map(duration -> System.nanoTime() + duration.toNanos());
        this.domain = requireNonNull(domain, "domain is null");
        this.growing = growing;
        this.last = last;
    }

    /**
     * For callers that wait for all checks, such as the command line.
     */
    public static CheckTimes unlimited()
    {
        return new CheckTimes(Optional.empty(), Optional.empty(), true, true);
    }

    /**
     * The times while nothing is served yet.
     */
    public static CheckTimes ofStart()
    {
        return new CheckTimes(Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofSeconds(5)), true, false);
    }

    /**
     * The times while people wait for a change, above all for a revocation. Authors choose the number of their products, which
     * must not make others wait longer.
     */
    public static CheckTimes ofReload()
    {
        return new CheckTimes(Optional.of(Duration.ofSeconds(2)), Optional.of(Duration.ofMillis(500)), false, false);
    }

    /**
     * The times while the mesh is already published. After the last round nothing is left to evaluate.
     */
    public static CheckTimes ofRound(int round)
    {
        return switch (round) {
            case 0 -> new CheckTimes(Optional.empty(), Optional.of(Duration.ofSeconds(2)), true, false);
            case 1 -> new CheckTimes(Optional.empty(), Optional.of(Duration.ofSeconds(8)), true, false);
            default -> new CheckTimes(Optional.empty(), Optional.of(Duration.ofSeconds(30)), true, true);
        };
    }

    /**
     * The times for callers that only take over previous results.
     */
    public static CheckTimes none()
    {
        return new CheckTimes(Optional.of(Duration.ZERO), Optional.empty(), false, false);
    }

    public interface Timed<T>
    {
        T run(CheckTime time);
    }

    /**
     * Runs the checks of one product, which use up the time of its domain.
     */
    public <T> T run(Domain of, Timed<T> checks)
    {
        long start = System.nanoTime();
        T result = checks.run(time(of, start));
        used.merge(of.name(), System.nanoTime() - start, Long::sum);
        return result;
    }

    private CheckTime time(Domain of, long start)
    {
        Optional<Long> ofDomain = domain.map(duration -> start + duration.plus(growing ? EACH_PRODUCT.multipliedBy(of.products().size()) : Duration.ZERO).toNanos() - used.getOrDefault(of.name(), 0L));
        if (end.isPresent() && (ofDomain.isEmpty() || end.get() - ofDomain.get() < 0)) {
            return new CheckTime(end.get(), last);
        }
        return ofDomain.map(deadline -> new CheckTime(deadline, last)).orElseGet(CheckTime::unlimited);
    }
}
