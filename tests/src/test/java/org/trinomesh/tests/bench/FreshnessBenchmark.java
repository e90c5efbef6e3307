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
import io.trino.Session;
import io.trino.testing.DistributedQueryRunner;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.trinomesh.tests.EmbeddedLake;
import org.trinomesh.tests.LakeTables;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.MeshQueryRunner;
import org.trinomesh.tests.PublishedTables;

import java.io.IOException;
import java.util.List;

import static org.trinomesh.tests.MeshQueryRunner.as;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Another engine commits, and the next query must see it: an answer of the version before is counted.
 */
final class FreshnessBenchmark
{
    private static final String DOMAIN = "shop";
    private static final String READER = "ana";
    private static final Session MESH = Session.builder(as(READER)).setSchema(DOMAIN).build();

    private FreshnessBenchmark() {}

    static List<Measurement> run(boolean quick)
            throws Exception
    {
        int commits = quick ? 50 : 1_000;
        try (EmbeddedLake lake = EmbeddedLake.create();
                MeshDirectory directory = MeshDirectory.create()) {
            PublishedTables tables = new PublishedTables("lake", DOMAIN, READER);
            directory.write("mesh.yaml", PublishedTables.mesh(tables));
            Progress.say("Freshness: starting an engine");
            try (DistributedQueryRunner runner = MeshQueryRunner.builder(directory.path()).addStorage("lake", lake.properties()).build()) {
                runner.execute(pipeline(), "CREATE SCHEMA lake." + DOMAIN);
                runner.execute(pipeline(), "CREATE TABLE lake.%s.states AS SELECT BIGINT '1' id".formatted(DOMAIN));
                BaseTable table = new BaseTable(new LakeTables(lake).operations(DOMAIN, "states"), "states");
                DataFile one = onlyFile(table);
                runner.execute(pipeline(), "DELETE FROM lake.%s.states".formatted(DOMAIN));
                runner.execute(pipeline(), "INSERT INTO lake.%s.states VALUES 2".formatted(DOMAIN));
                table.refresh();
                DataFile two = onlyFile(table);
                tables.publishAll(runner, directory);
                int stale = 0;
                for (int commit = 1; commit <= commits; commit++) {
                    // The files take turns, so that an answer of the version before is another one
                    boolean odd = commit % 2 == 1;
                    table.newOverwrite().deleteFile(odd ? two : one).addFile(odd ? one : two).commit();
                    Object expected = odd ? 1L : 2L;
                    stale += runner.execute(MESH, "SELECT id FROM states").getOnlyValue().equals(expected) ? 0 : 1;
                    if (commit % 100 == 0) {
                        Progress.say("Freshness: %s stale answers after %,d commits", stale, commit);
                    }
                }
                return ImmutableList.of(Measurement.counted("freshness: stale answers of %,d commits".formatted(commits), stale, 0));
            }
        }
    }

    private static DataFile onlyFile(BaseTable table)
            throws IOException
    {
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            return files.iterator().next().file().copy();
        }
    }
}
