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

import java.util.List;

/**
 * The twenty-two queries of TPC-H where nobody is restricted.
 */
final class TpchBenchmark
{
    private TpchBenchmark() {}

    static List<Measurement> run(BenchmarkEngine engine, boolean quick)
    {
        return ImmutableList.of(new PairedQueries(engine::plain, engine::mesh)
                .measure("tpch: Q1 to Q22 at " + engine.scale(), QueryFiles.tpch(), quick ? 2 : 8, Target.around(1, 0.03)));
    }
}
