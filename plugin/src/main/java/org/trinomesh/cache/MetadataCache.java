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
package org.trinomesh.cache;

import com.google.common.cache.Cache;
import io.airlift.units.DataSize;
import org.apache.iceberg.TableMetadata;

import java.util.function.Supplier;

/**
 * The metadata of tables, kept for all queries by the file that it was read from. Which file is the current one is asked of the catalog
 * each time, so nothing that is kept can be stale. Queries that need the same file at once read it once.
 */
public final class MetadataCache
{
    // Of 1,000 snapshots with their summaries, and of 1,000 columns, measured in a heap
    private static final int BYTES_OF_A_SNAPSHOT = 2_500;
    private static final int BYTES_OF_A_COLUMN = 700;
    private static final int BYTES_OF_A_LOG_ENTRY = 200;
    private static final int BYTES_OF_THE_REST = 20_000;

    private final KeptAnswers<StoredFile, TableMetadata> files;

    /**
     * @param bound how much is kept, about; with zero bytes nothing is, and only queries that ask at the same time share an answer
     */
    public MetadataCache(DataSize bound)
    {
        this.files = new KeptAnswers<>(bound, (_, metadata) -> weigh(metadata));
    }

    public TableMetadata get(StoredFile file, Supplier<TableMetadata> read)
    {
        return files.get(file, read);
    }

    /**
     * For metrics.
     */
    public Cache<?, ?> files()
    {
        return files.cache();
    }

    private static int weigh(TableMetadata metadata)
    {
        long columns = metadata.schemas().stream().mapToLong(schema -> schema.idToName().size()).sum();
        long entries = (long) metadata.snapshotLog().size() + metadata.previousFiles().size();
        long bytes = BYTES_OF_THE_REST +
                columns * BYTES_OF_A_COLUMN +
                entries * BYTES_OF_A_LOG_ENTRY +
                (long) metadata.snapshots().size() * BYTES_OF_A_SNAPSHOT;
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
