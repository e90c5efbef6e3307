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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;

import static java.util.Objects.requireNonNull;

/**
 * The handle of a data product's table in a plan. Decisions about how it is read stay on the coordinator; what workers need
 * travels in the handle.
 */
public final class MeshTableHandle
        implements ConnectorTableHandle
{
    private final SchemaTableName name;
    private final ScannedTable table;

    @JsonCreator
    public static MeshTableHandle onWorker(
            @JsonProperty("name") SchemaTableName name,
            @JsonProperty("iceberg") IcebergTableHandle iceberg,
            @JsonProperty("dynamicFilters") boolean dynamicFilters,
            @JsonProperty("visibleRows") TupleDomain<IcebergColumnHandle> visibleRows)
    {
        return new MeshTableHandle(name, new SentTable(iceberg, dynamicFilters, visibleRows));
    }

    MeshTableHandle(SchemaTableName name, ScannedTable table)
    {
        this.name = requireNonNull(name, "name is null");
        this.table = requireNonNull(table, "table is null");
    }

    MeshTableHandle with(IcebergTableHandle changed)
    {
        return new MeshTableHandle(name, planned().with(changed));
    }

    @JsonProperty
    public SchemaTableName name()
    {
        return name;
    }

    @JsonProperty
    public IcebergTableHandle iceberg()
    {
        return table.iceberg();
    }

    @JsonProperty
    public boolean dynamicFilters()
    {
        return table.dynamicFilters();
    }

    @JsonProperty
    public TupleDomain<IcebergColumnHandle> visibleRows()
    {
        return table.visibleRows();
    }

    /**
     * The decisions about how the table is read. Known on the coordinator only.
     */
    PlannedTable planned()
    {
        return switch (table) {
            case PlannedTable planned -> planned;
            case SentTable _ -> throw new IllegalStateException("A worker asked for the descriptor of " + name);
        };
    }

    @Override
    public boolean equals(Object other)
    {
        return this == other || other instanceof MeshTableHandle that && name.equals(that.name) && table.equals(that.table);
    }

    @Override
    public int hashCode()
    {
        return name.hashCode();
    }

    /**
     * Printed by EXPLAIN, with mesh names and constraints as Iceberg's handle prints them, and by the engine's tracing,
     * which must not open a table either.
     */
    @Override
    public String toString()
    {
        return table.opened().map(IcebergTableHandle::toString).orElseGet(name::toString);
    }
}
