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

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.airlift.log.Logger;
import io.trino.filesystem.Location;
import io.trino.spi.TrinoException;
import org.trinomesh.text.PrintableText;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_FILE_NOT_GRANTED;

/**
 * The folders that all files of a table lie in. Whoever writes the metadata of a table can name any file in it, and the storage
 * would read it with the mesh's own credentials.
 *
 * @param folders empty where the catalog service is trusted for what belongs to a table
 * @param localRoot where a local file system has its files; links are followed there
 */
record GrantedFolders(List<String> folders, Optional<Path> localRoot)
{
    static final String REFUSED = "its metadata names a file that is not below a folder which the platform granted to its domain";

    private static final Logger log = Logger.get(GrantedFolders.class);
    // No granted folder has blanks in it
    private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();

    GrantedFolders
    {
        folders = ImmutableList.copyOf(requireNonNull(folders, "folders is null"));
        requireNonNull(localRoot, "localRoot is null");
    }

    static GrantedFolders of(Storage storage, Collection<String> folders)
    {
        return new GrantedFolders(ImmutableList.copyOf(folders), storage.localRoot());
    }

    /**
     * @param text what {@link #text} made of the folders on another node
     */
    static GrantedFolders parse(Storage storage, String text)
    {
        return of(storage, LINES.splitToList(text));
    }

    String text()
    {
        return String.join("\n", folders);
    }

    boolean isEverywhere()
    {
        return folders.isEmpty();
    }

    Location check(Location location)
    {
        check(location.toString());
        return location;
    }

    /**
     * @throws TrinoException for a location that is elsewhere; the message is for readers and does not contain it
     */
    void check(String location)
    {
        if (!isEverywhere() && !covers(location)) {
            log.warn("A table of a domain that may use %s names %s", folders, PrintableText.line(location));
            throw new TrinoException(MESH_FILE_NOT_GRANTED, "The data product is out of service: " + REFUSED);
        }
    }

    private boolean covers(String text)
    {
        Optional<PlainLocation> location = PlainLocation.of(text);
        if (location.isEmpty()) {
            return false;
        }
        List<PlainLocation> around = folders.stream()
                .flatMap(folder -> PlainLocation.of(folder).stream())
                .filter(location.orElseThrow()::isBelow)
                .collect(toImmutableList());
        if (around.isEmpty()) {
            return false;
        }
        if (!location.orElseThrow().isLocal()) {
            return true;
        }
        Path root = localRoot.orElseGet(() -> Path.of("/"));
        return around.stream().anyMatch(folder -> leadsBelow(location.orElseThrow(), folder, root));
    }

    private static boolean leadsBelow(PlainLocation location, PlainLocation folder, Path root)
    {
        try {
            // The granted folder itself may be a link, which is the platform's
            return existing(path(root, location)).toRealPath().startsWith(path(root, folder).toRealPath());
        }
        catch (NoSuchFileException _) {
            // The granted folder does not exist yet, so it contains no link
            return true;
        }
        catch (IOException _) {
            return false;
        }
    }

    /**
     * The path, or that of the folder in which a new file would be made.
     */
    private static Path existing(Path path)
    {
        Path existing = path;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    private static Path path(Path root, PlainLocation location)
    {
        return root.resolve(String.join("/", location.segments()));
    }
}
