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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * A file, folder or symbolic link as it was in a listing.
 *
 * @param target where it really leads, when it is a symbolic link that leads anywhere
 * @param names what is in the folder, when that changed too short a time ago for another change to show in its times
 */
record SeenPath(Path path, FileStatus status, Optional<Path> target, Optional<List<Path>> names)
{
    SeenPath
    {
        requireNonNull(path, "path is null");
        requireNonNull(status, "status is null");
        requireNonNull(target, "target is null");
        names = requireNonNull(names, "names is null").map(ImmutableList::copyOf);
    }

    static SeenPath file(Path path, FileStatus status)
    {
        return new SeenPath(path, status, Optional.empty(), Optional.empty());
    }

    static SeenPath link(Path path, FileStatus status, Optional<Path> target)
    {
        return new SeenPath(path, status, target, Optional.empty());
    }

    /**
     * @param status of before the names were listed
     */
    static SeenPath folder(Path path, FileStatus status, List<Path> names)
    {
        return new SeenPath(path, status, Optional.empty(), Optional.of(names).filter(_ -> !status.stamp().isSettled()));
    }

    /**
     * What is in a folder, in order.
     *
     * @param most how many to look at
     */
    static List<Path> names(Path folder, int most)
            throws IOException
    {
        try (Stream<Path> stream = Files.list(folder)) {
            return stream.limit(most).sorted().collect(toImmutableList());
        }
    }

    /**
     * Whether it is as it was. What cannot be read is not.
     */
    boolean isStill()
    {
        try {
            return status.isStillOf(path)
                    && (target.isEmpty() || target.get().equals(path.toRealPath()))
                    && (names.isEmpty() || names.get().equals(names(path, names.get().size() + 1)));
        }
        catch (IOException _) {
            return false;
        }
    }
}
