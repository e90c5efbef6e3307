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
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.policy.TableAccess;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.Requester;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import static com.google.common.base.Preconditions.checkState;

/**
 * What it takes to decide about a table of fifty columns for two hundred people in turn, each of whom the mesh has decided
 * about before: how it is for every question but the first of a query's reader. The few rules and the many are asked in turn.
 */
final class DecisionBenchmark
{
    private static final int COLUMNS = 50;
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int PEOPLE = 200;
    /**
     * So many that one timing is some milliseconds.
     */
    private static final int REPETITIONS = 50;

    private DecisionBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws IOException
    {
        Progress.say("Decisions: loading meshes with %,d and %,d rules", FEW, MANY);
        Side few = new Side(new GeneratedPolicies(10, 10, COLUMNS, FEW).load());
        Side many = new Side(new GeneratedPolicies(10, 10, COLUMNS, MANY).load());
        double first = PairedRuns.millis(many::decideForAll) / PEOPLE;
        PairedRuns runs = new PairedRuns();
        for (int round = 0; round < (quick ? 100 : 1_000); round++) {
            runs.run(few::decideRepeatedly, many::decideRepeatedly);
            if (round == (quick ? 50 : 400)) {
                // Up to here it was warming up
                runs = new PairedRuns();
            }
        }
        int decisions = PEOPLE * REPETITIONS;
        double fewMillis = runs.plainMillis() / decisions;
        double manyMillis = runs.meshMillis() / decisions;
        Progress.say("Decisions: the first for a reader takes %.1f us; %s", first * 1_000, runs.spread());
        return ImmutableList.of(
                Measurement.timed("decision: %s columns, %,d policies".formatted(COLUMNS, MANY), manyMillis, Target.atMost(0.005)),
                Measurement.compared("decision: %,d policies to %,d".formatted(MANY, FEW), fewMillis, manyMillis, runs.ratio(), Target.atMost(1.2)));
    }

    private static final class Side
    {
        private final Governance governance;
        private final MeshTable table;
        private final List<Requester> people = GeneratedPolicies.requesters(PEOPLE);
        private final Instant now = Instant.now();

        private Side(Governance governance)
        {
            this.governance = governance;
            this.table = governance.mesh().table(GeneratedMesh.domain(0), GeneratedMesh.product(0)).orElseThrow();
        }

        private void decideRepeatedly()
        {
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                decideForAll();
            }
        }

        private void decideForAll()
        {
            for (Requester person : people) {
                // Made anew, as for every question of the engine
                Requester requester = new Requester(person.user(), person.groups(), person.roles());
                TableAccess access = new GovernedMesh(governance, requester, now).access(table).orElseThrow();
                checkState(access.columns().size() == COLUMNS, "A decision about %s columns", access.columns().size());
            }
        }
    }
}
