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

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import org.apache.iceberg.exceptions.NotFoundException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_FAILED;
import static org.trinomesh.error.MeshErrorCode.MESH_TABLE_MISSING;

/**
 * Reads files of a storage for queries, writes those of refreshes, and reports failures. The log gets the whole failure. The reader only gets the name of
 * the storage, because the engine sends every cause to the client, and causes contain paths and addresses.
 */
final class FileFailures
{
    private static final Logger log = Logger.get(FileFailures.class);
    // These failures repeat with every query
    private static final Cache<String, Boolean> missing = CacheBuilder.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private static final Set<String> failing = ConcurrentHashMap.newKeySet();

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
     * Reads some of a file, or asks about it.
     *
     * @throws TrinoException when that fails; it names no path
     */
    <T> T read(Reading<T> reading)
    {
        T read = open(reading);
        // Checked first, since every read of every file gets here
        if (!failing.isEmpty()) {
            failing.remove(storage);
        }
        return read;
    }

    /**
     * Opens a file, which may be done without asking the storage.
     *
     * @throws TrinoException when that fails; it names no path
     */
    <T> T open(Reading<T> opening)
    {
        try {
            return opening.read();
        }
        catch (FileNotFoundException | NotFoundException e) {
            if (missing.asMap().putIfAbsent(storage + " " + e.getMessage(), true) == null) {
                log.warn("A file of a table does not exist in storage '%s': %s", storage, e.getMessage());
            }
            throw new TrinoException(MESH_TABLE_MISSING, "A file of the table does not exist in storage '%s'".formatted(storage));
        }
        catch (IOException | UncheckedIOException e) {
            if (!isCancelled(e) && failing.add(storage)) {
                // The causes in between contain paths and messages of the client; the last one is the reason
                log.warn("A file in storage '%s' could not be read: %s: %s", storage, e.getMessage(), Throwables.getRootCause(e));
            }
            throw new TrinoException(MESH_STORAGE_FAILED, "A file of the table could not be read from storage '%s'; the log of the server says why".formatted(storage));
        }
    }

    /**
     * Writes something of a file.
     *
     * @throws TrinoException when that fails; it names no path
     */
    <T> T write(Reading<T> writing)
    {
        try {
            return writing.read();
        }
        catch (IOException | UncheckedIOException e) {
            if (!isCancelled(e)) {
                log.error(e, "A file in storage '%s' could not be written", storage);
            }
            throw new TrinoException(MESH_STORAGE_FAILED, "A file could not be written to storage '%s'; the log of the server says why".formatted(storage));
        }
    }

    /**
     * Whether the query was stopped because it needs no more rows, which is not a failure.
     */
    private static boolean isCancelled(Exception failure)
    {
        boolean interrupted = failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
        return interrupted || Thread.currentThread().isInterrupted();
    }
}
