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
package org.trinomesh.lineage;

import com.google.common.collect.ImmutableMap;

import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The storages of the catalog file. Two of them may be the same catalog, for example with other credentials: what one calls a table,
 * the other calls so too.
 *
 * @param catalogs for every storage the name of one that stands for all storages with the same catalog
 */
public record StorageNames(Map<String, String> catalogs)
{
    /**
     * Without a catalog file, each storage counts as a catalog of its own.
     */
    public static final StorageNames UNKNOWN = new StorageNames(ImmutableMap.of());

    public StorageNames
    {
        catalogs = ImmutableMap.copyOf(requireNonNull(catalogs, "catalogs is null"));
    }

    String catalog(String storage)
    {
        return catalogs.getOrDefault(storage, storage);
    }
}
