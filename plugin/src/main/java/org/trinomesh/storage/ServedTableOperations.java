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

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

import static java.util.Objects.requireNonNull;

/**
 * One version of a table, pinned for a transaction, as Iceberg's API wants to see it. Refuses commits.
 */
final class ServedTableOperations
        implements TableOperations
{
    private final TableMetadata metadata;
    private final FileIO io;
    private final EncryptionManager encryption;

    ServedTableOperations(TableMetadata metadata, FileIO io, EncryptionManager encryption)
    {
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.io = requireNonNull(io, "io is null");
        this.encryption = requireNonNull(encryption, "encryption is null");
    }

    @Override
    public TableMetadata current()
    {
        return metadata;
    }

    @Override
    public TableMetadata refresh()
    {
        return metadata;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed)
    {
        throw new UnsupportedOperationException("A data product is read only");
    }

    @Override
    public FileIO io()
    {
        return io;
    }

    @Override
    public EncryptionManager encryption()
    {
        return encryption;
    }

    @Override
    public String metadataFileLocation(String fileName)
    {
        throw new UnsupportedOperationException("A data product is read only");
    }

    @Override
    public LocationProvider locationProvider()
    {
        // Nor is the class loaded that the properties of the table may name for it
        throw new UnsupportedOperationException("A data product is read only");
    }
}
