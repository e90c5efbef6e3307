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
package org.trinomesh.tests;

import io.trino.testing.AbstractTestQueryFramework;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lake of {@code ./mesh up}, whose catalog is a SQLite file, with many people at once.
 */
final class TestEmbeddedLake
        extends AbstractTestQueryFramework
{
    private static final int READERS = 8;
    private static final int COMMITS = 12;

    private static final MeshDocument MESH = MeshDocument.granting("sales");

    private static final String EVENTS =
            """
            apiVersion: datamesh/v1
            kind: DataProduct
            metadata: {name: events, domain: sales, owner: sales-data-team, version: 1.0.0}
            spec:
              description: Events, numbered as they were committed
              outputPorts:
                - {name: sql, type: sql, engine: trino, catalog: lake, schema: sales}
              columns:
                - {name: number, type: bigint}
              accessControl:
                - {role: sales-analysts, permissions: [read]}
            """;

    private EmbeddedMesh mesh;

    @Override
    protected QueryRunner createQueryRunner()
            throws Exception
    {
        mesh = closeAfterClass(EmbeddedMesh.of(MESH)
                .write("sales/events.yaml", EVENTS)
                .start());
        mesh.runPipeline("CREATE SCHEMA lake.sales");
        mesh.runPipeline("CREATE TABLE lake.sales.events AS SELECT BIGINT '1' number");
        return mesh.runner();
    }

    @Test
    void testReadersSeeCommitsInOrderWhileThePipelineWrites()
            throws Exception
    {
        CompletableFuture<Void> writing = runAsync(() -> {
            for (int commit = 2; commit <= 1 + COMMITS; commit++) {
                mesh.runPipeline("INSERT INTO lake.sales.events VALUES BIGINT '" + commit + "'");
            }
        });
        List<Long> last = Concurrently.call(READERS, () -> readUntilDone(writing));
        writing.join();
        assertThat(last).as("counts after the last commit").containsOnly(1L + COMMITS);
    }

    private long readUntilDone(CompletableFuture<Void> writing)
    {
        long count = 0;
        boolean done;
        do {
            // Asked before the query, so that the last query begins after the last commit
            done = writing.isDone();
            MaterializedRow row = mesh.runner().execute("SELECT count(*), max(number) FROM mesh.sales.events").getMaterializedRows().getFirst();
            assertThat((long) row.getField(0)).as("count of a later query").isGreaterThanOrEqualTo(count);
            count = (long) row.getField(0);
            assertThat(row.getField(1)).as("last number beside the count of the same version").isEqualTo(count);
        }
        while (!done);
        return count;
    }
}
