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
package org.trinomesh.lineage;

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.DataProduct;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A data product that a change of another one would reach.
 *
 * @param path the products, and columns where they are known, from the changed one to this one
 * @param evidence how the last step of the path is known
 */
public record TouchedProduct(DataProduct product, List<String> path, String evidence)
{
    public TouchedProduct
    {
        requireNonNull(product, "product is null");
        path = ImmutableList.copyOf(requireNonNull(path, "path is null"));
        requireNonNull(evidence, "evidence is null");
    }

    public int distance()
    {
        return path.size() - 1;
    }
}
