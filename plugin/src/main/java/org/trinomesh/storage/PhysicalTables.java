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

import io.trino.spi.TrinoException;
import io.trino.spi.classloader.ThreadContextClassLoader;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.session.PropertyMetadata;
import org.trinomesh.registry.MeshTable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The tables behind data products, for system tables that look at them as they are.
 */
public final class PhysicalTables
{
    private final Storages storages;
    private final ColumnBindings bindings;
    private final Map<String, Object> defaults = new HashMap<>();

    /**
     * @param properties the session properties of the reader
     */
    public PhysicalTables(Storages storages, ColumnBindings bindings, List<PropertyMetadata<?>> properties)
    {
        this.storages = requireNonNull(storages, "storages is null");
        this.bindings = requireNonNull(bindings, "bindings is null");
        properties.forEach(property -> defaults.put(property.getName(), property.getDefaultValue()));
    }

    /**
     * The tables as one query sees them.
     */
    public Opened open(ConnectorSession session)
    {
        return new Opened(new TransactionTables(storages, bindings, LoadObserver.NONE), new DefaultedSession(session, defaults));
    }

    public static final class Opened
    {
        private final TransactionTables tables;
        private final ConnectorSession session;

        private Opened(TransactionTables tables, ConnectorSession session)
        {
            this.tables = requireNonNull(tables, "tables is null");
            this.session = requireNonNull(session, "session is null");
        }

        /**
         * Where a table differs from its promise. Names physical columns: for stewards of the product only.
         *
         * @throws TrinoException when the table is not there or cannot be read
         */
        public List<TableDifference> differences(MeshTable table)
        {
            try (ThreadContextClassLoader _ = new ThreadContextClassLoader(getClass().getClassLoader())) {
                return tables.differences(session, table);
            }
        }
    }
}
