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

import org.trinomesh.disclosure.GovernedMesh;

import java.util.stream.Stream;

/**
 * A table of {@code mesh.system}: its columns, and what a requester sees in it. A pure function of the mesh.
 */
interface SystemRows
        extends RequestedRows
{
    @Override
    default Stream<Object[]> rows(SystemRequest request)
    {
        return rows(request.mesh());
    }

    /**
     * Rows in the order of the columns. Only what the requester may discover.
     */
    Stream<Object[]> rows(GovernedMesh mesh);
}
