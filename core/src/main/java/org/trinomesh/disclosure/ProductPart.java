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
package org.trinomesh.disclosure;

import static java.util.Objects.requireNonNull;

/**
 * A part of a data product that everybody who may discover the product may see, such as an output port.
 */
public record ProductPart<T>(VisibleProduct visible, T part)
        implements ProductFact
{
    public ProductPart
    {
        requireNonNull(visible, "visible is null");
        requireNonNull(part, "part is null");
    }
}
