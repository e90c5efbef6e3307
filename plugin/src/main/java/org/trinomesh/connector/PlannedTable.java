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
import io.trino.spi.TrinoException;
import io.trino.spi.predicate.TupleDomain;
import org.trinomesh.product.MeshTable;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import static com.google.common.base.Suppliers.memoize;
import static java.util.Objects.requireNonNull;

/**
 * A table of a plan on the coordinator, with the decisions about how it is read. The Iceberg table behind it is opened when the engine
 * first needs more than the promise, so that listing and describing open nothing.
 */
final class PlannedTable
        implements ScannedTable
{
    private final MeshTable table;
    private final ScanAccess access;
    private final Supplier<IcebergTableHandle> opening;
    private final Supplier<TupleDomain<IcebergColumnHandle>> visibleRows;
    private final UnaryOperator<TrinoException> failures;
    private volatile IcebergTableHandle opened;

    /**
     * @param access what the scan may show, to the identity that the statement analysed the table for
     * @param opening opens the table, or says why it may not be opened
     * @param visibleRows the values of the rows that the requester may see
     * @param failures what the reader is told of a failure
     */
    PlannedTable(MeshTable table, ScanAccess access, Supplier<IcebergTableHandle> opening, Supplier<TupleDomain<IcebergColumnHandle>> visibleRows, UnaryOperator<TrinoException> failures)
    {
        this.table = requireNonNull(table, "table is null");
        this.access = requireNonNull(access, "access is null");
        this.opening = requireNonNull(opening, "opening is null");
        this.visibleRows = memoize(requireNonNull(visibleRows, "visibleRows is null")::get);
        this.failures = requireNonNull(failures, "failures is null");
    }

    /**
     * A table that cannot be opened, for a requester who may only discover it: a listing also asks for such a handle, and
     * must be empty rather than fail.
     */
    static PlannedTable denied(MeshTable table, Supplier<? extends RuntimeException> denial)
    {
        return new PlannedTable(
                table,
                ScanAccess.NOTHING,
                () -> {
                    throw denial.get();
                },
                TupleDomain::none,
                UnaryOperator.identity());
    }

    /**
     * The same table, of which the plan reads something else.
     */
    PlannedTable with(IcebergTableHandle changed)
    {
        PlannedTable planned = new PlannedTable(table, access, opening, visibleRows, failures);
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
            throw failures.apply(e);
        }
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
