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

import io.trino.filesystem.FileIterator;
import io.trino.filesystem.Location;
import io.trino.filesystem.TrinoFileSystem;
import io.trino.filesystem.TrinoInputFile;
import io.trino.filesystem.TrinoOutputFile;
import io.trino.filesystem.encryption.EncryptionKey;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * A file system that only reads files in the granted folders, and writes nothing there but what a refresh writes.
 */
final class ConfinedFileSystem
        implements TrinoFileSystem
{
    private final TrinoFileSystem delegate;
    private final GrantedFolders folders;
    private final UnaryOperator<TrinoInputFile> opened;
    private final Optional<UnaryOperator<TrinoOutputFile>> written;

    /**
     * @param written empty where nothing is written
     */
    private ConfinedFileSystem(TrinoFileSystem delegate, GrantedFolders folders, UnaryOperator<TrinoInputFile> opened, Optional<UnaryOperator<TrinoOutputFile>> written)
    {
        this.delegate = requireNonNull(delegate, "delegate is null");
        this.folders = requireNonNull(folders, "folders is null");
        this.opened = requireNonNull(opened, "opened is null");
        this.written = requireNonNull(written, "written is null");
    }

    static TrinoFileSystem confine(TrinoFileSystem files, GrantedFolders folders)
    {
        return folders.isEverywhere() ? files : new ConfinedFileSystem(files, folders, UnaryOperator.identity(), Optional.empty());
    }

    /**
     * For the engine, which shows failures to the reader of a query.
     */
    static TrinoFileSystem ofReaders(TrinoFileSystem files, GrantedFolders folders, FileFailures failures)
    {
        return new ConfinedFileSystem(files, folders, file -> new ReportingTrinoInputFile(file, failures), Optional.empty());
    }

    /**
     * For a refresh, whose files are new ones in the folders of its table.
     */
    static TrinoFileSystem ofRefresh(TrinoFileSystem files, GrantedFolders folders, FileFailures failures)
    {
        return new ConfinedFileSystem(files, folders, file -> new ReportingTrinoInputFile(file, failures), Optional.of(file -> new ReportingTrinoOutputFile(file, failures)));
    }

    @Override
    public TrinoInputFile newInputFile(Location location)
    {
        return opened.apply(delegate.newInputFile(folders.check(location)));
    }

    @Override
    public TrinoInputFile newInputFile(Location location, long length)
    {
        return opened.apply(delegate.newInputFile(folders.check(location), length));
    }

    @Override
    public TrinoInputFile newInputFile(Location location, long length, Instant lastModified)
    {
        return opened.apply(delegate.newInputFile(folders.check(location), length, lastModified));
    }

    @Override
    public TrinoInputFile newEncryptedInputFile(Location location, EncryptionKey key)
    {
        return opened.apply(delegate.newEncryptedInputFile(folders.check(location), key));
    }

    @Override
    public TrinoInputFile newEncryptedInputFile(Location location, long length, EncryptionKey key)
    {
        return opened.apply(delegate.newEncryptedInputFile(folders.check(location), length, key));
    }

    @Override
    public TrinoInputFile newEncryptedInputFile(Location location, long length, Instant lastModified, EncryptionKey key)
    {
        return opened.apply(delegate.newEncryptedInputFile(folders.check(location), length, lastModified, key));
    }

    @Override
    public FileIterator listFiles(Location location)
            throws IOException
    {
        return delegate.listFiles(folders.check(location));
    }

    @Override
    public Set<Location> listDirectories(Location location)
            throws IOException
    {
        return delegate.listDirectories(folders.check(location));
    }

    @Override
    public Optional<Boolean> directoryExists(Location location)
            throws IOException
    {
        return delegate.directoryExists(folders.check(location));
    }

    @Override
    public TrinoOutputFile newOutputFile(Location location)
    {
        return written.orElseThrow(ConfinedFileSystem::refused).apply(delegate.newOutputFile(folders.check(location)));
    }

    /**
     * Writers remove their own files when they are stopped.
     */
    @Override
    public void deleteFile(Location location)
            throws IOException
    {
        checkWrites();
        delegate.deleteFile(folders.check(location));
    }

    @Override
    public void deleteFiles(Collection<Location> locations)
            throws IOException
    {
        checkWrites();
        locations.forEach(folders::check);
        delegate.deleteFiles(locations);
    }

    @Override
    public void deleteDirectory(Location location)
    {
        throw refused();
    }

    @Override
    public void renameFile(Location source, Location target)
    {
        throw refused();
    }

    @Override
    public void createDirectory(Location location)
    {
        throw refused();
    }

    @Override
    public void renameDirectory(Location source, Location target)
    {
        throw refused();
    }

    @Override
    public Optional<Location> createTemporaryDirectory(Location targetPath, String temporaryPrefix, String relativePrefix)
    {
        throw refused();
    }

    private void checkWrites()
    {
        if (written.isEmpty()) {
            throw refused();
        }
    }

    private static UnsupportedOperationException refused()
    {
        return new UnsupportedOperationException("A data product is read only");
    }
}
