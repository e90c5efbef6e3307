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
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.trinomesh.problem.Problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The content of a mesh directory at one moment.
 *
 * @param files by name
 * @param refused what is not read, by name
 * @param vanished names of what went away meanwhile
 * @param seen all that was looked at
 */
record DirectoryListing(Map<String, FoundFile> files, Map<String, Problem> refused, Set<String> vanished, List<SeenPath> seen)
{
    /**
     * @param path where it really is
     */
    record FoundFile(String name, Path path, FileStamp stamp)
    {
        FoundFile
        {
            requireNonNull(name, "name is null");
            requireNonNull(path, "path is null");
            requireNonNull(stamp, "stamp is null");
        }
    }

    DirectoryListing
    {
        files = ImmutableMap.copyOf(requireNonNull(files, "files is null"));
        refused = ImmutableMap.copyOf(requireNonNull(refused, "refused is null"));
        vanished = ImmutableSet.copyOf(requireNonNull(vanished, "vanished is null"));
        seen = ImmutableList.copyOf(requireNonNull(seen, "seen is null"));
    }

    boolean isEmpty()
    {
        return files.isEmpty() && refused.isEmpty() && vanished.isEmpty();
    }

    /**
     * Whether a listing would be the same now, in a fraction of the time of a listing. It misses changes only on file systems
     * that do not record when the names in a folder change.
     */
    boolean isStill()
    {
        return vanished.isEmpty() && seen.parallelStream().allMatch(SeenPath::isStill);
    }

    /**
     * The names of files that changed since an earlier listing.
     */
    Set<String> differences(DirectoryListing before)
    {
        return Stream.of(
                        Sets.union(files.keySet(), before.files.keySet()).stream().filter(name -> !Objects.equals(files.get(name), before.files.get(name))),
                        Sets.union(refused.keySet(), before.refused.keySet()).stream().filter(name -> !Objects.equals(refused.get(name), before.refused.get(name))),
                        Sets.union(vanished, before.vanished).stream())
                .flatMap(names -> names)
                .collect(toImmutableSet());
    }
}
