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

import com.google.common.base.Suppliers;
import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;
import org.trinomesh.registry.DirectoryListing.FoundFile;
import org.trinomesh.registry.FileStatus.Kind;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * Lists a mesh directory. Each document counts once, for the folder that it really lies in: real folders are entered first, and
 * a symbolic link that leads into one of them takes nothing from it. A link may not leave the folder of those who may write it:
 * that of the domain, that of governance, else the mesh directory.
 */
final class DirectoryWalk
{
    private static final int MAX_FOLDER_DEPTH = 20;

    // Sorted, which only a refused folder needs
    private final Supplier<NavigableSet<String>> known;
    private final Map<String, FoundFile> files = new HashMap<>();
    private final Map<String, Problem> refused = new HashMap<>();
    private final Set<String> vanished = new HashSet<>();
    private final List<String> unread = new ArrayList<>();
    private final List<SeenPath> seen = new ArrayList<>();
    private final DomainSizes sizes = new DomainSizes();
    // Real files and folders that are read, with their names in the mesh
    private final Map<Path, String> places = new HashMap<>();
    private List<Link> links = new ArrayList<>();

    /**
     * @param boundary the real folder that it may not leave
     * @param namedLikeItsTarget asked once, and not with each comparison
     */
    private record Link(String name, Path path, Boundary boundary, int depth, boolean namedLikeItsTarget)
    {
        // A link that is named like its target serves deployment
        private static final Comparator<Link> ORDER = Comparator.comparing((Link link) -> !PlaceNames.isPolicyFolder(link.name()) && !link.name().equals(PlaceNames.DOMAINS))
                .thenComparing(link -> link.name().chars().filter(character -> character == '/').count())
                .thenComparing(link -> !link.namedLikeItsTarget())
                .thenComparing(Link::name);

        private Link
        {
            requireNonNull(name, "name is null");
            requireNonNull(path, "path is null");
            requireNonNull(boundary, "boundary is null");
        }

        private static Link of(String name, Path path, Optional<Path> target, Boundary boundary, int depth)
        {
            return new Link(name, path, boundary, depth, target.map(Path::getFileName).equals(Optional.of(path.getFileName())));
        }
    }

    /**
     * @param name of the folder as it is known in the mesh; empty for the mesh directory
     */
    private record Boundary(String name, Path folder)
    {
        private Boundary
        {
            requireNonNull(name, "name is null");
            requireNonNull(folder, "folder is null");
        }
    }

    private DirectoryWalk(Supplier<NavigableSet<String>> known)
    {
        this.known = requireNonNull(known, "known is null");
    }

    /**
     * @param known the names of files that were read before
     * @throws IOException when the directory itself cannot be listed
     */
    static DirectoryListing list(Path directory, Set<String> known)
            throws IOException
    {
        DirectoryWalk walk = new DirectoryWalk(Suppliers.memoize(() -> new TreeSet<>(known)));
        FileStatus named = FileStatus.of(directory);
        Path root = directory.toRealPath();
        walk.seen.add(SeenPath.link(directory, named, Optional.of(root)));
        walk.places.put(root, "");
        walk.enter(root, FileStatus.of(root), "", new Boundary("", root), 0);
        while (!walk.links.isEmpty()) {
            List<Link> links = walk.links.stream().sorted(Link.ORDER).collect(toImmutableList());
            walk.links = new ArrayList<>();
            links.forEach(walk::follow);
        }
        walk.unread.forEach(walk::reportUnread);
        walk.sizes.tooLarge().forEach(walk::refuseTooLarge);
        return new DirectoryListing(walk.files, walk.refused, walk.vanished, walk.seen);
    }

    /**
     * @param folder its real path
     */
    private void enter(Path folder, FileStatus folderStatus, String prefix, Boundary boundary, int depth)
            throws IOException
    {
        // One more than a domain may have is enough to see that it has too many
        List<Path> children = SeenPath.names(folder, isInDomain(prefix) ? DomainSizes.MAX_ENTRIES + 1 : Integer.MAX_VALUE);
        seen.add(SeenPath.folder(folder, folderStatus, children));
        if (prefix.equals(PlaceNames.DOMAINS + "/")) {
            // Their real folders have nothing in common, and asking a file system takes longer than anything else here
            children.parallelStream().map(child -> walkAlone(child, prefix, boundary, depth)).toList().forEach(this::add);
            return;
        }
        for (Path child : children) {
            String name = prefix + child.getFileName();
            sizes.addEntry(name);
            if (sizes.isTooLarge(name)) {
                return;
            }
            look(name, child, boundary, depth);
        }
    }

    private DirectoryWalk walkAlone(Path child, String prefix, Boundary boundary, int depth)
    {
        DirectoryWalk walk = new DirectoryWalk(known);
        walk.look(prefix + child.getFileName(), child, boundary, depth);
        return walk;
    }

    private void add(DirectoryWalk other)
    {
        files.putAll(other.files);
        refused.putAll(other.refused);
        vanished.addAll(other.vanished);
        unread.addAll(other.unread);
        seen.addAll(other.seen);
        sizes.addAll(other.sizes);
        places.putAll(other.places);
        links.addAll(other.links);
    }

    private void look(String name, Path path, Boundary boundary, int depth)
    {
        if (path.getFileName().toString().startsWith(".")) {
            if (PlaceNames.isPutAsideByADot(name)) {
                unread.add(name);
            }
            return;
        }
        contain(name, () -> {
            FileStatus status = FileStatus.of(path);
            if (status.kind() == Kind.LINK) {
                Optional<Path> target = target(path);
                seen.add(SeenPath.link(path, status, target));
                links.add(Link.of(name, path, target, boundary, depth));
                return;
            }
            visit(name, path, status, boundary, depth);
        });
    }

    private static Optional<Path> target(Path link)
    {
        try {
            return Optional.of(link.toRealPath());
        }
        catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * @param path where it really is
     */
    private void visit(String name, Path path, FileStatus status, Boundary boundary, int depth)
            throws IOException
    {
        String read = places.get(path);
        if (read != null) {
            refuseSecond(name, read);
            return;
        }
        if (status.kind() == Kind.FOLDER) {
            if (depth == MAX_FOLDER_DEPTH) {
                refuse(name, "folders nest deeper than " + MAX_FOLDER_DEPTH, "move the folder up");
                return;
            }
            places.put(path, name);
            boolean ownPlace = name.equals(PlaceNames.GOVERNANCE) || PlaceNames.isDomainFolder(name);
            enter(path, status, name + "/", ownPlace ? new Boundary(name, path) : boundary, depth + 1);
        }
        else if (!PlaceNames.isDescriptor(name) && !PlaceNames.isQuery(name)) {
            if (PlaceNames.isInPolicyFolder(name) && !PlaceNames.isNote(name)) {
                unread.add(name);
            }
            // On file systems without links, git writes a symbolic link as a file
            if (PlaceNames.mayContainPolicies(name) && (!PlaceNames.isDomainFolder(name) || DomainFolder.domain(Position.startOf(name + "/"), Optional.empty()).isPresent())) {
                refuse(name, "this is a file where a folder is expected", "make it a folder");
            }
        }
        else if (status.kind() != Kind.FILE) {
            refuse(name, "this is not a file that can be read", "write a regular file");
        }
        else {
            places.put(path, name);
            sizes.addBytes(name, status.stamp().size());
            seen.add(SeenPath.file(path, status));
            files.put(name, new FoundFile(name, path, status.stamp()));
        }
    }

    private void follow(Link link)
    {
        if (PlaceNames.isNote(link.name())) {
            return;
        }
        Optional<Path> target;
        try {
            target = Optional.of(link.path().toRealPath()).filter(path -> path.startsWith(link.boundary().folder()));
        }
        catch (NoSuchFileException _) {
            target = Optional.empty();
        }
        catch (IOException e) {
            refuseAll(link.name(), "cannot be read: " + e);
            return;
        }
        if (target.isEmpty()) {
            refuseTarget(link);
            return;
        }
        Path real = target.get();
        contain(link.name(), () -> visit(link.name(), real, FileStatus.of(real), link.boundary(), link.depth()));
    }

    /**
     * Reports a missing target and a target of somebody else with the same words. Otherwise links could be used to discover
     * what exists.
     */
    private void refuseTarget(Link link)
    {
        String where = link.boundary().name().isEmpty() ? "the mesh directory" : "the folder " + link.boundary().name();
        String message = "the symbolic link leads nowhere, or out of " + where;
        String remedy = "remove the link, or copy its target into the folder";
        refuseAll(link.name(), message, remedy);
        String fileName = link.path().getFileName().toString();
        if (fileName.contains(".") && !PlaceNames.isDescriptor(fileName) && !PlaceNames.mayHoldPolicies(link.name())) {
            // Most likely a picture or the like, which would not be read either
            refused.put(link.name(), Problem.warning(Position.startOf(link.name()), message, remedy));
        }
    }

    /**
     * Nothing is read twice. In a folder of policies, a link to something that is read elsewhere counts as a policy that cannot
     * be read, unless it is read as a policy of the same place.
     */
    private void refuseSecond(String name, String read)
    {
        boolean samePolicies = PlaceNames.isInPolicyFolder(name) && PlaceNames.isInPolicyFolder(read) && DomainFolder.of(Position.startOf(name)).equals(DomainFolder.of(Position.startOf(read)));
        String place = read.isEmpty() ? "the mesh directory" : "'" + read + "'";
        String message = "this symbolic link leads to %s, which is already read under that name".formatted(place);
        String remedy = "remove the link, or move its target here";
        refused.put(name, PlaceNames.mayHoldPolicies(name) && !samePolicies ? Problem.error(Position.startOf(name), message, remedy) : Problem.warning(Position.startOf(name), message, remedy));
    }

    /**
     * A file in a folder of policies without the name of a descriptor may be a renamed policy, or the copy of one.
     */
    private void reportUnread(String name)
    {
        String message = "this file is in a folder of policies and is not read as a policy";
        Optional<String> meant = PlaceNames.meantAs(name);
        if (meant.isPresent() && !files.containsKey(meant.get())) {
            refuse(name, message, "rename it to '%s', or remove it".formatted(meant.get()));
            return;
        }
        String remedy = PlaceNames.isPutAsideByADot(name) ? "remove it, or give it a name that does not begin with a dot" : "remove it, or give it the ending .yaml";
        refused.put(name, Problem.warning(Position.startOf(name), message, remedy));
    }

    private interface Visit
    {
        void run()
                throws IOException;
    }

    private void contain(String name, Visit visit)
    {
        try {
            visit.run();
        }
        catch (NoSuchFileException _) {
            vanished.add(name);
        }
        catch (IOException e) {
            refuseAll(name, "cannot be read: " + e);
        }
    }

    private void refuseAll(String name, String message)
    {
        refuseAll(name, message, "make it readable for the server");
    }

    /**
     * A folder that cannot be read still has its files: they are broken, not removed.
     */
    private void refuseAll(String name, String message, String remedy)
    {
        refuse(name, message, remedy);
        refuseKnown(name, "its folder " + message, remedy);
    }

    private void refuseKnown(String folder, String message, String remedy)
    {
        // What begins with the folder and a slash: '0' is the character after it
        known.get().subSet(folder + "/", folder + "0")
                .forEach(path -> refuse(path, message, remedy));
    }

    /**
     * Nothing in it is used: which of its files are read would depend on chance.
     */
    private void refuseTooLarge(String folder)
    {
        String prefix = folder + "/";
        files.keySet().removeIf(name -> name.startsWith(prefix));
        refused.keySet().removeIf(name -> name.startsWith(prefix));
        vanished.removeIf(name -> name.startsWith(prefix));
        String message = "the folder of this domain is larger than %,d files and folders, or 64 MB of descriptors".formatted(DomainSizes.MAX_ENTRIES);
        String remedy = "remove files that are not descriptors, or split the domain in two";
        refuse(folder, message, remedy);
        refuseKnown(folder, message, remedy);
    }

    private static boolean isInDomain(String prefix)
    {
        return DomainFolder.of(Position.startOf(prefix)).isPresent();
    }

    private void refuse(String name, String message, String remedy)
    {
        refused.put(name, Problem.error(Position.startOf(name), message, remedy));
    }
}
