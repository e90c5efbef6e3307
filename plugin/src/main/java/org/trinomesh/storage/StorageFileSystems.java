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

import io.trino.filesystem.TrinoFileSystem;
import io.trino.plugin.iceberg.IcebergFileSystemFactory;
import io.trino.plugin.iceberg.IcebergTableCredentials;
import io.trino.spi.TrinoException;
import io.trino.spi.security.ConnectorIdentity;

import java.util.Map;

import static java.lang.Boolean.parseBoolean;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_UNKNOWN;
import static org.trinomesh.storage.ConfinedFileSystem.ofReaders;
import static org.trinomesh.storage.ConfinedFileSystem.ofRefresh;
import static org.trinomesh.storage.StorageFileIo.FOLDERS_PROPERTY;
import static org.trinomesh.storage.StorageFileIo.STORAGE_PROPERTY;
import static org.trinomesh.storage.StorageFileIo.WRITES_PROPERTY;

/**
 * The file systems of the serving engine: for each table those of its storage, on the coordinator as on the workers. The
 * engine itself is configured with none, so a table without a storage opens nothing.
 */
public final class StorageFileSystems
        implements IcebergFileSystemFactory
{
    private final Storages storages;

    public StorageFileSystems(Storages storages)
    {
        this.storages = requireNonNull(storages, "storages is null");
    }

    @Override
    public TrinoFileSystem create(ConnectorIdentity identity, Map<String, String> fileIoProperties)
    {
        Storage storage = storageOf(fileIoProperties);
        return confined(storage, storage.fileSystems().create(identity, fileIoProperties), fileIoProperties);
    }

    @Override
    public TrinoFileSystem create(ConnectorIdentity identity, IcebergTableCredentials tableCredentials)
    {
        // Forwarded as it came: credentials vended by a REST catalog are in the typed form only
        Storage storage = storageOf(tableCredentials.fileIoProperties());
        return confined(storage, storage.fileSystems().create(identity, tableCredentials), tableCredentials.fileIoProperties());
    }

    private static TrinoFileSystem confined(Storage storage, TrinoFileSystem files, Map<String, String> fileIoProperties)
    {
        GrantedFolders folders = folders(storage, fileIoProperties);
        FileFailures failures = new FileFailures(storage.name());
        return parseBoolean(fileIoProperties.get(WRITES_PROPERTY)) ? ofRefresh(files, folders, failures) : ofReaders(files, folders, failures);
    }

    private static GrantedFolders folders(Storage storage, Map<String, String> fileIoProperties)
    {
        String folders = fileIoProperties.get(FOLDERS_PROPERTY);
        if (folders == null) {
            throw new IllegalStateException("A table reached the reader without the folders of its files");
        }
        return GrantedFolders.parse(storage, folders);
    }

    private Storage storageOf(Map<String, String> fileIoProperties)
    {
        String name = fileIoProperties.get(STORAGE_PROPERTY);
        if (name == null) {
            throw new IllegalStateException("A table reached the reader without the name of its storage");
        }
        return storages.find(name)
                .orElseThrow(() -> new TrinoException(MESH_STORAGE_UNKNOWN, "Storage '" + name + "' is not configured on this node; every node needs the same catalog file"));
    }
}
