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
package org.trinomesh.connector;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import org.trinomesh.disclosure.ObservedReader;
import org.trinomesh.product.DataProduct;
import org.trinomesh.product.ProductId;
import org.trinomesh.product.Requester;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * Records who was seen reading which data product since the server started. It is kept in memory, only for the most recent
 * readers: it shows owners who is affected by a change, and is not an audit.
 */
public final class ProductReaders
{
    static final int MAX_READERS = 10_000;

    private final Cache<ReaderKey, ObservedReader> readers = CacheBuilder.newBuilder().maximumSize(MAX_READERS).build();

    private record ReaderKey(ProductId product, String user)
    {
        private ReaderKey
        {
            requireNonNull(product, "product is null");
            requireNonNull(user, "user is null");
        }
    }

    void add(DataProduct product, Requester requester, Instant now)
    {
        Set<String> groups = ImmutableSet.<String>builder().addAll(requester.groups()).addAll(requester.roles()).build();
        readers.asMap().merge(
                new ReaderKey(product.id(), requester.user()),
                new ObservedReader(requester.user(), groups, 1, now),
                (before, more) -> new ObservedReader(more.user(), more.groups(), before.statements() + 1, more.last()));
    }

    /**
     * The readers of each product as of now, in order of name.
     */
    public Function<DataProduct, List<ObservedReader>> byProduct()
    {
        ListMultimap<ProductId, ObservedReader> byProduct = ArrayListMultimap.create();
        readers.asMap().entrySet().stream()
                .sorted(comparing(entry -> entry.getKey().user()))
                .forEach(entry -> byProduct.put(entry.getKey().product(), entry.getValue()));
        return product -> ImmutableList.copyOf(byProduct.get(product.id()));
    }
}
