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

import com.google.common.collect.ImmutableMap;
import io.airlift.bootstrap.LifeCycleManager;
import io.trino.plugin.iceberg.IcebergFileSystemFactory;
import io.trino.plugin.iceberg.catalog.TrinoCatalogFactory;
import io.trino.plugin.iceberg.fileio.ForwardingFileIoFactory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One storage of the catalog file: an Iceberg catalog with its own file systems and credentials, as Trino's own modules
 * make it. Its name travels to the workers, so that they read with the same credentials.
 *
 * @param catalog what says which catalog it is: two storages with the same of it have the same tables under the same names
 * @param byLocation whether tables are found by their root folder, without a catalog service
 * @param pointers where the catalog can be asked for many tables at once
 * @param sessionDefaults the session properties that its modules ask for, with the values of a session that sets none
 */
public record Storage(
        String name,
        Map<String, String> catalog,
        boolean byLocation,
        TrinoCatalogFactory catalogs,
        IcebergFileSystemFactory fileSystems,
        ForwardingFileIoFactory fileIos,
        Optional<TablePointers> pointers,
        Optional<Path> localRoot,
        Map<String, Object> sessionDefaults,
        LifeCycleManager lifeCycle)
{
    public Storage
    {
        requireNonNull(name, "name is null");
        catalog = ImmutableMap.copyOf(requireNonNull(catalog, "catalog is null"));
        requireNonNull(catalogs, "catalogs is null");
        requireNonNull(fileSystems, "fileSystems is null");
        requireNonNull(fileIos, "fileIos is null");
        requireNonNull(pointers, "pointers is null");
        requireNonNull(localRoot, "localRoot is null");
        sessionDefaults = ImmutableMap.copyOf(requireNonNull(sessionDefaults, "sessionDefaults is null"));
        requireNonNull(lifeCycle, "lifeCycle is null");
    }
}
