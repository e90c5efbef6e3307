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

import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import org.trinomesh.product.MeshTable;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_PRODUCT_DRIFT;
import static org.trinomesh.error.MeshErrorCode.MESH_QUERY_RIGHTS;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_FAILED;
import static org.trinomesh.error.MeshErrorCode.MESH_TABLE_MISSING;

/**
 * A table of a data product cannot be served, so that the product is out of service. The message is for readers: it contains
 * no location. The exception has no cause, because Trino would send it to readers.
 */
public final class TableRefusedException
        extends TrinoException
{
    private final String why;
    private final boolean busy;

    public TableRefusedException(ErrorCodeSupplier code, MeshTable table, String why)
    {
        this(code, table, why, false);
    }

    private TableRefusedException(ErrorCodeSupplier code, MeshTable table, String why, boolean busy)
    {
        super(code, "Data product " + table.product().qualifiedName() + " is out of service: " + why + ". Ask " + table.product().howToAsk());
        this.why = requireNonNull(why, "why is null");
        this.busy = busy;
    }

    /**
     * A table that was not there in time.
     *
     * @param limit as people write it
     */
    public static TableRefusedException late(MeshTable table, String limit)
    {
        return new TableRefusedException(MESH_STORAGE_FAILED, table, "storage '%s' did not open its table within %s".formatted(table.table().physical().orElseThrow().storage(), limit));
    }

    /**
     * A table whose query reads what its domain may not publish.
     */
    public static TableRefusedException unpublished(MeshTable table)
    {
        return new TableRefusedException(MESH_QUERY_RIGHTS, table, "its domain may not publish what its query reads");
    }

    /**
     * A table whose query reads a table that cannot be read. What that is, and why, is for those who may know of the source.
     */
    public static TableRefusedException ofSource(MeshTable table, RuntimeException failure)
    {
        ErrorCode code = failure instanceof TrinoException refused ? refused.getErrorCode() : MESH_STORAGE_FAILED.toErrorCode();
        return new TableRefusedException(() -> code, table, "what its query reads cannot be read now; the log of the server says why");
    }

    /**
     * A table of another catalog that does not have what is promised. What it has, and how the catalog calls it, is for those who may know of
     * the source.
     */
    public static TableRefusedException withoutColumns(MeshTable table)
    {
        return new TableRefusedException(MESH_PRODUCT_DRIFT, table, "its table does not have all promised columns, or has them with types that cannot be read; the log of the server says which");
    }

    /**
     * A table whose query does not have what is promised. Which column it is, is for those who may know of the column.
     */
    public static TableRefusedException withoutColumnsOfQuery(MeshTable table)
    {
        return new TableRefusedException(MESH_PRODUCT_DRIFT, table, "its query does not have all promised columns");
    }

    /**
     * A table that was not asked for, because too many queries ask its storage. This says nothing about the table.
     */
    static TableRefusedException busy(MeshTable table, String limit)
    {
        return new TableRefusedException(MESH_STORAGE_FAILED, table, "too many queries ask storage '%s' at once, so this one did not get its turn within %s".formatted(table.table().physical().orElseThrow().storage(), limit), true);
    }

    boolean isBusy()
    {
        return busy;
    }

    /**
     * What is wrong with the table, as in the message.
     */
    public String why()
    {
        return why;
    }

    /**
     * Whether there is no such table, as before its first load.
     */
    public boolean isMissing()
    {
        return getErrorCode().equals(MESH_TABLE_MISSING.toErrorCode());
    }

    /**
     * Whether the table is there, and does not have what is promised.
     */
    public boolean isDrift()
    {
        return getErrorCode().equals(MESH_PRODUCT_DRIFT.toErrorCode());
    }
}
