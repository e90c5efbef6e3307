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
package org.trinomesh.search;

import com.google.common.collect.ImmutableList;
import org.trinomesh.product.DataProduct;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * A product that a search found.
 *
 * @param score for comparing with others of the same search only
 * @param matched where the words were found: {@code name}, {@code description}, {@code column email}
 */
public record Found(DataProduct product, double score, List<String> matched)
{
    public Found
    {
        requireNonNull(product, "product is null");
        matched = ImmutableList.copyOf(requireNonNull(matched, "matched is null"));
    }
}
