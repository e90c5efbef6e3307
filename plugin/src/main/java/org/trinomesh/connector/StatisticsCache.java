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
package org.trinomesh.connector;

import com.google.common.cache.Cache;
import com.google.common.collect.ImmutableSet;
import io.airlift.units.DataSize;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.TableStatistics;
import org.trinomesh.cache.KeptAnswers;
import org.trinomesh.cache.StoredFile;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Statistics of versions of tables, kept for all queries: computing them decodes every manifest that the conditions leave. They are Iceberg's
 * own, of the whole table as far as the conditions go; what a reader may be told of them is decided at each use.
 */
public final class StatisticsCache
{
    private static final int BYTES_OF_A_COLUMN = 200;

    private final KeptAnswers<Scan, TableStatistics> scans;

    /**
     * @param bound how much is kept, about; with zero bytes nothing is, and only queries that ask at the same time share an answer
     */
    public StatisticsCache(DataSize bound)
    {
        this.scans = new KeptAnswers<>(bound, StatisticsCache::weigh);
    }

    TableStatistics get(StoredFile file, IcebergTableHandle handle, Supplier<TableStatistics> compute)
    {
        return scans.get(new Scan(file, handle.getSnapshotId(), handle.getEnforcedPredicate(), handle.getUnenforcedPredicate(), handle.getProjectedColumns()), compute);
    }

    /**
     * For metrics.
     */
    public Cache<?, ?> scans()
    {
        return scans.cache();
    }

    private static int weigh(Scan scan, TableStatistics statistics)
    {
        long bytes = scan.enforced().getRetainedSizeInBytes(IcebergColumnHandle::getRetainedSizeInBytes) +
                scan.unenforced().getRetainedSizeInBytes(IcebergColumnHandle::getRetainedSizeInBytes) +
                scan.columns().stream().mapToLong(IcebergColumnHandle::getRetainedSizeInBytes).sum() +
                (long) statistics.getColumnStatistics().size() * BYTES_OF_A_COLUMN +
                BYTES_OF_A_COLUMN;
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /**
     * All that statistics depend on.
     *
     * @param snapshotId empty of a table without rows
     */
    private record Scan(
            StoredFile file,
            OptionalLong snapshotId,
            TupleDomain<IcebergColumnHandle> enforced,
            TupleDomain<IcebergColumnHandle> unenforced,
            Set<IcebergColumnHandle> columns)
    {
        private Scan
        {
            requireNonNull(file, "file is null");
            requireNonNull(snapshotId, "snapshotId is null");
            requireNonNull(enforced, "enforced is null");
            requireNonNull(unenforced, "unenforced is null");
            columns = ImmutableSet.copyOf(requireNonNull(columns, "columns is null"));
        }
    }
}
