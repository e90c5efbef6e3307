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

import io.airlift.log.Logger;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.TableNotFoundException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.trinomesh.problem.Problem;
import org.trinomesh.product.MeshTable;
import org.trinomesh.product.PhysicalTable;

import java.util.Optional;
import java.util.function.Supplier;

import static java.util.stream.Collectors.joining;
import static org.trinomesh.error.MeshErrorCode.MESH_FILE_NOT_GRANTED;
import static org.trinomesh.error.MeshErrorCode.MESH_PRODUCT_DRIFT;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_FAILED;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_UNKNOWN;
import static org.trinomesh.error.MeshErrorCode.MESH_TABLE_MISSING;

/**
 * Creates the reasons why tables are not served, the same for queries and for measuring. Details that readers must not see
 * go to the log.
 */
final class Refusals
{
    private final StorageFailures failures;

    Refusals(Logger log)
    {
        this.failures = new StorageFailures(log);
    }

    static TableRefusedException unknownStorage(MeshTable table)
    {
        return new TableRefusedException(MESH_STORAGE_UNKNOWN, table, "its storage '" + table.table().physical().orElseThrow().storage() + "' is not configured in the catalog file");
    }

    /**
     * The refusal of a table that does not have what its product promises.
     */
    static Optional<TableRefusedException> of(MeshTable table, ColumnBinding binding)
    {
        if (binding.isServable()) {
            return Optional.empty();
        }
        return Optional.of(new TableRefusedException(MESH_PRODUCT_DRIFT, table, binding.problems().stream()
                .filter(Problem::isError)
                .map(Problem::message)
                .collect(joining("; "))));
    }

    /**
     * Reads something of a table.
     *
     * @throws TableRefusedException when that fails
     */
    <T> T read(MeshTable table, Supplier<T> read)
    {
        PhysicalTable source = table.table().physical().orElseThrow();
        String name = table.schema() + "." + table.name();
        try {
            T result = read.get();
            failures.answered(source);
            return result;
        }
        catch (TableNotFoundException | NotFoundException e) {
            failures.failed(source, "The table behind %s is missing: %s".formatted(name, source), e);
            throw new TableRefusedException(MESH_TABLE_MISSING, table, "its table does not exist in storage '" + source.storage() + "'");
        }
        catch (RuntimeException e) {
            if (e instanceof TrinoException refused && refused.getErrorCode().equals(MESH_FILE_NOT_GRANTED.toErrorCode())) {
                throw new TableRefusedException(MESH_FILE_NOT_GRANTED, table, GrantedFolders.REFUSED);
            }
            failures.failed(source, "The table behind %s could not be read: %s".formatted(name, source), e);
            if (e instanceof StorageTimeoutException late && late.isBusy()) {
                throw TableRefusedException.busy(table, late.limit());
            }
            if (e instanceof StorageTimeoutException late) {
                throw TableRefusedException.late(table, late.limit());
            }
            throw new TableRefusedException(MESH_STORAGE_FAILED, table, "storage '" + source.storage() + "' could not read its table");
        }
    }
}
