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

import io.trino.spi.TrinoException;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

import java.util.Objects;
import java.util.Optional;

import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

/**
 * A storage table as its catalog keeps it, for one refresh. All files that the refresh writes lie in the folders that the domain was
 * granted, and it commits only onto the rows that were there when it began: of two refreshes at a time one fails.
 */
final class RefreshTargetOperations
        implements TableOperations
{
    private final TableOperations delegate;
    private final String storage;
    private final GrantedFolders folders;
    private final Optional<Long> begun;

    RefreshTargetOperations(TableOperations delegate, String storage, GrantedFolders folders)
    {
        this(delegate, storage, folders, snapshot(delegate.current()));
    }

    private RefreshTargetOperations(TableOperations delegate, String storage, GrantedFolders folders, Optional<Long> begun)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.storage = requireNonNull(storage, "storage is null");
        this.folders = requireNonNull(folders, "folders is null");
        this.begun = requireNonNull(begun, "begun is null");
    }

    private static Optional<Long> snapshot(TableMetadata metadata)
    {
        return Optional.ofNullable(metadata.currentSnapshot()).map(Snapshot::snapshotId);
    }

    @Override
    public TableMetadata current()
    {
        return delegate.current();
    }

    @Override
    public TableMetadata refresh()
    {
        return delegate.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed)
    {
        if (!Objects.equals(snapshot(base), begun)) {
            // Not a conflict that Iceberg resolves by trying again: an incremental refresh would add the same rows twice
            throw conflict();
        }
        folders.check(changed.location());
        folders.check(delegate.metadataFileLocation("metadata"));
        delegate.commit(base, changed);
    }

    static TrinoException conflict()
    {
        return new TrinoException(TRANSACTION_CONFLICT, "The table with the stored rows was changed since this refresh began, so that it stored nothing; refresh again");
    }

    @Override
    public FileIO io()
    {
        return StorageFileIo.writing(storage, folders, delegate.io());
    }

    @Override
    public EncryptionManager encryption()
    {
        return delegate.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName)
    {
        return delegate.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider()
    {
        // The writers have their own. This one could load a class that the properties of the table name
        throw new UnsupportedOperationException("A refresh asks for no location here");
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted)
    {
        return new RefreshTargetOperations(delegate.temp(uncommitted), storage, folders, begun);
    }

    @Override
    public long newSnapshotId()
    {
        return delegate.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup()
    {
        return delegate.requireStrictCleanup();
    }
}
