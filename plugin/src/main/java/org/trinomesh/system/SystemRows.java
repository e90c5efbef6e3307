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

import org.trinomesh.disclosure.Fact;

import java.util.stream.Stream;

/**
 * A table of {@code mesh.system}: its columns, and the rows that a requester may see. It maps facts of {@code org.trinomesh.disclosure}
 * to rows and decides nothing.
 *
 * @param <R> what a row is made of
 */
interface SystemRows<R extends Fact>
{
    SystemTableSchema<R> schema();

    /**
     * Only rows about what the requester may discover. Those that do not meet the conditions of the request may be left out.
     */
    Stream<R> rows(SystemRequest request);
}
