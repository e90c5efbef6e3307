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
package org.trinomesh.storage;

import com.google.common.collect.ImmutableMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.io.FileIO;

import java.util.Map;
import java.util.function.BooleanSupplier;

import static io.trino.plugin.iceberg.TrinoMetricsReporter.TRINO_METRICS_REPORTER;
import static java.util.Objects.requireNonNull;

/**
 * The storage table of a query in the transaction of a refresh, which may also create it or change its columns. What the refresh records
 * about its rows becomes part of the snapshot that has them.
 */
public final class RefreshTarget
        extends BaseTable
{
    private final Transaction transaction;
    private final FileIO io;
    private final boolean sameColumns;
    private final BooleanSupplier overtaken;
    private volatile Map<String, String> record = ImmutableMap.of();

    /**
     * @param sameColumns whether the table was there, with the columns that the refresh stores
     * @param io writes in the folders of the table only
     * @param overtaken whether another refresh has created the table since
     */
    RefreshTarget(Transaction transaction, String name, boolean sameColumns, FileIO io, BooleanSupplier overtaken)
    {
        super(((HasTableOperations) transaction.table()).operations(), name, TRINO_METRICS_REPORTER);
        this.transaction = requireNonNull(transaction, "transaction is null");
        this.sameColumns = sameColumns;
        this.io = requireNonNull(io, "io is null");
        this.overtaken = requireNonNull(overtaken, "overtaken is null");
    }

    /**
     * Whether rows may be added to those that are stored.
     */
    public boolean keepsRows()
    {
        return sameColumns;
    }

    @Override
    public FileIO io()
    {
        return io;
    }

    /**
     * @param record for the summary of the snapshot
     */
    public void record(Map<String, String> record)
    {
        this.record = ImmutableMap.copyOf(requireNonNull(record, "record is null"));
    }

    @Override
    public Transaction newTransaction()
    {
        return new RefreshTransaction(transaction, () -> record, overtaken);
    }
}
