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
import com.google.common.collect.ImmutableSet;
import org.trinomesh.disclosure.GovernedMesh;
import org.trinomesh.governance.Governance;
import org.trinomesh.governance.VocabularyChecks;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.Requester;
import org.trinomesh.registry.MeshRegistry;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.QueryFiles;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static com.google.common.base.Preconditions.checkState;

/**
 * Products that select all of another one, against that one: what the two views of each cost, while the statement is planned and while
 * it runs. And products whose rows are stored, against the plain Iceberg catalog over the very tables that have them.
 */
final class SqlProductsBenchmark
{
    private static final int DOMAINS = 100;
    private static final int PRODUCTS = DOMAINS * GeneratedMesh.PRODUCTS_PER_DOMAIN;
    private static final String SELECT = "EXPLAIN SELECT n_name FROM nation WHERE n_nationkey = 7";

    private SqlProductsBenchmark() {}

    /**
     * Ten thousand products of which queries compute two thousand, against the same number without queries: the start in a process of its own, and the
     * first listing.
     */
    static List<Measurement> load(boolean quick)
            throws IOException
    {
        PairedRuns starts = new PairedRuns();
        PairedRuns listings = new PairedRuns();
        try (MeshDirectory stored = MeshDirectory.create();
                MeshDirectory computed = MeshDirectory.create()) {
            Progress.say("SQL products: writing %,d products, and %,d of which queries compute a fifth", PRODUCTS, PRODUCTS);
            GeneratedMesh.write(stored, "lake", DOMAINS);
            GeneratedMesh.writeShared(stored, "lake", DOMAINS, false);
            GeneratedMesh.write(computed, "lake", DOMAINS);
            GeneratedMesh.writeShared(computed, "lake", DOMAINS, true);
            for (int round = 0; round < (quick ? 1 : 3); round++) {
                starts.add(ColdStart.mesh(stored.path()).millis(), ColdStart.mesh(computed.path()).millis());
                Progress.say("SQL products: a start takes %,.0f ms, with queries %,.0f ms", starts.lastPlain(), starts.lastMesh());
            }
            Progress.say("SQL products: a start with queries takes %.3f of one without", starts.ratio());
            for (int round = 0; round < (quick ? 3 : 15); round++) {
                Governance without = governance(stored);
                Governance with = governance(computed);
                // So that neither listing pays for what the starts have left, nor for where they have left it
                System.gc();
                listings.run(() -> list(without), () -> list(with));
            }
        }
        return ImmutableList.of(
                Measurement.compared("sql: start, 2,000 queries of %,d products".formatted(PRODUCTS), starts.plainMillis(), starts.meshMillis(), starts.ratio(), Target.atMost(1.3)),
                Measurement.compared("sql: first listing of them", listings.plainMillis(), listings.meshMillis(), listings.ratio(), Target.atMost(1.05)));
    }

    private static Governance governance(MeshDirectory directory)
    {
        Governance governance = Governance.of(new MeshRegistry(directory.path(), Duration.ofMinutes(15), Clock.systemUTC(), new VocabularyChecks()).current());
        checkState(governance.problems().stream().noneMatch(Problem::isError), "The generated mesh has problems: %s", governance.problems());
        return governance;
    }

    private static void list(Governance governance)
    {
        GovernedMesh mesh = new GovernedMesh(governance, new Requester(GeneratedMesh.READER, ImmutableSet.of(), ImmutableSet.of()), Instant.now());
        checkState(mesh.schemas().stream().mapToInt(schema -> mesh.listed(schema).size()).sum() == PRODUCTS, "Not all tables are listed");
    }

    static List<Measurement> run(BenchmarkEngine engine, boolean quick)
            throws IOException
    {
        Progress.say("SQL products: one for each table, and two more on top of each");
        engine.publishQueries("once", "tpch");
        engine.publishQueries("twice", "once");
        engine.publishQueries("thrice", "twice");
        engine.publishStored("stored", "tpch");
        return ImmutableList.of(
                planning(() -> engine.mesh("tpch", SELECT), engine, "sql: EXPLAIN through a query", "once", quick, 1.25),
                planning(() -> engine.mesh("tpch", SELECT), engine, "sql: EXPLAIN through three queries", "thrice", quick, 1.8),
                planning(() -> engine.plain("stored", SELECT), engine, "sql: EXPLAIN of stored rows", "stored", quick, 1.05),
                new PairedQueries(sql -> engine.plain("stored", sql), sql -> engine.mesh("stored", sql))
                        .measure("sql: Q1 to Q22 of stored rows at " + engine.scale(), QueryFiles.tpch(), quick ? 2 : 8, Target.atMost(1.05)),
                new PairedQueries(sql -> engine.mesh("tpch", sql), sql -> engine.mesh("once", sql))
                        .measure("sql: Q1 to Q22 through queries at " + engine.scale(), QueryFiles.tpch(), quick ? 2 : 8, Target.atMost(1.03)));
    }

    private static Measurement planning(Runnable plain, BenchmarkEngine engine, String name, String schema, boolean quick, double most)
    {
        PairedRuns warm = new PairedRuns();
        PairedRuns runs = new PairedRuns();
        int measured = quick ? 10 : 300;
        for (int round = 0; round < measured + measured / 2; round++) {
            (round < measured / 2 ? warm : runs).run(plain, () -> engine.mesh(schema, SELECT));
        }
        Progress.say("%s: %.3f, %s", name, runs.ratio(), runs.spread());
        return Measurement.compared(name, runs.plainMillis(), runs.meshMillis(), runs.ratio(), Target.atMost(most));
    }
}
