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

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Comparator.naturalOrder;
import static java.util.function.Function.identity;

/**
 * The storages that the platform configured, by name.
 */
public final class Storages
{
    private final Map<String, Storage> storages;

    public Storages(Collection<Storage> storages)
    {
        this.storages = storages.stream().collect(toImmutableMap(Storage::name, identity()));
    }

    /**
     * For every storage the first by name of those that are the same catalog.
     */
    public Map<String, String> catalogs()
    {
        return storages.keySet().stream().collect(toImmutableMap(identity(), name -> storages.values().stream()
                .filter(storage -> storage.catalog().equals(storages.get(name).catalog()))
                .map(Storage::name)
                .min(naturalOrder())
                .orElseThrow()));
    }

    public Optional<Storage> find(String name)
    {
        return Optional.ofNullable(storages.get(name));
    }
}
