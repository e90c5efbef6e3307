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
package org.trinomesh.error;

import io.trino.spi.ErrorCode;
import io.trino.spi.ErrorCodeSupplier;
import io.trino.spi.ErrorType;

import static io.trino.spi.ErrorType.EXTERNAL;

/**
 * The error codes of the mesh. Errors that a domain or the platform has to repair are of type EXTERNAL: neither the engine
 * nor the statement is the cause.
 */
public enum MeshErrorCode
        implements ErrorCodeSupplier
{
    /**
     * The table behind a product no longer keeps what the product promises.
     */
    MESH_PRODUCT_DRIFT(0, EXTERNAL),
    /**
     * A product names a storage that the catalog file does not configure.
     */
    MESH_STORAGE_UNKNOWN(1, EXTERNAL),
    /**
     * The table behind a product does not exist in its storage.
     */
    MESH_TABLE_MISSING(2, EXTERNAL),
    /**
     * A storage did not answer, or the table it has cannot be read.
     */
    MESH_STORAGE_FAILED(3, EXTERNAL),
    /**
     * A node has no mask key of the version a mask uses, or another one than the node that planned the query.
     */
    MESH_MASK_KEY(4, EXTERNAL),
    /**
     * The metadata of a table names a file that its domain may not use.
     */
    MESH_FILE_NOT_GRANTED(5, EXTERNAL),
    /**
     * The domain of a product may not publish what the query of the product reads.
     */
    MESH_QUERY_RIGHTS(6, EXTERNAL);

    private static final int FIRST_CODE = 0x0D8A_0000;

    private final ErrorCode errorCode;

    MeshErrorCode(int code, ErrorType type)
    {
        errorCode = new ErrorCode(code + FIRST_CODE, name(), type);
    }

    @Override
    public ErrorCode toErrorCode()
    {
        return errorCode;
    }
}
