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

import com.google.common.base.Throwables;
import io.airlift.log.Logger;
import io.trino.spi.ErrorType;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.trinomesh.product.PhysicalTable;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static java.util.Objects.requireNonNull;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_FAILED;

/**
 * Logs failures of storages for the operator, once while a failure lasts: a storage that does not answer fails for every table
 * and in every round. The log has a stack trace only if the cause is unknown.
 */
public final class StorageFailures
{
    private final Logger log;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public StorageFailures(Logger log)
    {
        this.log = requireNonNull(log, "log is null");
    }

    /**
     * @param what cannot be done because of it, a sentence
     */
    public void failed(PhysicalTable table, String what, Throwable failure)
    {
        boolean missing = isMissing(failure);
        String kind = Throwables.getRootCause(failure).getClass().getName();
        // A storage that cannot be reached is one failure, a table that is not there or is damaged another for each
        if (!told.add(isStorage(failure) ? ofStorage(table) : ofTable(table) + kind)) {
            log.debug(failure, "%s", what);
        }
        else if (missing) {
            log.info("%s: the table does not exist", what);
        }
        else if (isExpected(failure)) {
            log.warn("%s: %s", what, failure);
        }
        else {
            log.warn(failure, "%s", what);
        }
    }

    /**
     * The next failure is a new one.
     */
    public void answered(PhysicalTable table)
    {
        if (!told.isEmpty()) {
            told.remove(ofStorage(table));
            told.removeIf(failure -> failure.startsWith(ofTable(table)));
        }
    }

    private static String ofStorage(PhysicalTable table)
    {
        return table.storage();
    }

    private static String ofTable(PhysicalTable table)
    {
        return table + "\n";
    }

    private static boolean isMissing(Throwable failure)
    {
        return failure instanceof TableNotFoundException || failure instanceof NotFoundException;
    }

    private static boolean isStorage(Throwable failure)
    {
        return !isMissing(failure) && Throwables.getCausalChain(failure).stream()
                .anyMatch(cause -> cause instanceof StorageTimeoutException || cause instanceof RESTException || cause instanceof IOException || isStorageError(cause));
    }

    /**
     * Logs that a file was not read; the exception for the reader has no cause.
     */
    private static boolean isStorageError(Throwable failure)
    {
        return failure instanceof TrinoException refused && refused.getErrorCode().equals(MESH_STORAGE_FAILED.toErrorCode());
    }

    private static boolean isExpected(Throwable failure)
    {
        return isStorage(failure) || (failure instanceof TrinoException refused && refused.getErrorCode().getType() != ErrorType.INTERNAL_ERROR);
    }
}
