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
package org.trinomesh.policy;

import com.google.common.collect.ImmutableSet;
import org.trinomesh.product.DataProduct;
import org.trinomesh.text.Words;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * The words that rules may find a data product by, as {@link Words} has them.
 *
 * @param name {@code sales.customer_360}
 * @param versionedName {@code sales.customer_360_v2}
 */
public record ProductWords(String domain, String name, String versionedName, Optional<String> tier, Optional<String> archetype, Set<String> tags)
{
    public ProductWords
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(name, "name is null");
        requireNonNull(versionedName, "versionedName is null");
        requireNonNull(tier, "tier is null");
        requireNonNull(archetype, "archetype is null");
        tags = ImmutableSet.copyOf(requireNonNull(tags, "tags is null"));
    }

    public static ProductWords of(DataProduct product)
    {
        return new ProductWords(
                product.domain(),
                product.qualifiedName(),
                product.id().toString(),
                product.tier().map(Words::key),
                product.archetype().map(Words::key),
                keys(product.tags()));
    }

    private static Set<String> keys(Collection<String> words)
    {
        return words.stream().map(Words::key).collect(toImmutableSet());
    }
}
