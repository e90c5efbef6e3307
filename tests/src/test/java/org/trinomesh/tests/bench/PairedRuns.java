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

import java.util.ArrayList;
import java.util.List;

import static com.google.common.base.Preconditions.checkState;

/**
 * Times the plain and the mesh side in turn, so that whatever else the machine does falls on both.
 */
final class PairedRuns
{
    private final List<Double> plain = new ArrayList<>();
    private final List<Double> mesh = new ArrayList<>();

    /**
     * Which side is first alternates: the second finds warmer caches.
     */
    void run(Runnable plainSide, Runnable meshSide)
    {
        if (plain.size() % 2 == 0) {
            plain.add(millis(plainSide));
            mesh.add(millis(meshSide));
        }
        else {
            mesh.add(millis(meshSide));
            plain.add(millis(plainSide));
        }
    }

    /**
     * Adds a pair that was timed elsewhere, in milliseconds.
     */
    void add(double plainMillis, double meshMillis)
    {
        plain.add(plainMillis);
        mesh.add(meshMillis);
    }

    double plainMillis()
    {
        return median(plain);
    }

    double meshMillis()
    {
        return median(mesh);
    }

    double lastPlain()
    {
        return plain.getLast();
    }

    double lastMesh()
    {
        return mesh.getLast();
    }

    double ratio()
    {
        return median(ratios());
    }

    /**
     * How far the ratios of the pairs are from each other.
     */
    String spread()
    {
        return spread(ratios(), "%.3f");
    }

    private List<Double> ratios()
    {
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < plain.size(); pair++) {
            ratios.add(mesh.get(pair) / plain.get(pair));
        }
        return ratios;
    }

    /**
     * The quartiles.
     */
    static String spread(List<Double> values, String format)
    {
        checkState(!values.isEmpty(), "Nothing was measured");
        List<Double> sorted = values.stream().sorted().toList();
        return ("half of them between " + format + " and " + format).formatted(sorted.get(sorted.size() / 4), sorted.get((3 * sorted.size() - 1) / 4));
    }

    static double millis(Runnable run)
    {
        long start = System.nanoTime();
        run.run();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(List<Double> values)
    {
        checkState(!values.isEmpty(), "Nothing was measured");
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
