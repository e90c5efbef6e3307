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

import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.predicate.TupleDomain;

import java.util.Optional;

/**
 * The table of a handle, as the coordinator or a worker has it.
 */
sealed interface ScannedTable
        permits PlannedTable, SentTable
{
    /**
     * The handle of Iceberg's reader. Opens the table if needed.
     */
    IcebergTableHandle iceberg();

    /**
     * The same when the table is open. Opens nothing.
     */
    Optional<IcebergTableHandle> opened();

    /**
     * Whether values that are only known while the query runs may skip parts of the table.
     */
    boolean dynamicFilters();

    /**
     * The values of the rows that may be seen. The reader keeps all other rows. Opens the table if needed.
     */
    TupleDomain<IcebergColumnHandle> visibleRows();
}
