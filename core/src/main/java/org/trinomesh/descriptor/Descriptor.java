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
package org.trinomesh.descriptor;

import org.trinomesh.problem.Position;
import org.trinomesh.problem.Problem;

import java.util.List;

/**
 * One document as its author wrote it: well-formed as far as it has no problems, and not yet compared with any other.
 */
public sealed interface Descriptor
        permits ContractDescriptor,
                DomainDescriptor,
                MeshDescriptor,
                PolicyDescriptor,
                ProductDescriptor,
                QueryFileDescriptor
{
    /**
     * Where the document starts, which also says in which file.
     */
    Position position();

    /**
     * Identifies the text of the document.
     */
    String fingerprint();

    /**
     * What is wrong with the document by itself.
     */
    List<Problem> problems();
}
