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
package org.trinomesh.connector;

import org.trinomesh.materialized.StoredRows;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.PhysicalTables;
import org.trinomesh.storage.TableRefusedException;

import static java.util.Objects.requireNonNull;

/**
 * Whether stored rows would be read now, for system tables.
 */
public final class StoredRowsReporter
{
    private final QueryMeshes meshes;
    private final PhysicalTables tables;

    public StoredRowsReporter(QueryMeshes meshes, PhysicalTables tables)
    {
        this.meshes = requireNonNull(meshes, "meshes is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    /**
     * The states of one moment.
     */
    public Moment now()
    {
        return new Moment(new StoredRowsResolver(meshes.now(), tables.open()::load));
    }

    public static final class Moment
    {
        private final StoredRowsResolver resolver;

        private Moment(StoredRowsResolver resolver)
        {
            this.resolver = requireNonNull(resolver, "resolver is null");
        }

        /**
         * @throws TableRefusedException when the publishing domain may not publish what the query reads
         */
        public StoredRows state(MeshTable table)
        {
            return resolver.resolve(table);
        }
    }
}
