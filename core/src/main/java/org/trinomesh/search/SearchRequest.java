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

import com.google.common.collect.ImmutableSet;
import org.trinomesh.product.DataProduct;

import java.util.Optional;
import java.util.Set;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * A request to search for data products.
 *
 * @param text words, whatever characters are among them
 * @param tags which the product has all of
 * @param limit how many products are told at most
 */
public record SearchRequest(String text, Optional<String> domain, Optional<String> tier, Optional<String> owner, Set<String> tags, int limit)
{
    public SearchRequest
    {
        requireNonNull(text, "text is null");
        requireNonNull(domain, "domain is null");
        requireNonNull(tier, "tier is null");
        requireNonNull(owner, "owner is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
        checkArgument(limit > 0, "limit is not positive");
    }

    boolean asksForAll()
    {
        return domain.isEmpty() && tier.isEmpty() && owner.isEmpty() && tags.isEmpty();
    }

    boolean asksFor(DataProduct product)
    {
        return domain.filter(name -> !name.replace('-', '_').equalsIgnoreCase(product.domain())).isEmpty() &&
                (tier.isEmpty() || product.tier().filter(tier.get()::equalsIgnoreCase).isPresent()) &&
                owner.filter(name -> !name.equalsIgnoreCase(product.owner())).isEmpty() &&
                tags.stream().allMatch(tag -> product.tags().stream().anyMatch(tag::equalsIgnoreCase));
    }
}
