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

import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import org.trinomesh.registry.MeshTable;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.MeshErrorCode.MESH_TABLE_MISSING;

/**
 * A table of a data product cannot be served, so that the product is out of service. The message is for readers: it names no
 * location and has no cause, which Trino would send to them.
 */
public final class TableRefusedException
        extends TrinoException
{
    private final String why;

    public TableRefusedException(ErrorCodeSupplier code, MeshTable table, String why)
    {
        super(code, "Data product " + table.product().qualifiedName() + " is out of service: " + why + ". Ask " + table.product().howToAsk());
        this.why = requireNonNull(why, "why is null");
    }

    /**
     * What is wrong with the table, as the message says it.
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
}
