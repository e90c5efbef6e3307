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
package org.trinomesh.tests.bench;

import java.util.Locale;
import java.util.OptionalDouble;

import static java.util.Objects.requireNonNull;

/**
 * One line of the table. With a plain side the target is of the ratio, without one it is of the mesh's own time.
 *
 * @param plainMillis how long the plain Iceberg catalog takes
 * @param meshMillis how long the mesh takes
 * @param ratio mesh to plain; for paired runs the median of the pairs' ratios, which is not the ratio of the medians
 */
record Measurement(String name, OptionalDouble plainMillis, double meshMillis, OptionalDouble ratio, Target target, Unit unit)
{
    private static final double MICROSECONDS_BELOW = 0.1;

    private enum Unit
    {
        TIME, COUNT
    }

    Measurement
    {
        requireNonNull(name, "name is null");
        requireNonNull(plainMillis, "plainMillis is null");
        requireNonNull(ratio, "ratio is null");
        requireNonNull(target, "target is null");
        requireNonNull(unit, "unit is null");
    }

    static Measurement compared(String name, double plainMillis, double meshMillis, double ratio, Target target)
    {
        return new Measurement(name, OptionalDouble.of(plainMillis), meshMillis, OptionalDouble.of(ratio), target, Unit.TIME);
    }

    static Measurement timed(String name, double meshMillis, Target target)
    {
        return new Measurement(name, OptionalDouble.empty(), meshMillis, OptionalDouble.empty(), target, Unit.TIME);
    }

    /**
     * Of something that should not happen more often than so many times.
     */
    static Measurement counted(String name, int count, int most)
    {
        return new Measurement(name, OptionalDouble.empty(), count, OptionalDouble.empty(), Target.atMost(most), Unit.COUNT);
    }

    boolean ok()
    {
        return target.isMetBy(ratio.orElse(meshMillis));
    }

    String targetText()
    {
        if (unit == Unit.COUNT) {
            return target.text("%.0f");
        }
        if (ratio.isPresent()) {
            return target.text("%.2f");
        }
        if (target.most() < MICROSECONDS_BELOW) {
            return new Target(target.least() * 1000, target.most() * 1000).text("%.0f us");
        }
        return target.text(target.most() < 10 ? "%.1f ms" : "%.0f ms");
    }

    String meshText()
    {
        return unit == Unit.COUNT ? "%.0f".formatted(meshMillis) : duration(meshMillis);
    }

    String plainText()
    {
        return plainMillis.isPresent() ? duration(plainMillis.orElseThrow()) : "-";
    }

    /**
     * A time as people read it.
     */
    private static String duration(double millis)
    {
        return Math.abs(millis) < MICROSECONDS_BELOW ? String.format(Locale.ROOT, "%,.2f us", millis * 1000) : String.format(Locale.ROOT, "%,.1f ms", millis);
    }

    String json()
    {
        if (unit == Unit.COUNT) {
            return String.format(Locale.ROOT, "{\"name\": \"%s\", \"count\": %.0f, \"most\": %.0f, \"ok\": %s}", name, meshMillis, target.most(), ok());
        }
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"plain_ms\": %s, \"mesh_ms\": %.6f, \"ratio\": %s, \"least\": %.3f, \"most\": %.3f, \"ok\": %s}",
                name,
                json(plainMillis),
                meshMillis,
                json(ratio),
                target.least(),
                target.most(),
                ok());
    }

    private static String json(OptionalDouble value)
    {
        return value.isPresent() ? String.format(Locale.ROOT, "%.6f", value.orElseThrow()) : "null";
    }
}
