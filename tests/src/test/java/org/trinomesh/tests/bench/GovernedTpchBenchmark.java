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
import com.google.common.collect.ImmutableMap;
import org.trinomesh.tests.QueryFiles;
import org.trinomesh.tests.bench.GovernedEngine.Scanned;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.function.Function.identity;

/**
 * What policies cost where they change nothing about an answer, and where they do what a reader could have written himself.
 * Each time the other side is a mesh of the same tables without restrictions.
 */
final class GovernedTpchBenchmark
{
    /**
     * The queries that read customer and none of its name, address and phone.
     */
    private static final List<String> WITHOUT_PERSONAL_COLUMNS = ImmutableList.of("q03", "q05", "q07", "q08", "q13");

    private GovernedTpchBenchmark() {}

    static List<Measurement> run(GovernedEngine engine, boolean quick)
    {
        Map<String, String> queries = QueryFiles.tpch();
        return ImmutableList.of(
                new PairedQueries(sql -> engine.open(TpchPolicies.EXEMPT, sql), sql -> engine.mesh(TpchPolicies.EXEMPT, sql))
                        .measure("governed: Q1 to Q22, exempt from 50 policies", queries, quick ? 2 : 12, Target.atMost(1.02)),
                new PairedQueries(sql -> engine.open(TpchPolicies.MASKED, sql), sql -> engine.mesh(TpchPolicies.MASKED, sql))
                        .measure(
                                "governed: 5 queries, 3 masks not selected",
                                WITHOUT_PERSONAL_COLUMNS.stream().collect(toImmutableMap(identity(), queries::get)),
                                quick ? 5 : 40,
                                Target.atMost(1.03)),
                rowFilter(engine, queries, quick));
    }

    private static Measurement rowFilter(GovernedEngine engine, Map<String, String> queries, boolean quick)
    {
        Map<String, String> filtered = new LinkedHashMap<>();
        Map<String, String> written = new LinkedHashMap<>();
        for (String query : ImmutableList.of("q01", "q06")) {
            String sql = queries.get(query).replace("lineitem", "shipments");
            filtered.put(query, sql);
            written.put(sql, sql.replaceFirst("WHERE", "WHERE l_shipmode = '%s' AND".formatted(TpchPolicies.SHIP_MODE)));
            Scanned byFilter = engine.meshScan(TpchPolicies.MASKED, sql);
            Scanned byHand = engine.openScan(TpchPolicies.MASKED, written.get(sql));
            Scanned all = engine.openScan(TpchPolicies.MASKED, sql);
            checkState(byFilter.equals(byHand), "The row filter reads %s, and the condition %s", byFilter, byHand);
            checkState(byFilter.splits() < all.splits(), "The row filter reads %s of %s", byFilter, all);
            Progress.say("governed: %s reads %s by the row filter as by hand, of %s", query, byFilter, all);
        }
        return new PairedQueries(sql -> engine.open(TpchPolicies.MASKED, written.get(sql)), sql -> engine.mesh(TpchPolicies.MASKED, sql))
                .measure("governed: row filter on the partition column", ImmutableMap.copyOf(filtered), quick ? 10 : 100, Target.atMost(1.03));
    }
}
