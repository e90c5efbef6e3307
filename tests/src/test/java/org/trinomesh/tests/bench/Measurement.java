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
 * One line of the table. With a plain side the target is of the ratio, without one it is of the mesh's own figure.
 *
 * @param plainMillis how long the plain Iceberg catalog takes
 * @param mesh how much the mesh takes, in its unit
 * @param ratio mesh to plain; for paired runs the median of the pairs' ratios, which is not the ratio of the medians
 */
record Measurement(String name, OptionalDouble plainMillis, double mesh, Unit unit, OptionalDouble ratio, Target target)
{
    private static final double MICROSECONDS_BELOW = 0.1;

    private enum Unit
    {
        MILLISECONDS("mesh_ms"), KILOBYTES("kilobytes"), TIMES("times");

        private final String key;

        Unit(String key)
        {
            this.key = key;
        }
    }

    Measurement
    {
        requireNonNull(name, "name is null");
        requireNonNull(plainMillis, "plainMillis is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(ratio, "ratio is null");
        requireNonNull(target, "target is null");
    }

    static Measurement compared(String name, double plainMillis, double meshMillis, double ratio, Target target)
    {
        return new Measurement(name, OptionalDouble.of(plainMillis), meshMillis, Unit.MILLISECONDS, OptionalDouble.of(ratio), target);
    }

    static Measurement timed(String name, double meshMillis, Target target)
    {
        return new Measurement(name, OptionalDouble.empty(), meshMillis, Unit.MILLISECONDS, OptionalDouble.empty(), target);
    }

    /**
     * The heap that something takes.
     */
    static Measurement sized(String name, double kilobytes, Target target)
    {
        return new Measurement(name, OptionalDouble.empty(), kilobytes, Unit.KILOBYTES, OptionalDouble.empty(), target);
    }

    /**
     * Of something that should not happen more often than so many times.
     */
    static Measurement counted(String name, int count, int most)
    {
        return new Measurement(name, OptionalDouble.empty(), count, Unit.TIMES, OptionalDouble.empty(), Target.atMost(most));
    }

    boolean ok()
    {
        return target.isMetBy(ratio.orElse(mesh));
    }

    String targetText()
    {
        if (ratio.isPresent()) {
            return target.text("%.3f");
        }
        return switch (unit) {
            case TIMES -> target.text("%.0f");
            case KILOBYTES -> target.text("%.0f KB");
            case MILLISECONDS -> target.most() < MICROSECONDS_BELOW
                    ? new Target(target.least() * 1000, target.most() * 1000).text("%.0f us")
                    : target.text(target.most() < 10 ? "%.1f ms" : "%.0f ms");
        };
    }

    /**
     * How long the plain catalog takes, as people read it.
     */
    String plainText()
    {
        return plainMillis.isPresent() ? duration(plainMillis.orElseThrow()) : "-";
    }

    /**
     * What the mesh takes, as people read it.
     */
    String meshText()
    {
        return switch (unit) {
            case TIMES -> "%.0f".formatted(mesh);
            case KILOBYTES -> String.format(Locale.ROOT, "%,.1f KB", mesh);
            case MILLISECONDS -> duration(mesh);
        };
    }

    private static String duration(double millis)
    {
        return Math.abs(millis) < MICROSECONDS_BELOW ? String.format(Locale.ROOT, "%,.2f us", millis * 1000) : String.format(Locale.ROOT, "%,.1f ms", millis);
    }

    String json()
    {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"plain_ms\": %s, \"%s\": %.6f, \"ratio\": %s, \"least\": %.3f, \"most\": %.3f, \"ok\": %s}",
                name,
                json(plainMillis),
                unit.key,
                mesh,
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
