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
import org.trinomesh.descriptor.DescriptorReader;
import org.trinomesh.descriptor.Fault;
import org.trinomesh.descriptor.Position;
import org.trinomesh.descriptor.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * The files of a mesh directory. Reads again only those that changed since the last time. Not safe for use by several
 * threads.
 */
public final class MeshDirectory
{
    private static final int MAX_FOLDER_DEPTH = 20;
    private static final int PARALLEL_FROM = 32;
    // File systems round times, so that a file written twice in this time may look as if it were written once
    private static final long UNSETTLED_MILLIS = 2_000;

    private final Path directory;
    private final BiFunction<String, byte[], DescriptorFile> reader;
    private Map<String, ReadFile> known = ImmutableMap.of();

    /**
     * @param settled whether the file was old enough when it was read, so that any change since shows in its time
     */
    private record ReadFile(Stamp stamp, HashCode content, boolean settled, DescriptorFile file) {}

    private record Stamp(FileTime modified, long size, Optional<Object> key) {}

    private record FoundFile(String name, Path path, Stamp stamp) {}

    private final class Listing
    {
        private final List<FoundFile> files = new ArrayList<>();
        private final Map<String, DescriptorFile> unreadable = new HashMap<>();
        private final Set<Path> entered = new HashSet<>();
    }

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
     * @throws IOException when the directory itself cannot be read; what is in it and cannot be read is a problem of its file
     */
    public DirectoryContent read()
            throws IOException
    {
        Listing listing = new Listing();
        Path root = directory.toRealPath();
        list(root, root, "", listing, 0);
        Map<String, ReadFile> current = new HashMap<>();
        Stream<FoundFile> found = listing.files.size() - known.size() >= PARALLEL_FROM ? listing.files.parallelStream() : listing.files.stream();
        found.map(this::read)
                .flatMap(Optional::stream)
                .toList()
                .forEach(file -> current.put(file.file().path(), file));
        listing.unreadable.forEach((name, file) -> current.put(name, new ReadFile(new Stamp(FileTime.fromMillis(0), 0, Optional.empty()), HashCode.fromInt(0), true, file)));
        boolean changed = !contents(current).equals(contents(known));
        known = ImmutableMap.copyOf(current);
        return new DirectoryContent(known.values().stream().map(ReadFile::file).collect(toImmutableList()), changed);
    }

    /**
     * Files that are the same object have the same content, as only what changed is parsed again.
     */
    private static Map<String, DescriptorFile> contents(Map<String, ReadFile> files)
    {
        return Maps.transformValues(files, ReadFile::file);
    }

    private void list(Path root, Path folder, String prefix, Listing listing, int depth)
            throws IOException
    {
        // Symbolic links may lead into a folder twice, or in a circle
        if (!listing.entered.add(folder.toRealPath())) {
            return;
        }
        List<Path> children;
        try (Stream<Path> stream = Files.list(folder)) {
            children = stream.sorted().collect(toImmutableList());
        }
        for (Path child : children) {
            String fileName = child.getFileName().toString();
            if (fileName.startsWith(".")) {
                continue;
            }
            String name = prefix + fileName;
            try {
                visit(root, child, name, listing, depth);
            }
            catch (NoSuchFileException e) {
                if (Files.isSymbolicLink(child) && isDescriptor(fileName)) {
                    refuse(listing, name, "the symbolic link leads nowhere", "remove the link or restore its target");
                }
            }
            catch (IOException e) {
                refuseAll(listing, name, "cannot be read: " + e);
            }
        }
    }

    private void visit(Path root, Path child, String name, Listing listing, int depth)
            throws IOException
    {
        boolean link = Files.isSymbolicLink(child);
        BasicFileAttributes attributes = Files.readAttributes(child, BasicFileAttributes.class);
        if (!attributes.isDirectory() && !isDescriptor(name)) {
            return;
        }
        if (link && !child.toRealPath().startsWith(root)) {
            refuse(listing, name, "the symbolic link leaves the mesh directory", "copy the file into the directory");
            return;
        }
        if (attributes.isDirectory()) {
            if (depth == MAX_FOLDER_DEPTH) {
                refuse(listing, name, "folders nest deeper than " + MAX_FOLDER_DEPTH, "move the folder up");
                return;
            }
            list(root, child, name + "/", listing, depth + 1);
            return;
        }
        listing.files.add(new FoundFile(name, child, new Stamp(attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()))));
    }

    /**
     * A folder that cannot be read still has its files: they are broken, not removed.
     */
    private void refuseAll(Listing listing, String name, String message)
    {
        refuse(listing, name, message, "make it readable for the server");
        known.keySet().stream()
                .filter(path -> path.startsWith(name + "/"))
                .forEach(path -> refuse(listing, path, "its folder " + message, "make it readable for the server"));
    }

    private static void refuse(Listing listing, String name, String message, String remedy)
    {
        listing.unreadable.put(name, DescriptorFile.unreadable(name, Problem.error(Position.startOf(name), message, remedy)));
    }

    private Optional<ReadFile> read(FoundFile found)
    {
        ReadFile before = known.get(found.name());
        if (before != null && before.settled() && before.stamp().equals(found.stamp())) {
            return Optional.of(before);
        }
        boolean settled = System.currentTimeMillis() - found.stamp().modified().toMillis() > UNSETTLED_MILLIS;
        byte[] content;
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
        if (before != null && Objects.equals(before.content(), hash)) {
            return Optional.of(new ReadFile(found.stamp(), hash, settled, before.file()));
        }
        return Optional.of(new ReadFile(found.stamp(), hash, settled, descriptors(found.name(), content)));
    }

    private DescriptorFile descriptors(String name, byte[] content)
    {
        return Fault.contain(
                "this file cannot be read",
                Position.startOf(name),
                () -> reader.apply(name, content),
                problem -> DescriptorFile.unreadable(name, problem));
    }

    private static boolean isDescriptor(String name)
    {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
