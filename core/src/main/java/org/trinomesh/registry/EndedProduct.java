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
package org.trinomesh.registry;

import org.trinomesh.product.DataProduct;

import java.util.Optional;

import static java.util.Locale.ENGLISH;
import static java.util.Objects.requireNonNull;

/**
 * A data product that consumers were promised and that is gone, or no longer read, without a newer major version in its place.
 *
 * @param after the product as it is now; empty when its document is gone
 */
public record EndedProduct(DataProduct before, Optional<DataProduct> after)
{
    public EndedProduct
    {
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
    }

    @Override
    public String toString()
    {
        return "%s %s %s, and no newer major version is there".formatted(before.qualifiedName(), before.version(), after.map(product -> "is " + product.status().name().toLowerCase(ENGLISH)).orElse("is gone"));
    }
}
