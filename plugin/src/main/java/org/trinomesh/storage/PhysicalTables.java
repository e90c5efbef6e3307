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
import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import org.trinomesh.cache.TableCaches;
import org.trinomesh.product.MeshTable;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Opens the tables behind data products for system tables that show how they differ or whether they are read. It uses the identity of the mesh
 * itself, as for measuring.
 */
public final class PhysicalTables
{
    private final Storages storages;
    private final TableCaches caches;
    private final ColumnBindings bindings;
    private final Clock clock;

    public PhysicalTables(Storages storages, TableCaches caches, ColumnBindings bindings, Clock clock)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.caches = requireNonNull(caches, "caches is null");
        this.bindings = requireNonNull(bindings, "bindings is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * The tables as they are at one moment.
     */
    public Opened open()
    {
        return new Opened();
    }

    public final class Opened
    {
        private final TransactionTables tables = new TransactionTables(storages, caches, StorageReads.UNLIMITED, bindings, LoadObserver.NONE);
        private final Instant start = clock.instant();

        private Opened() {}

        /**
         * @throws TableRefusedException when the table is not there, cannot be read or does not keep the promise
         */
        public ServedTable load(MeshTable table)
        {
            try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
                return tables.loadStored(session(table), table);
            }
        }

        private MeshSession session(MeshTable table)
        {
            return new MeshSession(start, storages.find(table.table().physical().orElseThrow().storage()).map(Storage::sessionDefaults).orElse(ImmutableMap.of()));
        }

        /**
         * The differences between a table and its promise. They name physical columns, so only stewards of the product may
         * see them.
         *
         * @throws TrinoException when the table is not there or cannot be read
         */
        public List<TableDifference> differences(MeshTable table)
        {
            try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
                return tables.differences(session(table), table);
            }
        }
    }
}
