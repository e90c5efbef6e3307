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

import com.google.common.collect.ImmutableMap;
import io.trino.testing.QueryRunner;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.trinomesh.tests.EmbeddedLake;
import org.trinomesh.tests.LakeTables;
import org.trinomesh.tests.MeshDirectory;
import org.trinomesh.tests.PublishedTables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.IntStream;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.stream.Collectors.joining;
import static org.trinomesh.tests.MeshQueryRunner.pipeline;

/**
 * Two tables as years of use make them, published as they are: one that was written to a thousand times, and one of 500 columns.
 */
final class HistoryTables
{
    static final String DOMAIN = "history";
    static final String MASKED_READER = "mia";
    static final int COLUMNS = 500;
    static final int SNAPSHOTS = 1_001;
    static final int MANIFESTS = 100;
    static final int FILES = 10_001;
    /**
     * The only row of the long table that is in a file: the others are in its metadata alone.
     */
    static final long ROW = 1_000_000_000;

    private static final int COLUMNS_OF_THE_LONG_TABLE = 16;
    private static final int ROWS_OF_A_FILE = 1_000;

    private HistoryTables() {}

    static String grant()
    {
        return "{domain: %1$s, storage: lake, namespaces: [%1$s]}".formatted(DOMAIN);
    }

    /**
     * Three columns of the wide table are masked for one reader.
     */
    static String policy()
    {
        return """
               apiVersion: datamesh/v1
               kind: GovernancePolicy
               metadata: {name: history, owner: governance}
               spec:
                 grants:
                   - {id: history-readers, match: {domains: [%1$s]}, principals: [{user: %2$s}], permissions: [read]}
                 masks:
                   - {id: history-masks, match: {products: [%1$s.wide_table], columns: [column_497, column_498, column_499]}, mask: replace-with-null, except: [{user: %3$s}]}
               """.formatted(DOMAIN, MASKED_READER, GeneratedMesh.READER);
    }

    static void create(QueryRunner runner, EmbeddedLake lake, MeshDirectory directory)
            throws IOException
    {
        Progress.say("Creating a table of %,d snapshots and one of %,d columns", SNAPSHOTS, COLUMNS);
        runner.execute(pipeline(), "CREATE SCHEMA lake." + DOMAIN);
        runner.execute(pipeline(), "CREATE TABLE lake.%s.long_table AS SELECT BIGINT '%s' column_00, %s".formatted(DOMAIN, ROW, IntStream.range(1, COLUMNS_OF_THE_LONG_TABLE)
                .mapToObj("VARCHAR 'x' column_%02d"::formatted)
                .collect(joining(", "))));
        runner.execute(pipeline(), "CREATE TABLE lake.%s.wide_table AS SELECT %s".formatted(DOMAIN, IntStream.range(0, COLUMNS)
                .mapToObj("VARCHAR 'x' column_%03d"::formatted)
                .collect(joining(", "))));
        append(new LakeTables(lake));
        new PublishedTables("lake", DOMAIN, GeneratedMesh.READER).publishAll(runner, directory);
    }

    private static void append(LakeTables tables)
    {
        BaseTable table = new BaseTable(tables.operations(DOMAIN, "long_table"), "long_table");
        for (int commit = 1; commit < SNAPSHOTS; commit++) {
            AppendFiles append = table.newFastAppend();
            // The first commit wrote a manifest, too; most commits of the others add nothing
            if (commit < MANIFESTS) {
                int files = (FILES - 1) / (MANIFESTS - 1) + (commit == 1 ? (FILES - 1) % (MANIFESTS - 1) : 0);
                for (int file = 0; file < files; file++) {
                    long first = (long) (commit * 1_000 + file) * ROWS_OF_A_FILE;
                    append.appendFile(DataFiles.builder(table.spec())
                            .withPath("%s/data/%05d-%05d.parquet".formatted(table.location(), commit, file))
                            .withFileSizeInBytes(1_000_000)
                            .withMetrics(metrics(first))
                            .build());
                }
            }
            append.commit();
        }
    }

    private static Metrics metrics(long first)
    {
        Map<Integer, Long> sizes = IntStream.rangeClosed(1, COLUMNS_OF_THE_LONG_TABLE).boxed().collect(toImmutableMap(id -> id, _ -> 50_000L));
        Map<Integer, Long> values = IntStream.rangeClosed(1, COLUMNS_OF_THE_LONG_TABLE).boxed().collect(toImmutableMap(id -> id, _ -> (long) ROWS_OF_A_FILE));
        Map<Integer, Long> nulls = IntStream.rangeClosed(1, COLUMNS_OF_THE_LONG_TABLE).boxed().collect(toImmutableMap(id -> id, _ -> 0L));
        return new Metrics((long) ROWS_OF_A_FILE, sizes, values, nulls, ImmutableMap.of(), bounds(first, "a"), bounds(first + ROWS_OF_A_FILE - 1, "z"));
    }

    private static Map<Integer, ByteBuffer> bounds(long number, String text)
    {
        return IntStream.rangeClosed(1, COLUMNS_OF_THE_LONG_TABLE).boxed().collect(toImmutableMap(
                id -> id,
                id -> id == 1 ? Conversions.toByteBuffer(Types.LongType.get(), number) : Conversions.toByteBuffer(Types.StringType.get(), text + number)));
    }
}
