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
import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.TrinoException;
import org.trinomesh.product.MeshTable;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static org.trinomesh.error.MeshErrorCode.MESH_FILE_NOT_GRANTED;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_FAILED;
import static org.trinomesh.error.MeshErrorCode.MESH_STORAGE_UNKNOWN;

/**
 * Failures of catalogs and file systems while rows are stored. They name addresses and paths, and the engine sends every cause to the
 * client, so that whoever refreshes gets the name of the storage, and the log the whole failure.
 */
public final class RefreshFailures
{
    private static final Logger log = Logger.get(RefreshFailures.class);
    private static final Set<ErrorCode> TOLD = Stream.of(TRANSACTION_CONFLICT, NOT_SUPPORTED, MESH_STORAGE_UNKNOWN, MESH_FILE_NOT_GRANTED)
            .map(ErrorCodeSupplier::toErrorCode)
            .collect(toImmutableSet());

    private RefreshFailures() {}

    public static <T> T storing(MeshTable table, Supplier<T> storing)
    {
        try {
            return storing.get();
        }
        catch (TableRefusedException e) {
            throw e;
        }
        catch (RuntimeException e) {
            if (e instanceof TrinoException refused && TOLD.contains(refused.getErrorCode())) {
                throw e;
            }
            log.error(e, "The rows of data product %s could not be stored", table.product().qualifiedName());
            throw new TrinoException(MESH_STORAGE_FAILED, "Storage '%s' failed while the rows of data product %s were stored. The log of the server says why".formatted(
                    table.table().physical().orElseThrow().storage(),
                    table.product().qualifiedName()));
        }
    }
}
