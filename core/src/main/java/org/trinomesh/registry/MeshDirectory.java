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
package org.trinomesh.registry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import org.trinomesh.descriptor.DescriptorFile;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.problem.Fault;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.DirectoryListing.FoundFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The files of a mesh directory. Reads again only those that changed since the last time, and tells nothing that changed while it
 * was read. Not safe for use by several threads.
 */
public final class MeshDirectory
{
    private static final int PARALLEL_FROM = 32;
    private static final int ATTEMPTS = 4;

    private final Path directory;
    private final BiFunction<String, byte[], DescriptorFile> reader;
    private Map<String, ReadFile> known = ImmutableMap.of();

    /**
     * @param settled whether the file was old enough when it was read, so that any change since shows in its time
     */
    private record ReadFile(FileStamp stamp, HashCode content, boolean settled, DescriptorFile file) {}

    /**
     * @param changed whether anything differs from the read before
     */
    public record DirectoryContent(List<DescriptorFile> files, boolean changed)
    {
        public DirectoryContent
        {
            files = ImmutableList.copyOf(requireNonNull(files, "files is null"));
        }
    }

    public MeshDirectory(Path directory)
    {
        this(directory, DescriptorReader::read);
    }

    /**
     * @param reader makes descriptors of the bytes of a file
     */
    MeshDirectory(Path directory, BiFunction<String, byte[], DescriptorFile> reader)
    {
        this.directory = requireNonNull(directory, "directory is null");
        this.reader = requireNonNull(reader, "reader is null");
    }

    /**
     * @throws IOException when the directory itself cannot be read, or changes whenever it is read; what is in it and cannot be
     *         read is a problem of its file
     */
    public DirectoryContent read()
            throws IOException
    {
        Map<String, ReadFile> before = known;
        DirectoryListing listing = DirectoryWalk.list(directory, known.keySet());
        for (int attempt = 1; ; attempt++) {
            if (listing.isEmpty() && !known.isEmpty()) {
                // For example because a volume is not mounted
                throw new IOException("the mesh directory is empty, and was not before");
            }
            Map<String, ReadFile> current = readAll(listing, before);
            boolean changed = !contents(current).equals(contents(known));
            if ((!changed && listing.vanished().isEmpty()) || listing.isStill()) {
                known = ImmutableMap.copyOf(current);
                return content(changed);
            }
            DirectoryListing after = DirectoryWalk.list(directory, known.keySet());
            Set<String> torn = after.differences(listing);
            // An author who writes in the folder of a domain all the time must not hold up the other domains. Half-written files affect only that
            // domain, and its missing rules count as broken.
            if (torn.isEmpty() || (attempt == ATTEMPTS && torn.stream().allMatch(name -> DomainFolder.of(Position.startOf(name)).isPresent()))) {
                known = ImmutableMap.copyOf(current);
                return content(changed);
            }
            if (attempt == ATTEMPTS) {
                throw new IOException("the files change while they are read, such as '%s'".formatted(torn.stream().sorted().findFirst().orElseThrow()));
            }
            before = current;
            listing = after;
        }
    }

    private DirectoryContent content(boolean changed)
    {
        return new DirectoryContent(known.values().stream().map(ReadFile::file).collect(toImmutableList()), changed);
    }

    private Map<String, ReadFile> readAll(DirectoryListing listing, Map<String, ReadFile> before)
    {
        Map<String, ReadFile> current = new HashMap<>();
        Stream<FoundFile> found = listing.files().size() - before.size() >= PARALLEL_FROM ? listing.files().values().parallelStream() : listing.files().values().stream();
        found.map(file -> read(file, Optional.ofNullable(before.get(file.name()))))
                .flatMap(Optional::stream)
                .toList()
                .forEach(file -> current.put(file.file().path(), file));
        listing.refused().forEach((name, problem) -> current.put(name, new ReadFile(FileStamp.NONE, HashCode.fromInt(0), true, DescriptorFile.unreadable(name, problem))));
        return current;
    }

    /**
     * Files that are the same object have the same content, because only changed files are parsed again.
     */
    private static Map<String, DescriptorFile> contents(Map<String, ReadFile> files)
    {
        return Maps.transformValues(files, ReadFile::file);
    }

    /**
     * @return nothing when the file went away, which shows in the next listing
     */
    private Optional<ReadFile> read(FoundFile found, Optional<ReadFile> before)
    {
        if (before.filter(file -> file.settled() && file.stamp().equals(found.stamp())).isPresent()) {
            return before;
        }
        boolean settled = found.stamp().isSettled();
        byte[] content;
        // By its real path: the names on the way may lead elsewhere by now
        try (InputStream stream = Files.newInputStream(found.path())) {
            content = stream.readNBytes(DescriptorReader.MAX_FILE_BYTES + 1);
        }
        catch (NoSuchFileException _) {
            return Optional.empty();
        }
        catch (IOException e) {
            DescriptorFile unreadable = DescriptorFile.unreadable(found.name(), Problem.error(Position.startOf(found.name()), "the file cannot be read: " + e, "make it readable for the server"));
            return Optional.of(new ReadFile(found.stamp(), HashCode.fromInt(0), false, unreadable));
        }
        HashCode hash = Hashing.sha256().hashBytes(content);
        DescriptorFile file = before.filter(known -> Objects.equals(known.content(), hash)).map(ReadFile::file).orElseGet(() -> descriptors(found.name(), content));
        return Optional.of(new ReadFile(found.stamp(), hash, settled, file));
    }

    private static boolean isBlank(byte[] content)
    {
        return content.length < 1_000 && new String(content, UTF_8).replace("\uFEFF", "").isBlank();
    }

    private DescriptorFile descriptors(String name, byte[] content)
    {
        return Fault.contain(
                "this file cannot be read",
                Position.startOf(name),
                () -> {
                    DescriptorFile file = reader.apply(name, content);
                    // A file with only a comment says that there is no policy; an empty file may be a copy that has just begun
                    return isBlank(content) && PlaceNames.mayHoldPolicies(name)
                            ? DescriptorFile.unreadable(name, Problem.error(Position.startOf(name), "the file is empty, as after a copy that did not end", "write the policy, or a comment to say that there is none"))
                            : file;
                },
                problem -> DescriptorFile.unreadable(name, problem));
    }
}
