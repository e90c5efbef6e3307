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
import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.spi.TrinoException;
import io.trino.spi.security.ConnectorIdentity;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableMetadataParser.Codec;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.trinomesh.product.PhysicalTable.LocatedTable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.plugin.iceberg.IcebergErrorCode.ICEBERG_INVALID_METADATA;
import static io.trino.plugin.iceberg.IcebergUtil.parseVersion;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.storage.ConfinedFileSystem.confine;

/**
 * Finds the current version of a table without a catalog service in its root folder, as file-system catalogs write it:
 * {@code metadata/version-hint.text} names the version, else the highest one counts.
 */
final class LocatedTables
{
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");
    // The current and the former names that Iceberg's file-system catalogs give to metadata files
    private static final Set<String> EXTENSIONS = Stream.concat(
                    Arrays.stream(Codec.values()).map(TableMetadataParser::getFileExtension),
                    Arrays.stream(Codec.values()).map(TableMetadataParser::getOldFileExtension))
            .collect(toImmutableSet());

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

    /**
     * Trino's own search misses compressed files with the former kind of name.
     */
    private static String latestMetadataLocation(TrinoFileSystem files, LocatedTable table)
    {
        int latest = -1;
        List<Location> found = new ArrayList<>();
        boolean isEmpty = true;
        try {
            FileIterator entries = files.listFiles(Location.of(table.location()).appendPath("metadata"));
            while (entries.hasNext()) {
                isEmpty = false;
                Location file = entries.next().location();
                if (EXTENSIONS.stream().noneMatch(file.fileName()::endsWith)) {
                    continue;
                }
                int version = parseVersion(file.fileName());
                if (version > latest) {
                    latest = version;
                    found.clear();
                }
                if (version == latest) {
                    found.add(file);
                }
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot list the metadata of the table", e);
        }
        if (isEmpty) {
            throw new NotFoundException("There is no table at %s", table.location());
        }
        if (found.size() != 1) {
            throw new TrinoException(ICEBERG_INVALID_METADATA, "Not one file has the latest metadata of the table at %s: %s".formatted(table.location(), found));
        }
        return found.getFirst().toString();
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
                Optional<Location> candidate = version(files, metadata, number);
                if (candidate.isEmpty()) {
                    return current.map(Location::toString);
                }
                current = candidate;
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException("Cannot read the version hint of the table", e);
        }
    }

    /**
     * A version under the name of any compression: which one is used may change between versions.
     */
    private static Optional<Location> version(TrinoFileSystem files, Location metadata, int number)
            throws IOException
    {
        for (String extension : EXTENSIONS) {
            Location candidate = metadata.appendPath("v" + number + extension);
            if (files.newInputFile(candidate).exists()) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
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
