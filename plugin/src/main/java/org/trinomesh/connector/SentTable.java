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

import static java.util.Objects.requireNonNull;

/**
 * A table of a plan as a worker receives it. Of the decisions it holds only what the reader must enforce.
 */
record SentTable(IcebergTableHandle iceberg, boolean dynamicFilters, TupleDomain<IcebergColumnHandle> visibleRows)
        implements ScannedTable
{
    SentTable
    {
        requireNonNull(iceberg, "iceberg is null");
        requireNonNull(visibleRows, "visibleRows is null");
    }

    @Override
    public Optional<IcebergTableHandle> opened()
    {
        return Optional.of(iceberg);
    }
}
