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
import org.trinomesh.tests.QueryFiles;

import java.io.IOException;
import java.util.List;

/**
 * Products that select all of another one, against that one: what the two views of each cost, while the statement is planned and while
 * it runs. And products whose rows are stored, against the plain Iceberg catalog over the very tables that have them.
 */
final class SqlProductsBenchmark
{
    private static final String SELECT = "EXPLAIN SELECT n_name FROM nation WHERE n_nationkey = 7";

    private SqlProductsBenchmark() {}

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
