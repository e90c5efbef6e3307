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
package org.trinomesh.cache;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A file of a catalog's table, whose content never changes. Two storages may have different files at the same location, and what lies
 * in the folders of one domain is no answer for another.
 *
 * @param folders those that all files of the table must lie in; empty where the catalog is trusted
 */
public record StoredFile(String storage, List<String> folders, String location)
{
    public StoredFile
    {
        requireNonNull(storage, "storage is null");
        folders = ImmutableList.copyOf(requireNonNull(folders, "folders is null"));
        requireNonNull(location, "location is null");
    }

    /**
     * Another file of the same table.
     */
    public StoredFile sibling(String otherLocation)
    {
        return new StoredFile(storage, folders, otherLocation);
    }
}
