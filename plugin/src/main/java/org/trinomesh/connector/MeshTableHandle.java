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
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.base.Suppliers;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.predicate.TupleDomain;
import org.trinomesh.product.MeshTable;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * A table of a data product in a plan. The Iceberg table behind it is opened when the engine first needs more than the
 * promise, so that listing and describing open nothing; what workers need of it then travels inside.
 */
public final class MeshTableHandle
        implements ConnectorTableHandle
{
    private final SchemaTableName name;
    private final Optional<MeshTable> meshTable;
    private final ScanAccess access;
    private final boolean dynamicFilters;
    private final Supplier<IcebergTableHandle> opening;
    private final Supplier<TupleDomain<IcebergColumnHandle>> visibleRows;
    private volatile IcebergTableHandle opened;

    @JsonCreator
    public static MeshTableHandle onWorker(
            @JsonProperty("name") SchemaTableName name,
            @JsonProperty("iceberg") IcebergTableHandle iceberg,
            @JsonProperty("dynamicFilters") boolean dynamicFilters,
            @JsonProperty("visibleRows") TupleDomain<IcebergColumnHandle> visibleRows)
    {
        requireNonNull(iceberg, "iceberg is null");
        requireNonNull(visibleRows, "visibleRows is null");
        return new MeshTableHandle(name, Optional.empty(), ScanAccess.OPEN, dynamicFilters, () -> iceberg, () -> visibleRows);
    }

    /**
     * @param access what the scan may show, to the identity that the statement analysed the table for
     * @param iceberg opens the table, or says why it may not be opened
     * @param visibleRows the values that rows have which may be seen
     */
    static MeshTableHandle of(SchemaTableName name, MeshTable table, ScanAccess access, Supplier<IcebergTableHandle> iceberg, Supplier<TupleDomain<IcebergColumnHandle>> visibleRows)
    {
        return new MeshTableHandle(name, Optional.of(table), access, access.allowsDynamicFilters(), iceberg, Suppliers.memoize(visibleRows::get));
    }

    private MeshTableHandle(SchemaTableName name, Optional<MeshTable> meshTable, ScanAccess access, boolean dynamicFilters, Supplier<IcebergTableHandle> opening, Supplier<TupleDomain<IcebergColumnHandle>> visibleRows)
    {
        this.name = requireNonNull(name, "name is null");
        this.meshTable = requireNonNull(meshTable, "meshTable is null");
        this.access = requireNonNull(access, "access is null");
        this.dynamicFilters = dynamicFilters;
        this.opening = requireNonNull(opening, "opening is null");
        this.visibleRows = requireNonNull(visibleRows, "visibleRows is null");
    }

    MeshTableHandle with(IcebergTableHandle changed)
    {
        MeshTableHandle handle = new MeshTableHandle(name, meshTable, access, dynamicFilters, () -> changed, visibleRows);
        handle.opened = changed;
        return handle;
    }

    @JsonProperty
    public SchemaTableName name()
    {
        return name;
    }

    @JsonProperty
    public IcebergTableHandle iceberg()
    {
        if (opened == null) {
            synchronized (this) {
                if (opened == null) {
                    opened = opening.get();
                }
            }
        }
        return opened;
    }

    /**
     * Whether values that are only known while the query runs may skip parts of the table.
     */
    @JsonProperty
    public boolean dynamicFilters()
    {
        return dynamicFilters;
    }

    /**
     * What values rows have that may be seen; everything else stays in the reader.
     */
    @JsonProperty
    public TupleDomain<IcebergColumnHandle> visibleRows()
    {
        return visibleRows.get();
    }

    /**
     * What the product promises of this table. Known on the coordinator only.
     */
    @JsonIgnore
    MeshTable meshTable()
    {
        return meshTable.orElseThrow(() -> new IllegalStateException("A worker asked for the descriptor of " + name));
    }

    @JsonIgnore
    ScanAccess access()
    {
        return access;
    }

    @Override
    public boolean equals(Object other)
    {
        return this == other || other instanceof MeshTableHandle that && name.equals(that.name) && dynamicFilters == that.dynamicFilters && access.equals(that.access) && iceberg().equals(that.iceberg());
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(name);
    }

    /**
     * Printed by EXPLAIN, with mesh names and constraints as Iceberg's handle prints them, and by the engine's tracing,
     * which must not open a table either.
     */
    @Override
    public String toString()
    {
        return opened == null ? name.toString() : opened.toString();
    }
}
