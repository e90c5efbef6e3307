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
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.spi.TrinoException;
import io.trino.spi.security.ConnectorIdentity;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.trinomesh.registry.PhysicalTable.LocatedTable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

import static io.trino.plugin.iceberg.IcebergUtil.getLatestMetadataLocation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.storage.ConfinedFileSystem.confine;

/**
 * Finds the current version of a table that has no catalog service by its root folder, as file-system catalogs write it:
 * {@code metadata/version-hint.text} names the version, else the highest one counts.
 */
final class LocatedTables
{
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    private final Storage storage;
    private final GrantedFolders folders;

    LocatedTables(Storage storage, GrantedFolders folders)
    {
        this.storage = requireNonNull(storage, "storage is null");
        this.folders = requireNonNull(folders, "folders is null");
    }

    BaseTable load(ConnectorIdentity identity, LocatedTable table)
    {
        TrinoFileSystem files = confine(storage.fileSystems().create(identity, ImmutableMap.of()), folders);
        FileIO io = storage.fileIos().create(files);
        String metadataLocation = hintedMetadataLocation(files, table)
                .orElseGet(() -> latestMetadataLocation(files, table));
        TableMetadata metadata = TableMetadataParser.read(io, metadataLocation);
        return new BaseTable(new ServedTableOperations(metadata, io, PlaintextEncryptionManager.instance()), table.location());
    }

    private static String latestMetadataLocation(TrinoFileSystem files, LocatedTable table)
    {
        try {
            return getLatestMetadataLocation(files, table.location());
        }
        catch (TrinoException e) {
            if (isMissing(files, table)) {
                throw new NotFoundException(e, "There is no table at %s", table.location());
            }
            throw e;
        }
    }

    private static boolean isMissing(TrinoFileSystem files, LocatedTable table)
    {
        try {
            return !files.listFiles(Location.of(table.location()).appendPath("metadata")).hasNext();
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot list the metadata of the table", e);
        }
    }

    private static Optional<String> hintedMetadataLocation(TrinoFileSystem files, LocatedTable table)
    {
        Location metadata = Location.of(table.location()).appendPath("metadata");
        try {
            Optional<String> version = read(files.newInputFile(metadata.appendPath("version-hint.text")));
            if (version.isEmpty()) {
                return Optional.empty();
            }
            // Only a hint: a writer may fail between the version and its hint, and a copy may lack the file
            Optional<Location> current = Optional.empty();
            for (int number = Integer.parseInt(version.orElseThrow()); ; number++) {
                Location candidate = metadata.appendPath("v" + number + ".metadata.json");
                if (!files.newInputFile(candidate).exists()) {
                    return current.map(Location::toString);
                }
                current = Optional.of(candidate);
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot read the version hint of the table", e);
        }
    }

    private static Optional<String> read(TrinoInputFile hint)
            throws IOException
    {
        try (InputStream stream = hint.newStream()) {
            String text = new String(stream.readNBytes(64), UTF_8).trim();
            return VERSION.matcher(text).matches() ? Optional.of(text) : Optional.empty();
        }
        catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
