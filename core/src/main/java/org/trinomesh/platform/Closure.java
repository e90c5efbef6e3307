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
package org.trinomesh.platform;

import org.trinomesh.problem.Position;
import org.trinomesh.product.DataProduct;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A file that may contain restrictions but cannot be read. The products that it may be about are not served.
 *
 * @param domain whose products are closed; empty for all
 */
public record Closure(Optional<String> domain, Position position)
{
    public Closure
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(position, "position is null");
    }

    public boolean covers(DataProduct product)
    {
        return domain.isEmpty() || domain.get().equals(product.domain());
    }
}
