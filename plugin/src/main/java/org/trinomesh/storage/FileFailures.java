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

import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import org.apache.iceberg.exceptions.NotFoundException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.MeshErrorCode.MESH_STORAGE_FAILED;
import static org.trinomesh.MeshErrorCode.MESH_TABLE_MISSING;

/**
 * What fails when the files of a storage are read. The operator is told all of it; the reader is told the name of the storage only, since
 * the engine sends every cause to the client, and causes name paths and addresses.
 */
final class FileFailures
{
    private static final StorageFailures failures = new StorageFailures(Logger.get(FileFailures.class));

    private final String storage;

    FileFailures(String storage)
    {
        this.storage = requireNonNull(storage, "storage is null");
    }

    interface Reading<T>
    {
        T read()
                throws IOException;
    }

    /**
     * @throws TrinoException when the reading fails; it names no path
     */
    <T> T tell(Reading<T> reading)
    {
        try {
            T read = reading.read();
            failures.answered(storage);
            return read;
        }
        catch (FileNotFoundException | NotFoundException e) {
            failures.failed(storage, "A file of a table does not exist in storage '%s'".formatted(storage), e);
            throw new TrinoException(MESH_TABLE_MISSING, "A file of the table does not exist in storage '%s'".formatted(storage));
        }
        catch (IOException | UncheckedIOException e) {
            if (!(e instanceof InterruptedIOException) && !Thread.currentThread().isInterrupted()) {
                // Else the query needs no more rows
                failures.failed(storage, "A file in storage '%s' could not be read".formatted(storage), e);
            }
            throw new TrinoException(MESH_STORAGE_FAILED, "A file of the table could not be read from storage '%s'; the log of the server says why".formatted(storage));
        }
    }
}
