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

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static java.util.Objects.requireNonNull;

/**
 * The current version of a table. Its metadata is read when it is first needed: what is cached for the location need not be
 * read again.
 */
public final class TableVersion
{
    private final String storage;
    private final String metadataLocation;
    private final Supplier<Contents> contents;

    TableVersion(String storage, String metadataLocation, Supplier<Contents> contents)
    {
        this.storage = requireNonNull(storage, "storage is null");
        this.metadataLocation = requireNonNull(metadataLocation, "metadataLocation is null");
        this.contents = memoize(requireNonNull(contents, "contents is null")::get);
    }

    /**
     * Where the location is: two storages may have the same one.
     */
    public String storage()
    {
        return storage;
    }

    /**
     * Names the version: whatever is read from it never changes.
     */
    public String metadataLocation()
    {
        return metadataLocation;
    }

    public TableMetadata metadata()
    {
        return contents.get().metadata();
    }

    /**
     * The files of the table, encrypted ones decrypted.
     */
    public FileIO io()
    {
        return contents.get().io();
    }

    record Contents(TableMetadata metadata, FileIO io)
    {
        Contents
        {
            requireNonNull(metadata, "metadata is null");
            requireNonNull(io, "io is null");
        }
    }
}
