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
package org.trinomesh.product;

import java.util.Comparator;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

/**
 * The identity of a data product: a major version of it, which one document describes. Minor versions and other generations of
 * the mesh describe the same product.
 *
 * @param domain the SQL schema name of its domain
 * @param name the SQL name without a version, {@code customer_360}
 */
public record ProductId(String domain, String name, int major)
        implements Comparable<ProductId>
{
    private static final Comparator<ProductId> ORDER = comparing(ProductId::domain).thenComparing(ProductId::name).thenComparing(ProductId::major);

    public ProductId
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(name, "name is null");
        checkArgument(!domain.isEmpty(), "domain is empty");
        checkArgument(!name.isEmpty(), "name is empty");
        checkArgument(major >= 0, "major is negative");
    }

    @Override
    public int compareTo(ProductId other)
    {
        return ORDER.compare(this, other);
    }

    /**
     * {@code sales.customer_360_v1}: the name with which SQL can select this very version.
     */
    @Override
    public String toString()
    {
        return domain + "." + name + "_v" + major;
    }
}
