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

import org.trinomesh.text.Spelling;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Locale.ENGLISH;

/**
 * The kind of an objective, with the names that people and the standards use for it.
 */
public enum ObjectiveKind
{
    FRESHNESS("write an age: 15m, 4h, 1 day or PT4H", "freshness", "latency"),
    COMPLETENESS("write a share: 99.5%", "completeness"),
    ACCURACY("write a share: 99.9%", "accuracy"),
    AVAILABILITY("write a share: 99.9%", "availability", "uptime"),
    VOLUME("write the least number of rows: 1000 rows", "volume", "rowcount", "numberofrows"),
    SCHEDULE("write the time of day and its zone: 06:00 Europe/Berlin", "schedule", "timeofavailability"),
    RETENTION("write how far back the data goes: 2 years, 730d or P2Y", "retention"),
    THROUGHPUT("write rows per time: 1000 rows/h", "throughput"),
    FREQUENCY("write the time between two commits of data: 1h, 1 day or PT1H", "frequency", "updatefrequency"),
    /**
     * Any other objective: it is shown as written, and not measured.
     */
    UNKNOWN("");

    private final String remedy;
    private final Set<String> names;

    ObjectiveKind(String remedy, String... names)
    {
        this.remedy = remedy;
        this.names = Set.of(names);
    }

    /**
     * The kind of an objective by its name, whichever way the words are put together: {@code timeOfAvailability},
     * {@code time-of-availability}.
     */
    public static ObjectiveKind of(String name)
    {
        String plain = name.replaceAll("[-_ ]", "").toLowerCase(ENGLISH);
        return Arrays.stream(values())
                .filter(kind -> kind.names.contains(plain))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /**
     * The name that was probably meant by one that is not known; empty for a known name, and for an objective of another kind.
     */
    public static Optional<String> probablyMeant(String name)
    {
        if (of(name) != UNKNOWN) {
            return Optional.empty();
        }
        List<String> names = Arrays.stream(values()).flatMap(kind -> kind.names.stream()).sorted().collect(toImmutableList());
        return Spelling.slipOf(names, name.replaceAll("[-_ ]", ""));
    }

    /**
     * What to write as its target.
     */
    public String remedy()
    {
        return remedy;
    }
}
