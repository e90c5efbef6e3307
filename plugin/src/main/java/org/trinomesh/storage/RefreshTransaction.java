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

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateLocation;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * The transaction in which Iceberg's connector replaces the rows of a storage table. It adds what the refresh records to the snapshot
 * with the new rows, and refuses what a refresh does not do.
 */
final class RefreshTransaction
        implements Transaction
{
    private final Transaction delegate;
    private final Supplier<Map<String, String>> record;
    private final BooleanSupplier overtaken;

    /**
     * @param record for the summary of the snapshot with the new rows
     * @param overtaken asked when the commit fails: whether another refresh has created the table
     */
    RefreshTransaction(Transaction delegate, Supplier<Map<String, String>> record, BooleanSupplier overtaken)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.record = requireNonNull(record, "record is null");
        this.overtaken = requireNonNull(overtaken, "overtaken is null");
    }

    @Override
    public Table table()
    {
        return delegate.table();
    }

    @Override
    public DeleteFiles newDelete()
    {
        return delegate.newDelete();
    }

    @Override
    public AppendFiles newAppend()
    {
        return recorded(delegate.newAppend());
    }

    @Override
    public AppendFiles newFastAppend()
    {
        return recorded(delegate.newFastAppend());
    }

    private AppendFiles recorded(AppendFiles append)
    {
        record.get().forEach(append::set);
        return append;
    }

    @Override
    public void commitTransaction()
    {
        try {
            delegate.commitTransaction();
        }
        catch (CommitStateUnknownException e) {
            throw e;
        }
        catch (RuntimeException e) {
            // Catalogs have no common error for it
            throw overtaken.getAsBoolean() ? RefreshTargetOperations.conflict() : e;
        }
    }

    @Override
    public UpdateSchema updateSchema()
    {
        throw refused();
    }

    @Override
    public UpdatePartitionSpec updateSpec()
    {
        throw refused();
    }

    @Override
    public UpdateProperties updateProperties()
    {
        throw refused();
    }

    @Override
    public ReplaceSortOrder replaceSortOrder()
    {
        throw refused();
    }

    @Override
    public UpdateLocation updateLocation()
    {
        throw refused();
    }

    @Override
    public RewriteFiles newRewrite()
    {
        throw refused();
    }

    @Override
    public RewriteManifests rewriteManifests()
    {
        throw refused();
    }

    @Override
    public OverwriteFiles newOverwrite()
    {
        throw refused();
    }

    @Override
    public RowDelta newRowDelta()
    {
        throw refused();
    }

    @Override
    public ReplacePartitions newReplacePartitions()
    {
        throw refused();
    }

    @Override
    public ExpireSnapshots expireSnapshots()
    {
        throw refused();
    }

    private static UnsupportedOperationException refused()
    {
        return new UnsupportedOperationException("A refresh replaces rows only");
    }
}
