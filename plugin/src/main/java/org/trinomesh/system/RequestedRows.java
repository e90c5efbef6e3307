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
package org.trinomesh.system;

import io.trino.spi.connector.ConnectorTableMetadata;

import java.util.stream.Stream;

/**
 * A table of {@code mesh.system} whose rows depend on what is asked of it.
 */
interface RequestedRows
{
    ConnectorTableMetadata metadata();

    /**
     * Rows in the order of the columns, with NULL in columns that are not asked for. Only what the requester may discover.
     */
    Stream<Object[]> rows(SystemRequest request);
}
