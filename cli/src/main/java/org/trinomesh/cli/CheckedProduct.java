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
package org.trinomesh.cli;

import org.trinomesh.product.ProductId;
import org.trinomesh.product.SemanticVersion;

import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * A data product with rules, and the view that checks them.
 */
record CheckedProduct(String domain, String product, String version, String view)
{
    CheckedProduct
    {
        requireNonNull(domain, "domain is null");
        requireNonNull(product, "product is null");
        requireNonNull(version, "version is null");
        requireNonNull(view, "view is null");
    }

    /**
     * Whether a name, as SQL writes it, means this product: with its domain or without, of any major version or of this one.
     */
    boolean isCalled(String name)
    {
        return Stream.concat(
                        Stream.of(qualifiedName()),
                        SemanticVersion.parse(version).map(parsed -> new ProductId(domain, product, parsed.major()).toString()).stream())
                .anyMatch(own -> name.equals(own) || (domain + "." + name).equals(own));
    }

    String qualifiedName()
    {
        return domain + "." + product;
    }
}
