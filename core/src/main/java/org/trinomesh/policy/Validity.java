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
package org.trinomesh.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;

/**
 * The days on which a rule holds, both included, in UTC.
 */
public record Validity(Optional<LocalDate> from, Optional<LocalDate> until)
{
    public static final Validity ALWAYS = new Validity(Optional.empty(), Optional.empty());

    public Validity
    {
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
    }

    public boolean holds(Instant now)
    {
        return hasBegun(now) && !isOver(now);
    }

    public boolean hasBegun(Instant now)
    {
        return from.map(Validity::start).filter(start -> start.isAfter(now)).isEmpty();
    }

    public boolean isOver(Instant now)
    {
        return until.map(last -> start(last.plusDays(1))).filter(end -> !end.isAfter(now)).isPresent();
    }

    /**
     * The moments at which the answer changes.
     */
    public Stream<Instant> changes()
    {
        return Stream.concat(from.map(Validity::start).stream(), until.map(last -> start(last.plusDays(1))).stream());
    }

    public static Instant start(LocalDate day)
    {
        return day.atStartOfDay(UTC).toInstant();
    }

    /**
     * Whether it includes all days of another one.
     */
    public boolean covers(Validity other)
    {
        boolean begins = from.isEmpty() || other.from.filter(day -> !day.isBefore(from.get())).isPresent();
        boolean ends = until.isEmpty() || other.until.filter(day -> !day.isAfter(until.get())).isPresent();
        return begins && ends;
    }
}
