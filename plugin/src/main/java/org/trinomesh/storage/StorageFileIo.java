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
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestListFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsStorageCredentials;

import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The FileIO of one table through its storage, read only except for a refresh. Its properties name the storage: Trino sends them to the
 * workers with the table's credentials ({@code IcebergTableCredentials}), so that a worker finds the file system.
 */
final class StorageFileIo
        implements FileIO, SupportsStorageCredentials
{
    /**
     * The property that carries the storage's name.
     */
    static final String STORAGE_PROPERTY = "mesh.storage";
    /**
     * The property that carries the folders which the table's files lie in.
     */
    static final String FOLDERS_PROPERTY = "mesh.folders";

    /**
     * The property that lets a refresh write files into these folders.
     */
    static final String WRITES_PROPERTY = "mesh.writes";

    private final FileIO delegate;
    private final GrantedFolders folders;
    private final FileFailures failures;
    private final boolean writes;
    private final Map<String, String> properties;

    StorageFileIo(String storage, GrantedFolders folders, FileIO delegate)
    {
        this(storage, folders, delegate, false);
    }

    /**
     * For the refresh of a storage table.
     */
    static StorageFileIo writing(String storage, GrantedFolders folders, FileIO delegate)
    {
        return new StorageFileIo(storage, folders, delegate, true);
    }

    private StorageFileIo(String storage, GrantedFolders folders, FileIO delegate, boolean writes)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.folders = requireNonNull(folders, "folders is null");
        this.failures = new FileFailures(storage);
        this.writes = writes;
        this.properties = ImmutableMap.<String, String>builder()
                .putAll(delegate.properties())
                .put(STORAGE_PROPERTY, storage)
                .put(FOLDERS_PROPERTY, folders.text())
                .put(WRITES_PROPERTY, String.valueOf(writes))
                .buildKeepingLast();
    }

    @Override
    public InputFile newInputFile(String path)
    {
        folders.check(path);
        return new ReportingIcebergInputFile(delegate.newInputFile(path), failures);
    }

    @Override
    public InputFile newInputFile(String path, long length)
    {
        folders.check(path);
        return new ReportingIcebergInputFile(delegate.newInputFile(path, length), failures);
    }

    // The typed forms, too: for an encrypted table the delegate decrypts in them

    @Override
    public InputFile newInputFile(DataFile file)
    {
        folders.check(file.location());
        return new ReportingIcebergInputFile(delegate.newInputFile(file), failures);
    }

    @Override
    public InputFile newInputFile(DeleteFile file)
    {
        folders.check(file.location());
        return new ReportingIcebergInputFile(delegate.newInputFile(file), failures);
    }

    @Override
    public InputFile newInputFile(ManifestFile manifest)
    {
        folders.check(manifest.path());
        return new ReportingIcebergInputFile(delegate.newInputFile(manifest), failures);
    }

    @Override
    public InputFile newInputFile(ManifestListFile manifestList)
    {
        folders.check(manifestList.location());
        return new ReportingIcebergInputFile(delegate.newInputFile(manifestList), failures);
    }

    @Override
    public OutputFile newOutputFile(String path)
    {
        checkWrites();
        folders.check(path);
        return delegate.newOutputFile(path);
    }

    @Override
    public void deleteFile(String path)
    {
        checkWrites();
        folders.check(path);
        delegate.deleteFile(path);
    }

    private void checkWrites()
    {
        if (!writes) {
            throw new UnsupportedOperationException("A data product is read only");
        }
    }

    @Override
    public Map<String, String> properties()
    {
        return properties;
    }

    @Override
    public List<StorageCredential> credentials()
    {
        return delegate instanceof SupportsStorageCredentials supports ? supports.credentials() : List.of();
    }

    @Override
    public void setCredentials(List<StorageCredential> credentials)
    {
        if (delegate instanceof SupportsStorageCredentials supports) {
            supports.setCredentials(credentials);
        }
    }

    @Override
    public void close()
    {
        delegate.close();
    }
}
