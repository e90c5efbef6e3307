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

import io.airlift.log.Logger;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.plugin.iceberg.IcebergTableHandle;
import io.trino.spi.TrinoException;
import io.trino.spi.predicate.TupleDomain;
import org.trinomesh.product.MeshTable;
import org.trinomesh.storage.TableRefusedException;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import static com.google.common.base.Suppliers.memoize;
import static java.util.Objects.requireNonNull;

/**
 * A table of a plan on the coordinator, with the decisions about how it is read. The Iceberg table behind it is opened when the engine
 * first needs more than the promise, so that listing and describing open nothing.
 */
final class PlannedTable
        implements ScannedTable
{
    private static final Logger log = Logger.get(PlannedTable.class);

    private final MeshTable table;
    private final ScanAccess access;
    private final Supplier<IcebergTableHandle> opening;
    private final Supplier<TupleDomain<IcebergColumnHandle>> visibleRows;
    private final Optional<MeshTable> reader;
    private volatile IcebergTableHandle opened;

    /**
     * @param access what the scan may show, to the identity that the statement analysed the table for
     * @param opening opens the table, or says why it may not be opened
     * @param visibleRows the values of the rows that the requester may see
     * @param reader the product whose query reads the table, and not the requester
     */
    PlannedTable(MeshTable table, ScanAccess access, Supplier<IcebergTableHandle> opening, Supplier<TupleDomain<IcebergColumnHandle>> visibleRows, Optional<MeshTable> reader)
    {
        this.table = requireNonNull(table, "table is null");
        this.access = requireNonNull(access, "access is null");
        this.opening = requireNonNull(opening, "opening is null");
        this.visibleRows = memoize(requireNonNull(visibleRows, "visibleRows is null")::get);
        this.reader = requireNonNull(reader, "reader is null");
    }

    /**
     * A table that cannot be opened, for a requester who may only discover it: a listing also asks for such a handle, and
     * must be empty rather than fail.
     *
     * @param reader the product whose query reads the table, and not the requester
     */
    static PlannedTable denied(MeshTable table, Supplier<? extends RuntimeException> denial, Optional<MeshTable> reader)
    {
        return new PlannedTable(
                table,
                ScanAccess.NOTHING,
                () -> {
                    throw denial.get();
                },
                TupleDomain::none,
                reader);
    }

    /**
     * The same table, of which the plan reads something else.
     */
    PlannedTable with(IcebergTableHandle changed)
    {
        PlannedTable planned = new PlannedTable(table, access, opening, visibleRows, reader);
        planned.opened = requireNonNull(changed, "changed is null");
        return planned;
    }

    /**
     * What the product promises of the table.
     */
    MeshTable table()
    {
        return table;
    }

    ScanAccess access()
    {
        return access;
    }

    /**
     * The product whose query reads the table, when it is not the requester who does.
     */
    Optional<MeshTable> reader()
    {
        return reader;
    }

    @Override
    public IcebergTableHandle iceberg()
    {
        if (opened == null) {
            synchronized (this) {
                if (opened == null) {
                    opened = reading(opening);
                }
            }
        }
        return opened;
    }

    /**
     * Reads something of the table. For the query of another product it tells nothing of this one when that fails.
     */
    <T> T reading(Supplier<T> reading)
    {
        try {
            return reading.get();
        }
        catch (TrinoException e) {
            throw reader.map(product -> failure(product, e)).orElse(e);
        }
    }

    private TrinoException failure(MeshTable product, TrinoException failure)
    {
        log.warn(failure, "The query of data product %s cannot read %s", product.product().qualifiedName(), table.product().qualifiedName());
        return TableRefusedException.ofSource(product, failure);
    }

    @Override
    public Optional<IcebergTableHandle> opened()
    {
        return Optional.ofNullable(opened);
    }

    @Override
    public boolean dynamicFilters()
    {
        return access.allowsDynamicFilters();
    }

    @Override
    public TupleDomain<IcebergColumnHandle> visibleRows()
    {
        return reading(visibleRows);
    }

    /**
     * A table that is not open equals only itself: comparing more would open it.
     */
    @Override
    public boolean equals(Object other)
    {
        return this == other || other instanceof PlannedTable that && opened != null && opened.equals(that.opened) && access.equals(that.access);
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(table.schema(), table.name());
    }
}
