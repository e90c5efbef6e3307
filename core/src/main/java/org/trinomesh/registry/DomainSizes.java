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

import org.trinomesh.platform.DomainFolder;
import org.trinomesh.platform.PlaceNames;
import org.trinomesh.problem.Position;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

/**
 * Counts the files and bytes in the folders of domains. Authors of a domain may fill its folder, but the memory and the time
 * of a refresh are shared by all domains.
 */
final class DomainSizes
{
    static final int MAX_ENTRIES = 5_000;

    private static final long MAX_BYTES = 64L << 20;

    private final Map<String, Size> sizes = new HashMap<>();

    private record Size(int entries, long bytes)
    {
        private static final Size NOTHING = new Size(0, 0);

        private Size and(int moreEntries, long moreBytes)
        {
            return new Size(entries + moreEntries, bytes + moreBytes);
        }

        private boolean isTooLarge()
        {
            return entries > MAX_ENTRIES || bytes > MAX_BYTES;
        }
    }

    /**
     * @param name of a file or folder, also of one that is not read
     */
    void addEntry(String name)
    {
        add(name, 1, 0);
    }

    void addBytes(String descriptor, long bytes)
    {
        add(descriptor, 0, bytes);
    }

    /**
     * Counts what was counted elsewhere too.
     */
    void addAll(DomainSizes others)
    {
        others.sizes.forEach((domain, size) -> sizes.merge(domain, size, (before, more) -> before.and(more.entries(), more.bytes())));
    }

    boolean isTooLarge(String name)
    {
        return DomainFolder.of(Position.startOf(name)).map(DomainFolder::written).map(sizes::get).filter(Size::isTooLarge).isPresent();
    }

    /**
     * The folders of domains that exceed a limit.
     */
    Set<String> tooLarge()
    {
        return sizes.entrySet().stream()
                .filter(size -> size.getValue().isTooLarge())
                .map(size -> PlaceNames.DOMAINS + "/" + size.getKey())
                .collect(toImmutableSet());
    }

    private void add(String name, int entries, long bytes)
    {
        DomainFolder.of(Position.startOf(name)).ifPresent(folder -> sizes.merge(folder.written(), Size.NOTHING.and(entries, bytes), (size, more) -> size.and(more.entries(), more.bytes())));
    }
}
