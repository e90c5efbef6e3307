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

import com.google.common.collect.ImmutableList;
import org.intellij.lang.annotations.Language;

import java.util.ArrayList;
import java.util.List;

/**
 * The pseudonyms of a column of different texts by the mask {@code tokenize}, against the keyed hash that the engine has. As
 * no reader may call the mask's function, one reader has the mask, and the other, who has none, writes the hash. What it
 * takes to read the column is taken off both. All three make a checksum of what they get.
 */
final class TokenizeBenchmark
{
    @Language("SQL")
    private static final String COLUMN = "SELECT checksum(visitor) FROM visitors";
    @Language("SQL")
    private static final String HASH = "SELECT checksum(hmac_sha256(to_utf8(visitor), to_utf8('a key of the benchmark'))) FROM visitors";

    private TokenizeBenchmark() {}

    static List<Measurement> run(GovernedEngine engine, boolean quick)
    {
        List<Double> scans = new ArrayList<>();
        PairedRuns runs = new PairedRuns();
        for (int round = 0; round <= (quick ? 3 : 9); round++) {
            scans.add(PairedRuns.millis(() -> engine.mesh(TpchPolicies.EXEMPT, COLUMN)));
            runs.run(() -> engine.mesh(TpchPolicies.EXEMPT, HASH), () -> engine.mesh(TpchPolicies.MASKED, COLUMN));
            if (round == 0) {
                scans.clear();
                runs = new PairedRuns();
            }
        }
        double scan = PairedRuns.median(scans);
        double hash = runs.plainMillis() - scan;
        double mask = runs.meshMillis() - scan;
        Progress.say(
                "tokenize: the scan alone takes %.0f ms; the hash %,.0f and the mask %,.0f values a second; with the scan, %s",
                scan,
                engine.visitors() / hash * 1_000,
                engine.visitors() / mask * 1_000,
                runs.spread());
        return ImmutableList.of(Measurement.compared("tokenize: %,d values, less the scan".formatted(engine.visitors()), hash, mask, mask / hash, Target.atMost(0.2)));
    }
}
