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
package org.trinomesh.tests;

import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.Files;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;

import static java.util.Objects.requireNonNull;

/**
 * A table of a lake for Iceberg's own API, which writes what engines would not.
 */
final class LakeTableOperations
        extends BaseMetastoreTableOperations
{
    private final LakeTables tables;
    private final String namespace;
    private final String table;

    LakeTableOperations(LakeTables tables, String namespace, String table)
    {
        this.tables = requireNonNull(tables, "tables is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.table = requireNonNull(table, "table is null");
    }

    @Override
    protected String tableName()
    {
        return namespace + "." + table;
    }

    @Override
    public FileIO io()
    {
        return new LocalFiles(tables);
    }

    @Override
    protected void doRefresh()
    {
        try {
            refreshFromMetadataLocation(tables.metadataLocation(namespace, table));
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void doCommit(TableMetadata base, TableMetadata metadata)
    {
        try {
            tables.point(namespace, table, writeNewMetadata(metadata, currentVersion() + 1));
        }
        catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record LocalFiles(LakeTables tables)
            implements FileIO
    {
        @Override
        public InputFile newInputFile(String location)
        {
            return new Named(location, Files.localInput(tables.file(location).toFile()));
        }

        @Override
        public OutputFile newOutputFile(String location)
        {
            OutputFile file = Files.localOutput(tables.file(location).toFile());
            return new OutputFile()
            {
                @Override
                public PositionOutputStream create()
                {
                    return file.create();
                }

                @Override
                public PositionOutputStream createOrOverwrite()
                {
                    return file.createOrOverwrite();
                }

                @Override
                public String location()
                {
                    return location;
                }

                @Override
                public InputFile toInputFile()
                {
                    return newInputFile(location);
                }
            };
        }

        @Override
        public void deleteFile(String location)
        {
            try {
                Path file = tables.file(location);
                java.nio.file.Files.deleteIfExists(file);
            }
            catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * A local file under the name that the lake's metadata has for it.
     */
    private record Named(String location, InputFile file)
            implements InputFile
    {
        @Override
        public long getLength()
        {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream()
        {
            return file.newStream();
        }

        @Override
        public boolean exists()
        {
            return file.exists();
        }
    }
}
